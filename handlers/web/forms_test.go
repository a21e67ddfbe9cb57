package web_test

import (
	"reflect"
	"testing"

	"tribemarket/handlers/web"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models/terms"
)

// What is kept of a form, in a draft or in a last look, is read as it was typed: every
// clause of it.
func TestKeptAnswersAreReadAsTyped(t *testing.T) {
	t.Parallel()
	typed := dealtest.FullTerms()
	typed.Audience = []string{"FR", "BE", "NL"}
	typed.Rights[0].Territory = []string{"FR", "BE", "NL", "LU", "DE", "AT", "ES", "PT", "IT", "IE", "DK", "SE"}
	values, err := web.FormValues(&typed)
	if err != nil {
		t.Fatal(err)
	}
	var read terms.Form
	web.ReadValues(values, &read)
	if !reflect.DeepEqual(read, typed) {
		t.Errorf("kept %+v\nread %+v", typed, read)
	}
}
