// Package accounts handles the pages of people and how they sign in, and of brands, their
// members and agencies.
package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
)

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base

	// RenderConnectedAccounts shows a creator's accounts on platforms, with what is wrong
	// with the one that was being connected.
	RenderConnectedAccounts func(c echo.Context, status int, problem string) error
}
