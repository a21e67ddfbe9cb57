package negotiation

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
)

// Negotiation is what a brand and a creator offer each other.
type Negotiation struct {
	ID          int64
	PublicID    string
	Brand       deals.Party
	Creator     deals.Party
	State       State
	Version     int
	Began       models.Side // which side did
	Latest      Offer
	Offers      []Offer // all, oldest first; only where one negotiation is read
	Zone        string  // the creator's time zone when it began; its days end there
	BrandZone   string  // the same for the brand
	Pitch       *Pitch  // what the creator said who began; only where it is read
	BegunAt     time.Time
	ExpiresAt   time.Time  // of the latest offer
	Extension   *Extension // what one side asks for; nil for nothing
	Extensions  int        // how often that was asked for, for the latest offer
	ClosedAt    *time.Time
	CloseReason string
	Deal        string   // public id of the latest deal, once agreed
	Deals       []string // of all, the first first: several where they repeat
	Events      []deals.Event
	Contract    contracts.Requirement // if it is agreed on now; only of an open one that is read alone
}

// Items are the deliverables of the latest offer.
func (n Negotiation) Items() []deals.Item { return deals.ItemsOf(n.Latest.Terms) }

// IsAnswerable says whether the latest offer can still be answered.
func (n Negotiation) IsAnswerable(now time.Time) bool {
	return n.State.IsOpen() && now.Before(n.ExpiresAt)
}

// Offer is one offer of a negotiation.
type Offer struct {
	Number    int // from 1
	Side      models.Side
	Terms     terms.Terms
	Message   string
	Notes     map[terms.Clause]string // why, by clause
	SentAt    time.Time
	ExpiresAt time.Time
}

// Offer finds an offer by its number; nil when there is none with it.
func (n Negotiation) Offer(number int) *Offer {
	for i := range n.Offers {
		if n.Offers[i].Number == number {
			return &n.Offers[i]
		}
	}
	return nil
}

// LatestOf is the latest offer of a side; nil while it has made none.
func (n Negotiation) LatestOf(side models.Side) *Offer {
	for i := len(n.Offers) - 1; i >= 0; i-- {
		if n.Offers[i].Side == side {
			return &n.Offers[i]
		}
	}
	return nil
}
