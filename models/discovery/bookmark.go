package discovery

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Bookmark is the list that a creator is on.
type Bookmark struct {
	Shortlist string // public id; of several lists, the one that the creator was put on last
	Name      string
	Others    int  // how many more lists the creator is on
	Annotated bool // there is a note or label, which goes with the bookmark
}

// Kept is what a brand has kept: how many lists and searches, and which of some creators.
type Kept struct {
	Shortlists, SavedSearches int64
	Bookmarks                 map[int64]Bookmark // by creator
}

// ReadKept reads what the actor's brand has kept, with the bookmarks of the given
// creators, in one statement; nothing for somebody without a brand.
func (s *Store) ReadKept(ctx context.Context, actor models.Actor, creatorIDs []int64) (Kept, error) {
	k := Kept{Bookmarks: map[int64]Bookmark{}}
	if !CanSeeShortlists(actor) {
		return k, nil
	}
	var rows []struct {
		Kind, PublicID, Name string
		N, CreatorID         int64
		Annotated            bool
	}
	if err := s.db.Read(ctx).Raw(keptSQL, map[string]any{"brand": actor.BrandID, "ids": append([]int64{0}, creatorIDs...)}).Scan(&rows).Error; err != nil {
		return k, models.Internal("read what a brand has kept", err)
	}
	for _, r := range rows {
		switch r.Kind {
		case "lists":
			k.Shortlists = r.N
		case "searches":
			k.SavedSearches = r.N
		default:
			b, known := k.Bookmarks[r.CreatorID]
			if known {
				b.Others++
			} else {
				b = Bookmark{Shortlist: r.PublicID, Name: r.Name, Annotated: r.Annotated}
			}
			k.Bookmarks[r.CreatorID] = b
		}
	}
	return k, nil
}

// BookmarkCreator puts a creator on the list that the brand has changed last, among those
// with room; a brand without one gets a first list of the given name.
func (s *Store) BookmarkCreator(ctx context.Context, actor models.Actor, creator, firstList string) error {
	err := s.bookmark(ctx, actor, creator, firstList)
	if models.CodeOf(err) == models.CodeInvalid { // the first list was made at the same moment
		err = s.bookmark(ctx, actor, creator, firstList)
	}
	return err
}

func (s *Store) bookmark(ctx context.Context, actor models.Actor, creator, firstList string) error {
	return s.changeShortlists(ctx, actor, func(tx *db.Tx, now time.Time) error {
		id, err := findVisibleCreator(tx, actor, creator)
		if err != nil {
			return err
		}
		var l Shortlist
		err = tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("brand_id = ? AND (SELECT count(*) FROM shortlist_items i WHERE i.shortlist_id = shortlists.id) < ?", actor.BrandID, MaxShortlistCreators).
			Order("updated_at DESC, id DESC").Limit(1).Find(&l).Error
		if err == nil && l.ID == 0 {
			var key string
			if firstList, key, err = parseShortlistName("list", firstList); err == nil {
				l, err = createShortlist(tx, actor, "list", firstList, key, now)
			}
		}
		if err != nil {
			return err
		}
		return addShortlistItem(tx, actor, l, id, now)
	})
}
