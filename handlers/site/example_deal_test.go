package site

import (
	"slices"
	"testing"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
)

// The example is a whole deal in the middle of its life: from its proposal on, each step is
// one that the tables allow, and they lead to the states that are shown.
func TestTheExampleDealIsWhole(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	d := exampleDealRecord(i18n.WithLocale(t.Context(), i18n.EN, nil), now)
	at := map[int]string{0: "", 1: string(deals.Drafting), 2: string(deals.Drafting)}
	last, steps := time.Time{}, map[int]int{}
	for _, e := range d.Events {
		if e.From != at[e.Number] || e.At.Before(last) || e.At.After(now) || !allowed(e) {
			t.Errorf("%d, %s: %s from %s to %s by the %s", e.Number, e.At, e.Action, e.From, e.To, e.Side)
		}
		at[e.Number], last = e.To, e.At
		steps[e.Number]++
	}
	if at[0] != string(negotiation.Agreed) {
		t.Errorf("the proposal is %s", at[0])
	}
	for _, x := range d.Deliverables {
		if at[x.Number] != string(x.State) || x.Version != steps[x.Number]+1 {
			t.Errorf("video %d is %s in version %d, after %d steps %s", x.Number, x.State, x.Version, steps[x.Number], at[x.Number])
		}
	}
	if d.State().Final() || !slices.ContainsFunc(d.Deliverables, func(x deals.Deliverable) bool { return x.State == deals.Completed }) {
		t.Errorf("the deal is %s", d.State())
	}
}

// allowed says whether a table has the step of an event.
func allowed(e deals.Event) bool {
	for _, x := range slices.Concat(negotiation.Table.Transitions, negotiation.Table.Begin) {
		if e.Number == 0 && string(x.From) == e.From && x.Action == e.Action && string(x.To) == e.To && slices.Contains(x.By, e.Side) {
			return true
		}
	}
	for _, x := range deals.DeliverableTable.Transitions {
		if e.Number > 0 && string(x.From) == e.From && x.Action == e.Action && string(x.To) == e.To && slices.Contains(x.By, e.Side) {
			return true
		}
	}
	return false
}
