package deals

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/text"
)

// AdminListRow is a deal in an administrator's list: its parties and how it stands, not what
// was agreed. That is read with a report.
type AdminListRow struct {
	ID                         int64
	PublicID                   string
	BrandName, BrandPublicID   string
	CreatorName, CreatorPublic string
	AgreedAt                   time.Time
	EndedAt                    *time.Time
	Running                    bool
	Late                       bool // somebody is
}

// AdminFilter narrows down an administrator's list of deals.
type AdminFilter struct {
	Words  string // in the name of a side
	Status DealStatus
	After  string // the Next of the page before
	Sort   accounts.AdminSort
}

var adminOrder = accounts.AdminOrder{From: adminListFrom, ID: "deals.id", Columns: map[string]string{
	"brand": "lower(b.name)", "creator": "lower(c.name)", "agreed": "deals.agreed_at",
}}

// ListDealsForAdmin lists deals for an administrator, in one query.
func (s *Store) ListDealsForAdmin(ctx context.Context, actor models.Actor, f AdminFilter) ([]AdminListRow, string, error) {
	if !actor.Administers() {
		return nil, "", models.NotFound()
	}
	where, after, order := adminOrder.After(f.Sort, f.After)
	args := append([]any{s.now()}, after...)
	if text.SingleLine(f.Words) != "" {
		pattern := accounts.ContainsPattern(f.Words)
		where, args = where+` AND (lower(b.name) LIKE ? ESCAPE '\' OR lower(c.name) LIKE ? ESCAPE '\')`, append(args, pattern, pattern)
	}
	switch f.Status {
	case Running:
		where += " AND " + runningSQL
	case Finished:
		where += " AND NOT " + runningSQL
	}
	var rows []AdminListRow
	err := s.db.Read(ctx).Raw(adminListSQL+where+" ORDER BY "+order+" LIMIT ?", append(args, accounts.AdminPageSize+1)...).Scan(&rows).Error
	if err != nil {
		return nil, "", models.Internal("list deals", err)
	}
	rows, next := accounts.CutAdminPage(rows, func(r AdminListRow) int64 { return r.ID })
	return rows, next, nil
}
