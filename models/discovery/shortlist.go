package discovery

import (
	"time"

	"tribemarket/models/creators"
)

// Maximums of shortlists; the database enforces those of texts and labels too.
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
	NameKey   string // unique among the lists of a brand
	CreatedBy int64
	CreatedAt time.Time
	UpdatedAt time.Time
}

// TableName is the table's name, for GORM.
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

// TableName is the table's name, for GORM.
func (ShortlistItem) TableName() string { return "shortlist_items" }

// ShortlistLabel is a label of a creator on a list; positions start at 1.
type ShortlistLabel struct {
	ItemID   int64 `gorm:"primaryKey"`
	Position int64 `gorm:"primaryKey"`
	Label    string
}

// TableName is the table's name, for GORM.
func (ShortlistLabel) TableName() string { return "shortlist_labels" }

// ShortlistSummary is a list in an overview of the brand's lists.
type ShortlistSummary struct {
	PublicID      string
	Name          string
	Creators      int
	CreatedByName string `gorm:"column:made_by"` // who created it, "" if they have left
	UpdatedAt     time.Time
	Has           bool // for ListShortlistsFor: the creator is on it
}

// EntryStanding says whether a creator on a list can be sent proposals.
type EntryStanding string

// The standings. A list shows figures only of creators who are Here. It doesn't
// reveal who is suspended or has blocked the brand: they are Unlisted.
const (
	StandingListed   EntryStanding = "here"
	StandingUnlisted EntryStanding = "unlisted" // not listed now
	StandingBlocked  EntryStanding = "blocked"  // by the brand itself
	StandingErased   EntryStanding = "left"     // has erased their data
)

// ShortlistEntry is a creator on a list with the brand's note and labels.
type ShortlistEntry struct {
	Standing  EntryStanding
	CreatorID int64
	PublicID  string
	Name      string // "" for one who has left
	Note      string
	Labels    []string
	AddedBy   string // the member's name, "" if they have left
	AddedAt   time.Time
	Summary   *creators.CreatorSummary // nil unless the creator is Here
}

// LabelCount is the number of creators on a list with a label.
type LabelCount struct {
	Label    string
	Creators int
	Chosen   bool
}

// ShortlistSort is the order of a list.
type ShortlistSort string

// The orders. Creators without the figure come last; ties are sorted latest added first.
const (
	SortByAdded      ShortlistSort = "added" // the latest first
	SortByName       ShortlistSort = "name"
	SortByFollowers  ShortlistSort = "followers"  // the most first
	SortByEngagement ShortlistSort = "engagement" // the highest first
	SortByPrice      ShortlistSort = "price"      // of a video, the lowest first, currency by currency
)

// ShortlistSorts lists the orders, the default first.
func ShortlistSorts() []ShortlistSort {
	return []ShortlistSort{SortByAdded, SortByName, SortByFollowers, SortByEngagement, SortByPrice}
}

// ShortlistFilter says which creators of a list are shown, and in which order.
type ShortlistFilter struct {
	Label string // "" for all
	Sort  ShortlistSort
}

// ShortlistView is a list as members of its brand see it.
type ShortlistView struct {
	Shortlist
	Entries []ShortlistEntry
	Labels  []LabelCount    // the most frequent first
	Total   int             // creators on the list, whatever the filter
	Filter  ShortlistFilter // as it was applied
}
