package contracts_test

import (
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/places"
	"tribemarket/models/terms"
)

var (
	summer   = models.Date{Year: 2026, Month: time.July, Day: 1}
	lastYear = models.Date{Year: 2025, Month: time.December, Day: 31}
)

func ids(all []contracts.Law) []string {
	var names []string
	for _, l := range all {
		names = append(names, l.ID)
	}
	return names
}

func TestWhichLawsApply(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		country  string
		audience []string
		on       models.Date
		want     []string
	}{
		{"French", "FR", nil, summer, []string{"fr_contract", "fr_evidence", "fr_disclosure", "fr_child", "eu_hidden"}},
		{"French, before the decree", "FR", nil, lastYear, []string{"fr_evidence", "fr_disclosure", "fr_child", "eu_hidden"}},
		{"French for Americans", "FR", []string{"US"}, summer, []string{"fr_contract", "fr_evidence", "fr_disclosure", "fr_child", "eu_hidden", "us_endorsement"}},
		{"Belgian for the French", "BE", []string{"BE", "FR"}, summer, []string{"be_label", "eu_hidden"}},
		{"Swiss for the French", "CH", []string{"FR"}, summer, []string{"fr_contract", "fr_disclosure", "eu_hidden"}},
		{"Swiss for the Swiss", "CH", nil, summer, nil},
		{"Dutch", "NL", nil, summer, []string{"nl_code", "eu_hidden"}},
		{"American", "US", nil, summer, []string{"us_endorsement"}},
		{"from nobody knows where, for the French", "", []string{"FR"}, summer, []string{"fr_contract", "fr_disclosure", "eu_hidden"}},
		{"from nobody knows where", "", nil, summer, nil},
	} {
		if got := ids(contracts.LawsFor(c.country, c.audience, c.on)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestEachLawIsDatedAndCited(t *testing.T) {
	t.Parallel()
	var seen []string
	for _, l := range contracts.Laws() {
		if slices.Contains(seen, l.ID) || l.From.IsZero() || len(l.Sources) == 0 {
			t.Errorf("%s is there twice, or without its date or source", l.ID)
		}
		if l.Country != contracts.EuropeanUnion && !places.IsKnownCountry(l.Country) {
			t.Errorf("%s is of %q", l.ID, l.Country)
		}
		for _, s := range l.Sources {
			if u, err := url.Parse(s.URL); err != nil || u.Scheme != "https" || u.Host == "" || s.Citation == "" {
				t.Errorf("%s cites %q at %q", l.ID, s.Citation, s.URL)
			}
		}
		seen = append(seen, l.ID)
	}
	if clauses := contracts.ClausesOf(contracts.LawsFor("FR", []string{"FR", "NL"}, summer)); !slices.Equal(clauses, []string{"parties", "missions", "reward", "rights", "french_law", "liability", "evidence", "label", "code"}) {
		t.Errorf("a contract says %v", clauses)
	}
}

func TestAChildNeedsARuleThatIsKnown(t *testing.T) {
	t.Parallel()
	early := models.Date{Year: 2021, Month: time.April, Day: 19}
	for _, c := range []struct {
		country string
		on      models.Date
		want    bool
	}{{"FR", summer, true}, {"FR", early, false}, {"FR", early.AddDays(1), true}, {"NL", summer, false}, {"", summer, false}} {
		if got := contracts.HasChildRule(c.country, c.on); got != c.want {
			t.Errorf("%q on %s: %v", c.country, c.on, got)
		}
	}
}

func euros(minor int64) models.Money   { return models.Money{Minor: minor, Currency: "EUR"} }
func dollars(minor int64) models.Money { return models.Money{Minor: minor, Currency: "USD"} }

func TestWhenAContractIsAskedFor(t *testing.T) {
	t.Parallel()
	french, dutch := contracts.LawsFor("FR", nil, summer), contracts.LawsFor("NL", nil, summer)
	commission := terms.Terms{Currency: "EUR", Commission: terms.Commission{SharePPM: 100_000}}
	perSale := terms.Terms{Currency: "EUR", Commission: terms.Commission{PerSale: 2_00}}
	for _, c := range []struct {
		name   string
		laws   []contracts.Law
		before contracts.YearTotal
		deal   terms.Terms
		reason contracts.Reason
		total  int64
	}{
		{"a cent below 80 %", french, contracts.YearTotal{}, terms.Terms{Currency: "EUR", Fee: terms.Fee{Content: 799_99}}, contracts.NoReason, 799_99},
		{"80 %", french, contracts.YearTotal{}, terms.Terms{Currency: "EUR", Fee: terms.Fee{Content: 800_00}}, contracts.NearThreshold, 800_00},
		{"a cent below the amount", french, contracts.YearTotal{Sums: []models.Money{euros(500_00)}}, terms.Terms{Currency: "EUR", Fee: terms.Fee{Content: 499_99}}, contracts.NearThreshold, 999_99},
		{"the amount", french, contracts.YearTotal{Sums: []models.Money{euros(500_00)}}, terms.Terms{Currency: "EUR", Fee: terms.Fee{Content: 500_00}}, contracts.AtThreshold, 1000_00},
		{"rights and kind count", french, contracts.YearTotal{}, terms.Terms{Currency: "EUR", Fee: terms.Fee{Content: 300_00, Rights: 300_00}, InKind: terms.InKind{What: "oats", Value: 400_00}}, contracts.AtThreshold, 1000_00},
		{"a share of sales", french, contracts.YearTotal{}, commission, contracts.OpenReward, 0},
		{"an amount for each sale", french, contracts.YearTotal{}, perSale, contracts.OpenReward, 0},
		{"a commission of another deal", french, contracts.YearTotal{OpenCommission: true}, terms.Terms{Currency: "EUR", Fee: terms.Fee{Content: 1_00}}, contracts.OpenReward, 1_00},
		{"the amount says more than a commission", french, contracts.YearTotal{OpenCommission: true, Sums: []models.Money{euros(1000_00)}}, commission, contracts.AtThreshold, 1000_00},
		{"dollars", french, contracts.YearTotal{}, terms.Terms{Currency: "USD", Fee: terms.Fee{Content: 1_00}}, contracts.OtherCurrency, 0},
		{"dollars before", french, contracts.YearTotal{Sums: []models.Money{dollars(1_00)}}, terms.Terms{Currency: "EUR", Fee: terms.Fee{Content: 1_00}}, contracts.OtherCurrency, 1_00},
		{"a gift of no value in dollars", french, contracts.YearTotal{}, terms.Terms{Currency: "USD", InKind: terms.InKind{What: "oats"}}, contracts.NoReason, 0},
		{"another country's law", dutch, contracts.YearTotal{Sums: []models.Money{euros(9000_00)}}, commission, contracts.NoReason, 0},
	} {
		got := contracts.Require(c.laws, c.before.With(c.deal))
		if got.Reason != c.reason || got.Total.Minor != c.total || (got.Law == nil) != (c.name == "another country's law") {
			t.Errorf("%s: %q at %v", c.name, got.Reason, got.Total)
		}
		if dollars := strings.HasPrefix(c.name, "dollars"); dollars != (len(got.Others) == 1) {
			t.Errorf("%s: in other currencies %v", c.name, got.Others)
		}
		if want := got.Reason != contracts.NoReason && got.Reason != contracts.NearThreshold; got.IsRequired() != want {
			t.Errorf("%s: required %v", c.name, got.IsRequired())
		}
	}
}

// Whatever was agreed before, and in however many parts: more never asks for less, and the
// parts of a sum ask for what the sum asks for.
func TestMoreNeverAsksForLess(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(12, 12))
	rank := func(q contracts.Requirement) int {
		switch {
		case q.IsRequired():
			return 2
		case q.Reason == contracts.NearThreshold:
			return 1
		}
		return 0
	}
	french := contracts.LawsFor("FR", nil, summer)
	for range 2000 {
		var total contracts.YearTotal
		var sum int64
		before := 0
		for range 1 + r.IntN(6) {
			fee := r.Int64N(400_00)
			total = total.With(terms.Terms{Currency: "EUR", Fee: terms.Fee{Content: fee}})
			sum += fee
			now := contracts.Require(french, total)
			whole := contracts.Require(french, contracts.YearTotal{}.With(terms.Terms{Currency: "EUR", Fee: terms.Fee{Content: sum}}))
			if rank(now) < before || now.Reason != whole.Reason || now.Total != whole.Total || now.Total.Minor != sum {
				t.Fatalf("%d gives %+v, in one %+v, before %d", sum, now, whole, before)
			}
			if now.IsRequired() != (sum >= 1000_00) || (now.Reason == contracts.NearThreshold) != (sum >= 800_00 && sum < 1000_00) {
				t.Fatalf("%d: %q", sum, now.Reason)
			}
			before = rank(now)
		}
	}
}
