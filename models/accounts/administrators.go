package accounts

import (
	"cmp"
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/places"
	"tribemarket/models/text"
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

// HasAdmin says whether somebody administers the instance, suspended or not.
func HasAdmin(q *gorm.DB) (bool, error) {
	var n int64
	if err := q.Model(&Person{}).Where("admin").Limit(1).Count(&n).Error; err != nil {
		return false, models.Internal("look for an administrator", err)
	}
	return n > 0, nil
}

// FirstAdminForm is what the first administrator enters.
type FirstAdminForm struct{ Name, Email, Password, Locale, Zone string }

// CreateFirstAdmin makes a person with a password the instance's administrator, unless it
// has one. useLink proves in the same transaction that the operator of the program asked
// for it, and keeps others from doing so at the same time; that person's address counts as
// confirmed, since no mail may leave yet.
func (s *Store) CreateFirstAdmin(ctx context.Context, f FirstAdminForm, useLink func(tx *db.Tx, now time.Time) error) (personID int64, err error) {
	var wrong models.Fields
	f.Name = text.SingleLine(f.Name)
	checkText(&wrong, "name", f.Name, 1, 80)
	email := s.checkNewEmail(ctx, &wrong, f.Email)
	CheckPassword(&wrong, "password", f.Password, f.Name, f.Email)
	if err := wrong.Err(); err != nil {
		return 0, err
	}
	hash, err := hashPassword(ctx, f.Password)
	if err != nil {
		return 0, err
	}
	zone, _ := places.ParseTimeZone(f.Zone)
	now := s.clock()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := useLink(tx, now); err != nil {
			return err
		}
		if done, err := HasAdmin(tx.DB); err != nil || done {
			return cmp.Or(err, models.Conflict("setup.error.link"))
		}
		var taken int64
		if err := tx.Model(&Person{}).Where("email = ?", email).Count(&taken).Error; err != nil {
			return err
		}
		if taken > 0 {
			return models.Invalid("email", "setup.error.taken")
		}
		p, err := CreatePerson(tx, Person{Name: f.Name, Email: &email, EmailConfirmedAt: &now, PasswordHash: &hash, Locale: f.Locale, Zone: zone, CreatedAt: now})
		if err != nil {
			return err
		}
		personID = p.ID
		return setAdmin(ctx, tx, p.ID, true, now)
	})
	return personID, err
}
