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
	"tribemarket/models/notifications"
)

// Line is a report as an administrator's list shows it.
type Line struct {
	Report
	Reporter string
	Name     string // whom it is about
}

// Reports lists open reports for an administrator, the latest first, or those
// that were decided; after is the Next of the page before.
func (s *Store) Reports(ctx context.Context, actor models.Actor, open bool, after string) ([]Line, string, error) {
	if !actor.Administers() {
		return nil, "", models.NotFound()
	}
	where, args := "WHERE r.decision <> ''", []any(nil)
	if open {
		where = "WHERE r.decision = ''"
	}
	if c, err := models.ParseCursor(after); err == nil {
		where, args = where+" AND r.id < ?", append(args, c.ID)
	}
	var rows []Line
	err := s.db.Read(ctx).Raw(reportLines+where+" ORDER BY r.id DESC LIMIT ?", append(args, accounts.AdminPageSize+1)...).Scan(&rows).Error
	if err != nil {
		return nil, "", models.Internal("list reports", err)
	}
	rows, next := accounts.AdminNext(rows, func(l Line) int64 { return l.ID })
	return rows, next, nil
}

// Case is a report with what an administrator needs to decide it.
type Case struct {
	Line
	Email           string // of the reporter, "" without one
	BrandPublicID   string // of the brand that it is about, "" for none
	CreatorPublicID string
	SuspendedAt     *time.Time
	SuspendedReason string
	Before          int64 // decided reports about the same side that led to something

	// Of a proposal or a deal.
	Product, Message string
	State            string
	BrandName        string
	CreatorName      string
	DecidedByName    string
}

// Case reads a report for an administrator.
func (s *Store) Case(ctx context.Context, actor models.Actor, publicID string) (Case, error) {
	var c Case
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
	if c.Kind != Proposal && c.Kind != Deal {
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

// JudgedArgs says which decision both sides are told of.
type JudgedArgs struct {
	ReportID int64 `json:"report_id"`
	Version  int64 `json:"version"`
}

// CanJudge says whether the actor may decide the report.
func CanJudge(a models.Actor, r Report) bool { return a.Administers() && r.Decision == Undecided }

// CanReopen says whether the actor may undo the decision.
func CanReopen(a models.Actor, r Report) bool { return a.Administers() && r.Decision != Undecided }

// Decide closes a report. A warning and a suspension carry a note, which whom
// it is about gets to see; both sides are told.
func (s *Store) Decide(ctx context.Context, actor models.Actor, publicID string, d Decision, note string) error {
	return s.onReport(ctx, actor, publicID, func(t *tx, r *Report) error {
		if !CanJudge(actor, *r) {
			return models.Conflict("moderation.error.decided")
		}
		if !slices.Contains(Decisions(), d) {
			return models.Invalid("decision", "moderation.error.decision")
		}
		clean, err := accounts.SuspensionReason(note)
		if d == Nothing {
			clean, err = "", nil
		}
		if err != nil {
			return models.Invalid("note", "moderation.error.note")
		}
		if d == Suspend {
			kind, id := r.about()
			if err := s.suspend(ctx, t, actor, kind, id, clean); err != nil && models.CodeOf(err) != models.CodeConflict {
				return err // suspended already is what was asked for
			}
		}
		now := s.now()
		r.Decision, r.Note, r.DecidedAt, r.DecidedBy = d, clean, &now, &actor.PersonID
		if err := t.keep(ctx, actor, r, "admin.report_decided", string(d), now); err != nil {
			return err
		}
		key := fmt.Sprintf("judged-%d-%d", r.ID, r.Version)
		return notifications.Publish(t.Tx, notifications.Event{
			Key: &key, Kind: notifications.ReportDecision, Subject: notifications.Subject{Kind: "reports"}, CreatorID: r.CreatorID, At: now,
		}, JudgedArgs{r.ID, r.Version})
	})
}

// Reopen undoes a decision, and the suspension to which it led.
func (s *Store) Reopen(ctx context.Context, actor models.Actor, publicID string) error {
	err := s.onReport(ctx, actor, publicID, func(t *tx, r *Report) error {
		if !CanReopen(actor, *r) {
			return models.Conflict("moderation.error.open")
		}
		was := r.Decision
		if was == Suspend {
			kind, id := r.about()
			caused, err := t.suspendedFor(kind, id, r.Note)
			if err == nil && caused {
				err = s.restore(ctx, t, actor, kind, id)
			}
			if err != nil {
				return err
			}
		}
		r.Decision, r.Note, r.DecidedAt, r.DecidedBy = Undecided, "", nil, nil
		return t.keep(ctx, actor, r, "admin.report_reopened", string(was), s.now())
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Conflict("moderation.error.reported_anew")
	}
	return err
}

// about is whom a report is about.
func (r *Report) about() (Kind, int64) {
	if r.BrandID != nil {
		return Brand, *r.BrandID
	}
	return Creator, *r.CreatorID
}

func (t *tx) suspendedFor(kind Kind, id int64, reason string) (bool, error) {
	var n int64
	err := t.Table(string(kind)+"s").Where("id = ? AND suspended_at IS NOT NULL AND suspended_reason = ?", id, reason).Count(&n).Error
	return n > 0, err
}

func (s *Store) onReport(ctx context.Context, actor models.Actor, publicID string, do func(*tx, *Report) error) error {
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

func (t *tx) keep(ctx context.Context, actor models.Actor, r *Report, action, decision string, now time.Time) error {
	r.Version++
	if err := t.Save(r).Error; err != nil {
		return err
	}
	return t.Audit(ctx, db.Event{At: now, PersonID: actor.PersonID, Action: action, Subject: db.Subject("report", r.ID), Detail: map[string]string{"decision": decision}})
}
