package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/accounts"
)

// readListFilter reads the filter of an administrator's list from its URL.
func readListFilter(c echo.Context) accounts.AdminFilter {
	return accounts.AdminFilter{Words: web.CleanText(c.QueryParam("q")), Suspended: c.QueryParam("state") == "suspended", After: c.QueryParam("after")}
}
