package moderation

import (
	"context"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/views/components"
	moderationview "tribemarket/views/moderation"
)

// adminFilter reads an administrator's list from its address.
func adminFilter(c echo.Context) accounts.AdminFilter {
	return accounts.AdminFilter{Words: web.CleanText(c.QueryParam("q")), Suspended: c.QueryParam("state") == "suspended", After: c.QueryParam("after")}
}

// adminList is what the lists of people, brands and creators have in common.
func adminList(ctx context.Context, what, here string, f accounts.AdminFilter, next string) moderationview.AdminListProps {
	at := func(state, after string) string {
		q := url.Values{}
		for k, v := range map[string]string{"q": f.Words, "state": state, "after": after} {
			if v != "" {
				q.Set(k, v)
			}
		}
		return withQuery(here, q)
	}
	state := ""
	if f.Suspended {
		state = "suspended"
	}
	p := moderationview.AdminListProps{
		Title: i18n.T(ctx, "moderation.admin.nav."+what), Here: here, Action: here, Empty: i18n.T(ctx, "moderation.admin.empty"),
		Fields:  []components.Field{{Name: "q", Label: i18n.T(ctx, "moderation.admin.search."+what), Value: f.Words, Type: "search"}},
		Choices: []components.Tab{{Href: at("", ""), Label: i18n.T(ctx, "moderation.admin.all"), Here: !f.Suspended}, {Href: at("suspended", ""), Label: i18n.T(ctx, "moderation.admin.only_suspended"), Here: f.Suspended}},
	}
	if next != "" {
		p.Pager.Next = at(state, next)
	}
	if f.After != "" {
		p.Pager.First = at(state, "")
	}
	return p
}

func withQuery(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// suspendedCell says whether a row is suspended.
func suspendedCell(ctx context.Context, at *time.Time) moderationview.Cell {
	if at == nil {
		return moderationview.Cell{}
	}
	return moderationview.Cell{Text: i18n.T(ctx, "moderation.admin.suspended"), Note: i18n.Date(ctx, *at), Kind: components.Bad, Sign: true}
}
