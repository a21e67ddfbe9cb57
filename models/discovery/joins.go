// Joins: what a brand keeps refers to creators and members. One statement reads a list with
// its creators and who added them, and decides what may be shown of whom.

package discovery

import (
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// isShownSQL is the condition that the creator of a match m can be shown to a brand:
// listed, and neither has blocked the other. Its argument is the brand.
const isShownSQL = `EXISTS (SELECT 1 FROM creators c WHERE c.id = m.creator_id AND c.listed
	AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.brand_id = ? AND b.creator_id = c.id))`

// isReachableSQL is the condition that the person p who gets the mails of a search s
// can still be mailed.
var isReachableSQL = accounts.ContactSQL("s.brand_id")

var savedSearchesSQL = `SELECT s.id, s.public_id, s.brand_id, s.created_by, s.mails_to, s.name, s.name_key, s.query, s.alert, s.next_at, s.created_at, s.updated_at, s.version,
		b.name AS by_name, coalesce(p.name, '') AS to_name, coalesce(s.mails_to = ?, FALSE) AS mine, ` + isReachableSQL + ` AS reaches,
		(SELECT count(*) FROM saved_search_matches m WHERE m.saved_search_id = s.id AND m.seen_at IS NULL AND ` + isShownSQL + `) AS new
	FROM saved_searches s JOIN people b ON b.id = s.created_by LEFT JOIN people p ON p.id = s.mails_to WHERE s.brand_id = ? `

var alertedSearchesSQL = `SELECT s.id, s.public_id, s.brand_id, s.mails_to, s.query, s.alert, s.known, s.next_at, s.version, coalesce(p.zone, 'UTC') AS zone, ` + isReachableSQL + ` AS reaches,
		EXISTS (SELECT 1 FROM saved_search_matches m WHERE m.saved_search_id = s.id AND m.mailed_at IS NULL AND m.seen_at IS NULL AND EXISTS
			(SELECT 1 FROM creators c WHERE c.id = m.creator_id AND c.listed
				AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.brand_id = s.brand_id AND b.creator_id = c.id))) AS waiting
	FROM saved_searches s LEFT JOIN people p ON p.id = s.mails_to JOIN brands n ON n.id = s.brand_id
	WHERE s.alert <> 'off' AND n.suspended_at IS NULL AND n.erased_at IS NULL AND s.id > ? AND s.id <= ? ORDER BY s.id LIMIT ?`

var mailWanted = `SELECT n.name AS brand, s.alert <> 'off' AND ` + isReachableSQL + ` AS wanted
	FROM saved_searches s LEFT JOIN people p ON p.id = s.mails_to AND p.id = ? JOIN brands n ON n.id = s.brand_id WHERE s.id = ?`

const shortlistSummariesSQL = `SELECT l.public_id, l.name, l.updated_at, CASE WHEN p.erased_at IS NULL THEN p.name ELSE '' END AS made_by,
		(SELECT count(*) FROM shortlist_items i WHERE i.shortlist_id = l.id) AS creators,
		EXISTS (SELECT 1 FROM shortlist_items i JOIN creators c ON c.id = i.creator_id WHERE i.shortlist_id = l.id AND c.public_id = ?) AS has
	FROM shortlists l JOIN people p ON p.id = l.created_by WHERE l.brand_id = ? ORDER BY l.updated_at DESC, l.id DESC`

// keptSQL counts what a brand has kept, and reads on which lists some creators are, the
// latest addition first.
const keptSQL = `SELECT 'lists' AS kind, count(*) AS n, 0 AS creator_id, '' AS public_id, '' AS name, FALSE AS annotated FROM shortlists WHERE brand_id = @brand
	UNION ALL SELECT 'searches', count(*), 0, '', '', FALSE FROM saved_searches WHERE brand_id = @brand
	UNION ALL SELECT 'item', i.id, i.creator_id, l.public_id, l.name, i.note <> '' OR EXISTS (SELECT 1 FROM shortlist_labels x WHERE x.item_id = i.id)
		FROM shortlist_items i JOIN shortlists l ON l.id = i.shortlist_id WHERE l.brand_id = @brand AND i.creator_id IN @ids
	ORDER BY 1, 2 DESC`

// addMatches stores the matches with creators that still exist.
const addMatches = "INSERT INTO saved_search_matches (saved_search_id, creator_id, found_in, found_at) SELECT ?, id, ?, ? FROM creators WHERE id IN ?"

const subscriptionByToken = `SELECT m.id, coalesce(s.id, 0) AS search_id, coalesce(s.name, '') AS search, coalesce(n.name, '') AS brand, coalesce(s.alert <> 'off' AND s.mails_to = m.person_id, FALSE) AS "on"
	FROM saved_search_mails m LEFT JOIN saved_searches s ON s.id = m.saved_search_id LEFT JOIN brands n ON n.id = s.brand_id
	WHERE m.token_hash = ?`

const itemOfCreator = "shortlist_id = ? AND creator_id = (SELECT id FROM creators WHERE public_id = ?)"

const shortlistEntriesSQL = `SELECT i.id, i.creator_id, c.public_id, c.name, i.note, i.added_at, CASE WHEN a.erased_at IS NULL THEN a.name ELSE '' END AS added_by, coalesce(x.label, '') AS label, p.erased_at IS NOT NULL AS gone,
		NOT c.listed OR c.suspended_at IS NOT NULL OR p.suspended_at IS NOT NULL
			OR EXISTS (SELECT 1 FROM blocks b WHERE b.brand_id = l.brand_id AND b.creator_id = c.id AND b.side = 'creator') AS away,
		EXISTS (SELECT 1 FROM blocks b WHERE b.brand_id = l.brand_id AND b.creator_id = c.id AND b.side = 'brand') AS barred
	FROM shortlist_items i JOIN shortlists l ON l.id = i.shortlist_id JOIN creators c ON c.id = i.creator_id JOIN people a ON a.id = i.added_by LEFT JOIN people p ON p.id = c.person_id
	LEFT JOIN shortlist_labels x ON x.item_id = i.id
	WHERE i.shortlist_id = ? ORDER BY i.added_at DESC, i.id DESC, x.position`

// lockBrand keeps other lists and searches of the brand from being created or
// renamed, so that two at once neither exceed the maximum nor get the same name.
// Lists are locked before their brand.
func lockBrand(tx *db.Tx, brandID int64) error {
	var id int64
	return tx.Clauses(clause.Locking{Strength: "UPDATE"}).Table("brands").Where("id = ?", brandID).Limit(1).Pluck("id", &id).Error
}

// findVisibleCreator reads a creator whom the actor's brand can find in a search.
func findVisibleCreator(tx *db.Tx, actor models.Actor, publicID string) (id int64, err error) {
	err = tx.Raw(`SELECT id FROM creators WHERE public_id = ? AND listed
		AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.creator_id = creators.id AND b.brand_id = ? AND b.side = 'creator')`, publicID, actor.BrandID).Scan(&id).Error
	if err == nil && id == 0 {
		err = models.NotFound()
	}
	return id, err
}
