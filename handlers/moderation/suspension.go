package moderation

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/views/components"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// suspension is the form of a page about something that can be suspended.
func suspension(ctx context.Context, of, what string, at *time.Time, reason string, r suspendForm) moderationview.Suspension {
	s := moderationview.Suspension{Action: paths.Suspension(of), Undo: paths.Restoration(of), What: i18n.T(ctx, "moderation.admin.suspend."+what), Reason: r.Reason, Error: r.wrong}
	if at != nil {
		s.Since, s.Reason = i18n.Date(ctx, *at), reason
	}
	return s
}

// suspendForm is why something is suspended.
type suspendForm struct {
	Reason string `form:"reason"`
	wrong  string
}

// suspendWith reads the reason, asks the verb, and gives the page back when the
// reason is missing.
func (h *Handlers) suspendWith(c echo.Context, of string, verb func(reason string) error, again func(suspendForm) error) error {
	var f suspendForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := verb(f.Reason)
	if fields, ok := web.InvalidFields(err); ok {
		f.wrong = components.FieldTexts(c.Request().Context(), fields)["reason"]
		return again(f)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "moderation.admin.said.suspended")
	return web.SeeOther(c, of)
}

func (h *Handlers) restored(c echo.Context, of string, err error) error {
	if err != nil {
		return err
	}
	h.Flash(c, "moderation.admin.said.restored")
	return web.SeeOther(c, of)
}

func (f suspendForm) status() int {
	if f.wrong != "" {
		return 422
	}
	return 200
}

func (f suspendForm) problems() []components.Problem {
	if f.wrong == "" {
		return nil
	}
	return []components.Problem{{Field: "reason", Message: f.wrong}}
}
