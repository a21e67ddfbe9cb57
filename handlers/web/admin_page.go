package web

import (
	"context"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/views/layouts"
)

func (b *Base) RenderAdmin(c echo.Context, status int, title string, body templ.Component) error {
	return b.Render(c, Page{Status: status, Title: title, Head: layouts.Head{NoIndex: true}, Body: body})
}

func AdminColumns(ctx context.Context, keys ...string) []string {
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = i18n.T(ctx, "moderation.admin.column."+k)
	}
	return all
}
