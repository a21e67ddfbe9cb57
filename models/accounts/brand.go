package accounts

import (
	"cmp"
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/places"
	"tribemarket/models/text"
)

// Brand is an organisation that hires creators.
type Brand struct {
	ID        int64
	PublicID  string
	Name      string
	Site      string // web address, may be empty
	Country   string // ISO 3166-1 alpha-2, may be empty
	Sells     string // what it sells, in its own words
	CreatedAt time.Time

	SuspendedAt     *time.Time
	SuspendedReason string
	ErasedAt        *time.Time

	Kind          BrandKind // "" is kept as KindBrand
	LegalName     string    // of the company; "" if no business details were given
	LegalCountry  string    // ISO 3166-1 alpha-2
	PostalAddress string    // several lines
	VATNumber     string    // with its country's letters, without spaces

	PoliticalAllowed bool // an administrator allows political objectives
	PoliticalReason  string

	BudgetMinor    *int64 // that it plans with, nil if it has not said; seen by its members only
	BudgetCurrency string

	ApproverID       *int64 // see Approval
	ApprovalMinor    int64
	ApprovalCurrency string
}

// Budget is what the brand plans to spend, nil if it has not said.
func (b Brand) Budget() *models.Money {
	if b.BudgetMinor == nil {
		return nil
	}
	return &models.Money{Minor: *b.BudgetMinor, Currency: b.BudgetCurrency}
}

// TableName is the table's name, for GORM.
func (Brand) TableName() string { return "brands" }

// BrandKind distinguishes a brand that hires for itself from an agency, which may
// also act for others.
type BrandKind string

// The kinds.
const (
	KindBrand  BrandKind = "brand"
	KindAgency BrandKind = "agency"
)

// BeforeCreate is GORM's: a brand without a kind hires for itself.
func (b *Brand) BeforeCreate(*gorm.DB) error {
	b.Kind = cmp.Or(b.Kind, KindBrand)
	return nil
}

// Member is a person's membership of a brand.
type Member struct {
	BrandID   int64 `gorm:"primaryKey"`
	PersonID  int64 `gorm:"primaryKey"`
	Role      models.Role
	CreatedAt time.Time
}

// TableName is the table's name, for GORM.
func (Member) TableName() string { return "members" }

// BrandByPublicID reads a brand for its page, which only people who are signed in
// see: brands are for creators to look at.
func (s *Store) BrandByPublicID(ctx context.Context, actor models.Actor, publicID string) (Brand, error) {
	var b Brand
	if !actor.SignedIn() {
		return b, models.SignInRequired()
	}
	err := s.db.Read(ctx).Where("public_id = ? AND erased_at IS NULL", publicID).Take(&b).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return b, models.NotFound()
	}
	return b, err
}

// UsualCurrency is the currency that the brand plans in, or that of its country.
func (b Brand) UsualCurrency() string {
	if planned := b.Budget(); planned != nil {
		return planned.Currency
	}
	return models.CurrencyOfCountry(b.Country)
}

// OwnBrand reads the brand that the actor acts for.
func (s *Store) OwnBrand(ctx context.Context, actor models.Actor) (Brand, error) {
	var b Brand
	if actor.BrandID == 0 {
		return b, models.NotFound()
	}
	err := s.db.Read(ctx).Take(&b, actor.BrandID).Error
	return b, err
}

// BrandForm is what a brand says about itself.
type BrandForm struct {
	Name    string
	Site    string
	Country string
	Sells   string
	Kind    BrandKind // "" is KindBrand
}

func (f *BrandForm) check(wrong *models.Fields, nameField string) {
	f.Name, f.Sells = text.SingleLine(f.Name), text.SingleLine(f.Sells)
	checkText(wrong, nameField, f.Name, 1, 80)
	checkText(wrong, "sells", f.Sells, 0, 300)
	if site, ok := parseSite(f.Site); ok {
		f.Site = site
	} else {
		wrong.Add("site", "accounts.error.site")
	}
	if f.Kind != KindAgency {
		f.Kind = KindBrand
	}
	if f.Country != "" && !places.IsKnownCountry(f.Country) {
		wrong.Add("country", "accounts.error.country")
	}
}

// EditableBrand reads the brand that the actor acts for, and may change.
func (s *Store) EditableBrand(ctx context.Context, actor models.Actor) (Brand, error) {
	b, err := s.OwnBrand(ctx, actor)
	if err == nil && !CanEditBrand(actor, b.ID) {
		err = errRole()
	}
	return b, err
}

// PlanBudget saves what the actor's brand plans to spend.
func (s *Store) PlanBudget(ctx context.Context, actor models.Actor, m models.Money) error {
	switch {
	case actor.BrandID == 0:
		return models.NotFound()
	case !CanEditBrand(actor, actor.BrandID):
		return errRole()
	case !models.IsKnownCurrency(m.Currency) || m.Minor <= 0:
		return models.Invalid("budget", "accounts.error.budget")
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("UPDATE brands SET budget_minor = ?, budget_currency = ? WHERE id = ?", m.Minor, m.Currency, actor.BrandID).Error
	})
}

// UpdateBrand saves what the actor's brand says about itself.
func (s *Store) UpdateBrand(ctx context.Context, actor models.Actor, f BrandForm) error {
	switch {
	case actor.BrandID == 0:
		return models.NotFound()
	case !CanEditBrand(actor, actor.BrandID):
		return errRole()
	}
	var wrong models.Fields
	f.check(&wrong, "name")
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := refuseAgencyWithClients(tx, actor.BrandID, f.Kind); err != nil {
			return err
		}
		return tx.Exec("UPDATE brands SET name = ?, site = ?, country = ?, sells = ?, kind = ? WHERE id = ?",
			f.Name, f.Site, f.Country, f.Sells, f.Kind, actor.BrandID).Error
	})
}
