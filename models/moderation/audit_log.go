package moderation

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// AuditFilter narrows down the audit log.
type AuditFilter struct {
	Person   string // a name, an e-mail address or a number
	Action   string // a prefix, such as admin. or accounts.signed_in
	Subject  string // a name, or such as person:7
	From, To time.Time
	After    string // the Next of the page before
}

// AuditLine is an event with the name of the person who did it, "" if unknown.
type AuditLine struct {
	db.AuditEvent
	Person string
	About  AuditSubject `gorm:"-"`
}

// AuditLog lists events for an administrator, latest first, in two queries.
func (s *Store) AuditLog(ctx context.Context, actor models.Actor, f AuditFilter) ([]AuditLine, string, error) {
	if !actor.Administers() {
		return nil, "", models.NotFound()
	}
	q := personFilter(auditWithNames(s.db.Read(ctx)).Order("audit_events.id DESC").Limit(accounts.AdminPageSize+1), f.Person)
	if f.Action != "" {
		q = q.Where("audit_events.action LIKE ? ESCAPE '\\'", db.EscapeLike(f.Action)+"%")
	}
	q = subjectFilter(q, f.Subject)
	if !f.From.IsZero() {
		q = q.Where("audit_events.at >= ?", f.From.UTC())
	}
	if !f.To.IsZero() {
		q = q.Where("audit_events.at < ?", f.To.UTC())
	}
	if c, err := models.ParseCursor(f.After); err == nil {
		q = q.Where("audit_events.id < ?", c.ID)
	}
	var rows []AuditLine
	if err := q.Find(&rows).Error; err != nil {
		return nil, "", models.Internal("read the audit log", err)
	}
	rows, next := accounts.CutAdminPage(rows, func(l AuditLine) int64 { return l.ID })
	return rows, next, s.nameSubjects(ctx, rows)
}

// AdminOverview is what an administrator sees first.
type AdminOverview struct {
	OpenReports                            int64
	People, Brands, Creators, Claimed      int64
	Listed, RunningDeals, OpenNegotiations int64
	Suspended                              int64      // people, brands and creators together
	Unsealed                               int64      // events of the audit log not in its chain yet
	Work                                   WorkReport `gorm:"-"`
}

// ReadAdminOverview reads the numbers for an administrator, in three queries.
func (s *Store) ReadAdminOverview(ctx context.Context, actor models.Actor) (AdminOverview, error) {
	var o AdminOverview
	if !actor.Administers() {
		return o, models.NotFound()
	}
	if err := s.db.Read(ctx).Raw(overviewCounts).Scan(&o).Error; err != nil {
		return o, models.Internal("read the overview", err)
	}
	var err error
	o.Work, err = s.ReportWork(ctx)
	return o, err
}
