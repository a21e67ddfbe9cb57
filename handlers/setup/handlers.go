// Package setup handles the pages of the first start, behind the link that the program
// prints: name and language, mail server, first administrator.
package setup

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/layouts"
	setupview "tribemarket/views/setup"
)

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base

	// SendTestMail sends a mail with the current settings: what is wrong
	// with the field test says why it could not.
	SendTestMail func(ctx context.Context, to, subject, text string) error
	// StartSession signs a person in.
	StartSession func(c echo.Context, personID int64, way accounts.SignInMethod) error
}

// render shows a step, if the link works; otherwise that it no longer does.
func (h *Handlers) render(c echo.Context, status int, step setupview.Step) error {
	ctx := c.Request().Context()
	page := web.Page{Status: status, Title: i18n.T(ctx, "setup.title"), Head: layouts.Head{NoIndex: true}, Body: step.Page()}
	switch err := h.Setup.CheckLink(ctx, c.Param("token")); {
	case err != nil && models.CodeOf(err) == models.CodeConflict:
		page.Status, page.Body = 409, setupview.Ended()
	case err != nil:
		return err
	}
	return h.Render(c, page)
}

// answer shows the form again with what is wrong with it, or goes on.
func (h *Handlers) answer(c echo.Context, err error, again setupview.Step, next string) error {
	if _, ok := web.InvalidFields(err); ok {
		return h.render(c, 422, again)
	}
	if err != nil && models.CodeOf(err) == models.CodeConflict {
		return h.render(c, 409, again)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, next)
}
