package creators

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models/db"
)

// collectPosts returns the posts of a batch's rows, each once. Posts of connected
// accounts come from the platform alone.
func (b *importBatch) collectPosts(rows []*ImportedRow) []Post {
	type key struct {
		account int64
		post    string
	}
	byKey := map[key]Post{}
	for _, r := range rows {
		a := b.accounts[accountKey{r.Platform, r.HandleKey}]
		if r.Post == nil || a.Source == SourceVerified {
			continue
		}
		p := *r.Post
		p.AccountID, p.ReadAt = a.ID, r.AsOf
		k := key{a.ID, p.PlatformPostID}
		if old, ok := byKey[k]; !ok || p.compareTo(old) > 0 {
			byKey[k] = p
		}
	}
	return slices.SortedFunc(maps.Values(byKey), func(a, b Post) int {
		return cmp.Or(cmp.Compare(a.AccountID, b.AccountID), strings.Compare(a.PlatformPostID, b.PlatformPostID))
	})
}

// compareTo orders versions of one post: the later reading wins, and at the same
// age the larger counts, since counts only grow.
func (p Post) compareTo(o Post) int {
	return cmp.Or(
		p.ReadAt.Compare(o.ReadAt), compareCounts(p.Views, o.Views), compareCounts(p.Likes, o.Likes),
		compareCounts(p.Comments, o.Comments), compareCounts(p.Shares, o.Shares), p.PostedAt.Compare(o.PostedAt),
		compareCounts(p.DurationS, o.DurationS), strings.Compare(p.Hashtags, o.Hashtags),
		strings.Compare(p.Caption, o.Caption), strings.Compare(p.URL, o.URL),
	)
}

// savePosts writes posts that are new or better, as compareTo decides, and
// returns whose they are.
func savePosts(tx *db.Tx, posts []Post) (accounts map[int64]bool, err error) {
	if len(posts) == 0 {
		return nil, nil
	}
	const order = "(%.read_at, coalesce(%.views, -1), coalesce(%.likes, -1), coalesce(%.comments, -1), coalesce(%.shares, -1), " +
		"%.posted_at, coalesce(%.duration_s, -1), %.hashtags, %.caption, %.url)"
	tail := " ON CONFLICT (account_id, platform_post_id) DO UPDATE SET " + setExcludedColumns(strings.Split(postColumns, ", ")[2:]) +
		" WHERE " + strings.ReplaceAll(order, "%", "excluded") + " > " + strings.ReplaceAll(order, "%", "posts") + " RETURNING account_id"
	rows := make([][]any, len(posts))
	for i := range posts {
		rows[i] = posts[i].rowValues()
	}
	accounts = map[int64]bool{}
	err = db.BulkInsert(tx, "INSERT INTO posts ("+postColumns+") VALUES ", tail, rows, func(id int64) { accounts[id] = true })
	return accounts, err
}

// RecomputeImportedFigures recomputes accounts' figures and tribes from their posts as read
// at a time. It returns the accounts that changed. Listings of those with new posts
// are updated in any case.
func (s *Store) RecomputeImportedFigures(tx *db.Tx, accountIDs []int64, posted map[int64]bool, asOf, now time.Time) ([]*Account, error) {
	var locked []int64
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Model(&Creator{}).
		Where("id IN (SELECT creator_id FROM creator_accounts WHERE id IN ?)", accountIDs).Order("id").Pluck("id", &locked).Error
	if err != nil {
		return nil, err
	}
	var accounts []*Account
	if err := tx.Where("id IN ? AND source <> ?", accountIDs, SourceVerified).Order("id").Find(&accounts).Error; err != nil {
		return nil, err
	}
	posts, err := s.readFigurePosts(tx, accounts, asOf)
	if err != nil {
		return nil, err
	}
	changed := map[int64]*Account{} // by creator
	var rows [][]any
	for _, a := range accounts {
		at, due := a.figuresDue(asOf)
		if !due {
			continue
		}
		if f := s.ComputeFigures(a.Platform, posts[a.ID], at); !f.equal(a.Figures) {
			a.Figures, a.UpdatedAt = f, now
			rows = append(rows, a.rowValues())
			changed[a.CreatorID] = a
		}
	}
	if err := upsertAccounts(tx, rows); err != nil {
		return nil, err
	}
	byCreator := make(map[int64]*Account, len(accounts))
	for _, a := range accounts {
		byCreator[a.CreatorID] = a
	}
	moved, err := s.rederiveTribesAndHashtags(tx, slices.Sorted(maps.Keys(byCreator)))
	if err != nil {
		return nil, err
	}
	for _, id := range moved {
		changed[id] = byCreator[id]
	}
	follow := slices.Collect(maps.Keys(changed))
	for _, a := range accounts {
		if posted[a.ID] {
			follow = append(follow, a.CreatorID)
		}
	}
	slices.Sort(follow)
	return slices.Collect(maps.Values(changed)), s.Relist(tx, slices.Compact(follow))
}

// figuresDue says whether figures of posts read at a time are the newest there
// are, and the date they are computed for: posts of an older file can still
// complete the figures of a newer one.
func (a *Account) figuresDue(asOf time.Time) (time.Time, bool) {
	if a.FiguresAsOf == nil || !asOf.Before(*a.FiguresAsOf) {
		return asOf, true
	}
	return *a.FiguresAsOf, a.Basis == BasisPosts
}

func (f Figures) equal(o Figures) bool {
	return f.Basis == o.Basis && compareCounts(f.Sample, o.Sample) == 0 && compareTimes(f.WindowFrom, o.WindowFrom) == 0 &&
		compareTimes(f.WindowTo, o.WindowTo) == 0 && compareCounts(f.EngagementPPM, o.EngagementPPM) == 0 &&
		compareCounts(f.MedianViews, o.MedianViews) == 0 && compareCounts(f.P25Views, o.P25Views) == 0 && compareCounts(f.P75Views, o.P75Views) == 0 &&
		f.compareMeans(o) == 0 && compareTimes(f.FiguresAsOf, o.FiguresAsOf) == 0
}

// readFigurePosts reads the posts that accounts' figures are computed from.
func (s *Store) readFigurePosts(tx *db.Tx, accounts []*Account, asOf time.Time) (map[int64][]Post, error) {
	type group struct {
		at   time.Time
		rule figureFormula
	}
	byAge := map[group][]int64{}
	for _, a := range accounts {
		if at, due := a.figuresDue(asOf); due {
			g := group{at.UTC(), s.formulaFor(a.Platform)}
			byAge[g] = append(byAge[g], a.ID)
		}
	}
	all := map[int64][]Post{}
	for g, ids := range byAge {
		var posts []Post
		err := tx.Raw(`SELECT * FROM (
				SELECT p.*, row_number() OVER (PARTITION BY account_id ORDER BY posted_at DESC, platform_post_id DESC) AS place
				FROM posts p
				WHERE account_id IN ? AND posted_at <= ? AND `+g.rule.postCondition()+`) p
			WHERE place <= ?`, ids, g.at.Add(-FigureAge), maxFigurePosts).Scan(&posts).Error
		if err != nil {
			return nil, err
		}
		for _, p := range posts {
			all[p.AccountID] = append(all[p.AccountID], p)
		}
	}
	return all, nil
}

// rederiveTribesAndHashtags derives creators' tribes and usual hashtags from their latest
// posts, and returns the creators for whom they changed.
func (s *Store) rederiveTribesAndHashtags(tx *db.Tx, creatorIDs []int64) ([]int64, error) {
	var posts []struct {
		CreatorID int64
		Hashtags  string
	}
	err := tx.Raw(`SELECT creator_id, hashtags FROM (
			SELECT a.creator_id, p.hashtags, row_number() OVER (PARTITION BY a.creator_id ORDER BY p.posted_at DESC, p.platform_post_id DESC) AS place
			FROM posts p JOIN creator_accounts a ON a.id = p.account_id
			WHERE a.creator_id IN ?) p
		WHERE place <= ? ORDER BY creator_id, place`, creatorIDs, maxDerivePosts).Scan(&posts).Error
	if err != nil {
		return nil, err
	}
	var rows []TribeMembership
	if err := tx.Where("creator_id IN ?", creatorIDs).Find(&rows).Error; err != nil {
		return nil, err
	}
	tags, known := map[int64][][]string{}, map[int64]map[string]TribeEvidence{}
	for _, p := range posts {
		tags[p.CreatorID] = append(tags[p.CreatorID], strings.Fields(p.Hashtags))
	}
	for _, m := range rows {
		if known[m.CreatorID] == nil {
			known[m.CreatorID] = map[string]TribeEvidence{}
		}
		known[m.CreatorID][m.Tribe] = m.Known
	}
	var moved []int64
	var add []TribeMembership
	for _, id := range creatorIDs {
		gone, come := diffDerivedTribes(known[id], s.TribeCatalogue().DeriveTribes(tags[id]))
		if len(gone)+len(come) > 0 {
			moved = append(moved, id)
		}
		if len(gone) > 0 {
			if err := tx.Exec("DELETE FROM creator_tribes WHERE creator_id = ? AND known = 'derived' AND tribe IN ?", id, gone).Error; err != nil {
				return nil, err
			}
		}
		for _, t := range come {
			add = append(add, TribeMembership{id, t, TribeDerived})
		}
	}
	if err := insertTribes(tx, add); err != nil {
		return nil, err
	}
	tagged, err := updateUsualHashtags(tx, creatorIDs, tags)
	moved = slices.Concat(moved, tagged)
	slices.Sort(moved)
	return slices.Compact(moved), err
}

// diffDerivedTribes returns the derived tribes to remove, and those to add for
// which there is no stronger evidence.
func diffDerivedTribes(known map[string]TribeEvidence, derived []string) (gone, come []string) {
	for t, k := range known {
		if k == TribeDerived && !slices.Contains(derived, t) {
			gone = append(gone, t)
		}
	}
	for _, t := range derived {
		if known[t] == "" {
			come = append(come, t)
		}
	}
	return gone, come
}
