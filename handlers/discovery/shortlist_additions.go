package discovery

import (
	"net/http"
	"net/url"
	"strings"

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

type additionForm struct {
	Creator string   `form:"creator"`
	List    []string `form:"list"`
	New     string   `form:"new"`
	Next    string   `form:"next"`
}

// showAddToShortlists asks to which lists a creator is added.
func (h *Handlers) showAddToShortlists(c echo.Context) error {
	if !discovery.CanEditShortlists(web.ActorOf(c)) {
		return models.Forbidden("discovery.shortlists.error.role")
	}
	f := additionForm{Creator: c.QueryParam("creator"), Next: h.refererPath(c.Request())}
	return h.renderAddition(c, 200, f, nil)
}

// addToShortlists adds the creator and goes back.
func (h *Handlers) addToShortlists(c echo.Context) error {
	var f additionForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Discovery.AddToShortlist(c.Request().Context(), web.ActorOf(c), discovery.AddToShortlistForm{Creator: f.Creator, Shortlists: f.List, NewName: f.New})
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderAddition(c, http.StatusUnprocessableEntity, f, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "discovery.shortlists.said.added")
	return web.SeeOther(c, backOr(f.Next, paths.Creator(f.Creator)))
}

func (h *Handlers) renderAddition(c echo.Context, status int, f additionForm, fields models.Fields) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	who, err := h.Discovery.ReadAddableCreator(ctx, actor, f.Creator)
	if err != nil {
		return err
	}
	lists, err := h.Discovery.ListShortlistsFor(ctx, actor, f.Creator)
	if err != nil {
		return err
	}
	p := discoveryview.ShortlistAddingProps{
		Creator: who, Lists: lists, Next: backOr(f.Next, paths.Creator(f.Creator)), Chosen: f.List, New: f.New,
		Errors: components.FieldTexts(ctx, fields), Problems: components.FieldProblems(ctx, fields, "", components.Labels(ctx, map[string]string{"new": "discovery.shortlists.add.new"})),
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "discovery.shortlists.add.title", "name", who.Name), Nav: layouts.NavCreators, Body: discoveryview.ShortlistAdding(p)})
}

func backOr(next, otherwise string) string {
	if next = web.LocalPath(next); next == "" {
		return otherwise
	}
	return next
}

// refererPath is the page of this site from which a link was followed, ""
// for none.
func (h *Handlers) refererPath(r *http.Request) string {
	ref, err := url.Parse(r.Referer())
	if err != nil || ref.Host == "" || ref.Scheme+"://"+ref.Host != h.Site.BaseURL {
		return ""
	}
	return web.LocalPath(ref.RequestURI())
}

// shortlistReturnPath is the list as it was shown when a form on it was
// sent.
func (h *Handlers) shortlistReturnPath(c echo.Context) string {
	list := paths.Shortlist(c.Param("id"), nil)
	if from := h.refererPath(c.Request()); strings.HasPrefix(from, list+"?") {
		return from
	}
	return list
}
