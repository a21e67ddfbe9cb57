package rankings

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// TribePagesArgs is the job that computes what tribe pages show.
type TribePagesArgs struct{}

// Kind is the job's name, for River.
func (TribePagesArgs) Kind() string { return "creators.tribe_pages" }

// tribeTally collects a tribe's creators. It holds three numbers per creator,
// some 50 MB for a million, and at most the catalogue's hashtags.
type tribeTally struct {
	creators int64
	tiers    map[creators.Tier]*tierTally
	top      []standingOf
	tags     map[string]int64
}

type tierTally struct {
	followers, engagement, views []int64
	prices                       map[string][]int64 // by currency
}

// standingOf is an account with what it is ranked by.
type standingOf struct{ accountID, creatorID, standing int64 }

func (a standingOf) compare(b standingOf) int {
	return cmp.Or(cmp.Compare(b.standing, a.standing), cmp.Compare(a.creatorID, b.creatorID), cmp.Compare(a.accountID, b.accountID))
}

// ComputeTribePages computes what all tribe pages show. It reads batch by
// batch, outside the transaction that then replaces the previous results.
func (s *Store) ComputeTribePages(ctx context.Context) error {
	tallies := map[string]*tribeTally{}
	for _, t := range s.creators.TribeCatalogue().VisibleTribes() {
		tallies[t.Slug] = &tribeTally{tiers: map[creators.Tier]*tierTally{}, tags: map[string]int64{}}
	}
	now := s.clock()
	err := s.eachBatch(ctx, func(after, until int64) error { return s.tallyBatch(ctx, tallies, now, after, until) })
	if err != nil {
		return models.Internal("compute the tribe pages", err)
	}
	var figures, tops, tags [][]any
	for _, slug := range slices.Sorted(maps.Keys(tallies)) {
		t := tallies[slug]
		figures = append(figures, t.figureRows(slug, now)...)
		for i, c := range t.top {
			tops = append(tops, []any{slug, i + 1, c.accountID})
		}
		for i, x := range t.mostUsedTags() {
			tags = append(tags, []any{slug, i + 1, x.Hashtag, x.Creators})
		}
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		for _, table := range []struct {
			name, columns string
			rows          [][]any
		}{
			{"tribe_figures", "tribe, tier, figure, currency, creators, value, as_of", figures},
			{"tribe_tops", "tribe, place, account_id", tops},
			{"tribe_hashtags", "tribe, place, hashtag, creators", tags},
		} {
			if err := tx.Exec("DELETE FROM " + table.name).Error; err != nil {
				return err
			}
			if err := db.InsertRows(tx, table.name, table.columns, table.rows); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return models.Internal("keep the tribe pages", err)
	}
	return nil
}

// member is a creator with their tribes, while a batch is read.
type member struct {
	tribes []string
	most   *tribeRow // the most followed account with figures
	top    standingOf
	tags   map[string]bool
}

type tribeRow struct {
	CreatorID, AccountID, Followers, Standing int64
	Platform, Tribes                          string
	EngagementPPM                             *int64 `gorm:"column:engagement_ppm"`
	MedianViews                               *int64
}

func (s *Store) tallyBatch(ctx context.Context, tallies map[string]*tribeTally, now time.Time, after, until int64) error {
	var rows []tribeRow
	err := s.db.Read(ctx).Raw(tribeMembersSQL, after, until).Scan(&rows).Error
	if err != nil {
		return err
	}
	members := map[int64]*member{}
	for i := range rows {
		r := &rows[i]
		m, top := members[r.CreatorID], standingOf{r.AccountID, r.CreatorID, r.Standing}
		if m == nil {
			m = &member{tribes: s.creators.TribeCatalogue().Shown(r.Tribes), top: top, tags: map[string]bool{}}
			members[r.CreatorID] = m
		}
		if top.compare(m.top) < 0 {
			m.top = top
		}
		if s.creators.MayDeriveFigures(r.Platform) && (m.most == nil || r.Followers > m.most.Followers) {
			m.most = r
		}
	}
	if err := s.tagsOf(ctx, members, now, after, until); err != nil {
		return err
	}
	prices, err := creators.StartingPricesOfCreators(s.db.Read(ctx), "video", after, until)
	if err != nil {
		return err
	}
	asked := map[int64]creators.StartingPrice{}
	for _, p := range prices {
		asked[p.CreatorID] = p
	}
	for id, m := range members {
		for _, slug := range m.tribes {
			if t := tallies[slug]; t != nil {
				t.addMember(m, asked[id])
			}
		}
	}
	return nil
}

// tagsOf collects the hashtags that creators have used recently. Only the
// catalogue's words count: none of them reveals religion, health, orientation or
// party, while what people write may.
func (s *Store) tagsOf(ctx context.Context, members map[int64]*member, now time.Time, after, until int64) error {
	derived := slices.DeleteFunc(platform.Names(), func(p string) bool { return !s.creators.MayDeriveFigures(p) })
	rows, err := s.db.Read(ctx).Raw(tribeHashtagsSQL,
		now.AddDate(0, 0, -TribeTagDays), now, after, until, derived).Rows()
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id int64
		var tags string
		if err := rows.Scan(&id, &tags); err != nil {
			return err
		}
		m := members[id]
		for tag := range strings.FieldsSeq(tags) {
			if _, known := s.creators.TribeCatalogue().TribeByHashtag(tag); known && m != nil {
				m.tags[tag] = true
			}
		}
	}
	return rows.Err()
}

func (t *tribeTally) addMember(m *member, price creators.StartingPrice) {
	t.creators++
	for tag := range m.tags {
		t.tags[tag]++
	}
	at, _ := slices.BinarySearchFunc(t.top, m.top, standingOf.compare)
	if at < TribeTop+tribeTopSpare {
		t.top = slices.Insert(t.top, at, m.top)
		t.top = t.top[:min(len(t.top), TribeTop+tribeTopSpare)]
	}
	if m.most == nil {
		return
	}
	tier := t.tiers[creators.TierOf(m.most.Followers)]
	if tier == nil {
		tier = &tierTally{prices: map[string][]int64{}}
		t.tiers[creators.TierOf(m.most.Followers)] = tier
	}
	tier.followers = append(tier.followers, m.most.Followers)
	if m.most.EngagementPPM != nil {
		tier.engagement = append(tier.engagement, *m.most.EngagementPPM)
	}
	if m.most.MedianViews != nil {
		tier.views = append(tier.views, *m.most.MedianViews)
	}
	if price.Minor > 0 {
		tier.prices[price.Currency] = append(tier.prices[price.Currency], price.Minor)
	}
}

// figureRows returns the rows of a tribe's figures.
func (t *tribeTally) figureRows(slug string, now time.Time) [][]any {
	if t.creators == 0 {
		return nil
	}
	rows := [][]any{{slug, "", tribeCreators, "", t.creators, t.creators, now}}
	for _, tier := range creators.Tiers() {
		x := t.tiers[tier]
		if x == nil {
			continue
		}
		n := int64(len(x.followers))
		rows = append(rows, []any{slug, string(tier), tribeCreators, "", n, n, now})
		over := func(figure, currency string, all []int64) {
			if len(all) >= TribeLeast {
				rows = append(rows, []any{slug, string(tier), figure, currency, int64(len(all)), creators.Median(all), now})
			}
		}
		over(tribeFollowers, "", x.followers)
		over(tribeEngagement, "", x.engagement)
		over(tribeViews, "", x.views)
		for _, currency := range slices.Sorted(maps.Keys(x.prices)) {
			over(tribePrice, currency, x.prices[currency])
		}
	}
	return rows
}

// mostUsedTags returns the hashtags used by at least TribeLeast creators.
func (t *tribeTally) mostUsedTags() []TribeTag {
	var all []TribeTag
	for tag, n := range t.tags {
		if n >= TribeLeast {
			all = append(all, TribeTag{Hashtag: tag, Creators: n})
		}
	}
	slices.SortFunc(all, func(a, b TribeTag) int {
		return cmp.Or(cmp.Compare(b.Creators, a.Creators), cmp.Compare(a.Hashtag, b.Hashtag))
	})
	return all[:min(len(all), TribeTop)]
}
