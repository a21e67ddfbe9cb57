package deals_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
)

func fieldsOf(err error) models.Fields {
	var e *models.Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

func TestAProposalBecomesADeal(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		id := w.propose(
			deals.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "2", DueOn: "2026-12-04"},
			deals.DeliverableForm{ContentType: "unboxing", Format: "story", Platform: "instagram", DueOn: "2026-12-10"},
		)
		p, err := w.store.GetProposal(ctx, w.creator, id)
		w.must(err)
		if p.State != deals.Open || len(p.Items) != 3 || p.Items[2].Format != "story" || p.Items[1].Number != 2 ||
			p.Terms.Fee != (models.Money{Minor: 45000, Currency: "EUR"}) || p.Terms.UsageDays != 30 || p.Brand.Name != "Example Oats" ||
			p.Creator.Handle != w.star || !p.ExpiresAt.Equal(endOfDay(creatorZone, testkit.ClockStart, 7)) || len(p.Events) != 1 {
			t.Fatalf("%+v", p)
		}
		if !deals.CanAccept(w.creator, p, w.clock.Now()) || deals.CanAccept(w.brand, p, w.clock.Now()) || !deals.CanWithdraw(w.brand, p, w.clock.Now()) {
			t.Error("the buttons are wrong")
		}
		deal, err := w.store.Accept(ctx, w.creator, id)
		w.must(err)
		again, err := w.store.Accept(ctx, w.creator, id)
		w.must(err)
		got := w.deal(deal)
		if again != deal || got.Proposal != id || got.State() != deals.DealProduction || len(got.Deliverables) != 3 || got.Zone != "Europe/Brussels" {
			t.Fatalf("%s, %+v", again, got)
		}
		x := got.Deliverables[0]
		if want := time.Date(2026, 12, 4, 23, 0, 0, 0, time.UTC); !x.DueAt.Equal(want) || !x.DeadlineAt.Equal(want.Add(3*day)) || !x.DueNow().Equal(want) {
			t.Errorf("due %v, deadline %v: the day ends in Brussels", x.DueAt, x.DeadlineAt)
		}
		if w.events() != 2 || w.jobs("notifications.deliver") != 2 || len(got.Events) != 2 || got.Events[1].Person != "Noor Example" {
			t.Errorf("events: %+v", got.Events)
		}
		p, err = w.store.GetProposal(ctx, w.brand, id)
		w.must(err)
		if p.State != deals.Accepted || p.Deal != deal || p.ClosedAt == nil {
			t.Errorf("%+v", p)
		}
	})
}

func TestTheSameFormSendsOneProposal(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		ids := make([]string, 20)
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() {
				sent, err := w.store.Propose(ctx, w.brand, w.creatorID, form(), "one form\x00\xff")
				if err != nil {
					t.Error(err)
				}
				ids[i] = sent.Proposal
			})
		}
		wg.Wait()
		for _, id := range ids {
			if id == "" || id != ids[0] {
				t.Fatalf("two proposals: %v", ids)
			}
		}
		if w.events() != 1 || w.count("SELECT count(*) FROM proposals") != 1 || w.count("SELECT count(*) FROM proposal_deliverables") != 1 {
			t.Error("more than one was kept")
		}
		other := form()
		other.Fee = "500"
		_, err := w.store.Propose(ctx, w.brand, w.creatorID, other, "one form\x00\xff")
		wantCode(t, err, models.CodeConflict)
		_, err = w.store.Propose(ctx, w.otherBrand, w.creatorID, other, "one form\x00\xff")
		w.must(err) // another brand's form of the same name is another form
	})
}

func TestWhoMayPropose(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newWorld(t, testkit.NewSQLite(t))
	propose := func(a models.Actor, creator string) error {
		_, err := w.store.Propose(ctx, a, creator, form(), "")
		return err
	}
	wantCode(t, propose(models.Actor{}, w.creatorID), models.CodeSignIn)
	wantCode(t, propose(w.otherStar, w.creatorID), models.CodeForbidden)
	wantCode(t, propose(w.brand, "nobody"), models.CodeNotFound)
	wantCode(t, propose(w.brand, "x\x00' OR 1=1"), models.CodeNotFound)
	both := models.Actor{PersonID: w.creator.PersonID, BrandID: w.brand.BrandID, Role: models.RoleOwner}
	w.must(w.db.Read(ctx).Exec("INSERT INTO members (brand_id, person_id, role, created_at) VALUES (?, ?, 'owner', ?)", w.brand.BrandID, w.creator.PersonID, w.clock.Now()).Error)
	wantCode(t, propose(both, w.creatorID), models.CodeForbidden)
	wantCode(t, propose(w.brand, w.creatorID), models.CodeForbidden)
	if w.events() != 0 {
		t.Error("something was sent")
	}
	bad := form()
	bad.Product = ""
	_, err := w.store.Propose(ctx, w.brand, w.otherStarID, bad, "")
	wantField(t, err, "product", "deals.invalid.product")
}

func TestAnswersToAProposal(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		declined, withdrawn := w.propose(), w.propose()
		wantField(t, w.store.Decline(ctx, w.creator, declined, " \x00 "), "reason", "deals.invalid.reason")
		w.must(w.store.Decline(ctx, w.creator, declined, "Not my\r\ntribe\x00"))
		w.must(w.store.Decline(ctx, w.creator, declined, "Not my\ntribe"))
		wantCode(t, w.store.Decline(ctx, w.creator, declined, "Too little"), models.CodeConflict)
		wantCode(t, w.store.Withdraw(ctx, w.brand, declined), models.CodeConflict)
		_, err := w.store.Accept(ctx, w.creator, declined)
		wantCode(t, err, models.CodeConflict)
		w.must(w.store.Withdraw(ctx, w.brand, withdrawn))
		w.must(w.store.Withdraw(ctx, w.brand, withdrawn))
		_, err = w.store.Accept(ctx, w.creator, withdrawn)
		wantCode(t, err, models.CodeConflict)
		wantCode(t, w.store.Decline(ctx, w.brand, withdrawn, "x"), models.CodeForbidden)
		if w.events() != 4 || w.proposalState(declined) != deals.Declined || w.proposalState(withdrawn) != deals.Withdrawn {
			t.Errorf("%d events", w.events())
		}
		for _, stranger := range []models.Actor{w.otherBrand, w.otherStar, {PersonID: 999}} {
			id := w.propose()
			_, err := w.store.GetProposal(ctx, stranger, id)
			wantCode(t, err, models.CodeNotFound)
			_, err = w.store.Accept(ctx, stranger, id)
			wantCode(t, err, models.CodeNotFound)
			wantCode(t, w.store.Decline(ctx, stranger, id, ""), models.CodeNotFound)
			wantCode(t, w.store.Withdraw(ctx, stranger, id), models.CodeNotFound)
			_, err = w.store.NewJoinLink(ctx, stranger, id)
			wantCode(t, err, models.CodeNotFound)
		}
		_, err = w.store.GetProposal(ctx, models.Actor{}, declined)
		wantCode(t, err, models.CodeSignIn)
		wantCode(t, w.store.Withdraw(ctx, models.Actor{}, "nothing"), models.CodeSignIn)
	})
}

// Fifty clicks at once lead to one result and one line in the history; a yes
// and a no at once lead to one of the two.
func TestRacingAnswers(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		id := w.propose()
		found := make([]string, 50)
		var wg sync.WaitGroup
		for i := range found {
			wg.Go(func() {
				deal, err := w.store.Accept(ctx, w.creator, id)
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
		if w.events() != 2 || w.count("SELECT count(*) FROM deals") != 1 || w.count("SELECT count(*) FROM deliverables") != 1 {
			t.Errorf("%d events", w.events())
		}
		for range 10 {
			id := w.propose()
			before := w.events()
			var errs [3]error
			wg.Go(func() { _, errs[0] = w.store.Accept(ctx, w.creator, id) })
			wg.Go(func() { errs[1] = w.store.Decline(ctx, w.creator, id, "No time") })
			wg.Go(func() { errs[2] = w.store.Withdraw(ctx, w.brand, id) })
			wg.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				} else {
					wantCode(t, err, models.CodeConflict)
				}
			}
			if won != 1 || w.events() != before+1 {
				t.Fatalf("%d won, %d events: %v", won, w.events()-before, errs)
			}
		}
	})
}

func TestAProposalExpires(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		late, swept := w.propose(), w.propose()
		w.forwardTo(endOfDay(creatorZone, testkit.ClockStart, 7).Add(-time.Microsecond))
		if n := w.sweep(); n != 2 { // the reminders
			t.Fatalf("%d", n)
		}
		w.clock.Advance(time.Microsecond)
		_, err := w.store.Accept(ctx, w.creator, late)
		wantCode(t, err, models.CodeConflict)
		if w.proposalState(late) != deals.Expired || w.count("SELECT count(*) FROM deals") != 0 {
			t.Error("too late, but agreed")
		}
		p, err := w.store.GetProposal(ctx, w.brand, swept)
		w.must(err)
		if p.State != deals.Open || deals.CanWithdraw(w.brand, p, w.clock.Now()) || deals.CanAccept(w.creator, p, w.clock.Now()) {
			t.Error("a button is left after the time")
		}
		if n := w.sweep(); n != 1 || w.proposalState(swept) != deals.Expired {
			t.Errorf("%d swept", n)
		}
		if n := w.sweep(); n != 0 || w.events() != 4 {
			t.Errorf("%d swept again, %d events", n, w.events())
		}
		wantCode(t, w.store.Decline(ctx, w.creator, swept, "No"), models.CodeConflict)
	})
}

func TestAProposalExpiresNoLaterThanItsFirstDueDay(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newWorld(t, testkit.NewSQLite(t))
	id := w.propose(deals.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", DueOn: "2026-11-20"})
	p, err := w.store.GetProposal(ctx, w.creator, id)
	w.must(err)
	if want := time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC); !p.ExpiresAt.Equal(want) {
		t.Errorf("expires %v, the day ends %v", p.ExpiresAt, want)
	}
}

func TestALinkForACreatorWhoHasNotJoined(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		_, unclaimed := w.newCreator("Lou Example", "lou.cooks", "UTC", false)
		sent, err := w.store.Propose(ctx, w.brand, unclaimed, form(), "f")
		w.must(err)
		if sent.JoinSecret == "" || w.count("SELECT count(*) FROM proposals WHERE join_hash = ?", sent.JoinSecret) != 0 {
			t.Fatal("the secret itself is kept, or there is none")
		}
		again, err := w.store.Propose(ctx, w.brand, unclaimed, form(), "f")
		w.must(err)
		if again.Proposal != sent.Proposal || again.JoinSecret != "" {
			t.Errorf("%+v", again)
		}
		inv, err := w.store.ByJoinSecret(ctx, sent.JoinSecret)
		w.must(err)
		if inv.Proposal != sent.Proposal || inv.Brand.Name != "Example Oats" || inv.Creator.Handle != "lou.cooks" || !inv.Waiting(w.clock.Now()) || inv.Items != 1 {
			t.Errorf("%+v", inv)
		}
		fresh, err := w.store.NewJoinLink(ctx, w.brand, sent.Proposal)
		w.must(err)
		_, err = w.store.ByJoinSecret(ctx, sent.JoinSecret)
		wantCode(t, err, models.CodeNotFound)
		_, err = w.store.ByJoinSecret(ctx, fresh)
		w.must(err)
		_, err = w.store.ByJoinSecret(ctx, "")
		wantCode(t, err, models.CodeNotFound)

		// Lou joins, finds it in the inbox and accepts.
		lou := models.Actor{PersonID: w.otherStar.PersonID, CreatorID: inv.Creator.ID}
		w.must(d.Read(ctx).Exec("UPDATE creators SET person_id = NULL WHERE id = ?", w.otherStar.CreatorID).Error)
		w.must(d.Read(ctx).Exec("UPDATE creators SET person_id = ? WHERE id = ?", lou.PersonID, lou.CreatorID).Error)
		_, err = w.store.NewJoinLink(ctx, w.brand, sent.Proposal)
		wantCode(t, err, models.CodeConflict)
		page, err := w.store.ListProposals(ctx, lou, deals.ProposalFilter{State: deals.Open})
		w.must(err)
		if len(page.Proposals) != 1 || page.Proposals[0].PublicID != sent.Proposal {
			t.Errorf("%+v", page)
		}
		_, err = w.store.Accept(ctx, lou, sent.Proposal)
		w.must(err)
		p := w.propose()
		_, err = w.store.NewJoinLink(ctx, w.brand, p)
		wantCode(t, err, models.CodeConflict)
		_, err = w.store.NewJoinLink(ctx, w.creator, p)
		wantCode(t, err, models.CodeForbidden)
	})
}
