package accounts

import (
	"context"
	"errors"
	"unicode/utf8"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// CheckSignIn checks an address and a password and returns the person's id. The
// answer doesn't tell a wrong password from an unknown address, in words or in
// time; neither do the limits. devices is the browser's cookie of known devices.
func (s *Store) CheckSignIn(ctx context.Context, email, password, devices string) (int64, error) {
	address, ok := ParseEmail(email)
	if !ok {
		return 0, errWrongPassword()
	}
	var p Person
	err := s.db.Read(ctx).Where("email = ?", address).Take(&p).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, s.checkPasswordOf(ctx, nil, address, password, devices)
	}
	if err != nil {
		return 0, models.Internal("find the person by address", err)
	}
	return p.ID, s.checkPasswordOf(ctx, &p, address, password, devices)
}

func errWrongPassword() error { return models.Invalid("password", "accounts.error.sign_in") }

// checkPasswordOf compares a password with the person's; if there is no person,
// or no password, it refuses after the same work. key is what failures are
// counted under for an unknown person.
func (s *Store) checkPasswordOf(ctx context.Context, p *Person, key, password, devices string) error {
	now, hash, id := s.clock(), noPassword, int64(0)
	if p != nil {
		id, key = p.ID, passwordTriesKey(p.ID)
		if p.PasswordHash != nil {
			hash = *p.PasswordHash
		}
	}
	limits := s.passwordLimits(ctx, id, key, devices)
	if err := s.countPasswordTry(ctx, now, id, limits); err != nil {
		return err
	}
	if utf8.RuneCountInString(password) <= PasswordMost {
		matches, err := passwordMatches(ctx, hash, password)
		if err != nil {
			return err
		}
		if matches && hash != noPassword {
			return s.resetPasswordTries(ctx, limits)
		}
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		e := db.AuditEntry{At: now, Action: "accounts.sign_in_failed", Detail: map[string]string{"way": string(MethodPassword)}}
		if id != 0 {
			e.Subject = db.AuditSubject("person", id)
		}
		return tx.WriteAudit(ctx, e)
	})
	return errors.Join(err, errWrongPassword())
}

// RecordSignIn audits that a session of the person begins.
func (s *Store) RecordSignIn(ctx context.Context, personID int64, way SignInMethod) error {
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Exec("UPDATE people SET last_seen_at = ? WHERE id = ?", now, personID).Error; err != nil {
			return err
		}
		return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: personID, Action: "accounts.signed_in",
			Subject: db.AuditSubject("person", personID), Detail: map[string]string{"way": string(way)}})
	})
}

// RecordRefusedIdentity audits that what a provider said of who signs in was not believed,
// and why.
func (s *Store) RecordRefusedIdentity(ctx context.Context, provider string, why error) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.WriteAudit(ctx, db.AuditEntry{At: s.clock(), Action: "accounts.sign_in_failed", Detail: map[string]string{"way": provider, "why": text.Truncate(text.SingleLine(why.Error()), 200)}})
	})
}
