package apptest

import (
	"context"
	"testing"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/moderation"
)

// adminMailName is the local part of the administrator's address, see Email.
const adminMailName = "administration"

// CreateAdmin creates an administrator: a person with a password who belongs to no brand.
// Further calls return the same one.
func (a *App) CreateAdmin(t testing.TB) models.Actor {
	t.Helper()
	ctx, now, email := context.Background(), a.Clock.Now(), BrandEmail(adminMailName)
	all, err := a.Accounts.ListAdmins(ctx)
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

// SignedInAdmin returns a browser in which the administrator has signed in, with a second
// factor.
func (a *App) SignedInAdmin(t testing.TB) *Browser {
	t.Helper()
	admin := a.CreateAdmin(t)
	if a.adminFactor == nil {
		a.adminFactor = a.EnableSecondFactor(t, admin)
	}
	return a.SignedInWithFactor(t, BrandEmail(adminMailName), a.adminFactor)
}

// SuspensionReason is the reason of suspensions made here.
const SuspensionReason = "The figures were bought."

// SuspendPerson suspends the person of an actor, as the administrator.
func (a *App) SuspendPerson(t testing.TB, who models.Actor) {
	t.Helper()
	if err := a.Moderation.SuspendPerson(context.Background(), a.CreateAdmin(t), who.PersonID, SuspensionReason); err != nil {
		t.Fatal(err)
	}
}

// SuspendBrand suspends the brand of an actor, as the administrator.
func (a *App) SuspendBrand(t testing.TB, who models.Actor) {
	t.Helper()
	b, err := a.Accounts.OwnBrand(context.Background(), who)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Moderation.SuspendSubject(context.Background(), a.CreateAdmin(t), moderation.Brand, b.PublicID, SuspensionReason); err != nil {
		t.Fatal(err)
	}
}

// SuspendCreator suspends a creator's profile, as the administrator.
func (a *App) SuspendCreator(t testing.TB, publicID string) {
	t.Helper()
	if err := a.Moderation.SuspendSubject(context.Background(), a.CreateAdmin(t), moderation.Creator, publicID, SuspensionReason); err != nil {
		t.Fatal(err)
	}
}
