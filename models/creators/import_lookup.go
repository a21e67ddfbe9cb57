package creators

import (
	"database/sql"
	"slices"
	"strings"

	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// importLookup is how many accounts or creators one statement looks up for an import.
const importLookup = 500

const comparedAccountSQL = ` FROM creator_accounts a JOIN creators c ON c.id = a.creator_id WHERE a.platform = ? AND `

const (
	comparedColumns = `SELECT a.id, a.creator_id, a.platform, a.platform_user_id, a.handle, a.handle_key, a.name, a.name_as_of, a.country, a.country_as_of,
	a.source, a.as_of, a.followers, a.following, a.total_likes, a.total_posts, a.basis, a.figures_as_of, a.mean_views, a.mean_likes, a.mean_comments, a.mean_shares,
	c.person_id IS NOT NULL`
	descriptionColumns = `, (SELECT string_agg(language, ',') FROM creator_languages l WHERE l.creator_id = a.creator_id),
	(SELECT string_agg(tribe || ' ' || known, ',') FROM creator_tribes t WHERE t.creator_id = a.creator_id)`
	noDescriptionColumns = ", NULL, NULL"
)

// creatorDescription is what is known of a creator's languages and tribes, as text: it is
// read for every row of a file, and most rows say nothing new.
type creatorDescription struct {
	claimed   bool
	languages string // ",en,fr,"
	tribes    string // ",beauty imported,food derived,"
}

func (d *creatorDescription) speaks(language string) bool {
	return strings.Contains(d.languages, ","+language+",")
}

func (d *creatorDescription) tribe(slug string) TribeEvidence {
	_, after, _ := strings.Cut(d.tribes, ","+slug+" ")
	known, _, _ := strings.Cut(after, ",")
	return TribeEvidence(known)
}

// isNewTribe says whether a row's category says more than is known. A tribe in the site's
// own export may have been derived as well.
func (d *creatorDescription) isNewTribe(r *ImportedRow, slug string) bool {
	known := d.tribe(slug)
	return known == "" || known == TribeDerived && !r.OwnExport
}

// lacks says whether a row brings a language or a tribe that isn't known.
func (d *creatorDescription) lacks(r *ImportedRow) bool {
	return slices.ContainsFunc(r.Languages, func(l string) bool { return !d.speaks(l) }) || slices.ContainsFunc(r.Tribes, func(t string) bool { return d.isNewTribe(r, t) })
}

// readAccounts reads of the rows' accounts what is compared with the rows, and how their
// creators are described.
func (b *importBatch) readAccounts(tx *db.Tx, rows []*ImportedRow) error {
	keys, channels, describing := map[string][]string{}, []string{}, false
	for _, r := range rows {
		keys[r.Platform] = append(keys[r.Platform], r.HandleKey)
		if r.Platform == platform.YouTube && platform.IsChannelID(r.Handle) {
			channels = append(channels, r.Handle)
		}
		describing = describing || len(r.Languages)+len(r.Tribes) > 0
	}
	query := comparedColumns + noDescriptionColumns + comparedAccountSQL
	if describing {
		query = comparedColumns + descriptionColumns + comparedAccountSQL
	}
	for on, some := range keys {
		slices.Sort(some)
		for part := range slices.Chunk(slices.Compact(some), importLookup) {
			err := tx.EachRow(b.scanComparedAccount, query+"a.handle_key IN ? AND a.platform_user_id IS NULL UNION ALL "+
				query+"a.handle_key IN ? AND a.platform_user_id IS NOT NULL", on, part, on, part)
			if err != nil {
				return err
			}
		}
	}
	for part := range slices.Chunk(channels, importLookup) {
		if err := tx.EachRow(b.scanComparedAccount, query+"a.platform_user_id IN ?", platform.YouTube, part); err != nil {
			return err
		}
	}
	return nil
}

func (b *importBatch) scanComparedAccount(rows *sql.Rows) error {
	var a Account
	var d creatorDescription
	var languages, tribes sql.NullString
	err := rows.Scan(&a.ID, &a.CreatorID, &a.Platform, &a.PlatformUserID, &a.Handle, &a.HandleKey, &a.Name, &a.NameAsOf, &a.Country, &a.CountryAsOf,
		&a.Source, &a.AsOf, &a.Followers, &a.Following, &a.TotalLikes, &a.TotalPosts, &a.Basis, &a.FiguresAsOf, &a.MeanViews, &a.MeanLikes, &a.MeanComments, &a.MeanShares,
		&d.claimed, &languages, &tribes)
	if languages.Valid {
		d.languages = "," + languages.String + ","
	}
	if tribes.Valid {
		d.tribes = "," + tribes.String + ","
	}
	b.descriptions[a.CreatorID] = &d
	b.addAccount(&a)
	return err
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
func (b *importBatch) findChangedCreators(rows []*ImportedRow) []int64 {
	var changed []int64
	for _, r := range rows {
		a := b.accounts[accountKey{r.Platform, r.HandleKey}]
		if a == nil || a.Source == SourceVerified {
			continue
		}
		d := b.descriptions[a.CreatorID]
		if r.Post != nil || a.isOlderThan(r) || !d.claimed && d.lacks(r) {
			changed = append(changed, a.CreatorID)
		}
	}
	slices.Sort(changed)
	return slices.Compact(changed)
}

// isOlderThan says whether a row changes something of an account.
func (a *Account) isOlderThan(r *ImportedRow) bool {
	merged := *a
	return merged.mergeAccountRow(r)
}

// loadCreators reads some creators with all of their accounts, as far as imports change
// them. They are locked first, in the order of their ids: a sign-in at the same time
// waits, or is waited for.
func (b *importBatch) loadCreators(tx *db.Tx, ids []int64) error {
	lock := ""
	if tx.Name() == string(db.Postgres) {
		lock = " FOR UPDATE"
	}
	for part := range slices.Chunk(ids, importLookup) {
		err := tx.EachRow(b.scanCreator, "SELECT "+creatorColumns+", region, hashtags FROM creators WHERE id IN ? ORDER BY id"+lock, part)
		if err != nil {
			return err
		}
	}
	for part := range slices.Chunk(ids, importLookup) {
		if err := tx.EachRow(b.scanAccount, "SELECT "+accountColumns+" FROM creator_accounts WHERE creator_id IN ? ORDER BY id", part); err != nil {
			return err
		}
	}
	return nil
}

func (b *importBatch) scanCreator(rows *sql.Rows) error {
	var c Creator
	err := rows.Scan(&c.ID, &c.PublicID, &c.PersonID, &c.Name, &c.Bio, &c.Country, &c.Zone, &c.SearchText, &c.Listed, &c.ClaimedAt, &c.CreatedAt, &c.UpdatedAt,
		&c.Region, &c.Hashtags)
	b.creators[c.ID] = &c
	return err
}

func (b *importBatch) scanAccount(rows *sql.Rows) error {
	var a Account
	err := rows.Scan(&a.ID, &a.CreatorID, &a.Platform, &a.PlatformUserID, &a.Handle, &a.HandleKey, &a.Name, &a.NameAsOf, &a.Country, &a.CountryAsOf, &a.URL, &a.Source, &a.AsOf,
		&a.Followers, &a.Following, &a.TotalLikes, &a.TotalPosts, &a.Basis, &a.FiguresAsOf, &a.Sample, &a.WindowFrom, &a.WindowTo,
		&a.EngagementPPM, &a.MedianViews, &a.P25Views, &a.P75Views, &a.MeanViews, &a.MeanLikes, &a.MeanComments, &a.MeanShares, &a.Listed, &a.CreatedAt, &a.UpdatedAt)
	b.accountsByCreator[a.CreatorID] = append(b.accountsByCreator[a.CreatorID], &a)
	b.addAccount(&a)
	return err
}
