// Joins: a negotiation is judged by what its creator has agreed to elsewhere, and read with
// the deal that it led to, in one statement however much there is.

package negotiation

import (
	"tribemarket/models/deals"
)

const endedDeliverable = deals.Ended

// duePerMonthSQL counts what is due of a creator by month, in deals and in open offers.
const duePerMonthSQL = `SELECT month, count(*) AS n FROM (
		SELECT substr(x.due_on, 1, 7) AS month FROM deliverables x JOIN deals d ON d.id = x.deal_id
			WHERE d.creator_id = ? AND d.ended_at IS NULL AND x.state <> ?
		UNION ALL
		SELECT substr(o.due_on, 1, 7) FROM offered_days o JOIN negotiations n ON n.id = o.negotiation_id
			WHERE n.creator_id = ? AND n.state IN ? AND n.expires_at > ? AND n.id <> ?) x
	GROUP BY month`

// aboutSQL reads what a negotiation is called in public, and the deal that it led to.
const aboutSQL = `SELECT n.public_id AS negotiation, coalesce(d.public_id, '') AS deal, n.creator_id FROM negotiations n
	LEFT JOIN deals d ON d.negotiation_id = n.id WHERE n.id = ?`

// latestOffersSQL reads the latest offers of negotiations, and the deals that they led to.
const latestOffersSQL = `SELECT o.*, coalesce(d.public_id, '') AS deal FROM negotiations n
	JOIN offers o ON o.negotiation_id = n.id AND o.number = n.offer
	LEFT JOIN deals d ON d.negotiation_id = n.id WHERE n.id IN ?`

// allOffersSQL reads all offers of a negotiation, and the deal that it led to.
const allOffersSQL = `SELECT o.*, coalesce(d.public_id, '') AS deal FROM offers o
	LEFT JOIN deals d ON d.negotiation_id = o.negotiation_id WHERE o.negotiation_id = ? ORDER BY o.number`

// completedByCategorySQL counts a creator's deals that were carried out, by category.
const completedByCategorySQL = `SELECT d.category, count(*) AS deals FROM deals d
	WHERE d.creator_id = ? AND d.ended_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM deliverables x WHERE x.deal_id = d.id AND x.state <> ?)
	GROUP BY d.category`

// namesSQL reads the names of both sides of a negotiation, and of a person.
const namesSQL = `SELECT b.name AS brand_name, c.name AS creator_name, coalesce(p.name, '') AS person_name
	FROM negotiations x JOIN brands b ON b.id = x.brand_id JOIN creators c ON c.id = x.creator_id LEFT JOIN people p ON p.id = ? WHERE x.id = ?`

const senderZoneSQL = "SELECT p.zone, b.country FROM people p, brands b WHERE p.id = ? AND b.id = ?"
