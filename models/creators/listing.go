package creators

import (
	"fmt"
	"slices"
	"strings"

	"tribemarket/models/db"
)

// Listing is what a search reads of a listed account. The rows are made by
// relist and by nothing else.
type Listing struct {
	AccountID     int64 `gorm:"primaryKey"`
	CreatorID     int64
	Platform      string
	Country       string
	Tribes        string // between commas, in order
	Languages     string // likewise
	Followers     int64
	EngagementPPM *int64 `gorm:"column:engagement_ppm"`
	MedianViews   *int64
	Bands         int64 // see bands
	Sole          bool  // the creator has no other listing
}

// TableName is GORM's.
func (Listing) TableName() string { return "listings" }

// The bands by which a search counts: a listing is in the last one whose limit
// it reaches. Followers are counted band by band, from a limit to under the
// next one; engagement and views from a limit upwards.
var (
	followerBands   = []int64{FollowerFloor, 100_000, 500_000, 1_000_000}
	engagementBands = []int64{20_000, 50_000, 100_000, 150_000, 200_000}
	viewBands       = []int64{10_000, 50_000, 100_000, 500_000, 1_000_000}
)

// bands is the SQL of a listing's bands: a digit each of followers, engagement
// and views, 0 for one that is below the first limit or not known.
func bands() string {
	return band("a.followers", followerBands) + " * 100 + " + band("a.engagement_ppm", engagementBands) + " * 10 + " + band("a.median_views", viewBands)
}

func band(column string, limits []int64) string {
	var b strings.Builder
	b.WriteString("CASE")
	for i := len(limits) - 1; i >= 0; i-- {
		fmt.Fprintf(&b, " WHEN %s >= %d THEN %d", column, limits[i], i+1)
	}
	return b.String() + " ELSE 0 END"
}

// relist makes the listings of some creators anew. Whoever changes accounts,
// countries, tribes or languages calls it in the same transaction.
func relist(tx *db.Tx, creatorIDs []int64) error {
	if len(creatorIDs) == 0 {
		return nil
	}
	some, args := "creator_id IN ?", []any{creatorIDs}
	if first, last := slices.Min(creatorIDs), slices.Max(creatorIDs); last-first+1 == int64(len(creatorIDs)) {
		// What an import has just added stands in a row, and the statement stays the same.
		some, args = "creator_id BETWEEN ? AND ?", []any{first, last}
	}
	if err := tx.Exec("DELETE FROM listings WHERE "+some, args...).Error; err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO listings (account_id, creator_id, platform, country, tribes, languages,
			followers, engagement_ppm, median_views, bands, sole)
		SELECT a.id, a.creator_id, a.platform, c.country,
			coalesce((SELECT ',' || string_agg(t.tribe, ',' ORDER BY t.tribe) || ',' FROM creator_tribes t WHERE t.creator_id = c.id), ''),
			coalesce((SELECT ',' || string_agg(s.language, ',' ORDER BY s.language) || ',' FROM creator_languages s WHERE s.creator_id = c.id), ''),
			a.followers, a.engagement_ppm, a.median_views, `+bands()+`,
			NOT EXISTS (SELECT 1 FROM creator_accounts o WHERE o.creator_id = a.creator_id AND o.id <> a.id AND o.listed)
		FROM creator_accounts a JOIN creators c ON c.id = a.creator_id
		WHERE a.`+some+` AND a.listed AND c.listed`, args...).Error
}
