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

// pictureVersion is changed when pictures of the same texts come to look different.
const pictureVersion = "2"

// publicCacheControl lets caches keep a picture but revalidate it each time; the ETag
// makes that cheap.
const publicCacheControl = "public, no-cache"

// showPicture sends the preview picture of a creator's page to the networks where its URL
// is shared. They have no session: a creator who is not listed is not found.
func (h *Handlers) showPicture(c echo.Context) error {
	ctx := c.Request().Context()
	kit, err := h.Creators.ReadMediaKit(ctx, models.Actor{}, c.Param("id"), "")
	if err != nil {
		return err
	}
	p := creatorsview.MediaKitProps{Kit: kit, Now: h.Clock()}.Picture(ctx, h.Setup.Current().Name)
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
	if models.CodeOf(err) == models.CodeUnavailable {
		return err
	}
	if err != nil {
		return models.Internal("draw a picture", err)
	}
	head.Set("ETag", tag)
	head.Set("Cache-Control", publicCacheControl)
	return c.Blob(http.StatusOK, "image/png", b)
}

// pictureTag is an ETag of everything that the picture shows.
func pictureTag(p creatorsview.Picture) (string, error) {
	b, err := json.Marshal(p)
	sum := sha256.Sum256(append(b, pictureVersion...))
	return `"` + hex.EncodeToString(sum[:12]) + `"`, err
}

// matchesETag says whether an If-None-Match header contains the tag.
func matchesETag(condition, tag string) bool {
	for one := range strings.SplitSeq(condition, ",") {
		if one = strings.TrimPrefix(strings.TrimSpace(one), "W/"); one == tag || one == "*" {
			return true
		}
	}
	return false
}

// forbidIndexing asks search engines not to list the response.
func forbidIndexing(c echo.Context) { c.Response().Header().Set("X-Robots-Tag", "noindex") }
