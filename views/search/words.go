package search

import "context"

// Words describes the search, one filter at a time, like its chips.
func (p SearchProps) Words(ctx context.Context) []string {
	var all []string
	for _, a := range p.Filter.AppliedFilters() {
		all = append(all, p.chipText(ctx, a))
	}
	return all
}
