// Joins: a list of deals names both sides of each, with their pictures, and a history who
// acted, in one statement however long it is.

package deals

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/files"
	"tribemarket/models/workflow/run"
)

// partiesSQL reads brands and creators; of a creator's accounts, the one with the most
// followers names the creator.
var partiesSQL = `SELECT 'brand' AS side, b.id, b.public_id, b.name, b.country, b.site, b.sells, b.legal_name AS firm, b.vat_number AS vat, coalesce(v.domain, '') AS domain, '' AS handle, '' AS platform, (1 = 1) AS joined,
	b.suspended_at IS NULL AS public, b.suspended_at IS NOT NULL AS suspended, '' AS face, ` + files.ShownSQL(files.Logo, "b.id") + ` AS logo
	FROM brands b LEFT JOIN brand_domains v ON v.brand_id = b.id AND v.verified_at IS NOT NULL WHERE b.id IN ?
	UNION ALL
	SELECT 'creator', c.id, c.public_id, c.name, c.country, '', '', '', '', '', coalesce(a.handle, ''), coalesce(a.platform, ''), c.person_id IS NOT NULL,
	c.listed, c.suspended_at IS NOT NULL OR EXISTS (SELECT 1 FROM people p WHERE p.id = c.person_id AND p.suspended_at IS NOT NULL),
	` + creators.FaceSQL + `, ''
	FROM creators c LEFT JOIN creator_accounts a ON a.id =
	(SELECT m.id FROM creator_accounts m WHERE m.creator_id = c.id ORDER BY m.followers DESC, m.id LIMIT 1)
	WHERE c.id IN ?`

// partnershipsSQL reads the completed deals of a creator, a row for each deliverable.
var partnershipsSQL = `SELECT x.*, d.product, d.brand_id, d.last, b.name, b.public_id AS public, b.country AS place, ` + files.ShownSQL(files.Logo, "b.id") + ` AS logo
	FROM (SELECT deals.id, deals.product, deals.brand_id, (SELECT max(x.completed_at) FROM deliverables x WHERE x.deal_id = deals.id) AS last
		FROM deals WHERE creator_id = @creator AND ended_at IS NULL AND NOT ` + runningSQL + ` ORDER BY last DESC, id DESC LIMIT @most) d
	JOIN brands b ON b.id = d.brand_id
	JOIN deliverables x ON x.deal_id = d.id`

// trackRecordSQL reads the counts of a creator's deals, with the partnerships beside the
// first of them.
var trackRecordSQL = `SELECT c.*, p.* FROM (` + dealCountsSQL + `) c LEFT JOIN (` + partnershipsSQL + `) p ON c.nth = 1
	ORDER BY c.nth, p.last DESC, p.deal_id DESC, p.number`

// dealCountsSQL counts a creator's deals by brand (the actor's or not) and currency, and
// adds up what the actor's are worth.
const dealCountsSQL = `SELECT row_number() OVER (ORDER BY x.currency, x.own) AS nth, x.own, x.currency, sum(x.running) AS running, sum(x.done) AS done,
	coalesce(max(CASE WHEN x.running = 1 THEN x.public_id END), '') AS run_id, coalesce(max(CASE WHEN x.done = 1 THEN x.public_id END), '') AS done_id,
	sum(CASE WHEN x.ended_at IS NULL AND x.agreed_at >= @since THEN x.fee_minor + x.in_kind_minor ELSE 0 END) AS minor
	FROM (SELECT deals.*, brand_id = @brand AS own, CASE WHEN ` + runningSQL + ` THEN 1 ELSE 0 END AS running,
		CASE WHEN ended_at IS NULL AND NOT ` + runningSQL + ` THEN 1 ELSE 0 END AS done FROM deals WHERE creator_id = @creator) x
	GROUP BY x.own, x.currency`

// adminListSQL names the sides of deals, and says whether one runs and is late.
const adminListSQL = `SELECT deals.id, deals.public_id, b.name AS brand_name, b.public_id AS brand_public_id, c.name AS creator_name, c.public_id AS creator_public,
	deals.agreed_at, deals.ended_at, ` + runningSQL + ` AS running,
	EXISTS (SELECT 1 FROM deliverables x WHERE x.deal_id = deals.id AND x.deadline_at <= ?) AND NOT ` + heldSQL + ` AS late
	FROM ` + adminListFrom + ` WHERE `

const adminListFrom = "deals JOIN brands b ON b.id = deals.brand_id JOIN creators c ON c.id = deals.creator_id"

// readSides says whether a side of a deal has no account any more, and whether one cannot act
// for now. Neither changes before the transaction ends.
func readSides(w *run.Work, d dealRow) (gone, away bool, err error) {
	for _, q := range []*gorm.DB{
		w.Table("brands").Where("id = ?", d.BrandID).Select("erased_at IS NOT NULL AS gone"),
		w.Table("creators").Where("id = ?", d.CreatorID).Select("NOT EXISTS (SELECT 1 FROM people p WHERE p.id = creators.person_id AND p.erased_at IS NULL) AS gone"),
	} {
		var side struct{ Gone bool }
		if err := q.Clauses(clause.Locking{Strength: "SHARE"}).Take(&side).Error; err != nil {
			return false, false, err
		}
		gone = gone || side.Gone
	}
	if gone {
		return true, false, nil
	}
	away, err = IsPartyAway(w, d.BrandID, d.CreatorID)
	return false, away, err
}

// heldSQL is true of a deal that is held; mayPartSQL of one that a side may end at a moment
// because the other cannot act.
const (
	heldSQL    = "EXISTS (SELECT 1 FROM deal_holds h WHERE h.deal_id = deals.id AND h.ended_at IS NULL)"
	mayPartSQL = "EXISTS (SELECT 1 FROM deal_holds h WHERE h.deal_id = deals.id AND h.ended_at IS NULL AND h.side <> ? AND h.until_at <= ?)"
)

// firstOfHeldSQL is true of the first of a deal's deliverables that have a clock: what is held is
// the deal, which counts once.
const firstOfHeldSQL = "deliverables.deadline_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM deliverables f WHERE f.deal_id = deliverables.deal_id AND f.deadline_at IS NOT NULL AND f.number < deliverables.number)"

// heldDealsSQL reads the open holds of the deals of a party, with the time zones of both sides.
const heldDealsSQL = "SELECT h.*, deals.zone, deals.brand_zone FROM deal_holds h JOIN deals ON deals.id = h.deal_id WHERE h.ended_at IS NULL AND h.side = ? AND deals."

// heldPartiesSQL lists the parties because of which deals are held.
const heldPartiesSQL = `SELECT DISTINCT h.side, CASE h.side WHEN 'brand' THEN deals.brand_id ELSE deals.creator_id END AS id
	FROM deal_holds h JOIN deals ON deals.id = h.deal_id WHERE h.ended_at IS NULL ORDER BY 1, 2`

// obligationsSQL reads the running deals of a party with the hold of each, by the party's side.
var obligationsSQL = map[models.Side]string{
	models.SideBrand:   obligationsOf + "JOIN creators o ON o.id = deals.creator_id WHERE deals.ended_at IS NULL AND " + runningSQL + " AND deals.brand_id = ? ORDER BY deals.id",
	models.SideCreator: obligationsOf + "JOIN brands o ON o.id = deals.brand_id WHERE deals.ended_at IS NULL AND " + runningSQL + " AND deals.creator_id = ? ORDER BY deals.id",
}

const obligationsOf = `SELECT deals.public_id, deals.product, o.name AS other, h.state, h.until_at, h.deadline_at FROM deals
	LEFT JOIN deal_holds h ON h.deal_id = deals.id AND h.ended_at IS NULL AND h.side = ? `

// profilesSQL are the profiles of a person.
const profilesSQL = "SELECT id FROM creators WHERE person_id = ?"

// withNames reads the history with who acted, on which deliverable, and of a hold which side
// is away, and whether a contract that it is about is an amendment.
func withNames(q *gorm.DB) *gorm.DB {
	return q.Table("workflow_events e").
		Select("e.*, coalesce(nullif(e.person_name, ''), people.name, '') AS person, coalesce(deliverables.number, 0) AS number, coalesce(deal_holds.side, '') AS away, amending.id IS NOT NULL AS amendment").
		Joins("LEFT JOIN people ON people.id = e.person_id").
		Joins("LEFT JOIN deliverables ON deliverables.id = e.subject_id AND e.subject_kind = ?", DeliverableTable.Subject).
		Joins("LEFT JOIN deal_holds ON deal_holds.id = e.subject_id AND e.subject_kind = ?", HoldTable.Subject).
		Joins("LEFT JOIN contracts amending ON amending.id = e.subject_id AND amending.amends_id IS NOT NULL AND e.subject_kind = ?", contracts.Table.Subject)
}

// dealOfDeliverableSQL is a condition for the deal of a deliverable.
const dealOfDeliverableSQL = "id = (SELECT deal_id FROM deliverables WHERE id = ?)"

// dealOfHoldSQL is a condition for the deal of a hold.
const dealOfHoldSQL = "id = (SELECT deal_id FROM deal_holds WHERE id = ?)"

// dealOfContractSQL is a condition for the deal of a contract.
const dealOfContractSQL = "id = (SELECT deal_id FROM contracts WHERE id = ?)"

// latestUnderContractSQL is a condition for the latest deal under the contract of a deal.
const latestUnderContractSQL = "id = (SELECT l.id FROM deals f JOIN deals l ON l.negotiation_id = f.negotiation_id WHERE f.id = ? ORDER BY l.cycle DESC LIMIT 1)"
