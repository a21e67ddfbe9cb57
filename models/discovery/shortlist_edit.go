package discovery

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// CreateShortlist creates an empty list of the actor's brand and returns its public id.
func (s *Store) CreateShortlist(ctx context.Context, actor models.Actor, name string) (string, error) {
	var made Shortlist
	err := s.changeShortlists(ctx, actor, func(tx *db.Tx, now time.Time) error {
		name, key, err := parseShortlistName("name", name)
		if err != nil {
			return err
		}
		made, err = createShortlist(tx, actor, "name", name, key, now)
		return err
	})
	return made.PublicID, err
}

// RenameShortlist renames a list.
func (s *Store) RenameShortlist(ctx context.Context, actor models.Actor, publicID, name string) error {
	return s.changeShortlist(ctx, actor, publicID, func(tx *db.Tx, l *Shortlist, now time.Time) error {
		name, key, err := parseShortlistName("name", name)
		if err != nil {
			return err
		}
		if err := lockBrand(tx, l.BrandID); err != nil {
			return err
		}
		if err := checkNameIsFree(tx, l.BrandID, l.ID, "name", key); err != nil {
			return err
		}
		return tx.Model(l).Updates(map[string]any{"name": name, "name_key": key, "updated_at": now}).Error
	})
}

// DeleteShortlist deletes a list with its notes and labels. The creators on it
// are not notified, as they never knew of the list.
func (s *Store) DeleteShortlist(ctx context.Context, actor models.Actor, publicID string) error {
	return s.changeShortlist(ctx, actor, publicID, func(tx *db.Tx, l *Shortlist, _ time.Time) error { return tx.Delete(l).Error })
}

// AddToShortlistForm says which lists to put a creator on. Its fields are called list and
// new.
type AddToShortlistForm struct {
	Creator    string   // public id
	Shortlists []string // public ids
	NewName    string   // the name of a list to create for the creator, "" for none
}

// AddToShortlist puts a creator whom the actor's brand can find on lists; an
// existing entry stays unchanged.
func (s *Store) AddToShortlist(ctx context.Context, actor models.Actor, f AddToShortlistForm) error {
	return s.changeShortlists(ctx, actor, func(tx *db.Tx, now time.Time) error {
		creator, err := findVisibleCreator(tx, actor, f.Creator)
		if err != nil {
			return err
		}
		lists, err := lockOwnShortlists(tx, actor, f.Shortlists)
		if err != nil {
			return err
		}
		if text.SingleLine(f.NewName) != "" {
			name, key, err := parseShortlistName("new", f.NewName)
			if err != nil {
				return err
			}
			l, err := createShortlist(tx, actor, "new", name, key, now)
			if err != nil {
				return err
			}
			lists = append(lists, l)
		}
		if len(lists) == 0 {
			return models.Invalid("list", "discovery.shortlists.error.none")
		}
		for _, l := range lists {
			if err := addShortlistItem(tx, actor, l, creator, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveFromShortlist takes a creator off a list, with the note and the labels.
func (s *Store) RemoveFromShortlist(ctx context.Context, actor models.Actor, publicID, creator string) error {
	return s.changeShortlistItem(ctx, actor, publicID, creator, func(tx *db.Tx, i *ShortlistItem) error { return tx.Delete(i).Error })
}

// AnnotateItem replaces the note and labels of a creator on a list.
func (s *Store) AnnotateItem(ctx context.Context, actor models.Actor, publicID, creator string, f ShortlistItemForm) error {
	return s.changeShortlistItem(ctx, actor, publicID, creator, func(tx *db.Tx, i *ShortlistItem) error {
		note, labels, err := f.parseNoteAndLabels()
		if err != nil {
			return err
		}
		if err := tx.Model(i).Update("note", note).Error; err != nil {
			return err
		}
		if err := tx.Where("item_id = ?", i.ID).Delete(&ShortlistLabel{}).Error; err != nil || len(labels) == 0 {
			return err
		}
		rows := make([]ShortlistLabel, len(labels))
		for n, l := range labels {
			rows[n] = ShortlistLabel{i.ID, int64(n + 1), l}
		}
		return tx.Create(&rows).Error
	})
}

// changeShortlists changes the actor's lists.
func (s *Store) changeShortlists(ctx context.Context, actor models.Actor, do func(*db.Tx, time.Time) error) error {
	if !CanSeeShortlists(actor) {
		return models.NotFound()
	}
	if !CanEditShortlists(actor) {
		return models.Forbidden("discovery.shortlists.error.role")
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error { return do(tx, s.clock().UTC()) })
	var known *models.Error
	if err != nil && !errors.As(err, &known) {
		return models.Internal("change a shortlist", err)
	}
	return err
}

// changeShortlist changes one list, locking it; a stranger's list is not found, before
// the actor's role is checked.
func (s *Store) changeShortlist(ctx context.Context, actor models.Actor, publicID string, do func(*db.Tx, *Shortlist, time.Time) error) error {
	if _, err := findOwnShortlist(s.db.Read(ctx), actor, publicID); err != nil {
		return err
	}
	return s.changeShortlists(ctx, actor, func(tx *db.Tx, now time.Time) error {
		l, err := findOwnShortlist(tx.Clauses(clause.Locking{Strength: "UPDATE"}), actor, publicID)
		if err != nil {
			return err
		}
		return do(tx, &l, now)
	})
}

func (s *Store) changeShortlistItem(ctx context.Context, actor models.Actor, publicID, creator string, do func(*db.Tx, *ShortlistItem) error) error {
	l, err := findOwnShortlist(s.db.Read(ctx), actor, publicID)
	if err != nil {
		return err
	}
	if err := translateNotFound(s.db.Read(ctx).Where(itemOfCreator, l.ID, creator).Take(&ShortlistItem{})); err != nil {
		return err
	}
	return s.changeShortlist(ctx, actor, publicID, func(tx *db.Tx, l *Shortlist, now time.Time) error {
		var i ShortlistItem
		if err := translateNotFound(tx.Where(itemOfCreator, l.ID, creator).Take(&i)); err != nil {
			return err
		}
		if err := do(tx, &i); err != nil {
			return err
		}
		return tx.Model(l).Update("updated_at", now).Error
	})
}

// findOwnShortlist finds a list of the actor's brand.
func findOwnShortlist(q *gorm.DB, actor models.Actor, publicID string) (Shortlist, error) {
	var l Shortlist
	if !CanSeeShortlists(actor) {
		return l, models.NotFound()
	}
	return l, translateNotFound(q.Where("brand_id = ? AND public_id = ?", actor.BrandID, publicID).Take(&l))
}

// lockOwnShortlists finds lists of the actor's brand, failing if any is missing, and
// locks them in a fixed order, so that there are no deadlocks.
func lockOwnShortlists(tx *db.Tx, actor models.Actor, publicIDs []string) ([]Shortlist, error) {
	ids := slices.Compact(slices.Sorted(slices.Values(publicIDs)))
	if len(ids) == 0 {
		return nil, nil
	}
	if len(ids) > MaxShortlists {
		return nil, models.NotFound()
	}
	var all []Shortlist
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("brand_id = ? AND public_id IN ?", actor.BrandID, ids).Order("id").Find(&all).Error
	if err == nil && len(all) < len(ids) {
		err = models.NotFound()
	}
	return all, err
}

func translateNotFound(q *gorm.DB) error {
	if errors.Is(q.Error, gorm.ErrRecordNotFound) {
		return models.NotFound()
	}
	return q.Error
}

func createShortlist(tx *db.Tx, actor models.Actor, field, name, key string, now time.Time) (Shortlist, error) {
	var n int64
	err := lockBrand(tx, actor.BrandID)
	if err == nil {
		err = tx.Model(&Shortlist{}).Where("brand_id = ?", actor.BrandID).Count(&n).Error
	}
	if err != nil {
		return Shortlist{}, err
	}
	if n >= MaxShortlists {
		return Shortlist{}, models.Invalid(field, "discovery.shortlists.error.many", "most", MaxShortlists)
	}
	if err := checkNameIsFree(tx, actor.BrandID, 0, field, key); err != nil {
		return Shortlist{}, err
	}
	l := Shortlist{PublicID: models.NewPublicID(), BrandID: actor.BrandID, Name: name, NameKey: key, CreatedBy: actor.PersonID, CreatedAt: now, UpdatedAt: now}
	return l, tx.Create(&l).Error
}

func checkNameIsFree(tx *db.Tx, brandID, except int64, field, key string) error {
	var n int64
	err := tx.Model(&Shortlist{}).Where("brand_id = ? AND name_key = ? AND id <> ?", brandID, key, except).Count(&n).Error
	if err == nil && n > 0 {
		err = models.Invalid(field, "discovery.shortlists.error.name_taken")
	}
	return err
}

// addShortlistItem puts a creator on a locked list.
func addShortlistItem(tx *db.Tx, actor models.Actor, l Shortlist, creatorID int64, now time.Time) error {
	item := ShortlistItem{ShortlistID: l.ID, CreatorID: creatorID, AddedBy: actor.PersonID, AddedAt: now}
	made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&item)
	if made.Error != nil || made.RowsAffected == 0 {
		return made.Error
	}
	var n int64
	if err := tx.Model(&ShortlistItem{}).Where("shortlist_id = ?", l.ID).Count(&n).Error; err != nil {
		return err
	}
	if n > MaxShortlistCreators {
		return models.Invalid("list", "discovery.shortlists.error.full", "name", l.Name, "most", MaxShortlistCreators)
	}
	return tx.Model(&l).Update("updated_at", now).Error
}
