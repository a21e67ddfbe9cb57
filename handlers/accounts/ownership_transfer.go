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

type transferForm struct {
	Member string `form:"member"`
}

// showTransfer asks to whom the owner hands the brand on.
func (h *Handlers) showTransfer(c echo.Context) error {
	return h.transferPage(c, 200, transferForm{}, nil)
}

// transfer hands the brand on.
func (h *Handlers) transfer(c echo.Context) error {
	var f transferForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, a := c.Request().Context(), web.ActorOf(c)
	if !accounts.CanGovern(a, a.BrandID) {
		return models.Forbidden("accounts.error.role")
	}
	name, err := h.memberName(ctx, a, f.Member)
	if models.CodeOf(err) == models.CodeNotFound && err != nil {
		err = models.Invalid("member", "accounts.error.which_member")
	}
	if err == nil {
		err = h.Accounts.TransferBrand(ctx, a, f.Member)
	}
	if fields, ok := web.InvalidFields(err); ok {
		return h.transferPage(c, 422, f, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "accounts.members.transfer.done", "name", name)
	return web.SeeOther(c, paths.Members())
}

func (h *Handlers) transferPage(c echo.Context, status int, f transferForm, wrong models.Fields) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	if !accounts.CanGovern(v.Actor, v.Actor.BrandID) {
		return models.Forbidden("accounts.error.role")
	}
	all, err := h.Accounts.ListMembers(ctx, v.Actor)
	if err != nil {
		return err
	}
	p := accountsview.TransferProps{Brand: v.Name(), To: f.Member, Errors: components.FieldTexts(ctx, wrong)}
	for _, m := range all {
		if accounts.CanChangeMember(v.Actor, m.Member) {
			p.People = append(p.People, components.Option{Value: m.Ref, Label: m.Name + ", " + i18n.T(ctx, "accounts.role."+string(m.Role))})
		}
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.members.transfer"), Body: accountsview.Transfer(p)})
}
