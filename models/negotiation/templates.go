package negotiation

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/terms"
	"tribemarket/models/text"
)

// The limits of templates: how many a brand has, and characters of a name.
const (
	MaxTemplates    = 50
	MaxTemplateName = 60
)

// Template is terms that a brand keeps under a name, to begin an offer with.
type Template struct {
	PublicID  string
	Name      string
	Terms     terms.Terms
	WrittenOn models.Date // from which its days count
	SavedAt   time.Time
}

type templateRow struct {
	ID        int64
	PublicID  string
	BrandID   int64
	Name      string
	NameKey   string
	Terms     string
	WrittenOn string
	SavedBy   int64
	SavedAt   time.Time
}

func (templateRow) TableName() string { return "terms_templates" }

func (r templateRow) template() (Template, error) {
	t, err := terms.Decode(r.Terms)
	if err != nil {
		return Template{}, models.Internal("read a template", err)
	}
	written, err := models.ParseDate(r.WrittenOn)
	return Template{r.PublicID, r.Name, t, written, r.SavedAt.UTC()}, err
}

// ListTemplates lists the templates of the actor's brand by name.
func (s *Store) ListTemplates(ctx context.Context, a models.Actor) ([]Template, error) {
	if a.BrandID == 0 {
		return nil, nil
	}
	var rows []templateRow
	if err := s.db.Read(ctx).Where("brand_id = ?", a.BrandID).Order("name_key").Limit(MaxTemplates).Find(&rows).Error; err != nil {
		return nil, err
	}
	all := make([]Template, len(rows))
	for i, r := range rows {
		var err error
		if all[i], err = r.template(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// SaveTemplate keeps the terms of the latest offer of a negotiation under a name. The same again
// changes nothing. Errors name the field "name".
func (s *Store) SaveTemplate(ctx context.Context, a models.Actor, negotiation, name string) error {
	n, err := s.GetOffers(ctx, a, negotiation)
	if err != nil {
		return err
	}
	return s.changeTemplates(ctx, a, func(tx *db.Tx) error {
		row := templateRow{PublicID: models.NewPublicID(), BrandID: a.BrandID, Terms: n.Latest.Terms.Encode(), SavedBy: a.PersonID, SavedAt: s.now()}
		var same int64 // a second click has nothing left to do
		err := tx.Model(&templateRow{}).Where("brand_id = ? AND name_key = ? AND terms = ?", a.BrandID, text.Fold(text.SingleLine(name)), row.Terms).Count(&same).Error
		if err != nil || same > 0 {
			return err
		}
		if row.Name, row.NameKey, err = readTemplateName(tx, a, name, 0); err != nil {
			return err
		}
		var kept int64
		if err := tx.Model(&templateRow{}).Where("brand_id = ?", a.BrandID).Count(&kept).Error; err != nil {
			return err
		}
		if kept >= MaxTemplates {
			return models.Invalid("name", "negotiation.template.full", "most", MaxTemplates)
		}
		row.WrittenOn = models.DateOf(n.Latest.SentAt.In(models.Zone(n.Zone))).String()
		return tx.Create(&row).Error
	})
}

// RenameTemplate renames a template. Errors name the field "name".
func (s *Store) RenameTemplate(ctx context.Context, a models.Actor, publicID, name string) error {
	return s.changeTemplates(ctx, a, func(tx *db.Tx) error {
		r, err := findTemplate(tx.DB, a, publicID)
		if err != nil {
			return err
		}
		name, key, err := readTemplateName(tx, a, name, r.ID)
		if err != nil {
			return err
		}
		return tx.Model(&r).Updates(map[string]any{"name": name, "name_key": key}).Error
	})
}

// RemoveTemplate deletes a template. Offers that began with it stay as they are.
func (s *Store) RemoveTemplate(ctx context.Context, a models.Actor, publicID string) error {
	return s.changeTemplates(ctx, a, func(tx *db.Tx) error {
		r, err := findTemplate(tx.DB, a, publicID)
		if err != nil {
			return err
		}
		return tx.Delete(&r).Error
	})
}

// changeTemplates changes the templates of the actor's brand, one change after another.
func (s *Store) changeTemplates(ctx context.Context, a models.Actor, change func(tx *db.Tx) error) error {
	switch {
	case !a.SignedIn():
		return models.SignInRequired()
	case !CanPropose(a):
		return models.Forbidden("negotiation.error.role")
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := accounts.LockBrand(tx, a.BrandID); err != nil {
			return err
		}
		return change(tx)
	})
}

// findTemplate finds a template of the actor's brand.
func findTemplate(q *gorm.DB, a models.Actor, publicID string) (r templateRow, err error) {
	if a.BrandID == 0 || !models.IsPublicID(publicID) {
		return r, models.NotFound()
	}
	err = q.Where("public_id = ? AND brand_id = ?", publicID, a.BrandID).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = models.NotFound()
	}
	return r, err
}

// readTemplateName checks a name, which no other template of the brand has.
func readTemplateName(tx *db.Tx, a models.Actor, typed string, except int64) (name, key string, err error) {
	name = text.SingleLine(typed)
	key = text.Fold(name)
	switch {
	case key == "":
		return "", "", models.Invalid("name", "negotiation.template.name_missing")
	case text.Length(name) > MaxTemplateName:
		return "", "", models.Invalid("name", "terms.invalid.long", "most", MaxTemplateName)
	}
	var taken int64
	err = tx.Model(&templateRow{}).Where("brand_id = ? AND name_key = ? AND id <> ?", a.BrandID, key, except).Count(&taken).Error
	if err == nil && taken > 0 {
		err = models.Invalid("name", "negotiation.template.name_taken")
	}
	return name, key, err
}
