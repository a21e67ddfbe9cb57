package accounts

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// SetPasswordWithin is how long a new administrator's link is valid.
const SetPasswordWithin = time.Hour

// AddAdmin makes the person with the confirmed address an administrator, for
// the operator of the program. Where nobody has the address, it creates a
// person without a password and returns the secret of a link that sets one; for
// an existing person the secret is "".
func (s *Store) AddAdmin(ctx context.Context, email string) (secret string, err error) {
	address, ok := ParseEmail(email)
	if !ok {
		return "", models.Invalid("email", "accounts.error.email")
	}
	now := s.clock()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		var p Person
		err := tx.Where("email = ?", address).Take(&p).Error
		switch {
		case errors.Is(err, gorm.ErrRecordNotFound):
			if p, err = CreatePerson(tx, Person{Name: "Administrator", Email: &address, EmailConfirmedAt: &now, CreatedAt: now}); err != nil {
				return err
			}
			secret = models.NewSecret()
			if err := createPasswordLink(tx, p.ID, secret, now); err != nil {
				return err
			}
		case err != nil:
			return err
		case p.EmailConfirmedAt == nil:
			// Anybody can enter an address; only the link sent there proves whose it is.
			return models.Conflict("accounts.error.admin_unconfirmed")
		case p.SuspendedAt != nil:
			return models.Conflict("accounts.error.admin_suspended")
		}
		return setAdmin(ctx, tx, p.ID, true, now)
	})
	return secret, err
}

func createPasswordLink(tx *db.Tx, personID int64, secret string, now time.Time) error {
	return tx.Exec("INSERT INTO password_resets (token_hash, person_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
		models.HashSecret(secret), personID, now, now.Add(SetPasswordWithin)).Error
}

func setAdmin(ctx context.Context, tx *db.Tx, personID int64, is bool, now time.Time) error {
	action := "accounts.admin_added"
	if !is {
		action = "accounts.admin_removed"
	}
	if err := tx.Exec("UPDATE people SET admin = ? WHERE id = ?", is, personID).Error; err != nil {
		return err
	}
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, Action: action, Subject: db.AuditSubject("person", personID)})
}

// RemoveAdmin makes the person with the address an ordinary user again, for the
// operator of the program. The last administrator cannot be removed.
func (s *Store) RemoveAdmin(ctx context.Context, email string) error {
	address, ok := ParseEmail(email)
	if !ok {
		return models.Invalid("email", "accounts.error.email")
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		var p Person
		err := tx.Where("email = ? AND admin", address).Take(&p).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return models.NotFound()
		} else if err != nil {
			return err
		}
		if err := refuseLastAdmin(tx, p); err != nil {
			return err
		}
		return setAdmin(ctx, tx, p.ID, false, s.clock())
	})
}

// refuseLastAdmin refuses to leave the instance without an administrator. It
// keeps others from changing administrators until the transaction ends.
func refuseLastAdmin(tx *db.Tx, p Person) error {
	if !p.Admin || p.SuspendedAt != nil {
		return nil
	}
	var ids []int64
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Model(&Person{}).Where("admin AND suspended_at IS NULL").Order("id").Pluck("id", &ids).Error
	if err != nil {
		return err
	}
	if len(ids) < 2 {
		return models.Conflict("accounts.error.last_admin")
	}
	return nil
}

// ListAdmins lists the instance's administrators, for the command line.
func (s *Store) ListAdmins(ctx context.Context) ([]Person, error) {
	var all []Person
	err := s.db.Read(ctx).Where("admin").Order("id").Find(&all).Error
	return all, err
}
