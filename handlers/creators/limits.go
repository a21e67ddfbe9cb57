package creators

import (
	"context"
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

// showLimits shows what a creator does not want to be asked for.
func (h *Handlers) showLimits(c echo.Context) error {
	ctx := c.Request().Context()
	_, limits, err := h.Creators.OwnLimits(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	return h.renderLimits(c, 200, creatorsview.PresentLimits(ctx, limits))
}

// saveLimits saves it.
func (h *Handlers) saveLimits(c echo.Context) error {
	ctx := c.Request().Context()
	p, err := readLimits(c)
	if err != nil {
		return err
	}
	minimums, wrong := readMinimums(ctx, p.Minimums)
	err = h.Creators.SetLimits(ctx, web.ActorOf(c), creators.LimitsForm{Capacity: p.Capacity, RefusedCategories: p.Refused, Minimums: minimums, Absences: p.Away})
	if fields, ok := web.InvalidFields(err); ok {
		p.Errors = components.FieldTexts(ctx, append(fields, wrong...))
		return h.renderLimits(c, 422, p)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "creators.limits.saved")
	return web.SeeOther(c, paths.LimitSettings())
}

// readLimits reads the form, which has a variable number of fields: by format and by
// absence.
func readLimits(c echo.Context) (p creatorsview.ProposalLimitsProps, err error) {
	values, err := c.FormParams()
	if err != nil {
		return p, echo.NewHTTPError(400).SetInternal(err)
	}
	p.Capacity = web.CleanText(c.FormValue("capacity"))
	for _, r := range values["refused"] {
		p.Refused = append(p.Refused, web.CleanText(r))
	}
	for _, format := range content.Formats() {
		for n := 1; n <= creators.MaxMinimumsPerFormat; n++ {
			m := creators.MinimumFeeForm{Format: format, N: n}
			m.Amount, m.Currency = web.CleanText(c.FormValue(m.FieldName())), web.CleanText(c.FormValue(m.FieldName()+"_currency"))
			p.Minimums = append(p.Minimums, m)
		}
	}
	for n := 1; n <= creators.MaxAbsences+1; n++ {
		from, to := web.CleanText(c.FormValue("away_from_"+strconv.Itoa(n))), web.CleanText(c.FormValue("away_to_"+strconv.Itoa(n)))
		if from != "" || to != "" {
			p.Away = append(p.Away, creators.AbsenceForm{From: from, To: to})
		}
	}
	return p, nil
}

// readMinimums reads amounts in the notation of the reader's language.
func readMinimums(ctx context.Context, answers []creators.MinimumFeeForm) (forms []creators.MinimumFeeForm, wrong models.Fields) {
	for _, m := range answers {
		if m.Amount != "" {
			money, err := i18n.ParseMoney(ctx, m.Amount, m.Currency)
			if m.Amount = money.DecimalString(); err != nil {
				m.Amount = invalidAmount
				wrong = append(wrong, web.AmountError(ctx, m.FieldName(), m.Currency, err))
			}
		}
		forms = append(forms, m)
	}
	return forms, wrong
}

func (h *Handlers) renderLimits(c echo.Context, status int, p creatorsview.ProposalLimitsProps) error {
	ctx := c.Request().Context()
	if len(p.Away) < creators.MaxAbsences {
		p.Away = append(p.Away, creators.AbsenceForm{})
	}
	p.Today = models.DateOf(h.Clock().UTC()).String()
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "creators.limits.title"), Body: creatorsview.ProposalLimits(p)})
}
