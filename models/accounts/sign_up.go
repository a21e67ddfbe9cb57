package accounts

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/places"
	"tribemarket/models/text"
)

// SignUpForm is what a brand enters to sign up: the organisation and its first member.
type SignUpForm struct {
	Brand    BrandForm
	Name     string
	Email    string
	Password string
	Locale   string
	Zone     string
}

// SignUp creates a brand with its first member, who owns it and is asked to
// confirm the address; it becomes theirs once they have. It doesn't check
// whether somebody has the address: the answer is always the same, and only the
// mail sent there tells (docs/adr/0013).
func (s *Store) SignUp(ctx context.Context, f SignUpForm) (models.Actor, error) {
	return s.signUp(ctx, f, func() (string, error) { return hashPassword(ctx, f.Password) })
}

func (s *Store) signUp(ctx context.Context, f SignUpForm, hashed func() (string, error)) (models.Actor, error) {
	email, err := s.checkSignUp(ctx, &f)
	if err != nil {
		return models.Actor{}, err
	}
	if err := s.CountUseFrom(ctx, models.SignUps); err != nil {
		return models.Actor{}, err
	}
	if err := s.countMailRequest(ctx, email); err != nil {
		return models.Actor{}, err
	}
	hash, err := hashed()
	if err != nil {
		return models.Actor{}, err
	}
	now := s.clock()
	actor := models.Actor{Role: models.RoleOwner, Locale: f.Locale}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		p, err := CreatePerson(tx, Person{Name: f.Name, PasswordHash: &hash, Locale: f.Locale, Zone: f.Zone, CreatedAt: now})
		if err != nil {
			return err
		}
		b := Brand{PublicID: models.NewPublicID(), Name: f.Brand.Name, Site: f.Brand.Site, Country: f.Brand.Country, Sells: f.Brand.Sells, Kind: f.Brand.Kind, CreatedAt: now}
		if err := tx.Create(&b).Error; err != nil {
			return err
		}
		if err := tx.Create(&Member{b.ID, p.ID, models.RoleOwner, now}).Error; err != nil {
			return err
		}
		actor.PersonID, actor.BrandID = p.ID, b.ID
		return sendEmailConfirmation(tx, p.ID, email, now)
	})
	return actor, err
}

// checkSignUp tidies and checks a form.
func (s *Store) checkSignUp(ctx context.Context, f *SignUpForm) (email string, err error) {
	var wrong models.Fields
	f.Brand.check(&wrong, "brand")
	f.Name = text.SingleLine(f.Name)
	checkText(&wrong, "name", f.Name, 1, 80)
	email = s.checkNewEmail(ctx, &wrong, f.Email)
	CheckPassword(&wrong, "password", f.Password, f.Name, f.Email, f.Brand.Name, f.Brand.Site)
	if !isKnownLocale(f.Locale) {
		f.Locale = "en"
	}
	f.Zone, _ = places.ParseTimeZone(f.Zone)
	return email, wrong.Err()
}
