package moderation_test

import (
	"context"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/moderation"
	"tribemarket/models/search"
)

var ctx = context.Background()

// onBoth runs a test on a whole marketplace on each database.
func onBoth(t *testing.T, test func(t *testing.T, a *apptest.App)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, apptest.New(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, apptest.NewOnPostgres(t)) })
}

func found(t *testing.T, a *apptest.App) int64 {
	t.Helper()
	testkit.CatchUp(t, a.Search)
	r, err := a.Search.Search(ctx, search.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return r.Total
}

func audited(t *testing.T, a *apptest.App, action string, by models.Actor) (n int64) {
	t.Helper()
	if err := a.DB.Read(ctx).Raw("SELECT count(*) FROM audit_events WHERE action = ? AND person_id = ?", action, by.PersonID).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestASuspendedCreatorIsUnlistedAndRestoringJudgesTheListingAgain(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, a *apptest.App) {
		_, id := a.JoinCreator(t, "penne.sandbox")
		admin := a.CreateAdmin(t)
		if n := found(t, a); n != 1 {
			t.Fatalf("%d are listed", n)
		}
		a.SuspendCreator(t, id)
		if _, err := a.Creators.ReadMediaKit(ctx, models.Actor{}, id, ""); models.CodeOf(err) != models.CodeNotFound || found(t, a) != 0 {
			t.Errorf("the creator is still found: %v", err)
		}
		if err := a.Moderation.SuspendSubject(ctx, admin, moderation.Creator, id, "again"); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("a second suspension gave %v", err)
		}
		if err := a.Moderation.RestoreSubject(ctx, admin, moderation.Creator, id); err != nil {
			t.Fatal(err)
		}
		if k, err := a.Creators.ReadMediaKit(ctx, models.Actor{}, id, ""); err != nil || k.Creator.SuspendedReason != "" || found(t, a) != 1 {
			t.Errorf("restored, the creator is not as before: %v", err)
		}
		if audited(t, a, "admin.creator_suspended", admin) != 1 || audited(t, a, "admin.creator_restored", admin) != 1 {
			t.Error("the steps are not in the audit log")
		}
	})
}

func TestSuspendingAPersonUnlistsTheirProfile(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, a *apptest.App) {
		lena, id := a.JoinCreator(t, "penne.sandbox")
		a.SuspendPerson(t, lena)
		if _, err := a.Creators.ReadMediaKit(ctx, models.Actor{}, id, ""); models.CodeOf(err) != models.CodeNotFound || found(t, a) != 0 {
			t.Errorf("the profile is still found: %v", err)
		}
		if err := a.Moderation.RestorePerson(ctx, a.CreateAdmin(t), lena.PersonID); err != nil {
			t.Fatal(err)
		}
		if found(t, a) != 1 {
			t.Error("the profile did not come back")
		}
	})
}

func TestOnlyAnAdministratorSuspends(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	lena, id := a.JoinCreator(t, "penne.sandbox")
	brand := a.SignUpBrand(t, "brumelle")
	for _, who := range []models.Actor{{}, lena, brand} {
		for name, err := range map[string]error{
			"person":  a.Moderation.SuspendPerson(ctx, who, lena.PersonID, "x"),
			"restore": a.Moderation.RestorePerson(ctx, who, lena.PersonID),
			"creator": a.Moderation.SuspendSubject(ctx, who, moderation.Creator, id, "x"),
		} {
			if models.CodeOf(err) != models.CodeNotFound {
				t.Errorf("%s by %+v gave %v", name, who, err)
			}
		}
	}
	admin := a.CreateAdmin(t)
	if err := a.Moderation.SuspendSubject(ctx, admin, moderation.Creator, id, "  "); models.CodeOf(err) != models.CodeInvalid {
		t.Errorf("without a reason: %v", err)
	}
	if err := a.Moderation.SuspendSubject(ctx, admin, moderation.Deal, id, "x"); models.CodeOf(err) != models.CodeNotFound {
		t.Errorf("a deal was suspended: %v", err)
	}
}

func TestTheLastAdministratorStaysOne(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, a *apptest.App) {
		admin := a.CreateAdmin(t)
		if err := a.Moderation.SuspendPerson(ctx, admin, admin.PersonID, "x"); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("the administrator suspended themselves: %v", err)
		}
		if err := a.Accounts.RemoveAdmin(ctx, apptest.BrandEmail("administration")); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("the administrator was removed: %v", err)
		}
		if err := a.Privacy.EraseActor(ctx, admin, ""); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("the administrator was erased: %v", err)
		}
		other := a.SignUpBrand(t, "second")
		if err := a.Accounts.ConfirmEmailWithoutLink(ctx, other.PersonID, apptest.BrandEmail("second")); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Accounts.AddAdmin(ctx, apptest.BrandEmail("second")); err != nil {
			t.Fatal(err)
		}
		if err := a.Accounts.RemoveAdmin(ctx, apptest.BrandEmail("administration")); err != nil {
			t.Errorf("of two, one could not be removed: %v", err)
		}
	})
}
