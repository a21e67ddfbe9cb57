package discovery

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/discovery"
	discoveryview "tribemarket/views/discovery"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// comparisonAddress is the address of a comparison that a form with more than its creators
// has asked for, "" if it is asked for as it should be.
func comparisonAddress(q url.Values) string {
	own := url.Values{}
	for _, name := range []string{"c", "only"} {
		if q.Has(name) {
			own[name] = q[name]
		}
	}
	if len(own) == len(q) {
		return ""
	}
	return paths.Comparison(own)
}

// compareCreators shows creators side by side: ?c= for each, ?only=differences.
func (h *Handlers) compareCreators(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	asked := c.QueryParams()["c"]
	ids := discovery.DistinctComparedIDs(asked)
	if address := comparisonAddress(c.QueryParams()); address != "" {
		return web.SeeOther(c, address)
	}
	all, err := h.Discovery.CompareCreators(ctx, actor, ids)
	if err != nil {
		return err
	}
	p := discoveryview.ComparisonProps{
		Comparison: all, IDs: ids, More: len(asked) > discovery.MaxCompared, Only: c.QueryParam("only") == discoveryview.OnlyDifferences, CanAdd: discovery.CanEditShortlists(actor), CanExport: discovery.CanExportCreators(actor), Now: h.Clock(),
	}
	return h.Render(c, web.Page{Title: p.Title(ctx), Nav: layouts.NavCreators, Head: layouts.Head{NoIndex: true}, Body: discoveryview.Comparison(p)})
}
