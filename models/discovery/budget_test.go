package discovery

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tribemarket/models"
)

func eur(minor int64) models.Money { return models.Money{Minor: minor, Currency: "EUR"} }

func minor(m *models.Money) any {
	if m == nil {
		return nil
	}
	return m.Minor
}

func TestCPM(t *testing.T) {
	t.Parallel()
	for _, r := range []struct {
		price, views int64
		want         any
	}{
		{40_000, 25_000, int64(1_600)}, // 400.00 for 25,000 views: 16.00
		{100, 3, int64(33_333)},
		{200, 3, int64(66_667)},
		{1, 2_000, int64(1)}, // half a cent, up
		{1, 2_001, int64(0)},
		{0, 10, int64(0)},
		{100, 0, nil},
		{100, -1, nil},
		{math.MaxInt64, 1, nil},
		{math.MaxInt64, math.MaxInt64, int64(1_000)},
	} {
		if got := minor(CPM(eur(r.price), r.views)); got != r.want {
			t.Errorf("%d for %d views is %v, want %v", r.price, r.views, got, r.want)
		}
	}
}

func TestCPE(t *testing.T) {
	t.Parallel()
	for _, r := range []struct {
		price, ppm, views int64
		want              any
	}{
		{40_000, 50_000, 25_000, int64(32)}, // 400.00 for 5 % of 25,000 = 1,250 engagements: 0.32
		{100, 1_000_000, 8, int64(13)},      // 12.5, up
		{100, 0, 8, nil},
		{100, -1, -8, nil},
		{100, 10, 0, nil},
		{math.MaxInt64, math.MaxInt64, math.MaxInt64, int64(0)},
		{math.MaxInt64, 1, 1, nil},
	} {
		if got := minor(CPE(eur(r.price), r.ppm, r.views)); got != r.want {
			t.Errorf("%d at %d for %d views is %v, want %v", r.price, r.ppm, r.views, got, r.want)
		}
	}
}

// cand makes a candidate: price, and views of a quarter, half and three quarters.
func cand(id string, price *models.Money, low, median, high int64, tribes ...string) BudgetCandidate {
	return BudgetCandidate{ID: id, PostPrice: price, LowViews: &low, MedianViews: &median, HighViews: &high, Tribes: tribes, EngagementPPM: new(int64(50_000))}
}

func ids[T any](all []T, id func(T) string) string {
	s := ""
	for _, x := range all {
		s += id(x)
	}
	return s
}

func pricedIDs(all []PricedCandidate) string {
	return ids(all, func(p PricedCandidate) string { return p.ID })
}

func candidateIDs(all []BudgetCandidate) string {
	return ids(all, func(c BudgetCandidate) string { return c.ID })
}

func TestSumsCountWhoCanBeCounted(t *testing.T) {
	t.Parallel()
	all := []BudgetCandidate{
		cand("a", new(eur(30_000)), 5_000, 10_000, 20_000, "food", "family"), // 30.00
		cand("b", new(eur(10_000)), 1_000, 5_000, 6_000, "food"),             // 20.00
		cand("c", nil, 1, 2, 3),
		cand("d", &models.Money{Minor: 5, Currency: "USD"}, 1, 2, 3),
		cand("e", new(eur(100)), 0, 0, 9),                               // a median of no views
		{ID: "f", PostPrice: new(eur(100)), MedianViews: new(int64(9))}, // no quartiles
		cand("g", new(eur(1)), 0, 1, 1),
	}
	all[6].EngagementPPM = nil
	s := SummariseBudget(all, "EUR")
	if got := pricedIDs(s.Counted); got != "gba" {
		t.Errorf("by CPM: %s", got)
	}
	if candidateIDs(s.NoPrice) != "c" || candidateIDs(s.OtherCurrency) != "d" || candidateIDs(s.NoViews) != "ef" {
		t.Errorf("not counted: %v %v %v", s.NoPrice, s.OtherCurrency, s.NoViews)
	}
	if s.Views != (ExpectedViews{6_000, 15_001, 26_001}) || s.Price != eur(40_001) || s.CPM.Minor != 2_667 {
		t.Errorf("%+v %v %v", s.Views, s.Price, s.CPM)
	}
	if s.Counted[0].CPE != nil || s.Counted[2].CPE.Minor != 60 {
		t.Errorf("CPE %v %v", s.Counted[0].CPE, s.Counted[2].CPE)
	}
	want := []TribePriceShare{{"food", eur(25_000), 624_984}, {"family", eur(15_000), 374_991}, {"", eur(1), 25}}
	if !slices.Equal(s.TribeShares, want) {
		t.Errorf("spread %v, want %v", s.TribeShares, want)
	}
	if none := SummariseBudget(nil, "EUR"); none.CPM != nil || len(none.TribeShares) > 0 || none.Price != eur(0) {
		t.Errorf("of nobody: %+v", none)
	}
}

func TestWhatABudgetBuys(t *testing.T) {
	t.Parallel()
	s := SummariseBudget([]BudgetCandidate{
		cand("a", new(eur(600)), 1, 6_000, 7_000), // 0.10
		cand("b", new(eur(500)), 2, 4_000, 5_000), // 0.13
		cand("c", new(eur(400)), 3, 2_000, 3_000), // 0.20
		cand("d", new(eur(400)), 4, 2_000, 3_000), // the same: by id
	}, "EUR")
	for _, r := range []struct {
		budget         int64
		bought, passed string
		left           int64
	}{
		{0, "", "abcd", 0}, {399, "", "abcd", 399}, {400, "c", "abd", 0}, {500, "b", "acd", 0}, {600, "a", "bcd", 0},
		{1_000, "ac", "bd", 0}, {1_100, "ab", "cd", 0}, {1_499, "ab", "cd", 399}, {1_900, "abcd", "", 0}, {9_999, "abcd", "", 8_099},
	} {
		p := s.BuyWithinBudget(eur(r.budget))
		if pricedIDs(p.Bought) != r.bought || pricedIDs(p.TooExpensive) != r.passed || p.Left != eur(r.left) || p.Total != eur(r.budget-r.left) {
			t.Errorf("%d buys %s, passes %s, leaves %v of %v", r.budget, pricedIDs(p.Bought), pricedIDs(p.TooExpensive), p.Left, p.Total)
		}
	}
	if p := s.BuyWithinBudget(eur(1_000)); p.Views != (ExpectedViews{4, 8_000, 10_000}) {
		t.Errorf("views %+v", p.Views)
	}
	if p := s.BuyWithinBudget(models.Money{Minor: 9_999, Currency: "USD"}); len(p.Bought) > 0 || p.Left.Minor != 9_999 {
		t.Errorf("another currency buys %+v", p)
	}
}

var tribes = []string{"food", "book", "tech", "fit", "beauty"}

func drawCandidates(t *rapid.T) []BudgetCandidate {
	n := rapid.IntRange(0, 12).Draw(t, "n")
	all := make([]BudgetCandidate, n)
	for i := range all {
		c := BudgetCandidate{ID: fmt.Sprintf("%02d", i), Tribes: rapid.SliceOfNDistinct(rapid.SampledFrom(tribes), 0, 4, rapid.ID[string]).Draw(t, "tribes")}
		if rapid.IntRange(0, 9).Draw(t, "priced") > 0 {
			c.PostPrice = &models.Money{Minor: rapid.Int64Range(1, 400).Draw(t, "price"), Currency: rapid.SampledFrom([]string{"EUR", "EUR", "EUR", "USD"}).Draw(t, "currency")}
		}
		if rapid.IntRange(0, 9).Draw(t, "viewed") > 0 {
			median := rapid.Int64Range(0, 1_000).Draw(t, "median")
			c.LowViews, c.MedianViews, c.HighViews = new(median/2), &median, new(median*2)
		}
		all[i] = c
	}
	return all
}

func TestSumsAddUpWhateverTheOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := drawCandidates(t)
		s := SummariseBudget(all, "EUR")
		if n := len(s.Counted) + len(s.NoPrice) + len(s.OtherCurrency) + len(s.NoViews); n != len(all) {
			t.Fatalf("%d of %d are told", n, len(all))
		}
		var price, shares, ppm int64
		for _, c := range s.Counted {
			price += c.PostPrice.Minor
		}
		for _, x := range s.TribeShares {
			shares, ppm = shares+x.Amount.Minor, ppm+x.PPM
		}
		if price != s.Price.Minor || shares != price || len(s.Counted) > 0 && ppm != 1_000_000 {
			t.Fatalf("prices %d, sum %d, shares %d and %d", price, s.Price.Minor, shares, ppm)
		}
		other := SummariseBudget(rapid.Permutation(all).Draw(t, "order"), "EUR")
		if pricedIDs(other.Counted) != pricedIDs(s.Counted) || !slices.Equal(other.TribeShares, s.TribeShares) || other.Views != s.Views {
			t.Fatal("another order gives other sums")
		}
	})
}

func TestABudgetIsNeverPassedAndMoreBuysNoLess(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := SummariseBudget(drawCandidates(t), "EUR")
		budget := rapid.Int64Range(0, 3_000).Draw(t, "budget")
		p := s.BuyWithinBudget(eur(budget))
		if p.Total.Minor > budget || p.Left.Minor < 0 || p.Total.Minor+p.Left.Minor != budget || len(p.Bought)+len(p.TooExpensive) != len(s.Counted) {
			t.Fatalf("%d buys for %d and leaves %d", budget, p.Total.Minor, p.Left.Minor)
		}
		for _, c := range p.TooExpensive {
			if c.PostPrice.Minor <= p.Left.Minor {
				t.Fatalf("%s for %d was passed, and %d is left", c.ID, c.PostPrice.Minor, p.Left.Minor)
			}
		}
		more := s.BuyWithinBudget(eur(budget + rapid.Int64Range(0, 500).Draw(t, "more")))
		if more.Views.Median < p.Views.Median {
			t.Fatalf("%d buys %d views, and %d buys %d", budget, p.Views.Median, more.Budget.Minor, more.Views.Median)
		}
	})
}

func TestApportionFollowsTheLargestRemainder(t *testing.T) {
	t.Parallel()
	for _, r := range []struct {
		weights []int64
		whole   int64
		want    []int64
	}{
		{[]int64{1, 1, 1}, 100, []int64{34, 33, 33}},
		{[]int64{5, 3, 1}, 10, []int64{6, 3, 1}}, // 5.56, 3.33, 1.11
		{[]int64{1, 2}, 0, []int64{0, 0}},
		{[]int64{0, 0}, 7, []int64{0, 0}},
		{nil, 7, []int64{}},
		{[]int64{math.MaxInt64, math.MaxInt64}, math.MaxInt64, []int64{math.MaxInt64/2 + 1, math.MaxInt64 / 2}},
	} {
		var weights []*big.Rat
		for _, w := range r.weights {
			weights = append(weights, new(big.Rat).SetInt64(w))
		}
		if got := apportion(weights, r.whole); !slices.Equal(got, r.want) {
			t.Errorf("%d by %v gives %v, want %v", r.whole, r.weights, got, r.want)
		}
	}
}
