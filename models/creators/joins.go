// Joins: who is listed, and whose profile this is, is read for thousands of rows at once
// or on every page, together with the person behind the profile.

package creators

import (
	"gorm.io/gorm"

	"tribemarket/models/accounts"
)

// ProfileRows returns the SQL by which accounts finds who has a profile.
const ProfileRows accounts.ProfileRows = `SELECT person_id, id, public_id, name, listed, suspended_at, suspended_reason
	FROM creators WHERE person_id IS NOT NULL`

// isListedSQL is the one rule of who is listed: a creator with a listed account, if
// neither the profile nor the person who has claimed it is suspended.
const isListedSQL = `creators.suspended_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM people p WHERE p.id = creators.person_id AND p.suspended_at IS NOT NULL)
	AND EXISTS (SELECT 1 FROM creator_accounts a WHERE a.creator_id = creators.id AND a.listed)`

const contactSQL = "SELECT " + accounts.ContactColumns + ", 'creator' AS side FROM creators c JOIN people p ON p.id = c.person_id WHERE c.id = ? AND " + accounts.ActiveSQL

// connectionsSQL reads the accounts of a person's profile, and whether the person, named
// twice, signs in with each.
const connectionsSQL = `SELECT a.*, t.state, t.reason, t.since, t.granted_at, t.read_at,
		EXISTS (SELECT 1 FROM identities i WHERE i.provider = a.platform AND i.subject = a.platform_user_id AND i.person_id = ?) AS signs_in
	FROM creator_accounts a JOIN account_tokens t ON t.account_id = a.id JOIN creators c ON c.id = a.creator_id AND c.person_id = ?`

// IsSuspended says whether a creator, or the person behind the profile, is suspended.
func IsSuspended(q *gorm.DB, creatorID int64) (bool, error) {
	var n int64
	err := q.Raw(`SELECT count(*) FROM creators c LEFT JOIN people p ON p.id = c.person_id
		WHERE c.id = ? AND (c.suspended_at IS NOT NULL OR p.suspended_at IS NOT NULL)`, creatorID).Scan(&n).Error
	return n > 0, err
}
