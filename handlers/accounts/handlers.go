// Package accounts answers the addresses about people and how they sign in, brands, their
// members and agencies.
package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
)

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base

	// RenderConnectedAccounts shows a creator's accounts on platforms, with what
	// is wrong with the one that was to be connected.
	RenderConnectedAccounts func(c echo.Context, status int, problem string) error
}
