package creators

import (
	"context"
	"strings"

	"tribemarket/models"
	"tribemarket/models/creators/index"
	"tribemarket/models/creators/words"
)

// hitRow is what the database holds of a hit.
type hitRow struct {
	Creator       Creator `gorm:"embedded;embeddedPrefix:c_"`
	Account       Account `gorm:"embedded;embeddedPrefix:a_"`
	Others        int
	PriceMinor    *int64
	PriceCurrency *string
	Growth        *int64
}

// hitCreator and hitAccount are the columns that a hit shows.
var (
	hitCreator = prefixed("c", "id", "public_id", "person_id", "name", "country", "region", "zone", "listed", "claimed_at", "created_at", "updated_at")
	hitAccount = prefixed("a", strings.Split(accountColumns, ", ")...)
)

func prefixed(table string, columns ...string) string {
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = table + "." + c + " AS " + table + "_" + c
	}
	return strings.Join(all, ", ")
}

// readHits reads the hits of a page in their order, in two statements. Who is
// gone, not listed any more by any account, is left out, and so is whoever is
// not by the account of the hit.
func (s *Store) readHits(ctx context.Context, f Filter, p found) (hits []Hit, gone []int64, err error) {
	if len(p.hits) == 0 {
		return nil, nil, nil
	}
	rows, err := s.readHitRows(ctx, f, p)
	if err != nil {
		return nil, nil, err
	}
	byAccount, listed := make(map[int64]*hitRow, len(rows)), make(map[int64]bool, len(rows))
	for i := range rows {
		byAccount[rows[i].Account.ID], listed[rows[i].Creator.ID] = &rows[i], true
	}
	for _, x := range p.hits {
		if !listed[x.Creator] {
			gone = append(gone, x.Creator)
		}
		r := byAccount[x.Account]
		if r == nil {
			continue
		}
		h := r.hit(f, p.looked)
		if p.weights != nil {
			h.Parts = partsOf(x.Parts, *p.weights)
		}
		hits = append(hits, h)
	}
	return hits, gone, s.readNiches(ctx, hits)
}

// readHitRows reads the listed accounts of all creators of a page.
func (s *Store) readHitRows(ctx context.Context, f Filter, p found) ([]hitRow, error) {
	ids := make([]int64, len(p.hits))
	for i, h := range p.hits {
		ids[i] = h.Creator
	}
	texts := ""
	if len(p.looked) > 0 {
		texts = ", c.bio AS c_bio, c.hashtags AS c_hashtags"
	}
	format := f.PriceFormat() // one of Formats
	var rows []hitRow
	err := s.db.Read(ctx).Raw(`SELECT `+hitCreator+`, `+hitAccount+texts+`,
			(SELECT count(*) FROM creator_accounts o WHERE o.creator_id = c.id) - 1 AS others,
			l.price_`+format+`_minor AS price_minor, l.price_`+format+`_currency AS price_currency, l.growth_30_ppm AS growth
		FROM listings l JOIN creators c ON c.id = l.creator_id JOIN creator_accounts a ON a.id = l.account_id
		WHERE l.creator_id IN ? AND c.listed AND a.listed`, ids).Scan(&rows).Error
	return rows, err
}

func (r *hitRow) hit(f Filter, looked []string) Hit {
	h := Hit{Creator: r.Creator, Account: r.Account, Others: r.Others, Growth: r.Growth, Looked: looked}
	if r.PriceMinor != nil && r.PriceCurrency != nil {
		h.Price = &models.Money{Minor: *r.PriceMinor, Currency: *r.PriceCurrency}
		h.CPM = expectedCPM(*h.Price, r.Account.MedianViews)
	}
	if len(words.Spans(r.Creator.Bio, looked)) > 0 {
		h.Bio = r.Creator.Bio
	}
	for _, tag := range strings.Fields(r.Creator.Hashtags) {
		if len(words.Spans(tag, looked)) > 0 {
			h.Hashtags = append(h.Hashtags, tag)
		}
	}
	h.Creator.Bio, h.Creator.Hashtags = "", ""
	return h
}

// expectedCPM is what 1000 views cost at a price: price × 1000 ÷ median views,
// rounded half up to the minor unit; nil without views.
func expectedCPM(price models.Money, views *int64) *models.Money {
	if views == nil || *views <= 0 {
		return nil
	}
	return &models.Money{Minor: (price.Minor*1000 + *views/2) / *views, Currency: price.Currency}
}

// partsOf are the parts of a relevance in points, those of no weight left out.
func partsOf(parts [index.Parts]int16, weights index.Weights) []Part {
	var all []Part
	for part, weight := range weights {
		if weight > 0 {
			all = append(all, Part{relevanceParts[part], int64(weight) * int64(parts[part]) / wholePart, int64(weight)})
		}
	}
	return all
}

// readNiches adds the tribes and languages of the hits.
func (s *Store) readNiches(ctx context.Context, hits []Hit) error {
	if len(hits) == 0 {
		return nil
	}
	ids := make([]int64, len(hits))
	at := make(map[int64]*Hit, len(hits))
	for i := range hits {
		ids[i], at[hits[i].Creator.ID] = hits[i].Creator.ID, &hits[i]
	}
	var rows []struct {
		Membership
		Language string // of a row that is one, in place of the tribe
	}
	err := s.db.Read(ctx).Raw(`SELECT creator_id, tribe, known, '' AS language FROM creator_tribes WHERE creator_id IN @ids
		UNION ALL SELECT creator_id, '', '', language FROM creator_languages WHERE creator_id IN @ids ORDER BY 4`, map[string]any{"ids": ids}).Scan(&rows).Error
	if err != nil {
		return err
	}
	tribes := map[int64][]Membership{}
	for _, r := range rows {
		if r.Language == "" {
			tribes[r.CreatorID] = append(tribes[r.CreatorID], r.Membership)
		} else {
			at[r.CreatorID].Languages = append(at[r.CreatorID].Languages, r.Language)
		}
	}
	for id, some := range tribes {
		at[id].Tribes = s.Catalogue().of(some)
	}
	return nil
}
