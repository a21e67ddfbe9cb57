package deals

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/workflow"
)

// Wait is something that waits for one of the sides to act.
type Wait struct {
	Negotiation string          // public id; "" when it is about a deliverable or a contract
	Contract    string          // public id; "" when it is about something else
	Signing     contracts.State // of the contract
	Amendment   bool            // the contract is one
	Deal        string          // public id; "" when it is about a negotiation
	Item        Item            // the deliverable
	State       State           // of the deliverable
	Product     string
	Cycle       int   // of the deal
	With        Party // the other side
	Todo        string
	Turn        string    // message key of what to do in a negotiation, with the placeholders other and by
	Otherwise   string    // message key, with the placeholder deadline
	Since       time.Time // when the wait began
	Due         time.Time // by when the side should act
	Deadline    time.Time // when the default outcome applies
	Overdue     bool      // Due has passed
	MayEnd      bool      // the other side is late: the actor may end the deal
	Away        bool      // the other side cannot act: the actor may end the deal without fault

	Hold    *Hold // the deal is held; the wait is then about the deal, and ends with Due for the side that waits
	Own     Party // the actor's own
	OwnSide models.Side
	Zones   Zones
}

// WaitingDeliverables selects the deliverables that wait for the actor: those in a state that waits
// for the actor's side, in a deal that is not held, unless its time is over and the sweep is about to apply the
// outcome, those with which the other side is late, and the first of a deal that the actor may end because the other side cannot act.
func (s *Store) WaitingDeliverables(ctx context.Context, a models.Actor, now time.Time) (*gorm.DB, bool) {
	side := a.Side()
	own, id := "deals.creator_id = ?", a.CreatorID
	switch side {
	case models.SideBrand:
		own, id = "deals.brand_id = ?", a.BrandID
	case models.SideCreator:
	default:
		return nil, false
	}
	var patient, strict, mayEnd []State
	for _, st := range DeliverableTable.States() {
		switch rule := DeliverableTable.Rule(st); {
		case rule.Waits == workflow.BothSides: // the contract says who
		case rule.Waits == side && rule.AtDeadline == "":
			patient = append(patient, st)
		case rule.Waits == side:
			strict = append(strict, st)
		case slices.Contains(DeliverableTable.SidesWhenLate(st), side):
			mayEnd = append(mayEnd, st)
		}
	}
	return s.db.Read(ctx).Model(&deliverableRow{}).Joins("JOIN deals ON deals.id = deliverables.deal_id").Where(own, id).
		Where("(NOT "+heldSQL+" AND (deliverables.state IN ? OR (deliverables.state IN ? AND deliverables.deadline_at > ?) OR (deliverables.state IN ? AND deliverables.deadline_at <= ?))"+
			" OR "+firstOfHeldSQL+" AND "+mayPartSQL+")",
			orNone(patient), orNone(strict), now, orNone(mayEnd), now, side, now), true
}

// ContractWait is what a contract waits for, as the actor sees it.
func ContractWait(a models.Actor, c contracts.OpenContract, who Parties) Wait {
	return Wait{
		Contract: c.PublicID, Signing: c.State, Amendment: c.IsAmendment(), Deal: c.Deal, Product: c.Product, With: who.Other(a, c.BrandID, c.CreatorID),
		Todo: contracts.Table.TodoKey(c.State), Otherwise: c.OtherwiseKey(), Since: c.EnteredAt.UTC(), Due: c.DeadlineAt.UTC(), Deadline: c.DeadlineAt.UTC(),
	}
}

// orNone keeps an empty list from becoming the NULL that no index likes.
func orNone(states []State) []State {
	if len(states) == 0 {
		return []State{""}
	}
	return states
}
