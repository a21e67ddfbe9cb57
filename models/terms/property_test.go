package terms_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models/terms"
)

// Terms survive what is done with them: stored and read, shown in a form and sent back.
func TestTermsStayTheSameThroughStorageAndForms(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		a := read(r, drawForm(r))
		stored := a.Encode()
		b, err := terms.Decode(stored)
		if err != nil || b.Encode() != stored || b.Hash() != a.Hash() || len(a.Differences(b)) > 0 {
			r.Fatalf("stored and read: %v, %s, %s", err, stored, b.Encode())
		}
		c := read(r, terms.FormOf(b, nil))
		if c.Encode() != stored || c.Hash() != a.Hash() {
			r.Fatalf("from a form:\n%s, not\n%s", c.Encode(), stored)
		}
	})
}

// owedNothing are the terms without a currency in which nothing is owed.
func owedNothing(t terms.Terms) string {
	if t.Fee.Sum()+t.InKind.Value+t.Commission.PerSale == 0 {
		t.Currency = ""
	}
	return t.Encode()
}

// Terms have no difference if and only if they are the same, and the differences are the
// clauses that say something else.
func TestOnlyEqualTermsHaveNoDifference(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		form := drawForm(r)
		a := read(r, form)
		other := drawForm(r)
		if rapid.Bool().Draw(r, "nearly") { // one answer differs, or none
			other = form
			change := rapid.SampledFrom(dealtest.TermsChanges).Draw(r, "change")
			change.Change(&other)
		}
		b, _, wrong := other.Read(rules)
		if len(wrong) > 0 {
			r.Skip("the change does not fit")
		}
		found := a.Differences(b)
		if same := owedNothing(a) == owedNothing(b); same != (len(found) == 0) {
			r.Fatalf("%v between\n%s and\n%s", found, a.Encode(), b.Encode())
		}
		if !slices.Equal(found, b.Differences(a)) {
			r.Fatalf("%v one way, %v the other", found, b.Differences(a))
		}
		for _, c := range a.Agreed() {
			if !slices.Contains(b.Agreed(), c) && !slices.Contains(found, c) {
				r.Fatalf("%s is agreed in one only and is no difference", c)
			}
		}
	})
}
