package accounts

import (
	"context"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
)

// SecurityNotice notifies a person of a change to how they sign in, or of their account's end,
// in case it wasn't them.
type SecurityNotice struct {
	PersonID int64     `json:"person_id"`
	Email    string    `json:"email"` // confirmed when it happened, "" for none
	What     string    `json:"what"`  // one of SecurityNotices
	At       time.Time `json:"at"`
	Key      string    `json:"key"` // identifies the event
}

// SecurityNotices are the changes that are notified by mail. Each has texts
// named accounts.mail.WHAT, see views/emails.
var SecurityNotices = []string{
	"accounts.password_changed", "accounts.password_reset", "accounts.email_changed",
	"accounts.factor_added", "accounts.factor_removed", "accounts.recovery_renewed", "accounts.recovery_used",
	"accounts.passkey_added", "accounts.passkey_removed", "accounts.sign_in_tries",
	NoticeLeaving, NoticeStaying,
}

// What MarkLeaving notifies of: the person has asked to be erased, or stays after all.
const (
	NoticeLeaving = "accounts.leaving"
	NoticeStaying = "accounts.staying"
)

// recordSecurityChange audits a change and notifies the person at their confirmed address.
func (s *Store) recordSecurityChange(ctx context.Context, tx *db.Tx, personID int64, action string, now time.Time) error {
	err := tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: personID, Action: action, Subject: db.AuditSubject("person", personID)})
	if err != nil {
		return err
	}
	if !slices.Contains(SecurityNotices, action) {
		return nil
	}
	return notifyOfSecurity(tx, personID, action, now)
}

// notifyOfSecurity notifies a person of one of SecurityNotices at their confirmed address.
func notifyOfSecurity(tx *db.Tx, personID int64, what string, now time.Time) error {
	var p Person
	if err := tx.Take(&p, personID).Error; err != nil {
		return err
	}
	n := SecurityNotice{PersonID: personID, What: what, At: now, Key: models.NewPublicID()}
	if p.Email != nil && p.EmailConfirmedAt != nil {
		n.Email = *p.Email
	}
	key := "security-" + n.Key
	return notifications.Publish(tx, notifications.Event{Key: &key, Kind: notifications.SignInSecurity, Subject: notifications.Subject{Kind: "security"}, PersonID: &personID, At: now}, n)
}

// SecurityReceivers returns who is notified of a change to how they sign in:
// the person, suspended or not, at the address they had then.
func (s *Store) SecurityReceivers(ctx context.Context, e notifications.Event) (notifications.Answer, error) {
	var n SecurityNotice
	if err := e.Read(&n); err != nil {
		return notifications.Answer{}, err
	}
	p, err := s.PersonByID(ctx, n.PersonID)
	if err != nil || p.ErasedAt != nil {
		return notifications.Answer{}, err
	}
	to := Contact{PersonID: p.ID, Name: p.Name, Email: n.Email, Confirmed: n.Email != "", Locale: p.Locale, Zone: p.Zone}
	return notifications.Answer{To: []Contact{to}, Content: n}, nil
}
