package creators

import (
	"context"
	"slices"
	"strings"

	"tribemarket/models"
)

// ListedAccount is a listed account in a list of creators.
type ListedAccount struct {
	Creator       Creator `gorm:"embedded;embeddedPrefix:c_"` // without search text
	Account       Account `gorm:"embedded;embeddedPrefix:a_"`
	Others        int     // how many more accounts the creator has
	PriceMinor    *int64
	PriceCurrency *string
	Growth        *int64 // of followers over 30 days, in millionths
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
	if !slices.Contains(PostFormats(), format) {
		return nil, models.Invalid("format", "creators.error.format")
	}
	more := ""
	if texts {
		more = ", c.bio AS c_bio, c.hashtags AS c_hashtags"
	}
	var rows []ListedAccount
	err := s.db.Read(ctx).Raw(`SELECT `+listedCreator+`, `+listedAccount+more+`,
			(SELECT count(*) FROM creator_accounts o WHERE o.creator_id = c.id) - 1 AS others,
			l.price_`+format+`_minor AS price_minor, l.price_`+format+`_currency AS price_currency, l.growth_30_ppm AS growth
		FROM listings l JOIN creators c ON c.id = l.creator_id JOIN creator_accounts a ON a.id = l.account_id
		WHERE l.creator_id IN ? AND c.listed AND a.listed`, ids).Scan(&rows).Error
	return rows, err
}

// TribesAndLanguages reads the tribes and the languages of some creators, by id,
// in one statement.
func (s *Store) TribesAndLanguages(ctx context.Context, ids []int64) (tribes map[int64][]TribeOf, languages map[int64][]string, err error) {
	if len(ids) == 0 {
		return nil, nil, nil
	}
	var rows []struct {
		TribeMembership
		Language string // set instead of the tribe in rows for languages
	}
	err = s.db.Read(ctx).Raw(`SELECT creator_id, tribe, known, '' AS language FROM creator_tribes WHERE creator_id IN @ids
		UNION ALL SELECT creator_id, '', '', language FROM creator_languages WHERE creator_id IN @ids ORDER BY 4`, map[string]any{"ids": ids}).Scan(&rows).Error
	if err != nil {
		return nil, nil, err
	}
	known := map[int64][]TribeMembership{}
	tribes, languages = map[int64][]TribeOf{}, map[int64][]string{}
	for _, r := range rows {
		if r.Language == "" {
			known[r.CreatorID] = append(known[r.CreatorID], r.TribeMembership)
		} else {
			languages[r.CreatorID] = append(languages[r.CreatorID], r.Language)
		}
	}
	for id, some := range known {
		tribes[id] = s.TribeCatalogue().tribesOf(some)
	}
	return tribes, languages, nil
}
