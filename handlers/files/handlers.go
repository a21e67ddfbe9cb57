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
	return []web.Route{web.Get("/pictures/:id/:side", h.showPicture, web.Anyone)}
}

// What is under an address of a picture never changes, but the picture may be hidden.
const (
	publicCacheControl  = "public, max-age=3600"
	privateCacheControl = "private, max-age=3600"
)

// showPicture sends a picture in one size. Nothing in it can run, wherever it is opened.
func (h *Handlers) showPicture(c echo.Context) error {
	side, err := strconv.Atoi(c.Param("side"))
	if err != nil {
		return models.NotFound()
	}
	content, err := h.Files.OpenPicture(c.Request().Context(), web.ActorOf(c), c.Param("id"), side)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	head := c.Response().Header()
	head.Set("Content-Type", content.Type)
	head.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	head.Set("Cross-Origin-Resource-Policy", "cross-origin") // mail programs show pictures too
	head.Set("ETag", strconv.Quote(content.Name))
	head.Set("Cache-Control", privateCacheControl)
	if content.Public {
		head.Set("Cache-Control", publicCacheControl)
	}
	http.ServeContent(c.Response(), c.Request(), "", content.StoredAt, content)
	return nil
}
