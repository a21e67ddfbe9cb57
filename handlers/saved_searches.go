package handlers

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/views/dashboard"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
	"tribemarket/views/searches"
)

// listSearches shows the saved searches of the brand.
func (h *Handlers) listSearches(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	all, err := h.Discovery.SavedSearches(ctx, actor)
	if err != nil {
		return err
	}
	p := searches.IndexProps{Searches: all, Catalogue: h.Creators.Catalogue(), Now: h.Clock(), CanEdit: discovery.CanEditSearches(actor)}
	return h.render(c, view{Title: i18n.T(ctx, "searches.title"), Nav: layouts.NavCreators, Body: searches.Index(p)})
}

// newSearch is the form that saves the search of the address.
func (h *Handlers) newSearch(c echo.Context) error {
	ctx := c.Request().Context()
	f, _, err := h.Creators.ReadFilter(ctx, c.QueryParams())
	if err != nil {
		return err
	}
	return h.searchForm(c, http.StatusOK, f, searchForm{Name: searches.ProposedName(ctx, f, h.Creators.Catalogue()), Alert: string(discovery.AlertDaily)}, nil)
}

type searchForm struct {
	Name  string `form:"name"`
	Alert string `form:"alert"`
	Query string `form:"query"`
	UpTo  string `form:"upto"`
	Page  string `form:"page"`
}

// searchForm also names the words that a search reads as others: a saved one
// doesn't, so that what it finds never changes its meaning.
func (h *Handlers) searchForm(c echo.Context, status int, filter creators.Filter, f searchForm, wrong models.Fields) error {
	ctx, v := c.Request().Context(), visitorOf(c)
	if !discovery.CanEditSearches(v.Actor) {
		return models.Forbidden("searches.error.role")
	}
	fit, err := h.Discovery.Fitting(ctx, v.Actor, filter)
	if err != nil {
		return err
	}
	filter.After, filter.Before = nil, nil
	p := searches.FormProps{
		Filter: filter, Catalogue: h.Creators.Catalogue(), Fit: fit, Corrected: h.Creators.Corrected(filter), Query: filter.Values().Encode(), Name: f.Name, Alert: f.Alert,
		Errors: texts(ctx, wrong), Problems: problems(ctx, wrong, ""),
	}
	p.Email = mailed(v.Session.Person)
	return h.render(c, view{Status: status, Title: i18n.T(ctx, "searches.save"), Nav: layouts.NavCreators, Body: searches.Form(p)})
}

// mailed is the address to which a person can be mailed, "" without one.
func mailed(who accounts.Person) string {
	if who.Email == nil || who.EmailConfirmedAt == nil {
		return ""
	}
	return *who.Email
}

// saveSearch keeps a search for the brand.
func (h *Handlers) saveSearch(c echo.Context) error {
	ctx := c.Request().Context()
	var f searchForm
	if err := read(c, &f); err != nil {
		return err
	}
	values, err := url.ParseQuery(f.Query)
	if err != nil {
		return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
	}
	filter, _, err := h.Creators.ReadFilter(ctx, values)
	if err != nil {
		return err
	}
	id, err := h.Discovery.SaveSearch(ctx, actorOf(c), discovery.SearchForm{Name: f.Name, Alert: discovery.Alert(f.Alert)}, filter)
	if wrong, ok := invalid(err); ok {
		return h.searchForm(c, http.StatusUnprocessableEntity, filter, f, wrong)
	}
	if err != nil {
		return err
	}
	h.say(c, "searches.said.saved")
	return seeOther(c, paths.SavedSearch(id, nil))
}

// showSearch shows a saved search with its new creators. Looking is not having
// seen: a page view writes nothing.
func (h *Handlers) showSearch(c echo.Context) error {
	return h.searchPage(c, http.StatusOK, nil, nil)
}

// searchPage shows the search; name is what was typed, nil for its own.
func (h *Handlers) searchPage(c echo.Context, status int, name *string, wrong models.Fields) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	var after *models.Cursor
	if place, err := models.ParseCursor(c.QueryParam("after")); err == nil {
		after = &place
	}
	x, found, next, err := h.Discovery.NewMatches(ctx, actor, c.Param("id"), after)
	if err != nil {
		return err
	}
	p := searches.ShowProps{
		Saved: x, Found: found, Catalogue: h.Creators.Catalogue(), Now: h.Clock(), CanEdit: discovery.CanEditSearches(actor), Email: mailed(visitorOf(c).Session.Person), Name: x.Name,
		Errors: texts(ctx, wrong), Problems: problems(ctx, wrong, ""),
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
	return h.render(c, view{Status: status, Title: x.Name, Nav: layouts.NavCreators, Body: searches.Show(p)})
}

// renameSearch gives a search another name.
func (h *Handlers) renameSearch(c echo.Context) error {
	var f searchForm
	if err := read(c, &f); err != nil {
		return err
	}
	err := h.Discovery.RenameSearch(c.Request().Context(), actorOf(c), c.Param("id"), f.Name)
	return h.searchDone(c, &f.Name, err, "searches.said.renamed")
}

// setSearchAlert changes when mails go.
func (h *Handlers) setSearchAlert(c echo.Context) error {
	var f searchForm
	if err := read(c, &f); err != nil {
		return err
	}
	err := h.Discovery.SetAlert(c.Request().Context(), actorOf(c), c.Param("id"), discovery.Alert(f.Alert))
	return h.searchDone(c, nil, err, "searches.said.alert")
}

// markSearchSeen says that the new creators that the page showed were seen.
func (h *Handlers) markSearchSeen(c echo.Context) error {
	var f searchForm
	if err := read(c, &f); err != nil {
		return err
	}
	upTo, _ := strconv.ParseInt(f.UpTo, 10, 64) // 0 is nobody
	err := h.Discovery.MarkSeen(c.Request().Context(), actorOf(c), c.Param("id"), upTo)
	return h.searchDone(c, nil, err, "searches.said.seen")
}

// searchDone goes back to the search after a step, or shows what was wrong.
func (h *Handlers) searchDone(c echo.Context, name *string, err error, key string) error {
	if wrong, ok := invalid(err); ok {
		return h.searchPage(c, http.StatusUnprocessableEntity, name, wrong)
	}
	if err != nil {
		return err
	}
	h.say(c, key)
	return seeOther(c, paths.SavedSearch(c.Param("id"), nil))
}

// deleteSearch forgets a search.
func (h *Handlers) deleteSearch(c echo.Context) error {
	if err := h.Discovery.DeleteSearch(c.Request().Context(), actorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.say(c, "searches.said.deleted")
	return seeOther(c, paths.Searches())
}

// showUnsubscribe is where the link of an alert leads. It stops nothing:
// programs look at links before people do.
func (h *Handlers) showUnsubscribe(c echo.Context) error {
	ctx := c.Request().Context()
	s, err := h.Discovery.Subscription(ctx, c.Param("token"))
	if err != nil {
		return err
	}
	return h.render(c, view{
		Title: i18n.T(ctx, "searches.stop.title"), Body: searches.Unsubscribe(s, c.Param("token")), Head: layouts.Head{NoIndex: true},
	})
}

// unsubscribe stops the mails from which its link comes. A mail program posts
// without a session and is answered without a redirect (RFC 8058); whoever
// presses the page's button sees the page again.
func (h *Handlers) unsubscribe(c echo.Context) error {
	var f searchForm
	if err := read(c, &f); err != nil {
		return err
	}
	if err := h.Discovery.Unsubscribe(c.Request().Context(), c.Param("token")); err != nil {
		if models.CodeOf(err) == models.CodeNotFound {
			return c.NoContent(http.StatusNotFound)
		}
		return err
	}
	if f.Page != "" {
		return seeOther(c, paths.Unsubscribe(c.Param("token")))
	}
	return c.String(http.StatusOK, "OK")
}

// searchesTold is how many saved searches the dashboard names.
const searchesTold = 3

// searchNotices tells of saved searches with new creators.
func (h *Handlers) searchNotices(ctx context.Context, actor models.Actor, p *dashboard.Props) error {
	all, err := h.Discovery.SavedSearches(ctx, actor)
	if err != nil {
		return err
	}
	rest := 0
	for _, s := range all {
		switch {
		case s.New == 0:
		case len(p.Notices) < searchesTold:
			p.Notices = append(p.Notices, dashboard.Notice{
				Title: i18n.T(ctx, "searches.dashboard", "n", s.New, "search", s.Name), Text: i18n.T(ctx, "searches.dashboard.text"),
				Href: paths.SavedSearch(s.PublicID, nil), Link: i18n.T(ctx, "searches.dashboard.link"),
			})
		default:
			rest++
		}
	}
	if rest > 0 {
		p.Notices = append(p.Notices, dashboard.Notice{Title: i18n.T(ctx, "searches.dashboard.more", "n", rest), Href: paths.Searches(), Link: i18n.T(ctx, "searches.title")})
	}
	return nil
}
