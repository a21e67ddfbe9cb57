package discovery

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/search"
	"tribemarket/models/text"
)

// SavedSearchForm is a saved search as entered. Its fields are called name and
// alert.
type SavedSearchForm struct {
	Name  string
	Alert AlertFrequency
}

// checkFields tidies and checks the form.
func (f *SavedSearchForm) checkFields(wrong *models.Fields) {
	f.Name = text.SingleLine(f.Name)
	if text.Fold(f.Name) == "" {
		wrong.Add("name", "discovery.searches.error.name")
	} else if long := lengthProblem(f.Name, MaxSavedSearchName, "discovery.searches.error.name_long"); long != "" {
		wrong.Add("name", long, "most", MaxSavedSearchName)
	}
	if !slices.Contains(AlertFrequencies(), f.Alert) {
		wrong.Add("alert", "discovery.searches.error.alert")
	}
}

// CountMatchingCreators counts the creators who match a search now, as the actor's brand
// sees it.
func (s *Store) CountMatchingCreators(ctx context.Context, actor models.Actor, f search.Filter) (int64, error) {
	if !CanSeeSavedSearches(actor) {
		return 0, models.NotFound()
	}
	all, err := s.matchingCreators(ctx, f, actor.BrandID)
	if err != nil {
		return 0, err
	}
	return int64(all.GetCardinality()), nil
}

// SaveSearch saves a search for the actor's brand. Creators who match it now are
// known, so alerts are about those who match it later.
func (s *Store) SaveSearch(ctx context.Context, actor models.Actor, form SavedSearchForm, filter search.Filter) (publicID string, err error) {
	if !CanEditSavedSearches(actor) {
		return "", errSearchRole()
	}
	var wrong models.Fields
	form.checkFields(&wrong)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	if err := s.catchUpIndex(ctx); err != nil {
		return "", err
	}
	fits, err := s.matchingCreators(ctx, filter, actor.BrandID)
	if err != nil {
		return "", err
	}
	known, err := fits.ToBytes()
	if err != nil {
		return "", models.Internal("keep who fits", err)
	}
	now := s.clock()
	x := SavedSearch{
		PublicID: models.NewPublicID(), BrandID: actor.BrandID, CreatedBy: actor.PersonID, Name: form.Name, NameKey: text.Fold(form.Name),
		Query: encodeFilter(filter), Alert: form.Alert, MailsTo: form.Alert.mailRecipient(actor.PersonID), Known: known, CreatedAt: now, UpdatedAt: now, Version: 1,
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		// Of two members who save at once, the second sees what the first saved.
		if err := lockBrand(tx, x.BrandID); err != nil {
			return err
		}
		var n int64
		if err := tx.Model(&SavedSearch{}).Where("brand_id = ?", x.BrandID).Count(&n).Error; err != nil {
			return err
		}
		if n >= MaxSavedSearches {
			return models.Invalid("name", "discovery.searches.error.many", "most", MaxSavedSearches)
		}
		zone, err := timeZoneOf(tx, x.CreatedBy)
		if err != nil {
			return err
		}
		x.NextAt = x.Alert.NextMailTime(now, zone)
		return tx.Create(&x).Error
	})
	return x.PublicID, translateNameTaken(err)
}

// RenameSearch renames a search.
func (s *Store) RenameSearch(ctx context.Context, actor models.Actor, publicID, name string) error {
	form := SavedSearchForm{Name: name, Alert: AlertOff}
	return translateNameTaken(s.changeSearch(ctx, actor, publicID, func(tx *db.Tx, x SavedSearch, now time.Time) error {
		var wrong models.Fields
		if form.checkFields(&wrong); wrong != nil {
			return wrong.Err()
		}
		return tx.Model(&x).Updates(map[string]any{"name": form.Name, "name_key": text.Fold(form.Name), "updated_at": now}).Error
	}))
}

// SetAlert changes when mails about a search are sent, and to the actor from
// then on: nobody can have mails sent to somebody else. Known creators stay
// known.
func (s *Store) SetAlert(ctx context.Context, actor models.Actor, publicID string, alert AlertFrequency) error {
	return s.changeSearch(ctx, actor, publicID, func(tx *db.Tx, x SavedSearch, now time.Time) error {
		if !slices.Contains(AlertFrequencies(), alert) {
			return models.Invalid("alert", "discovery.searches.error.alert")
		}
		return setAlert(tx, x, actor.PersonID, alert, now)
	})
}

func setAlert(tx *db.Tx, x SavedSearch, personID int64, alert AlertFrequency, now time.Time) error {
	to := alert.mailRecipient(personID)
	if alert == x.Alert && (to == nil || x.MailsTo != nil && *x.MailsTo == *to) {
		return nil
	}
	zone, err := timeZoneOf(tx, personID)
	if err != nil {
		return err
	}
	return tx.Model(&x).Updates(map[string]any{
		"alert": alert, "mails_to": to, "next_at": alert.NextMailTime(now, zone), "updated_at": now, "version": gorm.Expr("version + 1"),
	}).Error
}

// DeleteSearch deletes a search and its matches.
func (s *Store) DeleteSearch(ctx context.Context, actor models.Actor, publicID string) error {
	return s.changeSearch(ctx, actor, publicID, func(tx *db.Tx, x SavedSearch, _ time.Time) error {
		return tx.Delete(&SavedSearch{}, x.ID).Error
	})
}

// MarkMatchesSeen marks the creators that a search had found up to a version of it as
// seen. Those found since stay new, and so do those who can't be shown now.
func (s *Store) MarkMatchesSeen(ctx context.Context, actor models.Actor, publicID string, upTo int64) error {
	return s.changeSearch(ctx, actor, publicID, func(tx *db.Tx, x SavedSearch, now time.Time) error {
		return tx.Exec("UPDATE saved_search_matches AS m SET seen_at = ? WHERE m.saved_search_id = ? AND m.seen_at IS NULL AND m.found_in <= ? AND "+isShownSQL,
			now, x.ID, upTo, x.BrandID).Error
	})
}

// changeSearch changes a search of the actor's brand.
func (s *Store) changeSearch(ctx context.Context, actor models.Actor, publicID string, step func(*db.Tx, SavedSearch, time.Time) error) error {
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		x, err := findOwnSearch(tx.DB, actor, publicID)
		if err != nil {
			return err
		}
		if !CanEditSavedSearches(actor) {
			return errSearchRole()
		}
		return step(tx, x, now)
	})
}

// findOwnSearch finds a search of the actor's brand, without its known creators.
func findOwnSearch(q *gorm.DB, actor models.Actor, publicID string) (x SavedSearch, err error) {
	if !CanSeeSavedSearches(actor) {
		return x, models.NotFound()
	}
	err = q.Omit("known").Where("brand_id = ? AND public_id = ?", actor.BrandID, publicID).Take(&x).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return x, models.NotFound()
	}
	return x, err
}

func timeZoneOf(tx *db.Tx, personID int64) (*time.Location, error) {
	p, err := accounts.FindPerson(tx.DB, personID)
	return p.Location(), err
}

// translateNameTaken turns the error of the database's own guard into ours.
func translateNameTaken(err error) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Invalid("name", "discovery.searches.error.taken")
	}
	return err
}
