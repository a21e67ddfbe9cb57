package handlers_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/db"
	"tribemarket/models/files"
	"tribemarket/models/imports"
	"tribemarket/models/moderation"
)

// The matrix is docs/authorisation.csv: every route, times who asks, times whose
// the thing is that they ask for. How to read it stands in docs/authorisation.md.

// askers are the columns of the matrix after area, method, path and kind.
var askers = []string{"visitor", "creator", "other creator", "owner", "manager", "finance", "viewer", "other brand", "suspended", "administrator"}

type matrixRow struct {
	area, method, path, kind string
	cells                    map[string]string
}

func (r matrixRow) name() string { return r.method + " " + r.path }

// expect is the outcome for an asker with something of theirs, or somebody else's.
func (r matrixRow) expect(asker string) (own, foreign string) {
	own, foreign, two := strings.Cut(r.cells[asker], "/")
	if !two {
		foreign = own
	}
	return own, foreign
}

func readMatrix(t *testing.T) []matrixRow {
	t.Helper()
	f, err := os.Open("../docs/authorisation.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := append([]string{"area", "method", "path", "kind"}, askers...); !slices.Equal(lines[0], want) {
		t.Fatalf("the columns are %v, want %v", lines[0], want)
	}
	outcome := regexp.MustCompile(`^(ok|in|no|400|404|again|factor)(/(ok|in|no|400|404|again|factor))?$`)
	var rows []matrixRow
	for _, l := range lines[1:] {
		r := matrixRow{l[0], l[1], l[2], l[3], map[string]string{}}
		for i, asker := range askers {
			if r.cells[asker] = l[4+i]; !outcome.MatchString(l[4+i]) {
				t.Errorf("%s, %s: %q is no outcome", r.name(), asker, l[4+i])
			}
			if r.kind == "-" && strings.Contains(l[4+i], "/") {
				t.Errorf("%s, %s: %q, but it asks for no thing", r.name(), asker, l[4+i])
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// things are what a kind of route asks for: the values of the address's
// parameters for each asker's own thing, somebody else's, none, and one that
// was there and is gone.
type things struct {
	own, foreign     map[string]url.Values
	missing, deleted url.Values
}

// grid is a marketplace with everybody in the matrix.
type grid struct {
	*apptest.App
	browsers map[string]*apptest.Browser
	tokens   map[string]string
	kinds    map[string]things
}

func id(value string, more ...string) url.Values {
	v := url.Values{":id": {value}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

func newGrid(t *testing.T) *grid {
	t.Helper()
	return newGridOn(t, apptest.New(t))
}

func newGridOn(t *testing.T, a *apptest.App) *grid {
	t.Helper()
	g := &grid{App: a, browsers: map[string]*apptest.Browser{}, tokens: map[string]string{}, kinds: map[string]things{}}
	fonte, other, gone := a.SignUpBrand(t, "fonte"), a.SignUpBrand(t, "other"), a.SignUpBrand(t, "gone")
	penne, penneID := a.JoinCreator(t, "penne.sandbox")
	chapter, chapterID := a.JoinCreator(t, "chapter.sandbox")
	lost, lostID := a.JoinCreator(t, "solder.sandbox")

	g.browsers["visitor"] = a.NewBrowser(t)
	g.browsers["creator"] = a.SignedInCreator(t, "penne.sandbox")
	g.browsers["other creator"] = a.SignedInCreator(t, "chapter.sandbox")
	g.browsers["owner"] = a.SignedInBrand(t, "fonte")
	g.browsers["other brand"] = a.SignedInBrand(t, "other")
	for _, role := range []models.Role{models.RoleManager, models.RoleFinance, models.RoleViewer} {
		g.browsers[string(role)], _ = a.SignedInMember(t, fonte, role)
	}
	var suspended models.Actor
	g.browsers["suspended"], suspended = a.SignedInMember(t, fonte, models.RoleManager)
	g.browsers["administrator"] = a.SignedInAdmin(t)

	mine, theirs, ended := g.Agree(t, fonte, penne, penneID), g.Agree(t, other, chapter, chapterID), g.Agree(t, gone, lost, lostID)
	mineOpen, theirsOpen, endedOpen := g.Propose(t, fonte, penneID), g.Propose(t, other, chapterID), g.Propose(t, gone, lostID)
	mineSigned, theirsSigned, endedSigned := g.signContract(t, fonte, penne, mine, "canary14"), g.signContract(t, other, chapter, theirs, "theirs"), g.signContract(t, gone, lost, ended, "gone")
	g.browsers["creator"].ProveByCode("/contracts/" + mineSigned)
	g.browsers["other creator"].ProveByCode("/contracts/" + theirsSigned)
	g.must(t, a.Deals.End(context.Background(), gone, ended, "over"))
	g.must(t, a.Privacy.EraseActor(context.Background(), lost, "gone"))
	goneBrand, err := a.Accounts.OwnBrand(context.Background(), gone)
	g.must(t, err)
	g.must(t, a.Privacy.EraseActor(context.Background(), gone, "gone"))
	g.exec(t, "UPDATE people SET suspended_at = ?, suspended_reason = 'test' WHERE id = ?", a.Clock.Now(), suspended.PersonID)

	fonteBrand, err := a.Accounts.OwnBrand(context.Background(), fonte)
	g.must(t, err)
	otherBrand, err := a.Accounts.OwnBrand(context.Background(), other)
	g.must(t, err)

	nobody := id("bcdfghjkmn", ":n", "1")
	g.kinds["deal"] = sides(id(mine, ":n", "1"), id(theirs, ":n", "1"), nobody, id(ended, ":n", "1"))
	g.kinds["negotiation"] = sides(id(mineOpen, ":n", "1"), id(theirsOpen, ":n", "1"), nobody, id(endedOpen, ":n", "1"))
	g.kinds["contract"] = sides(id(mineSigned), id(theirsSigned), nobody, id(endedSigned))
	g.kinds["held proposal"] = sides(id(g.holdProposal(t, fonte, penneID)), id(g.holdProposal(t, other, chapterID)), nobody, nobody)
	g.kinds["asked proposal"] = sides(id(g.askProposal(t, fonte, penneID)), id(g.askProposal(t, other, chapterID)), nobody, nobody)
	g.kinds["template"] = sides(id(g.saveTemplate(t, fonte, mineOpen)), id(g.saveTemplate(t, other, theirsOpen)), nobody, nobody)
	g.kinds["brand"] = sides(id(fonteBrand.PublicID), id(otherBrand.PublicID), nobody, id(goneBrand.PublicID))
	g.kinds["creator"] = sides(id(penneID), id(chapterID), nobody, id(lostID))
	// Administrators see what is erased too, as the shell that stays of it.
	g.kinds["person"] = sides(id(strconv.FormatInt(penne.PersonID, 10)), id(strconv.FormatInt(other.PersonID, 10)), id("999999"), id("999998"))
	g.kinds["judged brand"] = sides(id(fonteBrand.PublicID), id(otherBrand.PublicID), nobody, nobody)
	g.kinds["judged creator"] = sides(id(penneID), id(chapterID), nobody, nobody)
	g.kinds["report"] = sides(id(g.report(t, other, penneID)), id(g.report(t, fonte, chapterID)), nobody, nobody)
	g.kinds["import"] = sides(id(uploadList(t, a)), id(uploadList(t, a)), nobody, nobody)
	g.kinds["tribe"] = sides(url.Values{":slug": {"booktok"}}, url.Values{":slug": {"foodtok"}}, url.Values{":slug": {"zzmissingtok"}}, url.Values{":slug": {"zzgonetok"}})
	g.kinds["sitemap"] = sides(url.Values{":file": {"pages.xml"}}, url.Values{":file": {"creators-1.xml"}}, url.Values{":file": {"creators-9.xml"}}, url.Values{":file": {"tribes.xml"}})
	g.kinds["account"] = sides(id(g.accountOf(t, penne)), id(g.accountOf(t, chapter)), nobody, nobody)
	g.kinds["picture"] = sides(id(drawPicture(t, a, penne), ":side", "160"), id(drawPicture(t, a, chapter), ":side", "160"), id("bcdfghjkmn", ":side", "160"), id("bcdfghjkmn", ":side", "160"))
	nowhere := url.Values{":id": {penneID}, ":platform": {"tiktok"}, ":post": {"1"}}
	g.kinds["post"] = sides(g.latestPost(t, penneID), g.latestPost(t, chapterID), nowhere, nowhere)
	guessed := url.Values{":token": {"guessed"}, ":code": {"guessed"}}
	g.kinds["secret"] = sides(guessed, guessed, guessed, guessed)
	g.kinds["provider"] = sides(url.Values{":provider": {"tiktok"}}, url.Values{":provider": {"tiktok"}}, url.Values{":provider": {"none"}}, url.Values{":provider": {"none"}})
	g.addMembers(t, fonte, other)
	g.addShortlists(t, fonte, other, penneID)
	g.addSearches(t, fonte, other)
	for who, b := range g.browsers {
		b.StopAtRedirects()
		g.tokens[who] = b.Get("/creators").Find("input[name=_csrf]").First().AttrOr("value", "")
	}
	return g
}

// saveTemplate keeps the terms of a negotiation as a template, and returns its id.
func (g *grid) saveTemplate(t *testing.T, brand models.Actor, negotiation string) string {
	t.Helper()
	g.must(t, g.Negotiations.SaveTemplate(context.Background(), brand, negotiation, "Usual"))
	all, err := g.Negotiations.ListTemplates(context.Background(), brand)
	g.must(t, err)
	return all[0].PublicID
}

// latestPost is the newest post of a creator.
func (g *grid) latestPost(t *testing.T, creatorID string) url.Values {
	t.Helper()
	kit, err := g.Creators.ReadMediaKit(context.Background(), models.Actor{}, creatorID, "tiktok")
	g.must(t, err)
	return url.Values{":id": {creatorID}, ":platform": {"tiktok"}, ":post": {kit.LatestPosts()[0].PlatformPostID}}
}

// sides gives each asker what is theirs: the first brand's and creator's thing
// to those, the second's to the others.
func sides(first, second, missing, deleted url.Values) things {
	x := things{own: map[string]url.Values{}, foreign: map[string]url.Values{}, missing: missing, deleted: deleted}
	for _, asker := range askers {
		x.own[asker], x.foreign[asker] = first, second
		if strings.HasPrefix(asker, "other ") {
			x.own[asker], x.foreign[asker] = second, first
		}
	}
	return x
}

func (g *grid) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (g *grid) exec(t *testing.T, q string, args ...any) {
	t.Helper()
	g.must(t, g.DB.Tx(context.Background(), func(tx *db.Tx) error { return tx.Exec(q, args...).Error }))
}

// signContract has both sides of a deal sign a contract that says something, and returns its
// public id.
func (g *grid) signContract(t *testing.T, brand, creator models.Actor, deal, says string) string {
	t.Helper()
	ctx := context.Background()
	g.must(t, g.Deals.AskForContract(ctx, brand, deal))
	d, err := g.Deals.GetDeal(ctx, brand, deal)
	g.must(t, err)
	g.must(t, g.Contracts.StoreDocument(ctx, contracts.Draft{Contract: *d.Contract}, []byte("%PDF of "+deal+", "+says), contracts.Text{Title: "Contract", Parties: []contracts.Named{{Label: "The brand", Name: says}}}))
	d, err = g.Deals.GetDeal(ctx, brand, deal)
	g.must(t, err)
	form := contracts.SigningForm{SHA256: d.Contract.SHA256, Name: says, Role: says, Authority: true, Adult: true, Agreed: true, Consent: "C"}
	for _, side := range []models.Actor{brand, creator} {
		g.exec(t, "UPDATE people SET email = coalesce(email, 'p' || id || '@mail.example'), email_confirmed_at = coalesce(email_confirmed_at, created_at) WHERE id = ?", side.PersonID)
		g.must(t, g.Contracts.Sign(ctx, side, d.Contract.PublicID, form, contracts.Proof{Way: accounts.MethodPassword, At: g.Clock.Now()}))
	}
	g.must(t, g.Contracts.StoreCertificate(ctx, d.Contract.ID, []byte("%PDF of the signatures of "+deal+", "+says)))
	return d.Contract.PublicID
}

// holdProposal writes a proposal that is not sent, as before the address is confirmed.
func (g *grid) holdProposal(t *testing.T, brand models.Actor, creatorID string) (publicID string) {
	t.Helper()
	g.exec(t, "UPDATE people SET email_confirmed_at = NULL WHERE id = ?", brand.PersonID)
	sent, err := g.Negotiations.Propose(context.Background(), brand, creatorID, g.OfferForm(), models.NewSecret())
	g.must(t, err)
	g.exec(t, "UPDATE people SET email_confirmed_at = created_at WHERE id = ?", brand.PersonID)
	return sent.Held
}

// askProposal has a member of a brand write a proposal that its owner has to approve.
func (g *grid) askProposal(t *testing.T, owner models.Actor, creatorID string) (publicID string) {
	t.Helper()
	_, member := g.SignedInMember(t, owner, models.RoleManager)
	g.exec(t, "UPDATE brands SET approver_id = ?, approval_currency = 'EUR' WHERE id = ?", owner.PersonID, owner.BrandID)
	sent, err := g.Negotiations.Propose(context.Background(), member, creatorID, g.OfferForm(), models.NewSecret())
	g.must(t, err)
	g.exec(t, "UPDATE brands SET approval_minor = 1000000000 WHERE id = ?", owner.BrandID) // whatever else is sent is below
	return sent.Held
}

// drawPicture has a creator show a work.
func drawPicture(t *testing.T, a *apptest.App, creator models.Actor) (publicID string) {
	t.Helper()
	var drawn bytes.Buffer
	apptest.Must(t, png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 90, 90))))
	p, err := a.Files.AddPicture(context.Background(), creator, files.Work, bytes.NewReader(drawn.Bytes()), "")
	apptest.Must(t, err)
	return p.PublicID
}

// accountOf is the address of a creator's account on a platform.
func (g *grid) accountOf(t *testing.T, creator models.Actor) string {
	t.Helper()
	all, err := g.Creators.ListOwnConnections(context.Background(), creator)
	g.must(t, err)
	return all[0].PublicID
}

// report is a report of a creator's page by a brand.
func (g *grid) report(t *testing.T, by models.Actor, creatorID string) (publicID string) {
	t.Helper()
	g.must(t, g.Moderation.SubmitReport(context.Background(), by, moderation.ReportForm{About: moderation.Creator, ID: creatorID, Reason: "figures"}))
	g.must(t, g.DB.Read(context.Background()).Raw("SELECT public_id FROM reports WHERE person_id = ?", by.PersonID).Scan(&publicID).Error)
	return publicID
}

// uploadList is a list of creators that an administrator has uploaded.
func uploadList(t *testing.T, a *apptest.App) (publicID string) {
	t.Helper()
	const list = "Username,Followers\nmina.flute,20K\n,3K\n"
	publicID, err := a.Imports.Upload(context.Background(), a.CreateAdmin(t), imports.UploadForm{
		FileName: "list.csv", Size: int64(len(list)), FileChoices: imports.FileChoices{AsOf: "2026-10-01"},
		Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(list)), nil },
	})
	apptest.Must(t, err)
	return publicID
}

// ask sends one request and says how it came out.
func (g *grid) ask(a *apptest.App, who string, r matrixRow, params url.Values) (outcome string, p *apptest.Page) {
	path := r.path
	for name, v := range params {
		path = strings.ReplaceAll(path, name, url.PathEscape(v[0]))
	}
	b := g.browsers[who]
	if a != g.App {
		b = b.OnFork(a)
		b.StopAtRedirects()
	}
	var body *strings.Reader
	if r.method == http.MethodPost {
		body = strings.NewReader(url.Values{"_csrf": {g.tokens[who]}}.Encode())
	} else {
		body = strings.NewReader("")
	}
	req, _ := http.NewRequest(r.method, a.URL+path, body)
	if r.method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	p = b.Do(req)
	to := p.Header.Get("Location")
	switch {
	case p.Status == http.StatusSeeOther && strings.HasPrefix(to, "/signin") && r.path != "/signin":
		return "in", p
	case p.Status == http.StatusSeeOther && strings.HasPrefix(to, "/confirm-identity"):
		return "again", p
	case p.Status == http.StatusSeeOther && to == "/settings/security" && strings.HasPrefix(r.path, "/admin"):
		return "factor", p
	case p.Status == http.StatusForbidden:
		return "no", p
	case p.Status == http.StatusBadRequest:
		return "400", p
	case p.Status == http.StatusNotFound:
		return "404", p
	case p.Status < 400, p.Status == http.StatusConflict, p.Status == http.StatusUnprocessableEntity:
		return "ok", p
	}
	return http.StatusText(p.Status), p
}

var (
	requestIDs = regexp.MustCompile(`[A-Za-z]{32}`)
	numbers    = regexp.MustCompile(`(/admin/people/|%2Fadmin%2Fpeople%2F)\d+`)
	csrfFields = regexp.MustCompile(`name="_csrf" value="[^"]*"`)
	// What an earlier request of the same browser has to say comes with whichever page is next.
	flashes = regexp.MustCompile(`(?s)<div class="notice flash.*?</div>`)
)

// bare is a page without what differs between any two requests.
func bare(p *apptest.Page, params url.Values) string {
	s := csrfFields.ReplaceAllString(requestIDs.ReplaceAllString(p.Body, ""), "")
	s = numbers.ReplaceAllString(flashes.ReplaceAllString(s, ""), "")
	for _, v := range params {
		if len(v[0]) > 3 { // an id, not a number that stands everywhere
			s = strings.ReplaceAll(s, url.PathEscape(v[0]), "")
		}
	}
	return s
}

func TestMatrixNamesEveryRoute(t *testing.T) {
	t.Parallel()
	areas, grouped, before := map[string]string{}, map[string]bool{}, ""
	for _, r := range readMatrix(t) {
		if r.area != before && grouped[r.area] {
			t.Errorf("docs/authorisation.csv has %s apart from the other rows of the area %s", r.name(), r.area)
		}
		grouped[r.area], before = true, r.area
		if areas[r.name()] != "" {
			t.Errorf("%s stands twice in docs/authorisation.csv", r.name())
		}
		areas[r.name()] = r.area
	}
	there := map[string]bool{}
	for _, r := range apptest.New(t).ListRoutes() {
		if strings.HasPrefix(r.Path, "/static") || r.Path == "/*" {
			continue
		}
		name := r.Method + " " + r.Path
		there[name] = true
		switch area, ok := areas[name]; {
		case !ok:
			t.Errorf("%s is not in docs/authorisation.csv: say there who may use it", name)
		case area != r.Area:
			t.Errorf("docs/authorisation.csv has %s in the area %s, but handlers/%s answers it", name, area, r.Area)
		}
	}
	for name := range areas {
		if !there[name] {
			t.Errorf("docs/authorisation.csv has %s, which is no route", name)
		}
	}
}

// TestMatrixHolds asks every route as everybody, for things of their own, of
// others, that are not there, and that are gone. Where somebody else's thing is
// not to be seen, the answer is the one for a thing that is not there.
func TestMatrixHolds(t *testing.T) {
	t.Parallel()
	g := newGrid(t)
	for _, r := range readMatrix(t) {
		t.Run(r.name(), func(t *testing.T) {
			t.Parallel()
			kind, ok := g.kinds[r.kind]
			if !ok && r.kind != "-" {
				t.Fatalf("the grid has no things of kind %s", r.kind)
			}
			refused := g.App // what is refused changes nothing, so that all of it is asked in one place
			if r.method == http.MethodPost {
				refused = g.Fork(t)
			}
			for _, who := range askers {
				own, foreign := r.expect(who)
				place := refused
				if own == "ok" && r.method == http.MethodPost {
					place = g.Fork(t)
				}
				if got, _ := g.ask(place, who, r, kind.own[who]); got != own {
					t.Errorf("%s, own: %s, want %s", who, got, own)
				}
				if r.kind == "-" {
					continue
				}
				got, theirs := g.ask(refused, who, r, kind.foreign[who])
				if got != foreign {
					t.Errorf("%s, foreign: %s, want %s", who, got, foreign)
				}
				absent := foreign
				if foreign == "ok" || foreign == "400" {
					absent = "404"
				}
				for what, params := range map[string]url.Values{"missing": kind.missing, "deleted": kind.deleted} {
					got, p := g.ask(refused, who, r, params)
					if got != absent {
						t.Errorf("%s, %s: %s, want %s", who, what, got, absent)
					}
					if one, other := bare(p, params), bare(theirs, kind.foreign[who]); foreign == "404" && one != other {
						at := 0
						for at < min(len(one), len(other)) && one[at] == other[at] {
							at++
						}
						at = max(0, at-80)
						t.Errorf("%s: the answers for a foreign and a %s thing differ:\n%.200s\n%.200s", who, what, other[at:], one[at:])
					}
				}
			}
		})
	}
}
