package moderation

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/text"
)

// Reason is why something is reported.
type Reason string

// Reasons lists them as a form does; the last one needs words.
func Reasons() []Reason {
	return []Reason{"figures", "impersonation", "scam", "harassment", "hidden_ad", "illegal", ReasonOther}
}

// ReasonOther needs words.
const ReasonOther Reason = "other"

// Key is the reason's text.
func (r Reason) Key() string { return "moderation.reason." + string(r) }

// Decision is what an administrator decided on a report.
type Decision string

// The decisions; Undecided reports are open.
const (
	Undecided Decision = ""
	Nothing   Decision = "nothing"
	Warn      Decision = "warn"
	Suspend   Decision = "suspend"
)

// Decisions lists them as a form does.
func Decisions() []Decision { return []Decision{Nothing, Warn, Suspend} }

// Key is the decision's text.
func (d Decision) Key() string {
	if d == Undecided {
		return "moderation.decision.open"
	}
	return "moderation.decision." + string(d)
}

// Report is what somebody said of a page, a proposal or a deal. It is about
// the brand, or else the creator, that stands behind it.
type Report struct {
	ID        int64
	PublicID  string
	PersonID  int64
	Kind      Kind
	SubjectID int64
	BrandID   *int64
	CreatorID *int64
	Reason    Reason
	Words     string
	CreatedAt time.Time
	Decision  Decision
	Note      string // shown to whom it is about
	DecidedAt *time.Time
	DecidedBy *int64
	Version   int64
}

// TableName is GORM's.
func (Report) TableName() string { return "reports" }

// Form is what somebody says. ID is the one in the address of what it is about.
type Form struct {
	About  Kind
	ID     string
	Reason Reason
	Words  string
}

// longest is how much may be said, in characters.
const longest = 1000

func (f *Form) check() error {
	var wrong models.Fields
	f.Words = text.Paragraphs(f.Words)
	if !slices.Contains(Reasons(), f.Reason) {
		wrong.Add("reason", "moderation.error.reason")
	}
	if f.Reason == ReasonOther && f.Words == "" {
		wrong.Add("words", "moderation.error.words")
	}
	if text.Length(f.Words) > longest {
		wrong.Add("words", "accounts.error.long", "most", longest)
	}
	return wrong.Err()
}

// Subject is what a report is about, as its reporter may see it.
type Subject struct {
	Kind               Kind
	ID                 int64
	Name               string // of the page, or of what is to be promoted
	BrandID, CreatorID *int64 // whom it is about
}

// Subject reads what the actor may report. What she may not see is missing;
// nobody reports herself.
func (s *Store) Subject(ctx context.Context, actor models.Actor, kind Kind, publicID string) (Subject, error) {
	return s.read(ctx).subject(actor, kind, publicID)
}

func (t *tx) subject(actor models.Actor, kind Kind, publicID string) (Subject, error) {
	sub := Subject{Kind: kind}
	if !actor.SignedIn() {
		return sub, models.SignInFirst()
	}
	var row struct {
		ID, BrandID, CreatorID int64
		Name                   string
		Listed                 bool
	}
	query := reportable[kind]
	if query == "" {
		return sub, models.NotFound()
	}
	if err := t.Raw(query, publicID).Scan(&row).Error; err != nil {
		return sub, models.Internal("read what is reported", err)
	}
	sub.ID, sub.Name = row.ID, row.Name
	own := actor.Owns(row.BrandID, row.CreatorID)
	switch {
	case row.ID == 0, !row.Listed:
		return sub, models.NotFound()
	case kind == Creator && !own:
		sub.CreatorID = &row.CreatorID
	case kind == Brand && !own:
		sub.BrandID = &row.BrandID
	case kind == Proposal || kind == Deal:
		switch deals.PartyOf(actor, row.BrandID, row.CreatorID) {
		case models.SideBrand:
			sub.CreatorID = &row.CreatorID
		case models.SideCreator:
			sub.BrandID = &row.BrandID
		default:
			return sub, models.NotFound()
		}
	default:
		return sub, models.Forbidden("moderation.error.own")
	}
	return sub, nil
}

// Report keeps what the actor says. She has one open report on a thing.
func (s *Store) Report(ctx context.Context, actor models.Actor, f Form) error {
	if _, err := s.Subject(ctx, actor, f.About, f.ID); err != nil {
		return err
	}
	if err := f.check(); err != nil {
		return err
	}
	now := s.now()
	if err := s.db.Within(ctx, now, models.Reports, db.Subject("person", actor.PersonID)); err != nil {
		return err
	}
	err := s.tx(ctx, func(t *tx) error {
		sub, err := t.subject(actor, f.About, f.ID)
		if err != nil {
			return err
		}
		r := Report{
			PublicID: models.NewPublicID(), PersonID: actor.PersonID, Kind: sub.Kind, SubjectID: sub.ID, BrandID: sub.BrandID, CreatorID: sub.CreatorID,
			Reason: f.Reason, Words: f.Words, CreatedAt: now, Version: 1,
		}
		if err := t.Create(&r).Error; err != nil {
			return err
		}
		return t.Audit(ctx, db.Event{At: now, PersonID: actor.PersonID, Action: "moderation.reported", Subject: db.Subject(string(sub.Kind), sub.ID), Detail: map[string]string{"reason": string(f.Reason)}})
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Conflict("moderation.error.reported")
	}
	return err
}

// Said is a report as whom it touches sees it: its reporter, or whom it is about.
type Said struct {
	Report
	Name string // of the other side
}

// saidMost is how many of each a page shows.
const saidMost = 25

// Reported lists what the actor reported, the latest first.
func (s *Store) Reported(ctx context.Context, actor models.Actor) ([]Said, error) {
	return s.said(ctx, "r.person_id = ?", actor.PersonID)
}

// Warnings lists what was decided about the brand or the profile for which the
// actor acts, the latest first; who reported it, and how, is not told.
func (s *Store) Warnings(ctx context.Context, actor models.Actor) ([]Said, error) {
	column, id := "r.brand_id = ?", actor.BrandID
	if actor.Side() != models.SideBrand {
		column, id = "r.creator_id = ?", actor.CreatorID
	}
	all, err := s.said(ctx, "r.decision IN ('warn', 'suspend') AND "+column, id)
	for i := range all {
		all[i].PersonID, all[i].Words = 0, ""
	}
	return all, err
}

func (s *Store) said(ctx context.Context, where string, id int64) ([]Said, error) {
	var all []Said
	if id == 0 {
		return nil, nil
	}
	err := s.db.Read(ctx).Raw(reportsWithNames+" WHERE "+where+" ORDER BY r.id DESC LIMIT ?", id, saidMost).Scan(&all).Error
	if err != nil {
		return nil, models.Internal("read reports", err)
	}
	return all, nil
}
