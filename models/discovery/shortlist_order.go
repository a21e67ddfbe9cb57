package discovery

import (
	"cmp"
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/text"
)

// countLabels counts the labels of entries, whatever their case, the most
// frequent first. chosen is given back as it is written on the list, or "" if
// nobody there has it.
func countLabels(all []Entry, chosen string) ([]LabelCount, string) {
	var counts []LabelCount
	at := map[string]int{}
	for _, e := range all {
		for _, l := range e.Labels {
			key := text.Fold(l)
			if i, ok := at[key]; ok {
				counts[i].N++
				continue
			}
			at[key] = len(counts)
			counts = append(counts, LabelCount{Label: l, N: 1})
		}
	}
	name := ""
	if i, ok := at[text.Fold(chosen)]; ok && chosen != "" {
		counts[i].Chosen, name = true, counts[i].Label
	}
	slices.SortStableFunc(counts, func(a, b LabelCount) int {
		return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(text.Fold(a.Label), text.Fold(b.Label)))
	})
	return counts, name
}

// withLabel are the entries that have a label; "" is all.
func withLabel(all []Entry, label string) []Entry {
	if label == "" {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(e Entry) bool {
		return !slices.ContainsFunc(e.Labels, func(l string) bool { return text.Fold(l) == text.Fold(label) })
	})
}

// sortEntries sorts entries that stand with the latest added first, and gives
// the sort that it used.
func sortEntries(all []Entry, by ListSort) ListSort {
	if !slices.Contains(ListSorts(), by) {
		by = ByAdded
	}
	switch by {
	case ByName:
		slices.SortStableFunc(all, func(a, b Entry) int {
			return cmp.Or(last(a.Name == "", b.Name == ""), strings.Compare(text.Fold(a.Name), text.Fold(b.Name)))
		})
	case ByFollowers:
		sortDown(all, func(e Entry) *int64 { return &e.Brief.Account.Followers })
	case ByEngagement:
		sortDown(all, func(e Entry) *int64 { return e.Brief.Account.EngagementPPM })
	case ByPrice:
		slices.SortStableFunc(all, func(a, b Entry) int {
			p, q := a.videoPrice(), b.videoPrice()
			if p == nil || q == nil {
				return last(p == nil, q == nil)
			}
			return cmp.Or(slices.Index(models.Currencies(), p.Currency)-slices.Index(models.Currencies(), q.Currency), cmp.Compare(p.Minor, q.Minor))
		})
	}
	return by
}

// last sorts what lacks something to the end.
func last(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func sortDown(all []Entry, figure func(Entry) *int64) {
	of := func(e Entry) *int64 {
		if e.Brief == nil {
			return nil
		}
		return figure(e)
	}
	slices.SortStableFunc(all, func(a, b Entry) int {
		x, y := of(a), of(b)
		if x == nil || y == nil {
			return last(x == nil, y == nil)
		}
		return cmp.Compare(*y, *x)
	})
}

func (e Entry) videoPrice() *models.Money {
	if e.Brief == nil {
		return nil
	}
	return e.Brief.PriceOf("video")
}
