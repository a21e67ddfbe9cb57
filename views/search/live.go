package search

import (
	"context"
	"maps"
	"strings"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	"tribemarket/views/creator"
)

// get lets a link's answer come in place; the link works without it.
func get(href string) templ.Attributes { return templ.Attributes{"hx-get": href} }

// live is a chip whose answer comes in place.
func live(c components.Chip) components.Chip {
	all := get(c.Href)
	maps.Copy(all, c.Attrs)
	c.Attrs = all
	return c
}

// withoutScript marks a button that is not needed where the form is live.
func withoutScript() templ.Attributes { return templ.Attributes{"data-without-script": true} }

func chosen(on bool) templ.Attributes {
	if on {
		return templ.Attributes{"aria-current": "true"}
	}
	return nil
}

func (p Props) filtersLabel(ctx context.Context) string {
	if p.applied() == 0 {
		return i18n.T(ctx, "search.filters")
	}
	return i18n.T(ctx, "search.filters_set", "n", p.applied())
}

func (p Props) show(ctx context.Context) string {
	return i18n.T(ctx, "search.show", "n", p.Result.Total)
}

func (p Props) dropText(ctx context.Context) string {
	if len(p.Result.Drop) == 0 {
		return i18n.T(ctx, "search.nothing_single")
	}
	return i18n.T(ctx, "search.drop")
}

func place(ctx context.Context, h creators.Hit) string {
	var parts []string
	if h.Creator.Country != "" {
		parts = append(parts, i18n.Country(ctx, h.Creator.Country))
	}
	if len(h.Languages) > 0 {
		parts = append(parts, creator.Languages(ctx, h.Languages))
	}
	return strings.Join(parts, " · ")
}

// accounts names the platform of the figures, and how many more accounts there are.
func accounts(ctx context.Context, h creators.Hit) string {
	platform := components.Platform(h.Account.Platform)
	if h.Others == 0 {
		return platform
	}
	return i18n.T(ctx, "search.others", "platform", platform, "n", h.Others)
}
