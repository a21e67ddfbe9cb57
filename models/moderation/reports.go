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
	"tribemarket/models/files"
	"tribemarket/models/text"
)

// ReportReason is the reason for a report.
type ReportReason string

// ReportReasons lists all reasons.
func ReportReasons() []ReportReason {
	return append([]ReportReason{"rights", "shocking"}, ReportReasonsFor(Creator)...)
}

// ReportReasonsFor lists the reasons for which a kind can be reported, in the order of
// the form; the last one needs an explanation.
func ReportReasonsFor(k Kind) []ReportReason {
	if k == Picture {
		return []ReportReason{"rights", "shocking", "impersonation", "harassment", "hidden_ad", "illegal", ReasonOther}
	}
	return []ReportReason{"figures", "impersonation", "scam", "harassment", "hidden_ad", "illegal", ReasonOther}
}

// ReasonOther needs an explanation.
const ReasonOther ReportReason = "other"

// MessageKey is the message key of the reason.
func (r ReportReason) MessageKey() string { return "moderation.reason." + string(r) }

// Decision is what an administrator decided on a report.
type Decision string

// The decisions; Undecided reports are open.
const (
	Undecided Decision = ""
	Nothing   Decision = "nothing"
	Warn      Decision = "warn"
	Hide      Decision = "hide" // a picture
	Suspend   Decision = "suspend"
)

// Decisions lists all decisions.
func Decisions() []Decision { return []Decision{Nothing, Warn, Hide, Suspend} }

// DecisionsFor lists the decisions on reports of a kind, in the order of the form.
func DecisionsFor(k Kind) []Decision {
	if k == Picture {
		return []Decision{Nothing, Hide, Suspend}
	}
	return []Decision{Nothing, Warn, Suspend}
}

// MessageKey is the message key of the decision.
func (d Decision) MessageKey() string {
	if d == Undecided {
		return "moderation.decision.open"
	}
	return "moderation.decision." + string(d)
}

// Report is a report of a page, a picture, a proposal or a deal. It accuses the brand or
// the creator behind it.
type Report struct {
	ID        int64
	PublicID  string
	PersonID  int64
	Kind      Kind
	SubjectID int64
	BrandID   *int64
	CreatorID *int64
	Reason    ReportReason
	Words     string
	CreatedAt time.Time
	Decision  Decision
	Note      string // shown to the accused
	DecidedAt *time.Time
	DecidedBy *int64
	Version   int64
}

// TableName is the table's name, for GORM.
func (Report) TableName() string { return "reports" }

// ReportForm is a report as entered. ID is the one in the URL of what is reported.
type ReportForm struct {
	About  Kind
	ID     string
	Reason ReportReason
	Words  string
}

// maxReportLength is the maximum length of a report, in characters.
const maxReportLength = 1000

func (f *ReportForm) check() error {
	var wrong models.Fields
	f.Words = text.Paragraphs(f.Words)
	if !slices.Contains(ReportReasonsFor(f.About), f.Reason) {
		wrong.Add("reason", "moderation.error.reason")
	}
	if f.Reason == ReasonOther && f.Words == "" {
		wrong.Add("words", "moderation.error.words")
	}
	if text.Length(f.Words) > maxReportLength {
		wrong.Add("words", "accounts.error.long", "most", maxReportLength)
	}
	return wrong.Err()
}

// ReportSubject is what a report is about, as the reporter may see it.
type ReportSubject struct {
	Kind               Kind
	ID                 int64
	Name               string // of the page, of whose picture it is, or of the promoted product
	Page               string // public id of the page, also of whose picture it is
	BrandID, CreatorID *int64 // the accused
	// Pictures are the reported one, or those of the page, which can be reported each.
	Pictures []files.Picture
}

// PageKind is the kind of the page on which it is seen.
func (s ReportSubject) PageKind() Kind {
	switch {
	case s.Kind != Picture:
		return s.Kind
	case s.BrandID != nil:
		return Brand
	}
	return Creator
}

// ReadReportSubject reads something that the actor may report. What the actor may not
// see is not found; nobody may report themselves.
func (s *Store) ReadReportSubject(ctx context.Context, actor models.Actor, kind Kind, publicID string) (ReportSubject, error) {
	t := s.read(ctx)
	sub, err := t.readSubject(actor, kind, publicID)
	if err != nil {
		return sub, err
	}
	sub.Pictures, err = t.picturesOf(sub)
	return sub, err
}

// picturesOf reads the picture that is reported, or the shown ones of the reported page.
func (t *tx) picturesOf(sub ReportSubject) ([]files.Picture, error) {
	var owner files.Owner
	switch sub.Kind {
	case Creator:
		owner = files.OfCreator(sub.ID)
	case Brand:
		owner = files.OfBrand(sub.ID)
	case Picture:
		return files.PictureByID(t.DB, sub.ID)
	default:
		return nil, nil
	}
	all, err := files.ListPictures(t.DB, owner)
	if err != nil {
		return nil, models.Internal("read the pictures of a page", err)
	}
	return slices.DeleteFunc(all, func(p files.Picture) bool { return p.HiddenAt != nil }), nil
}

func (t *tx) readSubject(actor models.Actor, kind Kind, publicID string) (ReportSubject, error) {
	sub := ReportSubject{Kind: kind}
	if !actor.SignedIn() {
		return sub, models.SignInRequired()
	}
	var row struct {
		ID, BrandID, CreatorID int64
		Name, Page             string
		Listed                 bool
	}
	query := reportable[kind]
	if query == "" {
		return sub, models.NotFound()
	}
	if err := t.Raw(query, publicID).Scan(&row).Error; err != nil {
		return sub, models.Internal("read what is reported", err)
	}
	sub.ID, sub.Name, sub.Page = row.ID, row.Name, row.Page
	own := actor.IsPartyOf(row.BrandID, row.CreatorID)
	switch {
	case row.ID == 0, !row.Listed:
		return sub, models.NotFound()
	case (kind == Creator || kind == Picture && row.CreatorID != 0) && !own:
		sub.CreatorID = &row.CreatorID
	case (kind == Brand || kind == Picture) && !own:
		sub.BrandID = &row.BrandID
	case kind == Negotiation || kind == Deal:
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

// SubmitReport stores the actor's report. An actor can have one open report on
// the same thing.
func (s *Store) SubmitReport(ctx context.Context, actor models.Actor, f ReportForm) error {
	if _, err := s.ReadReportSubject(ctx, actor, f.About, f.ID); err != nil {
		return err
	}
	if err := f.check(); err != nil {
		return err
	}
	now := s.now()
	if err := s.db.CountUseOf(ctx, now, models.Reports, db.AuditSubject("person", actor.PersonID)); err != nil {
		return err
	}
	err := s.tx(ctx, func(t *tx) error {
		sub, err := t.readSubject(actor, f.About, f.ID)
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
		return t.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: "moderation.reported", Subject: db.AuditSubject(string(sub.Kind), sub.ID), Detail: map[string]string{"reason": string(f.Reason)}})
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Conflict("moderation.error.reported")
	}
	return err
}

// ReportNotice is a report as those concerned see it: the reporter, or the accused.
type ReportNotice struct {
	Report
	Name string // of the other side
}

// maxReportNotices is how many of each kind a page shows.
const maxReportNotices = 25

// ListOwnReports lists what the actor has reported, latest first.
func (s *Store) ListOwnReports(ctx context.Context, actor models.Actor) ([]ReportNotice, error) {
	return s.listReportNotices(ctx, "r.person_id = ?", actor.PersonID)
}

// ListWarnings lists decisions about the brand or the profile that the actor acts
// for, latest first, without who reported them and how.
func (s *Store) ListWarnings(ctx context.Context, actor models.Actor) ([]ReportNotice, error) {
	column, id := "r.brand_id = ?", actor.BrandID
	if actor.Side() != models.SideBrand {
		column, id = "r.creator_id = ?", actor.CreatorID
	}
	all, err := s.listReportNotices(ctx, "r.decision IN ('warn', 'hide', 'suspend') AND "+column, id)
	for i := range all {
		all[i].PersonID, all[i].Words = 0, ""
	}
	return all, err
}

func (s *Store) listReportNotices(ctx context.Context, where string, id int64) ([]ReportNotice, error) {
	var all []ReportNotice
	if id == 0 {
		return nil, nil
	}
	err := s.db.Read(ctx).Raw(reportsWithNames+" WHERE "+where+" ORDER BY r.id DESC LIMIT ?", id, maxReportNotices).Scan(&all).Error
	if err != nil {
		return nil, models.Internal("read reports", err)
	}
	return all, nil
}
