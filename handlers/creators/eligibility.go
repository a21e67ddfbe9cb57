package creators

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

// showEligibility shows a creator which conditions of each programme are met
// and which are missing.
func (h *Handlers) showEligibility(c echo.Context) error {
	return h.renderEligibility(c, 200, nil, nil)
}

// saveBirthDate saves the creator's date of birth.
func (h *Handlers) saveBirthDate(c echo.Context) error {
	ctx, day := c.Request().Context(), web.CleanText(c.FormValue("born_on"))
	err := h.Creators.DeclareBirthDate(ctx, web.ActorOf(c), day)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderEligibility(c, 422, &day, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "creators.eligibility.birth.saved")
	return web.SeeOther(c, paths.EligibilitySettings())
}

func (h *Handlers) renderEligibility(c echo.Context, status int, born *string, fields models.Fields) error {
	ctx := c.Request().Context()
	e, err := h.Creators.OwnEligibility(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	p := creatorsview.EligibilityProps{Eligibility: e, Now: h.Clock(), BornOn: e.BornOn, Errors: components.FieldTexts(ctx, fields)}
	if born != nil {
		p.BornOn = *born
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "creators.eligibility.title"), Body: creatorsview.Eligibility(p)})
}
