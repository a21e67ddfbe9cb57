package sandbox

import (
	"reflect"
	"strings"
	"testing"
)

func TestTextsAreEqual(t *testing.T) {
	t.Parallel()
	for name, other := range map[string]consentTexts{"french": french, "dutch": dutch, "english": english} {
		v, e := reflect.ValueOf(other), reflect.ValueOf(english)
		for i := range v.NumField() {
			field := v.Type().Field(i).Name
			if v.Field(i).String() == "" {
				t.Errorf("%s: %s is missing", name, field)
			}
			if got, want := strings.Count(v.Field(i).String(), "%"), strings.Count(e.Field(i).String(), "%"); got != want {
				t.Errorf("%s: %s has %d placeholders, not %d", name, field, got, want)
			}
		}
	}
}
