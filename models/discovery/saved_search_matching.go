package discovery

import (
	"context"
	"time"

	"github.com/RoaringBitmap/roaring/v2/roaring64"

	"tribemarket/models"
	"tribemarket/models/search"
)

// AlertFrequency is how often a person is mailed about new creators who match a saved
// search.
type AlertFrequency string

// The frequencies. Daily and weekly mails are sent at AlertHour in the
// recipient's time zone, weekly ones on Mondays. Searches whose alert is off
// are not checked.
const (
	AlertOff     AlertFrequency = "off"
	AlertInstant AlertFrequency = "instant"
	AlertDaily   AlertFrequency = "daily"
	AlertWeekly  AlertFrequency = "weekly"
)

// AlertHour is the hour of the day of daily and weekly mails.
const AlertHour = 8

// AlertFrequencies lists the frequencies: off, then from the most to the least frequent.
func AlertFrequencies() []AlertFrequency {
	return []AlertFrequency{AlertOff, AlertInstant, AlertDaily, AlertWeekly}
}

// HasFixedTime says whether the mails are sent at a fixed time.
func (a AlertFrequency) HasFixedTime() bool { return a == AlertDaily || a == AlertWeekly }

// mailRecipient returns who gets the mails if a person chooses the alert.
func (a AlertFrequency) mailRecipient(personID int64) *int64 {
	if a == AlertOff {
		return nil
	}
	return &personID
}

// NextMailTime returns when the next mail after a moment is due in a time zone; nil for
// an alert without a fixed time.
func (a AlertFrequency) NextMailTime(now time.Time, zone *time.Location) *time.Time {
	if !a.HasFixedTime() {
		return nil
	}
	day := now.In(zone)
	for {
		at := time.Date(day.Year(), day.Month(), day.Day(), AlertHour, 0, 0, 0, zone)
		if at.After(now) && (a == AlertDaily || at.Weekday() == time.Monday) {
			return new(at.UTC())
		}
		day = day.AddDate(0, 0, 1)
	}
}

// maxNewMatches is how many creators one check takes at most, so that its
// transaction stays short; the next one finds the others.
const maxNewMatches = 5_000

// matchingInput is what checking a saved search starts from.
type matchingInput struct {
	alert       AlertFrequency
	known       *roaring64.Bitmap // who has matched before
	nextMailAt  *time.Time
	timeZone    *time.Location // the recipient's
	hasUnmailed bool           // an earlier match is in no mail yet
	isReachable bool           // somebody gets the mails and can be mailed
}

// matchingResult is what checking a saved search changes.
type matchingResult struct {
	found      []uint64          // new matches
	known      *roaring64.Bitmap // including them; nil if there are none
	mailDue    bool              // it is time to mail all unmailed matches
	nextMailAt *time.Time
}

// findNewMatches compares the creators who match now with the known ones. A known creator
// stays known: one who stops matching, and then matches again, is not new.
func (l matchingInput) findNewMatches(fits *roaring64.Bitmap, now time.Time) matchingResult {
	s := matchingResult{nextMailAt: l.nextMailAt}
	fresh := roaring64.AndNot(fits, l.known)
	for it := fresh.Iterator(); it.HasNext() && len(s.found) < maxNewMatches; {
		s.found = append(s.found, it.Next())
	}
	if len(s.found) > 0 {
		s.known = l.known.Clone()
		s.known.AddMany(s.found)
	}
	due := l.alert == AlertInstant
	if regular := l.alert.NextMailTime(now, l.timeZone); regular != nil {
		due = l.nextMailAt != nil && !now.Before(*l.nextMailAt)
		// A time after the next regular one was set by a clock that was ahead.
		if due || l.nextMailAt == nil || l.nextMailAt.After(*regular) {
			s.nextMailAt = regular
		}
	}
	s.mailDue = due && l.isReachable && (l.hasUnmailed || len(s.found) > 0)
	return s
}

// hasChanges says whether there is anything to store.
func (s matchingResult) hasChanges(before *time.Time) bool {
	same := s.nextMailAt == before || s.nextMailAt != nil && before != nil && s.nextMailAt.Equal(*before)
	return len(s.found) > 0 || s.mailDue || !same
}

// decodeKnownIDs decodes a stored set of ids.
func decodeKnownIDs(b []byte) (*roaring64.Bitmap, error) {
	known := roaring64.New()
	return known, known.UnmarshalBinary(b)
}

// matchingCreators returns the ids of all creators who match a filter, except those who
// have blocked the brand. It includes the latest changes only after catchUpIndex.
func (s *Store) matchingCreators(ctx context.Context, f search.Filter, brandID int64) (*roaring64.Bitmap, error) {
	f = filterToSave(f)
	err := s.db.Read(ctx).Raw("SELECT creator_id FROM blocks WHERE brand_id = ? AND side = 'creator'", brandID).Scan(&f.Hidden).Error
	if err != nil {
		return nil, models.Internal("read who has blocked a brand", err)
	}
	ids, err := s.search.MatchingCreatorIDs(ctx, f)
	if err != nil {
		return nil, err
	}
	members := make([]uint64, len(ids))
	for i, id := range ids {
		members[i] = uint64(id)
	}
	all := roaring64.New()
	all.AddMany(members)
	return all, nil
}

// catchUpIndex brings this node's index up to date, so that nobody counts as
// new, or as missing, because the node has not read a change yet.
func (s *Store) catchUpIndex(ctx context.Context) error {
	if err := s.search.CheckReady(); err != nil {
		return err
	}
	return s.search.CatchUp(ctx)
}
