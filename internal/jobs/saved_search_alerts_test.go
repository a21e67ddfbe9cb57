package jobs_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/mail"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/models/platform"
	"tribemarket/models/search"
)

// Whoever comes to fit a saved search is mailed once, by the minute's job, with a
// link that stops such mails.
func TestNewCreatorsOfASavedSearchAreMailedOnce(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "looker")
	if err := a.Accounts.SetPersonLocale(ctx, brand, "fr"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Discovery.SaveSearch(ctx, brand, discovery.SavedSearchForm{Name: "Pâtes", Alert: discovery.AlertInstant}, search.Filter{}); err != nil {
		t.Fatal(err)
	}
	workOff(t, a, 1) // the confirmation of the brand's address
	_, first := a.JoinCreator(t, "penne.sandbox")
	for i := range 11 {
		followers := int64(60_000)
		_, err := a.Creators.SignInWithPlatform(ctx, platform.TikTok, creators.PlatformProfile{
			Platform: platform.TikTok, UserID: fmt.Sprint("id-", i), Handle: fmt.Sprint("more", i), DisplayName: "More", Followers: &followers, ReadAt: a.Clock.Now(),
		}, creators.PlatformToken{}, "en")
		if err != nil {
			t.Fatal(err)
		}
	}
	kept := workOff(t, a, 2)
	find(t, kept, apptest.BrandEmail("looker"), "12 nouveaux créateurs correspondent à Pâtes", "et 2 autres", "Penne Trial\n@penne.sandbox, TikTok", "engagement", a.URL+"/c/"+first, a.URL+"/searches/", "Vous recevez cet e-mail parce que", "Arrêter ces e-mails")
	m := alertOf(t, kept)
	if !strings.HasPrefix(m.Unsubscribe, a.URL+"/notifications/unsubscribe/") || !strings.Contains(m.Text, m.Unsubscribe) || !strings.Contains(m.HTML, m.Unsubscribe) {
		t.Errorf("the mail is stopped at %q: %s", m.Unsubscribe, m.Text)
	}
	a.Clock.Advance(time.Hour)
	workOff(t, a, 2)

	res, err := http.Post(m.Unsubscribe, "application/x-www-form-urlencoded", strings.NewReader("List-Unsubscribe=One-Click"))
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	a.JoinCreator(t, "chapter.sandbox")
	workOff(t, a, 2)
}

func alertOf(t *testing.T, kept []mail.StoredMail) mail.StoredMail {
	t.Helper()
	for _, k := range kept {
		if k.Unsubscribe != "" {
			return k
		}
	}
	t.Fatal("no mail can be stopped")
	return mail.StoredMail{}
}

// A mail that was decided and whose reader has stopped them since isn't sent.
func TestAnAlertThatWasStoppedMeanwhileIsNotSent(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "looker")
	id, err := a.Discovery.SaveSearch(ctx, brand, discovery.SavedSearchForm{Name: "All", Alert: discovery.AlertInstant}, search.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	a.JoinCreator(t, "penne.sandbox")
	if n, err := a.Discovery.FindNewMatches(ctx); err != nil || n != 1 {
		t.Fatalf("found %d, %v", n, err)
	}
	if err := a.Discovery.SetAlert(ctx, brand, id, discovery.AlertOff); err != nil {
		t.Fatal(err)
	}
	workOff(t, a, 1)
	if err := a.Discovery.SetAlert(ctx, brand, id, discovery.AlertInstant); err != nil {
		t.Fatal(err)
	}
	find(t, workOff(t, a, 2), apptest.BrandEmail("looker"), "1 new creator matches All", "with an alert at once")
}
