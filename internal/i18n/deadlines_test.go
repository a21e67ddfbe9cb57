package i18n_test

import (
	"testing"
	"time"

	"tribemarket/internal/i18n"
)

// The end of the reader's own day needs no zone; that of another's day does.
func TestADeadlineNamesItsZoneWhereTheReadersDiffers(t *testing.T) {
	t.Parallel()
	in := func(name string) *time.Location {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return zone
	}
	end := time.Date(2026, 12, 5, 0, 0, 0, 0, in("Europe/Paris"))
	for zone, want := range map[string]string{
		"Europe/Paris": "Fri 4 Dec, 23:59", "Europe/Brussels": "Fri 4 Dec, 23:59", "UTC": "Fri 4 Dec, 22:59 (UTC)",
		"America/New_York": "Fri 4 Dec, 17:59 (New York)", "Asia/Tokyo": "Sat 5 Dec, 07:59 (Tokyo)",
	} {
		if got := i18n.DayEnd(i18n.WithLocale(t.Context(), i18n.EN, in(zone)), end, i18n.WeekdayDateTime); got != want {
			t.Errorf("in %s it is %q, want %q", zone, got, want)
		}
	}
}
