package creators_test

import (
	"context"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

// Lists name channels of YouTube by their ID, by their handle, or one by each: whoever
// owns the channel gets the profile, and stands in no second one.
func TestWhoOwnsAChannelGetsTheProfileOfItsID(t *testing.T) {
	t.Parallel()
	const id = "UCabcdefghijklmnopqrstuv"
	byID := "channelId,title,subscribers\n" + id + ",Mina Flute,75600\n"
	byHandle := "handle,name,subscribers\nminaflute,Mina,75700\n"
	for name, lists := range map[string][]string{"by its ID": {byID}, "by both": {byID, byHandle}, "by both, turned round": {byHandle, byID}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
				w := newWorld(t, d)
				load := func() {
					t.Helper()
					for _, list := range lists {
						w.load(list, imports.Options{Platform: platform.YouTube, AsOf: in2026})
					}
				}
				load()
				p := profile(id, "MinaFlute", 80_000)
				p.Platform = platform.YouTube
				out, err := w.SignInWithPlatform(context.Background(), platform.YouTube, p, creators.PlatformToken{}, "en")
				w.must(err)
				if !out.ProfileClaimed {
					t.Error("the profile was not taken over")
				}
				load()
				if n := w.rows("SELECT count(*) FROM creator_accounts"); n != 1 {
					t.Errorf("%d accounts", n)
				}
				if a := w.account(platform.YouTube, "minaflute"); a.PlatformUserID == nil || *a.PlatformUserID != id || a.Followers != 80_000 || a.CreatorID != out.Creator.ID {
					t.Errorf("%+v", a)
				}
			})
		})
	}
}
