package imports_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

// world is a store on a fresh database.
type world struct {
	*creators.Store
	t     testing.TB
	db    *db.DB
	clock *testkit.Clock
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	c, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	clock := testkit.NewClock()
	return &world{creators.NewStore(d, clock.Now, c), t, d, clock}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

var in2026 = models.Date{Year: 2026, Month: 6, Day: 1}

// load imports a text as one file and gives the rows that were left out.
func (w *world) load(content string, o imports.Options) (imports.Report, []string) {
	w.t.Helper()
	var out []string
	o.OnSkippedRow = func(l imports.SkippedRow) {
		out = append(out, fmt.Sprintf("%d %s", l.Line, strings.TrimPrefix(l.MessageKey, "imports.row.")))
	}
	r, err := imports.NewImporter(w.db, w.Store, w.clock.Now).ImportFiles(context.Background(), []imports.File{importtest.File("a.csv", content)}, o)
	w.must(err)
	return r, out
}

func (w *world) account(platform, handle string) creators.Account {
	w.t.Helper()
	var a creators.Account
	w.must(w.db.Read(context.Background()).Where("platform = ? AND handle_key = ?", platform, handle).Take(&a).Error)
	return a
}

func (w *world) creator(a creators.Account) creators.Creator {
	w.t.Helper()
	var c creators.Creator
	w.must(w.db.Read(context.Background()).Take(&c, a.CreatorID).Error)
	return c
}

func (w *world) count(table string) int64 {
	w.t.Helper()
	var n int64
	w.must(w.db.Read(context.Background()).Table(table).Count(&n).Error)
	return n
}

func TestImportOfVideos(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var b strings.Builder
		b.WriteString(importtest.VideoHeader)
		for i := range 40 {
			b.WriteString(importtest.Video(100+i, i, "Lea.Cuisine", "['FoodTok', 'fyp', '料理']", 1000+100*i, 48_120))
			b.WriteString(importtest.Video(200+i, i+3, "small", "['makeup']", 500, 9_999))
		}
		b.WriteString(importtest.Video(300, 5, "edge", "[]", 500, 10_000))
		r, out := w.load(b.String(), imports.Options{})
		if r.Created != 3 || r.Updated != 0 || r.Unchanged != 0 || len(out) != 0 || r.Files[0].Kind != imports.KindVideos || r.Files[0].Rows != 81 {
			t.Fatalf("%+v, %v", r, out)
		}
		newest := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
		lea := w.account(platform.TikTok, "lea.cuisine")
		// Two posts are younger than 48 hours; the 30 after them have 1,200 to 4,100 views.
		if lea.Handle != "Lea.Cuisine" || lea.Followers != 48_120 || *lea.TotalPosts != 40 || !lea.AsOf.Equal(newest) || lea.URL != "https://www.tiktok.com/@Lea.Cuisine" ||
			*lea.Sample != 30 || *lea.MedianViews != 2650 || *lea.MeanViews != 2650 || !lea.WindowTo.Equal(newest.AddDate(0, 0, -2)) || lea.Basis != creators.BasisPosts {
			t.Errorf("%+v", lea)
		}
		if got := *lea.EngagementPPM; got != 101_886 { // 10 % likes and 5 more of 2,650 views
			t.Errorf("engagement %d", got)
		}
		if c := w.creator(lea); c.Name != "Lea.Cuisine" || !c.Listed || c.IsClaimed() || c.Zone != "UTC" || c.SearchText != " lea cuisine leacuisine | foodtok fyp 料理 理 " || c.Hashtags != "foodtok fyp 料理" {
			t.Errorf("%+v", c)
		}
		if small, edge := w.account(platform.TikTok, "small"), w.account(platform.TikTok, "edge"); small.Listed || !edge.Listed || edge.EngagementPPM != nil || *edge.Sample != 1 {
			t.Errorf("small %+v, edge %+v", small, edge)
		}
		var tribes []string
		w.must(d.Read(context.Background()).Raw("SELECT tribe || ' ' || known FROM creator_tribes WHERE creator_id = ?", lea.CreatorID).Scan(&tribes).Error)
		if !slices.Equal(tribes, []string{"foodtok derived"}) {
			t.Errorf("tribes %v", tribes)
		}
		if n := w.count("listings"); n != 2 {
			t.Errorf("%d listings", n)
		}

		before := importtest.Content(t, w.db)
		w.clock.Advance(time.Hour)
		r, _ = w.load(b.String(), imports.Options{})
		if r.Created != 0 || r.Updated != 0 || r.Unchanged != 3 {
			t.Errorf("the second run: %+v", r)
		}
		importtest.SameContent(t, "the second run", importtest.Content(t, w.db), before)
		if again := w.account(platform.TikTok, "lea.cuisine"); !again.UpdatedAt.Equal(lea.UpdatedAt) {
			t.Error("the second run wrote")
		}
	})
}

func TestImportOfAListWithEveryDefect(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		list := "\ufeffS.no,Tiktoker name,\" Tiktok\nname \",Subscribers,Subscribers,Views avg.,Views avg.,Likes avg.,Likes avg.,Comments avg.,Comments avg.,Shares avg.,Shares avg.,Audience country,Country,Language,Category_1,Category_2\r\n" +
			"1,@Ana.Lee,Ana  Lee,13.8M,13799999,6.4M,6400000,2.3M,2300000,50.2K,50200,34.2k,34200,India,South Korea,Korean,\"Sports, Fitness & Outdoors\",Food & Drinks\r\n" +
			",,,,,,,,,,,,,,,,,\r\n" +
			"3,sumi,スミ🍊,#VALOR!,97K,-,-,1.1K,1100,N/A,,#VALOR!,#VALOR!,,Atlantis,Klingon,none,\r\n" +
			"4,twice,Twice,20K,20000,,,,,,,,,,,,,\r\n" +
			"5,TWICE,Twice again,21K,21000,,,,,,,,,,,,,\r\n" +
			"6,twice,Twice once more,20.5K,20500,,,,,,,,,,,,,\r\n" +
			"7,,Nobody,20K,20000,,,,,,,,,,,,,\r\n" +
			"8,nofans,No Fans,-,N/A,,,,,,,,,,,,,\r\n" +
			"9,manyfans,Many Fans,many,lots,,,,,,,,,,,,,\r\n" +
			"10,bro\"ken,Broken,20K,20000,,,,,,,,,,,,,\r\n" +
			"11,https://www.tiktok.com/@linked?x=1,Linked,9.9K,9999\r\n" +
			"12,Brand,A Brand Inc.,5.2m,5200000,1M,1000000,10K,10000,5K,5000,,,,USA,\"en-US, English\",Beauty,Cosmetics\r\n"
		r, out := w.load(list, imports.Options{AsOf: in2026})
		want := []string{"4 blank", "9 no_handle", "10 no_followers", "11 unread_followers", "12 not_a_handle", "6 same_handle", "8 same_handle"}
		if !slices.Equal(out, want) {
			t.Errorf("left out %q, want %q", out, want)
		}
		if r.Created != 5 || r.Skipped != 7 || r.Files[0].Kind != imports.KindList || !slices.ContainsFunc(r.Files[0].Columns, func(c imports.ColumnReport) bool { return c.Header == "Audience country" && c.Field == "" }) {
			t.Errorf("%+v", r)
		}
		ana := w.account(platform.TikTok, "ana.lee")
		if ana.Followers != 13_799_999 || ana.Basis != creators.BasisMean || ana.Sample != nil || ana.MedianViews != nil || *ana.MeanViews != 6_400_000 || *ana.EngagementPPM != 372_562 {
			t.Errorf("%+v", ana)
		}
		if c := w.creator(ana); c.Name != "Ana Lee" || c.Country != "KR" || c.Zone != "Asia/Seoul" {
			t.Errorf("%+v", c)
		}
		var row creators.Listing
		w.must(d.Read(context.Background()).Take(&row, ana.ID).Error)
		if row.Tribes != ",foodtok,outdoortok," || row.Languages != ",ko," || !row.Sole {
			t.Errorf("%+v", row)
		}
		if sumi := w.account(platform.TikTok, "sumi"); sumi.Followers != 97_000 || sumi.MeanViews != nil || *sumi.MeanLikes != 1100 || sumi.EngagementPPM != nil || sumi.Name != "スミ🍊" || sumi.Country != "" {
			t.Errorf("%+v", sumi)
		}
		if twice := w.account(platform.TikTok, "twice"); twice.Followers != 21_000 || twice.Handle != "TWICE" || twice.Basis != creators.BasisNone {
			t.Errorf("%+v", twice)
		}
		brand := w.account(platform.TikTok, "brand")
		if brand.EngagementPPM != nil {
			t.Errorf("shares are missing, and there is a rate: %+v", brand)
		}
		var of creators.Listing
		w.must(d.Read(context.Background()).Take(&of, brand.ID).Error)
		if of.Tribes != ",beautytok," || of.Languages != ",en," {
			t.Errorf("said twice: %+v", of)
		}
		before := importtest.Content(t, w.db)
		if r, _ := w.load(list, imports.Options{AsOf: in2026}); r.Unchanged != 5 || r.Created+r.Updated != 0 {
			t.Errorf("the second run: %+v", r)
		}
		importtest.SameContent(t, "the second run", importtest.Content(t, w.db), before)
	})
}

func TestImportKnowsEachPlatform(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	w.load("Name,Youtuber,Country, Subscribers,Avg. likes\nT Kids,서은키즈,France,2M,10\n", imports.Options{Platform: platform.YouTube, AsOf: in2026})
	w.load("username;platform;followers\nlea;Instagram;1,5M\nlea;TikTok;12 000\nlea;MySpace;12000\n", imports.Options{AsOf: in2026})
	if a := w.account(platform.YouTube, "서은키즈"); a.URL != "https://www.youtube.com/@%EC%84%9C%EC%9D%80%ED%82%A4%EC%A6%88" || a.Followers != 2_000_000 || w.creator(a).Name != "T Kids" || w.creator(a).Country != "FR" {
		t.Errorf("%+v", a)
	}
	if a, b := w.account(platform.Instagram, "lea"), w.account(platform.TikTok, "lea"); a.Followers != 1_500_000 || b.Followers != 12_000 || a.CreatorID == b.CreatorID {
		t.Errorf("%+v, %+v", a, b)
	}
}

// refused imports a text that must be refused before anything is written.
func (w *world) refused(content string, o imports.Options) *models.Error {
	w.t.Helper()
	good := importtest.File("good.csv", importtest.VideoHeader+importtest.Video(1, 3, "good", "[]", 5, 20_000))
	_, err := imports.NewImporter(w.db, w.Store, w.clock.Now).ImportFiles(context.Background(), []imports.File{good, importtest.File("bad.csv", content)}, o)
	var e *models.Error
	if !errors.As(err, &e) || e.Code != models.CodeInvalid {
		w.t.Fatalf("%.40q: %v", content, err)
	}
	if n := w.count("creators"); n != 0 {
		w.t.Fatalf("%.40q was refused after %d creators had been written", content, n)
	}
	return e
}

// In either kind of file an address, of a profile or of a post, beside somebody else's
// handle is refused.
func TestImportRefusesAddressesOfOthers(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		const id = "7400000000000000001"
		for name, tc := range map[string]struct{ header, cells, left string }{
			"a post of another":        {"username,video_url", "ada.bakes,https://www.tiktok.com/@bo.bakes/video/" + id, "2 two_accounts"},
			"of a scraper":             {"authorMeta.name,webVideoUrl", "ada.bakes,https://www.tiktok.com/@bo.bakes/video/" + id, "2 two_accounts"},
			"a profile of another":     {"username,profile_url", "ada.bakes,https://www.tiktok.com/@bo.bakes", "2 two_accounts"},
			"the author's profile":     {"author.name,author.url", "ada.bakes,www.tiktok.com/@bo.bakes", "2 two_accounts"},
			"without a scheme":         {"username,url", "ada.bakes,//www.tiktok.com/@bo.bakes", "2 two_accounts"},
			"a photo":                  {"username,post link", "ada.bakes,https://m.tiktok.com/@bo.bakes/photo/" + id, "2 two_accounts"},
			"the second of two":        {"username,profile_url,video_url", "ada.bakes,https://www.tiktok.com/@ada.bakes,https://www.tiktok.com/@bo.bakes/video/" + id, "2 two_accounts"},
			"another platform":         {"username,video_url", "ada.bakes,https://www.instagram.com/ada.bakes/reel/AbCdEfGhIjK/", "2 other_site"},
			"their own post":           {"username,video_url", "Ada.Bakes,https://www.tiktok.com/@ada.bakes/video/" + id, ""},
			"a short link":             {"username,video_url", "ada.bakes,https://vm.tiktok.com/ZMabc123/", ""},
			"an address of no account": {"username,url", "ada.bakes,https://www.tiktok.com/embed/" + id, ""},
			"the file itself":          {"username,video_url", "ada.bakes,https://v16.example.com/a.mp4", ""},
			"the music's author":       {"username,music url", "ada.bakes,https://www.tiktok.com/@bo.bakes", ""},
		} {
			row := "id,create_time,views,followers," + tc.header + "\n" + id + ",2024-11-20,44800,120000," + tc.cells + "\n"
			if _, out := w.load(row, imports.Options{Platform: platform.TikTok}); strings.Join(out, ", ") != tc.left {
				t.Errorf("%s: left out %v, want %q", name, out, tc.left)
			}
		}
		for name, tc := range map[string]struct{ list, left string }{
			"without a scheme":     {"username,url,followers\nada.bakes,//www.tiktok.com/@bo.bakes,20K\n", "2 two_accounts"},
			"the second of two":    {"username,profile url,link,followers\nada.bakes,tiktok.com/@ada.bakes,tiktok.com/@bo.bakes,20K\n", "2 two_accounts"},
			"two without a handle": {"profile url,link,followers\ntiktok.com/@ada.bakes,tiktok.com/@bo.bakes,20K\n", "2 two_accounts"},
			"a post":               {"username,video url,followers\nada.bakes,tiktok.com/@bo.bakes/video/" + id + ",20K\n", "2 two_accounts"},
			"the same":             {"username,profile url,video url,followers\nada.bakes,//tiktok.com/@Ada.Bakes,tiktok.com/@ada.bakes/video/" + id + ",20K\n", ""},
		} {
			if _, out := w.load(tc.list, imports.Options{Platform: platform.TikTok, AsOf: in2026}); strings.Join(out, ", ") != tc.left {
				t.Errorf("in a list, %s: left out %v, want %q", name, out, tc.left)
			}
		}
		if n := w.count("creators"); n != 1 {
			t.Errorf("%d creators", n)
		}
	})
}

// What a spreadsheet has spoilt is told, and never taken for something else.
func TestImportRefusesSpoiltPosts(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		const header = "id,create_time,username,views,followers\n"
		for row, want := range map[string]string{
			"7.40E+18,2024-11-20,ada.bakes,44800,120000":              "2 rounded_id",
			"\"7,40E+18\",2024-11-20,ada.bakes,44800,120000":          "2 rounded_id",
			"7e18,2024-11-20,ada.bakes,44800,120000":                  "2 rounded_id",
			"7400000000000000000.0,2024-11-20,ada.bakes,44800,120000": "2 rounded_id",
			"7400000000000000001,1970-01-01,ada.bakes,44800,120000":   "2 too_old",
			"7400000000000000001,2004-12-31,ada.bakes,44800,120000":   "2 too_old",
			"7400000000000000001,12,ada.bakes,44800,120000":           "2 unread_time",
			"7400000000000000001,60000,ada.bakes,44800,120000":        "2 future",
			"7400000000000000001,45616.5,ada.bakes,44800,120000":      "",
		} {
			if _, out := w.load(header+row+"\n", imports.Options{}); strings.Join(out, ", ") != want {
				t.Errorf("%s: left out %v, want %q", row, out, want)
			}
		}
		var posted time.Time
		w.must(d.Read(context.Background()).Raw("SELECT posted_at FROM posts").Row().Scan(&posted))
		if want := time.Date(2024, 11, 20, 12, 0, 0, 0, time.UTC); !posted.Equal(want) {
			t.Errorf("posted at %s, want %s", posted, want)
		}
		if _, out := w.load("username,followers,as of\nada.bakes,120000,1999-01-01\n", imports.Options{}); !slices.Equal(out, []string{"2 too_old"}) {
			t.Errorf("a list of 1999: %v", out)
		}
	})
}

// What programs write for nothing is no account, nor is a line of totals; an @ makes it one.
func TestImportTakesNoFillerForAHandle(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		list := "username,followers\nada.bakes,20000\nbo.bakes,21000\ncem.bakes,22000\n"
		var want []string
		for i, cell := range []string{"null", "None", "undefined", "nan", "N/A", "n/a", "TRUE", "False", "nil", "-"} {
			list += cell + ",30000\n"
			want = append(want, fmt.Sprintf("%d no_handle", i+5))
		}
		for i, cell := range []string{"Total", "TOTAL:", "Sum", "Summe", "Totaal", "Grand Total", "Total (3)", "Total général", "Total"} {
			list += cell + ",63000\n"
			want = append(want, fmt.Sprintf("%d totals", i+15))
		}
		_, out := w.load(list+"@none,20000\n@total,20000\nsummer,20000\ntotal.kitchen,20000\n", imports.Options{AsOf: in2026})
		if !slices.Equal(out, want) {
			t.Errorf("left out %v, want %v", out, want)
		}
		if n := w.count("creators"); n != 7 {
			t.Errorf("%d creators", n)
		}
	})
}

// A channel's id beside its handle is no name; without a handle it is the identity.
func TestImportReadsChannelIDsBesideHandles(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		for name, tc := range map[string]struct{ list, handle, called string }{
			"beside a handle":     {"handle,channel id,subscribers\nadabakes,UCabcdefghijklmnopqrstuv,20000\n", "adabakes", "adabakes"},
			"before it":           {"Channel ID,Handle,Subscribers\nUCabcdefghijklmnopqrstuv,@adabakes,20000\n", "adabakes", "adabakes"},
			"with a title":        {"channel_id,handle,channel title,subscribers\nUCabcdefghijklmnopqrstuv,adabakes,Ada bakes bread,20000\n", "adabakes", "Ada bakes bread"},
			"in place of a name":  {"handle,name,subscribers\nadabakes,UCabcdefghijklmnopqrstuv,20000\n", "adabakes", "adabakes"},
			"without the handle":  {"handle,channel id,subscribers\nbobakes,UCzzzdefghijklmnopqrstuv,20000\nnull,UCabcdefghijklmnopqrstuv,20000\n", "UCabcdefghijklmnopqrstuv", "UCabcdefghijklmnopqrstuv"},
			"alone":               {"channel id,subscribers\nUCabcdefghijklmnopqrstuv,20000\n", "UCabcdefghijklmnopqrstuv", "UCabcdefghijklmnopqrstuv"},
			"beside a title only": {"channel id,channel title,subscribers\nUCabcdefghijklmnopqrstuv,Ada bakes bread,20000\n", "UCabcdefghijklmnopqrstuv", "Ada bakes bread"},
		} {
			w := newWorld(t, d)
			for _, table := range []string{"listings", "creator_accounts", "creators"} {
				w.must(d.Tx(context.Background(), func(tx *db.Tx) error { return tx.Exec("DELETE FROM " + table).Error }))
			}
			if _, out := w.load(tc.list, imports.Options{Platform: platform.YouTube, AsOf: in2026}); len(out) != 0 {
				t.Errorf("%s: left out %v", name, out)
				continue
			}
			a := w.account(platform.YouTube, creators.HandleKeyOf(tc.handle))
			if c := w.creator(a); a.Handle != tc.handle || c.Name != tc.called {
				t.Errorf("%s: @%s is called %q", name, a.Handle, c.Name)
			}
		}
	})
}

// Figures that cannot be, and values that mean two things, are told.
func TestImportTellsWhatCannotBe(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var questions, unread []string
		o := imports.Options{AsOf: in2026, OnQuestionable: func(q imports.Questionable) {
			questions = append(questions, fmt.Sprintf("%d %s", q.Line, strings.TrimPrefix(q.MessageKey, "imports.remark.")))
		}, OnUnreadValue: func(v imports.UnreadValue) { unread = append(unread, fmt.Sprintf("%d %s", v.Line, v.Value)) }}
		w.load("username,followers,country,avg views,avg likes,avg comments,avg shares\nada.bakes,20000,India / UAE,100,50,200,1\nbo.bakes,20000,\"DE, NL\",0,0,5,0\ncem.bakes,20000,FR,100,50,20,1\ndi.bakes,20000,,100,200,200,1\n", o)
		w.load("id,create_time,username,views,likes,comments,followers\n7400000000000000001,2024-11-20,ada.bakes,100,1,101,20000\n7400000000000000002,2024-11-20,ada.bakes,0,0,1,20000\n7400000000000000003,2024-11-20,ada.bakes,9,9,9,20000\n", o)
		const comments = "more_comments_than_views"
		if want := []string{"2 " + comments, "3 " + comments, "5 more_likes_than_views", "2 " + comments, "3 " + comments}; !slices.Equal(questions, want) {
			t.Errorf("questionable: %v, want %v", questions, want)
		}
		if want := []string{"2 India / UAE", "3 DE, NL"}; !slices.Equal(unread, want) {
			t.Errorf("unread: %v, want %v", unread, want)
		}
		if a := w.account(platform.TikTok, "ada.bakes"); a.Country != "" || a.EngagementPPM != nil {
			t.Errorf("%+v", a)
		}
	})
}

func TestImportRefusesBeforeItWrites(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	list := "username,followers\n"
	for name, tc := range map[string]struct {
		content string
		o       imports.Options
		key     string
		args    string
	}{
		"another header":    {"a,b,c\n1,2,3\n", imports.Options{}, "header", "file bad.csv"},
		"an empty file":     {"", imports.Options{}, "header", "file bad.csv"},
		"no date":           {list + "a,1\n", imports.Options{}, "as_of_needed", "file bad.csv"},
		"a date to come":    {list + "a,1\n", imports.Options{AsOf: models.Date{Year: 2026, Month: 11, Day: 21}}, "as_of_future", "file bad.csv date 2026-11-21"},
		"Shift-JIS":         {list + "\x83\x8b\x83\x69,20000\n", imports.Options{AsOf: in2026}, "encoding", "file bad.csv offset"},
		"a strange network": {list, imports.Options{Platform: "myspace"}, "platform", "platform myspace"},
	} {
		e := w.refused(tc.content, tc.o)
		if args := strings.Trim(fmt.Sprint(e.Args...), "[]"); e.Key != "imports.error."+tc.key || !strings.HasPrefix(strings.ReplaceAll(fmt.Sprint(e.Args), "[", ""), tc.args) {
			t.Errorf("%s: %s %s, want %s %s", name, e.Key, args, tc.key, tc.args)
		}
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	content := importtest.VideoHeader
	for i := range 1200 { // more than one batch
		content += importtest.Video(i, i%50, fmt.Sprintf("user%d", i/50), "['dance']", 100, 20_000)
	}
	var done, total int64
	r, _ := w.load(content, imports.Options{DryRun: true, OnProgress: func(d, t int64) { done, total = d, t }})
	if r.Created != 24 || w.count("creators")+w.count("posts")+w.count("listings") != 0 {
		t.Errorf("%+v", r)
	}
	if done != total || total != 2*int64(len(content)) {
		t.Errorf("progress ended at %d of %d", done, total)
	}
	if wet, _ := w.load(content, imports.Options{}); wet.Created != r.Created || wet.Unchanged != r.Unchanged {
		t.Errorf("dry %+v, real %+v", r, wet)
	}
}

// An import that was interrupted is simply run again.
func TestImportCanBeRunAgain(t *testing.T) {
	t.Parallel()
	content := importtest.VideoHeader
	for i := range 9000 {
		content += importtest.Video(i, i%50, fmt.Sprintf("user%d", i/50), "['dance']", 100+i, 20_000)
	}
	whole := newWorld(t, testkit.NewSQLite(t))
	whole.load(content, imports.Options{})
	w := newWorld(t, testkit.NewSQLite(t))
	ctx, cancel := context.WithCancel(context.Background())
	_, err := imports.NewImporter(w.db, w.Store, w.clock.Now).ImportFiles(ctx, []imports.File{importtest.File("a.csv", content)}, imports.Options{OnProgress: func(done, total int64) {
		if done > total*9/10 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || w.count("posts") == 0 {
		t.Fatalf("%v after %d posts", err, w.count("posts"))
	}
	w.load(content, imports.Options{})
	importtest.SameContent(t, "run again", importtest.Content(t, w.db), importtest.Content(t, whole.db))
}

// step is one file of the property below.
type step struct {
	content string
	asOf    models.Date
}

// randomSteps are files of both kinds that speak of a few creators, with the
// same dates and numbers now and then.
func randomSteps(r *rand.Rand) []step {
	users := []string{"Ana", "ana", "bob", "Cléo", "dan"}
	pick := func(all ...string) string { return all[r.IntN(len(all))] }
	steps := make([]step, 2+r.IntN(4))
	for i := range steps {
		var b strings.Builder
		if r.IntN(2) == 0 {
			b.WriteString(importtest.VideoHeader)
			for range 1 + r.IntN(40) {
				b.WriteString(importtest.Video(r.IntN(25), r.IntN(12), pick(users...), pick("['dance', 'bailar']", "['makeup']", "['recipe','fyp']", "[]"), r.IntN(4)*1000, 9_999+r.IntN(3)))
			}
			steps[i] = step{content: b.String()}
			continue
		}
		b.WriteString("username,name,followers,views avg,likes avg,comments avg,shares avg,country,language,category\n")
		for range 1 + r.IntN(6) {
			fmt.Fprintf(&b, "%s,%s,%d,%s,%d,%d,3,%s,%s,%s\n", pick(users...), pick("", "A", "B", "Ç"), 9_999+r.IntN(3), pick("", "1000", "2K"),
				r.IntN(3)*100, r.IntN(2), pick("", "FR", "Belgium"), pick("", "fr", "Dutch"), pick("", "Beauty", "Food & Drinks", "Beauty|Cosmetics|Games"))
		}
		steps[i] = step{b.String(), models.Date{Year: 2026, Month: 5, Day: 29 + r.IntN(3)}}
	}
	return steps
}

func (w *world) take(steps []step) {
	w.t.Helper()
	for _, s := range steps {
		w.load(s.content, imports.Options{AsOf: s.asOf})
	}
}

// The same files give the same content in whatever order they come.
func TestImportOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	try := func(t *testing.T, seed uint64, fresh func(testing.TB) *db.DB) {
		r := rand.New(rand.NewPCG(seed, 7))
		steps := randomSteps(r)
		first := newWorld(t, fresh(t))
		first.take(steps)
		other := slices.Clone(steps)
		r.Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		second := newWorld(t, fresh(t))
		second.take(other)
		importtest.SameContent(t, fmt.Sprintf("seed %d", seed), importtest.Content(t, second.db), importtest.Content(t, first.db))
		second.take(steps)
		importtest.SameContent(t, fmt.Sprintf("seed %d, again", seed), importtest.Content(t, second.db), importtest.Content(t, first.db))
	}
	for seed := range uint64(40) {
		t.Run(fmt.Sprintf("sqlite-%d", seed), func(t *testing.T) { t.Parallel(); try(t, seed, testkit.NewSQLite) })
	}
	for seed := range uint64(4) {
		t.Run(fmt.Sprintf("postgres-%d", seed), func(t *testing.T) { t.Parallel(); try(t, 100+seed, testkit.NewPostgres) })
	}
}

// While an import runs, others write to the same database and none of them fails.
func TestImportLeavesRoomForOthers(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var b strings.Builder
		b.WriteString("username,followers,language\n")
		for i := range 8000 {
			fmt.Fprintf(&b, "user%d,%d,en\n", i, 9_000+i)
		}
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		var others sync.WaitGroup
		slowest := make([]time.Duration, 3)
		for i := range slowest {
			others.Go(func() {
				pause := time.NewTicker(time.Millisecond)
				defer pause.Stop()
				for n := 0; ctx.Err() == nil; n++ {
					began := time.Now()
					err := d.Tx(context.Background(), func(tx *db.Tx) error {
						return tx.Exec("INSERT INTO people (name, created_at) VALUES (?, ?)", fmt.Sprint(i, n), w.clock.Now()).Error
					})
					if err != nil {
						t.Error(err)
					}
					slowest[i] = max(slowest[i], time.Since(began))
					<-pause.C
				}
			})
		}
		r, _ := w.load(b.String(), imports.Options{AsOf: in2026})
		cancel()
		others.Wait()
		if r.Created != 8000 || w.count("people") < 3 {
			t.Errorf("%+v, %d people", r, w.count("people"))
		}
		t.Logf("%d writes meanwhile, the slowest after %v", w.count("people"), slices.Max(slowest))
	})
}

// What the platform gave, and what creators say about themselves, is theirs.
func TestImportOverwritesNothingThatIsVerified(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		profile := creators.PlatformProfile{
			Platform: platform.TikTok, UserID: "u-1", Handle: "Lea", DisplayName: "Léa", Followers: new(int64(20_000)), ReadAt: w.clock.Now().AddDate(0, -6, 0),
			LatestPosts: []creators.PlatformPost{{ID: "100", PostedAt: w.clock.Now().AddDate(0, -7, 0), Views: new(int64(1000)), Likes: new(int64(10)), Hashtags: []string{"recipe"}}},
		}
		c, err := w.SignInWithPlatform(context.Background(), "tiktok", profile, creators.PlatformToken{}, "fr")
		w.must(err)
		w.must(w.EditProfile(context.Background(), c.Actor, creators.ProfileForm{Name: "Chez Léa", Country: "BE", Languages: []string{"fr"}, Tribes: []string{"foodtok"}}))
		before := importtest.Content(t, w.db)
		newer := models.Date{Year: 2026, Month: 11, Day: 19}
		r, out := w.load("username,name,followers,country,language,category,views avg,likes avg,comments avg,shares avg\nLEA,Somebody,9000000,US,en,Beauty,1M,500K,1,1\n",
			imports.Options{AsOf: newer})
		if r.Unchanged != 1 || r.Created+r.Updated != 0 || len(out) != 0 {
			t.Errorf("a list: %+v, %v", r, out)
		}
		rows := importtest.VideoHeader + importtest.Video(100, 1, "lea", "['makeup']", 5000, 9_000_000) + importtest.Video(101, 1, "lea", "['makeup']", 5000, 9_000_000)
		if r, _ := w.load(rows, imports.Options{}); r.Unchanged != 1 || r.Created+r.Updated != 0 {
			t.Errorf("videos: %+v", r)
		}
		importtest.SameContent(t, "after newer files", importtest.Content(t, w.db), before)
	})
}
