package deals_test

import (
	"context"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
)

// Finance and viewers read what the brand's managers do, and every verb refuses them.
func TestVerbsRefuseWhoOnlySees(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		proposal, deal := w.propose(), w.bring(deals.Review)
		ref := deals.Ref{Deal: deal, Number: 1}
		for _, role := range []models.Role{models.RoleFinance, models.RoleViewer} {
			a := models.Actor{PersonID: w.brand.PersonID, BrandID: w.brand.BrandID, Role: role}
			if _, err := w.store.GetDeal(ctx, a, deal); err != nil {
				t.Errorf("%s does not see the deal: %v", role, err)
			}
			if _, err := w.store.GetProposal(ctx, a, proposal); err != nil {
				t.Errorf("%s does not see the proposal: %v", role, err)
			}
			_, err := w.store.Propose(ctx, a, w.creatorID, form(), "a form of "+string(role))
			wantCode(t, err, models.CodeForbidden)
			wantCode(t, w.store.Withdraw(ctx, a, proposal), models.CodeForbidden)
			_, err = w.store.NewJoinLink(ctx, a, proposal)
			wantCode(t, err, models.CodeForbidden)
			for _, action := range []deals.Action{deals.ActionApprove, deals.ActionRequestChanges, deals.ActionComplete, deals.ActionEnd} {
				wantCode(t, w.act(a, ref, action, ""), models.CodeForbidden)
			}
		}
		if got := w.state(deal, 1); got != deals.Review {
			t.Errorf("the deliverable is %s after refusals", got)
		}
	})
}

// Somebody who joins the brand whose deal they carry out as its creator acts
// for one side alone.
func TestNobodyActsForTheBrandOnTheirOwnDeal(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		deal := w.bring(deals.Review)
		both := models.Actor{PersonID: w.creator.PersonID, BrandID: w.brand.BrandID, Role: models.RoleManager}
		wantCode(t, w.act(both, deals.Ref{Deal: deal, Number: 1}, deals.ActionApprove, ""), models.CodeForbidden)
		w.must(w.act(w.brand, deals.Ref{Deal: deal, Number: 1}, deals.ActionApprove, ""))
	})
}

// Mails go to the people who run the brand's deals, also of an agency that may.
func TestMailsGoToWhoeverRunsTheDeals(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		now := w.clock.Now()
		w.must(d.Read(ctx).Exec("INSERT INTO members (brand_id, person_id, role, created_at) VALUES (?, ?, 'viewer', ?)", w.brand.BrandID, w.otherStar.PersonID, now).Error)
		w.must(d.Read(ctx).Exec(`INSERT INTO agency_mandates (public_id, agency_id, brand_id, role, offered_by, offered_at, expires_at, accepted_at)
			VALUES (?, ?, ?, 'manager', ?, ?, ?, ?)`, models.NewPublicID(), w.otherBrand.BrandID, w.brand.BrandID, w.brand.PersonID, now, now, now).Error)
		deal := w.bring(deals.Review)
		var event int64
		w.must(d.Read(ctx).Raw("SELECT max(e.id) FROM workflow_events e JOIN deals d ON d.proposal_id = e.root_id WHERE d.public_id = ?", deal).Scan(&event).Error)
		a, err := w.store.Announcement(ctx, event)
		w.must(err)
		var got []int64
		for _, to := range a.To {
			got = append(got, to.PersonID)
		}
		if len(got) != 2 || got[0] != w.brand.PersonID || got[1] != w.otherBrand.PersonID {
			t.Errorf("the mail goes to %v, wanted the owner %d and the agency's %d", got, w.brand.PersonID, w.otherBrand.PersonID)
		}
	})
}
