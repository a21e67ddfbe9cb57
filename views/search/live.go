package search

import (
	"context"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
)

// swapAttributes makes htmx swap in a link's answer, keeping open what was opened by hand.
// The script of the filters takes the address from the link, so that it is sent once.
func swapAttributes() templ.Attributes { return templ.Attributes{"hx-get": ""} }

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
