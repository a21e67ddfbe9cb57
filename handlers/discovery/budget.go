package discovery

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/discovery"
	"tribemarket/views/components"
	discoveryview "tribemarket/views/discovery"
	"tribemarket/views/layouts"
)

// showBudget shows the totals of a list: ?format=, ?currency=, and ?amount= for what it
// buys.
func (h *Handlers) showBudget(c echo.Context) error {
	ctx, status := c.Request().Context(), 200
	f := discovery.BudgetForm{Format: c.QueryParam("format"), Currency: c.QueryParam("currency")}
	planned := plannedBudget(c)
	if planned != nil {
		f.Currency = planned.Currency
	}
	v, err := h.Discovery.ComputeBudget(ctx, web.ActorOf(c), c.Param("id"), f)
	if err != nil {
		return err
	}
	p := discoveryview.BudgetProps{View: v, Tribes: h.Creators.TribeCatalogue().VisibleTribes(), Amount: web.CleanText(c.QueryParam("amount"))}
	if planned != nil {
		p.Amount = i18n.Amount(ctx, *planned)
	}
	if strings.TrimSpace(p.Amount) != "" {
		amount, err := i18n.ParseMoney(ctx, p.Amount, v.Summary.Currency)
		if err != nil {
			fields := models.Fields{web.AmountError(ctx, "amount", v.Summary.Currency, err)}
			status, p.Errors, p.Problems = http.StatusUnprocessableEntity, components.FieldTexts(ctx, fields), components.FieldProblems(ctx, fields, "", components.Labels(ctx, map[string]string{"amount": "discovery.shortlists.budget.amount"}))
		} else {
			p.View.Purchase = new(v.Summary.BuyWithinBudget(amount))
		}
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "discovery.shortlists.budget.title", "name", v.Shortlist.Name), Nav: layouts.NavCreators, Body: discoveryview.Budget(p)})
}

// plannedBudget is what the reader's brand plans to spend, unless the address asks for
// something else.
func plannedBudget(c echo.Context) *models.Money {
	if len(c.QueryParams()) > 0 || web.VisitorOf(c).Session.Brand == nil {
		return nil
	}
	return web.VisitorOf(c).Session.Brand.Budget()
}
