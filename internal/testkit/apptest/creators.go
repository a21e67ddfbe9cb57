package apptest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

// PlatformUserID is the platform's id of a sandbox account.
func PlatformUserID(t testing.TB, a *App, platform, handle string) string {
	t.Helper()
	acc, ok := a.Sandbox.AccountOn(platform, handle)
	if !ok {
		t.Fatalf("the sandbox has no @%s on %s", handle, platform)
	}
	return acc.OpenID
}

// ConnectWithFollowers lets a creator join with a number of followers.
func ConnectWithFollowers(t testing.TB, a *App, handle string, followers int64) {
	t.Helper()
	_, err := a.Creators.SignInWithPlatform(context.Background(), platform.TikTok, creators.PlatformProfile{
		Platform: platform.TikTok, UserID: "id-" + handle, Handle: handle, DisplayName: "Name of " + handle, Followers: &followers, ReadAt: a.Clock.Now(),
	}, creators.PlatformToken{}, "en")
	if err != nil {
		t.Fatal(err)
	}
}

// GrowFollowers gives a creator's account a reading of a week ago with half of today's
// followers, and today's.
func GrowFollowers(t testing.TB, a *App, publicID string) {
	t.Helper()
	err := a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		const half = "INSERT INTO account_snapshots (account_id, day, read_at, followers) SELECT id, ?, ?, followers / 2 FROM creator_accounts WHERE creator_id = (SELECT id FROM creators WHERE public_id = ?)"
		week := a.Clock.Now().AddDate(0, 0, -7)
		return tx.Exec(half, week.Format("2006-01-02"), week, publicID).Error
	})
	if err != nil {
		t.Fatal(err)
	}
}

// AddRanked adds creators of FoodTok in Belgium with three posts each, each with a
// lower rate than the one before.
func AddRanked(t testing.TB, a *App, from, to int) {
	t.Helper()
	Must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		for i := from; i < to; i++ {
			for _, q := range []string{
				"INSERT INTO creators (id, public_id, name, listed, created_at, updated_at) VALUES (%[1]d, 'many%[1]d', 'Many %[1]d', TRUE, '2026-11-20', '2026-11-20')",
				"INSERT INTO creator_accounts (id, creator_id, platform, handle, handle_key, source, as_of, followers, listed, created_at, updated_at) VALUES (%[1]d, %[1]d, 'tiktok', 'm%[1]d', 'm%[1]d', 'imported', '2026-11-20', 20000, TRUE, '2026-11-20', '2026-11-20')",
				"INSERT INTO listings (account_id, creator_id, platform, country, tribes, tribes_known, languages, followers, sole) VALUES (%[1]d, %[1]d, 'tiktok', 'BE', ',foodtok,', 'v', '', 20000, TRUE)",
				"INSERT INTO creator_tribes (creator_id, tribe, known) VALUES (%[1]d, 'foodtok', 'derived')",
				"INSERT INTO listing_changes (creator_id) VALUES (%[1]d)",
			} {
				if err := tx.Exec(fmt.Sprintf(q, 1000+i)).Error; err != nil {
					return err
				}
			}
			for post := range 3 {
				err := tx.Exec("INSERT INTO posts (account_id, platform_post_id, posted_at, views, likes, comments, shares, read_at) VALUES (?, ?, ?, 1000, ?, 0, 0, ?)",
					1000+i, fmt.Sprint(post), a.Clock.Now().AddDate(0, 0, -3), 500-i, a.Clock.Now()).Error
				if err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

// ImportCreators imports n invented creators, half of them FoodTok and in France: number
// i has 10,000 + i followers and, except for every fifth, a rate.
func ImportCreators(t testing.TB, a *App, n int) {
	t.Helper()
	var b strings.Builder
	b.WriteString("username,name,followers,country,language,category,avg views,avg likes,avg comments,avg shares\n")
	for i := range n {
		country, language, category := "FR", "fr", "Food"
		if i%2 == 1 {
			country, language, category = "NL", "nl", "Books"
		}
		views := fmt.Sprint(1000 + i)
		if i%5 == 4 {
			views = "N/A"
		}
		fmt.Fprintf(&b, "maker%03d.test,Maker %03d,%d,%s,%s,%s,%s,%d,1,1\n", i, i, 10_000+i, country, language, category, views, 50+i)
	}
	report, err := a.Imports.ImportFiles(context.Background(), []imports.File{importtest.File("list.csv", b.String())},
		imports.Options{Platform: platform.TikTok, AsOf: models.Date{Year: 2026, Month: 11, Day: 1}})
	if err != nil || report.Created != int64(n) {
		t.Fatalf("the list gave %+v, %v", report, err)
	}
}

// LookForNewCreators lets all saved searches find their new creators.
func LookForNewCreators(t testing.TB, a *App) {
	t.Helper()
	if _, err := a.Discovery.FindNewMatches(context.Background()); err != nil {
		t.Fatal(err)
	}
}
