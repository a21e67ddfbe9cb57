package creators

import (
	"errors"
	"slices"
	"strings"

	"tribemarket/models/db"
)

// Listing is what a search reads of a listed account. The rows follow from the
// tables around them, and relist and an import alone write them.
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
	Bands         int64 // a digit each of followers, engagement and views, see band
	Sole          bool  // the creator has no other listing
	Standing      int64 // see standing
}

// TableName is GORM's.
func (Listing) TableName() string { return "listings" }

const listingColumns = "account_id, creator_id, platform, country, tribes, languages, followers, engagement_ppm, median_views, bands, sole, standing"

func (l Listing) row() []any {
	return []any{l.AccountID, l.CreatorID, l.Platform, l.Country, l.Tribes, l.Languages, l.Followers, l.EngagementPPM, l.MedianViews, l.Bands, l.Sole, l.Standing}
}

// The bands by which a search counts: a listing is in the last one whose limit
// it reaches. Followers are counted band by band, from a limit to under the
// next one; engagement and views from a limit upwards.
var (
	followerBands   = []int64{FollowerFloor, 100_000, 500_000, 1_000_000}
	engagementBands = []int64{20_000, 50_000, 100_000, 150_000, 200_000}
	viewBands       = []int64{10_000, 50_000, 100_000, 500_000, 1_000_000}
)

// band is the number of limits that a figure reaches; 0 when it is not known.
func band(figure *int64, limits []int64) (n int64) {
	for _, l := range limits {
		if figure != nil && *figure >= l {
			n++
		}
	}
	return n
}

// standingStep is more than any account has followers.
const standingStep = 10_000_000_000_000

// Trust says how far an account's figures can be trusted by where they come
// from and how old they are.
type Trust int64

// The steps: a file or somebody's word, the platform's word of long ago, and
// its word of late. Hits are sorted by them first.
const (
	TrustNone Trust = iota
	TrustOld
	TrustFresh
)

// Trust is the account's.
func (a *Account) Trust() Trust {
	switch {
	case a.Source != Verified:
		return TrustNone
	case a.Aged:
		return TrustOld
	}
	return TrustFresh
}

func (t Trust) step() int64 { return int64(t) * standingStep }

// listings are the rows of a creator.
func (c *Creator) listings(accounts []*Account, tribes, languages []string) []Listing {
	var rows []Listing
	for _, a := range accounts {
		if a.Listed {
			rows = append(rows, Listing{
				AccountID: a.ID, CreatorID: c.ID, Platform: a.Platform, Country: c.Country, Tribes: between(tribes), Languages: between(languages),
				Followers: a.Followers, EngagementPPM: a.EngagementPPM, MedianViews: a.MedianViews,
				Standing: a.Trust().step() + a.Followers,
				Bands:    max(1, band(&a.Followers, followerBands))*100 + band(a.EngagementPPM, engagementBands)*10 + band(a.MedianViews, viewBands),
			})
		}
	}
	for i := range rows {
		rows[i].Sole = len(rows) == 1
	}
	return rows
}

func between(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "," + strings.Join(slices.Compact(slices.Sorted(slices.Values(words))), ",") + ","
}

// isListed is the one rule of who is listed: a creator with a listed account who
// is not suspended, and neither is the person who has claimed her profile.
const isListed = `creators.suspended_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM people p WHERE p.id = creators.person_id AND p.suspended_at IS NOT NULL)
	AND EXISTS (SELECT 1 FROM creator_accounts a WHERE a.creator_id = creators.id AND a.listed)`

// relist decides which of some creators are listed and makes their listings
// anew. Whoever changes accounts, countries, tribes, languages or suspensions
// calls it in the same transaction.
func relist(tx *db.Tx, creatorIDs []int64) error {
	if len(creatorIDs) == 0 {
		return nil
	}
	var creators []*Creator
	var accounts []*Account
	var tribes []Membership
	var languages []SpokenLanguage
	err := errors.Join(
		tx.Exec("UPDATE creators SET listed = NOT listed WHERE id IN ? AND listed <> ("+isListed+")", creatorIDs).Error,
		tx.Exec("DELETE FROM listings WHERE creator_id IN ?", creatorIDs).Error,
		tx.Select("id", "country").Where("id IN ? AND listed", creatorIDs).Order("id").Find(&creators).Error,
		tx.Where("creator_id IN ? AND listed", creatorIDs).Order("id").Find(&accounts).Error,
		tx.Where("creator_id IN ?", creatorIDs).Find(&tribes).Error,
		tx.Where("creator_id IN ?", creatorIDs).Find(&languages).Error,
	)
	if err != nil {
		return err
	}
	byCreator, in, speak := map[int64][]*Account{}, map[int64][]string{}, map[int64][]string{}
	for _, a := range accounts {
		byCreator[a.CreatorID] = append(byCreator[a.CreatorID], a)
	}
	for _, t := range tribes {
		in[t.CreatorID] = append(in[t.CreatorID], t.Tribe)
	}
	for _, l := range languages {
		speak[l.CreatorID] = append(speak[l.CreatorID], l.Language)
	}
	var rows []Listing
	for _, c := range creators {
		rows = append(rows, c.listings(byCreator[c.ID], in[c.ID], speak[c.ID])...)
	}
	return insertListings(tx, rows)
}

func insertListings(tx *db.Tx, listings []Listing) error {
	rows := make([][]any, len(listings))
	for i, l := range listings {
		rows[i] = l.row()
	}
	return insertRows(tx, "listings", listingColumns, rows)
}
