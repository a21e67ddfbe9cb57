package deals

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/terms"
)

// These are the rows as stored in the database. Times come back in the machine's time
// zone, so everything that leaves this package goes through utc.

// agreedColumns are what was agreed: all of it, and what lists and sums need.
type agreedColumns struct {
	Product     string
	Category    string
	FeeMinor    int64
	Currency    string
	InKindMinor int64
	Terms       string // as terms.Decode reads it

	Objective      string
	OpenCommission bool // a commission comes on top, whose amount nobody knows yet
}

func columnsOf(t terms.Terms) agreedColumns {
	return agreedColumns{t.Product, t.Category, t.Fee.Sum(), t.Currency, t.InKind.Value, t.Encode(), t.Objective, t.HasOpenCommission()}
}

// worth is the fee and the value in kind together.
func (c agreedColumns) worth() models.Money {
	return models.Money{Minor: c.FeeMinor + c.InKindMinor, Currency: c.Currency}
}

func itemOf(number int, contentType, format, platform, dueOn string) Item {
	d, _ := models.ParseDate(dueOn) // written from a Date
	return Item{Number: number, ContentType: contentType, Format: format, Platform: platform, DueOn: d}
}

type dealRow struct {
	ID            int64
	PublicID      string
	NegotiationID int64
	Negotiation   string // its public id
	Cycle         int    // of a repetition, from 1
	BrandID       int64
	CreatorID     int64
	Agreed        agreedColumns `gorm:"embedded"`
	Zone          string        // the creator's
	BrandZone     string
	AgreedAt      time.Time // of a later cycle: when it began
	EndedAt       *time.Time
	EndedBy       *models.Side
	EndKind       string
	EndReason     string
	Version       int
}

func (dealRow) TableName() string { return "deals" }

func (r dealRow) zones() Zones { return Zones{r.Zone, r.BrandZone} }

// Zones are the time zones of both sides, in which their days end.
type Zones struct {
	Zone      string // the creator's
	BrandZone string
}

// Of is the zone of a side.
func (z Zones) Of(side models.Side) *time.Location {
	if side == models.SideBrand {
		return models.Zone(z.BrandZone)
	}
	return models.Zone(z.Zone)
}

// How a deal can end before everything is done.
const (
	endedWithReason = "reason"
	endedLate       = "late"
	endedUnsigned   = "unsigned"
	endedAway       = "away"
)

type deliverableRow struct {
	ID           int64
	DealID       int64
	Number       int
	ContentType  string
	Format       string
	Platform     string
	DueOn        string
	DueAt        time.Time
	HeldDays     int // by which holds of the deal have moved the due day
	State        State
	Version      int
	EnteredAt    time.Time
	DeadlineAt   *time.Time
	RemindAt     *time.Time
	DraftURL     string
	DraftNote    string
	ChangesNote  string
	Rounds       int
	PublishedURL string
	PostKey      *string
	Proof        Proof
	PublishedAt  *time.Time
	Objection    string
	CompletedAt  *time.Time
}

func (deliverableRow) TableName() string { return "deliverables" }

// agreedDay is the due day without what holds of the deal have moved it.
func (r deliverableRow) agreedDay() models.Date {
	due, _ := models.ParseDate(r.DueOn) // written from a Date
	return due
}

func (r deliverableRow) dueDay() models.Date { return r.agreedDay().AddDays(r.HeldDays) }

func (r deliverableRow) isLate(now time.Time) bool {
	return r.DeadlineAt != nil && !now.Before(*r.DeadlineAt)
}

func (r deliverableRow) deliverable(z Zones) Deliverable {
	x := Deliverable{
		Item: itemOf(r.Number, r.ContentType, r.Format, r.Platform, r.DueOn), ID: r.ID, DueAt: r.DueAt.UTC(),
		State: r.State, Version: r.Version, EnteredAt: r.EnteredAt.UTC(), DeadlineAt: utc(r.DeadlineAt),
		DraftURL: r.DraftURL, DraftNote: r.DraftNote, ChangesNote: r.ChangesNote, Rounds: r.Rounds,
		PublishedURL: r.PublishedURL, Proof: r.Proof, PublishedAt: utc(r.PublishedAt),
		Objection: r.Objection, CompletedAt: utc(r.CompletedAt),
	}
	if r.HeldDays > 0 {
		x.DueOn = r.dueDay()
		x.DueAt = x.DueOn.EndIn(z.Of(models.SideCreator)).UTC()
	}
	if rule := DeliverableTable.Rule(r.State); r.DeadlineAt != nil {
		x.due = rule.Deadline.DueBefore(*x.DeadlineAt, z.Of(rule.Waits))
	}
	return x
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}
