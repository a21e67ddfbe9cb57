package creators

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// listingsVersion is raised when listings, texts or quartiles are computed differently.
const listingsVersion = 1

// BackfillDerivedData recomputes the derived data of all creators, once after an upgrade
// from a version that computed it differently, or not at all. progress is called with how
// many of how many are done on this node.
func (s *Store) BackfillDerivedData(ctx context.Context, progress func(done, total int64)) error {
	var done, total int64
	err := s.db.BackfillDerived(ctx, "listings", listingsVersion, func(tx *db.Tx, after int64) (int64, error) {
		var ids []int64
		err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Model(&Creator{}).Where("id > ?", after).Order("id").Limit(relistBatch).Pluck("id", &ids).Error
		if err != nil || len(ids) == 0 {
			return 0, err
		}
		if total == 0 {
			if err := tx.Model(&Creator{}).Where("id > ?", after).Count(&total).Error; err != nil {
				return 0, err
			}
		}
		if err := s.fillQuartiles(tx, ids); err != nil {
			return 0, err
		}
		if _, err := s.rederiveTribesAndHashtags(tx, ids); err != nil {
			return 0, err
		}
		if err := updateSearchTexts(tx, ids); err != nil {
			return 0, err
		}
		if err := s.Relist(tx, ids); err != nil {
			return 0, err
		}
		done += int64(len(ids))
		progress(done, total)
		return ids[len(ids)-1], nil
	})
	if err != nil {
		return models.Internal("make listings anew", err)
	}
	return nil
}

// fillQuartiles fills in missing quartiles where the posts are still those that the
// median was computed from.
func (s *Store) fillQuartiles(tx *db.Tx, creatorIDs []int64) error {
	var accounts []*Account
	err := tx.Where("creator_id IN ? AND basis = ? AND median_views IS NOT NULL AND p25_views IS NULL", creatorIDs, BasisPosts).Order("id").Find(&accounts).Error
	if err != nil {
		return err
	}
	for _, a := range accounts {
		f, err := s.computeAccountFigures(tx, *a, *a.FiguresAsOf)
		if err != nil {
			return err
		}
		if f.P25Views == nil || *f.MedianViews != *a.MedianViews {
			continue
		}
		if err := tx.Exec("UPDATE creator_accounts SET p25_views = ?, p75_views = ? WHERE id = ?", *f.P25Views, *f.P75Views, a.ID).Error; err != nil {
			return err
		}
	}
	return nil
}

// maxUsualHashtags is how many hashtags of a creator are stored.
const maxUsualHashtags = 20

// usualHashtags returns the hashtags used in most posts, ties in alphabetical
// order.
func usualHashtags(posts [][]string) string {
	used := map[string]int{}
	for _, tags := range posts {
		once := map[string]bool{}
		for _, t := range tags {
			if t = text.Fold(t); !once[t] {
				once[t], used[t] = true, used[t]+1
			}
		}
	}
	all := slices.SortedFunc(maps.Keys(used), func(a, b string) int { return cmp.Or(used[b]-used[a], strings.Compare(a, b)) })
	return strings.Join(all[:min(len(all), maxUsualHashtags)], " ")
}

// updateUsualHashtags stores creators' usual hashtags, updates their search texts, and
// returns the creators whose hashtags changed.
func updateUsualHashtags(tx *db.Tx, creatorIDs []int64, posts map[int64][][]string) ([]int64, error) {
	var rows []Creator
	if err := tx.Select("id", "hashtags").Where("id IN ?", creatorIDs).Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	var changed []int64
	for _, c := range rows {
		usual := usualHashtags(posts[c.ID])
		if usual == c.Hashtags {
			continue
		}
		changed = append(changed, c.ID)
		if err := tx.Exec("UPDATE creators SET hashtags = ? WHERE id = ?", usual, c.ID).Error; err != nil {
			return nil, err
		}
	}
	return changed, updateSearchTexts(tx, changed)
}

// updateSearchTexts rebuilds creators' search texts.
func updateSearchTexts(tx *db.Tx, creatorIDs []int64) error {
	if len(creatorIDs) == 0 {
		return nil
	}
	var rows []Creator
	if err := tx.Select("id", "name", "bio", "hashtags", "search_text").Where("id IN ?", creatorIDs).Order("id").Find(&rows).Error; err != nil {
		return err
	}
	var accounts []*Account
	if err := tx.Select("id", "creator_id", "handle").Where("creator_id IN ?", creatorIDs).Order("id").Find(&accounts).Error; err != nil {
		return err
	}
	handles := map[int64][]string{}
	for _, a := range accounts {
		handles[a.CreatorID] = append(handles[a.CreatorID], a.Handle)
	}
	for _, c := range rows {
		found := c.searchText(handles[c.ID])
		if found == c.SearchText {
			continue
		}
		if err := tx.Exec("UPDATE creators SET search_text = ? WHERE id = ?", found, c.ID).Error; err != nil {
			return err
		}
	}
	return nil
}
