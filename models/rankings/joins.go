// Joins: places are computed over all listed accounts and read with the creators who
// hold them, leaving out those no longer listed.

package rankings

import "tribemarket/models/creators"

const lastListed = "SELECT coalesce(max(creator_id), 0) FROM listings"

// engagedSQL reads the listed accounts with sums over their posts of a span, by each
// platform's own formula. Accounts that are marked for more likes than views have no place.
func engagedSQL(sums, counted string) string {
	return `SELECT l.creator_id, l.account_id, l.country, l.tribes, count(*) AS posts,
			CAST(sum(p.views) AS BIGINT) AS views, CAST(sum(CASE l.platform ` + sums + ` END) AS BIGINT) AS reactions
		FROM listings l JOIN posts p ON p.account_id = l.account_id AND p.posted_at > ? AND p.posted_at <= ?
		WHERE l.creator_id > ? AND l.creator_id <= ? AND (` + counted + `)
			AND NOT EXISTS (SELECT 1 FROM creator_accounts a WHERE a.id = l.account_id AND a.mean_likes > a.mean_views)
		GROUP BY l.creator_id, l.account_id, l.country, l.tribes HAVING count(*) >= ? AND sum(p.views) >= ?`
}

// grownSQL reads the snapshots of verified accounts.
const grownSQL = `SELECT l.creator_id, l.account_id, l.country, l.tribes, s.day, s.followers
	FROM listings l
	JOIN creator_accounts a ON a.id = l.account_id AND a.source = ?
	JOIN account_snapshots s ON s.account_id = l.account_id AND s.day >= ? AND s.day <= ?
	WHERE l.creator_id > ? AND l.creator_id <= ? AND l.platform IN ?
	ORDER BY l.account_id, s.day`

// filled reads the rankings of all countries whose newest edition has a place
// of a creator who is listed now.
const filled = `SELECT DISTINCT e.measure, e.span, p.tribe
	FROM ranking_editions e
	JOIN ranking_places p ON p.edition_id = e.id AND p.country = ''
	JOIN listings l ON l.account_id = p.account_id
	JOIN creators c ON c.id = l.creator_id AND c.listed
	WHERE e.live AND NOT EXISTS (SELECT 1 FROM ranking_editions o WHERE o.live AND o.measure = e.measure AND o.span = e.span
		AND (o.as_of > e.as_of OR o.as_of = e.as_of AND o.id > e.id))
	ORDER BY p.tribe, e.measure, e.span`

var placesSQL = `SELECT p.edition_id, c.id AS creator_id, c.public_id, c.name, a.platform, a.handle, a.source, a.as_of,
		p.ppm, p.part, p.whole, p.posts, p.from_day, p.to_day, ` + creators.FaceSQL + ` AS face_text
	FROM ranking_places p
	JOIN listings l ON l.account_id = p.account_id
	JOIN creators c ON c.id = l.creator_id AND c.listed
	JOIN creator_accounts a ON a.id = p.account_id
	WHERE p.edition_id IN (?, ?) AND p.tribe = ? AND p.country = ?
	ORDER BY p.edition_id, p.place`

var tribeTopSQL = `SELECT c.id, c.public_id, c.name, a.platform, a.handle, a.followers, a.engagement_ppm, a.source, a.as_of, ` + creators.FaceSQL + ` AS face_text
	FROM tribe_tops t
	JOIN listings l ON l.account_id = t.account_id
	JOIN creators c ON c.id = l.creator_id AND c.listed
	JOIN creator_accounts a ON a.id = t.account_id
	WHERE t.tribe = ? ORDER BY t.place`

// tribeFacesSQL reads the first creators of every tribe, with a few to spare.
var tribeFacesSQL = `SELECT t.tribe, c.id, c.public_id, c.name, ` + creators.FaceSQL + ` AS face_text
	FROM tribe_tops t
	JOIN listings l ON l.account_id = t.account_id
	JOIN creators c ON c.id = l.creator_id AND c.listed
	WHERE t.place <= ? ORDER BY t.tribe, t.place`

const tribeMembersSQL = `SELECT creator_id, account_id, platform, tribes, followers, standing, engagement_ppm, median_views
	FROM listings WHERE creator_id > ? AND creator_id <= ? AND tribes <> '' ORDER BY creator_id, account_id`

const tribeHashtagsSQL = `SELECT l.creator_id, p.hashtags FROM listings l
	JOIN posts p ON p.account_id = l.account_id AND p.posted_at > ? AND p.posted_at <= ?
	WHERE l.creator_id > ? AND l.creator_id <= ? AND l.tribes <> '' AND l.platform IN ? AND p.hashtags <> ''`

// shortfallSQL reads, of one creator, the listed accounts with sums over their posts of a
// span, and after them the snapshots of verified accounts.
func shortfallSQL(counted string) string {
	return `SELECT 0 AS part, l.account_id, '' AS day, 0 AS followers, count(p.id) AS posts, CAST(coalesce(sum(p.views), 0) AS BIGINT) AS views
		FROM listings l LEFT JOIN posts p ON p.account_id = l.account_id AND p.posted_at > ? AND p.posted_at <= ? AND (` + counted + `)
		WHERE l.creator_id = ? AND l.platform IN ? GROUP BY l.account_id
	UNION ALL
	SELECT 1, l.account_id, s.day, s.followers, 0, 0
		FROM listings l
		JOIN creator_accounts a ON a.id = l.account_id AND a.source = ?
		JOIN account_snapshots s ON s.account_id = l.account_id AND s.day >= ? AND s.day <= ?
		WHERE l.creator_id = ? AND l.platform IN ?
	ORDER BY 1, 2, 3`
}
