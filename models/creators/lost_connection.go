package creators

import (
	"context"
	"fmt"

	"tribemarket/models"
	"tribemarket/models/accounts"
)

// LostConnection is a lost connection with the person to notify.
type LostConnection struct {
	To         accounts.Contact
	Connection Connection
}

// Key identifies this loss, which is notified once.
func (r LostConnectionArgs) Key() string {
	return fmt.Sprintf("reconnect-%d-%d", r.AccountID, r.Since.UnixMicro())
}

// ReadLostConnection reads what a creator is told of a lost connection, for jobs. due is
// false if the creator has reconnected or disconnected the account since.
func (s *Store) ReadLostConnection(ctx context.Context, args LostConnectionArgs) (l LostConnection, due bool, err error) {
	var owner struct{ PersonID, CreatorID int64 }
	err = s.db.Read(ctx).Raw(`SELECT c.person_id, c.id AS creator_id FROM creators c JOIN creator_accounts a ON a.creator_id = c.id
		JOIN account_tokens t ON t.account_id = a.id WHERE a.id = ? AND t.state = ? AND t.since = ? AND c.person_id IS NOT NULL`,
		args.AccountID, ConnectionReconnect, args.Since.UTC()).Scan(&owner).Error
	if err != nil {
		return l, false, models.Internal("read a lost connection", err)
	}
	if owner.PersonID == 0 {
		return l, false, nil
	}
	all, err := s.readConnections(ctx, owner.PersonID, "a.id = ?", args.AccountID)
	if err != nil || len(all) == 0 {
		return l, false, err
	}
	to, ok, err := Contact(s.db.Read(ctx), owner.CreatorID)
	return LostConnection{to, all[0]}, ok, err
}
