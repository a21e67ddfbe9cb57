package search

import (
	"context"
	"math"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	"tribemarket/views/creator"
)

// short is how many values of a filter show before the rest is behind "more".
const short = 8

// choices is a filter whose values are ticked.
type choices struct {
	name, legend string
	options      []option
}

type option struct {
	components.Option
	chosen bool
}

// shown are the first values, the rest comes on demand. One value more than fits
// is shown too, since "1 more" takes as much room.
func (c choices) shown() (first, rest []option) {
	if len(c.options) <= short+1 {
		return c.options, nil
	}
	return c.options[:short], c.options[short:]
}

func (c choices) restChosen() bool {
	_, rest := c.shown()
	for _, o := range rest {
		if o.chosen {
			return true
		}
	}
	return false
}

func (p Props) choices(ctx context.Context) []choices {
	f := p.Result.Facets
	return []choices{
		p.choice(ctx, "platform", f.Lists["platform"], components.Platform),
		p.choice(ctx, "country", f.Lists["country"], func(v string) string { return i18n.Country(ctx, v) }),
		p.choice(ctx, "language", f.Lists["language"], func(v string) string { return creator.Languages(ctx, []string{v}) }),
		p.choice(ctx, "tribe", f.Lists["tribe"], func(v string) string { return v }),
	}
}

func (p Props) choice(ctx context.Context, name string, counts []creators.Count, label func(string) string) choices {
	c := choices{name: name, legend: i18n.T(ctx, "search."+name)}
	for _, n := range counts {
		o := option{chosen: n.Chosen, Option: components.Option{
			Value: n.Value, Label: label(n.Value), Count: i18n.Number(ctx, n.N), Off: n.N == 0,
		}}
		if name == "tribe" {
			if t, ok := p.Catalogue.Tribe(n.Value); ok {
				m := creator.Mark(t)
				o.Label, o.Mark = t.Display, &m
			}
		}
		c.options = append(c.options, o)
	}
	return c
}

// tribeChips are links to the tribes with the most creators, each alone; the one
// that is chosen comes along wherever it stands.
func (p Props) tribeChips(ctx context.Context) (first, rest []components.Chip) {
	alone := p.Filter.Without("tribe", "")
	first = append(first, components.Chip{Href: p.href(alone), Label: i18n.T(ctx, "search.all_tribes"), On: len(p.Filter.Tribes) == 0})
	for i, n := range p.Result.Facets.Lists["tribe"] {
		t, ok := p.Catalogue.Tribe(n.Value)
		if !ok {
			continue
		}
		m := creator.Mark(t)
		c := components.Chip{Href: p.href(alone.With("tribe", t.Slug)), Label: t.Display, Count: i18n.Number(ctx, n.N), Mark: &m, On: n.Chosen, Attrs: templ.Attributes{"id": "tribe-" + t.Slug}}
		if n.Chosen && len(p.Filter.Tribes) == 1 {
			c.Href = p.href(alone)
		}
		if i < short || n.Chosen {
			first = append(first, c)
		} else {
			rest = append(rest, c)
		}
	}
	return first, rest
}

// rangeFilter is a filter with a lowest and a highest value.
type rangeFilter struct {
	param, legend string
	chosen        creators.Range
	bands         []creators.Band
	step          int64              // bands end one below a multiple of it
	write         func(int64) string // short, as in a chip
}

func (p Props) ranges(ctx context.Context) []rangeFilter {
	f, n := p.Filter, p.Result.Facets
	compact := func(v int64) string { return i18n.Compact(ctx, v) }
	percent := func(v int64) string { return i18n.WholePercent(ctx, v) }
	return []rangeFilter{
		{"followers", i18n.T(ctx, "search.followers"), f.Followers, n.Ranges["followers"], 1000, compact},
		{"engagement", i18n.T(ctx, "search.engagement_percent"), f.Engagement, n.Ranges["engagement"], 1000, percent},
		{"views", i18n.T(ctx, "search.views"), f.Views, n.Ranges["views"], 1000, compact},
	}
}

// span writes a range: "10k–50k", "from 10k", "up to 50k". One that ends just
// below a round number is written up to that number.
func (r rangeFilter) span(ctx context.Context, of creators.Range) string {
	if of.Max != nil && *of.Max > 0 && *of.Max < math.MaxInt64 && (*of.Max+1)%r.step == 0 {
		of.Max = new(*of.Max + 1)
		if of.Min == nil {
			return i18n.T(ctx, "search.under", "to", r.write(*of.Max))
		}
	}
	switch {
	case of.Min != nil && of.Max != nil && *of.Min == *of.Max:
		return r.write(*of.Min)
	case of.Min != nil && of.Max != nil:
		return i18n.T(ctx, "search.between", "from", r.write(*of.Min), "to", r.write(*of.Max))
	case of.Min != nil:
		return i18n.T(ctx, "search.from", "from", r.write(*of.Min))
	case of.Max != nil:
		return i18n.T(ctx, "search.up_to", "to", r.write(*of.Max))
	}
	return i18n.T(ctx, "search.any")
}

// part is a band's share of the largest, in per cent.
func (r rangeFilter) part(n int64) int {
	var most int64 = 1
	for _, b := range r.bands {
		most = max(most, b.N)
	}
	if n > 0 {
		return max(int(n*100/most), 2)
	}
	return 0
}

// bandHref is the search with this band in place of the chosen range; a press on
// the chosen band takes it away.
func (p Props) bandHref(r rangeFilter, b creators.Band) string {
	f := p.Filter.Without(r.param, "")
	if b.Chosen {
		return p.href(f)
	}
	switch r.param {
	case "followers":
		f.Followers = b.Range
	case "engagement":
		f.Engagement = b.Range
	case "views":
		f.Views = b.Range
	}
	return p.href(f)
}
