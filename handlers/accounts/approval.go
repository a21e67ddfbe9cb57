package accounts

import (
	"cmp"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/negotiation"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

type approvalForm struct {
	Approver string `form:"approver"` // a member's reference; "" for nobody
	Above    string `form:"above"`
	Currency string `form:"above_currency"`
}

// showApproval shows who approves what the brand offers above an amount.
func (h *Handlers) showApproval(c echo.Context) error {
	ctx := c.Request().Context()
	rule, err := h.Accounts.OwnApproval(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	f := approvalForm{Currency: cmp.Or(rule.Above.Currency, web.VisitorOf(c).Session.Brand.UsualCurrency())}
	if rule.IsSet() {
		f.Above = i18n.Amount(ctx, rule.Above)
	}
	return h.renderApproval(c, 200, f, rule, nil)
}

// setApproval chooses them.
func (h *Handlers) setApproval(c echo.Context) error {
	var f approvalForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	rule, err := h.Accounts.OwnApproval(ctx, actor)
	if err != nil {
		return err
	}
	above := models.Money{Currency: f.Currency}
	if f.Approver != "" {
		if above, err = i18n.ParseMoney(ctx, f.Above, f.Currency); err != nil {
			return h.renderApproval(c, 422, f, rule, models.Fields{web.AmountError(ctx, "above", f.Currency, err)})
		}
	}
	err = h.Accounts.SetApproval(ctx, actor, f.Approver, above)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderApproval(c, 422, f, rule, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "accounts.settings.saved")
	return web.SeeOther(c, paths.ApprovalSettings())
}

func (h *Handlers) renderApproval(c echo.Context, status int, f approvalForm, rule accounts.Approval, wrong models.Fields) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	members, err := h.Accounts.ListMembers(ctx, actor)
	if err != nil {
		return err
	}
	p := accountsview.PresentApproval(ctx, rule, members, accounts.CanSetApproval(actor, actor.BrandID), components.FieldTexts(ctx, wrong))
	p.Above, p.Currency, p.Days = f.Above, f.Currency, negotiation.ApprovalDays
	if status != 200 {
		p.Approver = f.Approver
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.approval.title"), Body: accountsview.Approval(p)})
}
