package discovery

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/discovery"
	"tribemarket/views/components"
	discoveryview "tribemarket/views/discovery"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// listPage is how many creators of a list a page shows.
const listPage = 50

type listForm struct {
	Name string `form:"name"`
}

// listShortlists shows the lists of the brand.
func (h *Handlers) listShortlists(c echo.Context) error { return h.listsPage(c, 200, "", nil) }

// createShortlist makes one.
func (h *Handlers) createShortlist(c echo.Context) error {
	var f listForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	id, err := h.Discovery.CreateShortlist(c.Request().Context(), web.ActorOf(c), f.Name)
	if fields, ok := web.InvalidFields(err); ok {
		return h.listsPage(c, http.StatusUnprocessableEntity, f.Name, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "discovery.shortlists.said.created")
	return web.SeeOther(c, paths.Shortlist(id, nil))
}

func (h *Handlers) listsPage(c echo.Context, status int, name string, fields models.Fields) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	lists, err := h.Discovery.ListShortlists(ctx, actor)
	if err != nil {
		return err
	}
	p := discoveryview.ShortlistsProps{Lists: lists, CanEdit: discovery.CanEditShortlists(actor), Now: h.Clock(), Name: name, Errors: components.FieldTexts(ctx, fields), Problems: components.FieldProblems(ctx, fields, "")}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "discovery.shortlists.title"), Nav: layouts.NavShortlists, Body: discoveryview.Shortlists(p)})
}

// showShortlist shows a list: ?label= narrows it, ?sort= orders it.
func (h *Handlers) showShortlist(c echo.Context) error {
	return h.shortlistPage(c, 200, discoveryview.ShortlistProps{}, nil)
}

func (h *Handlers) shortlistPage(c echo.Context, status int, p discoveryview.ShortlistProps, fields models.Fields) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	v, err := h.Discovery.ReadShortlist(ctx, actor, c.Param("id"), discovery.ShortlistFilter{Label: c.QueryParam("label"), Sort: discovery.ShortlistSort(c.QueryParam("sort"))})
	if err != nil {
		return err
	}
	p.View, p.Now, p.CanEdit, p.CanPropose = v, h.Clock(), discovery.CanEditShortlists(actor), deals.CanPropose(actor)
	if _, wrong := fields.Get("name"); !wrong {
		p.Name = v.Name
	}
	p.Errors, p.Problems = components.FieldTexts(ctx, fields), components.FieldProblems(ctx, fields, "")
	p.Pages = max(1, (len(v.Entries)+listPage-1)/listPage)
	page, _ := strconv.Atoi(c.QueryParam("page"))
	p.Page = min(max(page, 1, pageWith(v.Entries, p.Editing)), p.Pages)
	p.Shown = v.Entries[(p.Page-1)*listPage : min(p.Page*listPage, len(v.Entries))]
	return h.Render(c, web.Page{Status: status, Title: v.Name, Nav: layouts.NavShortlists, Body: discoveryview.Shortlist(p)})
}

// pageWith is the page on which a creator stands, 0 for none.
func pageWith(all []discovery.ShortlistEntry, creator string) int {
	for i, e := range all {
		if e.PublicID == creator {
			return i/listPage + 1
		}
	}
	return 0
}

// renameShortlist gives a list another name.
func (h *Handlers) renameShortlist(c echo.Context) error {
	var f listForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Discovery.RenameShortlist(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Name)
	if fields, ok := web.InvalidFields(err); ok {
		return h.shortlistPage(c, http.StatusUnprocessableEntity, discoveryview.ShortlistProps{Name: f.Name}, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "discovery.shortlists.said.renamed")
	return web.SeeOther(c, paths.Shortlist(c.Param("id"), nil))
}

// deleteShortlist drops a list.
func (h *Handlers) deleteShortlist(c echo.Context) error {
	if err := h.Discovery.DeleteShortlist(c.Request().Context(), web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, "discovery.shortlists.said.dropped")
	return web.SeeOther(c, paths.Shortlists())
}

type itemForm struct {
	Note   string `form:"note"`
	Labels string `form:"labels"`
}

// annotateOnList keeps what the brand says of a creator on a list.
func (h *Handlers) annotateOnList(c echo.Context) error {
	var f itemForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Discovery.AnnotateItem(c.Request().Context(), web.ActorOf(c), c.Param("id"), c.Param("creator"), discovery.ShortlistItemForm(f))
	if fields, ok := web.InvalidFields(err); ok {
		return h.shortlistPage(c, http.StatusUnprocessableEntity, discoveryview.ShortlistProps{Editing: c.Param("creator"), Form: discovery.ShortlistItemForm(f)}, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "discovery.shortlists.said.noted")
	return web.SeeOther(c, h.backToList(c)+"#c-"+url.PathEscape(c.Param("creator")))
}

// removeFromList takes a creator off a list.
func (h *Handlers) removeFromList(c echo.Context) error {
	if err := h.Discovery.RemoveFromShortlist(c.Request().Context(), web.ActorOf(c), c.Param("id"), c.Param("creator")); err != nil {
		return err
	}
	h.Flash(c, "discovery.shortlists.said.removed")
	return web.SeeOther(c, h.backToList(c))
}
