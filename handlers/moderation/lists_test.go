package moderation_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/moderation"
	"tribemarket/views/paths"
)

func TestListsOfAdministratorsAskLittle(t *testing.T) {
	t.Parallel()
	const most = 8
	a := apptest.New(t)
	fonte := a.SignUpBrand(t, "fonte")
	_, penne := a.JoinCreator(t, "penne.sandbox")
	admin := a.SignedInAdmin(t)
	report := func(who models.Actor, about string) {
		t.Helper()
		if err := a.Moderation.SubmitReport(context.Background(), who, moderation.ReportForm{About: moderation.Creator, ID: about, Reason: "scam"}); err != nil {
			t.Fatal(err)
		}
	}
	report(fonte, penne)
	before := map[string]int{}
	for round := range 2 {
		for _, path := range []string{
			paths.Admin(), paths.AdminPeople(), paths.AdminBrands(), paths.AdminCreators(), paths.AdminReports(), paths.AdminTribes(),
			paths.AdminProgrammes(), paths.AdminAudit(nil), paths.AdminCreator(penne),
		} {
			n := 0
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.AddCookie(&http.Cookie{Name: "session", Value: admin.Cookie("session")})
			answer := httptest.NewRecorder()
			a.Handler().ServeHTTP(answer, r.WithContext(db.WithStatementObserver(r.Context(), func(string) { n++ })))
			if answer.Code != http.StatusOK || n == 0 {
				t.Errorf("%s gives %d after %d statements", path, answer.Code, n)
			}
			if was, again := before[path]; n > most || again && n != was {
				t.Errorf("%s asks %d times, before %d", path, n, was)
			}
			before[path] = n
		}
		if round > 0 {
			break
		}
		_, chapter := a.JoinCreator(t, "chapter.sandbox")
		a.JoinCreator(t, "solder.sandbox")
		report(a.SignUpBrand(t, "other"), chapter)
		report(fonte, chapter)
	}
}

func TestAProposalAndADealAreReportedByTheirSides(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	proposal, deal := h.SendProposal(t, nil).Path, h.AcceptedDeal(t, url.Values{"product": {"Knives"}}).Path
	admin := h.SignedInAdmin(t)
	h.SignUpBrand(t, "other")
	for _, tc := range []struct {
		page string
		by   *apptest.Browser
		name string
		sees []string
	}{
		{proposal, h.AsCreator, "Fonte", []string{"Pan & lid", "A proposal"}},
		{deal, h.AsBrand, "Penne Trial", []string{"Knives", "A deal"}},
	} {
		link := tc.by.Get(tc.page).Find("a[href^='/reports/new']").AttrOr("href", "")
		form := tc.by.Get(link)
		if form.Status != http.StatusOK {
			t.Fatalf("%s offers %q: %d", tc.page, link, form.Status)
		}
		if p := h.SignedInBrand(t, "other").Get(link); p.Status != http.StatusNotFound {
			t.Errorf("a stranger gets %d", p.Status)
		}
		if p := form.Submit("form[action='/reports']", url.Values{"reason": {"hidden_ad"}, "words": {"No tag wanted."}}); p.Path != paths.BlockSettings() || !p.HasTexts(tc.name) {
			t.Errorf("reporting %s led to %d %s: %s", tc.page, p.Status, p.Path, p.Find("main").Text())
		}
		one := admin.Get(admin.Get(paths.AdminReports()).Find("tbody th a").AttrOr("href", ""))
		if !one.HasTexts(append(tc.sees, tc.name, "No tag wanted.")...) {
			t.Errorf("the report shows %s", strings.Join(strings.Fields(one.Find("main").Text()), " "))
		}
	}
}

func TestTheLastAdministratorIsNotErased(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	who, b := a.CreateAdmin(t), a.SignedInAdmin(t)
	const sentence = "You are the only administrator"
	page := b.Get("/settings/privacy")
	if !page.HasTexts(sentence) || page.Find("form[action='/settings/privacy/erasure']").Length() != 0 {
		t.Errorf("the page says %s", page.Find("main").Text())
	}
	ctx := context.Background()
	if err := a.Privacy.EraseActor(ctx, who, ""); models.CodeOf(err) != models.CodeConflict {
		t.Errorf("erasing the person gave %v", err)
	}
	second := a.SignUpBrand(t, "second")
	if _, err := a.Accounts.AddAdmin(ctx, apptest.BrandEmail("second")); err != nil {
		t.Fatal(err)
	}
	if page = b.Get("/settings/privacy"); page.HasTexts(sentence) {
		t.Error("of two, one is kept")
	}
	if err := a.Privacy.EraseActor(ctx, who, ""); err != nil {
		t.Errorf("of two, erasing one gave %v", err)
	}
	if err := a.Privacy.EraseActor(ctx, second, ""); models.CodeOf(err) != models.CodeConflict {
		t.Errorf("erasing the one who is left gave %v", err)
	}
}
