package deals_test

import (
	"slices"
	"testing"
	"time"

	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/workflow"
)

var allSides = []models.Side{models.SideBrand, models.SideCreator, models.SideSystem}

type triple struct {
	from   deals.State
	action deals.Action
	side   models.Side
	cond   workflow.Condition
}

// The whole of what may happen to a deliverable, written a second time; every
// other triple is refused.
var lawful = map[triple]deals.State{
	{deals.Drafting, deals.ActionSubmitDraft, "creator", ""}: deals.Review,
	{deals.Changes, deals.ActionSubmitDraft, "creator", ""}:  deals.Review,

	{deals.Review, deals.ActionApprove, "brand", ""}:        deals.Approved,
	{deals.Review, deals.ActionApprove, "system", "late"}:   deals.Approved,
	{deals.Review, deals.ActionRequestChanges, "brand", ""}: deals.Changes,

	{deals.Approved, deals.ActionPublish, "creator", "proven"}:   deals.Published,
	{deals.Approved, deals.ActionPublish, "creator", "unproven"}: deals.Claimed,
	{deals.Objected, deals.ActionPublish, "creator", "proven"}:   deals.Published,
	{deals.Objected, deals.ActionPublish, "creator", "unproven"}: deals.Claimed,

	{deals.Claimed, deals.ActionConfirm, "brand", ""}:      deals.Published,
	{deals.Claimed, deals.ActionConfirm, "system", "late"}: deals.Published,
	{deals.Claimed, deals.ActionRefuse, "brand", ""}:       deals.Approved,

	{deals.Published, deals.ActionObject, "brand", ""}:           deals.Objected,
	{deals.Published, deals.ActionComplete, "brand", ""}:         deals.Completed,
	{deals.Published, deals.ActionComplete, "system", "late"}:    deals.Completed,
	{deals.Objected, deals.ActionWithdrawObjection, "brand", ""}: deals.Completed,

	{deals.Waiting, deals.ActionOpen, "system", ""}:         deals.Drafting,
	{deals.Waiting, deals.ActionEndUnsigned, "system", ""}:  deals.Ended,
	{deals.Waiting, deals.ActionEnd, "brand", ""}:           deals.Ended,
	{deals.Waiting, deals.ActionEnd, "creator", ""}:         deals.Ended,
	{deals.Waiting, deals.ActionEndLate, "brand", "late"}:   deals.Ended,
	{deals.Waiting, deals.ActionEndLate, "creator", "late"}: deals.Ended,

	{deals.Drafting, deals.ActionMove, "system", ""}: deals.Drafting,
	{deals.Review, deals.ActionMove, "system", ""}:   deals.Review,
	{deals.Changes, deals.ActionMove, "system", ""}:  deals.Changes,

	{deals.Drafting, deals.ActionEnd, "brand", ""}:    deals.Ended,
	{deals.Drafting, deals.ActionEnd, "creator", ""}:  deals.Ended,
	{deals.Review, deals.ActionEnd, "brand", ""}:      deals.Ended,
	{deals.Review, deals.ActionEnd, "creator", ""}:    deals.Ended,
	{deals.Changes, deals.ActionEnd, "brand", ""}:     deals.Ended,
	{deals.Changes, deals.ActionEnd, "creator", ""}:   deals.Ended,
	{deals.Approved, deals.ActionEnd, "brand", ""}:    deals.Ended,
	{deals.Approved, deals.ActionEnd, "creator", ""}:  deals.Ended,
	{deals.Claimed, deals.ActionEnd, "brand", ""}:     deals.Ended,
	{deals.Claimed, deals.ActionEnd, "creator", ""}:   deals.Ended,
	{deals.Published, deals.ActionEnd, "brand", ""}:   deals.Ended,
	{deals.Published, deals.ActionEnd, "creator", ""}: deals.Ended,
	{deals.Objected, deals.ActionEnd, "brand", ""}:    deals.Ended,
	{deals.Objected, deals.ActionEnd, "creator", ""}:  deals.Ended,

	{deals.Drafting, deals.ActionEndLate, "brand", "late"}:   deals.Ended,
	{deals.Changes, deals.ActionEndLate, "brand", "late"}:    deals.Ended,
	{deals.Approved, deals.ActionEndLate, "brand", "late"}:   deals.Ended,
	{deals.Objected, deals.ActionEndLate, "brand", "late"}:   deals.Ended,
	{deals.Objected, deals.ActionEndLate, "creator", "late"}: deals.Ended,

	{deals.Waiting, deals.ActionEndAway, "brand", "other_away"}:     deals.Ended,
	{deals.Waiting, deals.ActionEndAway, "creator", "other_away"}:   deals.Ended,
	{deals.Waiting, deals.ActionEndAway, "system", "other_away"}:    deals.Ended,
	{deals.Drafting, deals.ActionEndAway, "brand", "other_away"}:    deals.Ended,
	{deals.Drafting, deals.ActionEndAway, "creator", "other_away"}:  deals.Ended,
	{deals.Drafting, deals.ActionEndAway, "system", "other_away"}:   deals.Ended,
	{deals.Review, deals.ActionEndAway, "brand", "other_away"}:      deals.Ended,
	{deals.Review, deals.ActionEndAway, "creator", "other_away"}:    deals.Ended,
	{deals.Review, deals.ActionEndAway, "system", "other_away"}:     deals.Ended,
	{deals.Changes, deals.ActionEndAway, "brand", "other_away"}:     deals.Ended,
	{deals.Changes, deals.ActionEndAway, "creator", "other_away"}:   deals.Ended,
	{deals.Changes, deals.ActionEndAway, "system", "other_away"}:    deals.Ended,
	{deals.Approved, deals.ActionEndAway, "brand", "other_away"}:    deals.Ended,
	{deals.Approved, deals.ActionEndAway, "creator", "other_away"}:  deals.Ended,
	{deals.Approved, deals.ActionEndAway, "system", "other_away"}:   deals.Ended,
	{deals.Claimed, deals.ActionEndAway, "brand", "other_away"}:     deals.Ended,
	{deals.Claimed, deals.ActionEndAway, "creator", "other_away"}:   deals.Ended,
	{deals.Claimed, deals.ActionEndAway, "system", "other_away"}:    deals.Ended,
	{deals.Published, deals.ActionEndAway, "brand", "other_away"}:   deals.Ended,
	{deals.Published, deals.ActionEndAway, "creator", "other_away"}: deals.Ended,
	{deals.Published, deals.ActionEndAway, "system", "other_away"}:  deals.Ended,
	{deals.Objected, deals.ActionEndAway, "brand", "other_away"}:    deals.Ended,
	{deals.Objected, deals.ActionEndAway, "creator", "other_away"}:  deals.Ended,
	{deals.Objected, deals.ActionEndAway, "system", "other_away"}:   deals.Ended,
}

var deliverableActions = []deals.Action{
	deals.ActionOpen, deals.ActionSubmitDraft, deals.ActionApprove, deals.ActionRequestChanges, deals.ActionPublish, deals.ActionConfirm, deals.ActionRefuse,
	deals.ActionObject, deals.ActionWithdrawObjection, deals.ActionComplete, deals.ActionEnd, deals.ActionEndLate, deals.ActionEndUnsigned, deals.ActionMove, deals.ActionEndAway,
}

func TestEveryTripleOfADeliverable(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, s := range deals.DeliverableTable.States() {
		for _, a := range deliverableActions {
			for _, side := range allSides {
				for _, cond := range []workflow.Condition{workflow.Always, workflow.Late, deals.Proven, deals.Unproven, deals.OtherAway} {
					want, ok := lawful[triple{s, a, side, workflow.Always}]
					if !ok {
						want, ok = lawful[triple{s, a, side, cond}]
					}
					got, found := deals.DeliverableTable.Next(s, a, side, cond)
					if found != ok || got.To != want {
						t.Errorf("%s, %s by %s when %q: %s %v, wanted %s %v", s, a, side, cond, got.To, found, want, ok)
					}
					if found {
						seen++
					}
				}
			}
		}
	}
	rows := 0
	for _, row := range deals.DeliverableTable.Transitions {
		rows += len(row.By)
	}
	if rows != len(lawful) || seen == 0 {
		t.Errorf("the table has %d triples, the test %d", rows, len(lawful))
	}
}

// No state is a dead end: from each one the deal can be completed or ended,
// each side alone can bring that about, and without anybody's doing a day comes
// at which something happens or may be done.
func TestNoStateIsADeadEnd(t *testing.T) {
	t.Parallel()
	table := deals.DeliverableTable
	reach := func(from deals.State, use func(workflow.Transition[deals.State]) bool) []deals.State {
		found := []deals.State{from}
		for i := 0; i < len(found); i++ {
			for _, row := range table.Transitions {
				if row.From == found[i] && use(row) && !slices.Contains(found, row.To) {
					found = append(found, row.To)
				}
			}
		}
		return found
	}
	for _, s := range table.States() {
		rule := table.Rule(s)
		if rule.Final() {
			if len(reach(s, func(workflow.Transition[deals.State]) bool { return true })) != 1 || rule.Waits != "" {
				t.Errorf("%s is final and yet goes on", s)
			}
			continue
		}
		playing := reach(s, func(r workflow.Transition[deals.State]) bool {
			return r.Action != deals.ActionEnd && r.Action != deals.ActionEndLate && r.Action != deals.ActionEndAway
		})
		if !slices.Contains(playing, deals.Completed) {
			t.Errorf("%s never completes", s)
		}
		for _, side := range []models.Side{models.SideBrand, models.SideCreator} {
			alone := reach(s, func(r workflow.Transition[deals.State]) bool {
				return slices.Contains(r.By, side) || slices.Contains(r.By, models.SideSystem)
			})
			if !slices.ContainsFunc(alone, func(s deals.State) bool { return table.Rule(s).Final() }) {
				t.Errorf("in %s the %s is stuck", s, side)
			}
		}
		waits := []models.Side{rule.Waits}
		if rule.Waits == workflow.BothSides {
			waits = []models.Side{models.SideBrand, models.SideCreator}
		} else if rule.Waits != models.SideBrand && rule.Waits != models.SideCreator {
			t.Errorf("%s waits for nobody", s)
		}
		if late := table.SidesWhenLate(s); (rule.AtDeadline == "") == (len(late) == 0) {
			t.Errorf("%s: at its deadline the system does %q, and %v may end it", s, rule.AtDeadline, late)
		}
		if rule.AtDeadline != "" {
			if _, ok := table.Next(s, rule.AtDeadline, models.SideSystem, workflow.Late); !ok {
				t.Errorf("%s: the system cannot %s", s, rule.AtDeadline)
			}
		}
		for _, side := range waits {
			if len(table.ActionsOf(s, side)) == 0 {
				t.Errorf("%s waits for the %s, who can do nothing", s, side)
			}
		}
	}
}

// The same click twice is known by the action no longer being possible. Nobody clicks on what
// the system does within a state.
func TestNoActionLeadsToWhereItIsPossibleAgain(t *testing.T) {
	t.Parallel()
	for _, row := range deals.DeliverableTable.Transitions {
		for _, side := range row.By {
			if row.KeepsClock && side == models.SideSystem {
				continue
			}
			if _, again := deals.DeliverableTable.Next(row.To, row.Action, side, deals.Proven, deals.Unproven); again {
				t.Errorf("%s by %s from %s can be done again at once", row.Action, side, row.From)
			}
		}
	}
}

// A deadline is the end of a day where the side that must act lives, here in
// Brussels: an hour before midnight UTC in winter, two in summer.
func TestDeadlines(t *testing.T) {
	t.Parallel()
	brussels := models.Zone("Europe/Brussels")
	entered := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	end := func(month time.Month, day int) time.Time {
		return models.Date{Year: 2026, Month: month, Day: day}.EndIn(brussels)
	}
	soon, far := models.Date{Year: 2026, Month: 11, Day: 21}, models.Date{Year: 2026, Month: 12, Day: 20}
	spring, autumn := models.Date{Year: 2027, Month: 3, Day: 27}, models.Date{Year: 2027, Month: 10, Day: 30}
	for _, c := range []struct {
		state    deals.State
		agreed   models.Date
		deadline time.Time
	}{
		{deals.Waiting, far, end(12, 18)},
		{deals.Drafting, far, end(12, 23)},
		{deals.Drafting, soon, end(11, 24)},
		{deals.Drafting, spring, time.Date(2027, 3, 31, 0, 0, 0, 0, brussels)},
		{deals.Drafting, autumn, time.Date(2027, 11, 3, 0, 0, 0, 0, brussels)},
		{deals.Review, far, end(11, 25)},
		{deals.Changes, far, end(12, 27)},
		{deals.Changes, soon, end(11, 30)},
		{deals.Approved, far, end(12, 27)},
		{deals.Approved, soon, end(11, 29)},
		{deals.Claimed, far, end(11, 25)},
		{deals.Published, soon, end(11, 27)},
		{deals.Objected, soon, end(11, 27)},
		{deals.Completed, soon, time.Time{}},
		{deals.Ended, soon, time.Time{}},
	} {
		if got := deals.DeliverableTable.Rule(c.state).Deadline.At(workflow.Moments{Entered: entered, Agreed: c.agreed, Zone: brussels}); !got.Equal(c.deadline) {
			t.Errorf("%s, agreed %v: %v, wanted %v", c.state, c.agreed, got, c.deadline)
		}
	}
}

func TestADealsStateFollowsFromItsDeliverables(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		want   deals.DealState
		ended  bool
		states []deals.State
	}{
		{deals.DealProduction, false, []deals.State{deals.Drafting, deals.Completed}},
		{deals.DealProduction, false, []deals.State{deals.Waiting, deals.Waiting}},
		{deals.DealProduction, false, []deals.State{deals.Published, deals.Changes}},
		{deals.DealProduction, false, []deals.State{deals.Claimed, deals.Review}},
		{deals.DealPublication, false, []deals.State{deals.Published, deals.Approved}},
		{deals.DealPublication, false, []deals.State{deals.Claimed, deals.Completed}},
		{deals.DealPublished, false, []deals.State{deals.Published, deals.Completed}},
		{deals.DealObjected, false, []deals.State{deals.Drafting, deals.Objected}},
		{deals.DealCompleted, false, []deals.State{deals.Completed, deals.Completed}},
		{deals.DealEnded, true, []deals.State{deals.Ended, deals.Completed}},
	} {
		if got := deals.StateOfDeal(c.ended, c.states); got != c.want {
			t.Errorf("%v: %s, wanted %s", c.states, got, c.want)
		}
	}
}

// A button is shown exactly when its action would succeed.
func TestButtonsFollowTheTable(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	brand, creator := models.Actor{PersonID: 1, BrandID: 2, Role: models.RoleManager}, models.Actor{PersonID: 3, CreatorID: 4}
	stranger, visitor := models.Actor{PersonID: 5, BrandID: 6, Role: models.RoleOwner}, models.Actor{}
	finance, viewer := models.Actor{PersonID: 7, BrandID: 2, Role: models.RoleFinance}, models.Actor{PersonID: 8, BrandID: 2, Role: models.RoleViewer}
	d := deals.Deal{Brand: deals.Party{ID: 2}, Creator: deals.Party{ID: 4}}
	for _, s := range deals.DeliverableTable.States() {
		for _, late := range []bool{false, true} {
			deadline := now.Add(time.Minute)
			if late {
				deadline = now
			}
			x := deals.Deliverable{State: s, DeadlineAt: &deadline}
			d.Deliverables = []deals.Deliverable{x}
			for _, a := range deliverableActions {
				for side, actor := range map[models.Side]models.Actor{"brand": brand, "creator": creator} {
					_, always := lawful[triple{s, a, side, ""}]
					_, whenLate := lawful[triple{s, a, side, "late"}]
					_, address := lawful[triple{s, a, side, "unproven"}]
					want := always || address || late && whenLate
					if rule := deals.DeliverableTable.Rule(s); late && rule.AtDeadline != "" && (a != deals.ActionEnd || s == deals.Published) {
						want = false
					}
					if got := deals.Allowed(actor, d, x, a, now); got != want {
						t.Errorf("%s (late: %v), %s by %s: %v, wanted %v", s, late, a, side, got, want)
					}
				}
				if deals.Allowed(stranger, d, x, a, now) || deals.Allowed(visitor, d, x, a, now) {
					t.Errorf("a stranger may %s", a)
				}
				if deals.Allowed(finance, d, x, a, now) || deals.Allowed(viewer, d, x, a, now) || deals.PartyOf(finance, 2, 4) != "brand" || deals.PartyOf(viewer, 2, 4) != "brand" {
					t.Errorf("finance and viewers see, and may not %s", a)
				}
			}
		}
	}
	later := now.Add(time.Hour)
	x := deals.Deliverable{State: deals.Review, DeadlineAt: &later}
	if got := deals.Actions(brand, d, x, now); !slices.Equal(got, []deals.Action{deals.ActionApprove, deals.ActionRequestChanges}) {
		t.Errorf("%v", got)
	}
	ended := d
	ended.EndedAt = &now
	if deals.CanEnd(brand, ended, now) || deals.Allowed(brand, ended, x, deals.ActionApprove, now) {
		t.Error("something is left to do in an ended deal")
	}
}
