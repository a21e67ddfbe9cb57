package files

import (
	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
)

// brandRules are who may see and change a brand's logo: it stands in mails too, which
// everybody can open who has them.
var brandRules = OwnerRules{
	MaySee: func(*gorm.DB, models.Actor, Owner) (bool, error) { return true, nil },
	MayEdit: func(_ *gorm.DB, actor models.Actor, owner Owner) (bool, error) {
		return accounts.CanEditBrand(actor, owner.BrandID), nil
	},
}
