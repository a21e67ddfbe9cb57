package index

import "cmp"

// before says whether a comes before b in an order.
func (a Place) before(b Place, descending bool) bool { return a.compare(b, descending) < 0 }

func (a Place) compare(b Place, descending bool) int {
	switch {
	case a.Null != b.Null:
		if a.Null {
			return 1
		}
		return -1
	case a.Value != b.Value && !a.Null:
		if descending {
			return cmp.Compare(b.Value, a.Value)
		}
		return cmp.Compare(a.Value, b.Value)
	case descending:
		return cmp.Compare(b.Creator, a.Creator)
	default:
		return cmp.Compare(a.Creator, b.Creator)
	}
}

func placeOf(value, creator int64) Place {
	if value == Null {
		return Place{Null: true, Creator: creator}
	}
	return Place{Value: value, Creator: creator}
}
