package handlers

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	"tribemarket/views/creator"
	"tribemarket/views/dashboard"
	"tribemarket/views/paths"
)

// showEligibility shows a creator what of each programme is met and missing.
func (h *Handlers) showEligibility(c echo.Context) error {
	return h.eligibilityPage(c, 200, nil, nil)
}

// saveBirth keeps when she was born.
func (h *Handlers) saveBirth(c echo.Context) error {
	ctx, day := c.Request().Context(), cleaned(c.FormValue("born_on"))
	err := h.Creators.DeclareBirth(ctx, actorOf(c), day)
	if fields, ok := invalid(err); ok {
		return h.eligibilityPage(c, 422, &day, fields)
	}
	if err != nil {
		return err
	}
	h.say(c, "eligibility.birth.saved")
	return seeOther(c, paths.EligibilitySettings())
}

func (h *Handlers) eligibilityPage(c echo.Context, status int, born *string, fields models.Fields) error {
	ctx := c.Request().Context()
	e, err := h.Creators.Eligibility(ctx, actorOf(c))
	if err != nil {
		return err
	}
	p := creator.EligibilityProps{Eligibility: e, Now: h.Clock(), BornOn: e.BornOn, Errors: texts(ctx, fields)}
	if born != nil {
		p.BornOn = *born
	}
	return h.render(c, view{Status: status, Title: i18n.T(ctx, "eligibility.title"), Body: creator.Programmes(p)})
}

// graceNotices tell a creator of accounts that are below the floor: until when
// they stay listed, and what happens then.
func graceNotices(ctx context.Context, accounts []creators.Connection, p *dashboard.Props) {
	for _, a := range accounts {
		if a.GraceUntil != nil && a.Listed {
			p.Notices = append(p.Notices, dashboard.Notice{
				Kind: components.Late, Title: i18n.T(ctx, "eligibility.grace.notice", "handle", a.Handle, "platform", components.Platform(a.Platform), "until", *a.GraceUntil),
				Text: i18n.T(ctx, "eligibility.grace.text", "until", *a.GraceUntil), Href: paths.EligibilitySettings(), Link: i18n.T(ctx, "eligibility.grace.link"),
			})
		}
	}
}
