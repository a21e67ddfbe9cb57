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

// Subject is what an event is about, as it stands in an address.
type Subject struct {
	Kind string // deal, proposal, search, brand, ...
	ID   string // public id, "" for the one page of its kind
}

// Event is something that people are told of.
type Event struct {
	ID        int64
	Key       *string // names the event: a second one with the same key is none
	Kind      Kind
	Subject   Subject `gorm:"embedded;embeddedPrefix:subject_"`
	PersonID  *int64  // whom its words name: it goes when they are erased
	CreatorID *int64
	Data      []byte // what the receiver rule of the kind needs, as JSON
	At        time.Time
}

// TableName is GORM's.
func (Event) TableName() string { return "notification_events" }

// Read fills v with what was published as data.
func (e Event) Read(v any) error {
	if err := json.Unmarshal(e.Data, v); err != nil {
		return fmt.Errorf("data of notification event %d: %w", e.ID, err)
	}
	return nil
}

// MailKey names the mail that tells a person of the event.
func (e Event) MailKey(personID int64) string {
	key := fmt.Sprintf("notification-%d", e.ID)
	if e.Key != nil {
		key = *e.Key
	}
	return fmt.Sprintf("%s-p%d", key, personID)
}

// DeliverArgs is the job that tells people of an event.
type DeliverArgs struct {
	EventID int64 `json:"event_id"`
}

// Kind is River's name of the job.
func (DeliverArgs) Kind() string { return "notifications.deliver" }

// InsertOpts is River's: a mail server may be away for days.
func (DeliverArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 25} }

// Publish has people told of the event once the transaction has committed. data
// is for the receiver rule of the kind. An event whose key is known is dropped.
func Publish(tx *db.Tx, e Event, data any) error {
	if !e.Kind.known() {
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
