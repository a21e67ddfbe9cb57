package demo_test

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/app"
	"tribemarket/internal/config"
	"tribemarket/internal/demo"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/platform"
	"tribemarket/models/search"
)

// published are the engagement rates by views that are published as typical, in per cent,
// by platform and tier.
var published = map[string]map[creators.Tier][2]float64{
	platform.TikTok:    {creators.TierMicro: {5, 8}, creators.TierMid: {3, 6}, creators.TierMacro: {1.5, 3.5}, creators.TierMega: {1.5, 3.5}},
	platform.Instagram: {creators.TierMicro: {3, 5}, creators.TierMid: {2, 3}, creators.TierMacro: {1, 2}, creators.TierMega: {0.5, 1}},
}

func TestTheWorldIsBelievable(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	clock := &demo.Clock{}
	a, err := app.Open(ctx, config.Config{DatabaseURL: "sqlite:" + filepath.Join(dir, "demo.db"), MailDir: dir, MailFrom: "a@demo.example", Demo: true}, clock.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	w, err := demo.MakeWorld(ctx, a, clock, demo.Options{Creators: 2_000, Seed: 3, Progress: func(string, int64, int64) {}})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("EngagementIsAsPublished", func(t *testing.T) { checkEngagement(t, a.DB) })
	t.Run("FollowersFollowTheirDistribution", func(t *testing.T) { checkFollowers(t, a.DB) })
	t.Run("FourHundredMembersAreWhole", func(t *testing.T) { checkMembers(t, a.DB) })
	t.Run("SomeSignInsAreSmall", func(t *testing.T) { checkSignIns(t, w) })
	t.Run("OneMemberSwitchesBrands", func(t *testing.T) { checkSwitching(t, a, w) })
	t.Run("TextsAreInTheCreatorsLanguage", func(t *testing.T) { checkLanguages(t, a.DB) })
	t.Run("NoRowRepeatsAPicture", func(t *testing.T) { checkRows(t, a) })
	t.Run("NoTribeRepeatsAFace", func(t *testing.T) { checkFaces(t, a) })
	t.Run("BatchesAgreeWithVerbs", func(t *testing.T) { checkDerived(t, a) })
}

func checkEngagement(t *testing.T, d *db.DB) {
	var rows []struct {
		Platform                 string
		Followers, EngagementPPM int64
	}
	if err := d.Read(context.Background()).Raw("SELECT platform, followers, engagement_ppm FROM listings WHERE engagement_ppm IS NOT NULL").Scan(&rows).Error; err != nil || len(rows) < 1_200 {
		t.Fatalf("%d accounts with engagement, %v", len(rows), err)
	}
	type group struct {
		platform string
		tier     creators.Tier
	}
	within, near, all := map[group]int{}, 0, map[group]int{}
	for _, r := range rows {
		g, rate := group{r.Platform, creators.TierOf(r.Followers)}, float64(r.EngagementPPM)/10_000
		band, ok := published[r.Platform][g.tier]
		if !ok {
			t.Fatalf("%+v has no band", r)
		}
		all[g]++
		if rate >= band[0] && rate <= band[1] {
			within[g]++
		}
		if rate >= band[0]*0.75 && rate <= band[1]*1.25 {
			near++
		}
	}
	for g, n := range all {
		if share := float64(within[g]) / float64(n); n >= 10 && share < 0.8 {
			t.Errorf("%v: %.0f %% of %d are within the band", g, share*100, n)
		}
	}
	if share := float64(near) / float64(len(rows)); share < 0.99 {
		t.Errorf("%.1f %% are within their bands or near", share*100)
	}
}

// The most creators are small, as everywhere.
func checkFollowers(t *testing.T, d *db.DB) {
	var followers []int64
	if err := d.Read(context.Background()).Raw("SELECT followers FROM creator_accounts").Scan(&followers).Error; err != nil || len(followers) != 2_000 {
		t.Fatal(len(followers), err)
	}
	var logs float64
	small := 0
	for _, n := range followers {
		logs += math.Log(float64(n))
		if n < 50_000 {
			small++
		}
	}
	if mean := logs / float64(len(followers)); mean < 10 || mean > 11.5 {
		t.Errorf("mean ln(followers) is %.2f", mean)
	}
	if share := float64(small) / float64(len(followers)); share < 0.5 || share > 0.75 {
		t.Errorf("%.0f %% have under 50,000 followers", share*100)
	}
}

func checkMembers(t *testing.T, d *db.DB) {
	var of struct{ Members, Priced, Audience, Growing, Line, Answering, Partners, Portraits, Works, Most int64 }
	err := d.Read(context.Background()).Raw(`SELECT count(*) AS members,
		sum(price_video_minor IS NOT NULL AND price_live_minor IS NOT NULL AND price_story_minor IS NOT NULL) AS priced, sum(audience LIKE '%country:%age:%gender:%' OR audience LIKE '%age:%country:%') AS audience,
		sum(growth_30_ppm IS NOT NULL AND growth_90_ppm IS NOT NULL OR platform = 'youtube') AS growing,
		sum((SELECT count(*) FROM account_snapshots s WHERE s.account_id = l.account_id) >= 15) AS line,
		sum(response_minutes IS NOT NULL) AS answering, sum(categories <> '') AS partners,
		sum(EXISTS (SELECT 1 FROM pictures p WHERE p.creator_id = l.creator_id AND p.use = 'portrait')) AS portraits,
		sum((SELECT count(*) FROM pictures p WHERE p.creator_id = l.creator_id AND p.use = 'work') >= 4) AS works,
		max((SELECT count(*) FROM pictures p WHERE p.creator_id = l.creator_id AND p.use = 'work')) AS most
		FROM listings l WHERE source = 'verified'`).Scan(&of).Error
	if err != nil || of.Members != 400 || of.Priced != 400 || of.Audience != 400 || of.Growing != 400 || of.Line != 400 || of.Answering != 400 || of.Partners < 380 || of.Portraits < 320 || of.Works < 399 || of.Most != 9 {
		t.Errorf("%+v, %v", of, err)
	}
	for _, source := range []string{"imported", "verified"} {
		var platforms []string
		err := d.Read(context.Background()).Raw("SELECT platform FROM listings WHERE source = ? GROUP BY platform HAVING count(*) >= 15", source).Scan(&platforms).Error
		slices.Sort(platforms)
		if names := slices.Sorted(slices.Values(platform.Names())); err != nil || !slices.Equal(platforms, names) {
			t.Errorf("%s are on %v, %v", source, platforms, err)
		}
	}
}

func checkSignIns(t *testing.T, w demo.World) {
	small, locales := 0, map[string]bool{}
	for _, p := range w.People[:5] { // those that are printed
		if p.Followers >= 10_000 && p.Followers <= 20_000 {
			small++
		}
		locales[p.Locale] = true
	}
	if small < 2 || len(locales) != 3 {
		t.Errorf("%d sign-ins have 10,000 to 20,000 followers, languages %v", small, locales)
	}
}

// One member has a second brand, an agency, and through it a mandate for a third.
func checkSwitching(t *testing.T, a *app.App, w demo.World) {
	ctx := context.Background()
	i := slices.IndexFunc(w.Brands, func(b demo.BrandSignIn) bool { return b.Note != "" })
	if i < 0 {
		t.Fatal("no sign-in says that it has several brands")
	}
	var person int64
	if err := a.DB.Read(ctx).Raw("SELECT id FROM people WHERE email = ?", w.Brands[i].Email).Scan(&person).Error; err != nil {
		t.Fatal(err)
	}
	s, err := a.Accounts.LoadSessionContext(ctx, person, "")
	if err != nil || len(s.Brands) != 3 || s.Brand.Name != w.Brands[i].Brand || s.Brands[1].Brand.Kind != accounts.KindAgency || s.Brands[2].AgencyID != s.Brands[1].Brand.ID || !s.Brands[2].Role.ManagesDeals() {
		t.Errorf("%s may act for %+v, %v", w.Brands[i].Email, s.Brands, err)
	}
}

// What a deal says is in the language of its creator.
func checkLanguages(t *testing.T, d *db.DB) {
	var rows []struct{ Began, Locale, Message, Bio string }
	err := d.Read(context.Background()).Raw(`SELECT DISTINCT x.began, p.locale, o.message, c.bio FROM negotiations x JOIN offers o ON o.negotiation_id = x.id AND o.number = 1 JOIN creators c ON c.id = x.creator_id JOIN people p ON p.id = c.person_id`).Scan(&rows).Error
	if err != nil || len(rows) < 50 {
		t.Fatal(len(rows), err)
	}
	greetings := map[string]map[string]string{
		"brand":   {"en": "Hello, your", "fr": "Bonjour, vos", "nl": "Hallo, je"},
		"creator": {"en": "Hello, here is my", "fr": "Bonjour, voici mon", "nl": "Hallo, dit is mijn"},
	}
	for _, r := range rows {
		if !strings.HasPrefix(r.Message, greetings[r.Began][r.Locale]) || r.Bio == "" || strings.Contains(r.Bio, "TRIBE") {
			t.Errorf("%+v", r)
		}
	}
	var notes []struct{ Locale, Note string }
	err = d.Read(context.Background()).Raw(`SELECT DISTINCT p.locale, e.note FROM workflow_events e JOIN negotiations x ON x.id = e.root_id JOIN creators c ON c.id = x.creator_id JOIN people p ON p.id = c.person_id WHERE e.note <> ''`).Scan(&notes).Error
	if err != nil || len(notes) < 8 {
		t.Fatal(len(notes), err)
	}
	of := map[string]string{}
	for _, n := range notes {
		if other := of[n.Note]; other != "" {
			t.Errorf("%q is written in %s and in %s", n.Note, n.Locale, other)
		}
		of[n.Note] = n.Locale
	}
}

// checkRows looks at the first pages of a search, as people who only look around do.
func checkRows(t *testing.T, a *app.App) {
	ctx := context.Background()
	for name, f := range map[string]search.Filter{"all": {}, "verified": {Verified: true}, "beauty": {Tribes: []string{"beautytok"}}, "games": {Tribes: []string{"gametok"}, Verified: true}} {
		found, err := a.Search.Search(ctx, f)
		if err != nil || len(found.Hits) == 0 {
			t.Fatal(len(found.Hits), err)
		}
		var ids []int64
		for _, h := range found.Hits {
			ids = append(ids, h.Creator.ID)
		}
		shown, err := a.Creators.PicturesOf(ctx, ids, 9)
		if err != nil {
			t.Fatal(err)
		}
		view := map[string]bool{}
		pictured := 0
		for _, id := range ids {
			row := map[string]bool{}
			for _, p := range shown[id].Works {
				key, _ := hex.DecodeString(p.StorageKey) // of which the fifth byte is the drawing, the sixth its shape, and two more its colours
				look, drawing := string(key[4:8]), string([]byte{key[4], key[5] & 1})
				if row[drawing] {
					t.Errorf("%s: creator %d shows a drawing twice", name, id)
				}
				row[drawing] = true
				if view[look] {
					t.Errorf("%s: two creators show the same picture, %x", name, look)
				}
				view[look] = true
			}
			if len(shown[id].Works) > 0 {
				pictured++
			}
		}
		if pictured < len(ids)*9/10 {
			t.Errorf("%s: %d of %d creators show works", name, pictured, len(ids))
		}
	}
}

// checkFaces looks at the faces that stand for the tribes, all on one page: no tribe shows a
// drawing twice, and no two creators look the same.
func checkFaces(t *testing.T, a *app.App) {
	ctx := context.Background()
	faces, err := a.Rankings.TribeFaces(ctx, nil, nil)
	if err != nil || len(faces) < 40 {
		t.Fatal(len(faces), err)
	}
	keys := map[string][]byte{}
	var rows []struct{ PublicID, StorageKey string }
	if err := a.DB.Read(ctx).Raw("SELECT public_id, storage_key FROM pictures WHERE use = 'portrait'").Scan(&rows).Error; err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		keys[r.PublicID], _ = hex.DecodeString(r.StorageKey)
	}
	of := map[string]int64{} // a look to the creator
	for slug, all := range faces {
		drawn := map[byte]bool{}
		for _, c := range all {
			if c.Face.Portrait == nil {
				continue
			}
			key := keys[c.Face.Portrait.PublicID]
			if drawn[key[4]] {
				t.Errorf("%s shows a face twice", slug)
			}
			drawn[key[4]] = true
			look := string(key[4:8])
			if other, ok := of[look]; ok && other != c.ID {
				t.Errorf("%s: two creators have the same face, %x", slug, look)
			}
			of[look] = c.ID
		}
	}
}

// checkDerived sums up and lists everybody anew, one by one: nothing changes, so that what
// was written in batches is what the verbs would have left.
func checkDerived(t *testing.T, a *app.App) {
	ctx := context.Background()
	read := func(query string) (all []string) {
		rows, err := a.DB.Read(ctx).Raw(query).Rows()
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		columns, _ := rows.Columns()
		for rows.Next() {
			values := make([]any, len(columns))
			into := make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			line, _ := json.Marshal(values)
			all = append(all, string(line))
		}
		return all
	}
	queries := []string{
		"SELECT creator_id, asked, answered, response_minutes, busy FROM creator_activity ORDER BY 1",
		"SELECT * FROM creator_categories ORDER BY 1, 2",
		"SELECT * FROM listings ORDER BY account_id",
		"SELECT id, search_text, hashtags, listed FROM creators ORDER BY id",
		"SELECT id, engagement_ppm, median_views, p25_views, p75_views, sample, basis, listed FROM creator_accounts ORDER BY id",
		"SELECT * FROM creator_tribes ORDER BY 1, 2",
	}
	before := map[string][]string{}
	for _, q := range queries {
		before[q] = read(q)
	}
	err := a.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Exec("DELETE FROM derived_versions").Error; err != nil {
			return err
		}
		return tx.Exec("UPDATE creator_activity SET asked = 0, answered = 0, response_minutes = NULL, busy = ''").Error
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Negotiations.Rederive(ctx); err != nil {
		t.Fatal(err)
	}
	if err := a.Creators.BackfillDerivedData(ctx, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	for _, q := range queries {
		after := read(q)
		for i := range before[q] {
			if i < len(after) && before[q][i] != after[i] {
				t.Errorf("%s\nbefore %s\nafter  %s", q, before[q][i], after[i])
				break
			}
		}
		if len(after) != len(before[q]) || len(after) == 0 {
			t.Errorf("%s: %d and %d rows", q, len(before[q]), len(after))
		}
	}
}
