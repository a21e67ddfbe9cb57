package terms_test

import (
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/terms"
)

func TestEachClauseIsADifferenceOfItsOwn(t *testing.T) {
	t.Parallel()
	full := read(t, dealtest.FullTerms())
	if !slices.Equal(full.Agreed(), terms.Clauses()) {
		t.Errorf("the full form says something in %v only", full.Agreed())
	}
	if got, want := read(t, dealtest.PlainTerms()).Agreed(), []terms.Clause{terms.ClauseProduct, terms.ClauseDeliverables, terms.ClauseDue, terms.ClauseFee, terms.ClauseDisclosure}; !slices.Equal(got, want) {
		t.Errorf("the least that can be agreed on says something in %v", got)
	}
	changed := map[terms.Clause]bool{}
	for i, c := range dealtest.TermsChanges {
		f := dealtest.FullTerms()
		c.Change(&f)
		other := read(t, f)
		if got := full.Differences(other); !slices.Equal(got, []terms.Clause{c.Clause}) || other.Hash() == full.Hash() {
			t.Errorf("change %d is a difference in %v, not in %s alone", i, got, c.Clause)
		}
		changed[c.Clause] = true
	}
	for _, c := range terms.Clauses() {
		if !changed[c] {
			t.Errorf("nothing here changes %s", c)
		}
	}
}

// The currency belongs to the clauses in which something is owed in it.
func TestACurrencyIsADifferenceWhereSomethingIsOwed(t *testing.T) {
	t.Parallel()
	f := dealtest.PlainTerms()
	euros := read(t, f)
	f.Currency = "USD"
	if got := euros.Differences(read(t, f)); !slices.Equal(got, []terms.Clause{terms.ClauseFee}) {
		t.Errorf("%v", got)
	}
	f.Fee, f.InKind = "", "A box"
	dollars := read(t, f)
	f.Currency = "EUR"
	if got := dollars.Differences(read(t, f)); len(got) != 0 {
		t.Errorf("nothing is owed, and yet %v", got)
	}
}

// Hashes name what was agreed for ever: these may never become others.
func TestHashesStayTheSame(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		form terms.Form
		hash string
	}{
		"plain": {dealtest.PlainTerms(), "dced0a06d07b2d17782de9de57bb546c6da1c465b47d794c5bbcc0a9e93a4b4d"}, "full": {dealtest.FullTerms(), "536c08f99b031ebc400daf07f01e5b8d383725fee045f4faa00107f4b624237a"},
	} {
		if got := read(t, c.form).Hash(); got != c.hash {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestTermsOfAnotherProgramAreNotRead(t *testing.T) {
	t.Parallel()
	for _, stored := range []string{"", "{}", "{", `{"version":0}`, `{"version":2}`, `{"version":1,"rounds":"two"}`, `{"version":1,"deliverables":[{"due_on":"soon"}]}`} {
		if got, err := terms.Decode(stored); err == nil {
			t.Errorf("%s is read as %+v", stored, got)
		}
	}
	moved, err := terms.Decode(`{"version":1,"currency":"EUR","product":"Oats","category":"food","deliverables":[{"number":1,"content_type":"review","format":"video","platform":"tiktok","due_on":"2026-12-04"}],"fee":{"content":45000},"in_kind":{"what":"","value":0},"rights":[],"disclosure":"#ad"}`)
	if err != nil {
		t.Fatal(err)
	}
	again, err := terms.Decode(moved.Encode())
	if err != nil || again.Hash() != moved.Hash() || len(again.Differences(moved)) > 0 {
		t.Errorf("what was moved from proposals changes when it is stored again: %v, %s", err, again.Encode())
	}
}

func TestWhatFollowsFromTerms(t *testing.T) {
	t.Parallel()
	f := dealtest.FullTerms()
	full := read(t, f)
	if full.FeeSum() != (models.Money{Minor: 75050, Currency: "EUR"}) || full.InKind.Value != 3990 || full.FirstDue() != (models.Date{Year: 2026, Month: 12, Day: 4}) || full.HasItemFees() {
		t.Errorf("%v, %v, %v", full.FeeSum(), full.InKind, full.FirstDue())
	}
	if g := full.Guarantee; g.Definition != rules.Definition || g.DefinedOn != rules.DefinedOn {
		t.Errorf("the promised result rests on %+v", g)
	}
	f.Fee, f.Deliverables[0].Fee, f.Deliverables[1].Fee = "", "200", "50"
	each := read(t, f)
	if !each.HasItemFees() || each.Fee.Content != 45000 || len(each.Deliverables) != 3 || each.Deliverables[1].Fee != 20000 {
		t.Errorf("%+v", each.Fee)
	}
	_, lines, _ := f.Read(rules)
	if !slices.Equal(lines, []int{0, 0, 1}) {
		t.Errorf("the deliverables come from the lines %v", lines)
	}
	f.ExclusivityCategory = ""
	if x := read(t, f).Exclusivity; x.Category != "food" {
		t.Errorf("exclusive for the product's category, not for %+v", x)
	}
	if !strings.HasPrefix(full.Encode(), `{"version":1,`) {
		t.Error(full.Encode())
	}
}
