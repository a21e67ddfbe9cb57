package notifications

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Store keeps who was notified of what, and how each person wants to be notified.
type Store struct {
	db    *db.DB
	clock models.Clock
	rules Rules
}

// NewStore returns a Store on a database. It fails if a kind has no receiver rule.
func NewStore(d *db.DB, clock models.Clock, rules Rules) (*Store, error) {
	return &Store{d, clock, rules}, rules.check()
}

// Notification tells one person of one event.
type Notification struct {
	ID       int64
	PublicID string
	EventID  int64
	PersonID int64
	Kind     Kind
	Subject  Subject `gorm:"embedded;embeddedPrefix:subject_"`
	Title    string  // in the language that the person had chosen at the time
	At       time.Time
	ReadAt   *time.Time
	DailyAt  *time.Time // when it is due in a digest; nil for none, or once sent in one
	DailyKey *string    // of the digest that contains it
}

// TableName is the table's name, for GORM.
func (Notification) TableName() string { return "notifications" }

// Event reads an event and asks the rule of its kind who is to be notified of it now.
// found is false if the event has been deleted.
func (s *Store) Event(ctx context.Context, id int64) (e Event, a Answer, found bool, err error) {
	err = s.db.Read(ctx).Take(&e, id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return e, a, false, nil
	}
	if err != nil {
		return e, a, false, models.Internal("read a notification event", err)
	}
	e.At = e.At.UTC()
	a, err = s.Ask(ctx, e)
	return e, a, err == nil, err
}

// Ask asks the rule of the event's kind who is to be notified of it now.
func (s *Store) Ask(ctx context.Context, e Event) (Answer, error) {
	rule := s.rules[e.Kind]
	if rule == nil { // an event of a later version of the program
		return Answer{}, models.Internal("ask who is to be notified", fmt.Errorf("unknown kind %q", e.Kind))
	}
	return rule(ctx, e)
}

// Keep stores the receiver's notification of the event under the title, once, and says
// whether to send a mail at once.
func (s *Store) Keep(ctx context.Context, e Event, to Receiver, title string) (mail bool, err error) {
	channel, err := s.channelFor(ctx, to.PersonID, e.Kind)
	if err != nil || channel == Off {
		return false, err
	}
	n := Notification{PublicID: models.NewPublicID(), EventID: e.ID, PersonID: to.PersonID, Kind: e.Kind, Subject: e.Subject, Title: title, At: e.At}
	if channel == ByDaily && to.Email != "" {
		n.DailyAt = new(nextDigest(s.clock(), to.Location()))
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "event_id"}, {Name: "person_id"}}, DoNothing: true}).Create(&n).Error
	})
	return channel == ByMail && to.Email != "", err
}

// Mailed says whether the mail with this key has been sent before.
func (s *Store) Mailed(ctx context.Context, key string) (bool, error) {
	var n int64
	err := s.db.Read(ctx).Raw("SELECT count(*) FROM mails WHERE key = ?", key).Scan(&n).Error
	return n > 0, err
}

// KeepMail records that a mail was sent. An existing key is left unchanged.
func (s *Store) KeepMail(ctx context.Context, key string, personID int64, subject string, at time.Time) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("INSERT INTO mails (key, person_id, subject, sent_at) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
			key, personID, subject, at).Error
	})
}
