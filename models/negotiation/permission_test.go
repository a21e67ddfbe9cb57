package negotiation_test

import (
	"context"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// A political objective needs an administrator's permission, and a child the law of the
// creator's country, whoever makes the offer.
func TestWhatNeedsPermission(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		propose := func(change func(*negotiation.OfferForm)) (string, error) {
			f := dealtest.Form()
			change(&f)
			sent, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, f, models.NewSecret())
			return sent.Negotiation, err
		}
		political := func(f *negotiation.OfferForm) { f.Objective = terms.PoliticalObjective }
		child := func(f *negotiation.OfferForm) { f.Child = "yes" }
		counter := func(change func(*negotiation.OfferForm)) error {
			id, err := propose(func(*negotiation.OfferForm) {})
			w.Must(err)
			f := dealtest.Form()
			f.Fee = "500"
			change(&f)
			_, err = w.Negotiations.Counter(ctx, w.Creator, id, negotiation.Answer{To: 1, Form: f, Key: models.NewSecret()})
			return err
		}
		refused := func() {
			t.Helper()
			_, err := propose(political)
			dealtest.WantField(t, err, "objective", "terms.invalid.political")
			dealtest.WantField(t, counter(political), "objective", "terms.invalid.political")
		}
		refused()
		s := accounts.NewStore(d, w.Clock.Now, creators.ProfileRows)
		admin := models.Actor{PersonID: w.OtherBrand.PersonID, Admin: true}
		var brand string
		w.Must(d.Read(ctx).Raw("SELECT public_id FROM brands WHERE id = ?", w.Brand.BrandID).Scan(&brand).Error)
		dealtest.WantCode(t, s.AllowPoliticalObjectives(ctx, w.Brand, brand, "me"), models.CodeNotFound)
		dealtest.WantField(t, s.AllowPoliticalObjectives(ctx, admin, brand, " "), "political_reason", "accounts.error.required")
		refused()
		for range 2 {
			w.Must(s.AllowPoliticalObjectives(ctx, admin, brand, "A list of candidates."))
		}
		_, err := propose(political)
		w.Must(err)
		w.Must(counter(political))
		for range 2 {
			w.Must(s.RefusePoliticalObjectives(ctx, admin, brand))
		}
		refused()
		if n := w.Count("SELECT count(*) FROM audit_events WHERE action IN ('admin.political_allowed', 'admin.political_refused')"); n != 2 {
			t.Errorf("%d lines of audit", n)
		}

		_, err = propose(child)
		dealtest.WantField(t, err, "child", "terms.invalid.child") // the creator lives in Belgium
		dealtest.WantField(t, counter(child), "child", "terms.invalid.child")
		w.Must(d.Read(ctx).Exec("UPDATE creators SET country = 'FR' WHERE id = ?", w.Creator.CreatorID).Error)
		_, err = propose(child)
		w.Must(err)
		w.Must(counter(child))
	})
}

// A promised result names how it is counted, by the day on which it was offered.
func TestAPromiseNamesItsDefinition(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		form := dealtest.Form()
		form.GuaranteeMetric, form.GuaranteeLeast, form.GuaranteeDays = "views", "1000", "30"
		sent, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, form, models.NewSecret())
		w.Must(err)
		n, err := w.Negotiations.Get(ctx, w.Creator, sent.Negotiation)
		w.Must(err)
		want := terms.MetricDefinitionOn(models.DateOf(w.Clock.Now()))
		if g := n.Latest.Terms.Guarantee; g.Definition != want.Version || g.DefinedOn != want.From || want.Version != 2 {
			t.Errorf("promised is %+v, want version %d of %s", g, want.Version, want.From)
		}
	})
}
