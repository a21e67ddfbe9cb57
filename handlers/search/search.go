package search

import (
	"slices"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/discovery"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
	searchview "tribemarket/views/search"
)

// searchCreators shows the creators whom the search of the URL finds.
func (h *Handlers) searchCreators(c echo.Context) error {
	ctx := c.Request().Context()
	filter, notices, err := h.Search.ReadFilter(ctx, c.QueryParams())
	if err != nil {
		return err
	}
	if address, ok := h.searchAskedFor(c.QueryParams(), filter); ok {
		return web.SeeOther(c, address)
	}
	if filter.Hidden, err = h.Moderation.CreatorsHiddenFrom(ctx, web.ActorOf(c)); err != nil {
		return err
	}
	opened, whole := c.QueryParams()[searchview.Opened], c.QueryParams()[searchview.Whole]
	result, err := h.Search.Search(ctx, filter, searchview.OpenFilters(filter, slices.Concat(opened, whole)...)...)
	if err != nil {
		return err
	}
	actor := web.ActorOf(c)
	kept, err := h.Discovery.ReadKept(ctx, actor, result.CreatorIDs())
	if err != nil {
		return err
	}
	asked, offered := h.readSentence(c.QueryParam(searchview.Asked), filter)
	list := searchview.ReadListState(c.QueryParams())
	address := searchview.SearchURL(filter, asked.Text, list)
	p := searchview.SearchProps{
		SaveProps: creatorsview.SaveProps{Kept: kept, SeesKept: discovery.CanSeeShortlists(actor), CanKeep: discovery.CanEditShortlists(actor), Visitor: !actor.SignedIn(), Saved: c.QueryParam(creatorsview.Saved), Live: true, Back: address},
		ListState: list,
		Asked:     asked, Offered: offered, Filter: filter, Result: result, Catalogue: h.Creators.TribeCatalogue(), Now: h.Clock(), Notices: notices,
		Open: opened, More: whole,
		CanSave: discovery.CanEditSavedSearches(actor), CanExport: discovery.CanExportCreators(actor),
	}
	return h.Render(c, web.Page{
		Title: p.Title(ctx), Nav: layouts.NavCreators, Path: address, Body: searchview.Search(p), Fragment: searchview.Search(p),
		Head: layouts.Head{Description: p.Description(ctx), Canonical: h.Site.BaseURL + paths.Creators(filter.Values()), NoIndex: !p.Plain()},
	})
}
