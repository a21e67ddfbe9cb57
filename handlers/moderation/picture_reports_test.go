package moderation_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/files"
	"tribemarket/models/notifications"
	"tribemarket/views/paths"
)

// A reported picture is hidden from everybody but its owner, who is told why, and
// administrators, until the decision is undone.
func TestAReportedPictureIsHiddenAndRestored(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "fonte")
	penne, id := a.JoinCreator(t, "penne.sandbox")
	a.JoinCreator(t, "solder.sandbox")
	var file bytes.Buffer
	apptest.Must(t, png.Encode(&file, image.NewGray(image.Rect(0, 0, 200, 250))))
	for _, alt := range []string{"Kept", "Stolen"} {
		_, err := a.Files.AddPicture(t.Context(), penne, files.Work, bytes.NewReader(file.Bytes()), alt)
		apptest.Must(t, err)
	}
	_, err := a.Files.AddPicture(t.Context(), brand, files.Logo, bytes.NewReader(file.Bytes()), "fonte")
	apptest.Must(t, err)
	b, owner, admin, visitor := a.SignedInBrand(t, "fonte"), a.SignedInCreator(t, "penne.sandbox"), a.SignedInAdmin(t), a.NewBrowser(t)
	stolen := owner.Get("/settings/profile/pictures").Find("#works img[alt=Stolen]").AttrOr("src", "")
	sees := func(want map[*apptest.Browser]int) {
		t.Helper()
		for who, status := range want {
			if p := who.Get(stolen); p.Status != status {
				t.Errorf("%s gives %d, want %d", stolen, p.Status, status)
			}
		}
	}
	everybody := map[*apptest.Browser]int{visitor: 200, b: 200, owner: 200, admin: 200, a.SignedInCreator(t, "solder.sandbox"): 200}
	sees(everybody)

	form := b.Get(b.Get(paths.Creator(id)).Find("a[href^='/reports/new']").AttrOr("href", ""))
	choices := form.Find("#pictures a")
	if choices.Length() != 2 || !form.HasTexts("Work 2") {
		t.Fatalf("%d pictures can be reported", choices.Length())
	}
	form = b.Get(choices.Last().AttrOr("href", ""))
	if form.Find("#picture img").AttrOr("src", "") != stolen || form.Find("input[value=figures]").Length() != 0 {
		t.Error("the form does not show the picture alone, with the reasons for pictures")
	}
	if p := form.Submit("form[action='/reports']", url.Values{"reason": {"figures"}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a reason for pages: %d", p.Status)
	}
	if p := form.Submit("form[action='/reports']", url.Values{"reason": {"rights"}}); p.Path != paths.BlockSettings() || !p.HasTexts("Penne Trial", "has not decided yet") {
		t.Fatalf("reporting led to %d %s", p.Status, p.Path)
	}
	if p := owner.Get(paths.NewReport("picture", publicIDOf(t, a, "SELECT public_id FROM pictures WHERE alt = 'Stolen'"))); p.Status != http.StatusForbidden {
		t.Errorf("the owner reports it: %d", p.Status)
	}

	one := admin.Get(admin.Get(paths.AdminReports()).Find("tbody th a").AttrOr("href", ""))
	if one.Find("#picture img").AttrOr("src", "") != stolen || !one.HasTexts("without permission", "Hidden") || one.Find("input[value=warn]").Length() != 0 {
		t.Errorf("the report shows %s", one.Find("main").Text())
	}
	const decide = "form[action$='/decision']"
	if p := one.Submit(decide, url.Values{"decision": {"hide"}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("hiding without a reason: %d", p.Status)
	}
	if p := one.Submit(decide, url.Values{"decision": {"hide"}, "note": {"It is by somebody else."}}); p.Status != http.StatusOK || !p.HasTexts("Hidden: Ada Ministrator") {
		t.Fatalf("hiding led to %d: %s", p.Status, p.Find("main").Text())
	}
	hidden := map[*apptest.Browser]int{visitor: 404, b: 404, owner: 200, admin: 200, a.SignedInCreator(t, "solder.sandbox"): 404}
	sees(hidden)
	for _, path := range []string{paths.Creator(id), "/creators"} {
		if n := visitor.Get(path).Find("img[src='" + stolen + "']").Length(); n != 0 {
			t.Errorf("%s still shows it", path)
		}
	}
	if p := owner.Get("/settings/profile/pictures"); !p.HasTexts("Hidden by an administrator: It is by somebody else.") {
		t.Error("the owner is not told why")
	}
	if p := owner.Get(paths.BlockSettings()); !p.HasTexts("Hidden", "It is by somebody else.") {
		t.Error("the owner's page of decisions does not name it")
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM notification_events WHERE kind = ?", notifications.ReportDecision); n != 1 {
		t.Errorf("%d decisions to tell of", n)
	}
	if p := b.Get(paths.BlockSettings()); !p.HasTexts("the picture was hidden") {
		t.Error("the reporter is not told")
	}
	if p := b.Get(paths.NewReport("picture", publicIDOf(t, a, "SELECT public_id FROM pictures WHERE alt = 'Stolen'"))); p.Status != http.StatusNotFound {
		t.Errorf("hidden, it can be reported: %d", p.Status)
	}

	if p := admin.Get(one.Path).Submit("form[action$='/reopening']", nil); !p.HasTexts("The report is open again") {
		t.Errorf("undoing led to %s", p.Find("main").Text())
	}
	sees(everybody)
	log := admin.Get(paths.AdminAudit(url.Values{"action": {"admin.picture"}}))
	if log.Find("tbody tr").Length() != 2 || !log.HasTexts("admin.picture_hidden", "admin.picture_restored") {
		t.Errorf("the log shows %s", log.Find("tbody").Text())
	}
	if form := owner.Get(paths.NewReport("brand", publicIDOf(t, a, "SELECT public_id FROM brands WHERE id = ?", brand.BrandID))); form.Find("#pictures a").Length() != 1 || !form.HasTexts("The logo") {
		t.Error("a logo cannot be reported")
	}
}

func publicIDOf(t testing.TB, a *apptest.App, query string, args ...any) (id string) {
	t.Helper()
	apptest.Must(t, a.DB.Read(t.Context()).Raw(query, args...).Scan(&id).Error)
	return id
}
