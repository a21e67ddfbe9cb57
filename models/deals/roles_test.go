package deals_test

import (
	"context"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
)

// Finance and viewers read what the brand's managers do, and every verb refuses them.
func TestVerbsRefuseWhoOnlySees(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		proposal, deal := w.Propose(), w.Bring(deals.Review)
		ref := deals.Ref{Deal: deal, Number: 1}
		for _, role := range []models.Role{models.RoleFinance, models.RoleViewer} {
			a := models.Actor{PersonID: w.Brand.PersonID, BrandID: w.Brand.BrandID, Role: role}
			if _, err := w.Deals.GetDeal(ctx, a, deal); err != nil {
				t.Errorf("%s does not see the deal: %v", role, err)
			}
			if _, err := w.Negotiations.Get(ctx, a, proposal); err != nil {
				t.Errorf("%s does not see the proposal: %v", role, err)
			}
			_, err := w.Negotiations.Propose(ctx, a, w.CreatorID, dealtest.Form(), "a form of "+string(role))
			dealtest.WantCode(t, err, models.CodeForbidden)
			dealtest.WantCode(t, w.Negotiations.Withdraw(ctx, a, proposal), models.CodeForbidden)
			_, err = w.Negotiations.NewJoinLink(ctx, a, proposal)
			dealtest.WantCode(t, err, models.CodeForbidden)
			for _, action := range []deals.Action{deals.ActionApprove, deals.ActionRequestChanges, deals.ActionComplete, deals.ActionEnd} {
				dealtest.WantCode(t, w.Act(a, ref, action, ""), models.CodeForbidden)
			}
		}
		if got := w.State(deal, 1); got != deals.Review {
			t.Errorf("the deliverable is %s after refusals", got)
		}
	})
}

// Somebody who joins the brand whose deal they carry out as its creator acts
// for one side alone.
func TestNobodyActsForTheBrandOnTheirOwnDeal(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		deal := w.Bring(deals.Review)
		both := models.Actor{PersonID: w.Creator.PersonID, BrandID: w.Brand.BrandID, Role: models.RoleManager}
		dealtest.WantCode(t, w.Act(both, deals.Ref{Deal: deal, Number: 1}, deals.ActionApprove, ""), models.CodeForbidden)
		w.Must(w.Act(w.Brand, deals.Ref{Deal: deal, Number: 1}, deals.ActionApprove, ""))
	})
}

// Mails go to the people who run the brand's deals, also of an agency that may.
func TestMailsGoToWhoeverRunsTheDeals(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		now := w.Clock.Now()
		w.Must(d.Read(ctx).Exec("INSERT INTO members (brand_id, person_id, role, created_at) VALUES (?, ?, 'viewer', ?)", w.Brand.BrandID, w.OtherStar.PersonID, now).Error)
		w.Must(d.Read(ctx).Exec(`INSERT INTO agency_mandates (public_id, agency_id, brand_id, role, offered_by, offered_at, expires_at, accepted_at)
			VALUES (?, ?, ?, 'manager', ?, ?, ?, ?)`, models.NewPublicID(), w.OtherBrand.BrandID, w.Brand.BrandID, w.Brand.PersonID, now, now, now).Error)
		deal := w.Bring(deals.Review)
		var event int64
		w.Must(d.Read(ctx).Raw("SELECT max(e.id) FROM workflow_events e JOIN deals d ON d.negotiation_id = e.root_id WHERE d.public_id = ?", deal).Scan(&event).Error)
		a, err := w.Deals.Announcement(ctx, event)
		w.Must(err)
		var got []int64
		for _, to := range a.To {
			got = append(got, to.PersonID)
		}
		if len(got) != 2 || got[0] != w.Brand.PersonID || got[1] != w.OtherBrand.PersonID {
			t.Errorf("the mail goes to %v, wanted the owner %d and the agency's %d", got, w.Brand.PersonID, w.OtherBrand.PersonID)
		}
	})
}
