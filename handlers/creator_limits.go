package handlers

import (
	"context"
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	"tribemarket/views/creator"
	"tribemarket/views/paths"
)

// showLimits shows what a creator doesn't want to be asked for.
func (h *Handlers) showLimits(c echo.Context) error {
	_, g, err := h.Creators.OwnGuards(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	p := creator.LimitsProps{Refused: g.Refused}
	if g.Capacity > 0 {
		p.Capacity = strconv.FormatInt(g.Capacity, 10)
	}
	for _, format := range creators.Formats() {
		n := 0
		for _, m := range g.Minimums {
			if m.Format == format {
				n++
				p.Minimums = append(p.Minimums, creators.MinimumForm{Format: format, Amount: i18n.Decimal(c.Request().Context(), m.Minor, models.Exponent(m.Currency)), Currency: m.Currency, N: n})
			}
		}
		for n++; n <= creators.MaxMinimums; n++ {
			p.Minimums = append(p.Minimums, creators.MinimumForm{Format: format, Currency: models.Currencies()[n-1], N: n})
		}
	}
	for _, a := range g.Away {
		p.Away = append(p.Away, creators.AbsenceForm{From: a.FromOn, To: a.ToOn})
	}
	return h.limitsPage(c, 200, p)
}

// saveLimits keeps it.
func (h *Handlers) saveLimits(c echo.Context) error {
	ctx := c.Request().Context()
	values, err := c.FormParams()
	if err != nil {
		return echo.NewHTTPError(400).SetInternal(err)
	}
	p := creator.LimitsProps{Capacity: cleaned(c.FormValue("capacity"))}
	for _, r := range values["refused"] {
		p.Refused = append(p.Refused, cleaned(r))
	}
	for _, format := range creators.Formats() {
		for n := 1; n <= creators.MaxMinimums; n++ {
			m := creators.MinimumForm{Format: format, N: n}
			m.Amount, m.Currency = cleaned(c.FormValue(m.Field())), cleaned(c.FormValue(m.Field()+"_currency"))
			p.Minimums = append(p.Minimums, m)
		}
	}
	for n := 1; n <= creators.MaxAbsences+1; n++ {
		from, to := cleaned(c.FormValue("away_from_"+strconv.Itoa(n))), cleaned(c.FormValue("away_to_"+strconv.Itoa(n)))
		if from != "" || to != "" {
			p.Away = append(p.Away, creators.AbsenceForm{From: from, To: to})
		}
	}
	minimums, wrong := minimumForms(ctx, p.Minimums)
	err = h.Creators.SetLimits(ctx, actorOf(c), creators.LimitsForm{Capacity: p.Capacity, Refused: p.Refused, Minimums: minimums, Away: p.Away})
	if fields, ok := invalid(err); ok {
		p.Errors = texts(ctx, append(fields, wrong...))
		return h.limitsPage(c, 422, p)
	}
	if err != nil {
		return err
	}
	h.say(c, "eligibility.limits.saved")
	return seeOther(c, paths.LimitSettings())
}

// minimumForms reads amounts as the reader's language writes them.
func minimumForms(ctx context.Context, answers []creators.MinimumForm) (forms []creators.MinimumForm, wrong models.Fields) {
	for _, m := range answers {
		if m.Amount != "" {
			money, err := i18n.ParseMoney(ctx, m.Amount, m.Currency)
			if m.Amount = money.Plain(); err != nil {
				m.Amount = notAnAmount
				wrong = append(wrong, amountError(ctx, m.Field(), m.Currency, err))
			}
		}
		forms = append(forms, m)
	}
	return forms, wrong
}

func (h *Handlers) limitsPage(c echo.Context, status int, p creator.LimitsProps) error {
	ctx := c.Request().Context()
	if len(p.Away) < creators.MaxAbsences {
		p.Away = append(p.Away, creators.AbsenceForm{})
	}
	p.Today = models.DateOf(h.Clock().UTC()).String()
	return h.render(c, view{Status: status, Title: i18n.T(ctx, "eligibility.limits.title"), Body: creator.Limits(p)})
}

// guardFacts are a creator's limits in words.
func guardFacts(ctx context.Context, g creators.Guards) []components.Fact {
	var all []components.Fact
	for _, m := range g.Minimums {
		all = append(all, components.Fact{Label: i18n.T(ctx, "eligibility.limits.minimum_of", "format", i18n.T(ctx, "deals.format."+m.Format)), Value: i18n.WholeMoney(ctx, m.Money())})
	}
	if len(g.Refused) > 0 {
		names := make([]string, len(g.Refused))
		for i, r := range g.Refused {
			names[i] = i18n.T(ctx, "eligibility.category."+r)
		}
		all = append(all, components.Fact{Label: i18n.T(ctx, "eligibility.limits.refused_short"), Value: i18n.List(ctx, names)})
	}
	if g.Capacity > 0 {
		all = append(all, components.Fact{Label: i18n.T(ctx, "eligibility.limits.capacity_short"), Value: i18n.T(ctx, "eligibility.limits.capacity_value", "n", g.Capacity)})
	}
	for _, a := range g.Away {
		from, _ := models.ParseDate(a.FromOn)
		to, _ := models.ParseDate(a.ToOn)
		all = append(all, components.Fact{Label: i18n.T(ctx, "eligibility.limits.away_short"), Value: i18n.T(ctx, "eligibility.limits.away_value", "from", from, "to", to)})
	}
	return all
}
