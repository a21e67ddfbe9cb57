package deals

import (
	"context"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
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
}

// ListDealsForAdmin lists deals for an administrator, newest first, in one query.
func (s *Store) ListDealsForAdmin(ctx context.Context, actor models.Actor, f AdminFilter) ([]AdminListRow, string, error) {
	if !actor.Administers() {
		return nil, "", models.NotFound()
	}
	where, args := "1 = 1", []any{s.now()}
	if words := strings.ToLower(text.SingleLine(f.Words)); words != "" {
		pattern := "%" + db.EscapeLike(words) + "%"
		where, args = `(lower(b.name) LIKE ? ESCAPE '\' OR lower(c.name) LIKE ? ESCAPE '\')`, append(args, pattern, pattern)
	}
	switch f.Status {
	case Running:
		where += " AND " + runningSQL
	case Finished:
		where += " AND NOT " + runningSQL
	}
	if c, err := models.ParseCursor(f.After); err == nil {
		where, args = where+" AND deals.id < ?", append(args, c.ID)
	}
	var rows []AdminListRow
	err := s.db.Read(ctx).Raw(adminListSQL+where+" ORDER BY deals.id DESC LIMIT ?", append(args, accounts.AdminPageSize+1)...).Scan(&rows).Error
	if err != nil {
		return nil, "", models.Internal("list deals", err)
	}
	rows, next := accounts.CutAdminPage(rows, func(r AdminListRow) int64 { return r.ID })
	return rows, next, nil
}
