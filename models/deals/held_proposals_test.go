package deals_test

import (
	"context"
	"errors"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
)

// setConfirmed confirms the address of the brand, or takes that back.
func (w *world) setConfirmed(confirmed bool) {
	w.t.Helper()
	set := "NULL"
	if confirmed {
		set = "created_at"
	}
	w.must(w.db.Read(context.Background()).Exec("UPDATE people SET email_confirmed_at = "+set+" WHERE id = ?", w.brand.PersonID).Error)
}

// What somebody writes before their address is confirmed is kept and not sent: nobody is
// told, no clock runs, and the creator sees nothing. Once it is confirmed, it is sent.
func TestAProposalWaitsForItsWritersAddress(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		w.setConfirmed(false)
		offer := form()
		offer.Fee, offer.ReadMoney = "450,50", func(_, currency string) (models.Money, error) { return models.ParseMoney("450.50", currency) }
		write := func() (deals.Sent, error) { return w.store.Propose(ctx, w.brand, w.creatorID, offer, "held") }
		sent, err := write()
		w.must(err)
		again, err := write()
		w.must(err)
		if sent.Held == "" || sent.Proposal != "" || again != sent {
			t.Fatalf("%+v, then %+v", sent, again)
		}
		other := offer
		other.Message = "Something else"
		_, err = w.store.Propose(ctx, w.brand, w.creatorID, other, "held")
		wantCode(t, err, models.CodeConflict)
		bad := form(deals.DeliverableForm{ContentType: "review", Format: "live", Platform: "twitch", DueOn: "2026-12-04"})
		_, err = w.store.Propose(ctx, w.brand, w.creatorID, bad, "bad")
		wantField(t, err, "deliverables[0].platform", "deals.invalid.platform_creator") // all is checked at once, not only when it is sent

		if w.events() != 0 || w.jobs("notifications.deliver") != 0 || w.count("SELECT count(*) FROM proposals") != 0 || w.count("SELECT count(*) FROM held_proposals") != 1 {
			t.Error("something was sent")
		}
		held, err := w.store.GetHeldProposal(ctx, w.brand, sent.Held)
		w.must(err)
		if held.Terms.Fee != (models.Money{Minor: 45050, Currency: "EUR"}) || len(held.Items) != 1 || held.Message != offer.Message || held.Creator.Handle != w.star {
			t.Errorf("%+v", held)
		}
		for _, stranger := range []models.Actor{w.creator, w.otherBrand, w.otherStar} {
			_, err := w.store.GetHeldProposal(ctx, stranger, sent.Held)
			wantCode(t, err, models.CodeNotFound)
			_, err = w.store.SendHeldProposal(ctx, stranger, sent.Held)
			wantCode(t, err, models.CodeNotFound)
			wantCode(t, w.store.RemoveHeldProposal(ctx, stranger, sent.Held), models.CodeNotFound)
			_, err = w.store.GetProposal(ctx, stranger, sent.Held)
			wantCode(t, err, models.CodeNotFound)
		}
		if n, err := w.store.WaitingCount(ctx, w.creator, w.clock.Now()); err != nil || n != 0 {
			t.Errorf("%d wait for the creator, %v", n, err)
		}
		viewer := w.brand
		viewer.Role = models.RoleViewer
		_, err = w.store.SendHeldProposal(ctx, viewer, sent.Held)
		wantCode(t, err, models.CodeForbidden)
		_, err = w.store.SendHeldProposal(ctx, w.brand, sent.Held)
		wantCode(t, err, models.CodeConflict) // still unconfirmed
		w.clock.Advance(3 * day)
		if w.sweep() != 0 {
			t.Error("a clock runs")
		}

		w.setConfirmed(true)
		w.must(w.store.SendHeldProposals(ctx, w.brand.PersonID))
		w.must(w.store.SendHeldProposals(ctx, w.brand.PersonID))
		p, err := w.store.GetProposal(ctx, w.creator, sent.Held)
		w.must(err)
		if p.State != deals.Open || !p.SentAt.Equal(w.clock.Now()) || !p.ExpiresAt.Equal(endOfDay(creatorZone, w.clock.Now(), 7)) || p.Terms != held.Terms {
			t.Errorf("%+v", p)
		}
		if w.events() != 1 || w.jobs("notifications.deliver") != 1 || w.count("SELECT count(*) FROM held_proposals") != 0 {
			t.Error("it was not sent once")
		}
		if again, err := write(); err != nil || again.Proposal != sent.Held {
			t.Errorf("the same form once more: %+v, %v", again, err)
		}
		if again, err := w.store.SendHeldProposal(ctx, w.brand, sent.Held); err != nil || again.Proposal != sent.Held {
			t.Errorf("sent once more: %+v, %v", again, err)
		}
	})
}

// What has changed meanwhile is checked when it is sent; the proposal stays until then.
func TestAHeldProposalIsCheckedWhenItIsSent(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		for name, c := range map[string]struct {
			change func(w *world)
			key    string
		}{
			"unlisted": {func(w *world) { w.exec("UPDATE creators SET listed = FALSE WHERE public_id = ?", w.creatorID) }, "deals.error.unlisted"},
			"suspended": {func(w *world) {
				w.exec("UPDATE creators SET suspended_at = created_at WHERE public_id = ?", w.creatorID)
			}, "deals.error.suspended"},
			"blocked": {func(w *world) {
				w.exec("INSERT INTO blocks (brand_id, creator_id, side, person_id, created_at) VALUES (?, ?, 'creator', ?, ?)", w.brand.BrandID, w.creator.CreatorID, w.creator.PersonID, w.clock.Now())
			}, "deals.error.blocked"},
			"no such account": {func(w *world) {
				w.exec("DELETE FROM creator_accounts WHERE creator_id = ? AND platform = 'tiktok'", w.creator.CreatorID)
			}, "deals.invalid.platform_creator"},
			"too late": {func(w *world) { w.clock.Advance(20 * day) }, "deals.invalid.due_on_past"},
		} {
			w := newWorld(t, d)
			w.setConfirmed(false)
			sent, err := w.store.Propose(ctx, w.brand, w.creatorID, form(), "held")
			w.must(err)
			c.change(w)
			w.setConfirmed(true)
			w.must(w.store.SendHeldProposals(ctx, w.brand.PersonID))
			_, err = w.store.SendHeldProposal(ctx, w.brand, sent.Held)
			var e *models.Error
			if !errors.As(err, &e) || e.Code != models.CodeConflict || e.Key != c.key {
				t.Errorf("%s: %v", name, err)
			}
			all, err := w.store.ListHeldProposals(ctx, w.brand)
			w.must(err)
			if len(all) != 1 || w.count("SELECT count(*) FROM proposals WHERE brand_id = ?", w.brand.BrandID) != 0 {
				t.Errorf("%s: %d held", name, len(all))
			}
			w.must(w.store.RemoveHeldProposal(ctx, w.brand, sent.Held))
			if all, _ = w.store.ListHeldProposals(ctx, w.brand); len(all) != 0 {
				t.Errorf("%s: removed, and still there", name)
			}
		}
	})
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	w.must(w.db.Read(context.Background()).Exec(query, args...).Error)
}
