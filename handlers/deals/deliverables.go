package deals

import (
	"context"
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/paths"
)

// deliverableForm is what an action on a deliverable can carry. Version is the
// one that the page showed, so that nobody acts on what they have not seen.
type deliverableForm struct {
	Version  int    `form:"version"`
	DraftURL string `form:"draft_url"`
	Note     string `form:"note"`
	Address  string `form:"address"`
	Reason   string `form:"reason"`
}

func (f deliverableForm) answers() map[string]string {
	return map[string]string{"draft_url": f.DraftURL, "note": f.Note, "address": f.Address, "reason": f.Reason}
}

// act is every action on a deliverable: read, ask, show the deal again, as it
// has become or with what was wrong.
func (h *Handlers) act(c echo.Context, action deals.Action, verb func(context.Context, models.Actor, deals.Ref, deliverableForm) error) error {
	var f deliverableForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	id := c.Param("id")
	number, err := strconv.Atoi(c.Param("n"))
	if err != nil || number < 1 {
		return models.NotFound()
	}
	err = verb(c.Request().Context(), web.ActorOf(c), deals.Ref{Deal: id, Number: number, Version: f.Version}, f)
	if r, ok := refusalOf(err, action, number, f.answers()); ok {
		return h.dealPage(c, r.status(), id, r)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "deals.said."+string(action))
	return web.SeeOther(c, paths.Deal(id))
}

// plain is a verb that asks for nothing but the click.
func plain(verb func(context.Context, models.Actor, deals.Ref) error) func(context.Context, models.Actor, deals.Ref, deliverableForm) error {
	return func(ctx context.Context, a models.Actor, ref deals.Ref, _ deliverableForm) error {
		return verb(ctx, a, ref)
	}
}

// submitDraft sends a draft for the brand to look at.
func (h *Handlers) submitDraft(c echo.Context) error {
	return h.act(c, deals.ActionSubmitDraft, func(ctx context.Context, a models.Actor, ref deals.Ref, f deliverableForm) error {
		return h.Deals.SubmitDraft(ctx, a, ref, f.DraftURL, f.Note)
	})
}

// approveDraft lets the creator publish.
func (h *Handlers) approveDraft(c echo.Context) error {
	return h.act(c, deals.ActionApprove, plain(h.Deals.Approve))
}

// requestChanges asks for another draft.
func (h *Handlers) requestChanges(c echo.Context) error {
	return h.act(c, deals.ActionRequestChanges, func(ctx context.Context, a models.Actor, ref deals.Ref, f deliverableForm) error {
		return h.Deals.RequestChanges(ctx, a, ref, f.Note)
	})
}

// publish says where the deliverable is public.
func (h *Handlers) publish(c echo.Context) error {
	return h.act(c, deals.ActionPublish, func(ctx context.Context, a models.Actor, ref deals.Ref, f deliverableForm) error {
		return h.Deals.Publish(ctx, a, ref, f.Address)
	})
}

// confirmPublication says that the brand has seen it.
func (h *Handlers) confirmPublication(c echo.Context) error {
	return h.act(c, deals.ActionConfirm, plain(h.Deals.Confirm))
}

// doubtPublication says that the brand cannot find it.
func (h *Handlers) doubtPublication(c echo.Context) error {
	return h.act(c, deals.ActionRefuse, func(ctx context.Context, a models.Actor, ref deals.Ref, f deliverableForm) error {
		return h.Deals.Refuse(ctx, a, ref, f.Reason)
	})
}

// object says that what is public is not what was agreed.
func (h *Handlers) object(c echo.Context) error {
	return h.act(c, deals.ActionObject, func(ctx context.Context, a models.Actor, ref deals.Ref, f deliverableForm) error {
		return h.Deals.Object(ctx, a, ref, f.Reason)
	})
}

// withdrawObjection accepts the publication after all.
func (h *Handlers) withdrawObjection(c echo.Context) error {
	return h.act(c, deals.ActionWithdrawObjection, plain(h.Deals.WithdrawObjection))
}

// complete accepts the publication before its time is over.
func (h *Handlers) complete(c echo.Context) error {
	return h.act(c, deals.ActionComplete, plain(h.Deals.Complete))
}
