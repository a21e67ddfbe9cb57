package creators

import (
	"context"
	"errors"
)

// Summary is what a list of somebody else's things shows of a creator.
type Summary struct {
	ID        int64
	PublicID  string
	PersonID  *int64 // nil while unclaimed
	Name      string
	Country   string
	Zone      string
	Listed    bool
	Platform  string // of the most followed account
	Handle    string
	Followers int64
}

// Claimed says whether the profile is somebody's.
func (s Summary) Claimed() bool { return s.PersonID != nil }

// Names reads the summaries of creators, by id, in one query.
func (s *Store) Names(ctx context.Context, ids []int64) (map[int64]Summary, error) {
	return nil, errors.ErrUnsupported
}

// ByPublicID reads a creator's summary, listed or not.
func (s *Store) ByPublicID(ctx context.Context, publicID string) (Summary, error) {
	return Summary{}, errors.ErrUnsupported
}

// Handles are the handles, in lower case, under which a creator may post on a platform.
func (s *Store) Handles(ctx context.Context, creatorID int64, platform string) ([]string, error) {
	return nil, errors.ErrUnsupported
}
