package deals

import (
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/workflow"
)

// PartyOf is the side that the actor is on; "" for a stranger.
func PartyOf(a models.Actor, brandID, creatorID int64) models.Side {
	switch {
	case !a.SignedIn():
	case a.BrandID != 0 && a.BrandID == brandID:
		return models.SideBrand
	case a.CreatorID != 0 && a.CreatorID == creatorID:
		return models.SideCreator
	}
	return ""
}

// ActsAs is the side on whose behalf the actor may act; "" for none. Of a brand's
// members, only those whose role manages deals may act; the others only see.
func ActsAs(a models.Actor, brandID, creatorID int64) models.Side {
	side := PartyOf(a, brandID, creatorID)
	if side == models.SideBrand && !a.Role.ManagesDeals() {
		return ""
	}
	return side
}

// Allowed says whether the actor may do the action to the deliverable now. Once an
// overdue state's default outcome is due to apply by itself, the only action allowed is
// to end the deal.
func Allowed(a models.Actor, d Deal, x Deliverable, action Action, now time.Time) bool {
	if d.EndedAt != nil {
		return false
	}
	side := ActsAs(a, d.Brand.ID, d.Creator.ID)
	if then, ok := DeliverableTable.Default(x.State); ok && x.Late(now) {
		if action != ActionEnd {
			return false
		}
		x.State = then.To
	}
	_, ok := DeliverableTable.Next(x.State, action, side, conditionsOf(d, x, side, now)...)
	return ok
}

// Actions lists what the actor may do to the deliverable now, without the actions that
// end the whole deal.
func Actions(a models.Actor, d Deal, x Deliverable, now time.Time) []Action {
	all := DeliverableTable.ActionsOf(x.State, ActsAs(a, d.Brand.ID, d.Creator.ID))
	return slices.DeleteFunc(all, func(action Action) bool {
		return action == ActionEnd || action == ActionEndLate || action == ActionEndAway || !Allowed(a, d, x, action, now)
	})
}

// conditionsOf returns the conditions that hold when a button is shown. Whether a
// publication will be proven is known only from its URL.
func conditionsOf(d Deal, x Deliverable, side models.Side, now time.Time) []workflow.Condition {
	all := []workflow.Condition{Unproven}
	if x.Late(now) {
		all = append(all, workflow.Late)
	}
	if d.MayPart(side, now) {
		all = append(all, OtherAway)
	}
	return all
}

// CanEnd says whether the actor may end the running deal with a reason.
func CanEnd(a models.Actor, d Deal, now time.Time) bool { return canEnd(a, d, ActionEnd, now) }

// CanEndLate says whether the other side is late enough for the actor to end the deal
// because of it.
func CanEndLate(a models.Actor, d Deal, now time.Time) bool { return canEnd(a, d, ActionEndLate, now) }

// CanEndAway says whether the actor may end the deal without fault, because the other side has
// not been able to act for long enough.
func CanEndAway(a models.Actor, d Deal, now time.Time) bool { return canEnd(a, d, ActionEndAway, now) }

func canEnd(a models.Actor, d Deal, action Action, now time.Time) bool {
	return slices.ContainsFunc(d.Deliverables, func(x Deliverable) bool { return Allowed(a, d, x, action, now) })
}

// CanAmend says whether the actor may propose to amend the contract in force of a running deal,
// of a repetition the latest: while no other amendment can still be signed.
func CanAmend(a models.Actor, d Deal) bool {
	return (d.Cycles == nil || d.Cycle == len(d.Cycles.Begun)) && d.Contract != nil && d.Contract.IsInForce() && d.Amendment == nil && !d.IsHeld() && !d.State().Final() && !a.Suspended && ActsAs(a, d.Brand.ID, d.Creator.ID) != ""
}

// CanAskForContract says whether the actor may ask for a contract of a running deal that has
// none, or none that can still be signed.
func CanAskForContract(a models.Actor, d Deal) bool {
	has := d.Contract != nil && (d.Contract.IsSigned() || d.Contract.State.IsOpen())
	return !has && !d.IsHeld() && !d.State().Final() && ActsAs(a, d.Brand.ID, d.Creator.ID) != ""
}
