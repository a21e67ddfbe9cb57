package creators

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// ListingWatermark is the position up to which a reader has read the changes of
// listings. The zero value is the position of a reader that has read nothing. It is
// immutable, so that a reader whose work failed goes on from the previous one.
type ListingWatermark struct {
	id   int64            // SQLite: the last one read; writers come one after the other there
	xid  uint64           // PostgreSQL: all transactions below it had ended
	seen map[int64]uint64 // the changes from xid on that were read, with their transactions
	at   time.Time        // when it was read, by the database's clock
}

// ListingChanges are what has changed since a ListingWatermark.
type ListingChanges struct {
	// CreatorIDs are creators whose listings or texts may have changed, each
	// once. One without listings is no longer listed.
	CreatorIDs []int64
	Next       ListingWatermark
	More       bool // there are more: read again from Next at once
	// ReaderBehind says that changes may have been deleted before they were read.
	// Everything has to be loaded again after this call, and reading continues from
	// Next; it may repeat changes that were loaded.
	ReaderBehind bool
}

const (
	// listingChangesBatch is how many changes are read at once.
	listingChangesBatch = 20_000
	// listingChangesKeptFor is how long changes are kept, and maxReaderPause how long
	// a reader may stop reading; both by the database's clock, which all nodes share.
	listingChangesKeptFor = time.Hour
	maxReaderPause        = listingChangesKeptFor / 2
)

// ReadListingChanges reads what has changed in listings since a watermark. No
// change is missed, in whatever order transactions commit: on PostgreSQL, it reads
// again all changes after the oldest transaction that was running at the last
// reading, minus those already read. A reader with the zero watermark is behind.
func (s *Store) ReadListingChanges(ctx context.Context, after ListingWatermark) (ListingChanges, error) {
	read := s.readListingChangesSQLite
	if s.db.Dialect == db.Postgres {
		read = s.readListingChangesPostgres
	}
	c, err := read(ctx, after)
	if err != nil {
		return ListingChanges{}, models.Internal("read the changes of listings", err)
	}
	slices.Sort(c.CreatorIDs)
	c.CreatorIDs = slices.Compact(c.CreatorIDs)
	return c, nil
}

// mustRestart says whether a reader has paused for too long to continue.
func (w ListingWatermark) mustRestart(at time.Time) bool {
	return w.at.IsZero() || at.Sub(w.at) > maxReaderPause
}

// listingChange is a row of listing_changes. Each reading adds a row without an id,
// about the reading itself.
type listingChange struct {
	ID, CreatorID int64
	Xid           uint64 // in the row without an id: the oldest running transaction; on SQLite the last change
	At            int64  // in the row without an id: the time of reading, in microseconds
}

func (s *Store) readListingChangesSQLite(ctx context.Context, after ListingWatermark) (ListingChanges, error) {
	var rows []listingChange
	err := s.db.Read(ctx).Raw(`SELECT 0 AS id, 0 AS creator_id, (SELECT coalesce(max(id), 0) FROM listing_changes) AS xid,
			CAST(unixepoch('now', 'subsec') * 1000000 AS INTEGER) AS at
		UNION ALL SELECT * FROM (SELECT id, creator_id, 0, 0 FROM listing_changes WHERE id > ? ORDER BY id LIMIT ?)
		ORDER BY 1`, after.id, listingChangesBatch+1).Scan(&rows).Error
	if err != nil {
		return ListingChanges{}, err
	}
	now, rows := rows[0], rows[1:]
	next := ListingWatermark{id: after.id, at: time.UnixMicro(now.At)}
	if after.mustRestart(next.at) {
		next.id = int64(now.Xid)
		return ListingChanges{Next: next, ReaderBehind: true}, nil
	}
	c := creatorsOfBatch(rows)
	if len(rows) > 0 {
		next.id = rows[min(len(rows), listingChangesBatch)-1].ID
	}
	c.Next = next
	return c, nil
}

// creatorsOfBatch returns the creators of a batch.
func creatorsOfBatch(rows []listingChange) ListingChanges {
	c := ListingChanges{More: len(rows) > listingChangesBatch}
	for _, r := range rows[:min(len(rows), listingChangesBatch)] {
		c.CreatorIDs = append(c.CreatorIDs, r.CreatorID)
	}
	return c
}

func (s *Store) readListingChangesPostgres(ctx context.Context, after ListingWatermark) (ListingChanges, error) {
	seen := make([]string, 0, len(after.seen))
	for id := range after.seen {
		seen = append(seen, strconv.FormatInt(id, 10))
	}
	// One statement sees one snapshot: what it cannot see yet is not below the
	// xmin that it gives.
	var rows []listingChange
	err := s.db.Read(ctx).Raw(`SELECT 0 AS id, 0 AS creator_id, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xid,
			(extract(epoch FROM statement_timestamp()) * 1000000)::bigint AS at
		UNION ALL (SELECT c.id, c.creator_id, c.xid::text::bigint, 0 FROM listing_changes c
			WHERE c.xid >= ?::text::xid8 AND NOT EXISTS (SELECT 1 FROM unnest(?::text::bigint[]) s(id) WHERE s.id = c.id)
			ORDER BY c.xid, c.id LIMIT ?)`,
		strconv.FormatUint(after.xid, 10), "{"+strings.Join(seen, ",")+"}", listingChangesBatch+1).Scan(&rows).Error
	if err != nil {
		return ListingChanges{}, err
	}
	slices.SortFunc(rows, func(a, b listingChange) int {
		return cmp.Or(cmp.Compare(min(a.ID, 1), min(b.ID, 1)), cmp.Compare(a.Xid, b.Xid), cmp.Compare(a.ID, b.ID))
	})
	now, rows := rows[0], rows[1:]
	next := ListingWatermark{xid: now.Xid, at: time.UnixMicro(now.At)}
	if after.mustRestart(next.at) {
		return ListingChanges{Next: next, ReaderBehind: true}, nil
	}
	c := creatorsOfBatch(rows)
	if c.More { // what follows the batch was not read
		next.xid = min(next.xid, rows[listingChangesBatch-1].Xid)
	}
	next.seen = map[int64]uint64{}
	for id, xid := range after.seen {
		if xid >= next.xid {
			next.seen[id] = xid
		}
	}
	for _, r := range rows[:min(len(rows), listingChangesBatch)] {
		if r.Xid >= next.xid {
			next.seen[r.ID] = r.Xid
		}
	}
	c.Next = next
	return c, nil
}

// deleteOldListingChanges deletes changes that are old enough, a batch at a time.
func (s *Store) deleteOldListingChanges(ctx context.Context) error {
	old := fmt.Sprintf("at < datetime('now', '-%d seconds')", listingChangesKeptFor/time.Second)
	if s.db.Dialect == db.Postgres {
		old = fmt.Sprintf("at < now() - interval '%d seconds'", listingChangesKeptFor/time.Second)
	}
	for n := int64(listingChangesBatch); n == listingChangesBatch; {
		err := s.db.Tx(ctx, func(tx *db.Tx) error {
			done := tx.Exec("DELETE FROM listing_changes WHERE id IN (SELECT id FROM listing_changes WHERE "+old+" ORDER BY id LIMIT ?)", listingChangesBatch)
			n = done.RowsAffected
			return done.Error
		})
		if err != nil {
			return err
		}
	}
	return nil
}
