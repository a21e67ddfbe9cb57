package creators_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
	"tribemarket/models/rankings"
)

func TestTheModelsAreTheTables(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		testkit.CheckSameColumns(t, d, creators.Creator{}, creators.Account{}, creators.Post{}, creators.TribeMembership{},
			creators.SpokenLanguage{}, creators.OfferedContentType{}, creators.StartingPrice{}, creators.Listing{},
			creators.AccountToken{}, creators.AccountSnapshot{}, creators.PlatformBudget{}, creators.RemovalRecord{},
			creators.ProgrammeFloor{}, creators.BirthDate{}, creators.EngagementBand{}, creators.AudienceShare{}, creators.MonthlyCapacity{}, creators.MinimumFee{}, creators.RefusedCategory{}, creators.Absence{},
			creators.TribeEdit{}, creators.ErasedHandle{}, creators.DealActivityRow{}, creators.CategoryDeals{},
			rankings.Edition{}, rankings.Place{}, rankings.TribeFigure{}, rankings.TribeTopRow{}, rankings.TribeTag{})
	})
}

func TestAProfileThatIsNotListedIsItsOwnersAlone(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		small, big := w.connect(profile("u1", "small", 9_999)), w.connect(profile("u2", "big", 10_000))
		w.load("username,followers\nunclaimed,400\n", imports.Options{AsOf: in2026})
		unclaimed := w.creator(w.account(platform.TikTok, "unclaimed"))
		visitor, brand := models.Actor{}, models.Actor{PersonID: 77, BrandID: 7}
		for _, tc := range []struct {
			who   string
			actor models.Actor
			id    string
			own   bool
			code  models.Code
		}{
			{"a visitor", visitor, small.Creator.PublicID, false, models.CodeNotFound},
			{"a brand", brand, small.Creator.PublicID, false, models.CodeNotFound},
			{"another creator", big.Actor, small.Creator.PublicID, false, models.CodeNotFound},
			{"a stranger with the creator's id", models.Actor{PersonID: 77, CreatorID: small.Creator.ID}, small.Creator.PublicID, false, models.CodeNotFound},
			{"the owner", small.Actor, small.Creator.PublicID, true, ""},
			{"a visitor", visitor, big.Creator.PublicID, false, ""},
			{"another creator", small.Actor, big.Creator.PublicID, false, ""},
			{"the owner", big.Actor, big.Creator.PublicID, true, ""},
			{"a visitor", visitor, unclaimed.PublicID, false, models.CodeNotFound},
			{"a visitor", visitor, "nothing", false, models.CodeNotFound},
		} {
			k, err := w.ReadMediaKit(context.Background(), tc.actor, tc.id, "")
			switch {
			case tc.code == "" && (err != nil || k.Creator.PublicID != tc.id || k.IsOwn != tc.own):
				t.Errorf("%s got %+v, %v", tc.who, k.Creator, err)
			case tc.code != "" && (err == nil || models.CodeOf(err) != tc.code):
				t.Errorf("%s got %+v, %v", tc.who, k.Creator, err)
			}
		}
		if b, err := w.Listed(context.Background(), big.Creator.PublicID); err != nil || b.Creator.ID != big.Creator.ID || b.Account.Followers == 0 {
			t.Errorf("listed: %+v, %v", b, err)
		}
		for _, id := range []string{unclaimed.PublicID, small.Creator.PublicID, "nothing"} {
			if b, err := w.Listed(context.Background(), id); models.CodeOf(err) != models.CodeNotFound || err == nil {
				t.Errorf("%s is listed: %+v, %v", id, b.Creator, err)
			}
		}
		for _, a := range []models.Actor{visitor, brand, {PersonID: 77, CreatorID: small.Creator.ID}} {
			if _, err := w.OwnMediaKit(context.Background(), a); err == nil || models.CodeOf(err) != models.CodeNotFound {
				t.Errorf("own of %+v: %v", a, err)
			}
			err := w.EditProfile(context.Background(), a, creators.ProfileForm{Name: "Taken"})
			if err == nil || models.CodeOf(err) != models.CodeNotFound {
				t.Errorf("edit by %+v: %v", a, err)
			}
		}
	})
}

func TestAPageShowsTheChosenAccountInFewStatements(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one := w.connect(profile("u1", "one", 20_000))
		other := profile("i1", "one.insta", 50_000)
		other.Platform = platform.Instagram
		other.LatestPosts = other.LatestPosts[:3]
		two, err := w.SignInWithPlatform(context.Background(), platform.Instagram, other, creators.PlatformToken{}, "en")
		w.must(err)
		w.must(d.Tx(context.Background(), func(tx *db.Tx) error { // as if the creator had connected both
			return tx.Exec("UPDATE creator_accounts SET creator_id = ? WHERE creator_id = ?", one.Creator.ID, two.Creator.ID).Error
		}))
		for platform, want := range map[string]string{"": "one.insta", "tiktok": "one", "instagram": "one.insta", "twitch": "one.insta", "' OR 1=1": "one.insta"} {
			var seen []string
			ctx := db.WithStatementObserver(context.Background(), func(s string) { seen = append(seen, s) })
			k, err := w.ReadMediaKit(ctx, models.Actor{}, one.Creator.PublicID, platform)
			w.must(err)
			if k.Account.Handle != want || len(k.Accounts) != 2 || k.Accounts[0].Handle != "one.insta" || len(k.Posts) != map[string]int{"one": 12, "one.insta": 3}[want] {
				t.Errorf("%q: @%s of %d, %d posts", platform, k.Account.Handle, len(k.Accounts), len(k.Posts))
			}
			if !slices.IsSortedFunc(k.Posts, func(a, b creators.Post) int { return b.PostedAt.Compare(a.PostedAt) }) {
				t.Errorf("%q: the newest post is not first", platform)
			}
			if len(seen) != 3 {
				t.Errorf("%d statements:\n%s", len(seen), strings.Join(seen, "\n"))
			}
		}
		p := profile("u3", "many", 20_000)
		for i := range 40 {
			x := p.LatestPosts[0]
			x.ID, x.PostedAt = "more-"+string(rune('a'+i)), testkit.ClockStart.Add(-time.Duration(i)*time.Hour)
			p.LatestPosts = append(p.LatestPosts, x)
		}
		if k := w.kit(w.connect(p).Actor); len(k.Posts) != 30 || !k.Posts[0].PostedAt.Equal(testkit.ClockStart) {
			t.Errorf("%d posts", len(k.Posts))
		}
	})
}

func TestWhatACreatorSaysIsKept(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		out := w.connect(profile("u1", "some.one", 20_000))
		w.clock.Advance(time.Hour)
		form := creators.ProfileForm{
			Name: "  Noor \n Vermeer ", Bio: "First line\r\n\r\nsecond\x00line ", Country: "NL", Zone: "Europe/Amsterdam",
			Languages: []string{"nl", "en", "nl"}, Tribes: []string{"techtok", "booktok", "techtok"}, ContentTypes: []string{"review", "challenge"},
			Prices: []creators.StartingPriceForm{{"story", "80", "EUR"}, {"video", " 249.50 ", "EUR"}, {"live", "", "XXX"}},
		}
		for range 2 { // the same again comes to the same
			w.must(w.EditProfile(context.Background(), out.Actor, form))
		}
		k := w.kit(out.Actor)
		c := k.Creator
		if c.Name != "Noor Vermeer" || c.Bio != "First line\n\nsecond line" || c.Country != "NL" || c.Zone != "Europe/Amsterdam" || !c.UpdatedAt.Equal(w.clock.Now()) {
			t.Errorf("creator: %+v", c)
		}
		if c.SearchText != " noor vermeer some one someone | first line second fyp recipe " || !c.Listed {
			t.Errorf("search text %q, listed %v", c.SearchText, c.Listed)
		}
		if !slices.Equal(k.Languages, []string{"en", "nl"}) || !slices.Equal(k.ContentTypes, []string{"challenge", "review"}) {
			t.Errorf("languages %v, content types %v", k.Languages, k.ContentTypes)
		}
		want := []creators.StartingPrice{{CreatorID: c.ID, Format: "video", Minor: 24950, Currency: "EUR"}, {CreatorID: c.ID, Format: "story", Minor: 8000, Currency: "EUR"}}
		if !slices.Equal(k.Prices, want) {
			t.Errorf("prices: %v", k.Prices)
		}
		got := tribesOf(k)
		slices.Sort(got[:2])
		if !slices.Equal(got, []string{"booktok declared", "techtok declared", "foodtok derived"}) {
			t.Errorf("tribes: %v", got)
		}
		if n := w.rows("SELECT count(*) FROM listings WHERE creator_id = ? AND country = 'NL' AND languages = ',en,nl,' AND tribes = ',booktok,foodtok,techtok,'", c.ID); n != 1 {
			t.Errorf("%d listings follow", n)
		}

		w.must(w.EditProfile(context.Background(), out.Actor, creators.ProfileForm{Name: "N"}))
		k = w.kit(out.Actor)
		if k.Creator.Bio != "" || k.Creator.Zone != "UTC" || len(k.Languages)+len(k.ContentTypes)+len(k.Prices) != 0 || !slices.Equal(tribesOf(k), []string{"foodtok derived"}) {
			t.Errorf("emptied: %+v %v", k, tribesOf(k))
		}
		if n := w.rows("SELECT count(*) FROM listings WHERE creator_id = ? AND country = '' AND languages = '' AND tribes = ',foodtok,'", c.ID); n != 1 {
			t.Errorf("%d listings follow", n)
		}
	})
}

func TestATribeThatIsNoLongerDeclaredIsDerivedAgain(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		out := w.connect(profile("u1", "some.one", 20_000))
		for _, step := range []struct{ declared, want []string }{
			{[]string{"foodtok"}, []string{"foodtok declared"}},
			{nil, []string{"foodtok derived"}},
			{[]string{"booktok"}, []string{"booktok declared", "foodtok derived"}},
			{[]string{"foodtok"}, []string{"foodtok declared"}},
		} {
			w.must(w.EditProfile(context.Background(), out.Actor, creators.ProfileForm{Name: "N", Tribes: step.declared}))
			if got := tribesOf(w.kit(out.Actor)); !slices.Equal(got, step.want) {
				t.Errorf("declared %v: %v, want %v", step.declared, got, step.want)
			}
		}
		// Signing in again leaves what is declared, whatever the posts say now.
		w.clock.Advance(time.Hour)
		p := profile("u1", "some.one", 20_000)
		p.ReadAt = w.clock.Now()
		for i := range p.LatestPosts {
			p.LatestPosts[i].Hashtags = []string{"booktok"}
		}
		if got := tribesOf(w.kit(w.connect(p).Actor)); !slices.Equal(got, []string{"foodtok declared", "booktok derived"}) {
			t.Errorf("after signing in: %v", got)
		}
	})
}

func TestAnImportedTribeStaysWhenOthersAreDeclared(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	w.load(joiners, imports.Options{AsOf: in2026})
	p := profile("u1", "some.one", 20_000)
	p.LatestPosts = nil
	out := w.connect(p)
	for range 2 {
		w.must(w.EditProfile(context.Background(), out.Actor, creators.ProfileForm{Name: "N", Tribes: []string{"booktok"}}))
	}
	if got := tribesOf(w.kit(out.Actor)); !slices.Equal(got, []string{"booktok declared", "foodtok imported"}) {
		t.Errorf("tribes: %v", got)
	}
}

func TestEveryWrongAnswerIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	out := w.connect(profile("u1", "some.one", 20_000))
	price := func(format, amount, currency string) []creators.StartingPriceForm {
		return []creators.StartingPriceForm{{format, amount, currency}}
	}
	slugs := func(n int) (all []string) {
		for _, t := range w.TribeCatalogue().VisibleTribes()[:n] {
			all = append(all, t.Slug)
		}
		return all
	}
	languages := []string{"aa", "en", "fr", "nl", "de", "es", "it", "pt", "pl", "cs", "sv"}
	before := importtest.Content(t, w.db)
	for _, tc := range []struct {
		name  string
		spoil func(*creators.ProfileForm)
		field string
		key   string // after creators.error.; "" is right
	}{
		{"no name", func(f *creators.ProfileForm) { f.Name = " \t " }, "name", "name"},
		{"80 letters", func(f *creators.ProfileForm) { f.Name = strings.Repeat("é", 80) }, "name", ""},
		{"81 letters", func(f *creators.ProfileForm) { f.Name = strings.Repeat("é", 81) }, "name", "long"},
		{"a word beyond 80 letters", func(f *creators.ProfileForm) { f.Name = strings.Repeat("x", 80) + " y" }, "name", "long"},
		{"a bio of 500", func(f *creators.ProfileForm) { f.Bio = strings.Repeat("é", 500) }, "bio", ""},
		{"a bio of 501", func(f *creators.ProfileForm) { f.Bio = strings.Repeat("x", 501) }, "bio", "long"},
		{"an unknown country", func(f *creators.ProfileForm) { f.Country = "XX" }, "country", "country"},
		{"a country in small letters", func(f *creators.ProfileForm) { f.Country = "fr" }, "country", "country"},
		{"an unknown zone", func(f *creators.ProfileForm) { f.Zone = "Europe/Atlantis" }, "zone", "zone"},
		{"the machine's zone", func(f *creators.ProfileForm) { f.Zone = "Local" }, "zone", "zone"},
		{"a file for a zone", func(f *creators.ProfileForm) { f.Zone = "../../etc/passwd" }, "zone", "zone"},
		{"an unknown language", func(f *creators.ProfileForm) { f.Languages = []string{"en", "xx"} }, "languages", "languages"},
		{"a language's name", func(f *creators.ProfileForm) { f.Languages = []string{"english"} }, "languages", "languages"},
		{"ten languages", func(f *creators.ProfileForm) { f.Languages = languages[:10] }, "languages", ""},
		{"eleven languages", func(f *creators.ProfileForm) { f.Languages = languages }, "languages", "languages_many"},
		{"an unknown tribe", func(f *creators.ProfileForm) { f.Tribes = []string{"foodtok", "nothingtok"} }, "tribes", "tribes"},
		{"five tribes", func(f *creators.ProfileForm) { f.Tribes = slugs(5) }, "tribes", ""},
		{"six tribes", func(f *creators.ProfileForm) { f.Tribes = slugs(6) }, "tribes", "tribes_many"},
		{"an unknown content type", func(f *creators.ProfileForm) { f.ContentTypes = []string{"dance"} }, "content_types", "content_types"},
		{"all content types", func(f *creators.ProfileForm) { f.ContentTypes = content.Types() }, "content_types", ""},
		{"an unknown format", func(f *creators.ProfileForm) { f.Prices = price("poster", "10", "EUR") }, "prices", "format"},
		{"a format twice", func(f *creators.ProfileForm) {
			f.Prices = append(price("video", "10", "EUR"), price("video", "20", "EUR")...)
		}, "prices", "format"},
		{"nothing for a video", func(f *creators.ProfileForm) { f.Prices = price("video", "0.00", "EUR") }, "price_video", "amount"},
		{"a negative price", func(f *creators.ProfileForm) { f.Prices = price("live", "-5", "EUR") }, "price_live", "amount"},
		{"a word for a price", func(f *creators.ProfileForm) { f.Prices = price("story", "much", "EUR") }, "price_story", "amount"},
		{"too many decimals", func(f *creators.ProfileForm) { f.Prices = price("story", "100.5", "JPY") }, "price_story", "decimals"},
		{"a price beyond sense", func(f *creators.ProfileForm) { f.Prices = price("video", "99999999999999", "EUR") }, "price_video", "amount_large"},
		{"an unknown currency", func(f *creators.ProfileForm) { f.Prices = price("video", "10", "ABC") }, "price_video", "currency"},
		{"no currency without an amount", func(f *creators.ProfileForm) { f.Prices = price("video", " ", "") }, "price_video", ""},
	} {
		form := creators.ProfileForm{Name: "Right", Country: "FR", Zone: "Europe/Paris"}
		tc.spoil(&form)
		err := w.EditProfile(context.Background(), out.Actor, form)
		if tc.key == "" {
			w.must(err)
			before = importtest.Content(t, w.db)
			continue
		}
		var e *models.Error
		if !errors.As(err, &e) || e.Code != models.CodeInvalid || len(e.Fields) != 1 || e.Fields[0].Field != tc.field || e.Fields[0].Key != "creators.error."+tc.key {
			t.Errorf("%s: %v, want %s at %s", tc.name, err, tc.key, tc.field)
		}
		importtest.SameContent(t, tc.name, importtest.Content(t, w.db), before)
	}
	err := w.EditProfile(context.Background(), out.Actor, creators.ProfileForm{
		Bio: strings.Repeat("x", 501), Country: "XX", Zone: "x", Languages: []string{"xx"}, Tribes: []string{"x"}, ContentTypes: []string{"x"}, Prices: price("video", "x", "EUR"),
	})
	var e *models.Error
	if !errors.As(err, &e) || len(e.Fields) != 8 {
		t.Errorf("all wrong: %v", err)
	}
}

func TestSummaries(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.load("username,followers,country\nUnclaimed.One,400,FR\nUnclaimed.One,400,FR\n", imports.Options{AsOf: in2026, Platform: platform.Instagram})
		none := w.creator(w.account(platform.Instagram, "unclaimed.one"))
		one := w.connect(profile("u1", "Some.One", 20_000))
		var seen []string
		ctx := db.WithStatementObserver(context.Background(), func(s string) { seen = append(seen, s) })
		names, err := w.CreatorReferences(ctx, []int64{none.ID, one.Creator.ID, one.Creator.ID, 4711})
		w.must(err)
		if len(seen) != 1 || len(names) != 2 {
			t.Errorf("%d names in %d statements", len(names), len(seen))
		}
		s := names[one.Creator.ID]
		if !s.IsClaimed() || *s.PersonID != one.Actor.PersonID || s.PublicID != one.Creator.PublicID || s.Name != "Shown Some.One" || s.Platform != platform.TikTok || s.Handle != "Some.One" || s.Followers != 20_000 || !s.Listed || s.Zone != "UTC" {
			t.Errorf("summary: %+v", s)
		}
		if s := names[none.ID]; s.IsClaimed() || s.Country != "FR" || s.Zone != "Europe/Paris" || s.Platform != platform.Instagram || s.Followers != 400 || s.Listed {
			t.Errorf("summary: %+v", s)
		}
		if got, err := w.CreatorReferenceByPublicID(ctx, none.PublicID); err != nil || !reflect.DeepEqual(got, names[none.ID]) {
			t.Errorf("by public id: %+v, %v", got, err)
		}
		if _, err := w.CreatorReferenceByPublicID(ctx, "nothing"); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("of nobody: %v", err)
		}
		if names, err := w.CreatorReferences(ctx, nil); err != nil || names == nil || len(names) != 0 {
			t.Errorf("names of none: %v, %v", names, err)
		}
		for platform, want := range map[string][]string{platform.TikTok: {"some.one"}, platform.Instagram: {}} {
			if keys, err := w.HandlesOnPlatform(ctx, one.Creator.ID, platform); err != nil || !slices.Equal(keys, want) {
				t.Errorf("handles on %s: %v, %v", platform, keys, err)
			}
		}
	})
}
