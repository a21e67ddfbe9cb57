package creators

import (
	"context"
	"fmt"

	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
)

// notifyLostConnection notifies a creator that a connection was lost.
func notifyLostConnection(tx *db.Tx, args LostConnectionArgs) error {
	var a Account
	if err := tx.Select("id", "creator_id").Take(&a, args.AccountID).Error; err != nil {
		return err
	}
	key := args.Key()
	return notifications.Publish(tx, notifications.Event{
		Key: &key, Kind: notifications.CreatorConnection, Subject: notifications.Subject{Kind: "connections"}, CreatorID: &a.CreatorID, At: args.Since,
	}, args)
}

// LostConnectionReceivers returns who is notified of a lost connection.
func (s *Store) LostConnectionReceivers(ctx context.Context, e notifications.Event) (notifications.Answer, error) {
	var args LostConnectionArgs
	if err := e.Read(&args); err != nil {
		return notifications.Answer{}, err
	}
	l, due, err := s.ReadLostConnection(ctx, args)
	if err != nil || !due {
		return notifications.Answer{}, err
	}
	return notifications.Answer{To: []accounts.Contact{l.To}, Content: l}, nil
}

// Key identifies the notice, so that it is sent once.
func (a FloorNoticeArgs) Key() string {
	return fmt.Sprintf("standing-%d-%d-%t", a.AccountID, a.At.Unix(), a.Unlisted)
}

// notifyFloorChange notifies a creator that an account has fallen below the floor,
// or is no longer listed.
func notifyFloorChange(tx *db.Tx, creatorID int64, args FloorNoticeArgs) error {
	key := args.Key()
	return notifications.Publish(tx, notifications.Event{
		Key: &key, Kind: notifications.CreatorStanding, Subject: notifications.Subject{Kind: "eligibility"}, CreatorID: &creatorID, At: args.At,
	}, args)
}

// FloorNoticeReceivers returns who is notified of an account's standing.
func (s *Store) FloorNoticeReceivers(ctx context.Context, e notifications.Event) (notifications.Answer, error) {
	var args FloorNoticeArgs
	if err := e.Read(&args); err != nil {
		return notifications.Answer{}, err
	}
	n, due, err := s.ReadFloorNotice(ctx, args)
	if err != nil || !due {
		return notifications.Answer{}, err
	}
	return notifications.Answer{To: []accounts.Contact{n.To}, Content: n}, nil
}
