package discovery

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"tribemarket/models"
)

// divideByTribe divides the sum of prices among tribes: each of a creator's n tribes
// gets 1/n of the price.
func divideByTribe(all []PricedCandidate, sum models.Money) []TribePriceShare {
	weights := map[string]*big.Rat{}
	for _, c := range all {
		tribes := slices.Compact(slices.Sorted(slices.Values(c.Tribes)))
		if len(tribes) == 0 {
			tribes = []string{""}
		}
		for _, t := range tribes {
			if weights[t] == nil {
				weights[t] = new(big.Rat)
			}
			weights[t].Add(weights[t], big.NewRat(c.PostPrice.Minor, int64(len(tribes))))
		}
	}
	var shares []TribePriceShare
	var parts []*big.Rat
	for t, w := range weights {
		shares = append(shares, TribePriceShare{Tribe: t})
		parts = append(parts, w)
	}
	sortShares(shares, parts)
	amounts, ppm := apportion(parts, sum.Minor), apportion(parts, 1_000_000)
	for i := range shares {
		shares[i].Amount, shares[i].PPM = models.Money{Minor: amounts[i], Currency: sum.Currency}, ppm[i]
	}
	return shares
}

// sortShares sorts shares with their weights: largest first, then by tribe.
func sortShares(shares []TribePriceShare, parts []*big.Rat) {
	at := make([]int, len(shares))
	for i := range at {
		at[i] = i
	}
	slices.SortFunc(at, func(a, b int) int {
		return cmp.Or(parts[b].Cmp(parts[a]), strings.Compare(shares[a].Tribe, shares[b].Tribe))
	})
	oldShares, oldParts := slices.Clone(shares), slices.Clone(parts)
	for i, from := range at {
		shares[i], parts[i] = oldShares[from], oldParts[from]
	}
}

// apportion divides a whole by weights into integers that add up to it, by the
// largest remainder method: each gets its part rounded down, and those with the
// largest remainders, the first of ties, one more.
func apportion(weights []*big.Rat, whole int64) []int64 {
	parts := make([]int64, len(weights))
	sum := new(big.Rat)
	for _, w := range weights {
		sum.Add(sum, w)
	}
	if sum.Sign() <= 0 {
		return parts
	}
	rest := whole
	remainders := make([]*big.Rat, len(weights))
	at := make([]int, len(weights))
	for i, w := range weights {
		exact := new(big.Rat).Mul(w, new(big.Rat).SetInt64(whole))
		exact.Quo(exact, sum)
		down := new(big.Int).Div(exact.Num(), exact.Denom())
		parts[i], at[i] = down.Int64(), i
		remainders[i] = exact.Sub(exact, new(big.Rat).SetInt(down))
		rest -= parts[i]
	}
	slices.SortStableFunc(at, func(a, b int) int { return remainders[b].Cmp(remainders[a]) })
	for _, i := range at[:rest] {
		parts[i]++
	}
	return parts
}
