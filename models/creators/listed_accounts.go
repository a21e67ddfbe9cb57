package creators

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/files"
)

// ListedAccount is a listed account in a list of creators.
type ListedAccount struct {
	Creator       Creator `gorm:"embedded;embeddedPrefix:c_"` // without search text
	Account       Account `gorm:"embedded;embeddedPrefix:a_"`
	Others        int     // how many more accounts the creator has
	PriceMinor    *int64
	PriceCurrency *string
	Growth        *int64 // of followers over 30 days, in millionths

	ResponseMinutes *int64 // see DealActivity
	ResponsePPM     *int64 `gorm:"column:response_ppm"`
}

// Price returns the starting price of the requested format, nil for none.
func (a ListedAccount) Price() *models.Money {
	if a.PriceMinor == nil || a.PriceCurrency == nil {
		return nil
	}
	return &models.Money{Minor: *a.PriceMinor, Currency: *a.PriceCurrency}
}

// listedCreator and listedAccount are the columns shown in a list.
var (
	listedCreator = prefixed("c", "id", "public_id", "person_id", "name", "country", "region", "zone", "listed", "claimed_at", "created_at", "updated_at")
	listedAccount = prefixed("a", strings.Split(accountColumns, ", ")...)
)

func prefixed(table string, columns ...string) string {
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = table + "." + c + " AS " + table + "_" + c
	}
	return strings.Join(all, ", ")
}

// ListedAccounts reads the listed accounts of some creators, by their ids, with
// the starting price of a format; bio and hashtags only if texts is set.
func (s *Store) ListedAccounts(ctx context.Context, ids []int64, format string, texts bool) ([]ListedAccount, error) {
	if !slices.Contains(content.Formats(), format) {
		return nil, models.Invalid("format", "creators.error.format")
	}
	more := ""
	if texts {
		more = ", c.bio AS c_bio, c.hashtags AS c_hashtags"
	}
	var rows []ListedAccount
	err := s.db.Read(ctx).Raw(`SELECT `+listedCreator+`, `+listedAccount+more+`,
			(SELECT count(*) FROM creator_accounts o WHERE o.creator_id = c.id) - 1 AS others,
			l.price_`+format+`_minor AS price_minor, l.price_`+format+`_currency AS price_currency, l.growth_30_ppm AS growth,
			l.response_minutes, l.response_ppm
		FROM listings l JOIN creators c ON c.id = l.creator_id JOIN creator_accounts a ON a.id = l.account_id
		WHERE l.creator_id IN ? AND c.listed AND a.listed`, ids).Scan(&rows).Error
	return rows, err
}

// ListDetails is what a list of creators shows besides their accounts.
type ListDetails struct {
	Tribes    map[int64][]TribeOf // by creator, like the others
	Languages map[int64][]string
	Bands     map[int64][]EngagementBand // that the account's engagement is compared with, in the order of the tribes
	Pictures  map[int64]files.CreatorPictures
	Snapshots map[int64][]AccountSnapshot // days and followers from which the account's growth over 30 days is measured, oldest first
}

// snapshotDays is how far back the snapshots of a list go: the window of its growth with
// the tolerance.
const snapshotDays = 33

// ReadListDetails reads the details of some creators in one statement; bands and
// snapshots only of the given accounts, one of each, and with them pictures, so many works
// of each creator.
func (s *Store) ReadListDetails(ctx context.Context, creatorIDs, accountIDs []int64, works int) (ListDetails, error) {
	d := ListDetails{Tribes: map[int64][]TribeOf{}, Languages: map[int64][]string{}, Bands: map[int64][]EngagementBand{}, Pictures: map[int64]files.CreatorPictures{}, Snapshots: map[int64][]AccountSnapshot{}}
	if len(creatorIDs) == 0 {
		return d, nil
	}
	query, args := tribesAndLanguagesSQL, map[string]any{"ids": creatorIDs}
	if len(accountIDs) > 0 {
		query += bandsAndSnapshotsSQL + listPicturesSQL
		args["works"] = max(1, works)
		args["accounts"], args["from"] = accountIDs, models.DateOf(s.clock().UTC()).AddDays(-snapshotDays).String()
	}
	var rows []listDetailRow
	if err := s.db.Read(ctx).Raw(query+" ORDER BY 1, 2, 3", args).Scan(&rows).Error; err != nil {
		return d, err
	}
	s.addListDetails(&d, rows)
	return d, nil
}

// listDetailRow is one row of ReadListDetails.
type listDetailRow struct {
	Kind, Value, Extra, Tier string
	OfID, N, M, K            int64
}

func (s *Store) addListDetails(d *ListDetails, rows []listDetailRow) {
	tribes := map[int64][]TribeMembership{}
	for _, r := range rows {
		switch r.Kind {
		case "tribe":
			tribes[r.OfID] = append(tribes[r.OfID], TribeMembership{r.OfID, r.Value, TribeEvidence(r.Extra)})
		case "language":
			d.Languages[r.OfID] = append(d.Languages[r.OfID], r.Value)
		case "band":
			d.Bands[r.OfID] = append(d.Bands[r.OfID], EngagementBand{r.Extra, Tier(r.Tier), r.Value, r.K, r.N, r.M})
		case "picture":
			d.addPicture(r)
		case "snapshot":
			d.Snapshots[r.OfID] = append(d.Snapshots[r.OfID], AccountSnapshot{Day: r.Value, Followers: r.N})
		}
	}
	for id, some := range tribes {
		d.Tribes[id] = s.TribeCatalogue().tribesOf(some)
	}
	for id, bands := range d.Bands {
		sortByList(bands, tribeSlugs(d.Tribes[id]), func(b EngagementBand) string { return b.Tribe })
	}
}

// addPicture adds a picture, works in their order.
func (d *ListDetails) addPicture(r listDetailRow) {
	p, of := shownPicture(strings.Fields(r.Tier), r.OfID, r.Extra, r.N, r.M, r.K), d.Pictures[r.OfID]
	switch {
	case p == nil:
		return
	case p.Use == files.Portrait:
		of.Portrait = p
	case p.Use == files.Work:
		of.Works = append(of.Works, *p)
		slices.SortFunc(of.Works, func(a, b files.Picture) int { return cmp.Compare(a.Place, b.Place) })
	}
	d.Pictures[r.OfID] = of
}

const tribesAndLanguagesSQL = `SELECT 'tribe' AS kind, creator_id AS of_id, tribe AS value, known AS extra, '' AS tier, 0 AS n, 0 AS m, 0 AS k FROM creator_tribes WHERE creator_id IN @ids
	UNION ALL SELECT 'language', creator_id, language, '', '', 0, 0, 0 FROM creator_languages WHERE creator_id IN @ids`

var bandsAndSnapshotsSQL = `
	UNION ALL SELECT 'band', l.creator_id, b.tribe, b.platform, b.tier, b.low_ppm, b.high_ppm, b.accounts FROM listings l JOIN creator_tribes t ON t.creator_id = l.creator_id
		JOIN engagement_bands b ON b.platform = l.platform AND b.tribe = t.tribe AND b.tier = ` + tierSQL("l.followers") + ` WHERE l.account_id IN @accounts
	UNION ALL SELECT 'snapshot', a.creator_id, s.day, '', '', s.followers, 0, 0 FROM account_snapshots s JOIN creator_accounts a ON a.id = s.account_id WHERE a.id IN @accounts AND s.day >= @from`
