package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/views/components"
	moderationview "tribemarket/views/moderation"
)

// suspensionForm is the reason for a suspension.
type suspensionForm struct {
	Reason string `form:"reason"`
	wrong  string
	holds  moderationview.HoldAnswer // of the form that shortens holds, on the same page
}

// suspendAndRedirect reads the reason and calls the verb; if the reason is missing, it
// shows the page again.
func (h *Handlers) suspendAndRedirect(c echo.Context, of string, verb func(reason string) error, again func(suspensionForm) error) error {
	var f suspensionForm
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

func (h *Handlers) redirectRestored(c echo.Context, of string, err error) error {
	if err != nil {
		return err
	}
	h.Flash(c, "moderation.admin.said.restored")
	return web.SeeOther(c, of)
}

func (f suspensionForm) status() int {
	if f.wrong != "" || len(f.holds.Wrong) > 0 {
		return 422
	}
	return 200
}

// answer is the form as the page shows it.
func (f suspensionForm) answer() moderationview.SuspensionAnswer {
	return moderationview.SuspensionAnswer{Reason: f.Reason, Error: f.wrong}
}
