package deals

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	"tribemarket/views/paths"
	termsview "tribemarket/views/terms"
)

// HoldWords are what a side reads of the hold of its deal.
type HoldWords struct {
	Title, Then string
	MayEnd      bool // the side may end the deal without fault
}

// DescribeHold says to a side why its deal is on hold, until when, and what then; false if it
// is not. The side that waits reads nothing of why the other was suspended.
func DescribeHold(ctx context.Context, d deals.Deal, side models.Side, now time.Time) (HoldWords, bool) {
	if !d.IsHeld() || d.EndedAt != nil {
		return HoldWords{}, false
	}
	other := OtherParty(side, d.Brand, d.Creator)
	zones := deals.Zones{Zone: d.Zone, BrandZone: d.BrandZone}
	for _, h := range d.Holds {
		if h.Away != side {
			return waitingHold(ctx, h, other.Name, zones.Of(side), d.MayPart(side, now)), true
		}
	}
	return ownHold(ctx, d.Holds[0], OtherParty(side.Other(), d.Brand, d.Creator).Name, other.Name, zones.Of(side.Other())), true
}

// ownHold is what the side reads that cannot act.
func ownHold(ctx context.Context, h deals.Hold, own, other string, zone *time.Location) HoldWords {
	part := string(deals.HoldRuns)
	if h.State.IsLeaving() {
		part = string(deals.HoldLeaving)
	}
	args := []any{"name", own, "other", other, "day", h.LastDay(zone)}
	return HoldWords{Title: i18n.T(ctx, "deals.hold.own."+part, args...), Then: i18n.T(ctx, "deals.hold.own.then."+part, args...)}
}

// DescribeHeldWait says of a deal that is on hold, in a list of what waits, what DescribeHold
// says on its page.
func DescribeHeldWait(ctx context.Context, w deals.Wait) HoldWords {
	zone := w.Zones.Of(w.Hold.Away.Other())
	if w.Hold.Away == w.OwnSide {
		return ownHold(ctx, *w.Hold, w.Own.Name, w.With.Name, zone)
	}
	return waitingHold(ctx, *w.Hold, w.With.Name, zone, w.Away)
}

// waitingHold is what the side reads that waits.
func waitingHold(ctx context.Context, h deals.Hold, name string, zone *time.Location, mayEnd bool) HoldWords {
	state := h.State
	switch { // the sweep may not have come by yet
	case mayEnd && state == deals.HoldRuns:
		state = deals.HoldMayEnd
	case mayEnd && state == deals.HoldLeaving:
		state = deals.HoldParting
	}
	last := h.LastDay(zone).AddDays(deals.PartingDays)
	if h.EndsAt != nil {
		last = models.DateOf(h.EndsAt.Add(-1).In(zone))
	}
	args := []any{"name", name, "day", h.LastDay(zone), "days", deals.PartingDays, "last", last}
	return HoldWords{Title: i18n.T(ctx, "deals.hold.title."+string(state), args...), Then: i18n.T(ctx, "deals.hold.then."+string(state), args...), MayEnd: mayEnd}
}

// holdCard is the card on top of what is on hold; false if nothing is.
func holdCard(ctx context.Context, d deals.Deal, side models.Side, now time.Time) (components.TurnCard, bool) {
	words, held := DescribeHold(ctx, d, side, now)
	return components.TurnCard{Theirs: !words.MayEnd, Gone: -1, Who: i18n.T(ctx, "deals.hold.who"), Title: words.Title, Otherwise: words.Then}, held
}

// presentAwayEnding is the way to end a deal because the other side cannot act.
func presentAwayEnding(ctx context.Context, d deals.Deal, side models.Side) Ending {
	label := i18n.T(ctx, deals.DeliverableTable.ButtonKey(deals.ActionEndAway))
	return Ending{
		Title: label,
		Costs: append([]string{
			i18n.T(ctx, "deals.end.cost.pieces", "n", unfinishedCount(d)),
			i18n.T(ctx, "deals.end.away.money", "worth", termsview.Reward(ctx, d.Terms)),
			i18n.T(ctx, "deals.end.away.record"),
		}, finalCosts(ctx, d, OtherParty(side, d.Brand, d.Creator).Name)...),
		Form: ActionForm{ID: "end", Path: paths.DealEnding(d.PublicID), Carries: []components.Hidden{{Name: "away", Value: "1"}}, Button: components.Button{Label: label, Kind: components.Danger}},
	}
}

// stillOwed says what stays owed in a deal that ended without fault.
func stillOwed(ctx context.Context, d deals.Deal) string {
	words := ""
	if done := len(d.Deliverables) - unfinishedCount(d); done > 0 {
		words = i18n.T(ctx, "deals.finished.owed", "done", done, "n", len(d.Deliverables), "worth", termsview.Reward(ctx, d.Terms))
	}
	if k := d.Terms.KillFee; k.AfterDraft > 0 || k.AfterApproval > 0 {
		words += " " + i18n.T(ctx, "deals.finished.kill_fee")
	}
	return words
}
