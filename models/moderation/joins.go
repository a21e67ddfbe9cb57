// Joins: administrators' lists and cases refer to people, brands, creators and deals
// of all areas, in one statement per page; the statement that finds what to report or
// block also checks whether the actor may see it.

package moderation

import (
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
)

// idByPublicID finds something by the public id in its URL.
func (t *tx) idByPublicID(kind Kind, publicID string) (id int64, err error) {
	table := map[Kind]string{Creator: "creators", Brand: "brands", Negotiation: "negotiations", Deal: "deals"}[kind]
	if table == "" {
		return 0, models.NotFound()
	}
	err = t.Raw("SELECT id FROM "+table+" WHERE public_id = ?", publicID).Scan(&id).Error
	if err == nil && id == 0 {
		err = models.NotFound()
	}
	return id, err
}

// reportable finds what is reported by the public id in its URL: whose it is, what it
// is called, and whether strangers can see it.
var reportable = map[Kind]string{
	Creator:     "SELECT id, 0 AS brand_id, id AS creator_id, name, public_id AS page, listed FROM creators WHERE public_id = ?",
	Brand:       "SELECT id, id AS brand_id, 0 AS creator_id, name, public_id AS page, (1 = 1) AS listed FROM brands WHERE public_id = ?",
	Negotiation: "SELECT id, brand_id, creator_id, product AS name, public_id AS page, (1 = 1) AS listed FROM negotiations WHERE public_id = ?",
	Deal:        "SELECT id, brand_id, creator_id, product AS name, public_id AS page, (1 = 1) AS listed FROM deals WHERE public_id = ?",
	Picture: `SELECT p.id, coalesce(p.brand_id, 0) AS brand_id, coalesce(p.creator_id, 0) AS creator_id, coalesce(b.name, c.name) AS name, coalesce(b.public_id, c.public_id) AS page,
			p.hidden_at IS NULL AND (b.id IS NOT NULL OR coalesce(c.listed, FALSE)) AS listed
		FROM pictures p LEFT JOIN brands b ON b.id = p.brand_id LEFT JOIN creators c ON c.id = p.creator_id WHERE p.public_id = ? AND p.state = 'ready'`,
}

const reportLines = `SELECT r.*, p.name AS reporter, coalesce(b.name, c.name, '') AS name FROM ` + reportsFrom + " "

const reportsFrom = `reports r
	JOIN people p ON p.id = r.person_id LEFT JOIN brands b ON b.id = r.brand_id LEFT JOIN creators c ON c.id = r.creator_id`

// reportsWithNames reads reports with the names of the accused.
const reportsWithNames = `SELECT r.*, coalesce(b.name, c.name, '') AS name FROM reports r
	LEFT JOIN brands b ON b.id = r.brand_id LEFT JOIN creators c ON c.id = r.creator_id`

const caseByID = `SELECT r.*, p.name AS reporter, coalesce(p.email, '') AS email, coalesce(b.name, c.name, '') AS name,
		coalesce(b.public_id, '') AS brand_public_id, coalesce(c.public_id, '') AS creator_public_id, coalesce(d.name, '') AS decided_by_name,
		coalesce(b.suspended_reason, c.suspended_reason, '') AS suspended_reason,
		(SELECT count(*) FROM reports o WHERE o.id <> r.id AND o.decision IN ('warn', 'hide', 'suspend')
			AND (o.brand_id = r.brand_id OR o.creator_id = r.creator_id)) AS before
	FROM reports r JOIN people p ON p.id = r.person_id
	LEFT JOIN brands b ON b.id = r.brand_id LEFT JOIN creators c ON c.id = r.creator_id LEFT JOIN people d ON d.id = r.decided_by
	WHERE r.public_id = ?`

// termsReported reads the latest offer of a negotiation, or of that of a deal.
var termsReported = map[Kind]string{
	Negotiation: latestOffer + "x.id = ?",
	Deal:        latestOffer + "x.id = (SELECT negotiation_id FROM deals WHERE id = ?)",
}

const latestOffer = `SELECT x.product, o.message, x.state, b.name AS brand_name, c.name AS creator_name FROM negotiations x
	JOIN offers o ON o.negotiation_id = x.id AND o.number = x.offer
	JOIN brands b ON b.id = x.brand_id JOIN creators c ON c.id = x.creator_id WHERE `

// Whom a side may block: listed creators and those who got an offer, and every brand.
const (
	blockableCreator = "SELECT id FROM creators WHERE public_id = ? AND (listed OR id IN (SELECT creator_id FROM negotiations WHERE brand_id = ?))"
	blockableBrand   = "SELECT id FROM brands WHERE public_id = ? AND erased_at IS NULL"
)

const (
	blockedCreators = `SELECT c.public_id, c.name, x.created_at FROM blocks x JOIN creators c ON c.id = x.creator_id
		WHERE x.brand_id = ? AND x.side = 'brand' ORDER BY x.created_at DESC, c.id LIMIT 500`
	blockedBrands = `SELECT b.public_id, b.name, x.created_at FROM blocks x JOIN brands b ON b.id = x.brand_id
		WHERE x.creator_id = ? AND x.side = 'creator' ORDER BY x.created_at DESC, b.id LIMIT 500`
)

func auditWithNames(q *gorm.DB) *gorm.DB {
	return q.Table("audit_events").Select("audit_events.*, coalesce(people.name, '') AS person").
		Joins("LEFT JOIN people ON people.id = audit_events.person_id")
}

// auditKinds are the kinds of subjects that have names.
var auditKinds = []string{"person", "brand", "creator", "account", "picture", "negotiation", "proposal", "deal", "report"} // "proposal" is what earlier versions called a negotiation

// peopleNamed are the ids of people by a pattern of their names or addresses.
const peopleNamed = `SELECT id FROM people WHERE lower(name) LIKE @named ESCAPE '\' OR email LIKE @named ESCAPE '\'`

// subjectsNamed are subjects of the audit log by a pattern of their names, and the one that
// is just called so, such as relevance; a deal and a proposal are found by what is sold, and
// a report by whom it is about.
const subjectsNamed = `SELECT 'person:' || id FROM people WHERE lower(name) LIKE @named ESCAPE '\'
	UNION ALL SELECT 'brand:' || id FROM brands WHERE lower(name) LIKE @named ESCAPE '\'
	UNION ALL SELECT 'creator:' || id FROM creators WHERE lower(name) LIKE @named ESCAPE '\'
	UNION ALL SELECT 'account:' || a.id FROM creator_accounts a JOIN creators c ON c.id = a.creator_id WHERE lower(c.name) LIKE @named ESCAPE '\'
	UNION ALL SELECT 'picture:' || p.id FROM pictures p LEFT JOIN brands b ON b.id = p.brand_id LEFT JOIN creators c ON c.id = p.creator_id
		WHERE lower(coalesce(b.name, c.name)) LIKE @named ESCAPE '\'
	UNION ALL SELECT 'negotiation:' || id FROM negotiations WHERE lower(product) LIKE @named ESCAPE '\'
	UNION ALL SELECT 'proposal:' || id FROM negotiations WHERE lower(product) LIKE @named ESCAPE '\'
	UNION ALL SELECT 'deal:' || id FROM deals WHERE lower(product) LIKE @named ESCAPE '\'
	UNION ALL SELECT 'report:' || r.id FROM reports r LEFT JOIN brands b ON b.id = r.brand_id LEFT JOIN creators c ON c.id = r.creator_id
		WHERE lower(coalesce(b.name, c.name)) LIKE @named ESCAPE '\'
	UNION ALL SELECT CAST(@said AS text)`

// subjectNames names subjects by their ids. A deal and a proposal are named by their sides:
// what was agreed is read with a report.
const subjectNames = `SELECT 'person' AS kind, id, name, '' AS public_id, (1 = 0) AS brand FROM people WHERE id IN @person
	UNION ALL SELECT 'brand', id, name, public_id, (1 = 1) FROM brands WHERE id IN @brand
	UNION ALL SELECT 'creator', id, name, public_id, (1 = 0) FROM creators WHERE id IN @creator
	UNION ALL SELECT 'account', a.id, c.name || ' @' || a.handle, c.public_id, (1 = 0) FROM creator_accounts a JOIN creators c ON c.id = a.creator_id WHERE a.id IN @account
	UNION ALL SELECT 'picture', p.id, coalesce(b.name, c.name, ''), coalesce(b.public_id, c.public_id, ''), b.id IS NOT NULL
		FROM pictures p LEFT JOIN brands b ON b.id = p.brand_id LEFT JOIN creators c ON c.id = p.creator_id WHERE p.id IN @picture
	UNION ALL SELECT 'negotiation', x.id, b.name || ', ' || c.name, '', (1 = 0) FROM negotiations x JOIN brands b ON b.id = x.brand_id JOIN creators c ON c.id = x.creator_id WHERE x.id IN @negotiation
	UNION ALL SELECT 'proposal', x.id, b.name || ', ' || c.name, '', (1 = 0) FROM negotiations x JOIN brands b ON b.id = x.brand_id JOIN creators c ON c.id = x.creator_id WHERE x.id IN @proposal
	UNION ALL SELECT 'deal', x.id, b.name || ', ' || c.name, '', (1 = 0) FROM deals x JOIN brands b ON b.id = x.brand_id JOIN creators c ON c.id = x.creator_id WHERE x.id IN @deal
	UNION ALL SELECT 'report', r.id, coalesce(b.name, c.name, ''), r.public_id, (1 = 0)
		FROM reports r LEFT JOIN brands b ON b.id = r.brand_id LEFT JOIN creators c ON c.id = r.creator_id WHERE r.id IN @report`

const overviewCounts = `SELECT (SELECT count(*) FROM reports WHERE decision = '') AS open_reports,
	(SELECT count(*) FROM people) AS people, (SELECT count(*) FROM brands) AS brands,
	(SELECT count(*) FROM creators) AS creators, (SELECT count(*) FROM creators WHERE person_id IS NOT NULL) AS claimed,
	(SELECT count(DISTINCT creator_id) FROM listings) AS listed,
	(SELECT count(DISTINCT deal_id) FROM deliverables WHERE deadline_at IS NOT NULL) AS running_deals,
	(SELECT count(*) FROM negotiations WHERE closed_at IS NULL) AS open_negotiations,
	(SELECT count(*) FROM people WHERE suspended_at IS NOT NULL) + (SELECT count(*) FROM brands WHERE suspended_at IS NOT NULL)
		+ (SELECT count(*) FROM creators WHERE suspended_at IS NOT NULL) AS suspended,
	(SELECT count(*) FROM audit_events e WHERE e.id > (SELECT coalesce(max(event_id), 0) FROM audit_seals)) AS unsealed`

// trendColumns are the tables and columns that a trend counts, in their order.
var trendColumns = []struct {
	what          TrendSubject
	table, column string
}{{NewPeople, "people", "created_at"}, {NewNegotiations, "negotiations", "begun_at"}, {NewDeals, "deals", "agreed_at"}, {NewReports, "reports", "created_at"}}

// trendQuery reads a row for each subject, with its place in the list and a column for each
// week.
func trendQuery(from time.Time) (query string, args []any) {
	var parts []string
	for i, c := range trendColumns {
		part := "SELECT " + strconv.Itoa(i) + ", '" + string(c.what) + "'"
		for week := range TrendWeeks {
			part += ", coalesce(sum(CASE WHEN " + c.column + " >= ? AND " + c.column + " < ? THEN 1 ELSE 0 END), 0)"
			args = append(args, from.AddDate(0, 0, 7*week), from.AddDate(0, 0, 7*(week+1)))
		}
		parts = append(parts, part+" FROM "+c.table+" WHERE "+c.column+" >= ?")
		args = append(args, from)
	}
	return strings.Join(parts, " UNION ALL ") + " ORDER BY 1", args // without which PostgreSQL may read them at once
}
