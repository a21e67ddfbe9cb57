package web

import (
	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/views/components"
	"tribemarket/views/layouts"
)

const flashKey = "flash"

// Flash stores a message for the next page: the result of the action just done.
func (b *Base) Flash(c echo.Context, key string, args ...any) {
	ctx := c.Request().Context()
	b.Sessions.Put(ctx, flashKey, i18n.T(ctx, key, args...))
}

func (b *Base) takeFlash(c echo.Context) layouts.Flash {
	ctx := c.Request().Context()
	if c.Get(visitorKey) == nil { // refused before there was a session
		return layouts.Flash{}
	}
	if !b.Sessions.Exists(ctx, flashKey) {
		return layouts.Flash{}
	}
	return layouts.Flash{Kind: components.Good, Text: b.Sessions.PopString(ctx, flashKey)}
}
