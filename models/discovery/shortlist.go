package discovery

import (
	"time"

	"tribemarket/models/creators"
)

// The bounds of shortlists; those of texts and labels the database holds too.
const (
	MaxShortlists        = 100  // of a brand
	MaxShortlistCreators = 500  // creators on a list
	MaxShortlistName     = 60   // characters
	MaxShortlistNote     = 1000 // characters
	MaxLabels            = 10   // of a creator on a list
	MaxLabelLength       = 30   // characters
)

// Shortlist is a list of creators that the members of a brand share.
type Shortlist struct {
	ID        int64
	PublicID  string
	BrandID   int64
	Name      string
	NameKey   string // by which the lists of a brand are told apart
	CreatedBy int64
	CreatedAt time.Time
	UpdatedAt time.Time
}

// TableName is GORM's.
func (Shortlist) TableName() string { return "shortlists" }

// ShortlistItem is a creator on a list.
type ShortlistItem struct {
	ID          int64
	ShortlistID int64
	CreatorID   int64
	Note        string
	AddedBy     int64
	AddedAt     time.Time
}

// TableName is GORM's.
func (ShortlistItem) TableName() string { return "shortlist_items" }

// ShortlistLabel is a label of a creator on a list; positions count from 1.
type ShortlistLabel struct {
	ItemID   int64 `gorm:"primaryKey"`
	Position int64 `gorm:"primaryKey"`
	Label    string
}

// TableName is GORM's.
func (ShortlistLabel) TableName() string { return "shortlist_labels" }

// ShortlistSummary is a list among the others of its brand.
type ShortlistSummary struct {
	PublicID      string
	Name          string
	Creators      int
	CreatedByName string `gorm:"column:made_by"` // who made it, "" of somebody who has left
	UpdatedAt     time.Time
	Has           bool // of ListsFor: the creator is on it
}

// EntryStanding says whether a creator on a list can be asked for anything.
type EntryStanding string

// The standings. Of any but Here a list shows no figures. It tells nobody who is
// suspended or has blocked the brand: they are Unlisted.
const (
	StandingListed   EntryStanding = "here"
	StandingUnlisted EntryStanding = "unlisted" // not listed now
	StandingBlocked  EntryStanding = "blocked"  // by the brand itself
	StandingErased   EntryStanding = "left"     // has erased what was held on her
)

// ShortlistEntry is a creator on a list with what the brand says of her.
type ShortlistEntry struct {
	Standing  EntryStanding
	CreatorID int64
	PublicID  string
	Name      string // "" of one who has left
	Note      string
	Labels    []string
	AddedBy   string // the member's name, "" of one who has left
	AddedAt   time.Time
	Summary   *creators.CreatorSummary // nil unless she is Here
}

// LabelCount is how many creators of a list have a label.
type LabelCount struct {
	Label    string
	Creators int
	Chosen   bool
}

// ShortlistSort is how a list is sorted.
type ShortlistSort string

// The sorts. Who has no figure comes last, then the latest added first.
const (
	SortByAdded      ShortlistSort = "added" // the latest first
	SortByName       ShortlistSort = "name"
	SortByFollowers  ShortlistSort = "followers"  // the most first
	SortByEngagement ShortlistSort = "engagement" // the highest first
	SortByPrice      ShortlistSort = "price"      // of a video, the lowest first, currency by currency
)

// ShortlistSorts lists the sorts, the usual one first.
func ShortlistSorts() []ShortlistSort {
	return []ShortlistSort{SortByAdded, SortByName, SortByFollowers, SortByEngagement, SortByPrice}
}

// ShortlistFilter is what of a list is shown, and in which order.
type ShortlistFilter struct {
	Label string // "" for all
	Sort  ShortlistSort
}

// ShortlistView is a list as a member of its brand sees it.
type ShortlistView struct {
	Shortlist
	Entries []ShortlistEntry
	Labels  []LabelCount    // the most frequent first
	Total   int             // creators on the list, whatever the filter
	Filter  ShortlistFilter // as it was understood
}
