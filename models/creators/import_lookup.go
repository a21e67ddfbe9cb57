package creators

import (
	"database/sql"
	"errors"
	"slices"

	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// importLookup is how many accounts or creators one statement looks up for an import.
const importLookup = 500

const comparedAccountSQL = `SELECT a.id, a.creator_id, a.platform, a.platform_user_id, a.handle, a.handle_key, a.name, a.name_as_of, a.country, a.country_as_of,
	a.source, a.as_of, a.followers, a.following, a.total_likes, a.total_posts, a.basis, a.figures_as_of, a.mean_views, a.mean_likes, a.mean_comments, a.mean_shares,
	c.person_id IS NOT NULL
	FROM creator_accounts a JOIN creators c ON c.id = a.creator_id WHERE a.platform = ? AND `

// readAccounts reads of the rows' accounts what is compared with the rows, past GORM,
// which takes several times as long, and which of their creators are claimed.
func (b *importBatch) readAccounts(tx *db.Tx, rows []*ImportedRow) (claimed map[int64]bool, err error) {
	claimed = map[int64]bool{}
	keys, channels := map[string][]string{}, []string{}
	for _, r := range rows {
		keys[r.Platform] = append(keys[r.Platform], r.HandleKey)
		if r.Platform == platform.YouTube && platform.IsChannelID(r.Handle) {
			channels = append(channels, r.Handle)
		}
	}
	for on, some := range keys {
		slices.Sort(some)
		for part := range slices.Chunk(slices.Compact(some), importLookup) {
			err := b.scanAccounts(tx, claimed, comparedAccountSQL+"a.handle_key IN ? AND a.platform_user_id IS NULL UNION ALL "+
				comparedAccountSQL+"a.handle_key IN ? AND a.platform_user_id IS NOT NULL", on, part, on, part)
			if err != nil {
				return nil, err
			}
		}
	}
	for part := range slices.Chunk(channels, importLookup) {
		if err := b.scanAccounts(tx, claimed, comparedAccountSQL+"a.platform_user_id IN ?", platform.YouTube, part); err != nil {
			return nil, err
		}
	}
	return claimed, nil
}

func (b *importBatch) scanAccounts(tx *db.Tx, claimed map[int64]bool, query string, args ...any) error {
	return eachFound(tx, query, args, func(rows *sql.Rows) error {
		var a Account
		var isClaimed bool
		err := rows.Scan(&a.ID, &a.CreatorID, &a.Platform, &a.PlatformUserID, &a.Handle, &a.HandleKey, &a.Name, &a.NameAsOf, &a.Country, &a.CountryAsOf,
			&a.Source, &a.AsOf, &a.Followers, &a.Following, &a.TotalLikes, &a.TotalPosts, &a.Basis, &a.FiguresAsOf, &a.MeanViews, &a.MeanLikes, &a.MeanComments, &a.MeanShares,
			&isClaimed)
		claimed[a.CreatorID] = isClaimed
		b.addAccount(&a)
		return err
	})
}

// addAccount makes an account known by its handle, and by its channel's id. One that its
// owner has connected goes before an imported one of the same handle.
func (b *importBatch) addAccount(a *Account) {
	key := accountKey{a.Platform, a.HandleKey}
	if a.PlatformUserID != nil && a.Platform == platform.YouTube {
		b.accounts[accountKey{a.Platform, HandleKeyOf(*a.PlatformUserID)}] = a
	}
	if old := b.accounts[key]; old == nil || a.Source == SourceVerified {
		b.accounts[key] = a
	}
}

// findChangedCreators gives the creators of whom the rows may change something, in order.
func (b *importBatch) findChangedCreators(tx *db.Tx, rows []*ImportedRow, claimed map[int64]bool) ([]int64, error) {
	var changed, described []int64
	for i := range rows {
		r := rows[i]
		a := b.accounts[accountKey{r.Platform, r.HandleKey}]
		if a == nil || a.Source == SourceVerified {
			continue
		}
		switch merged := *a; {
		case r.Post != nil || merged.mergeAccountRow(r):
			changed = append(changed, a.CreatorID)
		case !claimed[a.CreatorID] && len(r.Languages)+len(r.Tribes) > 0:
			described = append(described, a.CreatorID)
		}
	}
	if err := b.readDescriptions(tx, described); err != nil {
		return nil, err
	}
	for i := range rows {
		r := rows[i]
		a := b.accounts[accountKey{r.Platform, r.HandleKey}]
		if a != nil && a.Source != SourceVerified && !claimed[a.CreatorID] && b.describesMore(a.CreatorID, r) {
			changed = append(changed, a.CreatorID)
		}
	}
	slices.Sort(changed)
	return slices.Compact(changed), nil
}

// readDescriptions reads the languages and tribes of some creators.
func (b *importBatch) readDescriptions(tx *db.Tx, ids []int64) error {
	slices.Sort(ids)
	for part := range slices.Chunk(slices.Compact(ids), importLookup) {
		err := errors.Join(
			eachFound(tx, "SELECT creator_id, language FROM creator_languages WHERE creator_id IN ?", []any{part}, func(rows *sql.Rows) error {
				var l SpokenLanguage
				err := rows.Scan(&l.CreatorID, &l.Language)
				b.knownLanguages[l] = true
				return err
			}),
			eachFound(tx, "SELECT creator_id, tribe, known FROM creator_tribes WHERE creator_id IN ?", []any{part}, func(rows *sql.Rows) error {
				var m TribeMembership
				var known TribeEvidence
				err := rows.Scan(&m.CreatorID, &m.Tribe, &known)
				b.knownTribes[m] = known
				return err
			}),
		)
		if err != nil {
			return err
		}
	}
	return nil
}

// describesMore says whether a row brings a language or a tribe that isn't known.
func (b *importBatch) describesMore(creatorID int64, r *ImportedRow) bool {
	return slices.ContainsFunc(r.Languages, func(l string) bool { return !b.knownLanguages[SpokenLanguage{creatorID, l}] }) ||
		slices.ContainsFunc(r.Tribes, func(t string) bool {
			known := b.knownTribes[TribeMembership{CreatorID: creatorID, Tribe: t}]
			return known == "" || known == TribeDerived
		})
}

// eachFound runs a query, and gives each row that it finds.
func eachFound(tx *db.Tx, query string, args []any, found func(*sql.Rows) error) error {
	rows, err := tx.Raw(query, args...).Rows()
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := found(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
