package apptest

import (
	"context"
	"testing"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/moderation"
)

// adminName is before the @ of the administrator's address, see Email.
const adminName = "administration"

// Admin is an administrator: a person with a password who belongs to no brand.
// Called again, it is the same one.
func (a *App) Admin(t testing.TB) models.Actor {
	t.Helper()
	ctx, now, email := context.Background(), a.Clock.Now(), Email(adminName)
	all, err := a.Accounts.Admins(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) > 0 {
		return models.Actor{PersonID: all[0].ID, Admin: true, Locale: "en"}
	}
	var p accounts.Person
	err = a.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err = accounts.CreatePerson(tx, accounts.Person{Name: "Ada Ministrator", Email: &email, EmailConfirmedAt: &now, PasswordHash: &passwordHash, CreatedAt: now})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Accounts.AddAdmin(ctx, email); err != nil {
		t.Fatal(err)
	}
	return models.Actor{PersonID: p.ID, Admin: true, Locale: "en"}
}

// SignedInAdmin is a browser in which Admin has signed in, with a second factor.
func (a *App) SignedInAdmin(t testing.TB) *Browser {
	t.Helper()
	admin := a.Admin(t)
	if a.adminFactor == nil {
		a.adminFactor = a.Factor(t, admin)
	}
	return a.SignedInWith(t, Email(adminName), a.adminFactor)
}

// Reason is the one of suspensions made here.
const Reason = "The figures were bought."

// SuspendPerson suspends the person of an actor, by Admin.
func (a *App) SuspendPerson(t testing.TB, who models.Actor) {
	t.Helper()
	if err := a.Moderation.SuspendPerson(context.Background(), a.Admin(t), who.PersonID, Reason); err != nil {
		t.Fatal(err)
	}
}

// SuspendBrand suspends the brand of an actor, by Admin.
func (a *App) SuspendBrand(t testing.TB, who models.Actor) {
	t.Helper()
	b, err := a.Accounts.OwnBrand(context.Background(), who)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Moderation.Suspend(context.Background(), a.Admin(t), moderation.Brand, b.PublicID, Reason); err != nil {
		t.Fatal(err)
	}
}

// SuspendCreator suspends a creator's profile, by Admin.
func (a *App) SuspendCreator(t testing.TB, publicID string) {
	t.Helper()
	if err := a.Moderation.Suspend(context.Background(), a.Admin(t), moderation.Creator, publicID, Reason); err != nil {
		t.Fatal(err)
	}
}
