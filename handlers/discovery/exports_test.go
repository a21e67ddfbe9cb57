package discovery_test

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/discovery"
)

func TestASearchIsExportedWholeAndInItsOrder(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 700) // more than a batch
	a.SignUpBrand(t, "maison")
	b := a.SignedInBrand(t, "maison")
	rows := apptest.ReadCSV(t, b.Get("/creators/export.csv?tribe=foodtok&sort=followers&after=nonsense"))
	if len(rows) != 351 || strings.Contains(strings.Join(rows[0], " "), " Name") {
		t.Fatalf("%d rows, headings %v", len(rows), rows[0])
	}
	if got := apptest.Column(rows, "followers"); got[0] != "10000" || got[349] != "10698" {
		t.Errorf("followers from %s to %s", got[0], got[349])
	}
	if got := apptest.Column(rows, "page")[0]; !strings.HasPrefix(got, a.Config.BaseURL+"/c/") {
		t.Errorf("page %q", got)
	}
	if got := apptest.Column(rows, "as_of")[0]; got != "2026-11-01" {
		t.Errorf("as of %q", got)
	}
}

func TestAWorkbookHasTypedCellsAndTheReadersHeadings(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 3)
	a.SignUpBrand(t, "maison")
	b := a.SignedInBrand(t, "maison")
	b.Get("/creators").Post("/language", map[string][]string{"language": {"fr"}, "next": {"/"}})
	p := b.Get("/creators/export.xlsx?sort=followers")
	f, err := excelize.OpenReader(bytes.NewReader([]byte(p.Body)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows(f.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil || len(rows) != 4 || rows[0][0] != "Nom" || f.GetSheetName(0) != "Créateurs" {
		t.Fatalf("%v, %v", rows, err)
	}
	if kind, err := f.GetCellType(f.GetSheetName(0), "G2"); err != nil || rows[1][6] != "10000" || kind != excelize.CellTypeUnset {
		t.Errorf("followers %q of kind %d, %v", rows[1][6], kind, err)
	}
}

// A name that a spreadsheet would compute stays a name.
func TestAnExportHoldsNoFormula(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	who, _ := a.JoinCreator(t, "penne.sandbox")
	name := `=HYPERLINK("https://evil.example")`
	if err := a.Creators.EditProfile(context.Background(), who, creators.ProfileForm{Name: name, Zone: "UTC"}); err != nil {
		t.Fatal(err)
	}
	a.SignUpBrand(t, "maison")
	b := a.SignedInBrand(t, "maison")
	if got := apptest.Column(apptest.ReadCSV(t, b.Get("/creators/export.csv")), "name"); len(got) != 1 || got[0] != "'"+name {
		t.Errorf("names %q", got)
	}
}

func TestAListAndAComparisonAreExported(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	_, penne := a.JoinCreator(t, "penne.sandbox")
	_, other := a.JoinCreator(t, "solder.sandbox")
	owner := a.SignUpBrand(t, "maison")
	ctx := context.Background()
	list, err := a.Discovery.CreateShortlist(ctx, owner, "Autumn")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{penne, other} {
		if err := a.Discovery.AddToShortlist(ctx, owner, discovery.AddToShortlistForm{Creator: id, Shortlists: []string{list}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Discovery.AnnotateItem(ctx, owner, list, penne, discovery.ShortlistItemForm{Note: "-10 %, please", Labels: "asked"}); err != nil {
		t.Fatal(err)
	}
	a.SuspendCreator(t, other)
	b := a.SignedInAs(t, apptest.BrandEmail("maison"))
	rows := apptest.ReadCSV(t, b.Get("/shortlists/"+list+"/export.csv?sort=name"))
	if len(rows) != 3 {
		t.Fatalf("rows %q", rows)
	}
	notes, followers := strings.Join(apptest.Column(rows, "note"), "|"), strings.Join(apptest.Column(rows, "followers"), "|")
	if !strings.Contains(notes, "'-10 %, please") || strings.Count(followers, "|") != 1 || !strings.HasPrefix(followers, "|") && !strings.HasSuffix(followers, "|") {
		t.Errorf("notes %q, followers %q: a suspended creator has no figures", notes, followers)
	}
	rows = apptest.ReadCSV(t, b.Get("/compare/export.csv?c="+penne+"&c="+other))
	if len(rows) != 2 {
		t.Errorf("a comparison without the suspended creator has %d rows", len(rows))
	}
}

// What fails before anything is sent is a page like any other, not a file.
func TestAnExportThatFailsIsNoFile(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 2)
	a.SignUpBrand(t, "maison")
	b := a.SignedInBrand(t, "maison")
	apptest.Must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		return tx.Exec("ALTER TABLE creator_accounts RENAME TO gone").Error
	}))
	for _, format := range []string{"csv", "xlsx"} {
		p := b.Get("/creators/export." + format)
		if p.Status != http.StatusInternalServerError || !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") || p.Header.Get("Content-Disposition") != "" {
			t.Errorf("%s: %d, %v", format, p.Status, p.Header)
		}
	}
}

func TestExportsAreForBrandsAndCounted(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.WithLimits)
	apptest.ImportCreators(t, a, 2)
	if p := a.NewBrowser(t).Get("/creators/export.csv"); strings.Contains(p.Header.Get("Content-Type"), "csv") {
		t.Error("a visitor exports")
	}
	a.SignUpBrand(t, "maison")
	b := a.SignedInBrand(t, "maison")
	for range models.Exports.Most {
		apptest.ReadCSV(t, b.Get("/creators/export.csv"))
	}
	if p := b.Get("/creators/export.csv"); p.Status != http.StatusTooManyRequests || strings.Contains(p.Header.Get("Content-Type"), "csv") {
		t.Errorf("one too many answers %d %s", p.Status, p.Header.Get("Content-Type"))
	}
}
