package negotiations

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/workflow"
)

// check reads the negotiation as one of its sides and compares it with the model.
func (t *talk) check(ctx context.Context) error {
	side := []models.Side{models.SideBrand, models.SideCreator}[t.IntN(2)]
	if side == t.gone {
		side = side.Other()
	}
	n, err := t.Negotiations.Get(ctx, t.actor(side), t.id)
	if err != nil {
		return err
	}
	n.Events = slices.DeleteFunc(n.Events, func(e deals.Event) bool { return !slices.Contains(negotiation.Table.States(), negotiation.State(e.To)) }) // those of its deal
	switch {
	case n.State != t.state:
		return fmt.Errorf("it is %s, the model says %s", n.State, t.state)
	case len(n.Offers) != len(t.offers) || n.Latest.Number != len(t.offers):
		return fmt.Errorf("there are %d offers, the model says %d", len(n.Offers), len(t.offers))
	case n.Version != t.steps || len(n.Events) != t.steps:
		return fmt.Errorf("version %d with %d lines of history, the model says %d", n.Version, len(n.Events), t.steps)
	case !n.ExpiresAt.Equal(t.expires()):
		return fmt.Errorf("it can be answered until %v, the model says %v", n.ExpiresAt, t.expires())
	case n.State.IsOpen() != (n.ClosedAt == nil), (n.Deal != "") != (n.State == negotiation.Agreed), n.Deal != t.deal:
		return fmt.Errorf("%s, closed %v, with the deal %q", n.State, n.ClosedAt, n.Deal)
	}
	if e := n.Extension; (e == nil) != (t.extension.by == "") || e != nil && (e.By != t.extension.by || e.On != t.extension.on) || n.Extensions != t.asked {
		return fmt.Errorf("a later day is asked for: %+v, %d times, the model says %+v, %d", e, n.Extensions, t.extension, t.asked)
	}
	for i, want := range t.offers {
		o := n.Offers[i]
		if o.Number != i+1 || o.Side != want.side || o.Terms.Fee.Content != int64(want.fee)*100 || !o.SentAt.Equal(want.sent) {
			return fmt.Errorf("offer %d is %+v", i+1, o)
		}
		if seen, ok := t.seen[side][o.Number]; ok && seen != o.Terms.Hash() {
			return fmt.Errorf("offer %d has changed since it was read", o.Number)
		}
	}
	return errors.Join(replay(n), t.checkWaysOut(n))
}

// offering are the actions that make an offer.
var offering = []negotiation.Action{negotiation.ActionPropose, negotiation.ActionPitch, negotiation.ActionCounter, negotiation.ActionReplace}

// replay reads the history alone and arrives at the present state and offers.
func replay(n negotiation.Negotiation) error {
	state, offers := negotiation.State(""), 0
	for _, e := range n.Events {
		if e.From != string(state) {
			return fmt.Errorf("%s leaves %q, but it was %q", e.Action, e.From, state)
		}
		if state != "" {
			row, ok := negotiation.Table.Next(state, e.Action, e.Side, workflow.Late, negotiation.NotAsked, negotiation.Asked)
			if !ok || string(row.To) != e.To {
				return fmt.Errorf("%s by %s leads from %s to %s", e.Action, e.Side, state, e.To)
			}
		}
		if slices.Contains(offering, e.Action) {
			if n.Offers[offers].Side != e.Side {
				return fmt.Errorf("offer %d is the %s's, by the history the %s's", offers+1, n.Offers[offers].Side, e.Side)
			}
			offers++
		}
		state = negotiation.State(e.To)
	}
	if state != n.State || offers != len(n.Offers) {
		return fmt.Errorf("the history leads to %s with %d offers", state, offers)
	}
	return nil
}

// checkWaysOut finds a button by which each side can end it, for as long as it is open.
func (t *talk) checkWaysOut(n negotiation.Negotiation) error {
	now := t.clock.Now()
	answerable := t.isOpen() && now.Before(t.expires())
	for _, side := range []models.Side{models.SideBrand, models.SideCreator} {
		theirs := t.isOpen() && t.turn() == side
		for action, want := range map[negotiation.Action]bool{
			negotiation.ActionAccept: theirs, negotiation.ActionCounter: theirs, negotiation.ActionDecline: theirs,
			negotiation.ActionReplace: !theirs, negotiation.ActionWithdraw: !theirs,
			negotiation.ActionAskExtension: t.extension.by == "", negotiation.ActionAcceptExtension: t.extension.by == side.Other(), negotiation.ActionRefuseExtension: t.extension.by == side.Other(),
		} {
			if got := negotiation.Allowed(t.actor(side), n, action, now); got != (want && answerable) {
				return fmt.Errorf("%s of the %s is a button: %v", action, side, got)
			}
		}
	}
	return nil
}

// end shows that there is a way out, whatever has happened: either side takes it, time does,
// or one of them leaves the site.
func (t *talk) end(ctx context.Context, erased bool) error {
	err := t.leaveOpen(ctx)
	switch now := t.clock.Now(); {
	case err != nil:
	case erased:
		err = t.erase(ctx, []models.Side{models.SideBrand, models.SideCreator}[t.IntN(2)])
	case !t.isOpen():
	case t.IntN(3) == 0:
		t.note("the end by itself")
		t.clock.Advance(max(0, t.expires().Sub(now)))
		err = t.sweep(ctx)
	case t.IntN(2) == 0:
		t.note("the end by a no")
		side := t.turn()
		err = mismatch(t.answer(negotiation.ActionDecline, side, 0, "Enough", now), t.Negotiations.Decline(ctx, t.actor(side), t.id, 0, "Enough"))
	default:
		t.note("the end by a withdrawal")
		side := t.latest().side
		err = mismatch(t.answer(negotiation.ActionWithdraw, side, 0, "", now), t.Negotiations.Withdraw(ctx, t.actor(side), t.id))
	}
	if err == nil && t.isOpen() {
		err = errors.New("it cannot be ended")
	}
	return errors.Join(err, t.check(ctx))
}

// leaveOpen takes back what would keep the next negotiation of the same two from beginning, and
// lets the time that is over have its effect.
func (t *talk) leaveOpen(ctx context.Context) (err error) {
	if t.blocked {
		err = t.changeBlock(ctx)
	}
	if t.suspended && err == nil {
		err = t.changeSuspension(ctx)
	}
	if err == nil {
		err = t.sweep(ctx)
	}
	return err
}

// erase erases the person of a side, which ends what is open, after a deal that runs.
func (t *talk) erase(ctx context.Context, side models.Side) error {
	t.note("the %s leaves", side)
	if t.isOpen() {
		action := negotiation.ActionWithdraw
		if t.turn() == side {
			action = negotiation.ActionDecline
		}
		t.answer(action, side, 0, "Farewell", t.clock.Now())
	}
	if side == models.SideBrand { // its last member takes it along
		if err := t.Privacy.EraseActor(ctx, t.manager, "Farewell"); err != nil {
			return err
		}
	}
	err := t.Privacy.EraseActor(ctx, t.actor(side), "Farewell")
	if models.CodeOf(err) == models.CodeConflict {
		if err = t.endDeals(ctx); err == nil {
			err = t.Privacy.EraseActor(ctx, t.actor(side), "Farewell")
		}
	}
	t.gone = side
	return err
}

// endDeals ends what the two have running.
func (t *talk) endDeals(ctx context.Context) error {
	page, err := t.Deals.ListDeals(ctx, t.brand, deals.DealFilter{Status: deals.Running})
	for _, d := range page.Deals {
		if err == nil {
			err = t.Deals.End(ctx, t.brand, d.PublicID, "Farewell")
		}
	}
	if err == nil && len(page.Deals) == 0 {
		err = errors.New("nobody can leave, and nothing runs")
	}
	return err
}
