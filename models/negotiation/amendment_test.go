package negotiation_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

func dueOn(day string) func(*negotiation.OfferForm) {
	return func(f *negotiation.OfferForm) { f.Deliverables[0].DueOn = day }
}

// pay more, one week later, for one more story.
func amendAll(f *negotiation.OfferForm) {
	f.Fee, f.Objective, f.Message = "600", "sales", "The parcel came late."
	f.Deliverables[0].DueOn = "2026-12-11"
	f.Deliverables = append(f.Deliverables, terms.DeliverableForm{ContentType: "tutorial", Format: "story", Platform: "instagram", Count: "1", DueOn: "2026-12-20"})
}

func TestASignedAmendmentTakesThePlaceOfItsContract(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		deal := w.AgreeWithContract()
		first := w.SignBoth(deal)
		am := w.ProposeAmendment(w.Creator, deal, amendAll)
		if am.Amends != first.SHA256 || am.Number != 2 || am.Earlier.SHA256 != first.SHA256 || !am.Earlier.SignedAt.Equal(*first.SignedAt) || am.ProposedBy != models.SideCreator || am.Required {
			t.Errorf("%+v", am)
		}
		w.Must(w.Sign(w.Brand, am))
		if now := w.Deal(deal); now.Terms.Fee.Sum() != 45_000 || now.Contract.State != contracts.Signed || len(now.Deliverables) != 1 {
			t.Errorf("one signature changes the deal: %+v", now.Terms.Fee)
		}
		w.Must(w.Sign(w.Creator, am))
		now := w.Deal(deal)
		if now.Amendment != nil || now.Contract.PublicID != am.PublicID || now.Contract.State != contracts.Signed {
			t.Errorf("in force: %+v, open %v", now.Contract, now.Amendment)
		}
		if len(now.Versions) != 2 || now.Versions[0].AmendedAt != nil || now.Versions[1].PublicID != first.PublicID || now.Versions[1].AmendedAt == nil {
			t.Errorf("versions: %+v", now.Versions)
		}
		if len(am.Terms.Differences(now.Terms)) > 0 || w.Count("SELECT count(*) FROM deals WHERE fee_minor = 60000 AND objective = 'sales'") != 1 {
			t.Errorf("the deal: %+v", now.Terms)
		}
		if x := now.Deliverable(1); x.DueOn.String() != "2026-12-11" || !x.DeadlineAt.Equal(dealtest.EndOfDay(dealtest.CreatorZone, x.DueAt.Add(-1), 3)) || x.State != deals.Drafting {
			t.Errorf("the first: %+v", x)
		}
		if x := now.Deliverable(2); x == nil || x.DueOn.String() != "2026-12-20" || x.State != deals.Drafting || x.DeadlineAt == nil {
			t.Errorf("the second: %+v", x)
		}
		if c, err := w.Contracts.CheckDocument(context.Background(), first.SHA256); err != nil || !c.Amended || !c.SignedAt.Equal(*first.SignedAt) {
			t.Errorf("checked: %+v %v", c, err)
		}
		var lines int
		for _, e := range now.Events {
			if e.Action == deals.ActionAmend && !e.Contract {
				lines++
			}
			if e.Contract && e.SubjectID == am.ID && !e.Amendment {
				t.Errorf("the history takes the amendment for a first contract: %+v", e)
			}
		}
		if lines != 1 {
			t.Errorf("%d lines in the history of the deal", lines)
		}
		// What is signed can be amended in turn, and the first contract no more.
		second := w.ProposeAmendment(w.Brand, deal, func(f *negotiation.OfferForm) { f.Fee = "650" })
		if second.Amends != am.SHA256 || second.Number != 3 {
			t.Errorf("the chain: %+v", second)
		}
		_, err := w.Negotiations.ProposeAmendment(context.Background(), w.Brand, first.PublicID, w.AmendingForm(deal), "late")
		dealtest.WantCode(t, err, models.CodeConflict)
	})
}

func TestWhatIsNotSignedLeavesAllAsItWas(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.AgreeWithContract()
		first := w.SignBoth(deal)
		before := w.Deal(deal)
		for name, end := range map[string]func(contracts.Contract){
			"declined":  func(c contracts.Contract) { w.Must(w.Contracts.Decline(ctx, w.Brand, c.PublicID, "No.")) },
			"withdrawn": func(c contracts.Contract) { w.Must(w.Contracts.Withdraw(ctx, w.Creator, c.PublicID)) },
			"late": func(c contracts.Contract) {
				w.ForwardTo(*c.DeadlineAt)
				w.Sweep()
			},
		} {
			am := w.ProposeAmendment(w.Creator, deal, func(f *negotiation.OfferForm) { f.Fee = "600" })
			w.Must(w.Sign(w.Creator, am))
			end(am)
			now := w.Deal(deal)
			if now.Contract.PublicID != first.PublicID || now.Contract.State != contracts.Signed || now.Amendment != nil || now.EndedAt != nil || len(now.Terms.Differences(before.Terms)) > 0 || now.Version != before.Version {
				t.Errorf("%s: %+v", name, now)
			}
		}
	})
}

func TestWithdrawingIsForTheProposerWhileTheOtherHasNotSigned(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.AgreeWithContract()
		first := w.SignBoth(deal)
		dealtest.WantCode(t, w.Contracts.Withdraw(ctx, w.Brand, first.PublicID), models.CodeConflict)
		am := w.ProposeAmendment(w.Creator, deal, func(f *negotiation.OfferForm) { f.Fee = "600" })
		dealtest.WantCode(t, w.Contracts.Withdraw(ctx, w.Brand, am.PublicID), models.CodeConflict)
		dealtest.WantCode(t, w.Contracts.Withdraw(ctx, w.OtherBrand, am.PublicID), models.CodeNotFound)
		w.Must(w.Sign(w.Brand, am))
		dealtest.WantCode(t, w.Contracts.Withdraw(ctx, w.Creator, am.PublicID), models.CodeConflict)
		if got := w.Amendment(deal).State; got != contracts.SignedByOne {
			t.Errorf("it is %s", got)
		}
	})
}

func TestWhichContractsCanBeAmended(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.AgreeWithContract()
		propose := func(a models.Actor, change func(*negotiation.OfferForm)) error {
			form := w.AmendingForm(deal)
			change(&form)
			w.Forms++
			_, err := w.Negotiations.ProposeAmendment(ctx, a, w.Contract(deal).PublicID, form, fmt.Sprint("form", w.Forms))
			return err
		}
		more := func(f *negotiation.OfferForm) { f.Fee = "600" }
		dealtest.WantCode(t, propose(w.Brand, more), models.CodeConflict) // not signed yet
		w.SignBoth(deal)
		dealtest.WantCode(t, propose(w.OtherBrand, more), models.CodeNotFound)
		dealtest.WantCode(t, propose(models.Actor{PersonID: w.Brand.PersonID, BrandID: w.Brand.BrandID, Role: models.RoleFinance}, more), models.CodeForbidden)
		dealtest.WantField(t, propose(w.Brand, func(*negotiation.OfferForm) {}), "fee", "terms.amend.same")
		dealtest.WantField(t, propose(w.Brand, func(f *negotiation.OfferForm) { f.Product = "Tea" }), "product", "terms.amend.fixed")
		dealtest.WantField(t, propose(w.Brand, func(f *negotiation.OfferForm) { f.Objective = terms.PoliticalObjective }), "objective", "terms.invalid.political")
		dealtest.WantField(t, propose(w.Brand, func(f *negotiation.OfferForm) { f.Child = "yes" }), "child", "terms.invalid.child")
		dealtest.WantField(t, propose(w.Brand, func(f *negotiation.OfferForm) {
			f.Deliverables = append(f.Deliverables, terms.DeliverableForm{ContentType: "review", Format: "live", Platform: "twitch", DueOn: "2026-12-20"})
		}), "deliverables[1].platform", "negotiation.invalid.platform_creator")
		w.ProposeAmendment(w.Brand, deal, more)
		dealtest.WantCode(t, propose(w.Creator, func(f *negotiation.OfferForm) { f.Fee = "700" }), models.CodeConflict) // one is open
		w.Must(w.Deals.End(ctx, w.Creator, deal, "It is over."))
		if open := w.Deal(deal).Amendment; open != nil {
			t.Errorf("open after the end: %+v", open)
		}
		dealtest.WantCode(t, propose(w.Brand, more), models.CodeConflict)
	})
}

// Between the proposal and the signatures a deliverable that would move may be approved: the
// amendment can then not be signed any more, and what it leaves alone may go on meanwhile.
func TestAnAmendmentThatTheWorkHasOvertakenIsNotSigned(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.AgreeWithContract()
		w.SignBoth(deal)
		moves := w.ProposeAmendment(w.Brand, deal, dueOn("2026-12-11"))
		w.Must(w.Sign(w.Brand, moves))
		w.Carry(deal, 1, deals.Approved)
		err := w.Sign(w.Creator, moves)
		if dealtest.WantCode(t, err, models.CodeConflict); !strings.Contains(err.Error(), "contracts.gate.amendable") {
			t.Error(err)
		}
		w.Must(w.Contracts.Withdraw(ctx, w.Brand, moves.PublicID))
		pays := w.ProposeAmendment(w.Brand, deal, func(f *negotiation.OfferForm) { f.Fee = "600" })
		w.Must(w.Sign(w.Brand, pays))
		w.Must(w.Sign(w.Creator, pays))
		if now := w.Deal(deal); now.Terms.Fee.Sum() != 60_000 || now.Deliverable(1).State != deals.Approved {
			t.Errorf("%+v", now)
		}
	})
}

// A draft that the brand looks at keeps the brand's clock; the creator's follows the new day.
func TestClocksFollowADayThatMoves(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		for state, moves := range map[deals.State]bool{deals.Drafting: true, deals.Review: false, deals.Changes: true} {
			w := dealtest.New(t, d)
			deal := w.AgreeWithContract()
			w.SignBoth(deal)
			w.Carry(deal, 1, state)
			before := *w.Deal(deal).Deliverable(1)
			am := w.ProposeAmendment(w.Brand, deal, dueOn("2027-01-15"))
			w.Must(w.Sign(w.Brand, am))
			w.Must(w.Sign(w.Creator, am))
			now := *w.Deal(deal).Deliverable(1)
			if now.State != state || !now.EnteredAt.Equal(before.EnteredAt) || now.DueOn.String() != "2027-01-15" || now.DeadlineAt.Equal(*before.DeadlineAt) == moves {
				t.Errorf("%s: until %v, then %v", state, before.DeadlineAt, now.DeadlineAt)
			}
		}
	})
}

func TestTheYearTotalFollowsAnAmendment(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.AgreeWithContract()
		c := w.SignBoth(deal)
		w.Must(d.Read(ctx).Exec("UPDATE creators SET country = 'FR' WHERE id = ?", w.Creator.CreatorID).Error)
		w.Must(d.Read(ctx).Exec("DELETE FROM contract_identities WHERE creator_id = ?", w.Creator.CreatorID).Error)
		form := w.AmendingForm(deal)
		form.CommissionShare, form.Fee = "", "850"
		p, err := w.Negotiations.PreviewAmendment(ctx, w.Brand, c.PublicID, form)
		if w.Must(err); p.Contract.Reason != contracts.NearThreshold || p.Contract.Total.Minor != 85_000 {
			t.Errorf("below: %+v", p.Contract)
		}
		form.Fee = "1000"
		p, err = w.Negotiations.PreviewAmendment(ctx, w.Brand, c.PublicID, form)
		if w.Must(err); p.Contract.Reason != contracts.AtThreshold || p.Contract.Total.Minor != 100_000 {
			t.Errorf("above: %+v", p.Contract)
		}
		if w.Deal(deal).Amendment != nil {
			t.Error("a look proposes something")
		}
	})
}

func TestAnAmendmentAboveTheAmountIsForWhoeverApproves(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.AgreeWithContract()
		c := w.SignBoth(deal)
		member := (&office{table: &table{World: w}}).colleague("Buyer", models.RoleManager)
		w.Must(d.Read(ctx).Exec("UPDATE brands SET approver_id = ?, approval_minor = 50000, approval_currency = 'EUR' WHERE id = ?", w.Brand.PersonID, w.Brand.BrandID).Error)
		form := w.AmendingForm(deal)
		form.CommissionShare, form.Fee = "", "600"
		events := w.Events()
		_, err := w.Negotiations.ProposeAmendment(ctx, member, c.PublicID, form, "form")
		if dealtest.WantCode(t, err, models.CodeConflict); !strings.Contains(err.Error(), "contracts.error.amendment_approval") || w.Events() != events || w.Deal(deal).Amendment != nil {
			t.Errorf("%v, %d events", err, w.Events()-events)
		}
		cheap := form
		cheap.Fee = "460"
		if _, err := w.Negotiations.PreviewAmendment(ctx, member, c.PublicID, cheap); err != nil {
			t.Errorf("below the amount: %v", err)
		}
		am := w.ProposeAmendment(w.Creator, deal, func(f *negotiation.OfferForm) { *f = form })
		events = w.Events()
		err = w.Sign(member, am)
		if dealtest.WantCode(t, err, models.CodeConflict); !strings.Contains(err.Error(), "contracts.error.signing_approval") || w.Events() != events {
			t.Errorf("%v, %d events", err, w.Events()-events)
		}
		w.Must(w.Sign(w.Brand, am))
	})
}

func TestFiftyClicksMakeOneAmendmentAndSignItOnce(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.AgreeWithContract()
		c := w.SignBoth(deal)
		form := w.AmendingForm(deal)
		amendAll(&form)
		other := form
		other.Fee = "700"
		ids, errs := make([]string, 50), make([]error, 50)
		clickWhileLocked(t, d, "contracts", c.PublicID, func(i int) {
			if i%2 == 0 {
				ids[i], errs[i] = w.Negotiations.ProposeAmendment(ctx, w.Brand, c.PublicID, form, "one form")
			} else {
				ids[i], errs[i] = w.Negotiations.ProposeAmendment(ctx, w.Creator, c.PublicID, other, fmt.Sprint("form", i))
			}
		})
		requireConflicts(t, errs)
		made := map[string]int{}
		for _, id := range ids {
			if id != "" {
				made[id]++
			}
		}
		if len(made) != 1 || w.Count("SELECT count(*) FROM contracts WHERE amends_id IS NOT NULL") != 1 {
			t.Fatalf("%v", made)
		}
		am := w.PrepareAmendment(deal)
		w.Must(w.Sign(w.Brand, am))
		clickFifty(func(i int) { errs[i] = w.Sign(w.Creator, am) })
		requireConflicts(t, errs)
		now := w.Deal(deal)
		if now.Contract.PublicID != am.PublicID || len(now.Deliverables) != 2 || now.Version != 2 ||
			w.Count("SELECT count(*) FROM contract_signatures WHERE contract_id = ?", am.ID) != 2 || w.Count("SELECT count(*) FROM workflow_events WHERE action = 'amend' AND subject_kind = 'deal'") != 1 {
			t.Errorf("%+v", now)
		}
	})
}

// requireConflicts fails where an error is anything but a conflict.
func requireConflicts(t *testing.T, errs []error) {
	t.Helper()
	for _, err := range errs {
		if err != nil && models.CodeOf(err) != models.CodeConflict {
			t.Fatal(err)
		}
	}
}

// clickWhileLocked has all clicks begin while a row is locked, so that what they read before they
// get the lock is old.
func clickWhileLocked(t *testing.T, d *db.DB, table, publicID string, click func(int)) {
	t.Helper()
	locked, all := make(chan struct{}), sync.WaitGroup{}
	all.Go(func() {
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			var ids []int64
			err := tx.Table(table).Clauses(clause.Locking{Strength: "UPDATE"}).Where("public_id = ?", publicID).Pluck("id", &ids).Error
			close(locked)
			time.Sleep(300 * time.Millisecond)
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-locked
	clickFifty(click)
	all.Wait()
}

func clickFifty(click func(int)) {
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() { click(i) })
	}
	all.Wait()
}

func TestTheDatabaseGuardsAmendments(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.AgreeWithContract()
		w.SignBoth(deal)
		am := w.ProposeAmendment(w.Creator, deal, amendAll)
		for _, statement := range []string{
			"UPDATE deals SET terms = (SELECT terms FROM contracts WHERE number = 2)", // it is not signed
			"UPDATE deals SET fee_minor = 1",
			"UPDATE deals SET currency = 'USD'",
			"UPDATE contracts SET proposed_by = 'brand' WHERE number = 2",
			"UPDATE deliverables SET due_on = '2026-12-11'",
		} {
			if err := d.Read(ctx).Exec(statement).Error; err == nil {
				t.Errorf("possible: %s", statement)
			}
		}
		w.Must(w.Sign(w.Brand, am))
		w.Must(w.Sign(w.Creator, am))
		for _, statement := range []string{"UPDATE deals SET terms = '{}'", "UPDATE deals SET product = 'Tea'", "UPDATE deliverables SET due_on = '2026-12-30'"} {
			if err := d.Read(ctx).Exec(statement).Error; err == nil {
				t.Errorf("possible once it is signed: %s", statement)
			}
		}
	})
}
