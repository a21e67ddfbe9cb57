package moderation_test

import (
	"fmt"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/moderation"
)

func TestTheModelsAreTheTables(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) { testkit.CheckSameColumns(t, d, moderation.Report{}, db.Block{}) })
}

func figures(id string) moderation.ReportForm {
	return moderation.ReportForm{About: moderation.Creator, ID: id, Reason: "figures", Words: "Bought."}
}

func TestAReportIsDecidedOnceAndUndone(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, a *apptest.App) {
		brand, other, admin := a.SignUpBrand(t, "fonte"), a.SignUpBrand(t, "other"), a.CreateAdmin(t)
		penne, id := a.JoinCreator(t, "penne.sandbox")
		if err := a.Moderation.SubmitReport(ctx, brand, figures(id)); err != nil {
			t.Fatal(err)
		}
		if err := a.Moderation.SubmitReport(ctx, brand, figures(id)); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("a second open report gave %v", err)
		}
		if err := a.Moderation.SubmitReport(ctx, other, figures(id)); err != nil {
			t.Errorf("somebody else's gave %v", err)
		}
		if err := a.Moderation.SubmitReport(ctx, penne, figures(id)); models.CodeOf(err) != models.CodeForbidden {
			t.Errorf("reporting oneself gave %v", err)
		}
		if err := a.Moderation.SubmitReport(ctx, brand, moderation.ReportForm{About: moderation.Creator, ID: id, Reason: "taste"}); models.CodeOf(err) != models.CodeInvalid {
			t.Errorf("an unknown reason gave %v", err)
		}
		open, _, err := a.Moderation.ListReports(ctx, admin, moderation.ReportFilter{})
		if err != nil || len(open) != 2 || open[1].Reporter != "Member of fonte" || open[1].Name != "Penne Trial" {
			t.Fatalf("open are %+v, %v", open, err)
		}
		report := open[1].PublicID
		for _, who := range []models.Actor{{}, brand, penne} {
			if _, err := a.Moderation.ReadReportCase(ctx, who, report); models.CodeOf(err) != models.CodeNotFound {
				t.Errorf("%+v reads it: %v", who, err)
			}
			if err := a.Moderation.DecideReport(ctx, who, report, moderation.Warn, "x"); models.CodeOf(err) != models.CodeNotFound {
				t.Errorf("%+v decides it: %v", who, err)
			}
		}
		if err := a.Moderation.DecideReport(ctx, admin, report, moderation.Suspend, apptest.SuspensionReason); err != nil {
			t.Fatal(err)
		}
		if err := a.Moderation.DecideReport(ctx, admin, report, moderation.Nothing, ""); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("deciding twice gave %v", err)
		}
		if found(t, a) != 0 {
			t.Error("the creator is still found")
		}
		warned, err := a.Moderation.ListWarnings(ctx, penne)
		if err != nil || len(warned) != 1 || warned[0].PersonID != 0 || warned[0].Words != "" || warned[0].Note != apptest.SuspensionReason {
			t.Errorf("the accused reads %+v, %v", warned, err)
		}
		if err := a.Moderation.SubmitReport(ctx, brand, figures(id)); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("a page that is not there was reported: %v", err)
		}
		if err := a.Moderation.ReopenReport(ctx, admin, report); err != nil || found(t, a) != 1 {
			t.Errorf("undone, the creator is not found: %v", err)
		}
		said, err := a.Moderation.ListOwnReports(ctx, brand)
		if err != nil || len(said) != 1 || said[0].Decision != moderation.Undecided {
			t.Errorf("its reporter reads %+v, %v", said, err)
		}
		if audited(t, a, "moderation.reported", brand) != 1 || audited(t, a, "admin.report_decided", admin) != 1 || audited(t, a, "admin.report_reopened", admin) != 1 {
			t.Error("the steps are not in the audit log")
		}
	})
}

func TestReportsAreLimited(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.WithLimits)
	brand := a.SignUpBrand(t, "fonte")
	_, id := a.JoinCreator(t, "penne.sandbox")
	for i := range models.Reports.Most {
		if err := a.Moderation.SubmitReport(ctx, brand, figures(id)); err != nil && models.CodeOf(err) != models.CodeConflict {
			t.Fatalf("report %d gave %v", i, err)
		}
	}
	if err := a.Moderation.SubmitReport(ctx, brand, figures(id)); models.CodeOf(err) != models.CodeTooMany {
		t.Errorf("one more gave %v", err)
	}
	if err := a.Moderation.SubmitReport(ctx, a.SignUpBrand(t, "other"), figures(id)); err != nil {
		t.Errorf("somebody else's gave %v", err)
	}
	a.Clock.Advance(models.Reports.Per)
	if err := a.Moderation.SubmitReport(ctx, brand, figures(id)); models.CodeOf(err) != models.CodeConflict {
		t.Errorf("a day later: %v", err)
	}
}

func TestABlockStandsForItsSideUntilItIsUndone(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, a *apptest.App) {
		brand, other := a.SignUpBrand(t, "fonte"), a.SignUpBrand(t, "other")
		penne, id := a.JoinCreator(t, "penne.sandbox")
		blocked := func(want bool) {
			t.Helper()
			isBlocked := func(brandID int64) bool {
				var n int64
				if err := a.DB.Read(ctx).Model(&db.Block{}).Where("brand_id = ? AND creator_id = ?", brandID, penne.CreatorID).Count(&n).Error; err != nil {
					t.Error(err)
				}
				return n > 0
			}
			if isBlocked(brand.BrandID) != want {
				t.Errorf("blocked is %v", !want)
			}
			if isBlocked(other.BrandID) {
				t.Error("another brand is blocked")
			}
		}
		own, err := a.Accounts.OwnBrand(ctx, brand)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // blocking twice is blocking once
			if err := a.Moderation.BlockParty(ctx, brand, id); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.Moderation.BlockParty(ctx, penne, own.PublicID); err != nil {
			t.Fatal(err)
		}
		blocked(true)
		if hidden, err := a.Moderation.CreatorsHiddenFrom(ctx, brand); err != nil || len(hidden) != 1 || hidden[0] != penne.CreatorID {
			t.Errorf("hidden are %v, %v", hidden, err)
		}
		if all, err := a.Moderation.ListBlocks(ctx, brand); err != nil || len(all) != 1 || all[0].PublicID != id {
			t.Errorf("its blocks are %+v, %v", all, err)
		}
		if err := a.Moderation.UnblockParty(ctx, brand, id); err != nil {
			t.Fatal(err)
		}
		blocked(true) // the creator's block stands
		if err := a.Moderation.UnblockParty(ctx, penne, own.PublicID); err != nil {
			t.Fatal(err)
		}
		blocked(false)
		for _, who := range []models.Actor{{}, a.CreateAdmin(t), {PersonID: brand.PersonID, BrandID: brand.BrandID, Role: models.RoleViewer}} {
			if err := a.Moderation.BlockParty(ctx, who, id); err == nil {
				t.Errorf("%+v blocks", who)
			}
		}
		if audited(t, a, "moderation.blocked", brand) != 1 || audited(t, a, "moderation.unblocked", penne) != 1 {
			t.Error("the steps are not in the audit log, once each")
		}
	})
}

func TestAnImportListsNobodySuspended(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, a *apptest.App) {
		penne, id := a.JoinCreator(t, "penne.sandbox")
		admin := a.CreateAdmin(t)
		// The account is known from a file alone, as after disconnecting it.
		if err := a.DB.Read(ctx).Exec("UPDATE creator_accounts SET source = 'imported', platform_user_id = NULL, listed = FALSE WHERE creator_id = ?", penne.CreatorID).Error; err != nil {
			t.Fatal(err)
		}
		followers := 500_000
		load := func() {
			t.Helper()
			followers += 1000
			a.Clock.Advance(24 * time.Hour)
			rows := fmt.Sprintf("username,followers\npenne.sandbox,%d\n", followers)
			if _, err := a.Imports.ImportFiles(ctx, []imports.File{importtest.File("list.csv", rows)}, imports.Options{AsOf: models.DateOf(a.Clock.Now())}); err != nil {
				t.Fatal(err)
			}
		}
		listed := func(want bool) {
			t.Helper()
			var is, account bool
			a.DB.Read(ctx).Raw("SELECT listed FROM creators WHERE id = ?", penne.CreatorID).Scan(&is)
			a.DB.Read(ctx).Raw("SELECT listed FROM creator_accounts WHERE creator_id = ?", penne.CreatorID).Scan(&account)
			if _, err := a.Creators.ReadMediaKit(ctx, models.Actor{}, id, ""); is != want || (err == nil) != want || found(t, a) != map[bool]int64{true: 1}[want] || !account {
				t.Errorf("listed is %v, the account's %v, the page gives %v", is, account, err)
			}
		}
		a.SuspendPerson(t, penne)
		load()
		listed(false)
		a.SuspendCreator(t, id)
		if err := a.Moderation.RestorePerson(ctx, admin, penne.PersonID); err != nil {
			t.Fatal(err)
		}
		load()
		listed(false)
		if err := a.Moderation.RestoreSubject(ctx, admin, moderation.Creator, id); err != nil {
			t.Fatal(err)
		}
		load()
		listed(true)
	})
}
