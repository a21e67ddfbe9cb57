package creators

import (
	"context"
	"fmt"

	"tribemarket/models"
	"tribemarket/models/accounts"
)

// Loss is a connection that was lost, and who is told.
type Loss struct {
	To         accounts.Contact
	Connection Connection
}

// Key names this loss, which is told once.
func (r ReconnectArgs) Key() string {
	return fmt.Sprintf("reconnect-%d-%d", r.AccountID, r.Since.UnixMicro())
}

// Loss reads what a creator is told of a lost connection, for jobs. It is not
// due any more when she has connected the account again, or disconnected it.
func (s *Store) Loss(ctx context.Context, args ReconnectArgs) (l Loss, due bool, err error) {
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
	all, err := s.connections(ctx, owner.PersonID, "a.id = ?", args.AccountID)
	if err != nil || len(all) == 0 {
		return l, false, err
	}
	to, ok, err := Contact(s.db.Read(ctx), owner.CreatorID)
	return Loss{to, all[0]}, ok, err
}
