package discovery_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/discovery"
)

// save presses the button of a row, as a browser without a script does.
func save(t *testing.T, p *apptest.Page, name string) *apptest.Page {
	t.Helper()
	button := saveOf(p, name)
	to, ok := button.Attr("formaction")
	if !ok || button.AttrOr("form", "") != "save" {
		t.Fatalf("%s cannot be saved: %q", name, button.Text())
	}
	return p.Post(to, url.Values{"next": {p.Find("form#save input[name=next]").AttrOr("value", "")}})
}

func rowNamed(p *apptest.Page, name string) *goquery.Selection {
	return p.Find("ol.results > li").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Find("h3").Text() == name })
}

func saveOf(p *apptest.Page, name string) *goquery.Selection { return rowNamed(p, name).Find(".save") }

func TestShortlistingThreeCreatorsTakesThreeClicks(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 6)
	a.SignUpBrand(t, "fonte")
	b := a.SignedInBrand(t, "fonte")
	page := b.Get("/creators?country=FR&sort=followers")
	for _, name := range []string{"Maker 000", "Maker 002", "Maker 004"} {
		if page = save(t, page, name); page.Status != http.StatusOK || page.Path != "/creators" {
			t.Fatalf("saving %s leads to %d %s", name, page.Status, page.Path)
		}
		if text := saveOf(page, name).Text(); text != "In “First list”: "+name || saveOf(page, name).AttrOr("aria-pressed", "") != "true" {
			t.Errorf("the button of %s says %q", name, text)
		}
		if said := rowNamed(page, name).Find("[role=status]").Text(); !strings.Contains(said, "Saved in “First list”") || !strings.Contains(said, "Undo") || page.Find("ol.results [role=status]").Length() != 1 {
			t.Errorf("of %s it is said: %q", name, said)
		}
		if n := page.Find("h1").Text(); !strings.HasPrefix(n, "3 creators") {
			t.Errorf("back is another place: %s", n)
		}
	}
	if lists := b.Get("/shortlists"); !strings.Contains(spaced(lists.Find("main table tbody")), "First list 3 ") {
		t.Errorf("the lists are %.500s", lists.Find("main").Text())
	}
	page = save(t, page, "Maker 002") // pressed again
	if text := saveOf(page, "Maker 002").Text(); text != "Save: Maker 002" || page.Path != "/creators" {
		t.Errorf("undone, the button says %q on %s", text, page.Path)
	}
}

// What is saved goes to the list that was used last, and what is noted is not lost by a
// press.
func TestABookmarkGoesToTheListUsedLast(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 6)
	brand := a.SignUpBrand(t, "fonte")
	ctx := t.Context()
	winter, err := a.Discovery.CreateShortlist(ctx, brand, "Winter")
	apptest.Must(t, err)
	a.Clock.Advance(1000)
	_, err = a.Discovery.CreateShortlist(ctx, brand, "Spring")
	apptest.Must(t, err)
	b := a.SignedInBrand(t, "fonte")
	page := save(t, b.Get("/creators"), "Maker 000")
	if text := saveOf(page, "Maker 000").Text(); !strings.HasPrefix(text, "In “Spring”") {
		t.Errorf("the button says %q", text)
	}
	id := strings.TrimPrefix(rowNamed(page, "Maker 000").AttrOr("id", ""), "c-")
	a.Clock.Advance(1000)
	apptest.Must(t, a.Discovery.AddToShortlist(ctx, brand, discovery.AddToShortlistForm{Creator: id, Shortlists: []string{winter}}))
	page = b.Get("/creators")
	if text := saveOf(page, "Maker 000").Text(); !strings.HasPrefix(text, "In “Winter” and 1 more") {
		t.Errorf("on two lists, the button says %q", text)
	}
	apptest.Must(t, a.Discovery.AnnotateItem(ctx, brand, winter, id, discovery.ShortlistItemForm{Note: "Asks for May"}))
	page = b.Get("/creators")
	if link := saveOf(page, "Maker 000"); link.AttrOr("href", "") != "/shortlists/"+winter+"#c-"+id {
		t.Errorf("a press would take a note away: %q", link.Text())
	}
	if text := saveOf(save(t, page, "Maker 001"), "Maker 001").Text(); !strings.HasPrefix(text, "In “Winter”") {
		t.Errorf("the next one goes %q", text)
	}
	if similar := save(t, b.Get("/c/"+id+"/similar"), "Maker 002"); similar.Path != "/c/"+id+"/similar" || !strings.HasPrefix(saveOf(similar, "Maker 002").Text(), "In “Winter”") {
		t.Errorf("among those alike, on %s the button says %q", similar.Path, saveOf(similar, "Maker 002").Text())
	}
}

// On a creator's page one press saves them, names the list, and another takes it back.
func TestACreatorIsSavedOnTheirPage(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "fonte")
	_, id := a.JoinCreator(t, "penne.sandbox")
	b := a.SignedInBrand(t, "fonte")
	press := func(p *apptest.Page) *apptest.Page {
		return p.Post(p.Find("#c-"+id+" .save").AttrOr("formaction", ""), url.Values{"next": {p.Find("form#save input[name=next]").AttrOr("value", "")}})
	}
	page := press(b.Get("/c/" + id))
	if text := page.Find("#c-" + id + " .save[aria-pressed=true]").Text(); page.Path != "/c/"+id || text != "In “First list”: Penne Trial" || !strings.Contains(page.Find("#c-"+id+" [role=status]").Text(), "Undo") {
		t.Errorf("saved, %s says %q", page.Path, page.Find("main").Text())
	}
	if page = press(page); page.Path != "/c/"+id || page.Find("#c-"+id+" .save").Text() != "Save: Penne Trial" {
		t.Errorf("taken back, %s says %q", page.Path, page.Find("main").Text())
	}
	if n := a.NewBrowser(t).Get("/c/" + id).Find(".save, form#save").Length(); n != 0 {
		t.Error("a visitor is offered a button that does nothing")
	}
}

// Whoever cannot save is not offered it: a visitor signs in first, a creator has no lists,
// and a member who only reads sees where somebody is.
func TestOnlyThoseWhoKeepListsSave(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 4)
	_, _ = a.JoinCreator(t, "penne.sandbox")
	brand := a.SignUpBrand(t, "fonte")
	visitor := saveOf(a.NewBrowser(t).Get("/creators?country=FR"), "Maker 000")
	if href := visitor.AttrOr("href", ""); !strings.HasPrefix(href, "/signin?next="+url.QueryEscape("/creators?country=FR#c-")) {
		t.Errorf("a visitor is led to %q", href)
	}
	if n := saveOf(a.SignedInCreator(t, "penne.sandbox").Get("/creators"), "Maker 000").Length(); n != 0 {
		t.Error("a creator is offered to save")
	}
	save(t, a.SignedInBrand(t, "fonte").Get("/creators"), "Maker 000")
	viewer, _ := a.SignedInMember(t, brand, models.RoleViewer)
	page := viewer.Get("/creators")
	if !strings.HasPrefix(saveOf(page, "Maker 000").AttrOr("href", ""), "/shortlists/") || saveOf(page, "Maker 001").Length() != 0 {
		t.Error("who only reads can save, or does not see what is saved")
	}
}

// spaced is the text of an element, with a space between two within it.
func spaced(s *goquery.Selection) string {
	html, _ := s.Html()
	doc, _ := goquery.NewDocumentFromReader(strings.NewReader("<table>" + strings.ReplaceAll(html, "<", " <")))
	return strings.Join(strings.Fields(doc.Text()), " ")
}

// Lists and saved searches are tabs beside the creators, for whoever has a brand.
func TestListsAndSearchesAreTabsBesideTheCreators(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 4)
	brand := a.SignUpBrand(t, "fonte")
	for _, name := range []string{"Winter", "Spring"} {
		_, err := a.Discovery.CreateShortlist(t.Context(), brand, name)
		apptest.Must(t, err)
	}
	b := a.SignedInBrand(t, "fonte")
	for path, want := range map[string]string{"/creators?country=FR": "Creators 2 Lists 2 Saved searches 0", "/shortlists": "Creators Lists 2 Saved searches 0", "/searches": "Creators Lists 2 Saved searches 0"} {
		page := b.Get(path)
		tabs := page.Find("main nav.tabs")
		if text := spaced(tabs); text != want || tabs.Find("[aria-current=page]").AttrOr("href", "") != page.Path {
			t.Errorf("%s has the tabs %q, at %q", path, text, tabs.Find("[aria-current]").Text())
		}
	}
	page := a.NewBrowser(t).Get("/creators")
	if page.Find("main nav.tabs").Length() != 0 {
		t.Error("a visitor has tabs")
	}
	if skip := page.Find("main a.skip[href='#found']"); skip.Text() != "Skip to results" || page.Find("#found").Length() != 1 {
		t.Error("nothing leads past the filters")
	}
}
