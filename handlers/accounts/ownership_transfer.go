package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/paths"
)

type ownershipForm struct {
	Member string `form:"member"`
}

// showOwnershipTransfer asks who becomes the owner.
func (h *Handlers) showOwnershipTransfer(c echo.Context) error {
	return h.renderOwnershipTransfer(c, 200, ownershipForm{}, nil)
}

// transferOwnership makes another member the owner.
func (h *Handlers) transferOwnership(c echo.Context) error {
	var f ownershipForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, a := c.Request().Context(), web.ActorOf(c)
	if !accounts.CanGovern(a, a.BrandID) {
		return models.Forbidden("accounts.error.role")
	}
	name, err := h.findMemberName(ctx, a, f.Member)
	if models.CodeOf(err) == models.CodeNotFound && err != nil {
		err = models.Invalid("member", "accounts.error.which_member")
	}
	if err == nil {
		err = h.Accounts.TransferBrand(ctx, a, f.Member)
	}
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderOwnershipTransfer(c, 422, f, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "accounts.members.transfer.done", "name", name)
	return web.SeeOther(c, paths.Members())
}

func (h *Handlers) renderOwnershipTransfer(c echo.Context, status int, f ownershipForm, wrong models.Fields) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	if !accounts.CanGovern(v.Actor, v.Actor.BrandID) {
		return models.Forbidden("accounts.error.role")
	}
	all, err := h.Accounts.ListMembers(ctx, v.Actor)
	if err != nil {
		return err
	}
	p := accountsview.PresentOwnershipTransfer(ctx, v.Actor, *v.Session.Brand, all, f.Member, wrong)
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.members.transfer"), Body: accountsview.OwnershipTransfer(p)})
}
