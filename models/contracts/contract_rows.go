package contracts

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/terms"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// contractRow is a contract as it is stored. Times come back in the machine's time zone.
type contractRow struct {
	ID                int64
	PublicID          string
	DealID            int64
	Deal              string
	NegotiationID     int64
	BrandID           int64
	CreatorID         int64
	Number            int
	AmendsID          *int64
	Cycle             int // of the deal, whose days its terms name
	Required          bool
	Product           string
	Terms             string
	Zone              string
	BrandZone         string
	AgreedAt          time.Time
	State             State
	Version           int
	BegunAt           time.Time
	EnteredAt         time.Time
	DeadlineAt        *time.Time
	RemindAt          *time.Time
	DocumentID        *int64
	Text              string // sealed
	SHA256            *string
	ReadyAt           *time.Time
	CreatorDelay      int64 // seconds
	SignedAt          *time.Time
	CertificateID     *int64
	CertificateSHA256 *string
	ClosedAt          *time.Time
	CloseReason       string
	BrandSignerID     *int64
	ProposedBy        models.Side // of an amendment
	FormKey           string      // of an amendment: identifies the form that made it, hashed
}

func (contractRow) TableName() string { return "contracts" }

// historyKind is the subject in whose history everything about a deal and its contracts
// appears: the negotiation that led to it.
const historyKind = "negotiation"

// contracts connects the rows with Table.
var contracts = &run.Kind[State]{
	Table: Table, Rows: "contracts", Deadline: "deadline_at",
	Lock: func(w *run.Work, id int64) (run.Subject[State], error) {
		r, err := lockContract(w, "id = ?", id)
		return r.subject(), err
	},
	Columns:  contractColumns,
	Conflict: func(s State) error { return models.Conflict("contracts.error." + string(s)) },
}

// contractColumns returns what a step writes besides the state.
func contractColumns(s run.Step[State]) map[string]any {
	if s.Action == ActionCorrect {
		return map[string]any{"document_id": nil, "sha256": nil, "ready_at": nil, "text": ""}
	}
	if s.KeepsClock {
		set := map[string]any{}
		if named, ok := s.Input.(namedSigner); ok {
			set["brand_signer_id"] = named.id
		}
		return set
	}
	set := map[string]any{"entered_at": s.At, "deadline_at": s.Deadline}
	switch {
	case s.Action == ActionReady:
		made, _ := s.Input.(madeDocument)
		set["document_id"], set["sha256"], set["ready_at"] = made.id, made.sha256, s.At
		set["text"], set["creator_delay"] = made.text, made.creatorDelay
	case s.To == Signed:
		set["signed_at"] = s.At
	case s.To == SignedByOne:
	default:
		set["closed_at"], set["close_reason"] = s.At, s.Note
	}
	return set
}

func (r contractRow) subject() run.Subject[State] {
	s := run.Subject[State]{
		ID: r.ID, Root: run.Ref{Kind: historyKind, ID: r.NegotiationID}, State: r.State, Version: r.Version, Entered: r.EnteredAt,
		Deadline: r.DeadlineAt, RemindAt: r.RemindAt, ZoneOf: r.zoneOf,
	}
	if r.DeadlineAt != nil {
		s.Agreed = models.DateOf(r.DeadlineAt.Add(-1).In(r.zoneOf(workflow.BothSides)))
	}
	return s
}

// zoneOf is the time zone of a side; days that count for both end where the creator lives.
func (r contractRow) zoneOf(side models.Side) *time.Location {
	if side == models.SideBrand {
		return models.Zone(r.BrandZone)
	}
	return models.Zone(r.Zone)
}

func (r contractRow) agreed() (terms.Terms, error) { return terms.Decode(r.Terms) }

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
