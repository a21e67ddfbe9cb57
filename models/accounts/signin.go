package accounts

import (
	"context"
	"errors"
	"strconv"
	"unicode/utf8"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// SignIn checks an address and a password and gives the person's id. The
// answer doesn't tell a wrong password from an unknown address, in words or in
// time; neither do the limits.
func (s *Store) SignIn(ctx context.Context, email, password string) (int64, error) {
	address, ok := ParseEmail(email)
	if !ok {
		return 0, wrongPassword()
	}
	var p Person
	err := s.db.Read(ctx).Where("email = ?", address).Take(&p).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, s.checkPasswordOf(ctx, nil, address, password)
	}
	if err != nil {
		return 0, models.Internal("find the person by address", err)
	}
	return p.ID, s.checkPasswordOf(ctx, &p, address, password)
}

func wrongPassword() error { return models.Invalid("password", "accounts.error.sign_in") }

// checkPasswordOf compares a password with the person's; of nobody, or of
// somebody who has none, it refuses after the same work. key is for what the
// failures of an unknown person are counted.
func (s *Store) checkPasswordOf(ctx context.Context, p *Person, key, password string) error {
	now, hash, id := s.clock(), noPassword, int64(0)
	if p != nil {
		id, key = p.ID, "person "+strconv.FormatInt(p.ID, 10)
		if p.PasswordHash != nil {
			hash = *p.PasswordHash
		}
	}
	if err := s.db.Within(ctx, now, models.SignInFailures, key); err != nil {
		return err
	}
	if utf8.RuneCountInString(password) <= PasswordMost && passwordMatches(hash, password) && hash != noPassword {
		return s.db.Forget(ctx, models.SignInFailures, key)
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		e := db.Event{At: now, Action: "accounts.sign_in_failed", Detail: map[string]string{"way": string(WayPassword)}}
		if id != 0 {
			e.Subject = db.Subject("person", id)
		}
		return tx.Audit(ctx, e)
	})
	return errors.Join(err, wrongPassword())
}
