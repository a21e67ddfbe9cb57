package deals_test

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// model is a deal as little as it can be: what is expected of the real one.
type model struct {
	ended bool
	items []modelItem
}

type modelItem struct {
	state   deals.State
	proves  bool // its addresses show the handle
	entered time.Time
	due     models.Date
}

// deadline is the rule of each state, written a second time.
func (x modelItem) deadline() time.Time {
	agreed := func(grace int) time.Time { return x.due.AddDays(grace).EndIn(models.Zone(dealtest.CreatorZone)) }
	later := func(days, grace int) time.Time {
		if t := dealtest.EndOfDay(dealtest.CreatorZone, x.entered, days+grace); t.After(agreed(grace)) {
			return t
		}
		return agreed(grace)
	}
	switch x.state {
	case deals.Drafting:
		return agreed(3)
	case deals.Changes:
		return later(3, 7)
	case deals.Approved:
		return later(2, 7)
	case deals.Review, deals.Claimed:
		return dealtest.EndOfDay(dealtest.BrandZone, x.entered, 5)
	case deals.Published:
		return dealtest.EndOfDay(dealtest.BrandZone, x.entered, 7)
	case deals.Objected:
		return dealtest.EndOfDay(dealtest.CreatorZone, x.entered, 7)
	}
	return time.Time{}
}

// settle is what comes by itself.
func (x *modelItem) settle(now time.Time) {
	next := map[deals.State]deals.State{deals.Review: deals.Approved, deals.Claimed: deals.Published, deals.Published: deals.Completed}[x.state]
	if next != "" && !now.Before(x.deadline()) {
		x.state, x.entered = next, now
	}
}

func (m *model) end(now time.Time) {
	m.ended = true
	for i := range m.items {
		if m.items[i].state != deals.Completed {
			m.items[i].state, m.items[i].entered = deals.Ended, now
		}
	}
}

// do predicts an action; false when it must be refused.
func (m *model) do(n int, action deals.Action, side models.Side, now time.Time) bool {
	if action == deals.ActionEnd || action == deals.ActionEndLate || action == deals.ActionEndAway {
		if m.ended {
			return false
		}
		may := false
		for i := range m.items {
			x := &m.items[i]
			x.settle(now)
			_, always := lawful[triple{x.state, action, side, ""}]
			_, late := lawful[triple{x.state, action, side, "late"}]
			may = may || always || late && !now.Before(x.deadline())
		}
		if may {
			m.end(now)
		}
		return may
	}
	x := &m.items[n]
	if DeliverableEver(action, side) {
		x.settle(now)
	}
	cond := deals.Unproven
	if x.proves {
		cond = deals.Proven
	}
	next, ok := lawful[triple{x.state, action, side, ""}]
	if !ok {
		next, ok = lawful[triple{x.state, action, side, cond}]
	}
	if ok {
		x.state, x.entered = next, now
	}
	return ok
}

// DeliverableEver says whether the side may ever do it; a wrong side is turned
// away before anything is looked at.
func DeliverableEver(action deals.Action, side models.Side) bool {
	for t := range lawful {
		if t.action == action && t.side == side {
			return true
		}
	}
	return false
}

// Any sequence of actions, days and sweeps leaves the deal where a tiny model
// says, with a deadline wherever something waits, with a state of the deal that
// fits, and with a history from which it all follows.
func TestAnySequenceKeepsTheDealConsistent(t *testing.T) {
	t.Parallel()
	d := testkit.NewSQLite(t)
	rapid.Check(t, func(r *rapid.T) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.Agree(
			terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", DueOn: rapid.SampledFrom([]string{"2026-11-21", "2026-12-10"}).Draw(r, "due")},
			terms.DeliverableForm{ContentType: "unboxing", Format: "live", Platform: "tiktok", DueOn: "2026-11-28"},
		)
		var m model
		for _, x := range w.Deal(deal).Deliverables {
			m.items = append(m.items, modelItem{x.State, x.Format == "video", x.EnteredAt, x.DueOn})
		}
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			switch rapid.IntRange(0, 5).Draw(r, "kind") {
			case 0:
				w.Clock.Advance(time.Duration(rapid.IntRange(1, 200).Draw(r, "hours")) * time.Hour)
			case 1:
				w.Sweep()
				for i := range m.items {
					m.items[i].settle(w.Clock.Now())
				}
			default:
				n := rapid.IntRange(0, 1).Draw(r, "number")
				action := rapid.SampledFrom(deliverableActions[:len(deliverableActions)-rapid.IntRange(0, 4).Draw(r, "ends")]).Draw(r, "action")
				side := rapid.SampledFrom([]models.Side{models.SideBrand, models.SideCreator}).Draw(r, "side")
				before := w.Deal(deal)
				address := ""
				if m.items[n].proves {
					address = w.Address()
				}
				now := w.Clock.Now()
				allowed := deals.Allowed(w.Actor(side), before, before.Deliverables[n], action, now)
				ref := deals.Ref{Deal: deal, Number: n + 1, Version: before.Deliverables[n].Version}
				err := w.Act(w.Actor(side), ref, action, address)
				after := w.Deal(deal)
				if m.ended && after.EndedBy == side && err == nil && len(after.Events) == len(before.Events) {
					continue // ended twice by the same side
				}
				if predicted := m.do(n, action, side, now); predicted != (err == nil) {
					// What was overdue came first: the page is stale then, even if the action would still be possible.
					if settled := after.Deliverables[n].Version != ref.Version; !predicted || !settled {
						r.Fatalf("%s by %s: %v, the model says %v", action, side, err, predicted)
					}
					m.items[n].state = after.Deliverables[n].State
				} else if action != deals.ActionEnd && action != deals.ActionEndLate && action != deals.ActionEndAway && allowed != (err == nil) {
					r.Fatalf("%s by %s: the button was %v, the verb says %v", action, side, allowed, err)
				}
			}
			check(r, m, w.Deal(deal))
		}
		if got := w.Deal(deal); !got.State().Final() { // whatever happened, either side finds a way out
			w.Must(w.Deals.End(ctx, w.Actor(rapid.SampledFrom([]models.Side{models.SideBrand, models.SideCreator}).Draw(r, "out")), deal, "Enough"))
		}
		if got := w.Deal(deal); got.State() == deals.DealEnded {
			replay(r, got)
		}
	})
}

func check(r *rapid.T, m model, d deals.Deal) {
	states := make([]deals.State, len(m.items))
	for i, want := range m.items {
		x := d.Deliverables[i]
		states[i] = want.state
		final := want.state == deals.Completed || want.state == deals.Ended
		switch {
		case x.State != want.state:
			r.Fatalf("deliverable %d is %s, the model says %s", i+1, x.State, want.state)
		case final != (x.DeadlineAt == nil) || final != (x.Waits() == ""):
			r.Fatalf("%s has the deadline %v and waits for %q", x.State, x.DeadlineAt, x.Waits())
		case !final && !x.DeadlineAt.Equal(want.deadline()):
			r.Fatalf("%s: the deadline is %v, the model says %v", x.State, x.DeadlineAt, want.deadline())
		}
	}
	if d.State() != deals.StateOfDeal(m.ended, states) || (d.EndedAt != nil) != m.ended {
		r.Fatalf("the deal is %s", d.State())
	}
	replay(r, d)
}

// replay reads the history alone and arrives at the present states.
func replay(r *rapid.T, d deals.Deal) {
	states := make([]deals.State, len(d.Deliverables))
	for _, e := range d.Events {
		switch {
		case e.Action == negotiation.ActionAccept:
			for i := range states {
				states[i] = deals.Drafting
			}
		case e.Number == 0 && e.To == string(deals.DealEnded):
			for i, s := range states {
				if s != deals.Completed && s != deals.Ended {
					r.Fatalf("the deal ended while deliverable %d was %s", i+1, s)
				}
			}
		case e.Number > 0:
			if string(states[e.Number-1]) != e.From {
				r.Fatalf("event %d leaves %s, but it was %s", e.ID, e.From, states[e.Number-1])
			}
			states[e.Number-1] = deals.State(e.To)
		}
	}
	for i, x := range d.Deliverables {
		if x.State != states[i] {
			r.Fatalf("the history leads to %s, deliverable %d is %s", states[i], i+1, x.State)
		}
	}
}
