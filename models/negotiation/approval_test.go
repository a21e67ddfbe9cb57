package negotiation_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
	"tribemarket/models/notifications"
)

// office is a table whose brand has an owner, who approves what is worth more than 500 EUR,
// and a manager.
type office struct {
	*table
	manager models.Actor
}

func newOffice(t *testing.T, d *db.DB) *office {
	x := &office{table: newTable(t, d)}
	x.manager = x.colleague("Mo", models.RoleManager)
	x.setRule(x.Brand.PersonID, 50000, "EUR")
	return x
}

func (x *office) colleague(name string, role models.Role) models.Actor {
	x.T.Helper()
	now := x.Clock.Now()
	email := strings.ToLower(name) + models.NewPublicID() + "@oats.example"
	p := accounts.Person{Name: name, Email: &email, EmailConfirmedAt: &now, Locale: "en", Zone: dealtest.BrandZone, CreatedAt: now}
	x.Create(&p)
	x.Create(&accounts.Member{BrandID: x.Brand.BrandID, PersonID: p.ID, Role: role, CreatedAt: now})
	return models.Actor{PersonID: p.ID, BrandID: x.Brand.BrandID, Role: role}
}

func (x *office) setRule(approver, minor int64, currency string) {
	x.T.Helper()
	exec(x.World, "UPDATE brands SET approver_id = ?, approval_minor = ?, approval_currency = ? WHERE id = ?", approver, minor, currency, x.Brand.BrandID)
}

func (x *office) propose(a models.Actor, key, fee string) negotiation.Sent {
	x.T.Helper()
	sent, err := x.Negotiations.Propose(context.Background(), a, x.CreatorID, x.form(fee), key)
	x.Must(err)
	return sent
}

func (x *office) held(id string) negotiation.HeldProposal {
	x.T.Helper()
	h, err := x.Negotiations.GetHeldProposal(context.Background(), x.manager, id)
	x.Must(err)
	return h
}

func (x *office) send(a models.Actor, id string) (negotiation.Sent, error) {
	return x.Negotiations.SendHeldProposal(context.Background(), a, id, x.held(id).Version)
}

func (x *office) refuse(a models.Actor, id, reason string) error {
	return x.Negotiations.RefuseHeldProposal(context.Background(), a, id, x.held(id).Version, reason)
}

// wantHeld fails unless a verb has held what it should have sent, and returns its public id.
func wantHeld(t *testing.T, err error) string {
	t.Helper()
	var asked *negotiation.ApprovalAsked
	if !errors.As(err, &asked) {
		t.Fatalf("%v, wanted it to be held", err)
	}
	return asked.Held
}

// told lists who is notified by the latest notification, and of what.
func (x *office) told() (to []int64, action negotiation.Action) {
	x.T.Helper()
	ctx := context.Background()
	var e notifications.Event
	x.Must(x.DB.Read(ctx).Order("id DESC").Limit(1).Find(&e).Error)
	if e.Kind != notifications.DealApproval {
		return nil, ""
	}
	answer, err := x.Negotiations.HeldReceivers(ctx, e)
	x.Must(err)
	for _, c := range answer.To {
		to = append(to, c.PersonID)
	}
	a, _ := answer.Content.(negotiation.HeldAnnouncement)
	return to, a.Action
}

func (x *office) wantTold(action negotiation.Action, to ...int64) {
	x.T.Helper()
	if got, what := x.told(); !slices.Equal(got, to) || what != action {
		x.T.Errorf("told are %v of %q, wanted %v of %q", got, what, to, action)
	}
}

func TestWhatCountsTowardsApproval(t *testing.T) {
	t.Parallel()
	rule := accounts.Approval{Above: models.Money{Minor: 50000, Currency: "EUR"}, ApproverID: 7, Active: true}
	gone := rule
	gone.Active = false
	open := models.Money{Minor: 0, Currency: "EUR"}
	free := accounts.Approval{Above: open, ApproverID: 7, Active: true}
	for name, c := range map[string]struct {
		rule  accounts.Approval
		actor models.Actor
		worth int64
		money string
		known bool
		want  bool
	}{
		"at the amount":                      {rule, models.Actor{PersonID: 1, Role: models.RoleManager}, 50000, "EUR", true, false},
		"above it":                           {rule, models.Actor{PersonID: 1, Role: models.RoleManager}, 50001, "EUR", true, true},
		"an owner who does not approve":      {rule, models.Actor{PersonID: 1, Role: models.RoleOwner}, 50001, "EUR", true, true},
		"another currency":                   {rule, models.Actor{PersonID: 1, Role: models.RoleManager}, 1, "USD", true, true},
		"of unknown worth":                   {rule, models.Actor{PersonID: 1, Role: models.RoleManager}, 0, "EUR", false, true},
		"who approves":                       {rule, models.Actor{PersonID: 7, Role: models.RoleManager}, 90000, "USD", false, false},
		"who approves, through an agency":    {rule, models.Actor{PersonID: 7, AgencyID: 3, Role: models.RoleManager}, 90000, "EUR", true, true},
		"who approved and left, an owner":    {gone, models.Actor{PersonID: 1, Role: models.RoleOwner}, 90000, "EUR", true, false},
		"who approved and left, a manager":   {gone, models.Actor{PersonID: 7, Role: models.RoleManager}, 90000, "EUR", true, true},
		"an owner through an agency instead": {gone, models.Actor{PersonID: 1, AgencyID: 3, Role: models.RoleOwner}, 90000, "EUR", true, true},
		"no rule":                            {accounts.Approval{}, models.Actor{PersonID: 1, Role: models.RoleManager}, 90000, "EUR", false, false},
		"everything":                         {free, models.Actor{PersonID: 1, Role: models.RoleManager}, 1, "EUR", true, true},
	} {
		if got := c.rule.IsNeeded(c.actor, models.Money{Minor: c.worth, Currency: c.money}, c.known); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAnOfferAboveTheAmountWaitsForApproval(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newOffice(t, d)
		events := x.Events()
		sent := x.propose(x.manager, "big", "900")
		if again := x.propose(x.manager, "big", "900"); sent.Held == "" || sent.Negotiation != "" || !sent.Asked || again.Held != sent.Held {
			t.Fatalf("%+v, then %+v", sent, again)
		}
		x.wantTold(negotiation.ActionAsk, x.Brand.PersonID)
		h := x.held(sent.Held)
		if h.State != negotiation.HeldAsked || h.Writer != "Mo" || !h.Deadline.Equal(dealtest.EndOfDay(dealtest.BrandZone, x.Clock.Now(), negotiation.ApprovalDays)) || h.Terms.Fee.Content != 90000 {
			t.Errorf("%+v", h)
		}
		if n := x.Count("SELECT count(*) FROM notification_events WHERE kind = ?", notifications.DealApproval); n != 1 {
			t.Errorf("asked %d times", n)
		}
		_, err := x.send(x.manager, sent.Held)
		wantConflict(t, err, "negotiation.held.error.asked")
		dealtest.WantCode(t, x.refuse(x.manager, sent.Held, "Too much"), models.CodeForbidden)
		for _, stranger := range []models.Actor{x.Creator, x.OtherBrand} {
			_, err := x.send(stranger, sent.Held)
			dealtest.WantCode(t, err, models.CodeNotFound)
			dealtest.WantCode(t, x.refuse(stranger, sent.Held, "Too much"), models.CodeNotFound)
			_, err = x.Negotiations.Get(t.Context(), stranger, sent.Held)
			dealtest.WantCode(t, err, models.CodeNotFound)
		}
		if x.Events() != events || x.Count("SELECT count(*) FROM negotiations WHERE brand_id = ?", x.Brand.BrandID) != 1 {
			t.Error("something was sent")
		}
		counts, err := x.Negotiations.CountHeldProposals(t.Context(), x.Brand)
		if mine, err2 := x.Negotiations.CountHeldProposals(t.Context(), x.manager); err != nil || err2 != nil || counts != (negotiation.HeldCounts{Unsent: 1, ToApprove: 1}) || mine != (negotiation.HeldCounts{Unsent: 1}) {
			t.Errorf("%+v, %+v, %v, %v", counts, mine, err, err2)
		}

		approved, err := x.send(x.Brand, sent.Held)
		x.Must(err)
		if again, err := x.send(x.Brand, sent.Held); err != nil || again.Negotiation != approved.Negotiation || approved.Negotiation != sent.Held {
			t.Errorf("%+v, then %+v, %v", approved, again, err)
		}
		x.wantToldOf("approve", x.manager.PersonID)
		n, err := x.Negotiations.Get(t.Context(), x.Creator, sent.Held)
		x.Must(err)
		if n.State != negotiation.WithCreator || !n.ExpiresAt.Equal(dealtest.EndOfDay(dealtest.CreatorZone, x.Clock.Now(), 7)) || x.Events() != events+1 {
			t.Errorf("%+v", n)
		}
		wantConflict(t, x.refuse(x.Brand, sent.Held, "Too late"), "negotiation.held.error.changed")
		wantConflict(t, x.Negotiations.RemoveHeldProposal(t.Context(), x.manager, sent.Held), "negotiation.held.error.changed")
		if all, err := x.Negotiations.ListHeldProposals(t.Context(), x.manager); err != nil || len(all) != 0 {
			t.Errorf("%d held, %v", len(all), err)
		}
		// What is not above, and what those who approve offer themselves, is sent at once.
		if small, own := x.propose(x.manager, "small", "500"), x.propose(x.Brand, "own", "900"); small.Negotiation == "" || own.Negotiation == "" {
			t.Errorf("%+v, %+v", small, own)
		}
	})
}

// wantToldOf fails unless somebody is told of an action by some notification.
func (x *office) wantToldOf(action negotiation.Action, to int64) {
	x.T.Helper()
	ctx := context.Background()
	var all []notifications.Event
	x.Must(x.DB.Read(ctx).Where("kind = ?", notifications.DealApproval).Find(&all).Error)
	for _, e := range all {
		answer, err := x.Negotiations.HeldReceivers(ctx, e)
		x.Must(err)
		if a, ok := answer.Content.(negotiation.HeldAnnouncement); ok && a.Action == action && len(answer.To) == 1 && answer.To[0].PersonID == to {
			return
		}
	}
	x.T.Errorf("nobody is told of %q", action)
}

func TestARefusedOfferIsChangedAndAskedAboutAgain(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newOffice(t, d)
		sent := x.propose(x.manager, "big", "900")
		dealtest.WantField(t, x.refuse(x.Brand, sent.Held, " "), "reason", "deals.invalid.reason")
		for range 2 {
			x.Must(x.refuse(x.Brand, sent.Held, "Ask for less"))
		}
		x.wantTold(negotiation.ActionRefuse, x.manager.PersonID)
		if h := x.held(sent.Held); h.State != negotiation.HeldRefused || h.Refusal != "Ask for less" || h.Deadline != nil {
			t.Errorf("%+v", h)
		}
		for _, a := range []models.Actor{x.manager, x.Brand} {
			_, err := x.send(a, sent.Held)
			wantConflict(t, err, "negotiation.held.error.refused")
		}
		if again := x.propose(x.manager, "big", "900"); again.Held != sent.Held {
			t.Errorf("the same form is %+v", again)
		}
		// Another amount is another question, in place of the first.
		form := x.form("800")
		form.Instead = sent.Held
		shown := x.held(sent.Held)
		for range 2 {
			other, err := x.Negotiations.Propose(t.Context(), x.manager, x.CreatorID, form, "other")
			x.Must(err)
			if h := x.held(other.Held); other.Held != sent.Held || h.State != negotiation.HeldAsked || h.Terms.Fee.Content != 80000 || h.Refusal != "" || h.Deadline == nil {
				t.Errorf("%+v, %+v", other, h)
			}
		}
		x.wantTold(negotiation.ActionAsk, x.Brand.PersonID)
		// Nobody approves or refuses what they were not shown.
		_, err := x.Negotiations.SendHeldProposal(t.Context(), x.Brand, sent.Held, shown.Version)
		wantConflict(t, err, "negotiation.held.error.changed")
		wantConflict(t, x.Negotiations.RefuseHeldProposal(t.Context(), x.Brand, sent.Held, shown.Version, "Still too much"), "negotiation.held.error.changed")
		// And one that is not above the amount any more is sent.
		form = x.form("500")
		form.Instead = sent.Held
		if small, err := x.Negotiations.Propose(t.Context(), x.manager, x.CreatorID, form, "small"); err != nil || small.Negotiation != sent.Held || x.held(sent.Held).State != negotiation.HeldSent {
			t.Errorf("%+v, %v", small, err)
		}
		if all, err := x.Negotiations.ListHeldProposals(t.Context(), x.manager); err != nil || len(all) != 0 {
			t.Errorf("%d held, %v", len(all), err)
		}
		x.OtherBrand.Role = models.RoleOwner
		kept := x.propose(x.manager, "kept", "900")
		form = dealtest.Form()
		form.Instead = kept.Held
		_, err = x.Negotiations.Propose(t.Context(), x.OtherBrand, x.CreatorID, form, "theirs")
		x.Must(err)
		x.held(kept.Held) // a stranger's form takes nothing away
	})
}

func TestNobodyIsBoundBeforeApproval(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newOffice(t, d)
		// An acceptance.
		x.Must(x.counter(x.Creator, 1, "900"))
		events := x.Events()
		held := wantHeld(t, x.accept(x.manager, 2))
		if again := wantHeld(t, x.accept(x.manager, 2)); again != held {
			t.Errorf("the second click is %s, not %s", again, held)
		}
		if h := x.held(held); h.Action != negotiation.ActionAccept || h.AnswersTo != 2 || h.Negotiation != x.id || h.Terms.Fee.Content != 90000 || h.State != negotiation.HeldAsked {
			t.Errorf("%+v", h)
		}
		x.wantTold(negotiation.ActionAsk, x.Brand.PersonID)
		if n := x.get(x.Creator); n.State != negotiation.WithBrand || len(n.Offers) != 2 || x.Events() != events || x.Count("SELECT count(*) FROM deals") != 0 {
			t.Errorf("%s, %d events", n.State, x.Events()-events)
		}
		beside, err := x.Negotiations.FindHeldAnswer(t.Context(), x.manager, x.get(x.manager))
		if theirs, err2 := x.Negotiations.FindHeldAnswer(t.Context(), x.Creator, x.get(x.Creator)); err != nil || err2 != nil || beside == nil || beside.PublicID != held || theirs != nil {
			t.Errorf("%+v, %+v, %v, %v", beside, theirs, err, err2)
		}
		// A counter-offer takes its place, and one in its place of the same form says the same.
		answer := x.answer(2, "800")
		answer.Form.Message = "Our best"
		_, err = x.Negotiations.Counter(t.Context(), x.manager, x.id, answer)
		counter := wantHeld(t, err)
		_, err = x.Negotiations.Counter(t.Context(), x.manager, x.id, answer)
		if again := wantHeld(t, err); again != counter {
			t.Errorf("the second click is %s, not %s", again, counter)
		}
		changed := answer
		changed.Form.Fee = "850"
		_, err = x.Negotiations.Counter(t.Context(), x.manager, x.id, changed)
		wantConflict(t, err, "negotiation.error.sent_already")
		if h := x.held(held); counter != held || h.Action != negotiation.ActionCounter || h.Terms.Fee.Content != 80000 || h.Message != "Our best" {
			t.Errorf("in its place is %s, %+v", counter, h)
		}
		sent, err := x.send(x.Brand, counter)
		x.Must(err)
		n := x.get(x.Creator)
		if sent.Negotiation != x.id || n.State != negotiation.WithCreator || n.Latest.Number != 3 || n.Latest.Terms.Fee.Content != 80000 || n.Latest.Message != "Our best" {
			t.Errorf("%+v", n.Latest)
		}
		x.wantToldOf(negotiation.ActionApprove, x.manager.PersonID)
		if again, err := x.send(x.Brand, counter); err != nil || again.Negotiation != x.id || len(x.get(x.Creator).Offers) != 3 {
			t.Errorf("sent again: %+v, %v", again, err)
		}
		// A replacement.
		x.Clock.Advance(2 * dealtest.Day)
		replacement := wantHeld(t, x.replace(x.manager, 3, "950"))
		if len(x.get(x.Creator).Offers) != 3 {
			t.Error("it was sent")
		}
		// What it answers changes: it lapses, and nothing of it can be sent any more.
		x.Must(x.counter(x.Creator, 3, "990"))
		if h := x.held(replacement); h.State != negotiation.HeldLapsed {
			t.Errorf("%+v", h)
		}
		_, err = x.send(x.Brand, replacement)
		dealtest.WantCode(t, err, models.CodeConflict)
		// Whoever approves accepts in person: what was asked is answered.
		yes := wantHeld(t, x.accept(x.manager, 4))
		x.Must(x.accept(x.Brand, 4))
		if h := x.held(yes); h.State != negotiation.HeldSent || x.get(x.Creator).State != negotiation.Agreed {
			t.Errorf("%+v", h)
		}
		x.Must(x.accept(x.manager, 4)) // what is agreed is agreed
	})
}

func TestAPitchIsAcceptedWithApproval(t *testing.T) {
	t.Parallel()
	x := newOffice(t, testkit.NewSQLite(t))
	x.Must(x.Negotiations.Withdraw(t.Context(), x.Brand, x.id))
	form := x.form("900")
	id, err := x.Negotiations.Pitch(t.Context(), x.Creator, x.brandPublicID(), form, words(), "pitch")
	x.Must(err)
	x.id = id
	held := wantHeld(t, x.accept(x.manager, 1))
	if x.Count("SELECT count(*) FROM deals") != 0 {
		t.Fatal("it is agreed")
	}
	_, err = x.send(x.Brand, held)
	x.Must(err)
	if x.get(x.Creator).State != negotiation.Agreed {
		t.Error("it is not agreed")
	}
}

func (x *office) brandPublicID() (id string) {
	x.T.Helper()
	x.Must(x.DB.Read(context.Background()).Raw("SELECT public_id FROM brands WHERE id = ?", x.Brand.BrandID).Scan(&id).Error)
	return id
}

func TestApprovalHasItsTime(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newOffice(t, d)
		x.Must(x.Negotiations.Withdraw(t.Context(), x.Brand, x.id))
		sent := x.propose(x.manager, "big", "900")
		deadline := *x.held(sent.Held).Deadline
		x.ForwardTo(deadline.Add(-dealtest.Day))
		if n := x.Sweep(); n != 1 || x.Jobs("workflow.remind") != 1 {
			t.Errorf("%d swept, %d reminders", n, x.Jobs("workflow.remind"))
		}
		x.ForwardTo(deadline)
		_, err := x.send(x.Brand, sent.Held) // too late, although the sweep has not been here
		wantConflict(t, err, "negotiation.held.error.changed")
		if n := x.Sweep(); n != 0 || x.held(sent.Held).State != negotiation.HeldLapsed || x.Count("SELECT count(*) FROM negotiations WHERE brand_id = ?", x.Brand.BrandID) != 1 {
			t.Errorf("%d swept, %s", n, x.held(sent.Held).State)
		}
		x.wantTold(negotiation.ActionLapse, x.manager.PersonID)
		again, err := x.send(x.manager, sent.Held)
		x.Must(err)
		if h := x.held(sent.Held); again.Held != sent.Held || h.State != negotiation.HeldAsked || !h.Deadline.Equal(dealtest.EndOfDay(dealtest.BrandZone, x.Clock.Now(), negotiation.ApprovalDays)) {
			t.Errorf("%+v, %+v", again, h)
		}
		// Of an answer, the time is over with the offer that it answers.
		y := newOffice(t, d)
		y.Must(y.counter(y.Creator, 1, "900"))
		y.Clock.Advance(4 * dealtest.Day)
		held := wantHeld(t, y.accept(y.manager, 2))
		expires := y.get(y.Brand).ExpiresAt
		if h := y.held(held); !h.Deadline.Equal(expires) {
			t.Errorf("until %v, the offer expires %v", h.Deadline, expires)
		}
		y.ForwardTo(expires)
		y.Sweep()
		if h := y.held(held); h.State != negotiation.HeldLapsed || y.get(y.Creator).State != negotiation.Expired {
			t.Errorf("%s", h.State)
		}
		_, err = y.send(y.Brand, held)
		dealtest.WantCode(t, err, models.CodeConflict)
	})
}

func TestOwnersApproveOnceTheApproverHasLeft(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newOffice(t, d)
		head := x.colleague("Ha", models.RoleManager)
		x.setRule(head.PersonID, 50000, "EUR")
		first := x.propose(x.manager, "first", "900")
		x.wantTold(negotiation.ActionAsk, head.PersonID)
		_, err := x.send(x.Brand, first.Held) // the owner is not asked
		wantConflict(t, err, "negotiation.held.error.asked")
		exec(x.World, "UPDATE members SET role = 'viewer' WHERE person_id = ?", head.PersonID)
		head.Role = models.RoleViewer
		dealtest.WantCode(t, x.refuse(head, first.Held, "No"), models.CodeForbidden)
		second := x.propose(x.manager, "second", "900")
		x.wantTold(negotiation.ActionAsk, x.Brand.PersonID)
		for _, held := range []string{first.Held, second.Held} {
			if sent, err := x.send(x.Brand, held); err != nil || sent.Negotiation == "" {
				t.Errorf("%+v, %v", sent, err)
			}
		}
		// Without the rule, nothing has to be approved, and what was asked is sent by anybody.
		exec(x.World, "UPDATE members SET role = 'manager' WHERE person_id = ?", head.PersonID)
		third := x.propose(x.manager, "third", "900")
		x.setRule(x.Brand.PersonID, 0, "")
		sent, err := x.send(x.manager, third.Held)
		if x.Must(err); sent.Negotiation != third.Held {
			t.Errorf("%+v", sent)
		}
	})
}

// What is written before the address is confirmed is asked about once it is.
func TestAnUnconfirmedOfferAboveTheAmountIsAskedAbout(t *testing.T) {
	t.Parallel()
	x := newOffice(t, testkit.NewSQLite(t))
	exec(x.World, "UPDATE people SET email_confirmed_at = NULL WHERE id = ?", x.manager.PersonID)
	sent := x.propose(x.manager, "big", "900")
	if h := x.held(sent.Held); h.State != negotiation.HeldUnconfirmed || sent.Asked {
		t.Fatalf("%+v", h)
	}
	exec(x.World, "UPDATE people SET email_confirmed_at = created_at WHERE id = ?", x.manager.PersonID)
	x.Must(x.Negotiations.SendHeldProposals(t.Context(), x.manager.PersonID))
	if h := x.held(sent.Held); h.State != negotiation.HeldAsked {
		t.Errorf("%+v", h)
	}
	x.wantTold(negotiation.ActionAsk, x.Brand.PersonID)
}
