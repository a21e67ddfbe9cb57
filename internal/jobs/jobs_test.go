package jobs_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/jobs"
	"tribemarket/internal/mail"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/deals"
)

var ctx = context.Background()

// workOff works until the folder holds so many mails, and then a little
// longer, so that one too many is seen.
func workOff(t *testing.T, a *apptest.App, want int) []mail.Kept {
	t.Helper()
	folder := mail.Folder{Dir: a.MailDir, From: "market@example.test"}
	j := &jobs.Jobs{DB: a.DB, Accounts: a.Accounts, Creators: a.Creators, Deals: a.Deals, Moderation: a.Moderation, Discovery: a.Discovery, APIs: a.Providers().APIs(), Domains: &answering{}, Mail: folder, BaseURL: a.URL, SiteName: "Test market", Clock: a.Clock.Now, Log: a.Log}
	w, err := j.Worker()
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Start(ctx); err != nil {
		t.Fatal(err)
	}
	var kept []mail.Kept
	for range 200 {
		if kept, err = folder.List(100); err != nil {
			t.Fatal(err)
		}
		if len(kept) >= want {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	time.Sleep(700 * time.Millisecond)
	if err := w.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	if kept, err = folder.List(100); err != nil || len(kept) != want {
		t.Fatalf("%d mails, want %d, %v: %+v", len(kept), want, err, kept)
	}
	return kept
}

func form() deals.ProposalForm {
	return deals.ProposalForm{
		Message: "Hello", Product: "Copper pan", Fee: "420", Currency: "EUR", Disclosure: "Ad", UsageDays: "0",
		Deliverables: []deals.DeliverableForm{{ContentType: "review", Format: "video", Platform: "tiktok", Count: "1", DueOn: "2026-12-10"}},
	}
}

func find(t *testing.T, kept []mail.Kept, to string, words ...string) {
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
	brand := a.Brand(t, "mailer")
	creator, id := a.Creator(t, "penne.sandbox")
	if err := a.Accounts.Vouch(ctx, creator.PersonID, "penne@creators.example"); err != nil {
		t.Fatal(err)
	}
	if err := a.Accounts.SetLocale(ctx, creator, "fr"); err != nil {
		t.Fatal(err)
	}
	sent, err := a.Deals.Propose(ctx, brand, id, form(), "form-1")
	if err != nil {
		t.Fatal(err)
	}
	kept := workOff(t, a, 2) // the brand's confirmation, and the proposal
	find(t, kept, apptest.Email("mailer"), "Confirm", a.URL+"/confirm/")
	find(t, kept, "penne@creators.example", "Copper pan", "mailer a envoyé une proposition", a.URL+"/proposals/"+sent.Proposal, "expire")

	deal, err := a.Deals.Accept(ctx, creator, sent.Proposal)
	if err != nil {
		t.Fatal(err)
	}
	kept = workOff(t, a, 3)
	find(t, kept, apptest.Email("mailer"), "Penne Trial accepted the proposal", a.URL+"/deals/"+deal)
}

// The sweep runs at start, so what was due while the service was down happens
// then; and what happened is mailed to both sides.
func TestDeadlinesThatPassedWhileItWasDownHappenAtStart(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.Brand(t, "sleeper")
	creator, id := a.Creator(t, "penne.sandbox")
	if err := a.Accounts.Vouch(ctx, creator.PersonID, "penne@creators.example"); err != nil {
		t.Fatal(err)
	}
	sent, err := a.Deals.Propose(ctx, brand, id, form(), "form-1")
	if err != nil {
		t.Fatal(err)
	}
	workOff(t, a, 2)
	a.Clock.Forward(8 * 24 * time.Hour)
	kept := workOff(t, a, 4)
	find(t, kept, apptest.Email("sleeper"), "expired")
	find(t, kept, "penne@creators.example", "expired")
	p, err := a.Deals.GetProposal(ctx, brand, sent.Proposal)
	if err != nil || p.State != deals.Expired {
		t.Errorf("the proposal is %s, %v", p.State, err)
	}
}
