package discovery

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
)

// matchingBatchSize is how many saved searches are read at once.
const matchingBatchSize = 100

// alertedSearch is a saved search with what checking it needs.
type alertedSearch struct {
	SavedSearch
	Zone             string
	Reaches, Waiting bool
}

// FindNewMatches checks who newly matches the saved searches with an alert, stores the
// matches, and enqueues the mails that are due. It returns how many creators it found. A
// search that fails does not hold up the others, and when the time is up, the next run
// continues from there.
func (s *Store) FindNewMatches(ctx context.Context) (found int64, err error) {
	if !s.search.IndexState().Ready { // the next run finds them
		return 0, nil
	}
	if err := s.catchUpIndex(ctx); err != nil {
		return 0, err
	}
	start := s.lastMatchedID.Load()
	found, err = s.findNewMatchesBetween(ctx, start, math.MaxInt64)
	n, rest := s.findNewMatchesBetween(ctx, 0, start)
	return found + n, errors.Join(err, rest, ctx.Err())
}

// findNewMatchesBetween checks the searches in a range of ids.
func (s *Store) findNewMatchesBetween(ctx context.Context, after, upTo int64) (found int64, err error) {
	var failed []error
	for ctx.Err() == nil {
		var rows []alertedSearch
		if err := s.db.Read(ctx).Raw(alertedSearchesSQL, after, upTo, matchingBatchSize).Scan(&rows).Error; err != nil {
			return found, errors.Join(append(failed, err)...)
		}
		for _, r := range rows {
			if ctx.Err() != nil {
				break
			}
			n, err := s.findNewMatchesOf(ctx, r)
			found, after = found+int64(n), r.ID
			s.lastMatchedID.Store(r.ID) // a search that uses up all the time doesn't hold up the others either
			if err != nil {
				failed = append(failed, fmt.Errorf("saved search %d: %w", r.ID, err))
			}
		}
		if len(rows) < matchingBatchSize {
			break
		}
	}
	return found, errors.Join(failed...)
}

func (s *Store) findNewMatchesOf(ctx context.Context, r alertedSearch) (found int, err error) {
	f, isBroken, err := s.parseSavedQuery(ctx, r.Query)
	if err != nil || isBroken {
		return 0, err
	}
	known, err := decodeKnownIDs(r.Known)
	if err != nil {
		return 0, err
	}
	fits, err := s.matchingCreators(ctx, f, r.BrandID)
	if err != nil {
		return 0, err
	}
	now := s.clock()
	l := matchingInput{alert: r.Alert, known: known, nextMailAt: r.NextAt, timeZone: accounts.Person{Zone: r.Zone}.Location(), hasUnmailed: r.Waiting, isReachable: r.Reaches}
	x := l.findNewMatches(fits, now)
	if !x.hasChanges(r.NextAt) {
		return 0, nil
	}
	if x.known != nil {
		if r.Known, err = x.known.ToBytes(); err != nil {
			return 0, err
		}
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error { found, err = saveNewMatches(tx, r, x, now); return err })
	return found, err
}

// saveNewMatches stores what a check found, unless the search has changed since
// it was read: then the next run finds it again.
func saveNewMatches(tx *db.Tx, r alertedSearch, x matchingResult, now time.Time) (int, error) {
	done := tx.Exec("UPDATE saved_searches SET known = ?, next_at = ?, version = version + 1 WHERE id = ? AND version = ?", r.Known, x.nextMailAt, r.ID, r.Version)
	if done.Error != nil || done.RowsAffected == 0 {
		return 0, done.Error
	}
	for rest := x.found; len(rest) > 0; {
		some := rest[:min(len(rest), 500)]
		rest = rest[len(some):]
		err := tx.Exec(addMatches,
			r.ID, r.Version+1, now, some).Error
		if err != nil {
			return 0, err
		}
	}
	if !x.mailDue {
		return len(x.found), nil
	}
	return len(x.found), mailMatches(tx, r, now)
}

// unmailedSQL selects the matches m of a search for a mail: not mailed, not seen,
// and with a creator who can be shown. Its arguments are the search and the brand.
const unmailedSQL = "m.saved_search_id = ? AND m.mailed_at IS NULL AND m.seen_at IS NULL AND " + isShownSQL

// mailMatches puts all matches that are in no mail yet into one, if there are any.
func mailMatches(tx *db.Tx, r alertedSearch, now time.Time) error {
	var n int64
	if err := tx.Raw("SELECT count(*) FROM saved_search_matches m WHERE "+unmailedSQL, r.ID, r.BrandID).Scan(&n).Error; err != nil || n == 0 {
		return err
	}
	// Links with a mail's own token remain valid, though no new ones are made.
	m := SearchMail{SavedSearchID: &r.ID, PersonID: *r.MailsTo, TokenHash: models.HashSecret(models.NewSecret()), At: now}
	if err := tx.Create(&m).Error; err != nil {
		return err
	}
	if err := tx.Exec("UPDATE saved_search_matches AS m SET mailed_at = ?, mail_id = ? WHERE "+unmailedSQL, now, m.ID, r.ID, r.BrandID).Error; err != nil {
		return err
	}
	args := AlertMailArgs{MailID: m.ID}
	key := args.MailKey()
	return notifications.Publish(tx, notifications.Event{
		Key: &key, Kind: notifications.SearchMatch, Subject: notifications.Subject{Kind: "search", ID: r.PublicID}, At: now,
	}, args)
}
