package moderation

import (
	"strings"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/accounts"
)

// readListFilter reads the filter of an administrator's list from its URL.
func readListFilter(c echo.Context) accounts.AdminFilter {
	return accounts.AdminFilter{Words: web.CleanText(c.QueryParam("q")), Suspended: c.QueryParam("state") == "suspended", After: c.QueryParam("after"), Sort: readSort(c)}
}

// readSort reads by which column a list is sorted, such as name, or -name for descending.
func readSort(c echo.Context) accounts.AdminSort {
	column, descending := strings.CutPrefix(c.QueryParam("sort"), "-")
	return accounts.AdminSort{Column: column, Descending: descending}
}
