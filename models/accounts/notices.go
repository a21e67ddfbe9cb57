package accounts

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
)

// NoticeKind is the kind of a notice about a brand. Each is declared beside what
// causes it; its text is accounts.mail.KIND.
type NoticeKind string

// Notice is the job that notifies one person of what has happened in a brand.
type Notice struct {
	Kind     NoticeKind  `json:"kind"`
	Key      string      `json:"key"` // identifies the event, so that nobody is notified twice
	BrandID  int64       `json:"brand_id"`
	AgencyID int64       `json:"agency_id,omitempty"`
	PersonID int64       `json:"person_id"`          // the recipient
	OfID     int64       `json:"of_id,omitempty"`    // the brand they are notified for, 0 for themselves
	ByID     int64       `json:"by_id,omitempty"`    // who did it
	OtherID  int64       `json:"other_id,omitempty"` // whom else it concerns
	Role     models.Role `json:"role,omitempty"`
	Domain   string      `json:"domain,omitempty"`
	Email    string      `json:"email,omitempty"` // that an invitation was sent to
}

// event returns the notification of a notice.
func (n Notice) event(at time.Time) notifications.Event {
	key := "notice-" + n.Key
	e := notifications.Event{Key: &key, Kind: notifications.BrandMembership, Subject: notifications.Subject{Kind: "members"}, At: at}
	switch n.Kind {
	case NoticeRemoved:
		e.Subject.Kind = "home"
	case NoticeMandateOffered, NoticeMandateAccepted, NoticeMandateEnded:
		e.Kind = notifications.BrandMandate
	case NoticeDomainLost:
		e.Kind, e.Subject.Kind = notifications.BrandDomain, "domain"
	}
	if id := cmp.Or(n.OtherID, n.ByID); id != 0 {
		e.PersonID = &id
	}
	return e
}

func publishNotice(tx *db.Tx, at time.Time, n Notice) error {
	n.Key = models.NewPublicID()
	return notifications.Publish(tx, n.event(at), n)
}

// notifyOwners notifies each owner of a brand.
func notifyOwners(tx *db.Tx, at time.Time, of int64, n Notice) error {
	owners, err := Contacts(tx.DB, of, models.RoleOwner)
	if err != nil {
		return err
	}
	for _, c := range owners {
		n.PersonID, n.OfID = c.PersonID, of
		if err := publishNotice(tx, at, n); err != nil {
			return err
		}
	}
	return nil
}

// NoticeDetails is a Notice with the names that its text mentions.
type NoticeDetails struct {
	Notice
	To                       Contact
	Brand, Agency, By, Other string
}

// ReadNotice reads a notice's details; due is false if the recipient is no longer
// notified.
func (s *Store) ReadNotice(ctx context.Context, n Notice) (out NoticeDetails, due bool, err error) {
	out.Notice = n
	q := s.db.Read(ctx)
	if out.To, due, err = PersonContact(q, n.PersonID); err != nil || !due {
		return out, false, err
	}
	if n.OfID != 0 {
		all, err := Contacts(q, n.OfID, models.RoleViewer)
		if err != nil || !slices.ContainsFunc(all, func(c Contact) bool { return c.PersonID == n.PersonID }) {
			return out, false, err
		}
	}
	var names struct{ Brand, Agency, By, Other string }
	err = q.Raw(`SELECT coalesce((SELECT name FROM brands WHERE id = ?), '') AS brand, coalesce((SELECT name FROM brands WHERE id = ?), '') AS agency,
		coalesce((SELECT name FROM people WHERE id = ?), '') AS "by", coalesce((SELECT name FROM people WHERE id = ?), '') AS other`,
		n.BrandID, n.AgencyID, n.ByID, n.OtherID).Scan(&names).Error
	out.Brand, out.Agency, out.By, out.Other = names.Brand, names.Agency, names.By, names.Other
	return out, true, err
}

// NoticeReceivers returns who is notified of a notice.
func (s *Store) NoticeReceivers(ctx context.Context, e notifications.Event) (notifications.Answer, error) {
	var n Notice
	if err := e.Read(&n); err != nil {
		return notifications.Answer{}, err
	}
	t, due, err := s.ReadNotice(ctx, n)
	if err != nil || !due {
		return notifications.Answer{}, err
	}
	return notifications.Answer{To: []Contact{t.To}, Content: t}, nil
}

// LockBrand locks the brand until the transaction ends, so that of two changes
// to its members, or to what else it has, the second sees the first.
func LockBrand(tx *db.Tx, id int64) error {
	var b Brand
	return tx.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id").Take(&b, id).Error
}
