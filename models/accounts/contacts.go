package accounts

import (
	"fmt"
	"strings"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/notifications"
)

// Contact is a person to notify, with their language and time zone.
type Contact = notifications.Receiver

// Contacts lists the people who act for a brand with at least the role, directly
// or through an agency, and are notified of what happens to it. It leaves out
// suspended and erased people, everybody if the brand is suspended, and people of
// suspended agencies.
func Contacts(q *gorm.DB, brandID int64, least models.Role) ([]Contact, error) {
	var all []Contact
	err := q.Raw("SELECT "+ContactColumns+", 'brand' AS side FROM people p WHERE "+ActiveSQL+` AND p.id IN (
		SELECT a.person_id FROM (`+actingRows("{brand} = ?")+`) a JOIN brands b ON b.id = a.brand_id
		WHERE b.suspended_at IS NULL AND b.erased_at IS NULL AND `+acts("a", least)+`) ORDER BY p.id`, brandID, brandID).Scan(&all).Error
	if err != nil {
		return nil, models.Internal("find the contacts of a brand", err)
	}
	return all, nil
}

// MemberContacts lists the brand's own members, even if the brand is suspended:
// they are notified of the decision that suspends it.
func MemberContacts(q *gorm.DB, brandID int64) ([]Contact, error) {
	var all []Contact
	err := q.Raw("SELECT "+ContactColumns+", 'brand' AS side FROM people p WHERE "+ActiveSQL+
		" AND p.id IN (SELECT m.person_id FROM members m WHERE m.brand_id = ?) ORDER BY p.id", brandID).Scan(&all).Error
	if err != nil {
		return nil, models.Internal("find the members of a brand", err)
	}
	return all, nil
}

// PersonContact reads a person to notify about themselves; false for one who is
// suspended or erased.
func PersonContact(q *gorm.DB, personID int64) (c Contact, ok bool, err error) {
	err = q.Raw("SELECT "+ContactColumns+", '' AS side FROM people p WHERE p.id = ? AND "+ActiveSQL, personID).Scan(&c).Error
	if err != nil {
		return c, false, models.Internal("find a person's contact", err)
	}
	return c, c.PersonID != 0, nil
}

// ActsFor says whether the person belongs to the brand, or to an agency with a
// mandate for it, even a suspended one.
func ActsFor(q *gorm.DB, personID, brandID int64) (bool, error) {
	var n int64
	err := q.Raw("SELECT count(*) FROM ("+actingRows("{person} = ? AND {brand} = ?")+") a", personID, brandID, personID, brandID).Scan(&n).Error
	return n > 0, err
}

// ActsForSQL is ActsFor as a condition on columns.
func ActsForSQL(person, brand string) string {
	return "EXISTS (SELECT 1 FROM (" + actingRows("{person} = "+person+" AND {brand} = "+brand) + ") acting)"
}

// ContactColumns are the columns of a Contact, except the side, for the person p.
const ContactColumns = "p.id AS person_id, p.name, coalesce(p.email, '') AS email, p.email_confirmed_at IS NOT NULL AS confirmed, p.locale, p.zone"

// ActiveSQL is the condition that the person p is neither suspended nor erased.
const ActiveSQL = "p.suspended_at IS NULL AND p.erased_at IS NULL"

// ContactSQL is the condition that a person p is one of the Contacts of the brand
// that the column names, with a confirmed address.
func ContactSQL(brand string) string {
	return ActiveSQL + ` AND p.email IS NOT NULL AND p.email_confirmed_at IS NOT NULL AND EXISTS (SELECT 1 FROM brands b WHERE b.id = ` + brand + ` AND b.suspended_at IS NULL AND b.erased_at IS NULL)
		AND EXISTS (SELECT 1 FROM (` + actingRows("{person} = p.id AND {brand} = "+brand) + ") a WHERE a.agency_suspended_at IS NULL)"
}

// actingRows is a query of who acts for which brand: its members, and those of
// agencies with a mandate, each with their role and the granted one. where
// restricts {person} and {brand}; its arguments are given twice.
func actingRows(where string) string {
	members := strings.NewReplacer("{person}", "m.person_id", "{brand}", "m.brand_id").Replace(where)
	agencies := strings.NewReplacer("{person}", "m.person_id", "{brand}", "x.brand_id").Replace(where)
	return `SELECT m.person_id, m.brand_id, m.role, 'owner' AS granted, 0 AS agency_id, NULL AS agency_suspended_at, m.created_at AS since
			FROM members m WHERE ` + members + `
		UNION ALL
		SELECT m.person_id, x.brand_id, m.role, x.role, x.agency_id, ag.suspended_at, x.accepted_at
			FROM members m JOIN agency_mandates x ON x.agency_id = m.brand_id AND x.accepted_at IS NOT NULL AND x.ended_at IS NULL
			JOIN brands ag ON ag.id = x.agency_id WHERE ` + agencies
}

// acts is the condition that a row of actingRows may act with at least the role:
// Role.Within in SQL.
func acts(row string, least models.Role) string {
	var roles []string
	for _, r := range models.Roles() {
		if r.Includes(least) {
			roles = append(roles, "'"+string(r)+"'")
		}
	}
	return fmt.Sprintf(`%[1]s.agency_suspended_at IS NULL AND CASE WHEN %[1]s.granted = 'owner' OR %[1]s.role = %[1]s.granted THEN %[1]s.role
		WHEN %[1]s.role = 'owner' THEN %[1]s.granted ELSE 'viewer' END IN (%[2]s)`, row, strings.Join(roles, ", "))
}
