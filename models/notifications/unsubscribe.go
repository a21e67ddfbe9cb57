package notifications

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Digest is the kind of the daily mail in the links that stop it.
const Digest Kind = "digest"

// Link is a link that stops the mails of a kind to a person. Only the hash of its secret
// is stored; every mail of the kind contains the same link.
type Link struct {
	TokenHash string `gorm:"primaryKey"`
	PersonID  int64
	Kind      Kind
	CreatedAt time.Time
}

// TableName is the table's name, for GORM.
func (Link) TableName() string { return "notification_links" }

// StopSecret is the secret of the link that stops mails of the kind to the person, "" for
// a kind whose mails must be sent.
func (s *Store) StopSecret(ctx context.Context, personID int64, k Kind) (string, error) {
	if k.Required() {
		return "", nil
	}
	secret := s.db.Keys.Digest("notifications stop", fmt.Sprintf("%d %s", personID, k))
	return secret, s.db.Tx(ctx, func(tx *db.Tx) error {
		l := Link{models.HashSecret(secret), personID, k, s.clock()}
		return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "token_hash"}}, DoNothing: true}).Create(&l).Error
	})
}

// Subscription is what a link stops.
type Subscription struct {
	Kind Kind
	On   bool // mails are still sent
}

// Subscription reads what the link in a mail stops.
func (s *Store) Subscription(ctx context.Context, secret string) (Subscription, error) {
	_, x, err := s.findSubscription(s.db.Read(ctx), secret)
	return x, err
}

func (s *Store) findSubscription(q *gorm.DB, secret string) (personID int64, x Subscription, err error) {
	var row struct {
		PersonID int64
		Kind     Kind
		Channel  Channel
		Daily    int64
	}
	err = q.Raw(`SELECT l.person_id, l.kind, coalesce(p.channel, 'mail') AS channel,
			(SELECT count(*) FROM notification_preferences d WHERE d.person_id = l.person_id AND d.channel = 'daily') AS daily
		FROM notification_links l LEFT JOIN notification_preferences p ON p.person_id = l.person_id AND p.kind = l.kind
		WHERE l.token_hash = ?`, models.HashSecret(secret)).Scan(&row).Error
	if err == nil && row.PersonID == 0 {
		err = models.NotFound()
	}
	on := row.Channel == ByMail || row.Channel == ByDaily
	if row.Kind == Digest {
		on = row.Daily > 0
	}
	return row.PersonID, Subscription{row.Kind, on}, err
}

// Unsubscribe stops the mails of a kind, or the digest, to the person whose mail contains
// the link, whoever follows it; from then on they are notified in the app. Repeating it
// changes nothing, and a link that stops nothing writes nothing.
func (s *Store) Unsubscribe(ctx context.Context, secret string) error {
	if _, x, err := s.findSubscription(s.db.Read(ctx), secret); err != nil || !x.On {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		personID, x, err := s.findSubscription(tx.DB, secret)
		if err != nil || !x.On {
			return err
		}
		q := tx.Model(&Notification{}).Where("person_id = ? AND daily_at IS NOT NULL", personID)
		if x.Kind != Digest {
			if err := q.Where("kind = ?", x.Kind).Update("daily_at", nil).Error; err != nil {
				return err
			}
			return keepPreferences(tx, []Preference{{personID, x.Kind, InApp}})
		}
		if err := q.Update("daily_at", nil).Error; err != nil {
			return err
		}
		return tx.Model(&Preference{}).Where("person_id = ? AND channel = ?", personID, ByDaily).Update("channel", InApp).Error
	})
}
