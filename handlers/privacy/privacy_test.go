package privacy_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
	"tribemarket/models/privacy"
)

// canaries are texts that stand nowhere but with the person who wrote them.
var canaries = []string{"canary-bio", "canary-draft", "canary-note", "penne.sandbox", "Penne Trial"}

// penneWrites has a creator leave canaries wherever they can write.
func penneWrites(t *testing.T, h apptest.Partnership) (deal string) {
	t.Helper()
	if p := h.AsCreator.Get("/settings/profile").Submit("form[action='/settings/profile']", url.Values{"bio": {"canary-bio"}}); p.Status != http.StatusOK {
		t.Fatalf("saving the profile answers %d", p.Status)
	}
	d := h.AcceptedDeal(t, url.Values{"deliverables[0].count": {"1"}})
	d = d.Submit("form[action$='/draft']", url.Values{"draft_url": {"https://files.example/canary-draft"}, "note": {"canary-note"}})
	if len(apptest.FindText(t, h.DB, "canary-draft")) == 0 || len(apptest.FindText(t, h.DB, "canary-note")) == 0 || len(apptest.FindText(t, h.DB, "canary-bio")) == 0 {
		t.Fatal("the canaries are not where they should be")
	}
	return d.Path
}

func TestAPersonTakesEverythingAlong(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	penneWrites(t, h)
	page := h.AsCreator.Get("/settings/privacy").Submit("form[action='/settings/privacy/export']", nil)
	if page.Status != http.StatusOK || page.Header.Get("Content-Type") != "application/zip" {
		t.Fatalf("the export answers %d %s", page.Status, page.Header.Get("Content-Type"))
	}
	z, err := zip.NewReader(bytes.NewReader([]byte(page.Body)), int64(len(page.Body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(b)
	}
	var all struct {
		Tables map[string][]map[string]any `json:"tables"`
	}
	if err := json.Unmarshal([]byte(files["everything.json"]), &all); err != nil {
		t.Fatal(err)
	}
	for _, text := range canaries {
		if !strings.Contains(files["everything.json"], text) {
			t.Errorf("%s is not in the export", text)
		}
	}
	for table, rows := range all.Tables {
		for _, row := range rows {
			for column, v := range row {
				if _, number := v.(float64); number && (strings.HasSuffix(column, "_id") || strings.HasSuffix(column, "_by") || strings.HasSuffix(column, "_to")) {
					t.Errorf("%s.%s is %v", table, column, v)
				}
			}
		}
	}
	deal, event := all.Tables["deals"][0], all.Tables["workflow_events"][0]
	if deal["brand"] != "Fonte" || deal["creator"] != "Penne Trial" || deal["negotiation"] != deal["product"] || deal["negotiation_id"] != all.Tables["negotiations"][0]["public_id"] {
		t.Errorf("the deal is %v", deal)
	}
	if event["person"] != "Member of Fonte" || event["subject"] != deal["product"] || event["subject_id"] != deal["negotiation_id"] || event["root"] != deal["product"] {
		t.Errorf("the first event is %v", event)
	}
	for name, f := range files {
		if !strings.HasSuffix(name, ".csv") {
			continue
		}
		text, marked := strings.CutPrefix(f, models.SpreadsheetMark)
		lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if !marked || err != nil || len(lines) < 2 || !strings.HasPrefix(text, strings.Join(lines[0], ",")+"\r\n") {
			t.Errorf("%s does not open in a spreadsheet: %.60q, %v", name, f, err)
		}
	}
	for _, table := range []string{"people", "identities", "creators", "creator_accounts", "posts", "deals", "workflow_events"} {
		if len(all.Tables[table]) == 0 || files[table+".csv"] == "" {
			t.Errorf("%s is not in the export", table)
		}
	}
	if strings.Contains(page.Body, apptest.BrandEmail("Fonte")) || strings.Contains(files["everything.json"], apptest.BrandEmail("Fonte")) {
		t.Error("the other side's address is in the export")
	}
	if p := h.NewBrowser(t).Get("/settings/privacy"); p.Path != "/signin" {
		t.Errorf("a visitor comes to %s", p.Path)
	}
}

func TestAPersonErasesThemselves(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	deal := penneWrites(t, h)
	page := h.AsCreator.Get("/settings/privacy")
	if !page.HasTexts("You have a running deal: it is put on hold") {
		t.Errorf("with a running deal the page says: %s", page.Find("main").Text())
	}
	page = page.Submit("form[action$='/erasure']", url.Values{"sure": {"1"}})
	if !page.HasTexts("Your account is going to be deleted", "with Fonte") {
		t.Errorf("with a running deal, erasing says: %s", page.Find("main").Text())
	}
	if p := h.AsBrand.Get(deal); !p.HasTexts("On hold until", "Penne Trial is leaving this site") || p.Find("form input[name='away']").Length() != 0 {
		t.Errorf("the other side reads: %.800s", p.Find("main").Text())
	}
	if p := h.AsBrand.Get(deal).Post(deal+"/ending", url.Values{"away": {"1"}}); p.Status != http.StatusConflict {
		t.Errorf("before the day, ending without fault answers %d", p.Status)
	}
	if p := h.AsCreator.Get("/dashboard"); !p.HasTexts("Your account is going to be deleted", "Until then you can keep it.") || p.HasTexts("Your page is not listed yet") {
		t.Errorf("the dashboard says: %s", p.Find("main").Text())
	}
	page = page.Submit("form[action$='/cancellation']", nil)
	if p := h.AsBrand.Get(deal); p.HasTexts("On hold until") || page.HasTexts("Your account is going to be deleted") {
		t.Errorf("the person stays, and the deal is still on hold: %.800s", p.Find("main").Text())
	}
	h.AsBrand.Get(deal).Submit("form[action$='/ending']", url.Values{"reason": {"We part"}})
	open := h.SendProposal(t, nil).Path

	page = h.AsCreator.Get("/settings/privacy")
	if p := page.Submit("form[action$='/erasure']", nil); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("without the tick, erasing answers %d", p.Status)
	}
	if p := page.Submit("form[action$='/erasure']", url.Values{"sure": {"1"}}); p.Path != "/" || !p.HasTexts("Everything held about you here has been deleted") {
		t.Fatalf("erasing led to %d %s", p.Status, p.Path)
	}
	for _, text := range canaries {
		if found := apptest.FindText(t, h.DB, text); len(found) > 0 {
			t.Errorf("%s still stands in %v", text, found)
		}
	}
	if p := h.AsCreator.Get("/dashboard"); p.Path != "/signin" {
		t.Errorf("the erased person's session still opens %s", p.Path)
	}
	if p := h.AsBrand.Get(deal); p.Status != http.StatusOK || !p.HasTexts("∅", "We part", "€420.50") {
		t.Errorf("the brand's record answers %d: %.500s", p.Status, p.Find("main").Text())
	}
	if p := h.AsBrand.Get(open); !p.HasTexts("Your account is deleted.") {
		t.Errorf("the open proposal says: %.500s", p.Find("main").Text())
	}
	if p := h.NewBrowser(t).Get("/c/" + h.CreatorID); p.Status != http.StatusNotFound {
		t.Errorf("the erased creator's page answers %d", p.Status)
	}
}

func TestNoImportBringsBackWhoWasErased(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	imported := func() (imports.Report, []string) {
		list := "handle,followers,platform\n@Penne.Sandbox,50000,tiktok\nsomebody.else,50000,tiktok\n"
		var out []string
		report, err := h.Imports.ImportFiles(context.Background(),
			[]imports.File{importtest.File("list.csv", list)},
			imports.Options{AsOf: models.DateOf(h.Clock.Now()), Platform: platform.TikTok, OnSkippedRow: func(l imports.SkippedRow) { out = append(out, l.MessageKey) }})
		if err != nil {
			t.Fatal(err)
		}
		return report, out
	}
	h.AsCreator.Get("/settings/privacy").Submit("form[action$='/erasure']", url.Values{"sure": {"1"}})
	report, out := imported()
	if report.Created != 1 || !slices.Equal(out, []string{"imports.row.erased"}) {
		t.Errorf("the import made %d profiles and left out %v", report.Created, out)
	}
	if found := apptest.FindText(t, h.DB, "penne"); len(found) > 0 {
		t.Errorf("the erased person is still in %v", found)
	}

	// Whoever wants to come back can: the consent is their own.
	if p := h.NewBrowser(t).SignInWithTikTok("penne.sandbox"); p.Status != http.StatusOK || p.Path != "/welcome" {
		t.Errorf("coming back led to %d %s", p.Status, p.Path)
	}
}

func TestAnUnclaimedProfileCanBeClaimedOrRemoved(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	if p := h.NewBrowser(t).Get("/c/" + h.CreatorID + "/claim"); p.Status != http.StatusNotFound {
		t.Errorf("a claimed profile can be claimed: %d", p.Status)
	}
	list := "handle,followers,platform\nchapter.sandbox,50000,tiktok\n"
	_, err := h.Imports.ImportFiles(context.Background(),
		[]imports.File{importtest.File("list.csv", list)},
		imports.Options{AsOf: models.DateOf(h.Clock.Now()), Platform: platform.TikTok})
	if err != nil {
		t.Fatal(err)
	}
	b := h.NewBrowser(t)
	page := b.Get("/creators?q=chapter.sandbox")
	profile := b.Get(page.Find("a[href^='/c/']").First().AttrOr("href", ""))
	claim := b.Get(profile.Find("a[href$='/claim']").AttrOr("href", ""))
	if claim.Status != http.StatusOK || claim.Find("form[action='/auth/tiktok']").Length() != 2 {
		t.Fatalf("the claim page answers %d: %s", claim.Status, claim.Find("main").Text())
	}
	acc, _ := h.Sandbox.TikTokAccount("chapter.sandbox")
	// The second form is the way to remove it: proving who one is leads to the erasure.
	claim.Find("form[action='/auth/tiktok']").First().Remove()
	claim.Submit("form[action='/auth/tiktok']", nil).Submit("form[method=post]", url.Values{"account": {acc.OpenID}})
	if gone := b.Get("/settings/privacy").Submit("form[action$='/erasure']", url.Values{"sure": {"1"}}); gone.Path != "/" {
		t.Fatalf("removing led to %d %s", gone.Status, gone.Path)
	}
	if p := b.Get(profile.Path); p.Status != http.StatusNotFound || len(apptest.FindText(t, h.DB, "chapter.sandbox")) > 0 {
		t.Errorf("the profile answers %d and stands in %v", p.Status, apptest.FindText(t, h.DB, "chapter.sandbox"))
	}
}

func TestABrandGoesWithItsOnlyMember(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	sent := h.SendProposal(t, nil).Path
	page := h.AsBrand.Get("/settings/privacy")
	if !page.HasTexts("You are the only member of Fonte") {
		t.Errorf("the page says: %s", page.Find("main").Text())
	}
	if p := page.Submit("form[action$='/erasure']", url.Values{"sure": {"1"}}); p.Path != "/" {
		t.Fatalf("erasing led to %d %s", p.Status, p.Path)
	}
	for _, text := range []string{"Fonte", "Two dinners"} {
		if found := apptest.FindText(t, h.DB, text); len(found) > 0 {
			t.Errorf("%s still stands in %v", text, found)
		}
	}
	if p := h.AsCreator.Get(sent); p.Status != http.StatusOK || !p.HasTexts("∅") {
		t.Errorf("the creator's record answers %d", p.Status)
	}
	if p := h.NewBrowser(t).Get("/signin").Submit("form[action='/signin']", url.Values{"email": {apptest.BrandEmail("Fonte")}, "password": {apptest.Password}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("signing in answers %d", p.Status)
	}
}

func TestThePrivacyPageIsMadeFromTheInventory(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	for _, language := range []string{"en", "fr", "nl"} {
		b := a.NewBrowser(t)
		b.Language = language
		p := b.Get("/about/privacy")
		for _, holding := range privacy.Inventory() {
			if holding.Purpose != "" && !p.HasTexts(holding.Table) {
				t.Errorf("%s: %s is not on the page", language, holding.Table)
			}
		}
		if p.Status != http.StatusOK || strings.Contains(p.Body, "privacy.") {
			t.Errorf("%s: %d, or a text is missing", language, p.Status)
		}
	}
}

// On hold, the card still shows the objection that it asks to answer.
func TestAHeldDealShowsTheObjection(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	deal := penneWrites(t, h)
	h.AsBrand.Get(deal).Submit("form[action$='/1/approval']", nil)
	h.AsCreator.Get(deal).Submit("form[action$='/1/publication']", url.Values{"address": {"https://www.tiktok.com/@penne.sandbox/video/" + platform.PostKeyAt(platform.TikTok, h.Clock.Now().Add(24*time.Hour), 1)}})
	if p := h.AsBrand.Get(deal).Submit("form[action$='/1/objection']", url.Values{"reason": {"The pan is not named"}}); p.Status != http.StatusOK {
		t.Fatalf("objecting led to %d: %s", p.Status, p.Find("main").Text())
	}
	h.AsCreator.Get("/settings/privacy").Submit("form[action$='/erasure']", url.Values{"sure": {"1"}})
	if card := h.AsCreator.Get(deal).Find(".turn-card").Text(); !strings.Contains(card, "The pan is not named") {
		t.Errorf("on hold the card says: %s", card)
	}
}
