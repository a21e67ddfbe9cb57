package creators

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// DisconnectAccount deletes one of the actor's accounts with everything held on it,
// and revokes its token at the platform. The actor can then no longer sign in with
// it, so it is refused for their last sign-in method unless they have a confirmed
// address. Deals and proposals stay as they are.
func (s *Store) DisconnectAccount(ctx context.Context, actor models.Actor, accountPublicID string) error {
	now := s.clock()
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := lockOwnProfile(tx, actor)
		if err != nil {
			return err
		}
		var a Account
		err = tx.Where("public_id = ? AND creator_id = ?", accountPublicID, c.ID).Take(&a).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return models.NotFound()
		}
		if err != nil {
			return err
		}
		err = accounts.RemoveIdentity(ctx, tx, actor.PersonID, a.Platform, *a.PlatformUserID, now)
		if err != nil && models.CodeOf(err) != models.CodeNotFound { // it may not have been a sign-in method any more
			return err
		}
		if err := s.enqueueTokenRevocation(tx, a); err != nil {
			return err
		}
		if err := s.deleteAccount(tx, &c, a, now); err != nil {
			return err
		}
		return tx.WriteAudit(ctx, db.AuditEntry{
			At: now, PersonID: actor.PersonID, Action: "creators.account_disconnected",
			Subject: db.AuditSubject("account", a.ID), Detail: map[string]string{"platform": a.Platform},
		})
	})
	if err != nil && models.CodeOf(err) == models.CodeInternal {
		return models.Internal("disconnect an account", err)
	}
	return err
}

// accountTables hold what is known about an account, besides its own row.
func accountTables() []string {
	return []string{"listings", "posts", "audience_shares", "account_snapshots", "account_tokens", "audience_shares"}
}

// deleteAccount deletes an account and everything held on it.
func (s *Store) deleteAccount(tx *db.Tx, c *Creator, a Account, now time.Time) error {
	for _, table := range accountTables() {
		if err := tx.Exec("DELETE FROM "+table+" WHERE account_id = ?", a.ID).Error; err != nil {
			return err
		}
	}
	if err := tx.Exec("DELETE FROM creator_accounts WHERE id = ?", a.ID).Error; err != nil {
		return err
	}
	return s.updateCreatorFromAccounts(tx, c, now)
}

// RevokeTokenArgs is the job that revokes a token at its platform, when nothing
// else here holds it any more. Both tokens are sealed for this job.
type RevokeTokenArgs struct {
	Platform string `json:"platform"`
	Nonce    string `json:"nonce"` // binds the sealed texts to this job
	Access   string `json:"access"`
	Refresh  string `json:"refresh"`
}

// Kind is the job's name, for River.
func (RevokeTokenArgs) Kind() string { return "creators.revoke" }

func (r RevokeTokenArgs) sealPurpose(what string) string {
	return "river_job.args revoke " + what + " " + r.Nonce
}

// enqueueTokenRevocation enqueues the revocation of an account's token, if it has one that
// can be opened.
func (s *Store) enqueueTokenRevocation(tx *db.Tx, a Account) error {
	row, known, err := readToken(tx, a.ID)
	if err != nil || !known || row.State != ConnectionGood {
		return err
	}
	t, err := s.openToken(row)
	if err != nil {
		return nil //nolint:nilerr // nobody can read it any more, so nothing can be revoked
	}
	args := RevokeTokenArgs{Platform: a.Platform, Nonce: models.NewPublicID()}
	args.Access = s.db.Keys.Seal(args.sealPurpose("access"), []byte(t.Access))
	args.Refresh = s.db.Keys.Seal(args.sealPurpose("refresh"), []byte(t.Refresh))
	return tx.Enqueue(args, nil)
}

// RevokeToken revokes a job's token at its platform. If the platform is no longer
// configured, or the key is gone, there is nothing left to do.
func (s *Store) RevokeToken(ctx context.Context, args RevokeTokenArgs, apis PlatformAPIs) error {
	api, ok := apis[args.Platform]
	if !ok {
		return river.JobCancel(errors.New("the platform is not set up here: " + args.Platform))
	}
	access, err := s.db.Keys.Open(args.sealPurpose("access"), args.Access)
	if err != nil {
		return river.JobCancel(err)
	}
	refresh, err := s.db.Keys.Open(args.sealPurpose("refresh"), args.Refresh)
	if err != nil {
		return river.JobCancel(err)
	}
	if err := api.Revoke(ctx, PlatformToken{Access: string(access), Refresh: string(refresh)}); !errors.Is(err, ErrReconnect) {
		return err
	}
	return nil // dead already
}
