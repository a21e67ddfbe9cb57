package accounts

import (
	"context"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// SecurityArgs is the job that tells a person that something about her signing
// in was changed, in case it wasn't she.
type SecurityArgs struct {
	PersonID int64     `json:"person_id"`
	Email    string    `json:"email"`
	What     string    `json:"what"` // the audit event's action
	At       time.Time `json:"at"`
	Key      string    `json:"key"` // of the mail
}

// Kind is River's name of the job.
func (SecurityArgs) Kind() string { return "accounts.security" }

// SecurityNotices are the changes of which a mail tells. Each has texts named
// accounts.mail.WHAT, see views/emails.
var SecurityNotices = []string{
	"accounts.password_changed", "accounts.password_reset", "accounts.email_changed",
	"accounts.factor_added", "accounts.factor_removed", "accounts.recovery_renewed", "accounts.recovery_used",
	"accounts.passkey_added", "accounts.passkey_removed",
}

// noted audits a change and tells the person of it at her confirmed address.
func (s *Store) noted(ctx context.Context, tx *db.Tx, personID int64, action string, now time.Time) error {
	err := tx.Audit(ctx, db.Event{At: now, PersonID: personID, Action: action, Subject: db.Subject("person", personID)})
	if err != nil {
		return err
	}
	if !slices.Contains(SecurityNotices, action) {
		return nil
	}
	var p Person
	if err := tx.Take(&p, personID).Error; err != nil || p.Email == nil || p.EmailConfirmedAt == nil {
		return err
	}
	return tx.Enqueue(SecurityArgs{PersonID: personID, Email: *p.Email, What: action, At: now, Key: models.NewPublicID()}, nil)
}
