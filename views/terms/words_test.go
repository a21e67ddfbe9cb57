package terms_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/terms"
	termsview "tribemarket/views/terms"
)

var rules = terms.Rules{Today: models.Date{Year: 2026, Month: 11, Day: 20}, Political: true, Child: true, Definition: 2, DefinedOn: models.Date{Year: 2026, Month: 1, Day: 2}}

func read(t *testing.T, f terms.Form) terms.Terms {
	t.Helper()
	read, _, wrong := f.Read(rules)
	if len(wrong) > 0 {
		t.Fatal(wrong.Err())
	}
	return read
}

// bareSemicolon is one that French would not write.
var bareSemicolon = regexp.MustCompile(`[^\x{202f}];`)

// In every language each clause has a name and says something where it is agreed, and
// something else where something else is agreed.
func TestEveryClauseIsToldInWords(t *testing.T) {
	t.Parallel()
	full := read(t, dealtest.FullTerms())
	for _, locale := range i18n.Locales() {
		ctx := i18n.WithMissingText(i18n.WithLocale(context.Background(), locale, time.UTC), func(l i18n.Locale, key string) { t.Errorf("%s has no text in %s", key, l) })
		for _, c := range terms.Clauses() {
			if termsview.Name(ctx, c) == "" || termsview.Words(ctx, c, full) == "" {
				t.Errorf("%s: nothing is said of %s", locale, c)
			}
			if said := termsview.Words(ctx, c, full); locale == i18n.FR && bareSemicolon.MatchString(said) {
				t.Errorf("a narrow space is missing before a semicolon: %q", said)
			}
			if said := termsview.Words(ctx, c, terms.Terms{}); said != "" {
				t.Errorf("%s: nothing is agreed on %s, and yet it says %q", locale, c, said)
			}
		}
		for i, change := range dealtest.TermsChanges {
			f := dealtest.FullTerms()
			change.Change(&f)
			before, after := termsview.Words(ctx, change.Clause, full), termsview.Words(ctx, change.Clause, read(t, f))
			if before == after || strings.Contains(after, "{{") {
				t.Errorf("%s: change %d of %s reads as before: %q", locale, i, change.Clause, after)
			}
		}
	}
}
