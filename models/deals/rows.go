package deals

import (
	"time"

	"tribemarket/models"
)

// These are the rows as stored in the database. Times come back in the machine's time
// zone, so everything that leaves this package goes through utc.

type termsColumns struct {
	Product     string
	FeeMinor    int64
	Currency    string
	InKind      string
	InKindMinor int64
	UsageDays   int
	Disclosure  string
}

func columnsOf(t Terms) termsColumns {
	return termsColumns{t.Product, t.Fee.Minor, t.Fee.Currency, t.InKind, t.InKindValue.Minor, t.UsageDays, t.Disclosure}
}

func (c termsColumns) terms() Terms {
	return Terms{
		Product: c.Product, Fee: models.Money{Minor: c.FeeMinor, Currency: c.Currency},
		InKind: c.InKind, InKindValue: models.Money{Minor: c.InKindMinor, Currency: c.Currency},
		UsageDays: c.UsageDays, Disclosure: c.Disclosure,
	}
}

type proposalRow struct {
	ID          int64
	PublicID    string
	BrandID     int64
	CreatorID   int64
	SentBy      int64
	State       ProposalState
	Version     int
	Message     string
	Category    string
	Terms       termsColumns `gorm:"embedded"`
	JoinHash    *string
	FormKey     string
	Zones       zones `gorm:"embedded"` // as the offer showed the ends of its days
	SentAt      time.Time
	ExpiresAt   time.Time
	RemindAt    *time.Time
	ClosedAt    *time.Time
	CloseReason string
}

func (proposalRow) TableName() string { return "proposals" }

type itemRow struct {
	ID          int64
	ProposalID  int64
	Number      int
	ContentType string
	Format      string
	Platform    string
	DueOn       string
}

func (itemRow) TableName() string { return "proposal_deliverables" }

func (r itemRow) item() Item { return itemOf(r.Number, r.ContentType, r.Format, r.Platform, r.DueOn) }

func itemOf(number int, contentType, format, platform, dueOn string) Item {
	d, _ := models.ParseDate(dueOn) // written from a Date
	return Item{number, contentType, format, platform, d}
}

type dealRow struct {
	ID         int64
	PublicID   string
	ProposalID int64
	BrandID    int64
	CreatorID  int64
	Terms      termsColumns `gorm:"embedded"`
	Zone       string       // the creator's
	BrandZone  string
	AgreedAt   time.Time
	EndedAt    *time.Time
	EndedBy    *models.Side
	EndKind    string
	EndReason  string
	Version    int
}

func (dealRow) TableName() string { return "deals" }

func (r dealRow) zones() zones { return zones{r.Zone, r.BrandZone} }

// zones are the time zones of both sides, in which their days end.
type zones struct {
	Zone      string // the creator's
	BrandZone string
}

func (z zones) of(side models.Side) *time.Location {
	if side == models.SideBrand {
		return models.Zone(z.BrandZone)
	}
	return models.Zone(z.Zone)
}

// How a deal can end before everything is done.
const (
	endedWithReason = "reason"
	endedLate       = "late"
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

func (r deliverableRow) dueDay() models.Date {
	due, _ := models.ParseDate(r.DueOn) // written from a Date
	return due
}

func (r deliverableRow) isLate(now time.Time) bool {
	return r.DeadlineAt != nil && !now.Before(*r.DeadlineAt)
}

func (r deliverableRow) deliverable(z zones) Deliverable {
	x := Deliverable{
		Item: itemOf(r.Number, r.ContentType, r.Format, r.Platform, r.DueOn), ID: r.ID, DueAt: r.DueAt.UTC(),
		State: r.State, Version: r.Version, EnteredAt: r.EnteredAt.UTC(), DeadlineAt: utc(r.DeadlineAt),
		DraftURL: r.DraftURL, DraftNote: r.DraftNote, ChangesNote: r.ChangesNote, Rounds: r.Rounds,
		PublishedURL: r.PublishedURL, Proof: r.Proof, PublishedAt: utc(r.PublishedAt),
		Objection: r.Objection, CompletedAt: utc(r.CompletedAt),
	}
	if rule := DeliverableTable.Rule(r.State); r.DeadlineAt != nil {
		x.due = rule.Deadline.DueBefore(*x.DeadlineAt, z.of(rule.Waits))
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
