package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/discovery"
	"tribemarket/models/moderation"
	"tribemarket/models/search"
)

// mostQueries is how many statements a page may ask for, and mostRoomQueries one of the
// rooms in which a negotiation and a deal go on.
const (
	mostQueries     = 8
	mostRoomQueries = 14
)

// widePages are pages that ask for more than mostQueries: all that they may ask for is eight
// of their own beside the three of the frame.
var widePages = map[string]int{"/dashboard": 10, "/negotiations": 9, "/c/:id/negotiations/new": 10, "/contracts/:id": 11, "/contracts/:id/amendments/new": 11}

// crowd is a market of which there is one of each at first, and then many.
type crowd struct {
	*apptest.App
	brand, penne models.Actor
	pennesPage   string
	lists        []string // shortlists; all creators stand on the first
	searches     []string
	creators     []string
}

// more makes another creator, list, saved search, member, invitation, client of
// the agency, deal, proposal, report and block.
func (c *crowd) more(t *testing.T) {
	t.Helper()
	ctx, i := context.Background(), len(c.creators)
	search, err := c.Discovery.SaveSearch(ctx, c.brand, discovery.SavedSearchForm{Name: fmt.Sprint("Search ", i), Alert: discovery.AlertDaily}, search.Filter{})
	apptest.Must(t, err)
	list, err := c.Discovery.CreateShortlist(ctx, c.brand, fmt.Sprint("List ", i))
	apptest.Must(t, err)
	c.lists, c.searches = append(c.lists, list), append(c.searches, search)
	apptest.ConnectWithFollowers(t, c.App, fmt.Sprint("joins", i), 60_000)
	var id string
	apptest.Must(t, c.DB.Read(ctx).Raw("SELECT public_id FROM creators WHERE name = ?", fmt.Sprint("Name of joins", i)).Scan(&id).Error)
	c.creators = append(c.creators, id)
	testkit.CatchUp(t, c.Search)
	apptest.LookForNewCreators(t, c.App)
	apptest.Must(t, c.Discovery.AddToShortlist(ctx, c.brand, discovery.AddToShortlistForm{Creator: id, Shortlists: []string{c.lists[0], list}}))
	apptest.Must(t, c.Accounts.InviteMember(ctx, c.brand, fmt.Sprintf("invited%d@brand.example", i), models.RoleViewer))
	c.AddMember(t, c.brand, models.RoleViewer)
	c.AddAgencyMember(t, c.brand, models.RoleManager, models.RoleManager)
	apptest.Must(t, c.Moderation.SubmitReport(ctx, c.brand, moderation.ReportForm{About: moderation.Creator, ID: id, Reason: "scam"}))
	apptest.ConnectWithFollowers(t, c.App, fmt.Sprint("blocked", i), 60_000)
	apptest.Must(t, c.DB.Read(ctx).Raw("SELECT public_id FROM creators WHERE name = ?", fmt.Sprint("Name of blocked", i)).Scan(&id).Error)
	apptest.Must(t, c.Moderation.BlockParty(ctx, c.brand, id))
	uploadList(t, c.App)
	owner := c.SignUpBrand(t, fmt.Sprint("brand", i))
	own, err := c.Accounts.OwnBrand(ctx, owner)
	apptest.Must(t, err)
	apptest.Must(t, c.Moderation.BlockParty(ctx, c.penne, own.PublicID))
	g := &grid{App: c.App}
	g.Agree(t, c.brand, c.penne, c.pennesPage)
	g.Propose(t, c.brand, c.pennesPage)
}

// However many rows a list has, its page asks the database the same.
func TestNoListAsksMoreForMoreRows(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	penne, page := a.JoinCreator(t, "penne.sandbox")
	c := &crowd{App: a, brand: a.SignUpBrand(t, "fonte"), penne: penne, pennesPage: page}
	computed := func() {
		testkit.CatchUp(t, a.Search)
		apptest.Must(t, a.Rankings.ComputeRankings(t.Context()))
		apptest.Must(t, a.Rankings.ComputeTribePages(t.Context()))
	}
	c.more(t)
	apptest.AddRanked(t, a, 29, 30)
	computed()
	browsers := map[string]*apptest.Browser{
		"visitor": a.NewBrowser(t), "brand": a.SignedInBrand(t, "fonte"), "creator": a.SignedInCreator(t, "penne.sandbox"), "admin": a.SignedInAdmin(t),
	}
	list, compared := "/shortlists/"+c.lists[0], "/compare?c="+page+"&c="
	pages := map[string][]string{
		"visitor": {"/creators", "/rankings", "/rankings?tribe=foodtok&by=engagement", "/tribes/foodtok", "/c/" + page + "/similar"},
		"brand": {
			"/creators", "/dashboard", "/rankings", "/tribes/foodtok", "/c/" + page + "/similar", "/negotiations", "/deals",
			"/shortlists", list, list + "/budget?amount=1", "/shortlists/add?creator=" + page,
			"/searches", "/searches/" + c.searches[0], "/settings/members", "/settings/blocks",
		},
		"creator": {"/dashboard", "/brands", "/negotiations", "/deals", "/settings/blocks"},
		"admin":   {"/admin/people", "/admin/brands", "/admin/creators", "/admin/deals", "/admin/reports", "/admin/imports", "/admin/audit"},
	}
	type answer struct {
		n, bytes int
	}
	ask := func() map[string]answer {
		all := map[string]answer{}
		for who, paths := range pages {
			for _, path := range paths {
				n, body := apptest.GetCounted(t, a, browsers[who], path)
				all[path+" of a "+who] = answer{n, len(body)}
			}
		}
		return all
	}
	few, two := ask(), apptest.CountQueries(t, a, browsers["brand"], compared+c.creators[0])
	for range 9 {
		c.more(t)
	}
	apptest.AddRanked(t, a, 0, 29)
	computed()
	for page, many := range ask() {
		path, _, _ := strings.Cut(page, " ")
		if many.n > max(mostQueries, widePages[path]) || many.n != few[page].n {
			t.Errorf("%s asks %d times with little, %d with much", page, few[page].n, many.n)
		}
		if many.bytes < few[page].bytes+500 {
			t.Errorf("%s shows %d bytes with little, %d with much", page, few[page].bytes, many.bytes)
		}
	}
	if n := apptest.CountQueries(t, a, browsers["brand"], compared+strings.Join(c.creators[:4], "&c=")); n > mostQueries || n != two {
		t.Errorf("a comparison of two asks %d times, of five %d", two, n)
	}
}

// Whoever asks, no page of the site asks the database more often than it may. A
// file of the sitemap is none: it is read in batches.
func TestEveryPageAsksLittle(t *testing.T) {
	t.Parallel()
	g, shown := newGrid(t), map[string]bool{}
	penne := g.kinds["creator"].own["owner"].Get(":id")
	with := map[string]string{"/reports/new": "?about=creator&id=" + penne, "/shortlists/add": "?creator=" + penne}
	for _, r := range readMatrix(t) {
		if r.method != http.MethodGet || r.kind == "sitemap" {
			continue
		}
		for _, who := range askers {
			path := r.path
			for name, v := range g.kinds[r.kind].own[who] {
				path = strings.ReplaceAll(path, name, v[0])
			}
			n, answer := 0, httptest.NewRecorder()
			q := httptest.NewRequest(http.MethodGet, path+with[r.path], nil)
			q.AddCookie(&http.Cookie{Name: "session", Value: g.browsers[who].Cookie("session")})
			g.Handler().ServeHTTP(answer, q.WithContext(db.WithStatementObserver(q.Context(), func(string) { n++ })))
			most := max(mostQueries, widePages[r.path])
			if strings.HasPrefix(r.path, "/negotiations/:id") || strings.HasPrefix(r.path, "/deals/:id") {
				most = mostRoomQueries
			}
			if n > most {
				t.Errorf("%s asks %d times for the %s", r.path, n, who)
			}
			if answer.Code == http.StatusOK {
				shown[r.path] = true
			}
		}
		if shown[r.path] == slices.Contains(unshown, r.path) {
			t.Errorf("%s is shown to somebody: %t", r.path, shown[r.path])
		}
	}
}

// unshown are the pages that nobody of the grid gets to see: they need a token,
// a half done sign-in, or an unclaimed profile.
var unshown = []string{
	"/.well-known/change-password",
	"/join/:token", "/auth/:provider", "/auth/:provider/callback", "/confirm/:token", "/signup/oidc", "/invitations/:token", "/c/:id/claim",
	"/reset/:token", "/confirm-identity", "/deletion/:code", "/signin/factor", "/settings/security/factor", "/searches/unsubscribe/:token", "/notifications/unsubscribe/:token",
	"/setup/:token", "/setup/:token/mail", "/setup/:token/administrator",
	// Moved: these addresses lead to a negotiation.
	"/proposals", "/proposals/:id", "/proposals/held/:id", "/c/:id/proposals/new",
}
