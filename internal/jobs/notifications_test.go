package jobs_test

import (
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/notifications"
)

// agreed is a deal between a brand and a creator, whose mails have gone.
func agreed(t *testing.T, a *apptest.App) (brand, creator models.Actor, deal string) {
	t.Helper()
	brand = a.SignUpBrand(t, "fonte")
	creator, id := a.JoinCreator(t, "penne.sandbox")
	if err := a.Accounts.ConfirmEmailWithoutLink(ctx, creator.PersonID, "penne@creators.example"); err != nil {
		t.Fatal(err)
	}
	sent, err := a.Negotiations.Propose(ctx, brand, id, form(), "form-1")
	if err != nil {
		t.Fatal(err)
	}
	if deal, err = a.Negotiations.Accept(ctx, creator, sent.Negotiation, 1); err != nil {
		t.Fatal(err)
	}
	return brand, creator, deal
}

func TestAMailNamesTheDeedAndIsStoppedByItsLink(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand, creator, deal := agreed(t, a)
	before := len(workOff(t, a, 3)) // the confirmation, the proposal and its acceptance
	if err := a.Deals.Act(ctx, creator, deals.Ref{Deal: deal, Number: 1}, deals.ActionSubmitDraft, deals.Answers{"note": "Here it is"}); err != nil {
		t.Fatal(err)
	}
	kept := workOff(t, a, before+1)
	find(t, kept, apptest.BrandEmail("fonte"), "Penne Trial sent draft 1 of Copper pan", "Here it is", a.URL+"/deals/"+deal, "Stop these e-mails")
	m := alertOf(t, kept)
	if !strings.HasPrefix(m.Unsubscribe, a.URL+"/notifications/unsubscribe/") || !strings.Contains(m.Text, m.Unsubscribe) || !strings.Contains(m.HTML, m.Unsubscribe) {
		t.Errorf("the mail is stopped at %q: %s", m.Unsubscribe, m.Text)
	}
	all, _, err := a.Notifications.List(ctx, brand, true, nil)
	if err != nil || len(all) != 2 || all[0].Title != "Penne Trial sent draft 1 of Copper pan" {
		t.Errorf("in the app stands %+v, %v", all, err)
	}
	// The same job again sends nothing.
	if err := a.DB.Read(ctx).Exec("UPDATE river_job SET state = 'available', finalized_at = NULL, max_attempts = 99 WHERE kind = 'notifications.deliver'").Error; err != nil {
		t.Fatal(err)
	}
	workOff(t, a, before+1)
}

func TestADailyMailGathersADay(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand, creator, deal := agreed(t, a)
	before := len(workOff(t, a, 3))
	daily := map[notifications.Kind]notifications.Channel{notifications.DealProgress: notifications.ByDaily}
	if err := a.Notifications.SetPreferences(ctx, brand, daily); err != nil {
		t.Fatal(err)
	}
	if err := a.Deals.Act(ctx, creator, deals.Ref{Deal: deal, Number: 1}, deals.ActionSubmitDraft, deals.Answers{"note": "Here it is"}); err != nil {
		t.Fatal(err)
	}
	workOff(t, a, before)
	a.Clock.Advance(23 * time.Hour)
	kept := workOff(t, a, before+1)
	find(t, kept, apptest.BrandEmail("fonte"), "Penne Trial sent draft 1 of Copper pan", a.URL+"/deals/"+deal, "once a day", a.URL+"/notifications/unsubscribe/")
	workOff(t, a, before+1)
}

func TestASuspendedBrandGetsNoDailyMail(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand, creator, deal := agreed(t, a)
	before := len(workOff(t, a, 3))
	daily := map[notifications.Kind]notifications.Channel{notifications.DealProgress: notifications.ByDaily}
	if err := a.Notifications.SetPreferences(ctx, brand, daily); err != nil {
		t.Fatal(err)
	}
	if err := a.Deals.Act(ctx, creator, deals.Ref{Deal: deal, Number: 1}, deals.ActionSubmitDraft, deals.Answers{"note": "Here it is"}); err != nil {
		t.Fatal(err)
	}
	workOff(t, a, before)
	a.SuspendBrand(t, brand)
	a.Clock.Advance(23 * time.Hour)
	find(t, workOff(t, a, before+1), "penne@creators.example", "fonte cannot act for now: the deal Copper pan is on hold")
}

// What the queue held before there were notifications is still told.
func TestAJobOfBeforeIsStillMailed(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand, _, _ := agreed(t, a)
	before := len(workOff(t, a, 3))
	owner := accounts.Notice{Kind: accounts.NoticeDomainLost, Key: "before", BrandID: brand.BrandID, PersonID: brand.PersonID, Domain: "pans.example"}
	enqueue(t, a, noticeBefore{owner})
	find(t, workOff(t, a, before+1), apptest.BrandEmail("fonte"), "pans.example")
}

type noticeBefore struct{ accounts.Notice }

// Kind is the job's name, for River.
func (noticeBefore) Kind() string { return "accounts.notice" }

// A reminder that the version before has queued is sent, once, unless something has
// happened since.
func TestAReminderOfBeforeIsStillMailed(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand, _, deal := agreed(t, a)
	before := len(workOff(t, a, 3))
	d, err := a.Deals.GetDeal(ctx, brand, deal)
	if err != nil {
		t.Fatal(err)
	}
	x := d.Deliverable(1)
	for range 2 {
		enqueue(t, a, reminderBefore{"deliverable_id": x.ID, "version": x.Version})
		find(t, workOff(t, a, before+1), "penne@creators.example", "Your draft of Copper pan for fonte is due by", a.URL+"/deals/"+deal)
	}
	enqueue(t, a, reminderBefore{"deliverable_id": x.ID, "version": x.Version + 1})
	enqueue(t, a, reminderBefore{"deliverable_id": x.ID, "version": x.Version, "late": true})
	workOff(t, a, before+1)

	sent, err := a.Negotiations.Propose(ctx, brand, d.Creator.PublicID, form(), "form-2")
	if err != nil {
		t.Fatal(err)
	}
	p, err := a.Negotiations.Get(ctx, brand, sent.Negotiation)
	if err != nil {
		t.Fatal(err)
	}
	enqueue(t, a, reminderBefore{"proposal_id": p.ID, "version": p.Version})
	find(t, workOff(t, a, before+3), "penne@creators.example", "fonte is waiting until", "for your answer to the proposal Copper pan")
}

type reminderBefore map[string]any

// Kind is the job's name, for River.
func (reminderBefore) Kind() string { return "deals.remind" }

func enqueue(t *testing.T, a *apptest.App, args river.JobArgs) {
	t.Helper()
	if err := a.DB.Tx(ctx, func(tx *db.Tx) error { return tx.Enqueue(args, nil) }); err != nil {
		t.Fatal(err)
	}
}
