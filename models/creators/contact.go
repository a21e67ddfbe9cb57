package creators

import (
	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
)

// Contact reads the person to notify of what happens to a creator's profile, by
// e-mail once the address is confirmed; false for an unclaimed profile, or if
// the person or the profile is suspended.
func Contact(q *gorm.DB, creatorID int64) (accounts.Contact, bool, error) {
	return contact(q, creatorID, " AND c.suspended_at IS NULL")
}

// DecisionContact is Contact for a decision about the profile, which is notified
// even if it suspends the profile.
func DecisionContact(q *gorm.DB, creatorID int64) (accounts.Contact, bool, error) {
	return contact(q, creatorID, "")
}

func contact(q *gorm.DB, creatorID int64, and string) (c accounts.Contact, ok bool, err error) {
	err = q.Raw(contactSQL+and, creatorID).Scan(&c).Error
	if err != nil {
		return c, false, models.Internal("find a creator's contact", err)
	}
	if !c.Confirmed {
		c.Email = ""
	}
	return c, c.PersonID != 0, nil
}
