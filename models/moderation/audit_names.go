package moderation

import (
	"context"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// AuditSubject is what an event of the audit log is about.
type AuditSubject struct {
	Kind     string // of the subject, as in db.AuditSubject
	ID       int64
	Name     string // "" if it is gone, or has no name
	PublicID string // of the page that shows it to administrators
	Brand    bool   // that page is a brand's
}

// subjectFilter limits the audit log to subjects of a name, or to one such as person:7.
func subjectFilter(q *gorm.DB, said string) *gorm.DB {
	if kind, id, ok := strings.Cut(said, ":"); ok && kind != "" && id != "" && !strings.Contains(said, " ") {
		return q.Where("audit_events.subject = ?", said)
	}
	if text.SingleLine(said) == "" {
		return q
	}
	return q.Where("audit_events.subject IN ("+subjectsNamed+")", map[string]any{"named": accounts.ContainsPattern(said), "said": text.SingleLine(said)})
}

// personFilter limits the audit log to what people of a name or an e-mail address did, or
// one person by their number.
func personFilter(q *gorm.DB, said string) *gorm.DB {
	if id, err := strconv.ParseInt(said, 10, 64); err == nil {
		return q.Where("audit_events.person_id = ?", id)
	}
	if text.SingleLine(said) == "" {
		return q
	}
	return q.Where("audit_events.person_id IN ("+peopleNamed+")", map[string]any{"named": accounts.ContainsPattern(said)})
}

// nameSubjects reads what events are about, in one query.
func (s *Store) nameSubjects(ctx context.Context, rows []AuditLine) error {
	ids, wanted := map[string]any{}, false
	for _, kind := range auditKinds {
		ids[kind] = []int64(nil)
	}
	for i := range rows {
		kind, number, _ := strings.Cut(rows[i].Subject, ":")
		id, err := strconv.ParseInt(number, 10, 64)
		if known, ok := ids[kind].([]int64); ok && err == nil {
			rows[i].About = AuditSubject{Kind: kind, ID: id}
			ids[kind], wanted = append(known, id), true
		}
	}
	if !wanted {
		return nil
	}
	var found []AuditSubject
	if err := s.db.Read(ctx).Raw(subjectNames, ids).Scan(&found).Error; err != nil {
		return models.Internal("name what the audit log is about", err)
	}
	named := map[string]AuditSubject{}
	for _, f := range found {
		named[db.AuditSubject(f.Kind, f.ID)] = f
	}
	for i, r := range rows {
		if f, ok := named[r.Subject]; ok {
			rows[i].About = f
		}
	}
	return nil
}
