package web

import (
	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"tribemarket/views/layouts"
)

// RenderAdmin renders a page of the administration, which search engines must not list.
func (b *Base) RenderAdmin(c echo.Context, status int, title string, body templ.Component) error {
	return b.Render(c, Page{Status: status, Title: title, Nav: layouts.NavAdmin, Head: layouts.Head{NoIndex: true}, Body: body})
}
