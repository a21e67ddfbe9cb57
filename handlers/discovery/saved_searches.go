package discovery

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/discovery"
	"tribemarket/views/components"
	discoveryview "tribemarket/views/discovery"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// listSearches shows the saved searches of the brand.
func (h *Handlers) listSearches(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	all, err := h.Discovery.ListSavedSearches(ctx, actor)
	if err != nil {
		return err
	}
	kept, err := h.Discovery.ReadKept(ctx, actor, nil)
	if err != nil {
		return err
	}
	p := discoveryview.SavedSearchesProps{Searches: all, Kept: kept, Catalogue: h.Creators.TribeCatalogue(), Now: h.Clock(), CanEdit: discovery.CanEditSavedSearches(actor)}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "discovery.searches.title"), Nav: layouts.NavCreators, Body: discoveryview.SavedSearches(p)})
}

// showSearch shows a saved search with its new creators. They stay new until
// they are marked as seen: a page view writes nothing.
func (h *Handlers) showSearch(c echo.Context) error {
	return h.renderSearch(c, http.StatusOK, nil, nil)
}

// renderSearch shows the search; name is what was entered, nil for its own.
func (h *Handlers) renderSearch(c echo.Context, status int, name *string, wrong models.Fields) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	var after *models.Cursor
	if place, err := models.ParseCursor(c.QueryParam("after")); err == nil {
		after = &place
	}
	x, found, next, err := h.Discovery.ListNewMatches(ctx, actor, c.Param("id"), after)
	if err != nil {
		return err
	}
	p := discoveryview.SavedSearchProps{
		Saved: x, Found: found, Catalogue: h.Creators.TribeCatalogue(), Now: h.Clock(), CanEdit: discovery.CanEditSavedSearches(actor), Email: confirmedEmail(web.VisitorOf(c).Session.Person), Name: x.Name,
		Errors: components.FieldTexts(ctx, wrong), Problems: components.FieldProblems(ctx, wrong, "", components.Labels(ctx, searchLabels)),
	}
	if name != nil {
		p.Name = *name
	}
	if next != nil {
		p.Next = paths.SavedSearch(x.PublicID, url.Values{"after": {next.String()}})
	}
	if after != nil {
		p.First = paths.SavedSearch(x.PublicID, nil)
	}
	return h.Render(c, web.Page{Status: status, Title: x.Name, Nav: layouts.NavCreators, Body: discoveryview.SavedSearch(p)})
}

// renameSearch renames a saved search.
func (h *Handlers) renameSearch(c echo.Context) error {
	var f searchForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Discovery.RenameSearch(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Name)
	return h.redirectToSearch(c, &f.Name, err, "discovery.searches.said.renamed")
}

// setSearchAlert changes when mails are sent.
func (h *Handlers) setSearchAlert(c echo.Context) error {
	var f searchForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Discovery.SetAlert(c.Request().Context(), web.ActorOf(c), c.Param("id"), discovery.AlertFrequency(f.Alert))
	return h.redirectToSearch(c, nil, err, "discovery.searches.said.alert")
}

// markSearchSeen marks the new creators whom the page showed as seen.
func (h *Handlers) markSearchSeen(c echo.Context) error {
	var f searchForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	upTo, _ := strconv.ParseInt(f.UpTo, 10, 64) // 0 is nobody
	err := h.Discovery.MarkMatchesSeen(c.Request().Context(), web.ActorOf(c), c.Param("id"), upTo)
	return h.redirectToSearch(c, nil, err, "discovery.searches.said.seen")
}

// redirectToSearch goes back to the search after a change, or shows it with
// what was wrong.
func (h *Handlers) redirectToSearch(c echo.Context, name *string, err error, key string) error {
	if wrong, ok := web.InvalidFields(err); ok {
		return h.renderSearch(c, http.StatusUnprocessableEntity, name, wrong)
	}
	if err != nil {
		return err
	}
	h.Flash(c, key)
	return web.SeeOther(c, paths.SavedSearch(c.Param("id"), nil))
}

// deleteSearch deletes a saved search.
func (h *Handlers) deleteSearch(c echo.Context) error {
	if err := h.Discovery.DeleteSearch(c.Request().Context(), web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, "discovery.searches.said.deleted")
	return web.SeeOther(c, paths.Searches())
}
