package discovery

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

type bookmarkForm struct {
	Next string `form:"next"`
}

// bookmarkCreator puts a creator on the list used last, and goes back to their row, which
// says on which.
func (h *Handlers) bookmarkCreator(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("id")
	var f bookmarkForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Discovery.BookmarkCreator(ctx, web.ActorOf(c), id, i18n.T(ctx, "discovery.shortlists.first_name"))
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderAddition(c, http.StatusUnprocessableEntity, additionForm{Creator: id, Next: f.Next}, fields)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, pathOfRow(backOr(f.Next, paths.Creator(id)), id))
}

// pathOfRow is a page with creators, at one of them, of whom it says that they have just
// been saved.
func pathOfRow(page, creator string) string {
	u, err := url.Parse(page) // a local path, which parses
	if err != nil {
		return page
	}
	q := u.Query()
	q.Set(creatorsview.Saved, creator)
	u.RawQuery, u.Fragment = q.Encode(), "c-"+creator
	return u.String()
}
