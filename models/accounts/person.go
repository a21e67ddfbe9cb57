package accounts

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/places"
	"tribemarket/models/text"
)

// Person is a user who can sign in.
type Person struct {
	ID               int64
	Name             string
	Email            *string // lower case; nil until a creator has confirmed one
	EmailConfirmedAt *time.Time
	PasswordHash     *string // nil for people who sign in through a platform only
	Locale           string  // en, fr or nl
	Zone             string  // IANA name
	CreatedAt        time.Time
	LastSeenAt       *time.Time
	SuspendedAt      *time.Time
	SuspendedReason  string
	Admin            bool // is an administrator of the instance
	ErasedAt         *time.Time
	LeavingAt        *time.Time // they asked for everything about them to be erased, which waits for their deals
}

// TableName is the table's name, for GORM.
func (Person) TableName() string { return "people" }

// Location returns the person's time zone; UTC if its name is unknown.
func (p Person) Location() *time.Location {
	if l, err := time.LoadLocation(p.Zone); err == nil {
		return l
	}
	return time.UTC
}

// Identity lets a person sign in through a platform or provider: the user id there.
type Identity struct {
	Provider  string `gorm:"primaryKey"`
	Subject   string `gorm:"primaryKey"`
	PersonID  int64
	CreatedAt time.Time
}

// TableName is the table's name, for GORM.
func (Identity) TableName() string { return "identities" }

// Store reads and writes people and brands.
type Store struct {
	db       *db.DB
	clock    models.Clock
	profiles ProfileRows

	// MailReaches says whether mails can be sent to an address; to every one if nil. It may
	// ask the mail server, and so is never called within a transaction. Set once after
	// NewStore.
	MailReaches func(ctx context.Context, address string) bool

	// SessionLimits are how long browser sessions last. Set once after NewStore.
	SessionLimits SessionLimits
}

// ProfileRows is SQL from the creators area that selects who has a profile: person_id,
// id, public_id, name, listed, suspended_at and suspended_reason. It is part of the one
// query on every page that loads the signed-in person.
type ProfileRows string

// NewStore returns a Store on a database.
func NewStore(d *db.DB, clock models.Clock, profiles ProfileRows) *Store {
	return &Store{db: d, clock: clock, profiles: profiles}
}

// CreatePerson adds a person within a transaction. Times are set by the caller.
func CreatePerson(tx *db.Tx, p Person) (Person, error) {
	if p.Zone == "" {
		p.Zone = "UTC"
	}
	if p.Locale == "" {
		p.Locale = "en"
	}
	err := tx.Create(&p).Error
	return p, err
}

// FindIdentity finds the identity with a platform's user id.
func FindIdentity(tx *db.Tx, provider, subject string) (personID int64, ok bool, err error) {
	var id Identity
	err = tx.Where("provider = ? AND subject = ?", provider, subject).Take(&id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, false, nil
	}
	return id.PersonID, err == nil, err
}

// FindPerson reads a person for another area; gorm.ErrRecordNotFound if there is
// none.
func FindPerson(q *gorm.DB, id int64) (p Person, err error) {
	err = q.Take(&p, id).Error
	return p, err
}

// HasConfirmedEmail says whether a person's e-mail address is confirmed.
func HasConfirmedEmail(q *gorm.DB, personID int64) (confirmed bool, err error) {
	err = q.Raw("SELECT email_confirmed_at IS NOT NULL FROM people WHERE id = ?", personID).Scan(&confirmed).Error
	return confirmed, err
}

// ConfirmedEmail reads a person's address, "" if there is none or it is not confirmed.
func ConfirmedEmail(q *gorm.DB, personID int64) (email string, err error) {
	err = q.Raw("SELECT coalesce(email, '') FROM people WHERE id = ? AND email_confirmed_at IS NOT NULL", personID).Scan(&email).Error
	return email, err
}

// JoinedAt reads when a person signed up.
func JoinedAt(q *gorm.DB, personID int64) (at time.Time, err error) {
	err = q.Raw("SELECT created_at FROM people WHERE id = ?", personID).Scan(&at).Error
	return at, err
}

// AddIdentity lets a person sign in with a platform's user id. It fails with
// gorm.ErrDuplicatedKey if somebody already has that id.
func AddIdentity(tx *db.Tx, provider, subject string, personID int64, now time.Time) error {
	return tx.Create(&Identity{provider, subject, personID, now}).Error
}

// ForgetIdentity ends signing in with a platform's user id.
func ForgetIdentity(tx *db.Tx, provider, subject string) error {
	return tx.Exec("DELETE FROM identities WHERE provider = ? AND subject = ?", provider, subject).Error
}

// SetPersonLocale stores the language in which the person reads pages and mails.
func (s *Store) SetPersonLocale(ctx context.Context, actor models.Actor, locale string) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	if !isKnownLocale(locale) {
		return models.Invalid("language", "accounts.error.locale")
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("UPDATE people SET locale = ? WHERE id = ?", locale, actor.PersonID).Error
	})
}

// PersonForm is what people may change about themselves.
type PersonForm struct {
	Name   string
	Locale string
	Zone   string
}

// UpdatePerson saves what the actor says about themselves.
func (s *Store) UpdatePerson(ctx context.Context, actor models.Actor, f PersonForm) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	var wrong models.Fields
	f.Name = text.SingleLine(f.Name)
	checkText(&wrong, "name", f.Name, 1, 80)
	if !isKnownLocale(f.Locale) {
		wrong.Add("locale", "accounts.error.locale")
	}
	zone, ok := places.ParseTimeZone(f.Zone)
	if !ok {
		wrong.Add("zone", "accounts.error.zone")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("UPDATE people SET name = ?, locale = ?, zone = ? WHERE id = ?",
			f.Name, f.Locale, zone, actor.PersonID).Error
	})
}

// PersonByID reads one person, for jobs.
func (s *Store) PersonByID(ctx context.Context, personID int64) (Person, error) {
	var p Person
	err := s.db.Read(ctx).Take(&p, personID).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return p, models.NotFound()
	}
	return p, err
}
