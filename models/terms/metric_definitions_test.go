package terms_test

import (
	"testing"
	"time"

	"tribemarket/models"
	"tribemarket/models/terms"
)

func TestWhichDefinitionHolds(t *testing.T) {
	t.Parallel()
	change := models.Date{Year: 2026, Month: time.August, Day: 27}
	for day, want := range map[models.Date]int{
		{Year: 2024, Month: time.January, Day: 1}: 1, change.AddDays(-1): 1, change: 2, change.AddDays(1000): 2,
	} {
		if d := terms.MetricDefinitionOn(day); d.Version != want || d.Source == "" {
			t.Errorf("on %s: %+v, want version %d", day, d, want)
		}
	}
}
