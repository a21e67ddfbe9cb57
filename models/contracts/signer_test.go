package contracts_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
)

func TestABrandAsksOneOfItsPeopleToSign(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		join := func(name string, brandID int64, role models.Role) models.Actor {
			email, now := strings.ReplaceAll(strings.ToLower(w.Star+name), " ", "")+"@oats.example", w.Clock.Now()
			p := accounts.Person{Name: name, Email: &email, EmailConfirmedAt: &now, Locale: "en", Zone: "UTC", CreatedAt: now}
			w.Create(&p)
			w.Create(&accounts.Member{BrandID: brandID, PersonID: p.ID, Role: role, CreatedAt: now})
			return models.Actor{PersonID: p.ID, BrandID: w.Brand.BrandID, Role: role}
		}
		manager := join("Mia Manager", w.Brand.BrandID, models.RoleManager)
		join("Vic Viewer", w.Brand.BrandID, models.RoleViewer)
		agent := join("Ada Agency", w.OtherBrand.BrandID, models.RoleManager)
		w.Must(d.Read(ctx).Exec(`INSERT INTO agency_mandates (public_id, agency_id, brand_id, role, offered_by, offered_at, expires_at, accepted_at)
			VALUES (?, ?, ?, 'manager', ?, ?, ?, ?)`, models.NewPublicID(), w.OtherBrand.BrandID, w.Brand.BrandID, w.Brand.PersonID, w.Clock.Now(), w.Clock.Now(), w.Clock.Now()).Error)
		deal := w.AgreeWithContract()
		w.SaveIdentities()
		c := w.PrepareContract(deal)
		list := func(a models.Actor) map[string]contracts.Signer {
			all, err := w.Contracts.ListSigners(ctx, a, w.Contract(deal))
			w.Must(err)
			by := map[string]contracts.Signer{}
			for _, x := range all {
				by[x.Name] = x
			}
			return by
		}
		may := list(w.Brand)
		if _, ok := may["Vic Viewer"]; ok || may["Mia Manager"].Ref == "" || may["Ada Agency"].Ref == "" || !may["Example Oats owner"].Me || len(list(w.Creator)) != 0 {
			t.Fatalf("who may sign: %v, to the creator %v", may, list(w.Creator))
		}
		name := func(a models.Actor, ref string, version int) error {
			return w.Contracts.NameSigner(ctx, a, c.PublicID, ref, version)
		}
		ref := may["Mia Manager"].Ref
		viewer := w.Brand
		viewer.Role = models.RoleViewer
		dealtest.WantCode(t, name(w.Creator, ref, c.Version), models.CodeForbidden)
		dealtest.WantCode(t, name(viewer, ref, c.Version), models.CodeForbidden)
		dealtest.WantCode(t, name(w.OtherStar, ref, c.Version), models.CodeNotFound)
		dealtest.WantField(t, name(w.Brand, "guessed", c.Version), "signer", "contracts.invalid.signer")

		before := w.Events()
		var clicks sync.WaitGroup
		for range 50 {
			clicks.Go(func() {
				if err := name(w.Brand, ref, c.Version); err != nil {
					t.Error(err)
				}
			})
		}
		clicks.Wait()
		named := w.Contract(deal)
		if n := w.Events() - before; n != 1 || named.Version != c.Version+1 || !named.DeadlineAt.Equal(*c.DeadlineAt) || !list(w.Brand)["Mia Manager"].Asked {
			t.Errorf("fifty clicks wrote %d lines: %+v", n, named)
		}
		if seen := list(w.Creator); len(seen) != 1 || !seen["Mia Manager"].Asked {
			t.Errorf("the creator sees %v", seen)
		}
		told := func() (to []int64) {
			var data string
			w.Must(d.Read(ctx).Raw("SELECT data FROM notification_events WHERE kind = ? ORDER BY id DESC LIMIT 1", notifications.ContractSigning).Scan(&data).Error)
			answer, err := w.Deals.ContractReceivers(ctx, notifications.Event{Data: []byte(data)})
			w.Must(err)
			for _, p := range answer.To {
				to = append(to, p.PersonID)
			}
			return to
		}
		if to := told(); len(to) != 1 || to[0] != manager.PersonID {
			t.Errorf("told: %v", to)
		}
		dealtest.WantCode(t, name(w.Brand, may["Ada Agency"].Ref, c.Version), models.CodeConflict) // the page is stale
		dealtest.WantCode(t, w.Sign(w.Brand, c), models.CodeConflict)                              // somebody else is asked
		w.Must(w.Contracts.Remind(ctx, w.Creator, c.PublicID, named.Version))
		if to := told(); len(to) != 1 || to[0] != manager.PersonID {
			t.Errorf("reminded: %v", to)
		}
		// Who leaves is asked no more; whoever may sign then does.
		w.Must(d.Read(ctx).Exec("DELETE FROM members WHERE person_id = ?", manager.PersonID).Error)
		if list(w.Brand)["Mia Manager"].Ref != "" || len(list(w.Creator)) != 0 {
			t.Errorf("after leaving: %v", list(w.Brand))
		}
		w.Must(name(w.Brand, may["Ada Agency"].Ref, w.Contract(deal).Version)) // naming again
		w.Must(name(w.Brand, "", w.Contract(deal).Version))                    // and anybody
		w.Must(name(w.Brand, may["Ada Agency"].Ref, w.Contract(deal).Version))
		agent.AgencyID = w.OtherBrand.BrandID
		w.Must(w.Sign(agent, c))
		if s := w.Contract(deal).SignatureOf(models.SideBrand); s == nil || s.PersonID != agent.PersonID {
			t.Errorf("signed by %+v", s)
		}
		dealtest.WantCode(t, name(w.Brand, "", w.Contract(deal).Version), models.CodeConflict) // it has signed
	})
}
