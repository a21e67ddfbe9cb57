package moderation

import (
	"context"

	"tribemarket/models/accounts"
)

// Column is a column of an administrator's list.
type Column struct {
	Key  string    // of its heading
	Sort FirstSort // how the list is sorted by it first
}

// FirstSort is how a list is sorted by a column when its heading is followed.
type FirstSort int

// The ways to sort first.
const (
	NotSorted FirstSort = iota
	Rising              // texts, from A to Z
	Falling             // numbers and times, the greatest first
)

// sortableTable is a table whose headings sort it; at is the list's address for a sort.
func sortableTable(ctx context.Context, caption string, columns []Column, by accounts.AdminSort, at func(sort string) string) AdminTable {
	t := AdminTable{Caption: caption, Sorts: map[int]ColumnSort{}}
	for i, c := range columns {
		t.Columns = append(t.Columns, AdminColumns(ctx, c.Key)...)
		if c.Sort == NotSorted {
			continue
		}
		next, sorted := accounts.AdminSort{Column: c.Key, Descending: c.Sort == Falling}, ""
		if by.Column == c.Key {
			next.Descending, sorted = !by.Descending, ariaSort(by)
		}
		t.Sorts[i] = ColumnSort{Href: at(sortValue(next)), Sorted: sorted}
	}
	return t
}

func ariaSort(by accounts.AdminSort) string {
	if by.Descending {
		return "descending"
	}
	return "ascending"
}

// sortValue is how a sort stands in an address.
func sortValue(by accounts.AdminSort) string {
	if by.Column != "" && by.Descending {
		return "-" + by.Column
	}
	return by.Column
}
