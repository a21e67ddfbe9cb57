package creators_test

import (
	"context"
	"fmt"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models/creators"
	"tribemarket/models/db"
)

// The band of a row is that of the account's platform and tier, whatever number of
// followers it has: SQL divides into tiers as TierOf does.
func TestListDetailsCompareWithTheTier(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), context.Background()
		joined := w.connect(profile("u1", "one", 20_000))
		w.must(w.EditProfile(ctx, joined.Actor, creators.ProfileForm{Name: "One", Tribes: []string{"foodtok"}}))
		var account creators.Account
		w.must(d.Read(ctx).Where("creator_id = ?", joined.Actor.CreatorID).Take(&account).Error)
		w.must(d.Tx(ctx, func(tx *db.Tx) error {
			for i, tier := range creators.Tiers() {
				if err := tx.Exec("INSERT INTO engagement_bands (platform, tier, tribe, accounts, low_ppm, high_ppm) VALUES (?, ?, 'foodtok', 30, ?, ?)", account.Platform, tier, i, i+1).Error; err != nil {
					return err
				}
			}
			return nil
		}))
		for _, followers := range []int64{1, 9_999, 10_000, 99_999, 100_000, 499_999, 500_000, 999_999, 1_000_000} {
			w.must(d.Read(ctx).Exec("UPDATE listings SET followers = ? WHERE account_id = ?", followers, account.ID).Error)
			all, err := w.ReadListDetails(ctx, []int64{account.CreatorID}, []int64{account.ID}, 5)
			w.must(err)
			if bands := all.Bands[account.CreatorID]; len(bands) != 1 || bands[0].Tier != creators.TierOf(followers) {
				t.Errorf("%d followers are compared with %+v", followers, bands)
			}
		}
		all, err := w.ReadListDetails(ctx, []int64{account.CreatorID}, nil, 0)
		w.must(err)
		if len(all.Bands)+len(all.Snapshots) != 0 || len(all.Tribes[account.CreatorID]) != 1 {
			t.Errorf("without accounts: %s", fmt.Sprint(all))
		}
	})
}
