package notifications

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Subject is what an event is about, in the form used in URLs.
type Subject struct {
	Kind string // deal, proposal, search, brand, ...
	ID   string // public id; "" where the kind has a single page
}

// Event is something that people are notified of.
type Event struct {
	ID        int64
	Key       *string // identifies the event: a second one with the same key is dropped
	Kind      Kind
	Subject   Subject `gorm:"embedded;embeddedPrefix:subject_"`
	PersonID  *int64  // the person named in its text: it is deleted when they are erased
	CreatorID *int64
	Data      []byte // what the receiver rule of the kind needs, as JSON
	At        time.Time
}

// TableName is the table's name, for GORM.
func (Event) TableName() string { return "notification_events" }

// Read decodes the event's data into v.
func (e Event) Read(v any) error {
	if err := json.Unmarshal(e.Data, v); err != nil {
		return fmt.Errorf("data of notification event %d: %w", e.ID, err)
	}
	return nil
}

// MailKey identifies the mail that notifies a person of the event.
func (e Event) MailKey(personID int64) string {
	key := fmt.Sprintf("notification-%d", e.ID)
	if e.Key != nil {
		key = *e.Key
	}
	return fmt.Sprintf("%s-p%d", key, personID)
}

// DeliverArgs is the job that notifies people of an event.
type DeliverArgs struct {
	EventID int64 `json:"event_id"`
}

// Kind is the job's name, for River.
func (DeliverArgs) Kind() string { return "notifications.deliver" }

// InsertOpts allows many attempts, since a mail server may be down for days.
func (DeliverArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 25} }

// Publish records an event and enqueues its delivery, once the transaction has committed.
// data is for the receiver rule of its kind. An event whose key already exists is
// dropped.
func Publish(tx *db.Tx, e Event, data any) error {
	if !e.Kind.isKnown() {
		return models.Internal("publish an event", fmt.Errorf("unknown kind %q", e.Kind))
	}
	var err error
	if e.Data, err = json.Marshal(data); err != nil {
		return models.Internal("publish an event", err)
	}
	res := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "key"}}, DoNothing: true}).Create(&e)
	if res.Error != nil || res.RowsAffected == 0 {
		return res.Error
	}
	return tx.Enqueue(DeliverArgs{e.ID}, nil)
}
