package creators

import (
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/platforms"
	"tribemarket/models"
	"tribemarket/models/platform"
	"tribemarket/views/paths"
)

// handlePlatformHook receives a platform's message that a creator has withdrawn consent.
// It is answered at once, so that the platform does not send it again; a repeated message
// has no further effect.
func (h *Handlers) handlePlatformHook(c echo.Context) error {
	_, err := h.recordRemoval(c, c.Param("provider"))
	switch {
	case errors.Is(err, platforms.ErrUnrelatedMessage):
		return c.NoContent(http.StatusOK)
	case err != nil:
		return h.answerHookProblem(c, err)
	}
	return c.NoContent(http.StatusOK)
}

// handleDeletionHook receives Instagram's request to delete what is stored about a
// person, and answers with the URL of its status, as the platform requires.
func (h *Handlers) handleDeletionHook(c echo.Context) error {
	code, err := h.recordRemoval(c, platform.Instagram)
	if err != nil {
		return h.answerHookProblem(c, err)
	}
	return c.JSON(http.StatusOK, map[string]string{"url": h.Site.BaseURL + paths.RemovalStatus(code), "confirmation_code": code})
}

func (h *Handlers) recordRemoval(c echo.Context, platform string) (code string, err error) {
	p, ok := h.Providers.ProviderOf(platform)
	if !ok {
		return "", models.NotFound()
	}
	reads, ok := p.RemovalHook()
	if !ok {
		return "", models.NotFound()
	}
	r := c.Request()
	body, err := io.ReadAll(r.Body) // limited in size by the site's middleware
	if err != nil {
		return "", err
	}
	removal, err := reads.ReadRemoval(r.Header, body)
	if err != nil {
		return "", err
	}
	return h.Creators.ApplyRemoval(r.Context(), platform, removal)
}

// answerHookProblem answers a machine: one refusal for everything that is not properly
// signed, and a failure after which it should try again.
func (h *Handlers) answerHookProblem(c echo.Context, err error) error {
	var he *echo.HTTPError
	switch {
	case errors.Is(err, platforms.ErrBadSignature), errors.Is(err, platforms.ErrUnrelatedMessage), models.CodeOf(err) == models.CodeNotFound:
		return c.NoContent(http.StatusForbidden)
	case errors.As(err, &he):
		return c.NoContent(he.Code)
	}
	h.LogFailure(c, "a platform's message", err)
	return c.NoContent(http.StatusServiceUnavailable)
}
