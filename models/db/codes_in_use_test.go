package db_test

import (
	"slices"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
)

// Languages and countries that are stored by codes of before become the ones in use, each
// once, and no row is lost.
func TestStoredCodesBecomeTheOnesInUse(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		if err := d.MigrateTo(ctx, 27); err != nil {
			t.Fatal(err)
		}
		for _, insert := range []string{
			"INSERT INTO creators (id, public_id, name, country, created_at, updated_at) VALUES (1, 'c1', 'A', 'ZR', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (2, 'c2', 'B', 'FR', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
			"INSERT INTO creator_languages (creator_id, language) VALUES (1, 'iw'), (1, 'he'), (1, 'no'), (1, 'en'), (2, 'in'), (2, 'mo')",
			"INSERT INTO creator_accounts (id, creator_id, platform, handle, handle_key, country, source, as_of, followers, created_at, updated_at) VALUES (1, 1, 'tiktok', 'a', 'a', 'TP', 'imported', '2026-11-01', 5, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (2, 2, 'tiktok', 'b', 'b', '', 'imported', '2026-11-01', 5, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
			"INSERT INTO listings (account_id, creator_id, platform, country, tribes, languages, followers, sole) VALUES (1, 1, 'tiktok', 'ZR', '', ',en,he,iw,no,', 1, TRUE), (2, 2, 'tiktok', 'FR', '', ',in,mo,', 1, TRUE)",
			"INSERT INTO brands (id, public_id, name, country, legal_country, created_at) VALUES (1, 'b1', 'A', 'EZ', 'UN', CURRENT_TIMESTAMP), (2, 'b2', 'B', 'BE', 'NL', CURRENT_TIMESTAMP)",
		} {
			exec(t, d, insert)
		}
		if err := d.MigrateTo(ctx, 28); err != nil {
			t.Fatal(err)
		}
		for q, want := range map[string][]string{
			"SELECT creator_id || language FROM creator_languages":            {"1en", "1he", "1nb", "2id", "2ro"},
			"SELECT languages || country FROM listings":                       {",en,he,nb,CD", ",id,ro,FR"},
			"SELECT country FROM creators":                                    {"CD", "FR"},
			"SELECT country FROM creator_accounts":                            {"", "TL"},
			"SELECT public_id || country || '-' || legal_country FROM brands": {"b1-", "b2BE-NL"},
		} {
			var got []string
			if err := d.Read(ctx).Raw(q).Scan(&got).Error; err != nil {
				t.Fatal(err)
			}
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", q, got, want)
			}
		}
	})
}
