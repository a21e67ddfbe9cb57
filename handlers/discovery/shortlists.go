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
	"tribemarket/models/negotiation"
	"tribemarket/views/components"
	discoveryview "tribemarket/views/discovery"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// shortlistPageSize is the number of creators on a page of a list.
const shortlistPageSize = 50

type shortlistForm struct {
	Name string `form:"name"`
}

// listShortlists shows the lists of the brand.
func (h *Handlers) listShortlists(c echo.Context) error { return h.renderShortlists(c, 200, "", nil) }

// createShortlist creates a list.
func (h *Handlers) createShortlist(c echo.Context) error {
	var f shortlistForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	id, err := h.Discovery.CreateShortlist(c.Request().Context(), web.ActorOf(c), f.Name)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderShortlists(c, http.StatusUnprocessableEntity, f.Name, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "discovery.shortlists.said.created")
	return web.SeeOther(c, paths.Shortlist(id, nil))
}

// listLabels are the labels of what is entered about a list.
var listLabels = map[string]string{"name": "discovery.shortlists.name", "note": "discovery.shortlists.note", "labels": "discovery.shortlists.labels"}

func (h *Handlers) renderShortlists(c echo.Context, status int, name string, fields models.Fields) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	lists, err := h.Discovery.ListShortlists(ctx, actor)
	if err != nil {
		return err
	}
	kept, err := h.Discovery.ReadKept(ctx, actor, nil)
	if err != nil {
		return err
	}
	p := discoveryview.ShortlistsProps{Lists: lists, Kept: kept, CanEdit: discovery.CanEditShortlists(actor), Now: h.Clock(), Name: name, Errors: components.FieldTexts(ctx, fields), Problems: components.FieldProblems(ctx, fields, "", components.Labels(ctx, listLabels))}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "discovery.shortlists.title"), Nav: layouts.NavCreators, Body: discoveryview.Shortlists(p)})
}

// showShortlist shows a list: ?label= narrows it, ?sort= orders it.
func (h *Handlers) showShortlist(c echo.Context) error {
	return h.renderShortlist(c, 200, discoveryview.ShortlistProps{}, nil)
}

func (h *Handlers) renderShortlist(c echo.Context, status int, p discoveryview.ShortlistProps, fields models.Fields) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	v, err := h.Discovery.ReadShortlist(ctx, actor, c.Param("id"), discovery.ShortlistFilter{Label: c.QueryParam("label"), Sort: discovery.ShortlistSort(c.QueryParam("sort"))})
	if err != nil {
		return err
	}
	p.View, p.Now, p.CanEdit, p.CanPropose = v, h.Clock(), discovery.CanEditShortlists(actor), negotiation.CanPropose(actor)
	if _, wrong := fields.Get("name"); !wrong {
		p.Name = v.Name
	}
	p.Errors, p.Problems = components.FieldTexts(ctx, fields), components.FieldProblems(ctx, fields, "", components.Labels(ctx, listLabels))
	p.Pages = max(1, (len(v.Entries)+shortlistPageSize-1)/shortlistPageSize)
	page, _ := strconv.Atoi(c.QueryParam("page"))
	p.Page = min(max(page, 1, pageOfCreator(v.Entries, p.Editing)), p.Pages)
	p.Shown = v.Entries[(p.Page-1)*shortlistPageSize : min(p.Page*shortlistPageSize, len(v.Entries))]
	return h.Render(c, web.Page{Status: status, Title: v.Name, Nav: layouts.NavCreators, Body: discoveryview.Shortlist(p)})
}

// pageOfCreator is the page of a list on which a creator is, 0 for none.
func pageOfCreator(all []discovery.ShortlistEntry, creator string) int {
	for i, e := range all {
		if e.PublicID == creator {
			return i/shortlistPageSize + 1
		}
	}
	return 0
}

// renameShortlist renames a list.
func (h *Handlers) renameShortlist(c echo.Context) error {
	var f shortlistForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Discovery.RenameShortlist(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Name)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderShortlist(c, http.StatusUnprocessableEntity, discoveryview.ShortlistProps{Name: f.Name}, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "discovery.shortlists.said.renamed")
	return web.SeeOther(c, paths.Shortlist(c.Param("id"), nil))
}

// deleteShortlist deletes a list.
func (h *Handlers) deleteShortlist(c echo.Context) error {
	if err := h.Discovery.DeleteShortlist(c.Request().Context(), web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, "discovery.shortlists.said.dropped")
	return web.SeeOther(c, paths.Shortlists())
}

type annotationForm struct {
	Note   string `form:"note"`
	Labels string `form:"labels"`
}

// annotateCreator saves what the brand notes about a creator on a list.
func (h *Handlers) annotateCreator(c echo.Context) error {
	var f annotationForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Discovery.AnnotateItem(c.Request().Context(), web.ActorOf(c), c.Param("id"), c.Param("creator"), discovery.ShortlistItemForm(f))
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderShortlist(c, http.StatusUnprocessableEntity, discoveryview.ShortlistProps{Editing: c.Param("creator"), Form: discovery.ShortlistItemForm(f)}, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "discovery.shortlists.said.noted")
	return web.SeeOther(c, h.shortlistReturnPath(c)+"#c-"+url.PathEscape(c.Param("creator")))
}

// removeFromShortlist removes a creator from a list, and goes back to where that was asked.
func (h *Handlers) removeFromShortlist(c echo.Context) error {
	var f bookmarkForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	if err := h.Discovery.RemoveFromShortlist(c.Request().Context(), web.ActorOf(c), c.Param("id"), c.Param("creator")); err != nil {
		return err
	}
	if next := web.LocalPath(f.Next); next != "" { // from a row, which shows it
		return web.SeeOther(c, next+"#c-"+url.PathEscape(c.Param("creator")))
	}
	h.Flash(c, "discovery.shortlists.said.removed")
	return web.SeeOther(c, h.shortlistReturnPath(c))
}
