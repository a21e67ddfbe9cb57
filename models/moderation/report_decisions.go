package moderation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/files"
	"tribemarket/models/notifications"
)

// ReportLine is a report in an administrator's list.
type ReportLine struct {
	Report
	Reporter string
	Name     string // of the accused
}

// ReportFilter narrows down an administrator's list of reports.
type ReportFilter struct {
	Decided bool   // only those, rather than the open ones
	After   string // the Next of the page before
	Sort    accounts.AdminSort
}

var reportsOrder = accounts.AdminOrder{From: reportsFrom, ID: "r.id", Columns: map[string]string{
	"about": "lower(coalesce(b.name, c.name, ''))", "reason": "r.reason", "reporter": "lower(p.name)", "on": "r.created_at",
}}

// ListReports lists open or decided reports for an administrator, in one query.
func (s *Store) ListReports(ctx context.Context, actor models.Actor, f ReportFilter) ([]ReportLine, string, error) {
	if !actor.Administers() {
		return nil, "", models.NotFound()
	}
	where, args, order := reportsOrder.After(f.Sort, f.After)
	if f.Decided {
		where += " AND r.decision <> ''"
	} else {
		where += " AND r.decision = ''"
	}
	var rows []ReportLine
	err := s.db.Read(ctx).Raw(reportLines+"WHERE "+where+" ORDER BY "+order+" LIMIT ?", append(args, accounts.AdminPageSize+1)...).Scan(&rows).Error
	if err != nil {
		return nil, "", models.Internal("list reports", err)
	}
	rows, next := accounts.CutAdminPage(rows, func(l ReportLine) int64 { return l.ID })
	return rows, next, nil
}

// ReportCase is a report with what an administrator needs to decide it.
type ReportCase struct {
	ReportLine
	Email           string // of the reporter, "" without one
	BrandPublicID   string // of the accused brand, "" for none
	CreatorPublicID string
	SuspendedAt     *time.Time
	SuspendedReason string
	Before          int64 // earlier reports about the same side that had consequences

	// For a proposal or a deal.
	Product, Message string
	State            string
	BrandName        string
	CreatorName      string
	DecidedByName    string

	Picture *files.Picture `gorm:"-"` // the reported one, nil where it is gone
}

// ReadReportCase reads a report for an administrator.
func (s *Store) ReadReportCase(ctx context.Context, actor models.Actor, publicID string) (ReportCase, error) {
	var c ReportCase
	if !actor.Administers() {
		return c, models.NotFound()
	}
	err := s.db.Read(ctx).Raw(caseByID, publicID).Scan(&c).Error
	if err != nil {
		return c, models.Internal("read a report", err)
	}
	if c.ID == 0 {
		return c, models.NotFound()
	}
	if c.Kind == Picture {
		found, err := files.PictureByID(s.db.Read(ctx), c.SubjectID)
		if len(found) > 0 {
			c.Picture = &found[0]
		}
		return c, err
	}
	if c.Kind != Negotiation && c.Kind != Deal {
		return c, nil
	}
	var about struct{ Product, Message, State, BrandName, CreatorName string }
	err = s.db.Read(ctx).Raw(termsReported[c.Kind], c.SubjectID).Scan(&about).Error
	if err != nil {
		return c, models.Internal("read what a report is about", err)
	}
	c.Product, c.Message, c.State, c.BrandName, c.CreatorName = about.Product, about.Message, about.State, about.BrandName, about.CreatorName
	return c, nil
}

// ReportDecisionArgs identifies a decision to notify both sides of.
type ReportDecisionArgs struct {
	ReportID int64 `json:"report_id"`
	Version  int64 `json:"version"`
}

// CanDecideReport says whether the actor may decide the report.
func CanDecideReport(a models.Actor, r Report) bool {
	return a.Administers() && r.Decision == Undecided
}

// CanReopenReport says whether the actor may undo the decision.
func CanReopenReport(a models.Actor, r Report) bool {
	return a.Administers() && r.Decision != Undecided
}

// DecideReport closes a report. A warning, a hidden picture and a suspension carry a note,
// which the accused sees; both sides are notified.
func (s *Store) DecideReport(ctx context.Context, actor models.Actor, publicID string, d Decision, note string) error {
	return s.withLockedReport(ctx, actor, publicID, func(t *tx, r *Report) error {
		if !CanDecideReport(actor, *r) {
			return models.Conflict("moderation.error.decided")
		}
		if !slices.Contains(DecisionsFor(r.Kind), d) {
			return models.Invalid("decision", "moderation.error.decision")
		}
		clean, err := accounts.CleanSuspensionReason(note)
		if d == Nothing {
			clean, err = "", nil
		}
		if err != nil {
			return models.Invalid("note", "moderation.error.note")
		}
		if d == Suspend {
			kind, id := r.accusedParty()
			if err := s.suspend(ctx, t, actor, kind, id, clean); err != nil && models.CodeOf(err) != models.CodeConflict {
				return err // already suspended is fine
			}
		}
		now := s.now()
		if d == Hide {
			if err := t.hidePicture(ctx, actor, r.SubjectID, clean, now); err != nil {
				return err
			}
		}
		r.Decision, r.Note, r.DecidedAt, r.DecidedBy = d, clean, &now, &actor.PersonID
		if err := t.saveDecision(ctx, actor, r, "admin.report_decided", string(d), now); err != nil {
			return err
		}
		key := fmt.Sprintf("judged-%d-%d", r.ID, r.Version)
		return notifications.Publish(t.Tx, notifications.Event{
			Key: &key, Kind: notifications.ReportDecision, Subject: notifications.Subject{Kind: "reports"}, CreatorID: r.CreatorID, At: now,
		}, ReportDecisionArgs{r.ID, r.Version})
	})
}

// ReopenReport undoes a decision, and the suspension that came with it; a hidden picture
// is shown again.
func (s *Store) ReopenReport(ctx context.Context, actor models.Actor, publicID string) error {
	err := s.withLockedReport(ctx, actor, publicID, func(t *tx, r *Report) error {
		if !CanReopenReport(actor, *r) {
			return models.Conflict("moderation.error.open")
		}
		was := r.Decision
		if was == Suspend {
			kind, id := r.accusedParty()
			caused, err := t.isSuspendedFor(kind, id, r.Note)
			if err == nil && caused {
				err = s.restore(ctx, t, actor, kind, id)
			}
			if err != nil {
				return err
			}
		}
		if was == Hide {
			if err := t.restorePicture(ctx, actor, r.SubjectID, r.Note, s.now()); err != nil {
				return err
			}
		}
		r.Decision, r.Note, r.DecidedAt, r.DecidedBy = Undecided, "", nil, nil
		return t.saveDecision(ctx, actor, r, "admin.report_reopened", string(was), s.now())
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Conflict("moderation.error.reported_anew")
	}
	return err
}

// accusedParty returns the party that a report is about.
func (r *Report) accusedParty() (Kind, int64) {
	if r.BrandID != nil {
		return Brand, *r.BrandID
	}
	return Creator, *r.CreatorID
}

func (t *tx) isSuspendedFor(kind Kind, id int64, reason string) (bool, error) {
	var n int64
	err := t.Table(string(kind)+"s").Where("id = ? AND suspended_at IS NOT NULL AND suspended_reason = ?", id, reason).Count(&n).Error
	return n > 0, err
}

func (s *Store) withLockedReport(ctx context.Context, actor models.Actor, publicID string, do func(*tx, *Report) error) error {
	if !actor.Administers() {
		return models.NotFound()
	}
	return s.tx(ctx, func(t *tx) error {
		var r Report
		err := t.Clauses(clause.Locking{Strength: "UPDATE"}).Where("public_id = ?", publicID).Take(&r).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return models.NotFound()
		} else if err != nil {
			return err
		}
		return do(t, &r)
	})
}

func (t *tx) saveDecision(ctx context.Context, actor models.Actor, r *Report, action, decision string, now time.Time) error {
	r.Version++
	if err := t.Save(r).Error; err != nil {
		return err
	}
	return t.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: action, Subject: db.AuditSubject("report", r.ID), Detail: map[string]string{"decision": decision}})
}
