package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

type budgetForm struct {
	Budget   string `form:"budget"`
	Currency string `form:"budget_currency"`
}

// showBudget shows what the brand plans to spend.
func (h *Handlers) showBudget(c echo.Context) error {
	ctx := c.Request().Context()
	b, err := h.Accounts.OwnBrand(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	f := budgetForm{Currency: b.UsualCurrency()}
	if m := b.Budget(); m != nil {
		f = budgetForm{i18n.Amount(ctx, *m), m.Currency}
	}
	return h.renderBudget(c, 200, f, nil)
}

// planBudget saves it.
func (h *Handlers) planBudget(c echo.Context) error {
	var f budgetForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	if _, err := h.Accounts.EditableBrand(ctx, web.ActorOf(c)); err != nil {
		return err
	}
	m, err := i18n.ParseMoney(ctx, f.Budget, f.Currency)
	if err != nil {
		return h.renderBudget(c, 422, f, models.Fields{web.AmountError(ctx, "budget", f.Currency, err)})
	}
	err = h.Accounts.PlanBudget(ctx, web.ActorOf(c), m)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderBudget(c, 422, f, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "accounts.settings.saved")
	return web.SeeOther(c, paths.BudgetSettings())
}

func (h *Handlers) renderBudget(c echo.Context, status int, f budgetForm, wrong models.Fields) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	p := accountsview.BudgetProps{Budget: f.Budget, Currency: f.Currency, MayEdit: accounts.CanEditBrand(v.Actor, v.Actor.BrandID), Errors: components.FieldTexts(ctx, wrong)}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.budget.title"), Body: accountsview.Budget(p)})
}
