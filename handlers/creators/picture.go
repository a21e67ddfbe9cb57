package creators

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"tribemarket/models"
	creatorsview "tribemarket/views/creators"
)

// pictureVersion changes when pictures of the same texts come to look
// different.
const pictureVersion = "1"

// publicCacheControl lets caches keep a picture, and has them ask each time
// whether it is still shown: the tag makes that cheap.
const publicCacheControl = "public, no-cache"

// showPicture sends the picture of a creator's page to wherever its URL is
// shared. It is asked for without a session: what is not listed is missing.
func (h *Handlers) showPicture(c echo.Context) error {
	ctx := c.Request().Context()
	kit, err := h.Creators.ReadMediaKit(ctx, models.Actor{}, c.Param("id"), "")
	if err != nil {
		return err
	}
	p := creatorsview.MediaKitProps{Kit: kit, Now: h.Clock()}.Picture(ctx, h.Site.Name)
	tag, err := pictureTag(p)
	if err != nil {
		return models.Internal("name a picture", err)
	}
	if !creatorsview.IsIndexedBySearchEngines(kit.Creator) {
		forbidIndexing(c)
	}
	head := c.Response().Header()
	if matchesETag(c.Request().Header.Get("If-None-Match"), tag) {
		head.Set("ETag", tag)
		head.Set("Cache-Control", publicCacheControl)
		return c.NoContent(http.StatusNotModified)
	}
	b, err := h.Picture(ctx, p)
	if err != nil {
		return models.Internal("draw a picture", err)
	}
	head.Set("ETag", tag)
	head.Set("Cache-Control", publicCacheControl)
	return c.Blob(http.StatusOK, "image/png", b)
}

// pictureTag is made of all that the picture shows.
func pictureTag(p creatorsview.Picture) (string, error) {
	b, err := json.Marshal(p)
	sum := sha256.Sum256(append(b, pictureVersion...))
	return `"` + hex.EncodeToString(sum[:12]) + `"`, err
}

// matchesETag says whether a condition names the tag.
func matchesETag(condition, tag string) bool {
	for one := range strings.SplitSeq(condition, ",") {
		if one = strings.TrimPrefix(strings.TrimSpace(one), "W/"); one == tag || one == "*" {
			return true
		}
	}
	return false
}

// forbidIndexing asks search engines to leave the answer out.
func forbidIndexing(c echo.Context) { c.Response().Header().Set("X-Robots-Tag", "noindex") }
