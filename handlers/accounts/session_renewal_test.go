package accounts_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
)

// postTo sends a form with the cookies of a page, straight to the site.
func postTo(site http.Handler, p *apptest.Page, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Cookie", p.Cookies())
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return w
}

// sessionCookie is the session's cookie that an answer sets, nil if it sets none.
func sessionCookie(w *httptest.ResponseRecorder) *http.Cookie {
	for _, c := range w.Result().Cookies() {
		if c.Name == "session" {
			return c
		}
	}
	return nil
}

func onBothDatabases(t *testing.T, test func(t *testing.T, a *apptest.App)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, apptest.New(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, apptest.NewOnPostgres(t)) })
}

func TestTwoProofsAtOnceRenewASessionOnce(t *testing.T) {
	t.Parallel()
	onBothDatabases(t, func(t *testing.T, a *apptest.App) {
		a.SignUpBrand(t, "brumelle")
		b := a.SignedInBrand(t, "brumelle")
		site := a.Handler()
		for round := range 20 {
			a.Clock.Advance(15 * time.Minute)
			page := b.Get("/confirm-identity?next=%2Fsettings")
			form := apptest.FormValues(page.Find("form[action='/confirm-identity']"))
			form.Set("password", apptest.Password)
			var answers [2]*httptest.ResponseRecorder
			var all sync.WaitGroup
			for i := range answers {
				all.Go(func() { answers[i] = postTo(site, page, "/confirm-identity", form) })
			}
			all.Wait()
			var token string
			for _, w := range answers {
				cookie := sessionCookie(w)
				if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/settings" || cookie == nil || token != "" && cookie.Value != token {
					t.Fatalf("round %d: %d to %q with %v", round, w.Code, w.Header().Get("Location"), cookie)
				}
				token = cookie.Value
			}
			b.SetCookie("session", token)
			a.Clock.Advance(accounts.SessionGrace)
			if p := b.Get("/settings"); p.Path != "/settings" {
				t.Fatalf("round %d: signed out, on %s", round, p.Path)
			}
			if p := b.Get("/confirm-identity?next=%2Fsettings"); p.Path != "/settings" {
				t.Fatalf("round %d: asked again, on %s", round, p.Path)
			}
		}
	})
}

// Whatever an answer says of a write, it is so, and the browser stays signed in.
func TestWritesDuringRoleChangesSayWhatWasDone(t *testing.T) {
	t.Parallel()
	onBothDatabases(t, func(t *testing.T, a *apptest.App) {
		ctx := context.Background()
		owner := a.SignUpBrand(t, "brumelle")
		b, member := a.SignedInMember(t, owner, models.RoleManager)
		site := a.Handler()
		done := 0
		for round := range 6 {
			page := b.Get("/shortlists")
			token := page.Find("input[name=_csrf]").First().AttrOr("value", "")
			answers := make([]*httptest.ResponseRecorder, 10)
			var all sync.WaitGroup
			for i := range answers {
				all.Go(func() {
					answers[i] = postTo(site, page, "/shortlists", url.Values{"_csrf": {token}, "name": {fmt.Sprintf("List %d %d.", round, i)}})
				})
			}
			all.Go(func() {
				role := []models.Role{models.RoleOwner, models.RoleManager}[round%2] // both may do it
				if err := a.DB.Read(ctx).Exec("UPDATE members SET role = ? WHERE person_id = ?", role, member.PersonID).Error; err != nil {
					t.Error(err)
				}
			})
			all.Wait()
			for i, w := range answers {
				var there int64
				if err := a.DB.Read(ctx).Raw("SELECT count(*) FROM shortlists WHERE name = ?", fmt.Sprintf("List %d %d.", round, i)).Scan(&there).Error; err != nil {
					t.Fatal(err)
				}
				says := w.Code == http.StatusSeeOther && strings.HasPrefix(w.Header().Get("Location"), "/shortlists/")
				if says != (there == 1) || w.Code >= 500 {
					t.Errorf("round %d: the answer %d to %q, and %d lists", round, w.Code, w.Header().Get("Location"), there)
				}
				if c := sessionCookie(w); c != nil { // as the browser takes it, in any order
					b.SetCookie("session", c.Value)
				}
				done += int(there)
			}
			a.Clock.Advance(accounts.SessionGrace)
			if p := b.Get("/settings"); p.Path != "/settings" {
				t.Fatalf("round %d: signed out, on %s", round, p.Path)
			}
		}
		if done != 60 {
			t.Errorf("%d of 60 writes were done", done)
		}
	})
}

// An action whose session cannot be saved afterwards still says that it was done.
func TestAnUnsavedSessionHidesNoAction(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "brumelle")
	b := a.SignedInBrand(t, "brumelle")
	page := b.Get("/settings/brand")
	form := apptest.FormValues(page.Find("form[action='/settings/brand']"))
	form.Set("name", "Renamed")
	stop := "CREATE TRIGGER no_sessions BEFORE INSERT ON sessions BEGIN SELECT RAISE(FAIL, 'the disk is full'); END"
	if err := a.DB.Read(context.Background()).Exec(stop).Error; err != nil {
		t.Fatal(err)
	}
	if w := postTo(a.Handler(), page, "/settings/brand", form); w.Code != http.StatusSeeOther {
		t.Errorf("the brand was renamed and the answer is %d", w.Code)
	}
	if name := b.Get("/settings/brand").Find("input[name=name]").AttrOr("value", ""); name != "Renamed" {
		t.Errorf("the brand is %q", name)
	}
	signIn := a.NewBrowser(t).Get("/signin")
	form = apptest.FormValues(signIn.Find("form[action='/signin']"))
	form.Set("email", apptest.BrandEmail("brumelle"))
	form.Set("password", apptest.Password)
	if w := postTo(a.Handler(), signIn, "/signin", form); w.Code < 500 {
		t.Errorf("nobody was signed in and the answer is %d to %q", w.Code, w.Header().Get("Location"))
	}
}
