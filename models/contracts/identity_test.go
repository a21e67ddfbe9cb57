package contracts_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/db"
	"tribemarket/models/workflow/run"
)

func identity() contracts.Identity {
	return contracts.Identity{LegalName: "  Noor   Example ", PostalAddress: "1 Street\r\n\r\n  1000 Brussels ", Email: "noor@mail.example", TaxCountry: "BE", Registration: "0403 019 261", VAT: "be 0403.019.261"}
}

var tidied = contracts.Identity{LegalName: "Noor Example", PostalAddress: "1 Street\n1000 Brussels", Email: "noor@mail.example", TaxCountry: "BE", Registration: "0403 019 261", VAT: "BE0403019261"}

func TestAnIdentityIsKeptTidyAndSealed(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		s := contracts.NewStore(d, w.Clock.Now, nil, run.NewEngine(d, w.Clock.Now))
		none, err := s.Identity(ctx, contracts.PartyOf(w.Creator))
		if err != nil || !slices.Equal(none.Missing(), []string{"legal_name", "address", "email", "country"}) {
			t.Errorf("before: %+v, %v", none, err)
		}
		for range 2 { // the same answers again change nothing
			w.Must(s.SaveIdentity(ctx, w.Creator, identity()))
		}
		if n := w.Count("SELECT count(*) FROM audit_events WHERE action = 'contracts.identity_changed' AND subject = ?", fmt.Sprint("creator:", w.Creator.CreatorID)); n != 1 {
			t.Errorf("%d lines of audit", n)
		}
		got, err := s.Identity(ctx, contracts.PartyOf(w.Creator))
		if err != nil || got != tidied || !got.IsComplete() {
			t.Errorf("got %+v, %v", got, err)
		}
		brands := tidied
		brands.LegalName = "Example Oats BV"
		w.Must(s.SaveIdentity(ctx, w.Brand, brands))
		if got, err := s.Identity(ctx, contracts.PartyOf(w.Brand)); err != nil || got != brands {
			t.Errorf("the brand's: %+v, %v", got, err)
		}
		if got, err := s.Identity(ctx, contracts.PartyOf(w.OtherBrand)); err != nil || got != (contracts.Identity{}) {
			t.Errorf("another brand's: %+v, %v", got, err)
		}
		var stored []string
		w.Must(d.Read(ctx).Raw("SELECT sealed FROM contract_identities ORDER BY id").Scan(&stored).Error)
		if len(stored) != 2 || strings.Contains(strings.Join(stored, ""), "Example") || !strings.HasPrefix(stored[0], "test:") {
			t.Errorf("at rest: %q", stored)
		}
		if n := w.Count("SELECT count(*) FROM contract_identities WHERE brand_id = ? AND saved_by = ?", w.Brand.BrandID, w.Brand.PersonID); n != 1 {
			t.Error("the row is not the brand's")
		}
	})
}

func TestIdentitiesAreSealedAnewAndNeverSwapped(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		s := contracts.NewStore(d, w.Clock.Now, nil, run.NewEngine(d, w.Clock.Now))
		w.Must(s.SaveIdentity(ctx, w.Creator, identity()))
		w.Must(s.SaveIdentity(ctx, w.OtherStar, identity()))
		var err error
		d.Keys, err = models.NewKeyring("next:"+models.NewSealingKey()+",test:"+testkit.SealingKey, testkit.SealingKey)
		w.Must(err)
		for _, want := range []int{2, 0} {
			if n, err := s.ResealSecrets(ctx); n != want || err != nil {
				t.Errorf("sealed anew: %d, %v", n, err)
			}
		}
		if n := w.Count("SELECT count(*) FROM contract_identities WHERE sealed LIKE 'next:%'"); n != 2 {
			t.Errorf("%d have the new key", n)
		}
		if got, err := s.Identity(ctx, contracts.PartyOf(w.Creator)); err != nil || got != tidied {
			t.Errorf("after sealing anew: %+v, %v", got, err)
		}
		// What is sealed for one party does not open for another.
		w.Must(d.Read(ctx).Exec("UPDATE contract_identities SET sealed = (SELECT sealed FROM contract_identities WHERE creator_id = ?) WHERE creator_id = ?", w.Creator.CreatorID, w.OtherStar.CreatorID).Error)
		if got, err := s.Identity(ctx, contracts.PartyOf(w.OtherStar)); err != nil || got.IsComplete() {
			t.Errorf("swapped: %+v, %v", got, err)
		}
		// Without its key an identity has to be given again.
		d.Keys, err = models.NewKeyring("other:"+models.NewSealingKey(), testkit.SealingKey)
		w.Must(err)
		if n, err := s.ResealSecrets(ctx); n != 0 || err != nil {
			t.Errorf("without its key: %d, %v", n, err)
		}
		if got, err := s.OwnIdentity(ctx, w.Creator); err != nil || got.IsComplete() {
			t.Errorf("without its key: %+v, %v", got, err)
		}
		w.Must(s.SaveIdentity(ctx, w.Creator, identity()))
		if got, err := s.OwnIdentity(ctx, w.Creator); err != nil || got != tidied {
			t.Errorf("given again: %+v, %v", got, err)
		}
	})
}

func TestWrongAnswersAreNamed(t *testing.T) {
	t.Parallel()
	d := testkit.NewSQLite(t)
	w := dealtest.New(t, d)
	s := contracts.NewStore(d, w.Clock.Now, nil, run.NewEngine(d, w.Clock.Now))
	for _, c := range []struct {
		change     func(*contracts.Identity)
		field, key string
	}{
		{func(i *contracts.Identity) { i.LegalName = " \u200b " }, "legal_name", "accounts.error.required"},
		{func(i *contracts.Identity) { i.LegalName = strings.Repeat("é", contracts.MaxLegalName+1) }, "legal_name", "accounts.error.long"},
		{func(i *contracts.Identity) { i.LegalName = "😀" }, "legal_name", "contracts.error.name"},
		{func(i *contracts.Identity) { i.PostalAddress = "\n \n" }, "address", "accounts.error.required"},
		{func(i *contracts.Identity) { i.PostalAddress = strings.Repeat("é", contracts.MaxPostalAddress+1) }, "address", "accounts.error.long"},
		{func(i *contracts.Identity) { i.Email = "noor" }, "email", "accounts.error.email"},
		{func(i *contracts.Identity) { i.TaxCountry = "" }, "country", "contracts.error.country"},
		{func(i *contracts.Identity) { i.TaxCountry = "XX" }, "country", "contracts.error.country"},
		{func(i *contracts.Identity) { i.Registration = strings.Repeat("1", contracts.MaxRegistration+1) }, "registration", "accounts.error.long"},
		{func(i *contracts.Identity) { i.VAT = "BE 0403.019.262" }, "vat", "accounts.error.vat"},
		{func(i *contracts.Identity) { i.TaxCountry = "FR" }, "vat", "accounts.error.vat"}, // the number is Belgian
	} {
		i := identity()
		c.change(&i)
		dealtest.WantField(t, s.SaveIdentity(context.Background(), w.Creator, i), c.field, c.key)
	}
	if n := w.Count("SELECT count(*) FROM contract_identities"); n != 0 {
		t.Errorf("%d rows", n)
	}
	longest := identity()
	longest.LegalName, longest.PostalAddress = strings.Repeat("é", contracts.MaxLegalName), strings.Repeat("é", contracts.MaxPostalAddress)
	longest.Registration, longest.VAT = strings.Repeat("1", contracts.MaxRegistration), ""
	w.Must(s.SaveIdentity(context.Background(), w.Creator, longest))
}

func TestWhoKeepsAnIdentity(t *testing.T) {
	t.Parallel()
	brand := models.Actor{PersonID: 1, BrandID: 2, Role: models.RoleOwner}
	with := func(change func(*models.Actor)) models.Actor {
		a := brand
		change(&a)
		return a
	}
	for _, c := range []struct {
		name string
		a    models.Actor
		may  bool
	}{
		{"owner", brand, true},
		{"manager", with(func(a *models.Actor) { a.Role = models.RoleManager }), true},
		{"finance", with(func(a *models.Actor) { a.Role = models.RoleFinance }), true},
		{"viewer", with(func(a *models.Actor) { a.Role = models.RoleViewer }), false},
		{"agency", with(func(a *models.Actor) { a.AgencyID = 3 }), false},
		{"creator", models.Actor{PersonID: 1, CreatorID: 2}, true},
		{"administrator", models.Actor{PersonID: 1, Admin: true}, false},
		{"visitor", models.Actor{}, false},
	} {
		if contracts.CanKeepIdentity(c.a) != c.may {
			t.Errorf("%s: %v", c.name, !c.may)
		}
	}
}
