package handlers_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/db"
)

// pages are every page of the matrix that an asker may come to, for things of
// their own, of others and of nobody.
func (g *grid) pages(t *testing.T, asker string) []string {
	t.Helper()
	var all []string
	for _, r := range readMatrix(t) {
		if r.method != http.MethodGet || strings.Contains(r.path, "callback") {
			continue
		}
		kind := g.kinds[r.kind]
		for _, params := range []url.Values{kind.own[asker], kind.foreign[asker], kind.deleted} {
			path := r.path
			for name, v := range params {
				path = strings.ReplaceAll(path, name, url.PathEscape(v[0]))
			}
			all = append(all, path)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestCanariesStayHome writes texts that stand nowhere else into what the first
// brand and the first creator keep between them, and looks for them as everybody
// else: on every page, in every fragment, in the export.
func TestCanariesStayHome(t *testing.T) {
	t.Parallel()
	g := newGrid(t)
	ctx := context.Background()
	deal := g.kinds["deal"].own["creator"].Get(":id")
	creator := g.browsers["creator"]
	creator.FollowRedirects()
	page := creator.Get("/deals/"+deal).Submit("form[action$='/draft']", url.Values{"draft_url": {"https://files.example/canary1"}, "note": {"canary2"}})
	if page.Status != http.StatusOK {
		t.Fatalf("the draft answers %d", page.Status)
	}
	owner := g.browsers["owner"]
	owner.FollowRedirects()
	owner.Get("/deals/"+deal).Submit("form[action$='/changes']", url.Values{"note": {"canary3 please"}})
	sent := owner.Get("/c/"+g.kinds["creator"].own["creator"].Get(":id")+"/negotiations/new").Submit("#offer", (apptest.Partnership{App: g.App}).Offer(url.Values{
		"product": {"canary4"}, "message": {"canary5"}, "in_kind": {"canary6"}, "in_kind_value": {"12"}, "disclosure": {"canary7"},
	}))
	creator.Get(sent.Path+"/offers/new").Submit("#offer", url.Values{"fee": {"600"}, "message": {"canary12"}, "note_fee": {"canary13"}})
	g.exec(t, "UPDATE people SET email = 'canary8@home.example' WHERE id = (SELECT person_id FROM creators WHERE public_id = ?)", g.kinds["creator"].own["creator"].Get(":id"))
	g.exec(t, "UPDATE brands SET postal_address = 'canary9' WHERE public_id = ?", g.kinds["brand"].own["owner"].Get(":id"))
	g.exec(t, "UPDATE people SET email = 'canary10@home.example', name = 'canary11' WHERE id IN (SELECT person_id FROM members WHERE role = 'viewer')")
	for i := range 11 {
		if text := "canary" + string("123456789"[min(i, 8)]); len(apptest.FindText(t, g.DB, text)) == 0 {
			t.Errorf("%s is not where it should be", text)
		}
	}
	g.exec(t, "UPDATE people SET email_confirmed_at = ? WHERE email = 'canary8@home.example'", g.Clock.Now())
	pitchedTo, err := g.Accounts.OwnBrand(ctx, g.SignUpBrand(t, "pitched"))
	g.must(t, err)
	pitch := (apptest.Partnership{App: g.App}).Offer(url.Values{"product": {"canary17"}, "message": {"canary18"}, "about": {"canary19"}, "my_audience": {"canary20"}})
	if sent := creator.Get("/b/"+pitchedTo.PublicID+"/pitches/new").Submit("#offer", pitch); !strings.HasPrefix(sent.Path, "/negotiations/") {
		t.Fatalf("the pitch answers %d: %s", sent.Status, sent.Find(".problems").Text())
	}
	for _, text := range []string{"canary12", "canary13", "canary17", "canary18", "canary19", "canary20"} { // of a counter-offer and of a pitch
		if len(apptest.FindText(t, g.DB, text)) == 0 {
			t.Errorf("%s is not where it should be", text)
		}
	}
	if home := creator.Get("/deals/" + deal); !home.HasTexts("canary2", "canary3") {
		t.Errorf("the creator doesn't see their own: %.500s", home.Find("main").Text())
	}
	// What contracts say, their files, and who both are in them
	contract := "/contracts/" + g.kinds["contract"].own["creator"].Get(":id")
	for _, path := range []string{contract, contract + "/contract.pdf", contract + "/certificate.pdf"} {
		if p := creator.Get(path); !strings.Contains(p.Body, "canary14") {
			t.Errorf("the creator doesn't see their own %s: %d", path, p.Status)
		}
	}
	for b, name := range map[*apptest.Browser]string{creator: "canary15", owner: "canary16"} {
		p := b.Get("/settings/contract-identity").Submit("main form[action='/settings/contract-identity']", url.Values{"legal_name": {name}, "address": {name}, "email": {name + "@home.example"}, "country": {"FR"}})
		if p.Status != http.StatusOK || !strings.Contains(b.Get("/settings/contract-identity").Body, name) {
			t.Errorf("the identity %s answers %d", name, p.Status)
		}
	}
	for b, name := range map[*apptest.Browser]string{creator: "canary16", owner: "canary15"} {
		for _, path := range []string{"/dashboard", "/deals/" + deal, contract, "/negotiations"} {
			if strings.Contains(b.Get(path).Body, name) {
				t.Errorf("the other side sees who is who in no contract yet on %s", path)
			}
		}
	}

	for _, who := range []string{"visitor", "other creator", "other brand"} {
		b := g.browsers[who]
		b.FollowRedirects()
		seen := 0
		for _, path := range g.pages(t, who) {
			for _, partial := range []bool{false, true} {
				r, _ := http.NewRequestWithContext(ctx, http.MethodGet, g.URL+path, nil)
				if partial {
					r.Header.Set("HX-Request", "true")
					r.Header.Set("HX-Request-Type", "partial")
				}
				p := b.Do(r)
				seen++
				if strings.HasPrefix(path, "/demo/") {
					continue // shows a demo's mails to everybody, and only there
				}
				if i := strings.Index(p.Body, "canary"); i >= 0 {
					t.Errorf("%s sees on %s: …%.60s", who, path, p.Body[max(0, i-20):])
				}
			}
		}
		if seen < 50 {
			t.Errorf("%s saw %d pages only", who, seen)
		}
		if who != "visitor" {
			noCanary(t, who, b.Get("/settings/privacy").Submit("form[action$='/export']", nil))
		}
	}
}

func noCanary(t *testing.T, who string, export *apptest.Page) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(export.Body)), int64(len(export.Body)))
	if err != nil {
		t.Fatalf("%s: the export answers %d: %v", who, export.Status, err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil || strings.Contains(string(b), "canary") {
			t.Errorf("%s has a canary in the export's %s (%v)", who, f.Name, err)
		}
	}
}

// columns are the names of every column of every table.
func columns(t *testing.T, d *db.DB) []string {
	t.Helper()
	var all []string
	err := d.Read(context.Background()).Raw("SELECT DISTINCT p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'").Scan(&all).Error
	if err != nil || len(all) < 50 {
		t.Fatalf("%d columns, %v", len(all), err)
	}
	return all
}

// guarded is what no form may ever set: who somebody is, what they may do, how
// far a thing has come and what was agreed.
const guarded = `SELECT
	(SELECT group_concat(id || ':' || admin || coalesce(suspended_at, '') || coalesce(erased_at, '') || coalesce(email_confirmed_at, '') || coalesce(password_hash, '')) FROM people),
	(SELECT group_concat(brand_id || ':' || person_id || role) FROM members),
	(SELECT group_concat(id || ':' || coalesce(suspended_at, '') || kind) FROM brands),
	(SELECT group_concat(id || ':' || listed || coalesce(person_id, '') || coalesce(suspended_at, '')) FROM creators),
	(SELECT group_concat(id || ':' || creator_id || source || followers || listed || coalesce(engagement_ppm, '')) FROM creator_accounts),
	(SELECT group_concat(id || ':' || brand_id || creator_id || begun_by) FROM negotiations),
	(SELECT group_concat(id || ':' || negotiation_id || number || terms || sent_by) FROM offers),
	(SELECT group_concat(id || ':' || brand_id || creator_id || fee_minor || currency || terms || agreed_at) FROM deals),
	(SELECT group_concat(provider || ':' || subject || person_id) FROM identities)`

func (g *grid) guarded(t *testing.T, a *apptest.App) string {
	t.Helper()
	var parts [9]*string
	row := a.DB.SQLPool().QueryRowContext(context.Background(), guarded)
	if err := row.Scan(&parts[0], &parts[1], &parts[2], &parts[3], &parts[4], &parts[5], &parts[6], &parts[7], &parts[8]); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range parts {
		if p != nil {
			b.WriteString(*p + "\n")
		}
	}
	return b.String()
}

// TestNoFormSetsMoreThanItAsks sends every form of every page as it is, and
// then again with every column of the database beside its own fields: what is
// guarded comes to the same.
func TestNoFormSetsMoreThanItAsks(t *testing.T) {
	t.Parallel()
	g := newGrid(t)
	extra := columns(t, g.DB)
	for _, who := range []string{"creator", "owner", "finance", "administrator"} {
		t.Run(who, func(t *testing.T) {
			t.Parallel()
			tried := map[string]bool{}
			for _, path := range g.pages(t, who) {
				b := g.browsers[who]
				page := b.Get(path)
				page.Find("form[method=post]").Each(func(_ int, form *goquery.Selection) {
					action := form.AttrOr("action", "")
					if tried[action] || !strings.HasPrefix(action, "/") || strings.HasPrefix(action, "/auth/") || strings.HasPrefix(action, "/signout") {
						return
					}
					tried[action] = true
					own := apptest.FormValues(form)
					plain := g.outcome(t, who, page, action, own)
					more := maps.Clone(own)
					for _, name := range extra {
						if _, asked := own[name]; !asked {
							more[name] = []string{"1"}
						}
					}
					if with := g.outcome(t, who, page, action, more); with != plain {
						t.Errorf("%s with every column beside its own fields changes what is guarded:\n%s\nwithout:\n%s", action, with, plain)
					}
				})
			}
			if len(tried) < 5 {
				t.Errorf("only %d forms", len(tried))
			}
		})
	}
}

// outcome sends a form on a copy of the marketplace and gives what is guarded
// afterwards.
func (g *grid) outcome(t *testing.T, who string, _ *apptest.Page, action string, values url.Values) string {
	t.Helper()
	fork := g.Fork(t)
	b := g.browsers[who].OnFork(fork)
	b.StopAtRedirects()
	values = maps.Clone(values)
	values.Set("_csrf", g.tokens[who])
	r, _ := http.NewRequest(http.MethodPost, fork.URL+action, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if p := b.Do(r); p.Status >= http.StatusInternalServerError {
		t.Errorf("%s answers %d", action, p.Status)
	}
	return g.guarded(t, fork)
}
