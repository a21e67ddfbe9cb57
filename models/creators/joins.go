// Joins: who is listed, and whose profile this is, is read for thousands of rows at once
// or on every page, together with the person behind the profile. A creator's page reads
// its pictures with the rest, and a list those of everybody on it. Thumbnails of posts are
// kept as long as their posts are, and their owners allow it.

package creators

import (
	"tribemarket/models/accounts"
	"tribemarket/models/files"
)

// ProfileRows returns the SQL by which accounts finds who has a profile.
const ProfileRows accounts.ProfileRows = `SELECT person_id, id, public_id, name, listed, suspended_at, suspended_reason
	FROM creators WHERE person_id IS NOT NULL`

// isListedSQL is the one rule of who is listed: a creator with a listed account, if
// neither the profile nor the person who has claimed it is suspended, and the person stays.
const isListedSQL = `creators.suspended_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM people p WHERE p.id = creators.person_id AND (p.suspended_at IS NOT NULL OR p.leaving_at IS NOT NULL))
	AND EXISTS (SELECT 1 FROM creator_accounts a WHERE a.creator_id = creators.id AND a.listed)`

// listPicturesSQL reads the portraits and first works of a list's creators.
const listPicturesSQL = `
	UNION ALL SELECT 'picture', creator_id, public_id, alt, public_id || ' ' || use || ' ' || colour, place, width, height FROM pictures
		WHERE creator_id IN @ids AND state = 'ready' AND use IN ('portrait', 'work') AND hidden_at IS NULL AND place <= @works`

const contactSQL = "SELECT " + accounts.ContactColumns + ", 'creator' AS side FROM creators c JOIN people p ON p.id = c.person_id WHERE c.id = ? AND " + accounts.ActiveSQL

// absenceSQL reads why creators cannot act; a condition on c narrows it.
const absenceSQL = `SELECT c.id, (c.suspended_at IS NOT NULL OR p.suspended_at IS NOT NULL) AS suspended, p.leaving_at IS NOT NULL AS leaving
	FROM creators c LEFT JOIN people p ON p.id = c.person_id
	WHERE (c.suspended_at IS NOT NULL OR p.suspended_at IS NOT NULL OR p.leaving_at IS NOT NULL) AND `

// connectionsSQL reads the accounts of a person's profile, and whether the person, named
// twice, signs in with each.
const connectionsSQL = `SELECT a.*, t.state, t.reason, t.since, t.granted_at, t.read_at,
		EXISTS (SELECT 1 FROM identities i WHERE i.provider = a.platform AND i.subject = a.platform_user_id AND i.person_id = ?) AS signs_in
	FROM creator_accounts a JOIN account_tokens t ON t.account_id = a.id JOIN creators c ON c.id = a.creator_id AND c.person_id = ?`

// FaceSQL is an SQL expression for the face of a creator whose row is called c, as text
// for ParseFace: whatever a list reads of creators, it reads their faces with it.
var FaceSQL = `coalesce((SELECT string_agg(t.tribe || ':' || t.known, ',') FROM creator_tribes t WHERE t.creator_id = c.id), '') || ' ' ||
	CASE WHEN c.suspended_at IS NULL THEN ` + files.ShownSQL(files.Portrait, "c.id") + ` ELSE '' END`

// creatorWithAccounts reads a creator with each of their accounts, and whether the brand has
// blocked them.
var creatorWithAccounts = "SELECT c.*, " + listedAccount + ", " + prefixed("a", "grace_until", "aged", "public_id", "purged_at") + `,
	EXISTS (SELECT 1 FROM blocks b WHERE b.brand_id = ? AND b.creator_id = c.id AND b.side = 'brand') AS blocked
	FROM creators c LEFT JOIN creator_accounts a ON a.creator_id = c.id WHERE `

// mediaKitDetailsSQL reads what belongs to a creator @id, and to their chosen account. The
// limits are those of @limits, which is 0 for who may not see them.
const mediaKitDetailsSQL = `SELECT 'tribe' AS kind, tribe AS value, known AS extra, 0 AS minor, 0 AS account_id, 0 AS n, 0 AS m FROM creator_tribes WHERE creator_id = @id
		UNION ALL SELECT 'language', language, '', 0, 0, 0, 0 FROM creator_languages WHERE creator_id = @id
		UNION ALL SELECT 'type', content_type, '', 0, 0, 0, 0 FROM creator_content_types WHERE creator_id = @id
		UNION ALL SELECT 'price', format, currency, minor, 0, 0, 0 FROM creator_prices WHERE creator_id = @id
		UNION ALL SELECT 'add_on', add_on, '', ppm, 0, 0, 0 FROM creator_add_on_prices WHERE creator_id = @id
		UNION ALL SELECT 'share', kind || ':' || key, source || ':' || as_of, ppm, account_id, 0, 0 FROM audience_shares WHERE account_id = @account
		UNION ALL SELECT 'band', b.tribe, '', b.low_ppm, 0, b.high_ppm, b.accounts FROM engagement_bands b JOIN creator_tribes t ON t.tribe = b.tribe
			WHERE t.creator_id = @id AND b.platform = @platform AND b.tier = @tier
		UNION ALL SELECT 'snapshot', day, '', followers, account_id, coalesce(views_30, -1), 0 FROM account_snapshots
			WHERE day >= @from AND account_id IN (SELECT id FROM creator_accounts WHERE creator_id = @id)
		UNION ALL SELECT 'picture', public_id || ' ' || use || ' ' || colour, alt, place, coalesce(post_id, 0), width, height FROM pictures
			WHERE creator_id = @id AND state = 'ready' AND hidden_at IS NULL
		UNION ALL SELECT 'answers', '', '', coalesce(response_minutes, -1), 0, asked, answered FROM creator_activity WHERE creator_id = @id
		UNION ALL SELECT 'busy', busy, '', 0, 0, 0, 0 FROM creator_activity WHERE creator_id = @limits
		UNION ALL SELECT 'capacity', '', '', capacity, 0, 0, 0 FROM creator_limits WHERE creator_id = @limits
		UNION ALL SELECT 'minimum', format, currency, minor, 0, 0, 0 FROM creator_minimums WHERE creator_id = @limits
		UNION ALL SELECT 'refused', category, '', 0, 0, 0, 0 FROM creator_refusals WHERE creator_id = @limits
		UNION ALL SELECT 'away', from_on, to_on, 0, 0, 0, 0 FROM creator_absences WHERE creator_id = @limits AND to_on >= @today
		ORDER BY 1, 2, 3`

// thumbnailAllowedSQL is the one rule of which posts p, of accounts a of creators c, may
// have a thumbnail: those of the account's last reading, while the creator and the platform
// allow it and neither the profile nor its person is suspended.
const thumbnailAllowedSQL = ` FROM posts p JOIN creator_accounts a ON a.id = p.account_id JOIN creators c ON c.id = a.creator_id
	WHERE c.thumbnails_at IS NOT NULL AND c.suspended_at IS NULL
	AND EXISTS (SELECT 1 FROM people h WHERE h.id = c.person_id AND h.suspended_at IS NULL)
	AND a.source = 'verified' AND a.purged_at IS NULL AND p.read_at >= a.as_of
	AND NOT EXISTS (SELECT 1 FROM account_tokens t WHERE t.account_id = a.id AND t.reason IN ('removed', 'refused', 'scope'))`

// keptThumbnailSQL says of the thumbnail x of such a post that it is young enough, and the
// post one of the latest.
const keptThumbnailSQL = ` AND p.id = x.post_id AND c.id = x.creator_id AND (a.platform <> ? OR x.created_at > ?)
	AND (SELECT count(*) FROM posts q WHERE q.account_id = p.account_id AND q.read_at >= a.as_of
		AND (q.posted_at > p.posted_at OR q.posted_at = p.posted_at AND q.platform_post_id > p.platform_post_id)) < ?`

const someThumbnailsSQL = "SELECT x.id FROM pictures x WHERE x.use = 'thumbnail' AND x.state <> 'removed' AND "

// setThumbnailAddressSQL stores where a post's thumbnail is to be fetched, unless there is
// one that is not older than a time.
const setThumbnailAddressSQL = `UPDATE posts SET thumbnail_url = ? WHERE account_id = ? AND platform_post_id = ?
	AND NOT EXISTS (SELECT 1 FROM pictures x WHERE x.post_id = posts.id AND x.state = 'ready' AND x.created_at > ?)`

// latestPostsSQL reads the latest posts of some creators, on some platforms, that may have
// thumbnails.
const latestPostsSQL = `SELECT creator_id, post_id FROM (SELECT c.id AS creator_id, p.id AS post_id,
		row_number() OVER (PARTITION BY a.id ORDER BY p.posted_at DESC, p.platform_post_id DESC) AS place` + thumbnailAllowedSQL + `
		AND c.id IN ? AND a.platform IN ?) x WHERE place <= ? ORDER BY creator_id, place`
