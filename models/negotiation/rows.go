package negotiation

import (
	"encoding/json"
	"time"

	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
)

// These are the rows as stored in the database. Times come back in the machine's time
// zone, so everything that leaves this package is in UTC.

type row struct {
	ID          int64
	PublicID    string
	BrandID     int64
	CreatorID   int64
	BegunBy     int64
	Began       models.Side
	State       State
	Version     int
	Offer       int           // the number of the latest
	Latest      latestColumns `gorm:"embedded"`
	OfferedAt   time.Time
	JoinHash    *string
	FormKey     string
	Zones       deals.Zones `gorm:"embedded"` // as the first offer showed the ends of its days
	BegunAt     time.Time
	ExpiresAt   time.Time
	RemindAt    *time.Time
	ClosedAt    *time.Time
	CloseReason string

	ExtensionSide models.Side // which asks for a later last day; "" for none
	ExtensionOn   string
	Extensions    int

	ToldDefinition int // the latest definition of figures of which both sides have been told
}

func (row) TableName() string { return "negotiations" }

// latestColumns are what lists and sums need of the latest offer.
type latestColumns struct {
	Product     string
	Category    string
	FeeMinor    int64
	Currency    string
	InKindMinor int64
}

func latestOf(t terms.Terms) latestColumns {
	return latestColumns{t.Product, t.Category, t.Fee.Sum(), t.Currency, t.InKind.Value}
}

type offerRow struct {
	ID            int64
	NegotiationID int64
	Number        int
	Side          models.Side
	SentBy        int64
	Terms         string // as terms.Decode reads it
	Message       string
	Notes         string // as JSON
	FormKey       string
	SentAt        time.Time
	ExpiresAt     time.Time
}

func (offerRow) TableName() string { return "offers" }

func (r offerRow) offer() (Offer, error) {
	t, err := terms.Decode(r.Terms)
	if err != nil {
		return Offer{}, err
	}
	o := Offer{Number: r.Number, Side: r.Side, Terms: t, Message: r.Message, SentAt: r.SentAt.UTC(), ExpiresAt: r.ExpiresAt.UTC()}
	return o, json.Unmarshal([]byte(r.Notes), &o.Notes)
}

type offeredDay struct {
	NegotiationID int64 `gorm:"primaryKey"`
	Number        int   `gorm:"primaryKey"`
	DueOn         string
}

func (offeredDay) TableName() string { return "offered_days" }

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}
