package moderation_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/moderation"
)

// An administrator sorts a list by following the heading of a column, and turns it round by
// following it again; all pages together have every row once, in that order.
func TestAdministratorsSortTheirListsByColumn(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(testing.TB, ...func(*config.Config)) *apptest.App{"SQLite": apptest.New, "PostgreSQL": apptest.NewOnPostgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkSorts(t, start(t))
		})
	}
}

func checkSorts(t *testing.T, a *apptest.App) {
	fonte := a.SignUpBrand(t, "fonte")
	penne, id := a.JoinCreator(t, "penne.sandbox")
	_, chapter := a.JoinCreator(t, "chapter.sandbox")
	a.Agree(t, fonte, penne, id)
	a.Agree(t, a.SignUpBrand(t, "brumelle"), penne, id)
	apptest.ImportCreators(t, a, 60)
	for i := range 58 { // several pages, and names that occur twice
		addPersonAndBrand(t, a, fmt.Sprintf("Person %02d", i/2))
	}
	for i, about := range []string{id, chapter} {
		form := moderation.ReportForm{About: moderation.Creator, ID: about, Reason: []moderation.ReportReason{"scam", "hidden_ad"}[i]}
		apptest.Must(t, a.Moderation.SubmitReport(context.Background(), fonte, form))
	}
	admin := a.SignedInAdmin(t)
	for list, columns := range map[string]map[string]int{ // with the places of their columns
		"people":   {"name": 0, "email": 1, "seen": -1, "state": -1},
		"brands":   {"name": 0, "site": 1, "country": 2, "members": 3, "state": -1},
		"creators": {"name": 0, "followers": 2, "claimed": 3, "listed": 4, "state": -1},
		"deals":    {"brand": 0, "creator": 1, "agreed": -1},
		"reports":  {"about": 0, "reason": -1, "reporter": 2, "on": -1},
	} {
		path := "/admin/" + list
		all := rowsOfPages(admin, path)
		if few := list == "deals" || list == "reports"; len(all) < 2 || len(all) < 60 && !few {
			t.Fatalf("%s has %d rows", path, len(all))
		}
		seen := map[string]bool{}
		for _, head := range admin.Get(path).Find("main thead th a").EachIter() {
			key := strings.TrimPrefix(query(head.AttrOr("href", "")).Get("sort"), "-")
			place, known := columns[key]
			if seen[key] = true; !known {
				t.Errorf("%s has a column %s", path, key)
			}
			first := admin.Get(head.AttrOr("href", ""))
			turned := first.Find("main thead th[aria-sort] a")
			if first.Status != 200 || turned.Length() != 1 || turned.Text() != head.Text() {
				t.Fatalf("%s sorted by %s is answered by %d, with %q marked", path, key, first.Status, turned.Text())
			}
			for _, address := range []string{first.Address(), turned.AttrOr("href", "")} {
				rows := rowsOfPages(admin, address)
				checkSorted(t, address, rows, all, place, strings.HasPrefix(query(address).Get("sort"), "-"))
			}
		}
		if len(seen) != len(columns) {
			t.Errorf("%s can be sorted by %v", path, seen)
		}
		if odd := rowsOfPages(admin, path+"?sort=-odd"); fmt.Sprint(odd) != fmt.Sprint(all) {
			t.Errorf("%s sorted by nothing known differs", path)
		}
	}
}

// The lists that grow are read in the order of an index, not sorted as a whole.
func TestSortedListsOfAdministratorsUseIndexes(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	admin := a.SignedInAdmin(t)
	for path, index := range map[string]string{
		"/admin/people?sort=name": "people_name", "/admin/people?sort=-name": "people_name", "/admin/people?sort=-seen": "people_seen",
		"/admin/creators?sort=name": "creators_name", "/admin/deals?sort=-agreed": "deals_agreed",
	} {
		var statements []string
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.AddCookie(&http.Cookie{Name: "session", Value: admin.Cookie("session")})
		a.Handler().ServeHTTP(httptest.NewRecorder(), r.WithContext(db.WithStatementObserver(r.Context(), func(s string) { statements = append(statements, s) })))
		plan := ""
		for _, s := range statements {
			var steps []struct{ Detail string }
			apptest.Must(t, a.DB.Read(context.Background()).Raw("EXPLAIN QUERY PLAN "+s, make([]any, strings.Count(s, "?"))...).Scan(&steps).Error)
			plan += fmt.Sprintln(steps)
		}
		if !strings.Contains(plan, " USING INDEX "+index) {
			t.Errorf("%s does not use %s:\n%s", path, index, plan)
		}
	}
}

// What an administrator looks for and how the list is sorted go together.
func TestASearchOfAdministratorsKeepsTheirSort(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	for _, name := range []string{"Fonte", "Fonte Blue", "Other"} {
		addPersonAndBrand(t, a, name)
	}
	admin := a.SignedInAdmin(t)
	page := admin.Get("/admin/brands?sort=-name").Submit("main form[role=search]", url.Values{"q": {"fonte"}})
	if rows := rowsOfPages(admin, page.Address()); len(rows) != 2 || !strings.Contains(rows[0][0], "Fonte Blue") {
		t.Errorf("%s has %v", page.Address(), rows)
	}
	if kept := query(page.Find("main .tabs a").Last().AttrOr("href", "")); kept.Get("sort") != "-name" || kept.Get("q") != "fonte" {
		t.Errorf("the suspended ones are at %v", kept)
	}
}

func addPersonAndBrand(t *testing.T, a *apptest.App, name string) {
	t.Helper()
	apptest.Must(t, a.DB.Tx(context.Background(), func(tx *db.Tx) error {
		now, of := a.Clock.Now(), models.NewPublicID()
		if err := tx.Exec("INSERT INTO people (name, email, created_at) VALUES (?, ?, ?)", name, of+"@people.example", now).Error; err != nil {
			return err
		}
		return tx.Exec("INSERT INTO brands (public_id, name, site, country, sells, created_at) VALUES (?, ?, ?, 'FR', '', ?)", of, name, of+".example", now).Error
	}))
}

func query(address string) url.Values {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	return u.Query()
}

// rowsOfPages are the texts of a list's cells on all of its pages.
func rowsOfPages(b *apptest.Browser, address string) (rows [][]string) {
	for range 20 {
		page := b.Get(address)
		for _, tr := range page.Find("main tbody tr").EachIter() {
			var cells []string
			for _, td := range tr.Find("th, td").EachIter() {
				td.Find("small, svg").Remove()
				cells = append(cells, strings.TrimSpace(td.Text()))
			}
			rows = append(rows, append(cells, tr.Find("th a").AttrOr("href", "")))
		}
		next := page.Find("main .pager a[rel=next]")
		if next.Length() == 0 {
			break
		}
		address = next.AttrOr("href", "")
	}
	return rows
}

func checkSorted(t *testing.T, address string, rows, all [][]string, place int, descending bool) {
	t.Helper()
	whole := func(rows [][]string) []string {
		var texts []string
		for _, r := range rows {
			texts = append(texts, strings.Join(r, "|"))
		}
		slices.Sort(texts)
		return texts
	}
	if !slices.Equal(whole(rows), whole(all)) {
		t.Errorf("%s has %d rows of %d on its pages", address, len(rows), len(all))
	}
	for i := 1; place >= 0 && i < len(rows); i++ {
		x, y := sortable(rows[i-1][place]), sortable(rows[i][place])
		if descending {
			x, y = y, x
		}
		if x > y {
			t.Errorf("%s has %q before %q", address, rows[i-1][place], rows[i][place])
			return
		}
	}
}

// sortable is a cell as it sorts: numbers have equally many digits.
func sortable(cell string) string {
	if digits := strings.ReplaceAll(cell, ",", ""); digits != "" && strings.Trim(digits, "0123456789") == "" {
		return fmt.Sprintf("%020s", digits)
	}
	return strings.ToLower(cell)
}
