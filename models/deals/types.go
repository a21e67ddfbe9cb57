package deals

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/files"
	"tribemarket/models/terms"
)

// Party is one side of a negotiation or a deal, as the other side sees it.
type Party struct {
	ID       int64
	PublicID string
	Name     string
	Country  string
	Site     string // of a brand: its website, and what it sells
	Sells    string
	Firm     string // of a brand: the firm behind it, its VAT number, and the domain that it has proven to own
	VAT      string
	Domain   string
	Handle   string         // of a creator: the account with the most followers
	Platform string         // of that account
	Joined   bool           // false for a creator whose profile nobody has claimed yet
	Face     creators.Face  `gorm:"-"` // of a creator
	Logo     *files.Picture `gorm:"-"` // of a brand, nil without one
	Public   bool           // everybody may see its page, and its picture
	// Suspended by the instance: cannot act for now, while deadlines keep running.
	Suspended bool
}

// PublicPicture is the portrait or the logo, if everybody may see it; nil otherwise.
func (p Party) PublicPicture() *files.Picture {
	switch {
	case !p.Public:
		return nil
	case p.Logo != nil:
		return p.Logo
	}
	return p.Face.Portrait
}

// Item is one agreed or proposed video, live or story.
type Item struct {
	Number      int
	ContentType string
	Format      string
	Platform    string
	DueOn       models.Date
	OtherType   string // what it is, where the content type says other
}

// Deal is a set of agreed terms being carried out.
type Deal struct {
	ID           int64
	PublicID     string
	Negotiation  string // public id
	Cycle        int    // of a repetition, from 1
	LastCycle    int    // of a repetition of which no further cycle begins, or not as many as agreed; 0 otherwise. Only in lists
	Brand        Party
	Creator      Party
	Terms        terms.Terms
	Zone         string // the creator's time zone when it was agreed on; the creator's days end there
	BrandZone    string // the same for the brand
	AgreedAt     time.Time
	EndedAt      *time.Time
	EndedBy      models.Side
	EndedLate    bool
	EndReason    string
	Version      int
	Deliverables []Deliverable
	Events       []Event
	Cycles       *Cycles             // nil where it does not repeat; only where one deal is read
	Contract     *contracts.Contract // in force, or else the latest; nil without one. In lists only one that work waits for
	Amendment    *contracts.Contract // of it, that can still be signed; nil without one
	Versions     []contracts.Version // of it, the latest first
	EndedAway    bool                // because a side could not act: at nobody's fault
	Holds        []Hold              // while sides cannot act, at most one for each
}

// Deliverable is one video, live or story of a deal.
type Deliverable struct {
	Item
	ID           int64
	DueAt        time.Time // the end of the agreed day in the creator's time zone
	State        State
	Version      int
	EnteredAt    time.Time
	DeadlineAt   *time.Time // nil once completed or ended
	DraftURL     string
	DraftNote    string
	ChangesNote  string
	Rounds       int // of requested changes
	PublishedURL string
	Proof        Proof
	PublishedAt  *time.Time
	Objection    string
	CompletedAt  *time.Time
	Holds        []Hold    // of its deal, while it waits for something: its clock stands still
	due          time.Time // see DueNow
}

// Deliverable finds a deliverable by its number; nil when the deal has none with it.
func (d Deal) Deliverable(number int) *Deliverable {
	for i := range d.Deliverables {
		if d.Deliverables[i].Number == number {
			return &d.Deliverables[i]
		}
	}
	return nil
}

// DueNow is when the side that has to act is expected to have acted; the deadline may be
// later. The zero time once completed or ended.
func (d Deliverable) DueNow() time.Time {
	return d.due
}

// IsHeld says whether its clock stands still.
func (d Deliverable) IsHeld() bool { return len(d.Holds) > 0 }

// Late says whether the deadline of the current state has passed; while the clock stands
// still, none does.
func (d Deliverable) Late(now time.Time) bool {
	return !d.IsHeld() && d.DeadlineAt != nil && !now.Before(*d.DeadlineAt)
}

// Waits is the side that has to act; "" when nothing is to be done.
func (d Deliverable) Waits() models.Side { return DeliverableTable.Rule(d.State).Waits }
