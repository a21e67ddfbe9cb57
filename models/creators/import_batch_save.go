package creators

import (
	"database/sql"
	"errors"
	"maps"
	"slices"
	"time"

	"tribemarket/models/db"
)

// saveBatch writes what has changed in a batch, and updates the listings.
func (b *importBatch) saveBatch(s *Store, tx *db.Tx, now time.Time) error {
	if err := b.saveNewCreators(s, tx); err != nil {
		return err
	}
	changed := maps.Clone(b.describedCreators)
	for a := range b.changedAccounts {
		changed[a.CreatorID] = true
	}
	ids := slices.Sorted(maps.Keys(changed))
	figuresOnly, err := b.findFigureChanges(tx, ids)
	if err != nil {
		return err
	}
	var creators, accounts, listings [][]any
	var relisted []int64
	for _, id := range ids {
		c := b.creators[id]
		before := *c
		c.updateFromAccounts(b.accountsByCreator[id])
		for a, moved := range b.marketplace.listImportedAccounts(c, b.accountsByCreator[id]) {
			if moved {
				b.changedAccounts[a], figuresOnly[a.ID] = true, false
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
		if own := b.accountsByCreator[id]; len(own) == 1 && figuresOnly[own[0].ID] {
			listings = append(listings, s.buildListings(c, own, creatorFacts{})[0].figureValues())
		} else {
			relisted = append(relisted, id)
		}
	}
	return errors.Join(
		upsertRows(tx, "creators", creatorColumns, creators, "public_id", "person_id", "claimed_at", "created_at"),
		upsertAccounts(tx, accounts),
		insertLanguages(tx, b.newLanguages),
		insertTribes(tx, b.newTribes),
		updateListedFigures(tx, listings),
		b.relist(s, tx, relisted),
	)
}

// findFigureChanges gives the listed accounts of whose listings a file can change nothing
// but figures and country: of unclaimed creators with no other account, about whom it
// says nothing else, and with no posts, which are counted anew for a new date.
func (b *importBatch) findFigureChanges(tx *db.Tx, ids []int64) (map[int64]bool, error) {
	var some []int64
	for _, id := range ids {
		if !b.creators[id].IsClaimed() && !b.describedCreators[id] && len(b.accountsByCreator[id]) == 1 {
			some = append(some, id)
		}
	}
	found := make(map[int64]bool, len(some))
	for part := range slices.Chunk(some, importLookup) {
		err := tx.EachRow(func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			found[id] = true
			return err
		}, "SELECT account_id FROM listings WHERE creator_id IN ? AND last_posted IS NULL", part)
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// newRowsBatch is how many new creators' rows are made ready at once.
const newRowsBatch = 512

// saveNewCreators writes new creators and all that belongs to them. The rows are made
// ready in one goroutine and written in another.
func (b *importBatch) saveNewCreators(s *Store, tx *db.Tx) error {
	if err := b.assignIDs(tx); err != nil {
		return err
	}
	ready := make(chan []db.Insert, 1+len(b.newCreators)/newRowsBatch) // never full, so that it is never waited for
	go func() {
		defer close(ready)
		for some := range slices.Chunk(b.newCreators, newRowsBatch) {
			ready <- b.makeInserts(s, db.Dialect(tx.Name()), some)
		}
	}()
	var err error
	for inserts := range ready {
		for _, in := range inserts {
			if err == nil {
				err = tx.RunInsert(in)
			}
		}
	}
	return err
}

func (b *importBatch) makeInserts(s *Store, dialect db.Dialect, some []*newCreator) []db.Insert {
	var creators, accounts, languages, tribes, listings, listed [][]any
	for _, n := range some {
		own := []*Account{n.account}
		n.updateFromAccounts(own)
		b.marketplace.listImportedAccounts(&n.Creator, own)
		n.Listed = n.account.Listed // nobody has claimed or suspended it
		creators, accounts = append(creators, n.rowValues()), append(accounts, n.account.rowValues())
		for _, l := range n.languages {
			languages = append(languages, []any{n.ID, l})
		}
		for _, t := range n.tribes {
			tribes = append(tribes, []any{n.ID, t, string(TribeImported)})
		}
		for _, l := range s.buildListings(&n.Creator, own, n.facts()) {
			listings, listed = append(listings, l.rowValues()), append(listed, []any{n.ID})
		}
	}
	return []db.Insert{
		db.NewInsert(dialect, "creators", creatorColumns, creators),
		db.NewInsert(dialect, "creator_accounts", accountColumns, accounts),
		db.NewInsert(dialect, "creator_languages", "creator_id, language", languages),
		db.NewInsert(dialect, "creator_tribes", "creator_id, tribe, known", tribes),
		db.NewInsert(dialect, "listings", listingColumns, listings),
		db.NewInsert(dialect, "listing_changes", "creator_id", listed),
	}
}

// relist is Store.Relist of creators that changed, whose rows need not be read again.
func (b *importBatch) relist(s *Store, tx *db.Tx, ids []int64) error {
	for ids := range slices.Chunk(ids, relistBatch) {
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
