// Package files sends uploaded pictures to browsers.
package files

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
)

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base
}

// Routes lists the routes of the area, each with its guard.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{web.GetShared("/pictures/:id/:side", h.showPicture, web.Anyone)}
}

// What is under an address of a picture never changes, but its owner may remove it and an
// administrator hide it, after which nobody is shown it any more. So caches keep it and ask
// before each use, which is answered without opening it.
const (
	publicCacheControl  = "public, no-cache"
	privateCacheControl = "private, no-cache"
)

// showPicture sends a picture in one size. Nothing in it can run, wherever it is opened.
func (h *Handlers) showPicture(c echo.Context) error {
	side, err := strconv.Atoi(c.Param("side"))
	if err != nil {
		return models.NotFound()
	}
	ctx, head := c.Request().Context(), c.Response().Header()
	found, err := h.Files.FindPicture(ctx, web.ActorOf(c), c.Param("id"), side)
	if err != nil {
		return err
	}
	tag := strconv.Quote(found.Name)
	head.Set("ETag", tag)
	head.Set("Cache-Control", privateCacheControl)
	if found.Public {
		head.Set("Cache-Control", publicCacheControl)
	}
	if c.Request().Header.Get("If-None-Match") == tag {
		return c.NoContent(http.StatusNotModified)
	}
	content, err := h.Files.OpenVersion(ctx, found)
	if err != nil {
		head.Del("ETag")
		return err
	}
	defer func() { _ = content.Close() }()
	head.Set("Content-Type", found.Type)
	head.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	head.Set("Cross-Origin-Resource-Policy", "cross-origin") // mail programs show pictures too
	http.ServeContent(c.Response(), c.Request(), "", found.StoredAt, content)
	return nil
}
