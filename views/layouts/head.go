package layouts

import (
	"context"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/views/paths"
)

// htmxConfig keeps htmx from adding a style sheet of its own, which the content security
// policy would have to allow, and from waiting forever.
const htmxConfig = `{"includeIndicatorCSS":false,"defaultTimeout":15000,"morphIgnore":["data-htmx-powered","open"]}`

// AlertsID is where a page says what went wrong with what it asked for in the background.
const AlertsID = "alerts"

func themeAttribute(name string) templ.Attributes {
	if name != ThemeLight && name != ThemeDark {
		return nil
	}
	return templ.Attributes{"data-theme": name}
}

func description(ctx context.Context, h Head) string {
	if h.Description != "" {
		return h.Description
	}
	return i18n.T(ctx, "layouts.description")
}

// navItems are the main pages that the viewer can visit, six at most; signed out, only the
// search. Lists and saved searches belong to the search.
func navItems(ctx context.Context, s Shell) []navItem {
	creators := navItem{NavCreators, paths.Creators(nil), i18n.T(ctx, "layouts.creators")}
	if s.Viewer.Kind == "" {
		return []navItem{creators}
	}
	all := []navItem{
		{NavHome, paths.Dashboard(), i18n.T(ctx, "layouts.home")}, creators,
		{NavProposals, paths.Negotiations(), i18n.T(ctx, "layouts.proposals")},
		{NavDeals, paths.Deals(), i18n.T(ctx, "layouts.deals")},
	}
	if s.Viewer.Admin {
		all = append(all, navItem{NavAdmin, paths.Admin(), i18n.T(ctx, "moderation.admin.title")})
	}
	return all
}

func ariaCurrent(on bool) templ.Attributes {
	if !on {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}

func chosen(on bool) templ.Attributes {
	if !on {
		return nil
	}
	return templ.Attributes{"aria-current": "true"}
}

// themeItems are the themes in the order in which they are offered; "" is the device's
// own.
func themeItems(ctx context.Context) []navItem {
	return []navItem{
		{"", "", i18n.T(ctx, "layouts.theme_device")},
		{ThemeLight, "", i18n.T(ctx, "layouts.theme_light")},
		{ThemeDark, "", i18n.T(ctx, "layouts.theme_dark")},
	}
}
