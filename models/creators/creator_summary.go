package creators

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/content"
)

// CreatorSummary is what a table of creators shows of each: the profile without its
// bio, and the figures of the most followed listed account.
type CreatorSummary struct {
	Creator      Creator // without bio and search text; its figures are in Account
	Account      Account
	Platforms    []string // on which the creator has an account, listed or not
	Tribes       []TribeOf
	Face         Face
	Languages    []string
	ContentTypes []string
	Prices       []StartingPrice
	AddOns       AddOnPrices
	Audience     []AudienceShare // of the account, largest shares first
	Derived      bool            // this instance may compute expected prices from the account's counts
	Listing      Listing         // what a search reads of the account
}

// PriceOf returns the starting price of a format, nil if the creator names none.
func (b CreatorSummary) PriceOf(format string) *models.Money {
	for _, p := range b.Prices {
		if p.Format == format {
			return new(p.Money())
		}
	}
	return nil
}

// CreatorSummaries reads those of the given creators who are listed, in the given
// order, in two statements however many there are.
func (s *Store) CreatorSummaries(ctx context.Context, publicIDs []string) ([]CreatorSummary, error) {
	all, err := s.readSummaries(ctx, "c.public_id IN ?", publicIDs, len(publicIDs))
	slices.SortFunc(all, func(a, b CreatorSummary) int {
		return slices.Index(publicIDs, a.Creator.PublicID) - slices.Index(publicIDs, b.Creator.PublicID)
	})
	return all, err
}

// Listed is CreatorSummaries for one creator. An unlisted creator is not found.
func (s *Store) Listed(ctx context.Context, publicID string) (CreatorSummary, error) {
	all, err := s.CreatorSummaries(ctx, []string{publicID})
	if err != nil {
		return CreatorSummary{}, err
	}
	if len(all) == 0 {
		return CreatorSummary{}, models.NotFound()
	}
	return all[0], nil
}

// CreatorSummariesByID is CreatorSummaries for creators' ids, by id.
func (s *Store) CreatorSummariesByID(ctx context.Context, ids []int64) (map[int64]CreatorSummary, error) {
	all, err := s.readSummaries(ctx, "c.id IN ?", ids, len(ids))
	by := make(map[int64]CreatorSummary, len(all))
	for _, b := range all {
		by[b.Creator.ID] = b
	}
	return by, err
}

var summaryAccounts = "SELECT " + summaryColumns + summaryTables

var summaryColumns = listedCreator + ", " + listedAccount + ", " + listingOf + ", " + FaceSQL + ` AS face`

const summaryTables = `
	FROM creators c JOIN creator_accounts a ON a.id = (SELECT l.account_id FROM listings l WHERE l.creator_id = c.id ORDER BY l.followers DESC, l.account_id LIMIT 1)
	JOIN listings l ON l.account_id = a.id WHERE c.listed AND `

var listingOf = prefixed("l", strings.Split(listingColumns, ", ")...)

func (s *Store) readSummaries(ctx context.Context, where string, of any, n int) ([]CreatorSummary, error) {
	if n == 0 {
		return nil, nil
	}
	var rows []struct {
		Creator Creator `gorm:"embedded;embeddedPrefix:c_"`
		Account Account `gorm:"embedded;embeddedPrefix:a_"`
		Listing Listing `gorm:"embedded;embeddedPrefix:l_"`
		Face    string
	}
	if err := s.db.Read(ctx).Raw(summaryAccounts+where+" ORDER BY c.id", of).Scan(&rows).Error; err != nil {
		return nil, models.Internal("read several creators", err)
	}
	all := make([]CreatorSummary, len(rows))
	for i, r := range rows {
		all[i] = CreatorSummary{Creator: r.Creator, Account: r.Account, Listing: r.Listing, Face: s.ParseFace(r.Face), Derived: s.MayDeriveFigures(r.Account.Platform)}
	}
	if err := s.addSummaryDetails(ctx, all); err != nil {
		return nil, models.Internal("read what several creators say", err)
	}
	return all, nil
}

// addSummaryDetails adds what creators say about themselves and their audience.
func (s *Store) addSummaryDetails(ctx context.Context, all []CreatorSummary) error {
	if len(all) == 0 {
		return nil
	}
	at, ofAccount := map[int64]*CreatorSummary{}, map[int64]*CreatorSummary{}
	var ids, accounts []int64
	for i := range all {
		b := &all[i]
		at[b.Creator.ID], ofAccount[b.Account.ID] = b, b
		ids, accounts = append(ids, b.Creator.ID), append(accounts, b.Account.ID)
	}
	var rows []struct {
		Kind, Value, Extra string
		OfID, N            int64
	}
	err := s.db.Read(ctx).Raw(`SELECT 'tribe' AS kind, creator_id AS of_id, tribe AS value, known AS extra, 0 AS n FROM creator_tribes WHERE creator_id IN @ids
		UNION ALL SELECT 'language', creator_id, language, '', 0 FROM creator_languages WHERE creator_id IN @ids
		UNION ALL SELECT 'type', creator_id, content_type, '', 0 FROM creator_content_types WHERE creator_id IN @ids
		UNION ALL SELECT 'price', creator_id, format, currency, minor FROM creator_prices WHERE creator_id IN @ids
		UNION ALL SELECT 'add_on', creator_id, add_on, '', ppm FROM creator_add_on_prices WHERE creator_id IN @ids
		UNION ALL SELECT DISTINCT 'platform', creator_id, platform, '', 0 FROM creator_accounts WHERE creator_id IN @ids AND purged_at IS NULL
		UNION ALL SELECT 'share', account_id, kind || ':' || key, source || ':' || as_of, ppm FROM audience_shares WHERE account_id IN @accounts
		ORDER BY 1, 2, 3`, map[string]any{"ids": ids, "accounts": accounts}).Scan(&rows).Error
	tribes := map[int64][]TribeMembership{}
	for _, r := range rows {
		switch r.Kind {
		case "tribe":
			tribes[r.OfID] = append(tribes[r.OfID], TribeMembership{r.OfID, r.Value, TribeEvidence(r.Extra)})
		case "language":
			at[r.OfID].Languages = append(at[r.OfID].Languages, r.Value)
		case "platform":
			at[r.OfID].Platforms = append(at[r.OfID].Platforms, r.Value)
		case "type":
			at[r.OfID].ContentTypes = append(at[r.OfID].ContentTypes, r.Value)
		case "price":
			at[r.OfID].Prices = append(at[r.OfID].Prices, StartingPrice{r.OfID, r.Value, r.N, r.Extra})
		case "add_on":
			if at[r.OfID].AddOns == nil {
				at[r.OfID].AddOns = AddOnPrices{}
			}
			at[r.OfID].AddOns[AddOn(r.Value)] = r.N
		case "share":
			kind, key, _ := strings.Cut(r.Value, ":")
			source, day, _ := strings.Cut(r.Extra, ":")
			b := ofAccount[r.OfID]
			b.Audience = append(b.Audience, AudienceShare{r.OfID, AudienceDimension(kind), key, r.N, FigureSource(source), day})
		}
	}
	for id, b := range at {
		b.Tribes = s.TribeCatalogue().tribesOf(tribes[id])
		sortByList(b.ContentTypes, content.Types(), func(t string) string { return t })
		sortByList(b.Prices, content.Formats(), func(p StartingPrice) string { return p.Format })
		slices.SortStableFunc(b.Audience, func(x, y AudienceShare) int { return cmp.Compare(y.PPM, x.PPM) })
	}
	return err
}
