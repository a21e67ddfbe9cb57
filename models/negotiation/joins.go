// Joins: a negotiation is judged by what its creator has agreed to elsewhere, and read with
// the deal that it led to, in one statement however much there is. Whether a creator may
// pitch depends on the brand and on who has blocked whom.

package negotiation

import (
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
)

const endedDeliverable = deals.Ended

// duePerMonthSQL counts what is due of a creator by month, in deals and in open offers. The rows
// with terms are of repetitions that go on: from the latest deal on, what is due each month.
const duePerMonthSQL = `SELECT month, count(*) AS n, '' AS terms, 0 AS begun, 0 AS last_cycle FROM (
		SELECT substr(x.due_on, 1, 7) AS month FROM deliverables x JOIN deals d ON d.id = x.deal_id
			WHERE d.creator_id = ? AND d.ended_at IS NULL AND x.state <> ?
		UNION ALL
		SELECT substr(o.due_on, 1, 7) FROM offered_days o JOIN negotiations n ON n.id = o.negotiation_id
			WHERE n.creator_id = ? AND n.state IN ? AND n.expires_at > ? AND n.id <> ?) x
	GROUP BY month
	UNION ALL
	SELECT '', 0, d.terms, r.begun, CASE WHEN r.state = ? THEN r.last_cycle ELSE 0 END FROM repetitions r
		JOIN deals d ON d.negotiation_id = r.negotiation_id AND d.cycle = r.begun
		WHERE d.creator_id = ? AND r.state IN ? AND r.negotiation_id <> ?`

// aboutSQL reads what a negotiation is called in public, and the first deal that it led to.
const aboutSQL = `SELECT n.public_id AS negotiation, coalesce(d.public_id, '') AS deal, n.creator_id FROM negotiations n
	LEFT JOIN deals d ON d.negotiation_id = n.id AND d.cycle = 1 WHERE n.id = ?`

// dealsColumn is the public ids of the deals that a negotiation n led to, the first first.
const dealsColumn = "coalesce((SELECT string_agg(d.public_id, ',' ORDER BY d.cycle) FROM deals d WHERE d.negotiation_id = n.id), '') AS deals"

// pitchColumns are those of the pitch p of a negotiation n, with which of the creator's works
// are still shown.
const pitchColumns = `coalesce(p.about, '') AS p_about, coalesce(p.audience, '') AS p_audience, coalesce(p.figures, '') AS p_figures, coalesce(p.examples, '') AS p_examples,
	CASE WHEN p.negotiation_id IS NULL THEN '' ELSE coalesce((SELECT string_agg(x.public_id, ',') FROM pictures x
		WHERE x.creator_id = n.creator_id AND x.use = 'work' AND x.state = 'ready' AND x.hidden_at IS NULL), '') END AS shown`

// latestOffersSQL reads the latest offers of negotiations, and the deals that they led to.
const latestOffersSQL = `SELECT o.*, ` + dealsColumn + `, ` + pitchColumns + ` FROM negotiations n
	JOIN offers o ON o.negotiation_id = n.id AND o.number = n.offer LEFT JOIN pitches p ON p.negotiation_id = n.id WHERE n.id IN ?`

// allOffersSQL reads all offers of a negotiation, and the deals that it led to.
const allOffersSQL = `SELECT o.*, ` + dealsColumn + `, ` + pitchColumns + ` FROM offers o
	JOIN negotiations n ON n.id = o.negotiation_id LEFT JOIN pitches p ON p.negotiation_id = n.id WHERE o.negotiation_id = ? ORDER BY o.number`

// completedByCategorySQL counts a creator's deals that were carried out, by category.
const completedByCategorySQL = `SELECT d.category, count(*) AS deals FROM deals d
	WHERE d.creator_id = ? AND d.ended_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM deliverables x WHERE x.deal_id = d.id AND x.state <> ?)
	GROUP BY d.category`

// namesSQL reads the names of both sides of a negotiation, and of a person.
const namesSQL = `SELECT b.name AS brand_name, c.name AS creator_name, coalesce(p.name, '') AS person_name
	FROM negotiations x JOIN brands b ON b.id = x.brand_id JOIN creators c ON c.id = x.creator_id LEFT JOIN people p ON p.id = ? WHERE x.id = ?`

// standingSQL reads a creator with what decides whether a brand and they may make each other
// offers, the names of both and of a person, whether that person has a draft, and the latest
// offer of a negotiation.
var standingSQL = `SELECT c.*, c.suspended_at IS NOT NULL OR p.suspended_at IS NOT NULL AS suspended,
	b.suspended_at IS NOT NULL OR p.leaving_at IS NOT NULL OR ` + accounts.LoneLeavingSQL("b.id") + ` AS away,
	EXISTS (SELECT 1 FROM blocks x WHERE x.brand_id = b.id AND x.creator_id = c.id) AS blocked,
	coalesce((SELECT string_agg(a.platform, ',') FROM creator_accounts a WHERE a.creator_id = c.id AND a.purged_at IS NULL), '') AS platforms,
	` + creators.HasLimitsSQL("c.id") + ` AS limited,
	EXISTS (SELECT 1 FROM offer_drafts d WHERE d.person_id = @person AND coalesce(d.brand_id, 0) = @acting AND d.creator_id = c.id AND coalesce(d.negotiation_id, 0) = @negotiation) AS drafted,
	b.political_allowed AS political, b.approval_currency <> '' AS approves, EXISTS (SELECT 1 FROM held_proposals h WHERE h.negotiation_id = @negotiation AND h.state = @asked) AS holds,
	coalesce(latest.terms, '') AS latest, coalesce(latest.side = earlier.side, FALSE) AS replaces,
	b.name AS brand_name, c.name AS creator_name, coalesce(me.name, '') AS person_name
	FROM creators c JOIN brands b ON b.id = @brand LEFT JOIN people p ON p.id = c.person_id LEFT JOIN people me ON me.id = @person
	LEFT JOIN offers latest ON latest.negotiation_id = @negotiation AND latest.number = @offer
	LEFT JOIN offers earlier ON earlier.negotiation_id = @negotiation AND earlier.number = @offer - 1 WHERE c.id = @creator`

// personNameSQL is the name of a person, "" for none.
const personNameSQL = "coalesce((SELECT name FROM people WHERE id = ?), '')"

// heldNamesSQL reads who wrote what is held, and the negotiations in which it answers.
const heldNamesSQL = `SELECT h.id, p.name AS writer, coalesce(n.public_id, '') AS negotiation,
	n.id IS NOT NULL AND (n.closed_at IS NOT NULL OR n.offer <> h.answers_to) AS overtaken FROM held_proposals h
	JOIN people p ON p.id = h.written_by LEFT JOIN negotiations n ON n.id = h.negotiation_id WHERE h.id IN ?`

const senderZoneSQL = "SELECT p.zone, b.country FROM people p, brands b WHERE p.id = ? AND b.id = ?"

// knockSQL reads the door of a brand, what else decides whether a person may pitch to it as
// a creator, and the negotiations that do: the pitches of the last week, and those with the
// brand that are open or were closed lately.
var knockSQL = `SELECT b.id AS brand, d.*, b.suspended_at IS NOT NULL OR ` + accounts.LoneLeavingSQL("b.id") + ` OR EXISTS (SELECT 1 FROM blocks x WHERE x.brand_id = b.id AND x.creator_id = c.id) AS hidden,
	p.email_confirmed_at IS NULL AS unsure, ` + accounts.ActsForSQL("p.id", "b.id") + ` AS own, p.created_at AS joined_at, c.country,
	coalesce((SELECT string_agg(t.tribe, ',') FROM creator_tribes t WHERE t.creator_id = c.id), '') AS own_tribes,
	coalesce((SELECT max(a.followers) FROM creator_accounts a WHERE a.creator_id = c.id), 0) AS own_followers,
	n.public_id AS n_public_id, n.brand_id AS n_brand_id, n.began AS n_began, n.state AS n_state, n.begun_at AS n_begun_at, n.expires_at AS n_expires_at, n.closed_at AS n_closed_at, o.side AS n_side
	FROM brands b JOIN people p ON p.id = @person JOIN creators c ON c.id = @creator LEFT JOIN pitch_doors d ON d.brand_id = b.id
	LEFT JOIN negotiations n ON n.creator_id = c.id AND (n.began = @side AND n.begun_at > @week OR n.brand_id = b.id AND (n.closed_at IS NULL OR n.closed_at > @pause))
	LEFT JOIN offers o ON o.negotiation_id = n.id AND o.number = n.offer
	WHERE b.public_id = @brand AND b.erased_at IS NULL ORDER BY n.begun_at DESC, n.id DESC`

// brandZoneSQL reads the time zone of a brand's longest owner, and its country.
const brandZoneSQL = `SELECT coalesce(p.zone, '') AS zone, b.country FROM brands b
	LEFT JOIN people p ON p.id = (SELECT m.person_id FROM members m WHERE m.brand_id = b.id AND m.role = 'owner' ORDER BY m.created_at, m.person_id LIMIT 1)
	WHERE b.id = ?`

// openDoorsSQL reads the brands with an open door that a creator can see, newest first, and
// what else of a person decides whether they may pitch.
var openDoorsSQL = `SELECT b.id, d.*, ` + accounts.ActsForSQL("p.id", "b.id") + ` AS own, p.email_confirmed_at IS NULL AS unsure, p.created_at AS joined_at
	FROM brands b JOIN people p ON p.id = @person LEFT JOIN pitch_doors d ON d.brand_id = b.id
	WHERE b.id < @before AND b.erased_at IS NULL AND b.suspended_at IS NULL AND NOT coalesce(d.closed, FALSE)
	AND NOT EXISTS (SELECT 1 FROM blocks x WHERE x.brand_id = b.id AND x.creator_id = @creator)
	ORDER BY b.id DESC LIMIT @most`

// pastSQL reads the pitches of a creator of the last week, and their negotiations with some
// brands that are open or were closed lately.
const pastSQL = `SELECT n.public_id, n.brand_id, n.began, n.state, n.begun_at, n.expires_at, n.closed_at, o.side FROM negotiations n
	JOIN offers o ON o.negotiation_id = n.id AND o.number = n.offer
	WHERE n.creator_id = @creator AND (n.began = @side AND n.begun_at > @week OR n.brand_id IN @brands AND (n.closed_at IS NULL OR n.closed_at > @pause))
	ORDER BY n.begun_at DESC, n.id DESC`

// untoldSQL reads what is offered or was agreed on in negotiations whose sides have not been
// told of a definition of figures: with an offer that can be answered, or a deal that runs.
const untoldSQL = `SELECT n.id, coalesce(d.terms, o.terms) AS terms FROM negotiations n
	JOIN offers o ON o.negotiation_id = n.id AND o.number = n.offer
	LEFT JOIN deals d ON d.negotiation_id = n.id AND d.cycle = (SELECT max(cycle) FROM deals WHERE negotiation_id = n.id)
	WHERE (n.state IN ? AND n.expires_at > ? OR n.state = ? AND d.ended_at IS NULL AND EXISTS (SELECT 1 FROM deliverables x WHERE x.deal_id = d.id AND x.state NOT IN (?, ?)))
	AND n.told_definition < ? AND n.id > ? AND o.terms LIKE '%"definition":%' ORDER BY n.id LIMIT ?`
