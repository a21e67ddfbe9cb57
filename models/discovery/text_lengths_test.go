package discovery_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"tribemarket/models"
	"tribemarket/models/discovery"
)

// What a form takes the database takes too, and what it does not take is said at
// its field, whatever characters are made of.
func TestNoTextPassesTheFormAndFailsInTheDatabase(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		_, penne := m.JoinCreator(m.t, "penne.sandbox")
		list, err := m.Discovery.CreateShortlist(ctx, m.brand, "Fine")
		m.must(err)
		m.must(m.Discovery.AddToShortlist(ctx, m.brand, discovery.AddToShortlistForm{Creator: penne, Shortlists: []string{list}}))
		search := m.save("Fine", discovery.AlertOff, "tribe=foodtok")
		for what, s := range map[string]string{
			"plain":       "x",
			"a family":    "👩‍👩‍👧‍👦",
			"a cook":      "👩🏽‍🍳",
			"a flag":      "🇧🇪",
			"many marks":  "e" + strings.Repeat("\u0301", 6),
			"decomposed":  "e\u0301",
			"Hangul":      "각",
			"one mark":    "\u0301",
			"a joiner":    "\u200d",
			"a variation": "\ufe0f",
			"no room":     "\u200b",
		} {
			for _, times := range []int{1, 4, 5, 6, 10, 15, 16, 20, 30, 31, 40, 60, 61, 80, 81, 200, 1001} {
				typed := strings.Repeat(s, times)
				taken(m.t, what, times, m.Discovery.RenameShortlist(ctx, m.brand, list, typed), "name")
				taken(m.t, what, times, m.Discovery.AnnotateItem(ctx, m.brand, list, penne, discovery.ShortlistItemForm{Note: typed}), "note")
				taken(m.t, what, times, m.Discovery.AnnotateItem(ctx, m.brand, list, penne, discovery.ShortlistItemForm{Labels: typed}), "labels")
				taken(m.t, what, times, m.Discovery.RenameSearch(ctx, m.brand, search, typed), "name")
			}
		}
		err = m.Discovery.RenameShortlist(ctx, m.brand, list, strings.Repeat("👩🏽‍🍳", 30))
		if !strings.Contains(fmt.Sprint(err), "discovery.error.combined") {
			m.t.Errorf("a name of thirty emoji is refused with %v", err)
		}
	})
}

// taken wants that a form was taken or refused at one of the fields.
func taken(t *testing.T, what string, times int, err error, fields ...string) {
	t.Helper()
	if err == nil {
		return
	}
	var e *models.Error
	if !errors.As(err, &e) || e.Code != models.CodeInvalid {
		t.Errorf("%s, %d times: %v", what, times, err)
		return
	}
	for _, f := range fields {
		if _, ok := e.Fields.Get(f); ok {
			return
		}
	}
	t.Errorf("%s, %d times: %v", what, times, err)
}
