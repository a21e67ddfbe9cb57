package setup

import (
	"cmp"
	"context"
	"sync/atomic"
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// Settings are the settings of an instance that can be made in the browser; "" is what
// nobody has set.
type Settings struct {
	Name     string
	Locale   string // for people whose browser asks for no language that the site has
	MailFrom string // address of the sender
	SMTP     string // URL of the mail server, with its password
}

// defaults are used where neither the environment nor the database has a setting.
var defaults = Settings{Name: "Tribemarket", Locale: "en", MailFrom: "tribemarket@localhost"}

// Or returns the settings, with those of others where there are none.
func (s Settings) Or(others Settings) Settings {
	return Settings{cmp.Or(s.Name, others.Name), cmp.Or(s.Locale, others.Locale), cmp.Or(s.MailFrom, others.MailFrom), cmp.Or(s.SMTP, others.SMTP)}
}

// Store keeps the settings and the link to make them.
type Store struct {
	db          *db.DB
	clock       models.Clock
	accounts    *accounts.Store
	environment Settings
	stored      atomic.Pointer[Settings] // as last read, see Reload
}

// NewStore returns a Store on a database; settings of the environment come before those
// in the database.
func NewStore(d *db.DB, clock models.Clock, people *accounts.Store, environment Settings) *Store {
	s := &Store{db: d, clock: clock, accounts: people, environment: environment}
	s.stored.Store(&Settings{})
	return s
}

// Environment are the settings that the environment has.
func (s *Store) Environment() Settings { return s.environment }

// Current are the settings that count.
func (s *Store) Current() Settings { return s.environment.Or(*s.stored.Load()).Or(defaults) }

// Reload reads the settings from the database, where another node may have changed them.
// A mail server whose key is lost counts as not set.
func (s *Store) Reload(ctx context.Context) error {
	var rows []instanceSettings
	if err := s.db.Read(ctx).Limit(1).Find(&rows).Error; err != nil {
		return models.Internal("read the instance's settings", err)
	}
	read := Settings{}
	if len(rows) > 0 {
		read = Settings{Name: rows[0].Name, Locale: rows[0].Locale, MailFrom: rows[0].MailFrom, SMTP: s.openSMTP(rows[0])}
	}
	s.stored.Store(&read)
	return nil
}

// openSMTP opens the URL of the mail server; "" if there is none, or its key is lost.
func (s *Store) openSMTP(row instanceSettings) string {
	plain, err := s.db.Keys.Open(smtpPurpose, row.SMTP)
	if err != nil {
		return ""
	}
	return string(plain)
}

// instanceSettings is the one row of the settings.
type instanceSettings struct {
	ID        int64
	Name      string
	Locale    string
	MailFrom  string
	SMTP      string `gorm:"column:smtp"` // sealed; "" for none
	UpdatedAt time.Time
}

// TableName is the table's name, for GORM.
func (instanceSettings) TableName() string { return "instance_settings" }

// smtpPurpose is what the mail server's URL is sealed for.
const smtpPurpose = "setup.smtp"

// save changes the settings for whoever has the link.
func (s *Store) save(ctx context.Context, secret string, change func(*instanceSettings)) error {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.checkLink(tx.DB, secret); err != nil {
			return err
		}
		row := instanceSettings{ID: 1, Locale: defaults.Locale}
		if err := tx.Limit(1).Find(&row).Error; err != nil {
			return err
		}
		change(&row)
		row.UpdatedAt = s.clock()
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	})
	if err != nil {
		return err
	}
	return s.Reload(ctx)
}
