package contracts

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/deals"
	contractsview "tribemarket/views/contracts"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// showContract shows a contract to one of its sides.
func (h *Handlers) showContract(c echo.Context) error {
	return h.OfferOtherRole(c, h.renderContract(c, dealsview.Refusal{}, contracts.SigningForm{}), h.otherRole)
}

// otherRole finds the other role in which the person may see a contract.
func (h *Handlers) otherRole(ctx context.Context, a models.Actor, brands []int64, publicID string) (deals.OtherRole, error) {
	return h.Deals.FindOtherRole(ctx, a, brands, "contracts", publicID)
}

func (h *Handlers) renderContract(c echo.Context, r dealsview.Refusal, form contracts.SigningForm) error {
	ctx, v, id := c.Request().Context(), web.VisitorOf(c), c.Param("id")
	contract, text, err := h.Contracts.Get(ctx, v.Actor, id)
	if err != nil {
		return err
	}
	d, err := h.Deals.DealOfContract(ctx, v.Actor, contract)
	if err == nil && web.IsSeen(c.Request()) {
		err = h.Contracts.MarkOpened(ctx, v.Actor, contract, false)
	}
	if err != nil {
		return err
	}
	signers, err := h.Contracts.ListSigners(ctx, v.Actor, contract)
	if err != nil {
		return err
	}
	if form == (contracts.SigningForm{}) {
		form = h.typedSigner(c)
	}
	props := contractsview.PresentContract(ctx, d, contract, contractsview.Shown{
		Actor: v.Actor, Now: h.Clock(), Text: text, Proven: h.HasOwnProof(c), Confirmed: v.Session.Person.EmailConfirmedAt != nil,
		Return: paths.Contract(id), Signers: signers, Refusal: r, Form: form,
	})
	return h.Render(c, web.Page{
		Status: web.StatusOf(r), Title: props.Title, Nav: layouts.NavDeals, Head: layouts.Head{NoIndex: true},
		Body: web.WithReadOnlyNotice(v, contractsview.Contract(props)),
	})
}

// sendPDF sends the document of a contract, or its certificate.
func (h *Handlers) sendPDF(certificate bool) echo.HandlerFunc {
	name := "contract.pdf"
	if certificate {
		name = "certificate.pdf"
	}
	return func(c echo.Context) error {
		ctx, id := c.Request().Context(), c.Param("id")
		pdf, err := h.Contracts.OpenPDF(ctx, web.ActorOf(c), id, certificate)
		if err != nil {
			return err
		}
		defer func() { _ = pdf.Close() }()
		if !certificate && web.IsSeen(c.Request()) {
			if err := h.Contracts.MarkDownloaded(ctx, web.ActorOf(c), id); err != nil {
				return err
			}
		}
		header := c.Response().Header()
		header.Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
		header.Set(echo.HeaderCacheControl, "private, no-store")
		return c.Stream(http.StatusOK, "application/pdf", io.Reader(pdf))
	}
}

type signingForm struct {
	SHA256    string `form:"hash"`
	Name      string `form:"name"`
	Role      string `form:"role"`
	Authority string `form:"authority"`
	Adult     string `form:"adult"`
	Agreed    string `form:"agreed"`
}

// signContract signs the document of a contract. Where that takes another proof, or another
// look, the name and the role that were typed are still there afterwards.
func (h *Handlers) signContract(c echo.Context) error {
	var f signingForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	if !h.HasOwnProof(c) {
		h.keepSigner(c, f)
		return web.SeeOther(c, paths.ConfirmIdentity(paths.Contract(c.Param("id"))))
	}
	form := contracts.SigningForm{
		SHA256: f.SHA256, Name: f.Name, Role: f.Role, Authority: f.Authority != "", Adult: f.Adult != "", Agreed: f.Agreed != "", Consent: contractsview.Consent(ctx),
	}
	proof := contracts.Proof{
		Way:   accounts.SignInMethod(h.Sessions.GetString(ctx, accounts.SessionWay)),
		At:    time.UnixMicro(h.Sessions.GetInt64(ctx, accounts.SessionSignedIn)).UTC(),
		Agent: c.Request().UserAgent(),
	}
	err := h.Contracts.Sign(ctx, web.ActorOf(c), c.Param("id"), form, proof)
	if err == nil {
		h.Sessions.Remove(ctx, signerKey)
	} else if _, stale := web.AsConflict(err); stale {
		h.keepSigner(c, f)
	}
	return h.answer(c, err, contracts.ActionSign, "", form)
}

type reminderForm struct {
	Version int `form:"version"`
}

// remindOther reminds the other side of a contract that waits for it.
func (h *Handlers) remindOther(c echo.Context) error {
	var f reminderForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Contracts.Remind(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Version)
	return h.answer(c, err, contracts.ActionRemind, "", contracts.SigningForm{})
}

type signerForm struct {
	Signer  string `form:"signer"`
	Version int    `form:"version"`
}

// nameSigner asks somebody else of the brand to sign.
func (h *Handlers) nameSigner(c echo.Context) error {
	var f signerForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Contracts.NameSigner(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Signer, f.Version)
	return h.answer(c, err, contracts.ActionName, "", contracts.SigningForm{})
}

// withdrawAmendment takes back one's own amendment.
func (h *Handlers) withdrawAmendment(c echo.Context) error {
	err := h.Contracts.Withdraw(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	return h.answer(c, err, contracts.ActionWithdraw, "", contracts.SigningForm{})
}

type refusalForm struct {
	Reason string `form:"reason"`
}

// declineContract says that a side does not sign.
func (h *Handlers) declineContract(c echo.Context) error {
	var f refusalForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Contracts.Decline(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Reason)
	return h.answer(c, err, contracts.ActionDecline, f.Reason, contracts.SigningForm{})
}

// answer shows the page again with what is wrong with an action, or what it led to.
func (h *Handlers) answer(c echo.Context, err error, action contracts.Action, reason string, form contracts.SigningForm) error {
	if r, ok := web.RefusalOf(err, action, 0, map[string]string{"reason": reason}); ok {
		return h.renderContract(c, r, form)
	}
	if err != nil {
		return err
	}
	h.Flash(c, contracts.Table.DoneKey(action))
	return web.SeeOther(c, paths.Contract(c.Param("id")))
}
