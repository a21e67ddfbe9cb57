package discovery

import (
	"cmp"
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/text"
)

// countLabels counts the labels of entries regardless of case, most frequent
// first. It returns chosen as it is written on the list, or "" if nobody there
// has it.
func countLabels(all []ShortlistEntry, chosen string) ([]LabelCount, string) {
	var counts []LabelCount
	at := map[string]int{}
	for _, e := range all {
		for _, l := range e.Labels {
			key := text.Fold(l)
			if i, ok := at[key]; ok {
				counts[i].Creators++
				continue
			}
			at[key] = len(counts)
			counts = append(counts, LabelCount{Label: l, Creators: 1})
		}
	}
	name := ""
	if i, ok := at[text.Fold(chosen)]; ok && chosen != "" {
		counts[i].Chosen, name = true, counts[i].Label
	}
	slices.SortStableFunc(counts, func(a, b LabelCount) int {
		return cmp.Or(cmp.Compare(b.Creators, a.Creators), strings.Compare(text.Fold(a.Label), text.Fold(b.Label)))
	})
	return counts, name
}

// entriesWithLabel returns the entries with a label; "" is all.
func entriesWithLabel(all []ShortlistEntry, label string) []ShortlistEntry {
	if label == "" {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(e ShortlistEntry) bool {
		return !slices.ContainsFunc(e.Labels, func(l string) bool { return text.Fold(l) == text.Fold(label) })
	})
}

// sortEntries sorts entries that come latest added first, and returns the order
// it used.
func sortEntries(all []ShortlistEntry, by ShortlistSort) ShortlistSort {
	if !slices.Contains(ShortlistSorts(), by) {
		by = SortByAdded
	}
	switch by {
	case SortByName:
		slices.SortStableFunc(all, func(a, b ShortlistEntry) int {
			return cmp.Or(compareMissing(a.Name == "", b.Name == ""), strings.Compare(text.Fold(a.Name), text.Fold(b.Name)))
		})
	case SortByFollowers:
		sortDescending(all, func(e ShortlistEntry) *int64 { return &e.Summary.Account.Followers })
	case SortByEngagement:
		sortDescending(all, func(e ShortlistEntry) *int64 { return e.Summary.Account.EngagementPPM })
	case SortByPrice:
		slices.SortStableFunc(all, func(a, b ShortlistEntry) int {
			p, q := a.videoPrice(), b.videoPrice()
			if p == nil || q == nil {
				return compareMissing(p == nil, q == nil)
			}
			return cmp.Or(slices.Index(models.Currencies(), p.Currency)-slices.Index(models.Currencies(), q.Currency), cmp.Compare(p.Minor, q.Minor))
		})
	}
	return by
}

// compareMissing sorts missing values last.
func compareMissing(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func sortDescending(all []ShortlistEntry, figure func(ShortlistEntry) *int64) {
	of := func(e ShortlistEntry) *int64 {
		if e.Summary == nil {
			return nil
		}
		return figure(e)
	}
	slices.SortStableFunc(all, func(a, b ShortlistEntry) int {
		x, y := of(a), of(b)
		if x == nil || y == nil {
			return compareMissing(x == nil, y == nil)
		}
		return cmp.Compare(*y, *x)
	})
}

func (e ShortlistEntry) videoPrice() *models.Money {
	if e.Summary == nil {
		return nil
	}
	return e.Summary.PriceOf("video")
}
