package jobs_test

import (
	"errors"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

// A creator is told once of a lost connection, in their language, and what
// happens when; the job that a worker runs finds the loss by itself.
func TestALostConnectionIsMailedOnce(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	creator, _ := a.JoinCreator(t, "penne.sandbox")
	if err := a.Accounts.ConfirmEmailWithoutLink(ctx, creator.PersonID, "penne@creators.example"); err != nil {
		t.Fatal(err)
	}
	if err := a.Accounts.SetPersonLocale(ctx, creator, "nl"); err != nil {
		t.Fatal(err)
	}
	acc, _ := a.Sandbox.TikTokAccount("penne.sandbox")
	l := &life{t: t, App: a, providers: a.PlatformProviders()}
	l.attach(creator, platform.TikTok, "penne.sandbox")
	a.Sandbox.RemoveConsent(platform.TikTok, acc.OpenID, 1)
	a.Clock.Advance(100 * time.Minute)
	kept := workOff(t, a, 1) // the worker's own refresher is refused, and tells
	find(t, kept, "penne@creators.example", "Koppel @penne.sandbox op TikTok opnieuw", "accepteert de toestemming", "zo 20 dec", "Lopende deals gaan door", a.URL+"/settings/accounts")
	if c := l.connection(creator, platform.TikTok); c.Reason != creators.LossRefused {
		t.Errorf("connection: %+v", c)
	}
	workOff(t, a, 1)
}

// Disconnecting ends the token at the platform, by a job.
func TestADisconnectedAccountsTokenEndsAtThePlatform(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	creator, _ := a.JoinCreator(t, "penne.sandbox")
	l := &life{t: t, App: a, providers: a.PlatformProviders()}
	p, token := l.consent(platform.TikTok, "penne.sandbox")
	l.must(l.Creators.ConnectAdditionalAccount(ctx, creator, platform.TikTok, p, token))
	l.must(a.Accounts.ConfirmEmailWithoutLink(ctx, creator.PersonID, "penne@creators.example"))
	l.must(a.Creators.DisconnectAccount(ctx, creator, l.connection(creator, platform.TikTok).PublicID))
	api := l.providers.APIs()[platform.TikTok]
	if _, err := api.Read(ctx, token); err != nil {
		t.Errorf("before the job: %v", err)
	}
	workOff(t, a, 0)
	if _, err := api.Read(ctx, token); !errors.Is(err, creators.ErrReconnect) {
		t.Errorf("after the job the token reads: %v", err)
	}
}
