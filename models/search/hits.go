package search

import (
	"context"
	"strings"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/search/index"
	"tribemarket/models/text/words"
)

// readHits reads the hits of a page in their order, in two statements. It
// leaves out creators who are no longer listed, or not by the account of the
// hit, and counts the former as gone.
func (e *Engine) readHits(ctx context.Context, f Filter, p foundPage) (hits []Hit, gone []int64, err error) {
	if hits, gone, err = e.readAccounts(ctx, f, p); err != nil {
		return nil, nil, err
	}
	return hits, gone, e.addDetails(ctx, hits, nil)
}

// readRows is readHits with all that a row of a page shows.
func (e *Engine) readRows(ctx context.Context, f Filter, p foundPage) (hits []Hit, gone []int64, err error) {
	if hits, gone, err = e.readAccounts(ctx, f, p); err != nil {
		return nil, nil, err
	}
	accounts := make([]int64, len(hits))
	for i, h := range hits {
		accounts[i] = h.Account.ID
	}
	return hits, gone, e.addDetails(ctx, hits, accounts)
}

func (e *Engine) readAccounts(ctx context.Context, f Filter, p foundPage) (hits []Hit, gone []int64, err error) {
	if len(p.hits) == 0 {
		return nil, nil, nil
	}
	ids := make([]int64, len(p.hits))
	for i, h := range p.hits {
		ids[i] = h.Creator
	}
	rows, err := e.creators.ListedAccounts(ctx, ids, f.PriceFormat(), len(p.looked) > 0)
	if err != nil {
		return nil, nil, err
	}
	byAccount, listed := make(map[int64]*creators.ListedAccount, len(rows)), make(map[int64]bool, len(rows))
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
		h := hitOf(r, p.looked)
		if p.weights != nil {
			h.Parts = partsOf(x.Parts, *p.weights)
		}
		hits = append(hits, h)
	}
	return hits, gone, nil
}

// hitOf builds a hit from a listed account, with the texts that contain the words.
func hitOf(r *creators.ListedAccount, looked []string) Hit {
	h := Hit{Creator: r.Creator, Account: r.Account, Others: r.Others, Growth: r.Growth, ResponseMinutes: r.ResponseMinutes, ResponsePPM: r.ResponsePPM, Looked: looked}
	if h.Price = r.Price(); h.Price != nil {
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

// expectedCPM is the cost of 1,000 views at a price: price × 1,000 ÷ median
// views, rounded half up to the minor unit; nil without views.
func expectedCPM(price models.Money, views *int64) *models.Money {
	if views == nil || *views <= 0 {
		return nil
	}
	return &models.Money{Minor: (price.Minor*1000 + *views/2) / *views, Currency: price.Currency}
}

// partsOf returns the parts of a relevance in points, without those of weight 0.
func partsOf(parts [index.Parts]int16, weights index.Weights) []RelevancePart {
	var all []RelevancePart
	for part, weight := range weights {
		if weight > 0 {
			all = append(all, RelevancePart{relevanceParts[part], int64(weight) * int64(parts[part]) / wholePart, int64(weight)})
		}
	}
	return all
}

// addDetails adds the tribes and languages of the hits, and for those of the given
// accounts what their figures are compared with, and what the creators show.
func (e *Engine) addDetails(ctx context.Context, hits []Hit, accounts []int64) error {
	d, err := e.creators.ReadListDetails(ctx, creatorIDsOf(hits), accounts, worksPerHit)
	for i := range hits {
		h := &hits[i]
		h.Tribes, h.Languages = d.Tribes[h.Creator.ID], d.Languages[h.Creator.ID]
		h.Bands, h.Snapshots, h.Pictures = d.Bands[h.Creator.ID], d.Snapshots[h.Creator.ID], d.Pictures[h.Creator.ID]
	}
	return err
}
