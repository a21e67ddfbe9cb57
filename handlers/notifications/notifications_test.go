package notifications_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/notifications"
)

// delivered tells everybody of what was published, as the job does, under the
// name of its kind, and gives how many mails went.
func delivered(t *testing.T, a *apptest.App) (mails int) {
	t.Helper()
	ctx := context.Background()
	var ids []int64
	apptest.Must(t, a.DB.Read(ctx).Raw("SELECT id FROM notification_events ORDER BY id").Scan(&ids).Error)
	for _, id := range ids {
		e, answer, found, err := a.Notifications.Event(ctx, id)
		apptest.Must(t, err)
		if !found {
			t.Fatalf("event %d is gone", id)
		}
		for _, to := range answer.To {
			mail, err := a.Notifications.Keep(ctx, e, to, "Title of "+string(e.Kind))
			apptest.Must(t, err)
			if mail {
				mails++
			}
		}
	}
	return mails
}

func TestABellCountsAndAPageShowsWhatSomebodyWasTold(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "teller")
	penne, page := a.JoinCreator(t, "penne.sandbox")
	a.SignUpBrand(t, "other")
	b, o := a.SignedInBrand(t, "teller"), a.SignedInBrand(t, "other")
	if p := b.Get("/notifications"); p.Status != 200 || !p.HasTexts("Nothing has happened yet") || p.Find(".bell .n").Length() != 0 {
		t.Errorf("first use: %d %s", p.Status, p.Text())
	}
	a.Agree(t, brand, penne, page)
	delivered(t, a)
	p := b.Get("/notifications")
	if p.Find(".bell .n").Text() != "1" || !p.HasTexts("1 unread", "Title of deals.proposal", "New") {
		t.Errorf("told: %s", p.Text())
	}
	if to := b.Get(p.Find(".notifications a").AttrOr("href", "")); to.Status != 200 || !strings.Contains(to.Text(), "accepted") {
		t.Errorf("it leads to %d %s", to.Status, to.Path)
	}
	if p := o.Get("/notifications"); !p.HasTexts("Nothing has happened yet") {
		t.Errorf("somebody else is told: %s", p.Text())
	}
	if p = p.Submit(".notifications form", nil); p.Path != "/notifications" || p.Find(".bell .n").Length() != 0 || !p.HasTexts("Title of deals.proposal") {
		t.Errorf("read: %d %s %s", p.Status, p.Path, p.Text())
	}
	if p := b.Get("/notifications?unread=1"); !p.HasTexts("You have read everything") {
		t.Errorf("unread: %s", p.Text())
	}
	a.Agree(t, brand, penne, page)
	a.Agree(t, brand, penne, page)
	delivered(t, a)
	p = b.Get("/notifications")
	if p.Find(".bell .n").Text() != "2" {
		t.Errorf("%s unread", p.Find(".bell .n").Text())
	}
	if p = p.Submit(".page-head form", nil); p.Find(".bell .n").Length() != 0 || p.Find(".notifications li").Length() != 3 {
		t.Errorf("all read: %s", p.Text())
	}
}

func TestSomebodyChoosesHowTheyAreTold(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "teller")
	penne, page := a.JoinCreator(t, "penne.sandbox")
	apptest.Must(t, a.Accounts.ConfirmEmailWithoutLink(context.Background(), penne.PersonID, "penne@creators.example"))
	b := a.SignedInBrand(t, "teller")
	p := b.Get("/settings/notifications")
	if p.Status != 200 || p.Find("select").Length() != 11 || !p.HasTexts("Proposals", "Saved searches", "Always by e-mail") || p.HasTexts("Connected accounts") {
		t.Fatalf("%d with %d choices: %s", p.Status, p.Find("select").Length(), p.Text())
	}
	const form = "form.sheets"
	if p := p.Submit(form, url.Values{"deals.proposal": {"pigeon"}}); p.Status != 422 || p.Find("[name='deals.proposal'][aria-invalid]").Length() != 1 {
		t.Errorf("a way that is none: %d %s", p.Status, p.Text())
	}
	p = p.Submit(form, url.Values{"deals.proposal": {"app"}, "accounts.security": {"off"}})
	if p.Status != 422 { // which the form does not even have
		t.Errorf("security is turned off: %d", p.Status)
	}
	p = b.Get("/settings/notifications").Submit(form, url.Values{"deals.proposal": {"app"}})
	if p.Status != 200 || !p.HasTexts("Your choice is saved") || p.Find("[name='deals.proposal'] option[selected]").AttrOr("value", "") != "app" {
		t.Fatalf("kept: %d %s", p.Status, p.Text())
	}
	a.Agree(t, brand, penne, page)
	if mails := delivered(t, a); mails != 1 { // the proposal, to the creator
		t.Errorf("%d mails", mails)
	}
	if p := b.Get("/notifications"); p.Find(".bell .n").Text() != "1" {
		t.Errorf("in the app: %s", p.Text())
	}
}

func TestALinkStopsTheMailsOfItsKindInOneClick(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "teller")
	secret, err := a.Notifications.StopSecret(t.Context(), brand.PersonID, notifications.DealProgress)
	apptest.Must(t, err)
	link := "/notifications/unsubscribe/" + secret
	visitor := a.NewBrowser(t)
	if p := visitor.Get(link); p.Status != 200 || !p.HasTexts("Stop e-mails: Work on a deal") {
		t.Errorf("the page: %d %s", p.Status, p.Text())
	}
	on := func() bool {
		t.Helper()
		all, err := a.Notifications.Preferences(t.Context(), brand)
		apptest.Must(t, err)
		return all[notifications.DealProgress] == notifications.ByMail
	}
	if !on() {
		t.Error("looking at the page stops the mails")
	}
	// A mail program posts without a session and follows no redirect.
	res, err := http.Post(a.URL+link, "application/x-www-form-urlencoded", strings.NewReader("List-Unsubscribe=One-Click"))
	apptest.Must(t, err)
	_ = res.Body.Close()
	if res.StatusCode != 200 || on() {
		t.Errorf("one click gives %d, and mails go on: %t", res.StatusCode, on())
	}
	if p := visitor.Get(link); !p.HasTexts("You get no more e-mails: Work on a deal") {
		t.Errorf("after it: %s", p.Text())
	}
	apptest.Must(t, a.Notifications.SetPreferences(t.Context(), brand, map[notifications.Kind]notifications.Channel{notifications.DealProgress: notifications.ByMail}))
	if p := visitor.Get(link).Submit("main form", nil); p.Path != link || !p.HasTexts("You get no more e-mails") || on() {
		t.Errorf("the button: %d %s", p.Status, p.Text())
	}
	res, err = http.Post(a.URL+"/notifications/unsubscribe/guessed", "application/x-www-form-urlencoded", strings.NewReader("List-Unsubscribe=One-Click"))
	apptest.Must(t, err)
	_ = res.Body.Close()
	if res.StatusCode != 404 {
		t.Errorf("a guess gives %d", res.StatusCode)
	}
}
