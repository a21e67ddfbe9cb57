package negotiation_test

import (
	"slices"
	"testing"

	"tribemarket/models"
	"tribemarket/models/negotiation"
	"tribemarket/models/workflow"
)

var allSides = []models.Side{models.SideBrand, models.SideCreator, models.SideSystem}

// lawful is where each action of each side leads, from each state; nothing else is possible.
var lawful = map[negotiation.State]map[negotiation.Action]struct {
	side models.Side
	next negotiation.State
}{
	negotiation.WithCreator: {
		negotiation.ActionAccept: {"creator", negotiation.Agreed}, negotiation.ActionCounter: {"creator", negotiation.WithBrand}, negotiation.ActionDecline: {"creator", negotiation.Declined},
		negotiation.ActionReplace: {"brand", negotiation.WithCreator}, negotiation.ActionWithdraw: {"brand", negotiation.Withdrawn}, negotiation.ActionExpire: {"system", negotiation.Expired},
	},
	negotiation.WithBrand: {
		negotiation.ActionAccept: {"brand", negotiation.Agreed}, negotiation.ActionCounter: {"brand", negotiation.WithCreator}, negotiation.ActionDecline: {"brand", negotiation.Declined},
		negotiation.ActionReplace: {"creator", negotiation.WithBrand}, negotiation.ActionWithdraw: {"creator", negotiation.Withdrawn}, negotiation.ActionExpire: {"system", negotiation.Expired},
	},
}

func TestEveryTripleOfANegotiation(t *testing.T) {
	t.Parallel()
	actions := []negotiation.Action{
		negotiation.ActionPropose, negotiation.ActionCounter, negotiation.ActionReplace, negotiation.ActionAccept, negotiation.ActionDecline, negotiation.ActionWithdraw, negotiation.ActionExpire,
	}
	rows := 0
	for _, s := range negotiation.Table.States() {
		for _, a := range actions {
			for _, side := range allSides {
				want, can := lawful[s][a]
				if a == negotiation.ActionWithdraw && can && side == models.SideSystem { // of a side that cannot act
					want.side = side
				}
				got, ok := negotiation.Table.Next(s, a, side, workflow.Late)
				if ok != (can && side == want.side) || ok && got.To != want.next {
					t.Errorf("%s, %s by %s: %s %v", s, a, side, got.To, ok)
				}
				if ok {
					rows++
				}
			}
		}
	}
	for _, s := range negotiation.Table.States() {
		for action, holds := range map[negotiation.Action]workflow.Condition{
			negotiation.ActionAskExtension: negotiation.NotAsked, negotiation.ActionAcceptExtension: negotiation.Asked, negotiation.ActionRefuseExtension: negotiation.Asked,
		} {
			for _, side := range allSides {
				can := s.IsOpen() && side != models.SideSystem
				got, ok := negotiation.Table.Next(s, action, side, holds)
				if ok != can || ok && got.To != s {
					t.Errorf("%s, %s by %s: %s %v", s, action, side, got.To, ok)
				}
				for _, other := range []workflow.Condition{workflow.Late, negotiation.NotAsked, negotiation.Asked} {
					if _, ok := negotiation.Table.Next(s, action, side, other); ok && other != holds {
						t.Errorf("%s, %s by %s when %s", s, action, side, other)
					}
				}
				if side == models.SideBrand && ok {
					rows++ // it is the creator's too
				}
			}
		}
	}
	if rows != len(negotiation.Table.Transitions) {
		t.Errorf("%d of %d rows of the table are known here", rows, len(negotiation.Table.Transitions))
	}
}

// From every state in which something can happen, each side alone can end it, and without
// anybody's doing a day comes at which it ends.
func TestNoStateOfANegotiationIsADeadEnd(t *testing.T) {
	t.Parallel()
	for _, s := range negotiation.Waiting() {
		for _, side := range []models.Side{models.SideBrand, models.SideCreator} {
			if !slices.ContainsFunc(negotiation.Table.ActionsOf(s, side), func(a negotiation.Action) bool {
				to, ok := negotiation.Table.Next(s, a, side)
				return ok && !to.To.IsOpen()
			}) {
				t.Errorf("in %s the %s cannot end it", s, side)
			}
		}
		if to, ok := negotiation.Table.Default(s); !ok || to.To.IsOpen() {
			t.Errorf("nothing ends %s", s)
		}
	}
}
