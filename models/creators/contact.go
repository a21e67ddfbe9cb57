package creators

import (
	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
)

// Contact is the person of a creator's profile, who is told what happens to it,
// by e-mail once the address is confirmed; false for a profile that is nobody's,
// and where the person or the profile is suspended.
func Contact(q *gorm.DB, creatorID int64) (accounts.Contact, bool, error) {
	return contact(q, creatorID, " AND c.suspended_at IS NULL")
}

// DecisionContact is Contact for a decision about the profile, which is told even
// if it suspends the profile.
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
