package accounts

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// SignUpWithIdentity is SignUp for somebody whom a provider has identified: the
// identity takes the place of the password. The address has to be confirmed,
// whatever the provider says about it. An identity that somebody already has, as
// after a double click, leads to that person and creates nothing.
func (s *Store) SignUpWithIdentity(ctx context.Context, f SignUpForm, provider, subject string) (personID int64, err error) {
	f.Password = models.NewSecret() // nobody knows or enters it
	email, err := s.checkSignUp(ctx, &f)
	if err != nil {
		return 0, err
	}
	if id, known, err := s.PersonIDByIdentity(ctx, provider, subject); known || err != nil {
		return id, err
	}
	if err := s.CountUseFrom(ctx, models.SignUps); err != nil {
		return 0, err
	}
	if err := s.countMailRequest(ctx, email); err != nil {
		return 0, err
	}
	now := s.clock()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		p, err := CreatePerson(tx, Person{Name: f.Name, Locale: f.Locale, Zone: f.Zone, CreatedAt: now})
		if err != nil {
			return err
		}
		personID = p.ID
		if err := AddIdentity(tx, provider, subject, p.ID, now); err != nil {
			return err
		}
		b := Brand{PublicID: models.NewPublicID(), Name: f.Brand.Name, Site: f.Brand.Site, Country: f.Brand.Country, Sells: f.Brand.Sells, CreatedAt: now}
		if err := tx.Create(&b).Error; err != nil {
			return err
		}
		if err := tx.Create(&Member{b.ID, p.ID, models.RoleOwner, now}).Error; err != nil {
			return err
		}
		return sendEmailConfirmation(tx, p.ID, email, now)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) { // the other click was first
		id, _, err := s.PersonIDByIdentity(ctx, provider, subject)
		return id, err
	}
	return personID, err
}
