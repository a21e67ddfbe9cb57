package negotiation_test

import (
	"context"
	"errors"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// setConfirmed confirms the address of the brand, or takes that back.
func setConfirmed(w *dealtest.World, confirmed bool) {
	w.T.Helper()
	set := "NULL"
	if confirmed {
		set = "created_at"
	}
	w.Must(w.DB.Read(context.Background()).Exec("UPDATE people SET email_confirmed_at = "+set+" WHERE id = ?", w.Brand.PersonID).Error)
}

// What somebody writes before their address is confirmed is kept and not sent: nobody is
// told, no clock runs, and the creator sees nothing. Once it is confirmed, it is sent.
func TestAProposalWaitsForItsWritersAddress(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		setConfirmed(w, false)
		offer := dealtest.Form()
		offer.Fee, offer.ReadMoney = "450,50", func(_, currency string) (models.Money, error) { return models.ParseMoney("450.50", currency) }
		write := func() (negotiation.Sent, error) {
			return w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, offer, "held")
		}
		sent, err := write()
		w.Must(err)
		again, err := write()
		w.Must(err)
		if sent.Held == "" || sent.Negotiation != "" || again != sent {
			t.Fatalf("%+v, then %+v", sent, again)
		}
		other := offer
		other.Message = "Something else"
		_, err = w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, other, "held")
		dealtest.WantCode(t, err, models.CodeConflict)
		bad := dealtest.Form(terms.DeliverableForm{ContentType: "review", Format: "live", Platform: "twitch", DueOn: "2026-12-04"})
		_, err = w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, bad, "bad")
		dealtest.WantField(t, err, "deliverables[0].platform", "negotiation.invalid.platform_creator") // all is checked at once, not only when it is sent

		if w.Events() != 0 || w.Jobs("notifications.deliver") != 0 || w.Count("SELECT count(*) FROM negotiations") != 0 || w.Count("SELECT count(*) FROM held_proposals") != 1 {
			t.Error("something was sent")
		}
		held, err := w.Negotiations.GetHeldProposal(ctx, w.Brand, sent.Held)
		w.Must(err)
		if held.Terms.FeeSum() != (models.Money{Minor: 45050, Currency: "EUR"}) || len(held.Terms.Deliverables) != 1 || held.Message != offer.Message || held.Creator.Handle != w.Star {
			t.Errorf("%+v", held)
		}
		for _, stranger := range []models.Actor{w.Creator, w.OtherBrand, w.OtherStar} {
			_, err := w.Negotiations.GetHeldProposal(ctx, stranger, sent.Held)
			dealtest.WantCode(t, err, models.CodeNotFound)
			_, err = w.Negotiations.SendHeldProposal(ctx, stranger, sent.Held, held.Version)
			dealtest.WantCode(t, err, models.CodeNotFound)
			dealtest.WantCode(t, w.Negotiations.RemoveHeldProposal(ctx, stranger, sent.Held), models.CodeNotFound)
			_, err = w.Negotiations.Get(ctx, stranger, sent.Held)
			dealtest.WantCode(t, err, models.CodeNotFound)
		}
		if n, err := w.Negotiations.WaitingCount(ctx, w.Creator, w.Clock.Now()); err != nil || n != 0 {
			t.Errorf("%d wait for the creator, %v", n, err)
		}
		viewer := w.Brand
		viewer.Role = models.RoleViewer
		_, err = w.Negotiations.SendHeldProposal(ctx, viewer, sent.Held, held.Version)
		dealtest.WantCode(t, err, models.CodeForbidden)
		_, err = w.Negotiations.SendHeldProposal(ctx, w.Brand, sent.Held, held.Version)
		dealtest.WantCode(t, err, models.CodeConflict) // still unconfirmed
		w.Clock.Advance(3 * dealtest.Day)
		if w.Sweep() != 0 {
			t.Error("a clock runs")
		}

		setConfirmed(w, true)
		w.Must(w.Negotiations.SendHeldProposals(ctx, w.Brand.PersonID))
		w.Must(w.Negotiations.SendHeldProposals(ctx, w.Brand.PersonID))
		p, err := w.Negotiations.Get(ctx, w.Creator, sent.Held)
		w.Must(err)
		if p.State != negotiation.WithCreator || !p.BegunAt.Equal(w.Clock.Now()) || !p.ExpiresAt.Equal(dealtest.EndOfDay(dealtest.CreatorZone, w.Clock.Now(), 7)) || p.Latest.Terms.Hash() != held.Terms.Hash() {
			t.Errorf("%+v", p)
		}
		if w.Events() != 1 || w.Jobs("notifications.deliver") != 1 || w.Count("SELECT count(*) FROM held_proposals WHERE state <> 'sent'") != 0 {
			t.Error("it was not sent once")
		}
		if again, err := write(); err != nil || again.Negotiation != sent.Held {
			t.Errorf("the same form once more: %+v, %v", again, err)
		}
		if again, err := w.Negotiations.SendHeldProposal(ctx, w.Brand, sent.Held, held.Version); err != nil || again.Negotiation != sent.Held {
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
			change func(w *dealtest.World)
			key    string
		}{
			"unlisted": {func(w *dealtest.World) {
				exec(w, "UPDATE creators SET listed = FALSE WHERE public_id = ?", w.CreatorID)
			}, "negotiation.error.unlisted"},
			"suspended": {func(w *dealtest.World) {
				exec(w, "UPDATE creators SET suspended_at = created_at WHERE public_id = ?", w.CreatorID)
			}, "negotiation.error.suspended"},
			"blocked": {func(w *dealtest.World) {
				exec(w, "INSERT INTO blocks (brand_id, creator_id, side, person_id, created_at) VALUES (?, ?, 'creator', ?, ?)", w.Brand.BrandID, w.Creator.CreatorID, w.Creator.PersonID, w.Clock.Now())
			}, "negotiation.error.blocked"},
			"no such account": {func(w *dealtest.World) {
				exec(w, "DELETE FROM creator_accounts WHERE creator_id = ? AND platform = 'tiktok'", w.Creator.CreatorID)
			}, "negotiation.invalid.platform_creator"},
			"too late": {func(w *dealtest.World) { w.Clock.Advance(20 * dealtest.Day) }, "terms.invalid.day_past"},
		} {
			w := dealtest.New(t, d)
			setConfirmed(w, false)
			sent, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, dealtest.Form(), "held")
			w.Must(err)
			c.change(w)
			setConfirmed(w, true)
			w.Must(w.Negotiations.SendHeldProposals(ctx, w.Brand.PersonID))
			_, err = w.Negotiations.SendHeldProposal(ctx, w.Brand, sent.Held, 1)
			var e *models.Error
			if !errors.As(err, &e) || e.Code != models.CodeConflict || e.Key != c.key {
				t.Errorf("%s: %v", name, err)
			}
			all, err := w.Negotiations.ListHeldProposals(ctx, w.Brand)
			w.Must(err)
			if len(all) != 1 || w.Count("SELECT count(*) FROM negotiations WHERE brand_id = ?", w.Brand.BrandID) != 0 {
				t.Errorf("%s: %d held", name, len(all))
			}
			w.Must(w.Negotiations.RemoveHeldProposal(ctx, w.Brand, sent.Held))
			if all, _ = w.Negotiations.ListHeldProposals(ctx, w.Brand); len(all) != 0 {
				t.Errorf("%s: removed, and still there", name)
			}
		}
	})
}

func exec(w *dealtest.World, query string, args ...any) {
	w.T.Helper()
	w.Must(w.DB.Read(context.Background()).Exec(query, args...).Error)
}
