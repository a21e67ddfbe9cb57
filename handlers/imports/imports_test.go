package imports_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/imports"
)

const form = "form[enctype='multipart/form-data']"

// runJob does what the job of an import does.
func runJob(t *testing.T, a *apptest.App, path string) {
	t.Helper()
	i, err := a.Imports.FindImport(context.Background(), a.CreateAdmin(t), path[strings.LastIndex(path, "/")+1:])
	apptest.Must(t, err)
	apptest.Must(t, a.Imports.RunImport(context.Background(), imports.RunArgs{ImportID: i.ID}))
}

func rows(p *apptest.Page, table string) string {
	return strings.Join(strings.Fields(p.Find(table).Text()), " ")
}

func TestAFileIsImportedThroughItsPreview(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(testing.TB) *apptest.App{
		"sqlite":   func(t testing.TB) *apptest.App { return apptest.New(t) },
		"postgres": func(t testing.TB) *apptest.App { return apptest.NewOnPostgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := open(t)
			b := a.SignedInAdmin(t)
			page := b.Get("/admin/imports")
			if !page.HasTexts("No file has been uploaded.") {
				t.Fatalf("%d %s", page.Status, page.Text())
			}
			page = page.SubmitFile(form, nil, "file", `C:\lists\may.csv`, "Wer,Wieviele,Land\nmina.flute,20K,Elsewhere\nlea,3K,France\n,5K,FR\n")
			if !page.HasTexts("may.csv", "None of the first 25 rows is a known header", "Missing: Handle, Followers", "mina.flute", "Elsewhere") || page.Find("#f-columns-2-field option[selected]").AttrOr("value", "") != "country" {
				t.Fatalf("%d %s %s", page.Status, page.Path, page.Find("main").Text())
			}
			path := page.Path
			chosen := url.Values{"columns[0].field": {"handle"}, "columns[1].field": {"handle"}, "as_of": {"2026-10-01"}}
			if p := page.Submit(".import-columns", chosen); p.Status != 422 || !p.HasTexts("“Wer” is already chosen for this") || p.Find("#f-as_of").AttrOr("value", "") != "2026-10-01" || p.Find("#f-columns-1-field option[selected]").AttrOr("value", "") != "handle" {
				t.Fatalf("two handles: %d %s", p.Status, p.Find("main").Text())
			}
			chosen.Set("columns[1].field", "followers")
			page = page.Submit(".import-columns", chosen)
			if page.Status != 200 || !page.HasTexts("The columns are saved.", "A list of creators on TikTok. Its header is on line 1.") {
				t.Fatalf("%d %s", page.Status, page.Find("main").Text())
			}
			page = page.Post(path+"/dry-run", nil)
			if !page.HasTexts("Checking all rows", "This import begins once the imports before it are done.") || page.Find("progress").Length() != 1 || page.Find("#import[hx-get]").Length() != 1 || !strings.Contains(page.Body, `<noscript><meta http-equiv="refresh"`) {
				t.Fatalf("%d %s", page.Status, page.Body)
			}
			if p := page.Post(path+"/dry-run", nil); p.Status != 200 || p.Path != path {
				t.Errorf("pressed twice it answers %d %s", p.Status, p.Path)
			}
			if p := page.Post(path+"/run", nil); p.Status != http.StatusConflict {
				t.Errorf("an import while it is checked answers %d", p.Status)
			}
			runJob(t, a, path)
			page = b.Get(path)
			if !page.HasTexts("All rows were checked, and nothing was written.", "Accounts to create2", "Rows left out1", "Line 4 the handle is missing", "Wieviele Followers", "Land Country", "One, like Elsewhere") || page.Find("#import[hx-get]").Length() != 0 {
				t.Fatalf("%s", page.Find("main").Text())
			}
			page.Submit("form[action$='/run']", nil)
			runJob(t, a, path)
			page = b.Get(path)
			if !page.HasTexts("The file was imported.", "Accounts created2") || page.Find(".import-columns, form[action$='/run']").Length() != 0 {
				t.Fatalf("%s", page.Find("main").Text())
			}
			report := b.Get(path + "/report")
			apptest.ReadCSV(t, report) // with the mark that Excel needs
			for _, line := range []string{"Line,What,Text\r\n", ",Accounts created,2\r\n", ",Column,Wer: Handle\r\n", "2,Value not understood,Land: “Elsewhere” was not understood\r\n", "4,Row left out,the handle is missing\r\n"} {
				if !strings.Contains(report.Body, line) {
					t.Errorf("the report lacks %q:\n%s", line, report.Body)
				}
			}
			if page = b.Get("/admin/imports"); rows(page, "#files tbody") != "may.csv Imported2 created, 0 updated, 0 unchanged, 1 left out Ada Ministrator "+rows(page, "#files td[data-l=On]") {
				t.Errorf("the list has %q", rows(page, "#files tbody"))
			}
			page = b.Get(path).Submit("form[action$='/removal']", nil)
			if page.Path != "/admin/imports" || !page.HasTexts("The file is deleted.", "No file has been uploaded.") {
				t.Errorf("removing it leads to %d %s", page.Status, page.Path)
			}
			if p := b.Get(path); p.Status != 404 {
				t.Errorf("it is still there: %d", p.Status)
			}
		})
	}
}

func TestAFileThatCannotBeReadIsRefusedWithTheAnswersKept(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.SignedInAdmin(t)
	answers := url.Values{"platform": {"youtube"}, "as_of": {"2026-10-01"}, "encoding": {"windows-1252"}}
	for name, c := range map[string]struct{ content, said string }{
		"a PDF":    {"%PDF-1.7", "is not a table (PDF)"},
		"no bytes": {"", "Choose a file that is not empty."},
	} {
		p := b.Get("/admin/imports").SubmitFile(form, answers, "file", "list.csv", c.content)
		if p.Status != 422 || !p.HasTexts(c.said) || p.Find("#f-as_of").AttrOr("value", "") != "2026-10-01" ||
			p.Find("#f-platform option[selected]").AttrOr("value", "") != "youtube" || p.Find("#f-encoding option[selected]").AttrOr("value", "") != "windows-1252" {
			t.Errorf("%s: %d %s", name, p.Status, p.Find("main").Text())
		}
	}
	if p := b.Get("/admin/imports").Submit(form, answers); p.Status != 422 { // a form that is not sent as one with files
		t.Errorf("without a file it answers %d", p.Status)
	}
	if p := b.Get("/admin/imports").SubmitFile(form, url.Values{"as_of": {"soon"}}, "file", "list.csv", "Username,Followers\nmina,3K\n"); p.Status != 422 || !p.HasTexts("Enter a day, like 2026-01-31.") {
		t.Errorf("a day that is none: %d", p.Status)
	}
	if p := b.Get("/admin/imports").SubmitFile(form, url.Values{"_csrf": {"forged"}}, "file", "list.csv", "Username,Followers\nmina,3K\n"); p.Status != 403 {
		t.Errorf("a forged form answers %d", p.Status)
	}
}

func TestOnlyUploadsMayBeLarge(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "fonte")
	admin, brand := a.SignedInAdmin(t), a.SignedInBrand(t, "fonte")
	large := "Username,Followers\n" + strings.Repeat("mina,3K\n", 600_000) // of 5 MB
	page := admin.Get("/admin/imports").SubmitFile(form, url.Values{"as_of": {"2026-10-01"}}, "file", "large.csv", large)
	if page.Status != 200 || !page.HasTexts("large.csv", "A list of creators on TikTok") {
		t.Fatalf("%d %s", page.Status, page.Find("main").Text())
	}
	tooLarge := admin.Get("/admin/imports").SubmitFile(form, nil, "file", "huge.csv", strings.Repeat(large, 15))
	if tooLarge.Status != 413 || !tooLarge.HasTexts("The file is larger than 64 MB.") {
		t.Errorf("a huge one: %d %s", tooLarge.Status, tooLarge.Find("main").Text())
	}
	for path, b := range map[string]*apptest.Browser{"/admin/imports": brand, "/settings": admin} {
		r, err := http.NewRequest(http.MethodPost, a.URL+path, strings.NewReader(large))
		apptest.Must(t, err)
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		if p := b.Do(r); p.Status != 404 && p.Status != 413 {
			t.Errorf("%s takes 5 MB: %d", path, p.Status)
		}
	}
}

func TestImportingNeedsARecentSignIn(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.SignedInAdmin(t)
	page := b.Get("/admin/imports").SubmitFile(form, url.Values{"as_of": {"2026-10-01"}}, "file", "list.csv", "Username,Followers\nmina,3K\n")
	a.Clock.Advance(20 * time.Minute)
	if p := page.Post(page.Path+"/run", nil); p.Path != "/confirm-identity" {
		t.Errorf("it leads to %d %s", p.Status, p.Path)
	}
	i, err := a.Imports.FindImport(context.Background(), a.CreateAdmin(t), page.Path[strings.LastIndex(page.Path, "/")+1:])
	if err != nil || i.State != imports.StateUploaded {
		t.Errorf("it is %s, %v", i.State, err)
	}
}

func TestEveryErrorOfAFileIsWordedForThePage(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.SignedInAdmin(t)
	for content, said := range map[string]string{
		"Nick,Followers\nmina,3K\n":                                            "Enter their day.",
		"Handle,Login,Followers\nmina.a,lea.b,3K\nlea.a,mina.b,4K\n":           "could both be the handle. Choose the right one.",
		"Full name,Followers\nMina Blue,3K\nLea Red,4K\nKim Green,5K\n":        "Choose the column with the handles, or another platform.",
		"Wer,Wieviele\nmina,3K\n":                                              "Choose the columns, or save the file with a header",
		"Nick,Followers,City\nmina,3K,Li\xe8ge\nlea,4K,\xc3\xa9\xe9\xff\x00\n": "Choose its encoding",
	} {
		p := b.Get("/admin/imports").SubmitFile(form, nil, "file", "list.csv", content)
		if !p.HasTexts(said) || strings.Contains(p.Find("main").Text(), "--") {
			t.Errorf("%q: %d %s", content, p.Status, p.Find("main").Text())
		}
	}
}
