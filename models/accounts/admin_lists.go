package accounts

import (
	"context"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// AdminPageSize is how many lines a page of an administrator's list has.
const AdminPageSize = 25

// AdminFilter narrows down an administrator's list.
type AdminFilter struct {
	Words     string
	Suspended bool   // only those
	After     string // the Next of the page before
	Sort      AdminSort
}

// PersonLine is a person in an administrator's list.
type PersonLine struct {
	Person
	Brands          int64
	CreatorPublicID string // "" for somebody who is no creator
}

// BrandLine is a brand in an administrator's list.
type BrandLine struct {
	Brand
	Members int64
}

// ContainsPattern is the LIKE pattern for words anywhere in a lower-case text.
func ContainsPattern(words string) string {
	return "%" + db.EscapeLike(strings.ToLower(text.SingleLine(words))) + "%"
}

// conditions of a list with their arguments, and its order.
func (f AdminFilter) conditions(o AdminOrder, table string, columns ...string) (where string, args []any, order string) {
	where, args, order = o.After(f.Sort, f.After)
	if text.SingleLine(f.Words) != "" {
		either := make([]string, len(columns))
		for i, c := range columns {
			either[i], args = "lower("+c+") LIKE ? ESCAPE '\\'", append(args, ContainsPattern(f.Words))
		}
		where += " AND (" + strings.Join(either, " OR ") + ")"
	}
	if f.Suspended {
		where += " AND " + table + ".suspended_at IS NOT NULL"
	}
	return where, append(args, AdminPageSize+1), order
}

// CutAdminPage cuts a list to one page and returns where the next one begins, "" on the
// last.
func CutAdminPage[T any](rows []T, id func(T) int64) ([]T, string) {
	if len(rows) <= AdminPageSize {
		return rows, ""
	}
	rows = rows[:AdminPageSize]
	return rows, models.Cursor{ID: id(rows[AdminPageSize-1])}.String()
}

var peopleOrder = AdminOrder{From: "people p", ID: "p.id", Columns: map[string]string{
	"name": "lower(p.name)", "email": "coalesce(p.email, '')", "seen": "coalesce(p.last_seen_at, p.created_at)", "state": "(p.suspended_at IS NOT NULL)",
}}

var brandsOrder = AdminOrder{From: "brands b", ID: "b.id", Columns: map[string]string{
	"name": "lower(b.name)", "site": "b.site", "country": "b.country", "members": membersOfBrand, "state": "(b.suspended_at IS NOT NULL)",
}}

const membersOfBrand = "(SELECT count(*) FROM members m WHERE m.brand_id = b.id)"

// ListPeopleForAdmin lists people for an administrator, in one query.
func (s *Store) ListPeopleForAdmin(ctx context.Context, actor models.Actor, f AdminFilter) ([]PersonLine, string, error) {
	if !actor.Administers() {
		return nil, "", models.NotFound()
	}
	where, args, order := f.conditions(peopleOrder, "p", "p.name", "p.email")
	var rows []PersonLine
	err := s.db.Read(ctx).Raw(`SELECT p.*, (SELECT count(*) FROM members m WHERE m.person_id = p.id) AS brands,
			coalesce((SELECT c.public_id FROM (`+string(s.profiles)+`) c WHERE c.person_id = p.id ORDER BY c.id LIMIT 1), '') AS creator_public_id
		FROM people p WHERE `+where+" ORDER BY "+order+" LIMIT ?", args...).Scan(&rows).Error
	if err != nil {
		return nil, "", models.Internal("list people", err)
	}
	rows, next := CutAdminPage(rows, func(r PersonLine) int64 { return r.ID })
	return rows, next, nil
}

// ListBrandsForAdmin lists brands for an administrator, in one query.
func (s *Store) ListBrandsForAdmin(ctx context.Context, actor models.Actor, f AdminFilter) ([]BrandLine, string, error) {
	if !actor.Administers() {
		return nil, "", models.NotFound()
	}
	where, args, order := f.conditions(brandsOrder, "b", "b.name", "b.site")
	var rows []BrandLine
	err := s.db.Read(ctx).Raw("SELECT b.*, "+membersOfBrand+" AS members FROM brands b WHERE "+where+" ORDER BY "+order+" LIMIT ?", args...).Scan(&rows).Error
	if err != nil {
		return nil, "", models.Internal("list brands", err)
	}
	rows, next := CutAdminPage(rows, func(r BrandLine) int64 { return r.ID })
	return rows, next, nil
}

// PersonDetail is what an administrator sees of a person.
type PersonDetail struct {
	Person
	SignInMethods   []string // names of the platforms that the person signs in with
	Brands          []MemberLine
	CreatorPublicID string
	CreatorName     string
}

// MemberLine is a membership with the names of its person and its brand.
type MemberLine struct {
	PersonID      int64
	PersonName    string
	BrandPublicID string
	BrandName     string
	Role          models.Role
	CreatedAt     time.Time
}

const memberLines = `SELECT m.person_id, p.name AS person_name, b.public_id AS brand_public_id, b.name AS brand_name, m.role, m.created_at
	FROM members m JOIN people p ON p.id = m.person_id JOIN brands b ON b.id = m.brand_id `

// ReadPersonForAdmin reads a person for an administrator.
func (s *Store) ReadPersonForAdmin(ctx context.Context, actor models.Actor, id int64) (PersonDetail, error) {
	var d PersonDetail
	if !actor.Administers() {
		return d, models.NotFound()
	}
	var err error
	if d.Person, err = s.PersonByID(ctx, id); err != nil {
		return d, err
	}
	read := s.db.Read(ctx)
	if err := read.Model(&Identity{}).Where("person_id = ?", id).Order("provider").Distinct().Pluck("provider", &d.SignInMethods).Error; err != nil {
		return d, models.Internal("read a person's ways to sign in", err)
	}
	if err := s.db.Read(ctx).Raw(memberLines+"WHERE m.person_id = ? ORDER BY m.created_at, b.id", id).Scan(&d.Brands).Error; err != nil {
		return d, models.Internal("read a person's brands", err)
	}
	var own struct{ PublicID, Name string }
	if err := s.db.Read(ctx).Raw("SELECT public_id, name FROM ("+string(s.profiles)+") c WHERE person_id = ? ORDER BY id LIMIT 1", id).Scan(&own).Error; err != nil {
		return d, models.Internal("read a person's profile", err)
	}
	d.CreatorPublicID, d.CreatorName = own.PublicID, own.Name
	return d, nil
}

// BrandDetail is what an administrator sees of a brand.
type BrandDetail struct {
	Brand
	Members []MemberLine
}

// ReadBrandForAdmin reads a brand for an administrator.
func (s *Store) ReadBrandForAdmin(ctx context.Context, actor models.Actor, publicID string) (BrandDetail, error) {
	var d BrandDetail
	if !actor.Administers() {
		return d, models.NotFound()
	}
	var err error
	if d.Brand, err = s.BrandByPublicID(ctx, actor, publicID); err != nil {
		return d, err
	}
	err = s.db.Read(ctx).Raw(memberLines+"WHERE m.brand_id = ? ORDER BY m.created_at, p.id", d.ID).Scan(&d.Members).Error
	if err != nil {
		return d, models.Internal("read a brand's members", err)
	}
	return d, nil
}
