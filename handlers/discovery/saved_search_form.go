package discovery

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/discovery"
	"tribemarket/models/search"
	"tribemarket/views/components"
	discoveryview "tribemarket/views/discovery"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

type searchForm struct {
	Name  string `form:"name"`
	Alert string `form:"alert"`
	Query string `form:"query"`
	UpTo  string `form:"upto"`
	Page  string `form:"page"`
}

// showSearchForm shows the form that saves the search of the URL.
func (h *Handlers) showSearchForm(c echo.Context) error {
	ctx := c.Request().Context()
	f, _, err := h.Search.ReadFilter(ctx, c.QueryParams())
	if err != nil {
		return err
	}
	return h.renderSearchForm(c, http.StatusOK, f, searchForm{Name: discoveryview.ProposeSearchName(ctx, f, h.Creators.TribeCatalogue()), Alert: string(discovery.AlertDaily)}, nil)
}

// searchLabels are the labels of what is entered about a saved search.
var searchLabels = map[string]string{"name": "discovery.searches.name", "alert": "discovery.searches.alert"}

// renderSearchForm also names the words that a search would correct: a saved search does
// not correct them, so that its meaning never changes.
func (h *Handlers) renderSearchForm(c echo.Context, status int, filter search.Filter, f searchForm, wrong models.Fields) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	if !discovery.CanEditSavedSearches(v.Actor) {
		return models.Forbidden("discovery.searches.error.role")
	}
	fit, err := h.Discovery.CountMatchingCreators(ctx, v.Actor, filter)
	if err != nil {
		return err
	}
	filter.After, filter.Before = nil, nil
	p := discoveryview.SavedSearchFormProps{
		Filter: filter, Catalogue: h.Creators.TribeCatalogue(), Fit: fit, Corrected: h.Search.SpellingCorrections(filter), Query: filter.Values().Encode(), Name: f.Name, Alert: f.Alert,
		Errors: components.FieldTexts(ctx, wrong), Problems: components.FieldProblems(ctx, wrong, "", components.Labels(ctx, searchLabels)),
	}
	p.Email = confirmedEmail(v.Session.Person)
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "discovery.searches.save"), Nav: layouts.NavCreators, Body: discoveryview.SavedSearchForm(p)})
}

// saveSearch saves a search for the brand.
func (h *Handlers) saveSearch(c echo.Context) error {
	ctx := c.Request().Context()
	var f searchForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	values, err := url.ParseQuery(f.Query)
	if err != nil {
		return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
	}
	filter, _, err := h.Search.ReadFilter(ctx, values)
	if err != nil {
		return err
	}
	id, err := h.Discovery.SaveSearch(ctx, web.ActorOf(c), discovery.SavedSearchForm{Name: f.Name, Alert: discovery.AlertFrequency(f.Alert)}, filter)
	if wrong, ok := web.InvalidFields(err); ok {
		return h.renderSearchForm(c, http.StatusUnprocessableEntity, filter, f, wrong)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "discovery.searches.said.saved")
	return web.SeeOther(c, paths.SavedSearch(id, nil))
}

// confirmedEmail is the e-mail address to which a person can be mailed, ""
// without one.
func confirmedEmail(who accounts.Person) string {
	if who.Email == nil || who.EmailConfirmedAt == nil {
		return ""
	}
	return *who.Email
}
