package search

import (
	"net/url"

	"tribemarket/models/discovery"
)

// Parameters of the page that are not part of the search either: in which form its list is
// shown, and who is ticked to be compared.
const (
	View   = "view"
	Ticked = "c"
)

// tableView is the value of View for a table.
const tableView = "table"

// ListState is how the list of a search is shown, and who is ticked in it or on other
// pages of it. It goes with every link of the page, so that it outlasts paging and
// filtering.
type ListState struct {
	Table  bool
	Ticked []string // public ids
}

// ReadListState reads the state from the parameters of a page.
func ReadListState(q url.Values) ListState {
	return ListState{Table: q.Get(View) == tableView, Ticked: discovery.DistinctComparedIDs(q[Ticked])}
}

func (s ListState) addTo(q url.Values) {
	if s.Table {
		q.Set(View, tableView)
	}
	if len(s.Ticked) > 0 {
		q[Ticked] = s.Ticked
	}
}
