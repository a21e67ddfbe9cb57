package moderation

import (
	"context"

	"tribemarket/models"
)

// Told is who hears of a decision by mail.
type Told struct {
	PersonID                  int64
	Name, Email, Locale, Zone string
	Reporter                  bool // else she stands on the side that it is about
}

// Judged is a decision with those who are told.
type Judged struct {
	Report
	Name string // whom it is about
	To   []Told `gorm:"-"`
}

// Judged reads who is to be told of a decision, for the job; nobody, once it
// was undone. A report that was turned down tells its reporter alone.
func (s *Store) Judged(ctx context.Context, args JudgedArgs) (Judged, error) {
	var j Judged
	err := s.db.Read(ctx).Raw(`SELECT r.*, coalesce(b.name, c.name, '') AS name FROM reports r
		LEFT JOIN brands b ON b.id = r.brand_id LEFT JOIN creators c ON c.id = r.creator_id
		WHERE r.id = ? AND r.version = ? AND r.decision <> ''`, args.ReportID, args.Version).Scan(&j).Error
	if err != nil || j.ID == 0 {
		return j, err
	}
	err = s.db.Read(ctx).Raw(`SELECT p.id AS person_id, p.name, p.email, p.locale, p.zone, p.id = ? AS reporter FROM people p
		WHERE p.email IS NOT NULL AND p.email_confirmed_at IS NOT NULL AND (p.id = ?
			OR ? <> 'nothing' AND (p.id IN (SELECT person_id FROM members WHERE brand_id = ?) OR p.id IN (SELECT person_id FROM creators WHERE id = ?)))
		ORDER BY p.id`, j.PersonID, j.PersonID, string(j.Decision), j.BrandID, j.CreatorID).Scan(&j.To).Error
	if err != nil {
		return j, models.Internal("find who is told of a decision", err)
	}
	return j, nil
}
