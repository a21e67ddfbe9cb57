package creators

import (
	"context"
	"time"

	"tribemarket/models"
)

// Connection is one of a creator's own accounts with the state of its connection.
type Connection struct {
	PublicID     string // identifies it in URLs
	Platform     string
	Handle       string
	Name         string
	Followers    *int64 // nil while they are purged
	AsOf         time.Time
	Listed       bool
	ConnectedAt  time.Time // when the creator last connected it
	State        ConnectionState
	Reason       LossReason // why it has to be connected again
	LostSince    *time.Time // since when
	NextReadAt   *time.Time // when its figures are read next; nil if they aren't
	StaleAt      time.Time  // when its figures count as old, in the future or past
	Stale        bool
	PurgeAt      *time.Time // when its figures are deleted and it is unlisted; nil if they may be kept
	PurgedAt     *time.Time // when that has happened
	AllowsSignIn bool       // the creator can sign in with it
	GraceUntil   *time.Time // set while it is below the floor: listed until then
}

// IsLost says whether the account has to be connected again.
func (c Connection) IsLost() bool { return c.State != ConnectionGood }

// ReasonKey is the message key of what is wrong with a lost connection.
func (c Connection) ReasonKey() string { return "creators.connected.reason." + string(c.Reason) }

// ListOwnConnections lists the actor's connected accounts, most followed first.
func (s *Store) ListOwnConnections(ctx context.Context, actor models.Actor) ([]Connection, error) {
	if !actor.SignedIn() || actor.CreatorID == 0 {
		return nil, models.NotFound()
	}
	// The same query checks whose profile it is; the dashboard runs it too.
	return s.readConnections(ctx, actor.PersonID, "c.id = ?", actor.CreatorID)
}

func (s *Store) readConnections(ctx context.Context, personID int64, where string, arg int64) ([]Connection, error) {
	var rows []struct {
		Account
		State     ConnectionState
		Reason    LossReason
		Since     *time.Time
		GrantedAt time.Time
		ReadAt    *time.Time
		SignsIn   bool
	}
	err := s.db.Read(ctx).Raw(connectionsSQL+" WHERE "+where+" ORDER BY a.followers DESC, a.id", personID, personID, arg).Scan(&rows).Error
	if err != nil {
		return nil, models.Internal("read the connections of a creator", err)
	}
	all := make([]Connection, len(rows))
	for i, r := range rows {
		x := Connection{
			Platform: r.Platform, Handle: r.Handle, Name: r.Name, AsOf: r.AsOf, Listed: r.Listed, ConnectedAt: r.GrantedAt,
			State: r.State, Reason: r.Reason, LostSince: r.Since, NextReadAt: r.ReadAt, StaleAt: r.AsOf.Add(StaleAfter), Stale: r.IsStale(s.clock()),
			PurgeAt: r.purgeTime(), PurgedAt: r.PurgedAt, AllowsSignIn: r.SignsIn, GraceUntil: r.GraceUntil,
		}
		if r.PublicID != nil {
			x.PublicID = *r.PublicID
		}
		if r.PurgedAt == nil {
			x.Followers = new(r.Followers)
		}
		all[i] = x
	}
	return all, nil
}
