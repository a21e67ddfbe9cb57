package negotiation_test

import (
	"fmt"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
)

// clicks do each action of the table, the same way each time; what they return names its
// result.
var clicks = map[negotiation.Action]func(x *table, a models.Actor, latest int) func() (any, error){
	negotiation.ActionAccept: func(x *table, a models.Actor, latest int) func() (any, error) {
		return func() (any, error) { return x.Negotiations.Accept(x.T.Context(), a, x.id, latest) }
	},
	negotiation.ActionCounter: func(x *table, a models.Actor, latest int) func() (any, error) {
		answer := x.answer(latest, "777")
		return func() (any, error) { return x.Negotiations.Counter(x.T.Context(), a, x.id, answer) }
	},
	negotiation.ActionReplace: func(x *table, a models.Actor, latest int) func() (any, error) {
		answer := x.answer(latest, "777")
		return func() (any, error) { return x.Negotiations.Replace(x.T.Context(), a, x.id, answer) }
	},
	negotiation.ActionDecline: func(x *table, a models.Actor, latest int) func() (any, error) {
		return func() (any, error) { return nil, x.Negotiations.Decline(x.T.Context(), a, x.id, latest, "No time") }
	},
	negotiation.ActionAskExtension: func(x *table, a models.Actor, latest int) func() (any, error) {
		return func() (any, error) { return nil, x.Negotiations.AskExtension(x.T.Context(), a, x.id, latest, laterDay) }
	},
	negotiation.ActionAcceptExtension: func(x *table, a models.Actor, latest int) func() (any, error) {
		x.Must(x.Negotiations.AskExtension(x.T.Context(), x.other(a), x.id, latest, laterDay))
		return func() (any, error) {
			return nil, x.Negotiations.AcceptExtension(x.T.Context(), a, x.id, latest, laterDay)
		}
	},
	negotiation.ActionRefuseExtension: func(x *table, a models.Actor, latest int) func() (any, error) {
		x.Must(x.Negotiations.AskExtension(x.T.Context(), x.other(a), x.id, latest, laterDay))
		return func() (any, error) {
			return nil, x.Negotiations.RefuseExtension(x.T.Context(), a, x.id, latest, laterDay)
		}
	},
	negotiation.ActionWithdraw: func(x *table, a models.Actor, _ int) func() (any, error) {
		return func() (any, error) { return nil, x.Negotiations.Withdraw(x.T.Context(), a, x.id) }
	},
}

// Fifty clicks at once on any button, of either side, have one effect and one result.
func TestFiftyClicksOnAnyButtonAreOne(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		for _, row := range negotiation.Table.Transitions {
			if row.By[0] == models.SideSystem {
				continue
			}
			click, ok := clicks[row.Action]
			if !ok {
				t.Errorf("%s is not clicked here", row.Action)
				continue
			}
			x := &table{World: w, id: w.Propose()}
			latest := 1
			if row.From == negotiation.WithBrand {
				x.Must(x.counter(x.Creator, 1, "600"))
				latest = 2
			}
			do := click(x, w.Actor(row.By[0]), latest)
			before, version := x.Events(), x.get(w.Brand).Version
			fifty(t, fmt.Sprintf("%s by %v", row.Action, row.By), do)
			if n := x.get(w.Brand); n.State != row.To || x.Events() != before+1 || n.Version != version+1 {
				t.Errorf("%s by %v: %s with %d new events", row.Action, row.By, n.State, x.Events()-before)
			}
		}
	})
}
