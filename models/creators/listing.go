package creators

import (
	"errors"
	"slices"
	"strings"

	"tribemarket/models/db"
)

// Listing is what a search reads of a listed account. The rows are derived from
// other tables, and only Relist and imports write them; each change is recorded
// in listing_changes, see ReadListingChanges. Texts with several values have
// them in order between commas: ",a,b,".
type Listing struct {
	AccountID     int64 `gorm:"primaryKey"`
	CreatorID     int64
	Platform      string
	Country       string
	Region        string // ISO 3166-2 with its country, or ""
	Tribes        string
	TribesKnown   string // a letter for each of Tribes: d(eclared), i(mported) or v for one that is derived
	Languages     string
	ContentTypes  string
	Categories    string // of the brands' products in the creator's completed deals
	Source        FigureSource
	Aged          bool // part of Trust, with Source
	Followers     int64
	EngagementPPM *int64 `gorm:"column:engagement_ppm"`
	MedianViews   *int64
	MeanViews     *int64
	P25Views      *int64  `gorm:"column:p25_views"`
	P75Views      *int64  `gorm:"column:p75_views"`
	Growth30PPM   *int64  `gorm:"column:growth_30_ppm"` // see FollowerGrowth; negative if followers were lost
	Growth90PPM   *int64  `gorm:"column:growth_90_ppm"`
	Posts30       *int64  `gorm:"column:posts_30"` // posts of the 30 days before the figures' date; nil if no post is known
	LastPosted    *string // the day of the newest post, YYYY-MM-DD (UTC)

	PriceVideoMinor    *int64
	PriceVideoCurrency *string
	PriceLiveMinor     *int64
	PriceLiveCurrency  *string
	PriceStoryMinor    *int64
	PriceStoryCurrency *string

	ResponseMinutes *int64 // see DealActivity
	ResponsePPM     *int64 `gorm:"column:response_ppm"`
	FullMonths      string // in which nothing more can be due (UTC), by the creator's own limit: ,2026-11,2027-01,
	Absences        string // absences that were not over yet: 2026-12-20..2027-01-03,2027-02-01..2027-02-01
	Audience        string // country:FR:450000,age:18-24:300000: dimension, key and millionths, largest share of a dimension first

	Sole     bool  // the creator has no other listing
	Standing int64 // see standing
}

// TableName is the table's name, for GORM.
func (Listing) TableName() string { return "listings" }

const listingColumns = "account_id, creator_id, platform, country, region, tribes, tribes_known, languages, content_types, categories, source, aged, " +
	"followers, engagement_ppm, median_views, mean_views, p25_views, p75_views, growth_30_ppm, growth_90_ppm, posts_30, last_posted, " +
	"price_video_minor, price_video_currency, price_live_minor, price_live_currency, price_story_minor, price_story_currency, " +
	"response_minutes, response_ppm, full_months, absences, audience, sole, standing"

func (l Listing) rowValues() []any {
	return []any{
		l.AccountID, l.CreatorID, l.Platform, l.Country, l.Region, l.Tribes, l.TribesKnown, l.Languages, l.ContentTypes, l.Categories, string(l.Source), l.Aged,
		l.Followers, l.EngagementPPM, l.MedianViews, l.MeanViews, l.P25Views, l.P75Views, l.Growth30PPM, l.Growth90PPM, l.Posts30, l.LastPosted,
		l.PriceVideoMinor, l.PriceVideoCurrency, l.PriceLiveMinor, l.PriceLiveCurrency, l.PriceStoryMinor, l.PriceStoryCurrency,
		l.ResponseMinutes, l.ResponsePPM, l.FullMonths, l.Absences, l.Audience, l.Sole, l.Standing,
	}
}

// listedFigureColumns are those that a file of imported figures can change, and before
// them and last those that a row has to have.
const listedFigureColumns = "account_id, creator_id, platform, tribes, languages, country, followers, engagement_ppm, median_views, mean_views, p25_views, p75_views, standing, sole"

func (l Listing) figureValues() []any {
	return []any{
		l.AccountID, l.CreatorID, l.Platform, l.Tribes, l.Languages, l.Country, l.Followers, l.EngagementPPM, l.MedianViews, l.MeanViews, l.P25Views, l.P75Views, l.Standing, l.Sole,
	}
}

// standingStep is larger than any number of followers.
const standingStep = 10_000_000_000_000

// FigureTrust says how far an account's figures can be trusted, by their source
// and age.
type FigureTrust int64

// The levels: imported or declared, verified but old, and verified recently.
// Hits are sorted by them first.
const (
	TrustNone FigureTrust = iota
	TrustOld
	TrustFresh
)

// Trust returns the account's level of trust.
func (a *Account) Trust() FigureTrust {
	switch {
	case a.Source != SourceVerified:
		return TrustNone
	case a.Aged:
		return TrustOld
	}
	return TrustFresh
}

func (t FigureTrust) standingOffset() int64 { return int64(t) * standingStep }

// buildListings builds a creator's rows from the facts in the related tables.
func (s *Store) buildListings(c *Creator, accounts []*Account, t creatorFacts) []Listing {
	of := Listing{
		CreatorID: c.ID, Country: c.Country, Region: c.Region, Languages: joinBetweenCommas(t.languages), ContentTypes: joinBetweenCommas(t.contentTypes), Categories: joinBetweenCommas(t.categories),
		Absences: strings.Join(t.absences, ","),
	}
	of.Tribes, of.TribesKnown = encodeTribes(t.tribes)
	t.fillPrices(&of)
	t.activity.fillListing(&of, t.capacity, s.currentMonth())
	var rows []Listing
	for _, a := range accounts {
		if !a.Listed {
			continue
		}
		l := of
		l.AccountID, l.Platform, l.Source, l.Aged = a.ID, a.Platform, a.Source, a.Aged
		l.Followers, l.EngagementPPM, l.MedianViews, l.MeanViews, l.P25Views, l.P75Views = a.Followers, a.EngagementPPM, a.MedianViews, a.MeanViews, a.P25Views, a.P75Views
		l.Standing = a.Trust().standingOffset() + a.Followers
		if x := t.accounts[a.ID]; x != nil {
			x.fillListing(&l)
		}
		rows = append(rows, l)
	}
	for i := range rows {
		rows[i].Sole = len(rows) == 1
	}
	return rows
}

func joinBetweenCommas(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "," + strings.Join(slices.Compact(slices.Sorted(slices.Values(words))), ",") + ","
}

// relistBatch is how many creators one statement reads.
const relistBatch = 500

// Relist decides which of the given creators are listed and rebuilds their
// listings. Whoever changes anything that a Listing or a search text is made of
// calls it in the same transaction.
func (s *Store) Relist(tx *db.Tx, creatorIDs []int64) error {
	for some := range slices.Chunk(creatorIDs, relistBatch) {
		if err := s.rebuildListingsBatch(tx, some); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) rebuildListingsBatch(tx *db.Tx, ids []int64) error {
	listed, err := clearListings(tx, ids)
	if err != nil {
		return err
	}
	var creators []*Creator
	var accounts []*Account
	err = errors.Join(
		tx.Select("id", "country", "region").Where("id IN ? AND listed", ids).Order("id").Find(&creators).Error,
		tx.Where("creator_id IN ? AND listed", ids).Order("id").Find(&accounts).Error,
	)
	if err != nil {
		return err
	}
	return s.writeListings(tx, listed, creators, accounts)
}

// clearListings decides which creators are listed, and deletes their listings. It gives
// those that had some.
func clearListings(tx *db.Tx, ids []int64) (listed []int64, err error) {
	err = errors.Join(
		tx.Exec("UPDATE creators SET listed = NOT listed WHERE id IN ? AND listed <> ("+isListedSQL+")", ids).Error,
		tx.Raw("SELECT DISTINCT creator_id FROM listings WHERE creator_id IN ?", ids).Scan(&listed).Error,
		tx.Exec("DELETE FROM listings WHERE creator_id IN ?", ids).Error,
	)
	return listed, err
}

// writeListings writes the listings of listed creators and accounts; wasListed are the
// creators that had some before.
func (s *Store) writeListings(tx *db.Tx, wasListed []int64, creators []*Creator, accounts []*Account) error {
	if len(creators) == 0 {
		return nil
	}
	byCreator := map[int64][]*Account{}
	for _, a := range accounts {
		byCreator[a.CreatorID] = append(byCreator[a.CreatorID], a)
	}
	known, err := s.readListingFacts(tx, creators, accounts)
	if err != nil {
		return err
	}
	slices.Sort(wasListed)
	var rows [][]any
	var fresh []int64
	for _, c := range creators {
		own := s.buildListings(c, byCreator[c.ID], *known[c.ID])
		for _, l := range own {
			rows = append(rows, l.rowValues())
		}
		if _, was := slices.BinarySearch(wasListed, c.ID); !was && len(own) > 0 { // for the others, the trigger on deletion has recorded it
			fresh = append(fresh, c.ID)
		}
	}
	return errors.Join(db.InsertRows(tx, "listings", listingColumns, rows), recordListingChanges(tx, fresh))
}

// updateListedFigures writes the figures and countries of listings, given as figureValues.
func updateListedFigures(tx *db.Tx, listings [][]any) error {
	changed := make([]int64, len(listings))
	for i, values := range listings {
		changed[i] = values[1].(int64)
	}
	return errors.Join(
		upsertRows(tx, "listings", listedFigureColumns, listings, "creator_id", "platform", "tribes", "languages", "sole"),
		recordListingChanges(tx, changed),
	)
}

// recordListingChanges records that creators' listings have changed.
func recordListingChanges(tx *db.Tx, creatorIDs []int64) error {
	rows := make([][]any, len(creatorIDs))
	for i, id := range creatorIDs {
		rows[i] = []any{id}
	}
	return db.InsertRows(tx, "listing_changes", "creator_id", rows)
}
