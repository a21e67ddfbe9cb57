package discovery

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/discovery"
	"tribemarket/views/layouts"
	"tribemarket/views/shortlists"
)

// compare shows creators beside each other: ?c= for each, ?only=differences.
func (h *Handlers) compare(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	asked := c.QueryParams()["c"]
	ids := discovery.ComparedIDs(asked)
	all, err := h.Discovery.Compare(ctx, actor, ids)
	if err != nil {
		return err
	}
	p := shortlists.CompareProps{
		Comparison: all, IDs: ids, More: len(asked) > discovery.MostCompared, Only: c.QueryParam("only") == shortlists.OnlyDifferences, CanAdd: discovery.CanEditLists(actor), CanExport: discovery.CanExport(actor), Now: h.Clock(),
	}
	return h.Render(c, web.Page{Title: p.Title(ctx), Nav: layouts.NavCreators, Head: layouts.Head{NoIndex: true}, Body: shortlists.Compare(p)})
}
