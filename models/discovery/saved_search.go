package discovery

import (
	"net/url"
	"time"

	"tribemarket/models"
	"tribemarket/models/search"
)

// The bounds of saved searches.
const (
	MaxSavedSearches   = 100 // of a brand
	MaxSavedSearchName = 80  // characters
)

// SavedSearch is a search that the members of a brand share. Its query is the
// address of its filter, without a place in the list, and never changes: who is
// known is known for this question alone.
type SavedSearch struct {
	ID        int64
	PublicID  string
	BrandID   int64
	CreatedBy int64
	MailsTo   *int64 // who gets its mails: whoever saved it or set its alert last; nil once she has stopped them
	Name      string
	NameKey   string // by which the searches of a brand are told apart
	Query     string
	Alert     AlertFrequency
	Known     []byte     // who has fitted since it was saved: the ids as a roaring bitmap
	NextAt    *time.Time // when the next mail is due; nil of an alert without a time
	CreatedAt time.Time
	UpdatedAt time.Time // when somebody last changed it
	Version   int64     // counts every change, a look that found somebody too
}

// TableName is GORM's.
func (SavedSearch) TableName() string { return "saved_searches" }

// SearchMatch is a creator who came to fit a search after it had been saved.
type SearchMatch struct {
	SavedSearchID int64 `gorm:"primaryKey"`
	CreatorID     int64 `gorm:"primaryKey"`
	FoundIn       int64 // the version of the search that found her
	FoundAt       time.Time
	MailedAt      *time.Time // when she was put into a mail
	MailID        *int64
	SeenAt        *time.Time // when the brand said that it has seen her
}

// TableName is GORM's.
func (SearchMatch) TableName() string { return "saved_search_matches" }

// SearchMail is a mail about new creators. Its link stops further ones.
type SearchMail struct {
	ID            int64
	SavedSearchID *int64 // nil once the search is gone
	PersonID      int64
	TokenHash     string
	At            time.Time
}

// TableName is GORM's.
func (SearchMail) TableName() string { return "saved_search_mails" }

// SavedSearchView is a saved search as the members of its brand see it.
type SavedSearchView struct {
	SavedSearch
	Filter        search.Filter `gorm:"-"`
	Broken        bool          `gorm:"-"` // it asks for something that is not there any more, so that nobody looks for it
	CreatedByName string        `gorm:"column:by_name"`
	MailsToName   string        `gorm:"column:to_name"` // who gets its mails, "" of nobody
	Mine          bool          // the actor gets them
	Reaches       bool          // the person can be mailed: in the brand or an agency of it, not suspended, with a confirmed address
	New           int64         // creators found and not seen, without those who cannot be shown
}

// CanSeeSavedSearches says whether the actor may read the saved searches of her
// brand: every member.
func CanSeeSavedSearches(a models.Actor) bool { return a.SignedIn() && a.BrandID != 0 && !a.Suspended }

// CanEditSavedSearches says whether the actor may save, change and delete them, and
// say that new creators were seen: the roles that run proposals.
func CanEditSavedSearches(a models.Actor) bool {
	return CanSeeSavedSearches(a) && a.Role.ManagesDeals()
}

func errSearchRole() error { return models.Forbidden("discovery.searches.error.role") }

// filterToSave is a filter as it is saved: the question alone, without a place in
// the list and without what is hidden from whoever asks.
func filterToSave(f search.Filter) search.Filter {
	f.After, f.Before, f.Hidden = nil, nil, nil
	return f
}

// encodeFilter is what is kept of a filter.
func encodeFilter(f search.Filter) string { return filterToSave(f).Values().Encode() }

// isBrokenQuery says whether a filter asks less than the query from which it was read:
// a tribe is gone, say. It would find everybody, and everybody would be new.
func isBrokenQuery(query string, f search.Filter) bool {
	asked, err := url.ParseQuery(query)
	if err != nil {
		return true
	}
	left := f.Values()
	for param, values := range asked {
		if len(left[param]) < len(values) {
			return true
		}
	}
	return false
}
