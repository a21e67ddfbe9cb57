package accounts

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/db"
)

// ChangePassword replaces the actor's password; the old one has to be entered.
// All of the actor's sessions end except the one with the public id but.
func (s *Store) ChangePassword(ctx context.Context, actor models.Actor, current, password, but string) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	p, err := s.PersonByID(ctx, actor.PersonID)
	if err != nil {
		return err
	}
	if p.PasswordHash == nil {
		return models.Conflict("accounts.error.no_password")
	}
	if err := s.checkNewPassword(ctx, p, "new_password", password); err != nil {
		return err
	}
	if err := s.checkPasswordOf(ctx, &p, "", current, ""); err != nil {
		return err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return s.setPassword(ctx, tx, p.ID, hash, but, "accounts.password_changed")
	})
}

// checkNewPassword is CheckPassword for an existing person.
func (s *Store) checkNewPassword(ctx context.Context, p Person, field, password string) error {
	about := []string{p.Name}
	if p.Email != nil {
		about = append(about, *p.Email)
	}
	var brands []string
	err := s.db.Read(ctx).Raw("SELECT b.name FROM brands b JOIN members m ON m.brand_id = b.id WHERE m.person_id = ?", p.ID).Scan(&brands).Error
	if err != nil {
		return models.Internal("read a person's brands", err)
	}
	var wrong models.Fields
	CheckPassword(&wrong, field, password, append(about, brands...)...)
	return wrong.Err()
}

// setPassword is what all password changes have in common: other sessions and
// unused links end, and a mail is sent.
func (s *Store) setPassword(ctx context.Context, tx *db.Tx, personID int64, hash, but, action string) error {
	now := s.clock()
	err := firstError(tx.Exec("UPDATE people SET password_hash = ? WHERE id = ?", hash, personID),
		tx.Exec("DELETE FROM password_resets WHERE person_id = ? AND used_at IS NULL", personID))
	if err != nil {
		return err
	}
	if err := EndAllSessions(tx, personID, but, now); err != nil {
		return err
	}
	return s.recordSecurityChange(ctx, tx, personID, action, now)
}
