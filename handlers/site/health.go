package site

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func (h *Handlers) healthz(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// readyz says whether the instance can answer. What is wrong is for the log.
func (h *Handlers) readyz(c echo.Context) error {
	if err := h.Ready(c.Request().Context()); err != nil {
		return c.String(http.StatusServiceUnavailable, "not ready\n")
	}
	return c.String(http.StatusOK, "ready\n")
}
