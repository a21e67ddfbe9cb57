package search

import "context"

// Words says what is asked for, a filter at a time, as its chips do.
func (p SearchProps) Words(ctx context.Context) []string {
	var all []string
	for _, a := range p.Filter.AppliedFilters() {
		all = append(all, p.chipText(ctx, a))
	}
	return all
}
