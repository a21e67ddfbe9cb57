package apptest

import (
	"context"
	"fmt"
	"net/url"
	"testing"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// AddMember adds a member to a brand created by SignUpBrand, with a confirmed address and
// Password; MemberEmail is the address.
func (a *App) AddMember(t testing.TB, brand models.Actor, role models.Role) models.Actor {
	t.Helper()
	now := a.Clock.Now()
	var id int64
	err := a.DB.Tx(context.Background(), func(tx *db.Tx) error {
		var owner accounts.Person // whose password's hash serves, so that none is computed
		if err := tx.Take(&owner, brand.PersonID).Error; err != nil {
			return err
		}
		p, err := accounts.CreatePerson(tx, accounts.Person{Name: "A " + string(role), PasswordHash: owner.PasswordHash, Zone: "Europe/Paris", CreatedAt: now})
		if err != nil {
			return err
		}
		id = p.ID
		if err := tx.Exec("UPDATE people SET email = ?, email_confirmed_at = ? WHERE id = ?", MemberEmail(id), now, id).Error; err != nil {
			return err
		}
		return tx.Create(&accounts.Member{BrandID: brand.BrandID, PersonID: id, Role: role, CreatedAt: now}).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return models.Actor{PersonID: id, BrandID: brand.BrandID, Role: role, Locale: "en"}
}

// MemberEmail is the address of a person created by AddMember.
func MemberEmail(personID int64) string { return fmt.Sprintf("member%d@brand.example", personID) }

// SignedInMember is AddMember with a browser in which the member has signed in.
func (a *App) SignedInMember(t testing.TB, brand models.Actor, role models.Role) (*Browser, models.Actor) {
	t.Helper()
	m := a.AddMember(t, brand, role)
	return a.SignedInAs(t, MemberEmail(m.PersonID)), m
}

// SignedInAs returns a browser in which the person with this address has signed in with
// Password.
func (a *App) SignedInAs(t testing.TB, email string) *Browser {
	t.Helper()
	b := a.NewBrowser(t)
	if p := b.Get("/signin").Submit("form[action='/signin']", url.Values{"email": {email}, "password": {Password}}); p.Path != "/dashboard" {
		t.Fatalf("sign-in of %s led to %d %s", email, p.Status, p.Path)
	}
	return b
}

// AddAgencyMember adds a member with a role of their own to an agency that acts for
// the brand with the granted role. The actor acts for the brand.
func (a *App) AddAgencyMember(t testing.TB, brand models.Actor, granted, own models.Role) models.Actor {
	t.Helper()
	now := a.Clock.Now()
	agency := accounts.Brand{PublicID: models.NewPublicID(), Name: "Agency of many", Kind: accounts.KindAgency, CreatedAt: now}
	err := a.DB.Tx(context.Background(), func(tx *db.Tx) error {
		if err := tx.Create(&agency).Error; err != nil {
			return err
		}
		return tx.Exec(`INSERT INTO agency_mandates (public_id, agency_id, brand_id, role, offered_by, offered_at, expires_at, accepted_at, accepted_by)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, models.NewPublicID(), agency.ID, brand.BrandID, granted, brand.PersonID, now, now, now, brand.PersonID).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	m := a.AddMember(t, models.Actor{PersonID: brand.PersonID, BrandID: agency.ID}, own)
	m.BrandID, m.AgencyID, m.Role = brand.BrandID, agency.ID, own.LimitedTo(granted)
	return m
}
