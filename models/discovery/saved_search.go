package discovery

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/search"
)

// Maximums of saved searches.
const (
	MaxSavedSearches   = 100 // of a brand
	MaxSavedSearchName = 80  // characters
)

// SavedSearch is a search that the members of a brand share. Its query is its
// filter as encoded in URLs, without a page, and never changes: the known
// creators belong to this query alone.
type SavedSearch struct {
	ID        int64
	PublicID  string
	BrandID   int64
	CreatedBy int64
	MailsTo   *int64 // who gets its mails: whoever saved it or last set its alert; nil once they have stopped them
	Name      string
	NameKey   string // unique among the searches of a brand
	Query     string
	Alert     AlertFrequency
	Known     []byte     // ids of everybody who has matched since it was saved, as a roaring bitmap
	NextAt    *time.Time // when the next mail is due; nil for an alert without a fixed time
	CreatedAt time.Time
	UpdatedAt time.Time // when somebody last changed it
	Version   int64     // counts every change, including a check that found somebody
}

// TableName is the table's name, for GORM.
func (SavedSearch) TableName() string { return "saved_searches" }

// SearchMatch is a creator who started to match a search after it was saved.
type SearchMatch struct {
	SavedSearchID int64 `gorm:"primaryKey"`
	CreatorID     int64 `gorm:"primaryKey"`
	FoundIn       int64 // the version of the search that found the creator
	FoundAt       time.Time
	MailedAt      *time.Time // when the creator was put into a mail
	MailID        *int64
	SeenAt        *time.Time // when the brand marked the creator as seen
}

// TableName is the table's name, for GORM.
func (SearchMatch) TableName() string { return "saved_search_matches" }

// SearchMail is a mail about new creators. Its link stops further mails.
type SearchMail struct {
	ID            int64
	SavedSearchID *int64 // nil once the search is gone
	PersonID      int64
	TokenHash     string
	At            time.Time
}

// TableName is the table's name, for GORM.
func (SearchMail) TableName() string { return "saved_search_mails" }

// SavedSearchView is a saved search as the members of its brand see it.
type SavedSearchView struct {
	SavedSearch
	Filter        search.Filter `gorm:"-"`
	Broken        bool          `gorm:"-"` // its query refers to something that no longer exists, so it is not checked
	CreatedByName string        `gorm:"column:by_name"`
	MailsToName   string        `gorm:"column:to_name"` // who gets its mails, "" if nobody does
	Mine          bool          // the actor gets them
	Reaches       bool          // the person can be mailed: in the brand or an agency of it, not suspended, with a confirmed address
	New           int64         // matches not seen yet, without those who cannot be shown
}

// CanSeeSavedSearches says whether the actor may read their brand's saved
// searches: every member may.
func CanSeeSavedSearches(a models.Actor) bool { return a.SignedIn() && a.BrandID != 0 && !a.Suspended }

// CanEditSavedSearches says whether the actor may save, change and delete searches,
// and mark new creators as seen: the roles that run proposals may.
func CanEditSavedSearches(a models.Actor) bool {
	return CanSeeSavedSearches(a) && a.Role.ManagesDeals()
}

func errSearchRole() error { return models.Forbidden("discovery.searches.error.role") }

// filterToSave returns the filter to save: without a page, and without the
// creators hidden from the actor.
func filterToSave(f search.Filter) search.Filter {
	f.After, f.Before, f.Hidden = nil, nil, nil
	return f
}

// encodeFilter encodes a filter for storage.
func encodeFilter(f search.Filter) string { return filterToSave(f).Values().Encode() }
