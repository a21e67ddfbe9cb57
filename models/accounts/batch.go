package accounts

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/db"
)

// batchSize is how many rows one statement writes.
const batchSize = 200

// CreatePeople adds people within a transaction, as CreatePerson does one, and sets
// their ids.
func CreatePeople(tx *db.Tx, people []Person) error {
	if len(people) == 0 {
		return nil
	}
	return tx.CreateInBatches(people, batchSize).Error
}

// AddIdentities lets people sign in with what providers call them.
func AddIdentities(tx *db.Tx, all []Identity) error {
	if len(all) == 0 {
		return nil
	}
	return tx.CreateInBatches(all, batchSize).Error
}

// AddBrands adds brands whose owners have confirmed their addresses and have no password
// yet, which they set by a link. The forms are not checked: they are the program's own.
func (s *Store) AddBrands(ctx context.Context, forms []SignUpForm) ([]models.Actor, error) {
	now := s.clock()
	people, brands := make([]Person, len(forms)), make([]Brand, len(forms))
	for i, f := range forms {
		people[i] = Person{Name: f.Name, Email: &f.Email, EmailConfirmedAt: &now, Locale: f.Locale, Zone: f.Zone, CreatedAt: now}
		brands[i] = Brand{PublicID: models.NewPublicID(), Name: f.Brand.Name, Site: f.Brand.Site, Country: f.Brand.Country, Sells: f.Brand.Sells, Kind: KindBrand, CreatedAt: now}
	}
	actors, members := make([]models.Actor, len(forms)), make([]Member, len(forms))
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := CreatePeople(tx, people); err != nil {
			return err
		}
		if err := tx.CreateInBatches(brands, batchSize).Error; err != nil {
			return err
		}
		for i, f := range forms {
			actors[i] = models.Actor{PersonID: people[i].ID, BrandID: brands[i].ID, Role: models.RoleOwner, Locale: f.Locale}
			members[i] = Member{brands[i].ID, people[i].ID, models.RoleOwner, now}
		}
		return tx.CreateInBatches(members, batchSize).Error
	})
	if err != nil {
		return nil, models.Internal("add brands", err)
	}
	return actors, nil
}
