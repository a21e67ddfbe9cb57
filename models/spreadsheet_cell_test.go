package models_test

import (
	"testing"

	"pgregory.net/rapid"

	"tribemarket/models"
)

func TestUnprotectTextTakesOnlyProtectingApostrophes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"'=1+1": "=1+1", "''t Hooft": "'t Hooft", "'t Hooft": "'t Hooft", "'": "'", "": "", "a'=1": "a'=1", "rock 'n' roll": "rock 'n' roll",
		"a; '+1": "a; +1", "'\t'=1": "\t=1", "\t'=1": "\t=1", "'＝1": "＝1", "a\n'@b": "a\n@b", "'''": "''",
	} {
		if got := models.UnprotectText(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestUnprotectTextGivesBackWhatWasEscaped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[=+@'" ;\t\r\nax＝-]{0,9}`)).Draw(t, "text")
		if got := models.UnprotectText(models.EscapeSpreadsheetCell(s)); got != s {
			t.Fatalf("%q came back as %q", s, got)
		}
	})
}
