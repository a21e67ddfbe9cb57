package negotiation_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

func TestAProposalBecomesADeal(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		id := w.Propose(
			terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "2", DueOn: "2026-12-04"},
			terms.DeliverableForm{ContentType: "unboxing", Format: "story", Platform: "instagram", DueOn: "2026-12-10"},
		)
		p, err := w.Negotiations.Get(ctx, w.Creator, id)
		w.Must(err)
		if p.State != negotiation.WithCreator || len(p.Items()) != 3 || p.Items()[2].Format != "story" || p.Items()[1].Number != 2 ||
			p.Latest.Terms.FeeSum() != (models.Money{Minor: 45000, Currency: "EUR"}) || p.Latest.Terms.Rights[0].Days != 30 || p.Brand.Name != "Example Oats" ||
			p.Creator.Handle != w.Star || !p.ExpiresAt.Equal(dealtest.EndOfDay(dealtest.CreatorZone, testkit.ClockStart, 7)) || len(p.Events) != 1 {
			t.Fatalf("%+v", p)
		}
		if !negotiation.Allowed(w.Creator, p, negotiation.ActionAccept, w.Clock.Now()) || negotiation.Allowed(w.Brand, p, negotiation.ActionAccept, w.Clock.Now()) || !negotiation.Allowed(w.Brand, p, negotiation.ActionWithdraw, w.Clock.Now()) {
			t.Error("the buttons are wrong")
		}
		deal, err := w.Negotiations.Accept(ctx, w.Creator, id, 1)
		w.Must(err)
		again, err := w.Negotiations.Accept(ctx, w.Creator, id, 1)
		w.Must(err)
		got := w.Deal(deal)
		if again != deal || got.Negotiation != id || got.State() != deals.DealProduction || len(got.Deliverables) != 3 || got.Zone != "Europe/Brussels" {
			t.Fatalf("%s, %+v", again, got)
		}
		x := got.Deliverables[0]
		if want := time.Date(2026, 12, 4, 23, 0, 0, 0, time.UTC); !x.DueAt.Equal(want) || !x.DeadlineAt.Equal(want.Add(3*dealtest.Day)) || !x.DueNow().Equal(want) {
			t.Errorf("due %v, deadline %v: the day ends in Brussels", x.DueAt, x.DeadlineAt)
		}
		if w.Events() != 2 || w.Jobs("notifications.deliver") != 2 || len(got.Events) != 2 || got.Events[1].Person != "Noor Example" {
			t.Errorf("events: %+v", got.Events)
		}
		p, err = w.Negotiations.Get(ctx, w.Brand, id)
		w.Must(err)
		if p.State != negotiation.Agreed || p.Deal != deal || p.ClosedAt == nil {
			t.Errorf("%+v", p)
		}
	})
}

func TestTheSameFormSendsOneProposal(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		ids := make([]string, 20)
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() {
				sent, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, dealtest.Form(), "one form\x00\xff")
				if err != nil {
					t.Error(err)
				}
				ids[i] = sent.Negotiation
			})
		}
		wg.Wait()
		for _, id := range ids {
			if id == "" || id != ids[0] {
				t.Fatalf("two proposals: %v", ids)
			}
		}
		if w.Events() != 1 || w.Count("SELECT count(*) FROM negotiations") != 1 || w.Count("SELECT count(*) FROM offered_days") != 1 {
			t.Error("more than one was kept")
		}
		other := dealtest.Form()
		other.Fee = "500"
		_, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, other, "one form\x00\xff")
		dealtest.WantCode(t, err, models.CodeConflict)
		_, err = w.Negotiations.Propose(ctx, w.OtherBrand, w.CreatorID, other, "one form\x00\xff")
		w.Must(err) // another brand's form of the same name is another form
	})
}

func TestWhoMayPropose(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), dealtest.New(t, testkit.NewSQLite(t))
	propose := func(a models.Actor, creator string) error {
		_, err := w.Negotiations.Propose(ctx, a, creator, dealtest.Form(), "")
		return err
	}
	dealtest.WantCode(t, propose(models.Actor{}, w.CreatorID), models.CodeSignIn)
	dealtest.WantCode(t, propose(w.OtherStar, w.CreatorID), models.CodeForbidden)
	dealtest.WantCode(t, propose(w.Brand, "nobody"), models.CodeNotFound)
	dealtest.WantCode(t, propose(w.Brand, "x\x00' OR 1=1"), models.CodeNotFound)
	both := models.Actor{PersonID: w.Creator.PersonID, BrandID: w.Brand.BrandID, Role: models.RoleOwner}
	w.Must(w.DB.Read(ctx).Exec("INSERT INTO members (brand_id, person_id, role, created_at) VALUES (?, ?, 'owner', ?)", w.Brand.BrandID, w.Creator.PersonID, w.Clock.Now()).Error)
	dealtest.WantCode(t, propose(both, w.CreatorID), models.CodeForbidden)
	dealtest.WantCode(t, propose(w.Brand, w.CreatorID), models.CodeForbidden)
	if w.Events() != 0 {
		t.Error("something was sent")
	}
	bad := dealtest.Form()
	bad.Product = ""
	_, err := w.Negotiations.Propose(ctx, w.Brand, w.OtherStarID, bad, "")
	dealtest.WantField(t, err, "product", "terms.invalid.product")
}

func TestAnswersToAProposal(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		declined, withdrawn := w.Propose(), w.Propose()
		dealtest.WantField(t, w.Negotiations.Decline(ctx, w.Creator, declined, 1, " \x00 "), "reason", "deals.invalid.reason")
		w.Must(w.Negotiations.Decline(ctx, w.Creator, declined, 1, "Not my\r\ntribe\x00"))
		w.Must(w.Negotiations.Decline(ctx, w.Creator, declined, 1, "Not my\ntribe"))
		dealtest.WantCode(t, w.Negotiations.Decline(ctx, w.Creator, declined, 1, "Too little"), models.CodeConflict)
		dealtest.WantCode(t, w.Negotiations.Withdraw(ctx, w.Brand, declined), models.CodeConflict)
		_, err := w.Negotiations.Accept(ctx, w.Creator, declined, 1)
		dealtest.WantCode(t, err, models.CodeConflict)
		w.Must(w.Negotiations.Withdraw(ctx, w.Brand, withdrawn))
		w.Must(w.Negotiations.Withdraw(ctx, w.Brand, withdrawn))
		_, err = w.Negotiations.Accept(ctx, w.Creator, withdrawn, 1)
		dealtest.WantCode(t, err, models.CodeConflict)
		dealtest.WantCode(t, w.Negotiations.Decline(ctx, w.Brand, withdrawn, 1, "x"), models.CodeConflict)
		open := w.Propose()
		dealtest.WantCode(t, w.Negotiations.Decline(ctx, w.Brand, open, 1, "x"), models.CodeForbidden)
		dealtest.WantCode(t, w.Negotiations.Withdraw(ctx, w.Creator, open), models.CodeForbidden)
		if w.Events() != 5 || w.NegotiationState(declined) != negotiation.Declined || w.NegotiationState(withdrawn) != negotiation.Withdrawn {
			t.Errorf("%d events", w.Events())
		}
		for _, stranger := range []models.Actor{w.OtherBrand, w.OtherStar, {PersonID: 999}} {
			id := w.Propose()
			_, err := w.Negotiations.Get(ctx, stranger, id)
			dealtest.WantCode(t, err, models.CodeNotFound)
			_, err = w.Negotiations.Accept(ctx, stranger, id, 1)
			dealtest.WantCode(t, err, models.CodeNotFound)
			dealtest.WantCode(t, w.Negotiations.Decline(ctx, stranger, id, 1, ""), models.CodeNotFound)
			dealtest.WantCode(t, w.Negotiations.Withdraw(ctx, stranger, id), models.CodeNotFound)
			_, err = w.Negotiations.NewJoinLink(ctx, stranger, id)
			dealtest.WantCode(t, err, models.CodeNotFound)
		}
		_, err = w.Negotiations.Get(ctx, models.Actor{}, declined)
		dealtest.WantCode(t, err, models.CodeSignIn)
		dealtest.WantCode(t, w.Negotiations.Withdraw(ctx, models.Actor{}, "nothing"), models.CodeSignIn)
	})
}

// Fifty clicks at once lead to one result and one line in the history; a yes
// and a no at once lead to one of the two.
func TestRacingAnswers(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		id := w.Propose()
		found := make([]string, 50)
		var wg sync.WaitGroup
		for i := range found {
			wg.Go(func() {
				deal, err := w.Negotiations.Accept(ctx, w.Creator, id, 1)
				if err != nil {
					t.Error(err)
				}
				found[i] = deal
			})
		}
		wg.Wait()
		for _, deal := range found {
			if deal != found[0] {
				t.Fatalf("two deals: %v", found)
			}
		}
		if w.Events() != 2 || w.Count("SELECT count(*) FROM deals") != 1 || w.Count("SELECT count(*) FROM deliverables") != 1 {
			t.Errorf("%d events", w.Events())
		}
		for range 10 {
			id := w.Propose()
			before := w.Events()
			var errs [3]error
			wg.Go(func() { _, errs[0] = w.Negotiations.Accept(ctx, w.Creator, id, 1) })
			wg.Go(func() { errs[1] = w.Negotiations.Decline(ctx, w.Creator, id, 1, "No time") })
			wg.Go(func() { errs[2] = w.Negotiations.Withdraw(ctx, w.Brand, id) })
			wg.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				} else {
					dealtest.WantCode(t, err, models.CodeConflict)
				}
			}
			if won != 1 || w.Events() != before+1 {
				t.Fatalf("%d won, %d events: %v", won, w.Events()-before, errs)
			}
		}
	})
}

func TestAProposalExpires(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		late, swept := w.Propose(), w.Propose()
		w.ForwardTo(dealtest.EndOfDay(dealtest.CreatorZone, testkit.ClockStart, 7).Add(-time.Microsecond))
		if n := w.Sweep(); n != 2 { // the reminders
			t.Fatalf("%d", n)
		}
		w.Clock.Advance(time.Microsecond)
		_, err := w.Negotiations.Accept(ctx, w.Creator, late, 1)
		dealtest.WantCode(t, err, models.CodeConflict)
		if w.NegotiationState(late) != negotiation.Expired || w.Count("SELECT count(*) FROM deals") != 0 {
			t.Error("too late, but agreed")
		}
		p, err := w.Negotiations.Get(ctx, w.Brand, swept)
		w.Must(err)
		if p.State != negotiation.WithCreator || negotiation.Allowed(w.Brand, p, negotiation.ActionWithdraw, w.Clock.Now()) || negotiation.Allowed(w.Creator, p, negotiation.ActionAccept, w.Clock.Now()) {
			t.Error("a button is left after the time")
		}
		if n := w.Sweep(); n != 1 || w.NegotiationState(swept) != negotiation.Expired {
			t.Errorf("%d swept", n)
		}
		if n := w.Sweep(); n != 0 || w.Events() != 4 {
			t.Errorf("%d swept again, %d events", n, w.Events())
		}
		dealtest.WantCode(t, w.Negotiations.Decline(ctx, w.Creator, swept, 1, "No"), models.CodeConflict)
	})
}

func TestAProposalExpiresNoLaterThanItsFirstDueDay(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), dealtest.New(t, testkit.NewSQLite(t))
	id := w.Propose(terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", DueOn: "2026-11-20"})
	p, err := w.Negotiations.Get(ctx, w.Creator, id)
	w.Must(err)
	if want := time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC); !p.ExpiresAt.Equal(want) {
		t.Errorf("expires %v, the day ends %v", p.ExpiresAt, want)
	}
}

func TestALinkForACreatorWhoHasNotJoined(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		_, unclaimed := w.NewCreator("Lou Example", "lou.cooks", "UTC", false)
		sent, err := w.Negotiations.Propose(ctx, w.Brand, unclaimed, dealtest.Form(), "f")
		w.Must(err)
		if sent.JoinSecret == "" || w.Count("SELECT count(*) FROM negotiations WHERE join_hash = ?", sent.JoinSecret) != 0 {
			t.Fatal("the secret itself is kept, or there is none")
		}
		again, err := w.Negotiations.Propose(ctx, w.Brand, unclaimed, dealtest.Form(), "f")
		w.Must(err)
		if again.Negotiation != sent.Negotiation || again.JoinSecret != "" {
			t.Errorf("%+v", again)
		}
		inv, err := w.Negotiations.ByJoinSecret(ctx, sent.JoinSecret)
		w.Must(err)
		if inv.PublicID != sent.Negotiation || inv.Brand.Name != "Example Oats" || inv.Creator.Handle != "lou.cooks" || !inv.IsAnswerable(w.Clock.Now()) || len(inv.Items()) != 1 || inv.Latest.Message == "" {
			t.Errorf("%+v", inv)
		}
		fresh, err := w.Negotiations.NewJoinLink(ctx, w.Brand, sent.Negotiation)
		w.Must(err)
		_, err = w.Negotiations.ByJoinSecret(ctx, sent.JoinSecret)
		dealtest.WantCode(t, err, models.CodeNotFound)
		_, err = w.Negotiations.ByJoinSecret(ctx, fresh)
		w.Must(err)
		_, err = w.Negotiations.ByJoinSecret(ctx, "")
		dealtest.WantCode(t, err, models.CodeNotFound)

		// Lou joins, finds it in the inbox and accepts.
		lou := models.Actor{PersonID: w.OtherStar.PersonID, CreatorID: inv.Creator.ID}
		w.Must(d.Read(ctx).Exec("UPDATE creators SET person_id = NULL WHERE id = ?", w.OtherStar.CreatorID).Error)
		w.Must(d.Read(ctx).Exec("UPDATE creators SET person_id = ? WHERE id = ?", lou.PersonID, lou.CreatorID).Error)
		_, err = w.Negotiations.NewJoinLink(ctx, w.Brand, sent.Negotiation)
		dealtest.WantCode(t, err, models.CodeConflict)
		page, err := w.Negotiations.List(ctx, lou, negotiation.Filter{State: negotiation.WithCreator})
		w.Must(err)
		if len(page.Negotiations) != 1 || page.Negotiations[0].PublicID != sent.Negotiation {
			t.Errorf("%+v", page)
		}
		_, err = w.Negotiations.Accept(ctx, lou, sent.Negotiation, 1)
		w.Must(err)
		p := w.Propose()
		_, err = w.Negotiations.NewJoinLink(ctx, w.Brand, p)
		dealtest.WantCode(t, err, models.CodeConflict)
		_, err = w.Negotiations.NewJoinLink(ctx, w.Creator, p)
		dealtest.WantCode(t, err, models.CodeForbidden)
	})
}
