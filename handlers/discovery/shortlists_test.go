package discovery_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/discovery"
	"tribemarket/models/moderation"
)

// From a creator's page onto a new list, back, noted, renamed and dropped, with
// forms alone.
func TestABrandKeepsAShortlist(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "fonte")
	_, id := a.JoinCreator(t, "penne.sandbox")
	b := a.SignedInBrand(t, "fonte")
	if p := b.Get("/shortlists"); !p.HasTexts("No lists yet") || p.Find("header nav a[aria-current=page]").AttrOr("href", "") != "/creators" {
		t.Error("without a list the page does not say so")
	}
	kit := b.Get("/c/" + id + "?platform=tiktok")
	link := kit.Find("a[href^='/shortlists/add']")
	if link.Length() != 1 {
		t.Fatal("the creator's page has no way to a list")
	}
	r := httptest.NewRequest("GET", a.URL+link.AttrOr("href", ""), nil)
	r.RequestURI = ""
	r.Header.Set("Referer", a.URL+"/c/"+id+"?platform=tiktok")
	add := b.Do(r)
	if p := add.Submit("form[action='/shortlists/add']", nil); p.Status != 422 || p.Find(".error-summary a[href='#f-list']").Length() != 1 {
		t.Errorf("choosing no list gave %d", p.Status)
	}
	back := add.Submit("form[action='/shortlists/add']", url.Values{"new": {"Spring"}})
	if back.Path != "/c/"+id || !back.HasTexts("Added.") {
		t.Errorf("adding led to %d %s", back.Status, back.Path)
	}
	if p := b.Get(link.AttrOr("href", "")); !p.HasTexts("Already on", "Spring") || p.Find("input[name=list]").Length() != 0 {
		t.Error("the form does not say which lists the creator is on")
	}
	list := b.Get("/shortlists").Find("main table a").AttrOr("href", "")
	p := b.Get(list)
	if !p.HasTexts("1 creator", "Penne Trial", "TikTok @penne.sandbox", "Added by Member of fonte") || p.Find("input[name=c][form=compare]").AttrOr("value", "") != id {
		t.Fatal("the creator is not on the list's page")
	}
	note := "form[action='" + list + "/creators/" + id + "']"
	wrong := p.Submit(note, url.Values{"note": {strings.Repeat("x", discovery.MaxShortlistNote+1)}, "labels": {"asked"}})
	if wrong.Status != 422 || wrong.Find("details.annotate[open]").Length() != 1 || wrong.Find("input[name=labels]").AttrOr("value", "") != "asked" || wrong.Find(".error-summary a[href='#f-note']").Length() != 1 {
		t.Errorf("a long note gave %d", wrong.Status)
	}
	p = p.Submit(note, url.Values{"note": {"<b>Ask</b>"}, "labels": {"asked, Too dear"}})
	if p.Path != list || !p.HasTexts("Note and labels are saved.", "<b>Ask</b>") || p.Find(".labels li").Length() != 2 {
		t.Errorf("noting led to %d %s", p.Status, p.Path)
	}
	if p := b.Get(list + "?label=asked&sort=price"); p.Find("tbody tr").Length() != 1 || p.Find(".chip[aria-current]").First().Text() == "" || p.Find("select[name=sort] option[selected]").AttrOr("value", "") != "price" {
		t.Error("label and order are not in the address")
	}
	if p := p.Submit("form[action='"+list+"/name']", url.Values{"name": {" "}}); p.Status != 422 || !p.HasTexts("Give the list a name.") {
		t.Errorf("no name gave %d", p.Status)
	}
	if p = p.Submit("form[action='"+list+"/name']", url.Values{"name": {"Summer"}}); p.Find("h1").Text() != "Summer" {
		t.Errorf("the list is called %s", p.Find("h1").Text())
	}
	if p := b.Get("/shortlists").Submit("form[action='/shortlists']", url.Values{"name": {"SUMMER"}}); p.Status != 422 || p.Find("input[name=name]").AttrOr("value", "") != "SUMMER" {
		t.Errorf("a second of the name gave %d", p.Status)
	}
	if p := p.Post(list+"/creators/"+id+"/removal", nil); p.Path != list || !p.HasTexts("Nobody is on this list yet") {
		t.Errorf("removing led to %d %s", p.Status, p.Path)
	}
	if p := p.Submit("form[action='"+list+"/removal']", nil); p.Path != "/shortlists" || !p.HasTexts("No lists yet") {
		t.Errorf("deleting led to %d %s", p.Status, p.Path)
	}
}

// Who reads and does not write sees the list without its forms.
func TestAViewerSeesNoFormsOfAList(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "fonte")
	_, id := a.JoinCreator(t, "penne.sandbox")
	list := listOf(t, a, brand, id)
	b, _ := a.SignedInMember(t, brand, models.RoleViewer)
	p := b.Get(list)
	if p.Status != 200 || p.Find("main form[method=post]").Length() != 0 || p.Find("a[href$='/negotiations/new']").Length() != 0 {
		t.Errorf("%d with %d forms", p.Status, p.Find("main form[method=post]").Length())
	}
	if b.Get("/c/"+id).Find("a[href^='/shortlists/add']").Length() != 0 || b.Get("/shortlists").Find("main form").Length() != 0 {
		t.Error("the viewer is offered what they may not do")
	}
}

// listOf is the address of a new list with creators on it.
func listOf(t *testing.T, a *apptest.App, brand models.Actor, creators ...string) string {
	t.Helper()
	list, err := a.Discovery.CreateShortlist(context.Background(), brand, "All")
	for _, c := range creators {
		if err == nil {
			err = a.Discovery.AddToShortlist(context.Background(), brand, discovery.AddToShortlistForm{Creator: c, Shortlists: []string{list}})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return "/shortlists/" + list
}

func setPrice(t *testing.T, a *apptest.App, creator models.Actor, minor int64, currency string) {
	t.Helper()
	err := a.DB.Tx(context.Background(), func(tx *db.Tx) error {
		return tx.Create(&creators.StartingPrice{CreatorID: creator.CreatorID, Format: "video", Minor: minor, Currency: currency}).Error
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A suspended creator stays, says so, and can be asked for nothing.
func TestWhoIsNotThereStaysWithoutFigures(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand, admin := a.SignUpBrand(t, "fonte"), a.CreateAdmin(t)
	_, here := a.JoinCreator(t, "penne.sandbox")
	_, away := a.JoinCreator(t, "chapter.sandbox")
	left, gone := a.JoinCreator(t, "solder.sandbox")
	list := listOf(t, a, brand, here, away, gone)
	if err := a.Moderation.SuspendSubject(context.Background(), admin, moderation.Creator, away, apptest.SuspensionReason); err != nil {
		t.Fatal(err)
	}
	if err := a.Privacy.EraseActor(context.Background(), left, "bye"); err != nil {
		t.Fatal(err)
	}
	b := a.SignedInBrand(t, "fonte")
	p := b.Get(list)
	for id, text := range map[string]string{away: "Not listed at the moment", gone: "A creator who has left"} {
		row := p.Find("#c-" + id)
		if !strings.Contains(row.Text(), text) || row.Find("input[name=c]").Length() != 0 || row.Find("a[href$='/negotiations/new']").Length() != 0 || row.Find("td.num").Length() != 0 {
			t.Errorf("the creator's row says %s", row.Text())
		}
	}
	if !strings.Contains(p.Find("#c-"+away).Text(), "Chapter Trial") || strings.Contains(p.Find("#c-"+gone).Text(), "Solder") || strings.Contains(p.Find("#c-"+gone).Text(), "∅") {
		t.Error("a name stands where it should not, or does not where it should")
	}
	if p := b.Get(list + "/budget"); p.Status != 200 || !p.HasTexts("Not listed at the moment") {
		t.Errorf("the budget page gave %d", p.Status)
	}
}

func TestCreatorsAreComparedByAddress(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "fonte")
	penne, x := a.JoinCreator(t, "penne.sandbox")
	_, y := a.JoinCreator(t, "solder.sandbox")
	setPrice(t, a, penne, 40_000, "EUR")
	visitor := a.NewBrowser(t)
	p := visitor.Get("/compare?c=" + x + "&c=" + y + "&c=bcdfghjkmn")
	if p.Status != 200 || !p.HasTexts("Penne Trial and Solder Trial compared", "bcdfghjkmn is not listed", "48,210", "1,520,400", "highest", "≠ differs", "€400", "over 28 posts") {
		t.Fatalf("%d: %s", p.Status, p.Find("main").Text())
	}
	if p.Find("thead th").Length() != 2 || p.Find("meta[name=robots][content=noindex]").Length() == 0 {
		t.Error("columns or robots")
	}
	all := p.Find("tbody tr").Length()
	only := visitor.Get(p.Find(".chip").Last().AttrOr("href", ""))
	if n := only.Find("tbody tr").Length(); n == 0 || n >= all || n != only.Find("tbody tr.differs").Length() {
		t.Errorf("%d of %d rows differ", n, all)
	}
	without := visitor.Get(only.Find("tfoot a").First().AttrOr("href", ""))
	if without.Find("thead th").Length() != 1 || !without.HasTexts("A comparison needs at least two") || without.Find(".chip, tfoot a[href*='only=differences']").Length() == 0 {
		t.Error("leaving one out changed more than that, or less")
	}
	for _, address := range []string{"/compare", "/compare?c=", "/compare?c=bcdfghjkmn", "/compare?c=%27%22%3E%00&c=" + strings.Repeat("x", 3000)} {
		if p := visitor.Get(address); p.Status != 200 || !p.HasTexts("Nobody to compare") {
			t.Errorf("%.60s gave %d", address, p.Status)
		}
	}
	if p := visitor.Get("/compare?c=a&c=b&c=c&c=d&c=e&c=f"); p.Status != 200 || !p.HasTexts("Only the first 5 are compared", "e is not listed") || p.HasTexts("f is not listed") {
		t.Errorf("six gave %d", p.Status)
	}
	own, err := a.Accounts.OwnBrand(context.Background(), brand)
	if err == nil {
		err = a.Moderation.BlockParty(context.Background(), penne, own.PublicID)
	}
	if err != nil {
		t.Fatal(err)
	}
	if p := a.SignedInBrand(t, "fonte").Get("/compare?c=" + x + "&c=" + y); p.HasTexts("Penne Trial") || !p.HasTexts(x+" is not listed") {
		t.Error("a brand compares who has blocked it")
	}
}

func TestABudgetSaysWhatItBuys(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "fonte")
	penne, x := a.JoinCreator(t, "penne.sandbox")
	solder, y := a.JoinCreator(t, "solder.sandbox")
	dollar, z := a.JoinCreator(t, "chapter.sandbox")
	_, free := a.JoinCreator(t, "threevideos.sandbox")
	setPrice(t, a, penne, 40_000, "EUR")
	setPrice(t, a, solder, 500_000, "EUR")
	setPrice(t, a, dollar, 10_000, "USD")
	list := listOf(t, a, brand, x, y, z, free)
	b := a.SignedInBrand(t, "fonte")
	p := b.Get(list + "/budget")
	if p.Status != 200 || !p.HasTexts("€5,400", "Expected CPM", "asks $100: another currency", "gives no price for one video") || p.HasTexts("What it buys") {
		t.Fatalf("%d: %s", p.Status, p.Find("main").Text())
	}
	p = p.Submit("form.budget-form", url.Values{"amount": {"1,000"}})
	if p.Status != 200 || !p.HasTexts("€1,000 buys 1 of 2 creators", "€600.00", "More than what was left: Solder Trial.") || p.Find("input[name=amount]").AttrOr("value", "") != "1,000" {
		t.Errorf("%d: %s", p.Status, p.Find("#buys").Text())
	}
	if p := b.Get(list + "/budget?amount=1000&currency=USD&format=video"); !p.HasTexts("$1,000 buys 1 of 1 creator", "asks €400: another currency") {
		t.Errorf("in dollars: %s", p.Find("main").Text())
	}
	if p := b.Get(list + "/budget?amount=nothing"); p.Status != 422 || p.Find("input[name=amount]").AttrOr("value", "") != "nothing" || p.Find(".error-summary").Length() != 1 {
		t.Errorf("no amount gave %d", p.Status)
	}
	if p := b.Get(list + "/budget?format=live&currency=EUR"); p.Status != 200 || !p.HasTexts("Nothing to calculate") {
		t.Errorf("without prices: %d", p.Status)
	}
}

// However many creators there are, a page asks the database the same.
func TestListPagesAskLittle(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "fonte")
	var ids []string
	for _, h := range []string{"penne.sandbox", "chapter.sandbox", "solder.sandbox", "threevideos.sandbox", "hidden.sandbox"} {
		_, id := a.JoinCreator(t, h)
		ids = append(ids, id)
	}
	short := listOf(t, a, brand, ids[0])
	if err := a.Discovery.RenameShortlist(context.Background(), brand, strings.TrimPrefix(short, "/shortlists/"), "One"); err != nil {
		t.Fatal(err)
	}
	long := listOf(t, a, brand, ids...)
	cookies := a.SignedInBrand(t, "fonte").Get("/shortlists").Cookies()
	asks := func(path string) (n int) {
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("Cookie", cookies)
		answer := httptest.NewRecorder()
		var all []string
		a.Handler().ServeHTTP(answer, r.WithContext(db.WithStatementObserver(r.Context(), func(q string) { n++; all = append(all, q) })))
		if answer.Code != 200 || n > 8 {
			t.Errorf("%s gave %d with %d statements:\n%s", path, answer.Code, n, strings.Join(all, "\n"))
		}
		return n
	}
	for _, pair := range [][2]string{
		{short, long}, {short + "/budget?amount=1", long + "/budget?amount=1"}, {"/compare?c=" + ids[0], "/compare?c=" + strings.Join(ids, "&c=")}, {"/shortlists", "/shortlists"}, {"/shortlists/add?creator=" + ids[0], "/shortlists/add?creator=" + ids[4]},
	} {
		if few, many := asks(pair[0]), asks(pair[1]); few != many {
			t.Errorf("%s asks %d times, %s %d", pair[0], few, pair[1], many)
		}
	}
}

// A long list is shown in pages.
func TestALongListHasPages(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "fonte")
	_, id := a.JoinCreator(t, "penne.sandbox")
	list := listOf(t, a, brand, id)
	err := a.DB.Tx(context.Background(), func(tx *db.Tx) error {
		for i := range 60 {
			for _, q := range []string{
				"INSERT INTO creators (id, public_id, name, created_at, updated_at) VALUES (@id, @key, @key, @at, @at)",
				"INSERT INTO shortlist_items (shortlist_id, creator_id, added_by, added_at) SELECT id, @id, created_by, @at FROM shortlists",
			} {
				if err := tx.Exec(q, map[string]any{"id": 10_000 + i, "key": fmt.Sprint("c", i), "at": a.Clock.Now()}).Error; err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	b := a.SignedInBrand(t, "fonte")
	first := b.Get(list)
	second := b.Get(first.Find(".pager a[rel=next]").AttrOr("href", ""))
	if first.Find("tbody tr").Length() != 50 || second.Find("tbody tr").Length() != 11 || second.Find(".pager a[rel=next]").Length() != 0 {
		t.Errorf("pages of %d and %d", first.Find("tbody tr").Length(), second.Find("tbody tr").Length())
	}
	if p := b.Get(list + "?page=99"); p.Find("tbody tr").Length() != 11 {
		t.Error("a page beyond the last is not the last")
	}
}
