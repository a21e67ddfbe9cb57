package creators

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// creatorFacts is what the related tables say about a creator.
type creatorFacts struct {
	tribes       []TribeMembership
	languages    []string
	contentTypes []string
	categories   []string
	prices       []StartingPrice
	absences     []string
	capacity     int64
	activity     DealActivityRow
	accounts     map[int64]*accountFacts
}

// accountFacts is what they say about one account.
type accountFacts struct {
	audience   []string
	snapshots  []AccountSnapshot
	growth     []FollowerGrowth
	posts30    *int64
	lastPosted *string
}

func (x *accountFacts) fillListing(l *Listing) {
	l.Audience, l.Posts30, l.LastPosted = strings.Join(x.audience, ","), x.posts30, x.lastPosted
	for _, g := range x.growth {
		switch g.Days {
		case 30:
			l.Growth30PPM = g.PPM
		case 90:
			l.Growth90PPM = g.PPM
		}
	}
}

func (t creatorFacts) fillPrices(l *Listing) {
	for _, p := range t.prices {
		switch p.Format {
		case "video":
			l.PriceVideoMinor, l.PriceVideoCurrency = &p.Minor, &p.Currency
		case "live":
			l.PriceLiveMinor, l.PriceLiveCurrency = &p.Minor, &p.Currency
		case "story":
			l.PriceStoryMinor, l.PriceStoryCurrency = &p.Minor, &p.Currency
		}
	}
}

// encodeTribes writes tribes between commas and, in the same order, how each is known.
func encodeTribes(rows []TribeMembership) (tribes, known string) {
	slices.SortFunc(rows, func(a, b TribeMembership) int { return strings.Compare(a.Tribe, b.Tribe) })
	var all []string
	var letters strings.Builder
	for i, m := range rows {
		if i > 0 && rows[i-1].Tribe == m.Tribe {
			continue
		}
		all = append(all, m.Tribe)
		letter := map[TribeEvidence]byte{TribeDeclared: 'd', TribeImported: 'i', TribeDerived: 'v'}[m.Known]
		letters.WriteByte(letter)
	}
	return joinBetweenCommas(all), letters.String()
}

// currentMonth returns the present month (UTC), YYYY-MM.
func (s *Store) currentMonth() string { return s.clock().UTC().Format("2006-01") }

// readListingFacts reads the facts about some creators and their listed accounts, in a
// fixed number of statements.
func (s *Store) readListingFacts(tx *db.Tx, creators []*Creator, accounts []*Account) (map[int64]*creatorFacts, error) {
	ids := make([]int64, len(creators))
	all := make(map[int64]*creatorFacts, len(creators))
	for i, c := range creators {
		ids[i], all[c.ID] = c.ID, &creatorFacts{accounts: map[int64]*accountFacts{}}
	}
	if err := s.readCreatorFacts(tx, ids, all); err != nil {
		return nil, err
	}
	byID := make(map[int64]*accountFacts, len(accounts))
	for _, a := range accounts {
		if t := all[a.CreatorID]; t != nil {
			x := &accountFacts{}
			t.accounts[a.ID], byID[a.ID] = x, x
		}
	}
	if err := s.readAccountFacts(tx, accounts, byID); err != nil {
		return nil, err
	}
	return all, s.readPostFacts(tx, accounts, byID)
}

func (s *Store) readCreatorFacts(tx *db.Tx, ids []int64, all map[int64]*creatorFacts) error {
	var rows []struct {
		CreatorID          int64
		Kind, Value, Extra string
		N                  int64
	}
	today := models.DateOf(s.clock().UTC()).String()
	err := tx.Raw(`SELECT creator_id, 'tribe' AS kind, tribe AS value, known AS extra, 0 AS n FROM creator_tribes WHERE creator_id IN @ids
		UNION ALL SELECT creator_id, 'language', language, '', 0 FROM creator_languages WHERE creator_id IN @ids
		UNION ALL SELECT creator_id, 'type', content_type, '', 0 FROM creator_content_types WHERE creator_id IN @ids
		UNION ALL SELECT creator_id, 'price', format, currency, minor FROM creator_prices WHERE creator_id IN @ids
		UNION ALL SELECT creator_id, 'away', from_on, to_on, 0 FROM creator_absences WHERE creator_id IN @ids AND to_on >= @today
		UNION ALL SELECT creator_id, 'capacity', '', '', capacity FROM creator_limits WHERE creator_id IN @ids
		UNION ALL SELECT creator_id, 'category', category, '', deals FROM creator_categories WHERE creator_id IN @ids
		ORDER BY 1, 2, 3`, sql.Named("ids", ids), sql.Named("today", today)).Scan(&rows).Error
	if err != nil {
		return err
	}
	for _, r := range rows {
		t := all[r.CreatorID]
		switch r.Kind {
		case "tribe":
			t.tribes = append(t.tribes, TribeMembership{r.CreatorID, r.Value, TribeEvidence(r.Extra)})
		case "language":
			t.languages = append(t.languages, r.Value)
		case "type":
			t.contentTypes = append(t.contentTypes, r.Value)
		case "price":
			t.prices = append(t.prices, StartingPrice{r.CreatorID, r.Value, r.N, r.Extra})
		case "away":
			t.absences = append(t.absences, r.Value+".."+r.Extra)
		case "capacity":
			t.capacity = r.N
		case "category":
			t.categories = append(t.categories, r.Value)
		}
	}
	var active []DealActivityRow
	err = tx.Where("creator_id IN ?", ids).Find(&active).Error
	for _, a := range active {
		all[a.CreatorID].activity = a
	}
	return err
}

// readAccountFacts reads audiences, and measures growth where the platform's
// terms allow it.
func (s *Store) readAccountFacts(tx *db.Tx, accounts []*Account, byID map[int64]*accountFacts) error {
	ids, measured, from := []int64{0}, []int64{0}, ""
	for _, a := range accounts {
		ids = append(ids, a.ID)
		if a.Source == SourceVerified && s.MayDeriveFigures(a.Platform) {
			measured = append(measured, a.ID)
			if day := models.DateOf(a.AsOf.UTC()).AddDays(-historyDays).String(); from == "" || day < from {
				from = day
			}
		}
	}
	var rows []struct {
		AccountID        int64
		Kind, Value, Key string
		N                int64
	}
	err := tx.Raw(`SELECT account_id, 'share' AS kind, kind AS value, key, ppm AS n FROM audience_shares WHERE account_id IN @ids
		UNION ALL SELECT account_id, 'snapshot', day, '', followers FROM account_snapshots WHERE account_id IN @measured AND day >= @from
		ORDER BY 1, 2, 3, 5 DESC, 4`, sql.Named("ids", ids), sql.Named("measured", measured), sql.Named("from", from)).Scan(&rows).Error
	for _, r := range rows {
		x := byID[r.AccountID]
		switch {
		case x == nil:
		case r.Kind == "snapshot":
			x.snapshots = append(x.snapshots, AccountSnapshot{AccountID: r.AccountID, Day: r.Value, Followers: r.N})
		case !strings.ContainsAny(r.Key, ",:"): // no platform has such a key
			x.audience = append(x.audience, fmt.Sprintf("%s:%s:%d", r.Value, r.Key, r.N))
		}
	}
	for _, a := range accounts {
		if x := byID[a.ID]; x != nil {
			x.growth = s.growthOf(*a, x.snapshots)
		}
	}
	return err
}

// readPostFacts counts the latest posts. A count of YouTube's posts is derived
// from its data, so it needs the same permission as other figures.
func (s *Store) readPostFacts(tx *db.Tx, accounts []*Account, byID map[int64]*accountFacts) error {
	ids, earliest, byAccount := []int64{0}, time.Time{}, map[int64]*Account{}
	for _, a := range accounts {
		ids, byAccount[a.ID] = append(ids, a.ID), a
		if earliest.IsZero() || a.AsOf.Before(earliest) {
			earliest = a.AsOf
		}
	}
	var posts []Post
	err := tx.Raw(`SELECT account_id, posted_at FROM posts p WHERE account_id IN @ids
			AND (posted_at > @from OR posted_at = (SELECT max(x.posted_at) FROM posts x WHERE x.account_id = p.account_id))`,
		sql.Named("ids", ids), sql.Named("from", earliest.Add(-recentWindow).UTC())).Scan(&posts).Error
	slices.SortFunc(posts, func(a, b Post) int {
		return cmp.Or(cmp.Compare(a.AccountID, b.AccountID), a.PostedAt.Compare(b.PostedAt))
	})
	for _, p := range posts {
		x, a := byID[p.AccountID], byAccount[p.AccountID]
		if x == nil {
			continue
		}
		x.lastPosted = new(models.DateOf(p.PostedAt.UTC()).String())
		if a.Source == SourceVerified && !s.MayDeriveFigures(a.Platform) {
			continue
		}
		if x.posts30 == nil {
			x.posts30 = new(int64)
		}
		if p.PostedAt.After(a.AsOf.Add(-recentWindow)) && !p.PostedAt.After(a.AsOf) {
			*x.posts30++
		}
	}
	return err
}
