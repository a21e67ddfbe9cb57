package search

import (
	"context"
	"net/url"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/views/paths"
)

// swapAttributes makes htmx swap in a link's answer, keeping open what was opened by
// hand; the link works without it.
func (p SearchProps) swapAttributes(href string) templ.Attributes {
	return templ.Attributes{"hx-get": paths.WithQuery(href, url.Values{Opened: p.Open, Whole: p.More})}
}

// withoutScript marks a button that is only needed without a script.
func withoutScript() templ.Attributes { return templ.Attributes{"data-without-script": true} }

func (p SearchProps) filtersLabel(ctx context.Context) string {
	if p.countApplied() == 0 {
		return i18n.T(ctx, "search.filters")
	}
	return i18n.T(ctx, "search.filters_set", "n", p.countApplied())
}

func (p SearchProps) show(ctx context.Context) string {
	return i18n.T(ctx, "search.show", "n", p.Result.Total)
}

func (p SearchProps) dropText(ctx context.Context) string {
	if len(p.Result.Drop) == 0 {
		return i18n.T(ctx, "search.nothing_single")
	}
	return i18n.T(ctx, "search.drop")
}
