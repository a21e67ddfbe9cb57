package deals_test

import (
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"tribemarket/models"
	"tribemarket/models/deals"
)

var update = flag.Bool("update", false, "write docs/states.md anew")

func TestStatesAreDocumented(t *testing.T) {
	t.Parallel()
	const path = "../../docs/states.md"
	want := deals.StatesMarkdown()
	if *update {
		if err := os.MkdirAll("../../docs", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Fatalf("docs/states.md is not what the tables say (%v): go generate ./models/deals", err)
	}
}

var allSides = []models.Side{models.SideBrand, models.SideCreator, models.SideSystem}

type triple struct {
	from   deals.State
	action deals.Action
	side   models.Side
	cond   deals.Condition
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
}

var deliverableActions = []deals.Action{
	deals.ActionSubmitDraft, deals.ActionApprove, deals.ActionRequestChanges, deals.ActionPublish, deals.ActionConfirm, deals.ActionRefuse,
	deals.ActionObject, deals.ActionWithdrawObjection, deals.ActionComplete, deals.ActionEnd, deals.ActionEndLate,
}

func TestEveryTripleOfADeliverable(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, s := range deals.DeliverableTable.States() {
		for _, a := range deliverableActions {
			for _, side := range allSides {
				for _, cond := range []deals.Condition{deals.Always, deals.Late, deals.Proven, deals.Unproven} {
					want, ok := lawful[triple{s, a, side, deals.Always}]
					if !ok {
						want, ok = lawful[triple{s, a, side, cond}]
					}
					got, found := deals.DeliverableTable.Next(s, a, side, cond)
					if found != ok || got.Next != want {
						t.Errorf("%s, %s by %s when %q: %s %v, wanted %s %v", s, a, side, cond, got.Next, found, want, ok)
					}
					if found {
						seen++
					}
				}
			}
		}
	}
	rows := 0
	for _, row := range deals.DeliverableTable.Transitions() {
		rows += len(row.By)
	}
	if rows != len(lawful) || seen == 0 {
		t.Errorf("the table has %d triples, the test %d", rows, len(lawful))
	}
}

func TestEveryTripleOfAProposal(t *testing.T) {
	t.Parallel()
	lawful := map[deals.Action]struct {
		side models.Side
		next deals.ProposalState
	}{
		deals.ActionAccept: {"creator", deals.Accepted}, deals.ActionDecline: {"creator", deals.Declined},
		deals.ActionWithdraw: {"brand", deals.Withdrawn}, deals.ActionExpire: {"system", deals.Expired},
	}
	for _, s := range deals.ProposalTable.States() {
		for a, want := range lawful {
			for _, side := range allSides {
				got, ok := deals.ProposalTable.Next(s, a, side, deals.Late)
				if ok != (s == deals.Open && side == want.side) || ok && got.Next != want.next {
					t.Errorf("%s, %s by %s: %s %v", s, a, side, got.Next, ok)
				}
			}
		}
	}
}

// No state is a dead end: from each one the deal can be completed or ended,
// each side alone can bring that about, and without anybody's doing a day comes
// at which something happens or may be done.
func TestNoStateIsADeadEnd(t *testing.T) {
	t.Parallel()
	table := deals.DeliverableTable
	reach := func(from deals.State, use func(deals.Transition[deals.State]) bool) []deals.State {
		found := []deals.State{from}
		for i := 0; i < len(found); i++ {
			for _, row := range table.Transitions() {
				if row.From == found[i] && use(row) && !slices.Contains(found, row.Next) {
					found = append(found, row.Next)
				}
			}
		}
		return found
	}
	for _, s := range table.States() {
		rule := table.Rule(s)
		if rule.Final() {
			if len(reach(s, func(deals.Transition[deals.State]) bool { return true })) != 1 || rule.Waits != "" {
				t.Errorf("%s is final and yet goes on", s)
			}
			continue
		}
		playing := reach(s, func(r deals.Transition[deals.State]) bool {
			return r.Action != deals.ActionEnd && r.Action != deals.ActionEndLate
		})
		if !slices.Contains(playing, deals.Completed) {
			t.Errorf("%s never completes", s)
		}
		for _, side := range []models.Side{models.SideBrand, models.SideCreator} {
			alone := reach(s, func(r deals.Transition[deals.State]) bool {
				return slices.Contains(r.By, side) || slices.Contains(r.By, models.SideSystem)
			})
			if !slices.ContainsFunc(alone, func(s deals.State) bool { return table.Rule(s).Final() }) {
				t.Errorf("in %s the %s is stuck", s, side)
			}
		}
		if rule.Waits != models.SideBrand && rule.Waits != models.SideCreator {
			t.Errorf("%s waits for nobody", s)
		}
		if late := table.MayEndLate(s); (rule.AtDeadline == "") == (len(late) == 0) {
			t.Errorf("%s: at its deadline the system does %q, and %v may end it", s, rule.AtDeadline, late)
		}
		if rule.AtDeadline != "" {
			if _, ok := table.Next(s, rule.AtDeadline, models.SideSystem, deals.Late); !ok {
				t.Errorf("%s: the system cannot %s", s, rule.AtDeadline)
			}
		}
		if len(table.Actions(s, rule.Waits)) == 0 {
			t.Errorf("%s waits for the %s, who can do nothing", s, rule.Waits)
		}
	}
}

// The same click twice is known by the action no longer being possible.
func TestNoActionLeadsToWhereItIsPossibleAgain(t *testing.T) {
	t.Parallel()
	for _, row := range deals.DeliverableTable.Transitions() {
		for _, side := range row.By {
			if _, again := deals.DeliverableTable.Next(row.Next, row.Action, side, deals.Proven, deals.Unproven); again {
				t.Errorf("%s by %s from %s can be done again at once", row.Action, side, row.From)
			}
		}
	}
}

func TestDeadlines(t *testing.T) {
	t.Parallel()
	entered := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	soon, far := entered.Add(day), entered.Add(30*day)
	for _, c := range []struct {
		state    deals.State
		agreed   time.Time
		deadline time.Time
	}{
		{deals.Drafting, far, far.Add(3 * day)},
		{deals.Drafting, soon, soon.Add(3 * day)},
		{deals.Review, far, entered.Add(5 * day)},
		{deals.Changes, far, far.Add(7 * day)},
		{deals.Changes, soon, entered.Add(10 * day)},
		{deals.Approved, far, far.Add(7 * day)},
		{deals.Approved, soon, entered.Add(9 * day)},
		{deals.Claimed, far, entered.Add(5 * day)},
		{deals.Published, soon, entered.Add(7 * day)},
		{deals.Objected, soon, entered.Add(7 * day)},
		{deals.Completed, soon, time.Time{}},
		{deals.Ended, soon, time.Time{}},
	} {
		if got := deals.DeliverableTable.Rule(c.state).Deadline(deals.Moments{Entered: entered, Agreed: c.agreed}); !got.Equal(c.deadline) {
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
				if deals.Allowed(finance, d, x, a, now) || deals.Allowed(viewer, d, x, a, now) || !d.CanSee(finance) || !d.CanSee(viewer) {
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
