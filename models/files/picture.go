package files

import (
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
)

// Use is where a picture is shown.
type Use string

// The uses.
const (
	Portrait  Use = "portrait"  // of a creator
	Work      Use = "work"      // of a creator, on the media kit
	Logo      Use = "logo"      // of a brand
	Thumbnail Use = "thumbnail" // of a creator's post, as its platform shows it
)

// MaxWorks is how many works a creator shows.
const MaxWorks = 9

// most is how many pictures of a use an owner has.
func (u Use) most() int {
	if u == Work {
		return MaxWorks
	}
	return 1
}

// Owner is who shows a picture: a creator or a brand, one of both.
type Owner struct{ CreatorID, BrandID int64 }

// OfCreator is a creator as an owner.
func OfCreator(id int64) Owner { return Owner{CreatorID: id} }

// OfBrand is a brand as an owner.
func OfBrand(id int64) Owner { return Owner{BrandID: id} }

// ownerFor is who shows a picture of a use that the actor uploads.
func ownerFor(actor models.Actor, use Use) Owner {
	if use == Logo {
		return OfBrand(actor.BrandID)
	}
	return OfCreator(actor.CreatorID)
}

// where limits a query to the pictures of the owner.
func (o Owner) where(q *gorm.DB) *gorm.DB {
	if o.CreatorID != 0 {
		return q.Where("creator_id = ?", o.CreatorID)
	}
	return q.Where("brand_id = ? AND brand_id <> 0", o.BrandID)
}

// State is how far a picture is. It is shown only when it is Ready.
type State string

// The states.
const (
	Uploading State = "uploading" // its bytes are being stored
	Ready     State = "ready"
	Removed   State = "removed" // its bytes are still to be deleted
	Deleted   State = "deleted" // of a document that something still names: its bytes are gone
)

// Picture is one picture, uploaded or fetched, in several sizes.
type Picture struct {
	ID         int64
	PublicID   string // in its address
	CreatorID  *int64 // of the owner, or
	BrandID    *int64
	Use        Use
	Place      int64 // among the owner's pictures of this use, from 1
	State      State
	Alt        string // what can be seen, for people who don't see it
	Colour     string // its average, "#rrggbb", shown until it is there
	Width      int64  // of the largest size, pixels
	Height     int64
	Type       string // media type
	Bytes      int64  // of all sizes
	StorageKey string // of the bytes; see storageKey
	UploadedBy *int64 // person; nil for a thumbnail
	PostID     *int64 // of a thumbnail; nil once the post is deleted
	CreatedAt  time.Time

	HiddenAt     *time.Time // by an administrator
	HiddenReason string
}

// TableName is the table's name, for GORM.
func (Picture) TableName() string { return "pictures" }

// Owner is who shows it.
func (p Picture) Owner() Owner {
	switch {
	case p.CreatorID != nil:
		return OfCreator(*p.CreatorID)
	case p.BrandID != nil:
		return OfBrand(*p.BrandID)
	}
	return Owner{}
}
