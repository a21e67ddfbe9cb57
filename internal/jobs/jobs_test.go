package jobs_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/jobs"
	"tribemarket/internal/mail"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	"tribemarket/models/workflow/run"
)

var ctx = context.Background()

// workOff works off all that is due, and wants so many mails in the folder then.
func workOff(t *testing.T, a *apptest.App, want int) []mail.StoredMail {
	t.Helper()
	kept := workOffDue(t, a)
	if len(kept) != want {
		t.Fatalf("%d mails, want %d: %+v", len(kept), want, kept)
	}
	return kept
}

// workOffDue works off all that is due, and gives all mails in the folder then.
func workOffDue(t *testing.T, a *apptest.App) []mail.StoredMail {
	t.Helper()
	folder := mail.FolderSender{Dir: a.MailDir, From: mail.Origin{Address: "market@example.test", Domain: "example.test"}}
	j := &jobs.Jobs{Stores: a.Stores, DB: a.DB, APIs: a.PlatformProviders().APIs(), Domains: &answering{}, Mail: folder, BaseURL: a.URL, Clock: a.Clock.Now, Log: a.Log}
	w, err := j.NewWorker()
	if err != nil {
		t.Fatal(err)
	}
	before := jobsOf(t, a, "SELECT coalesce(max(id), 0) FROM river_job")
	if err := w.Start(ctx); err != nil {
		t.Fatal(err)
	}
	waitUntilIdle(t, a, before)
	if err := w.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	kept, err := folder.ListMails(100)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// waitUntilIdle waits until a worker has added the jobs that it adds at its start, all
// at once and after job number before, and no job is left to do.
func waitUntilIdle(t *testing.T, a *apptest.App, before int64) {
	t.Helper()
	late := time.After(30 * time.Second)
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for {
		started := jobsOf(t, a, "SELECT count(*) FROM river_job WHERE kind = ? AND id > ?", run.SweepArgs{}.Kind(), before)
		left := jobsOf(t, a, "SELECT count(*) FROM river_job WHERE state IN ('available', 'running')")
		if started > 0 && left == 0 {
			return
		}
		select {
		case <-look.C:
		case <-late:
			t.Fatalf("%d jobs are left", left)
		}
	}
}

func jobsOf(t *testing.T, a *apptest.App, query string, args ...any) (n int64) {
	t.Helper()
	if err := a.DB.Read(ctx).Raw(query, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func form() negotiation.OfferForm {
	return negotiation.OfferForm{Message: "Hello", Form: terms.Form{
		Product: "Copper pan", Fee: "420", Currency: "EUR", Disclosure: "Ad",
		Deliverables: []terms.DeliverableForm{{ContentType: "review", Format: "video", Platform: "tiktok", Count: "1", DueOn: "2026-12-10"}},
	}}
}

func find(t *testing.T, kept []mail.StoredMail, to string, words ...string) {
	t.Helper()
	for _, k := range kept {
		text := strings.ReplaceAll(k.Subject+" "+k.Text, "\r\n", "\n")
		found := k.To == to
		for _, w := range words {
			found = found && strings.Contains(text, w)
		}
		if found {
			return
		}
	}
	t.Errorf("no mail to %s says %q: %+v", to, words, kept)
}

func TestEachStepIsMailedOnceInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "mailer")
	creator, id := a.JoinCreator(t, "penne.sandbox")
	if err := a.Accounts.ConfirmEmailWithoutLink(ctx, creator.PersonID, "penne@creators.example"); err != nil {
		t.Fatal(err)
	}
	if err := a.Accounts.SetPersonLocale(ctx, creator, "fr"); err != nil {
		t.Fatal(err)
	}
	sent, err := a.Negotiations.Propose(ctx, brand, id, form(), "form-1")
	if err != nil {
		t.Fatal(err)
	}
	kept := workOff(t, a, 2) // the brand's confirmation, and the proposal
	find(t, kept, apptest.BrandEmail("mailer"), "Confirm", a.URL+"/confirm/")
	find(t, kept, "penne@creators.example", "Copper pan", "mailer vous a envoyé la proposition", a.URL+"/negotiations/"+sent.Negotiation, "expire")

	deal, err := a.Negotiations.Accept(ctx, creator, sent.Negotiation, 1)
	if err != nil {
		t.Fatal(err)
	}
	kept = workOff(t, a, 3)
	find(t, kept, apptest.BrandEmail("mailer"), "Penne Trial accepted your proposal Copper pan", a.URL+"/deals/"+deal)
}

// The sweep runs at start, so what was due while the service was down happens
// then; and what happened is mailed to both sides.
func TestDeadlinesThatPassedWhileItWasDownHappenAtStart(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "sleeper")
	creator, id := a.JoinCreator(t, "penne.sandbox")
	if err := a.Accounts.ConfirmEmailWithoutLink(ctx, creator.PersonID, "penne@creators.example"); err != nil {
		t.Fatal(err)
	}
	sent, err := a.Negotiations.Propose(ctx, brand, id, form(), "form-1")
	if err != nil {
		t.Fatal(err)
	}
	workOff(t, a, 2)
	a.Clock.Advance(8 * 24 * time.Hour)
	kept := workOff(t, a, 4)
	find(t, kept, apptest.BrandEmail("sleeper"), "expired")
	find(t, kept, "penne@creators.example", "expired")
	p, err := a.Negotiations.Get(ctx, brand, sent.Negotiation)
	if err != nil || p.State != negotiation.Expired {
		t.Errorf("the proposal is %s, %v", p.State, err)
	}
}
