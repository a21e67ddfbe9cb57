package search

import (
	"context"
	"slices"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/search"
	"tribemarket/views/components"
)

// firstRows is the number of rows whose pictures are seen at once.
const firstRows = 2

// isAboutPrices says whether prices are asked for or sorted by.
func (p SearchProps) isAboutPrices() bool {
	price := p.Filter.Price
	return p.Filter.Sort == search.ByCPM || p.Filter.Sort == search.ByPrice || price.Min != nil || price.Max != nil
}

// bandOf is the band that a hit's engagement is compared with: that of a tribe which is
// asked for, otherwise of the creator's first.
func (p SearchProps) bandOf(h search.Hit) (creators.EngagementBand, bool) {
	if len(h.Bands) == 0 {
		return creators.EngagementBand{}, false
	}
	for _, b := range h.Bands {
		if slices.Contains(p.Filter.Tribes, b.Tribe) {
			return b, true
		}
	}
	return h.Bands[0], true
}

// onBandScale is a rate in per mille of a scale that all rows of the page share: half as
// long again as the highest band. What is beyond it is drawn at its end.
func (p SearchProps) onBandScale(ppm int64) int {
	var highest int64
	for _, h := range p.Result.Hits {
		if b, ok := p.bandOf(h); ok {
			highest = max(highest, b.HighPPM)
		}
	}
	return int(min(1000, ppm*1000/max(highest*3/2, 1)))
}

// bandText says where a rate is in relation to a band: "within micro 5.1–8.0%".
func bandText(ctx context.Context, ppm int64, b creators.EngagementBand) string {
	return i18n.T(ctx, "search.band_"+b.Position(ppm), "tier", i18n.T(ctx, "creators.tier."+string(b.Tier)), "low", i18n.Decimal(ctx, (b.LowPPM+500)/1000, 1), "high", i18n.Percent(ctx, b.HighPPM))
}

// bandName says of whom a band is.
func (p SearchProps) bandName(ctx context.Context, b creators.EngagementBand) string {
	tribe := b.Tribe
	if t, ok := p.Catalogue.TribeBySlug(b.Tribe); ok {
		tribe = t.Display
	}
	return i18n.T(ctx, "search.band_of", "tribe", tribe, "platform", components.PlatformName(b.Platform), "n", b.Accounts)
}

// growthLine draws the followers from which a hit's growth was measured.
func growthLine(ctx context.Context, h search.Hit) components.Sparkline {
	var line components.Sparkline
	for _, s := range h.Snapshots {
		line.Days, line.Values = append(line.Days, s.Date().StartIn(time.UTC)), append(line.Values, s.Followers)
	}
	if n := len(line.Values); n > 0 {
		line.Label = i18n.T(ctx, "search.growth_line", "from", i18n.Number(ctx, line.Values[0]), "to", i18n.Number(ctx, line.Values[n-1]))
	}
	return line
}

// noWorksText says why there are no works to see.
func noWorksText(ctx context.Context, h search.Hit) string {
	if !h.Creator.IsClaimed() {
		return i18n.T(ctx, "search.no_works_unclaimed", "name", h.Creator.Name)
	}
	return i18n.T(ctx, "search.no_works", "name", h.Creator.Name)
}

// reasonParts are the parts of a relevance that a row does not show otherwise.
var reasonParts = []string{"words", "tribe", "engagement", "price"}

// reasons say what sets a hit apart from the other rows: the parts of the relevance that
// count at least three quarters for it, and for at most half of the rows.
func (p SearchProps) reasons(ctx context.Context, h search.Hit) []string {
	var all []string
	for _, key := range reasonParts {
		if isStrongIn(h, key) && 2*p.countStrongIn(key) <= len(p.Result.Hits) {
			all = append(all, i18n.T(ctx, "search.reason."+key))
		}
	}
	return all
}

func isStrongIn(h search.Hit, key string) bool {
	return slices.ContainsFunc(h.Parts, func(x search.RelevancePart) bool { return x.Key == key && 4*x.Points >= 3*x.Most })
}

func (p SearchProps) countStrongIn(key string) (n int) {
	for _, h := range p.Result.Hits {
		if isStrongIn(h, key) {
			n++
		}
	}
	return n
}
