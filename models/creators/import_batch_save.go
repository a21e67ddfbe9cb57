package creators

import (
	"errors"
	"maps"
	"slices"
	"time"

	"tribemarket/models/db"
)

// saveBatch writes what has changed in a batch, and updates the listings.
func (b *importBatch) saveBatch(s *Store, tx *db.Tx, now time.Time) error {
	var creators, accounts [][]any
	for a := range b.changedAccounts {
		b.changedCreators[a.CreatorID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(b.changedCreators)) {
		c := b.creators[id]
		before := *c
		c.updateFromAccounts(b.accountsByCreator[id])
		for a, moved := range b.marketplace.listImportedAccounts(c, b.accountsByCreator[id]) {
			if moved {
				b.changedAccounts[a] = true
			}
		}
		if before != *c {
			c.UpdatedAt = now
			creators = append(creators, c.rowValues())
		}
		for _, a := range b.accountsByCreator[id] {
			if b.changedAccounts[a] {
				accounts = append(accounts, a.rowValues())
			}
		}
	}
	if err := b.assignIDs(tx); err != nil {
		return err
	}
	var newCreators, newAccounts [][]any
	var listings []Listing
	for _, n := range b.newCreators {
		own := []*Account{n.account}
		n.updateFromAccounts(own)
		b.marketplace.listImportedAccounts(&n.Creator, own)
		n.Listed = n.account.Listed // nobody has claimed or suspended it
		newCreators, newAccounts = append(newCreators, n.rowValues()), append(newAccounts, n.account.rowValues())
		listings = append(listings, s.buildListings(&n.Creator, own, n.facts())...)
		for _, l := range n.languages {
			b.newLanguages = append(b.newLanguages, SpokenLanguage{n.ID, l})
		}
		for _, t := range n.tribes {
			b.newTribes = append(b.newTribes, TribeMembership{n.ID, t, TribeImported})
		}
	}
	return errors.Join(
		db.InsertRows(tx, "creators", creatorColumns, newCreators),
		db.InsertRows(tx, "creator_accounts", accountColumns, newAccounts),
		upsertRows(tx, "creators", creatorColumns, creators, "public_id", "person_id", "claimed_at", "created_at"),
		upsertAccounts(tx, accounts),
		insertLanguages(tx, b.newLanguages),
		insertTribes(tx, b.newTribes),
		insertListings(tx, listings),
		recordListingChanges(tx, listings),
		b.relist(s, tx),
	)
}

// relist is Store.Relist of the creators that changed, whose rows need not be read again.
func (b *importBatch) relist(s *Store, tx *db.Tx) error {
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(b.changedCreators)), relistBatch) {
		wasListed, err := clearListings(tx, ids)
		if err != nil {
			return err
		}
		var listed []int64
		if err := tx.Raw("SELECT id FROM creators WHERE id IN ? AND listed ORDER BY id", ids).Scan(&listed).Error; err != nil {
			return err
		}
		var creators []*Creator
		var accounts []*Account
		for _, id := range listed {
			creators = append(creators, b.creators[id])
			for _, a := range b.accountsByCreator[id] {
				if a.Listed {
					accounts = append(accounts, a)
				}
			}
		}
		if err := s.writeListings(tx, wasListed, creators, accounts); err != nil {
			return err
		}
	}
	return nil
}

// assignIDs gives new creators and their accounts ids, so that dependent rows can
// be written without reading the ids back.
func (b *importBatch) assignIDs(tx *db.Tx) error {
	creators, err := reserveIDs(tx, "creators", len(b.newCreators))
	if err != nil {
		return err
	}
	accounts, err := reserveIDs(tx, "creator_accounts", len(b.newCreators))
	if err != nil {
		return err
	}
	for i, n := range b.newCreators {
		n.ID, n.account.ID, n.account.CreatorID = creators[i], accounts[i], creators[i]
	}
	return nil
}

// reserveIDs reserves unused ids; creators' ids are never reused, since references
// by id outlive a profile. On SQLite the transaction holds the only write lock, so
// that counting up is safe, and the creator with the highest id is never deleted.
func reserveIDs(tx *db.Tx, table string, n int) ([]int64, error) {
	ids := make([]int64, n)
	if n == 0 {
		return nil, nil
	}
	if tx.Name() == string(db.Postgres) {
		ids = ids[:0]
		err := tx.Raw("SELECT nextval(pg_get_serial_sequence(?, 'id')) FROM generate_series(1, ?)", table, n).Scan(&ids).Error
		return ids, err
	}
	var last int64
	err := tx.Raw("SELECT coalesce(max(id), 0) FROM " + table).Scan(&last).Error
	for i := range ids {
		ids[i] = last + int64(i) + 1
	}
	return ids, err
}

const (
	creatorColumns = "id, public_id, person_id, name, bio, country, zone, search_text, listed, claimed_at, created_at, updated_at"
	accountColumns = "id, creator_id, platform, platform_user_id, handle, handle_key, name, name_as_of, country, country_as_of, url, source, as_of, " +
		"followers, following, total_likes, total_posts, basis, figures_as_of, sample, window_from, window_to, " +
		"engagement_ppm, median_views, p25_views, p75_views, mean_views, mean_likes, mean_comments, mean_shares, listed, created_at, updated_at"
	postColumns = "account_id, platform_post_id, read_at, views, likes, comments, shares, posted_at, duration_s, hashtags, caption, url"
)

func (c *Creator) rowValues() []any {
	return []any{c.ID, c.PublicID, c.PersonID, c.Name, c.Bio, c.Country, c.Zone, c.SearchText, c.Listed, c.ClaimedAt, c.CreatedAt, c.UpdatedAt}
}

func (a *Account) rowValues() []any {
	return []any{
		a.ID, a.CreatorID, a.Platform, a.PlatformUserID, a.Handle, a.HandleKey, a.Name, a.NameAsOf, a.Country, a.CountryAsOf, a.URL, string(a.Source), a.AsOf,
		a.Followers, a.Following, a.TotalLikes, a.TotalPosts, string(a.Basis), a.FiguresAsOf, a.Sample, a.WindowFrom, a.WindowTo,
		a.EngagementPPM, a.MedianViews, a.P25Views, a.P75Views, a.MeanViews, a.MeanLikes, a.MeanComments, a.MeanShares, a.Listed, a.CreatedAt, a.UpdatedAt,
	}
}

func (p *Post) rowValues() []any {
	return []any{p.AccountID, p.PlatformPostID, p.ReadAt, p.Views, p.Likes, p.Comments, p.Shares, p.PostedAt, p.DurationS, p.Hashtags, p.Caption, p.URL}
}
