package discovery

import (
	"context"
	"net/url"
	"slices"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

// ComparisonProps is a comparison of creators side by side.
type ComparisonProps struct {
	discovery.Comparison
	IDs    []string // the compared creators' ids, as in the URL
	More   bool     // the URL names more creators than are compared
	Only   bool     // only the rows in which they differ
	CanAdd bool     // the viewer may add creators to the brand's lists

	CanExport bool
	Now       time.Time
}

// hasWorks says whether any of the creators shows works.
func (p ComparisonProps) hasWorks() bool {
	return slices.ContainsFunc(p.Creators, func(b creators.CreatorSummary) bool { return len(p.Pictures[b.Creator.ID].Works) > 0 })
}

// OnlyDifferences is the value of the parameter "only".
const OnlyDifferences = "differences"

// Title names the creators that are compared.
func (p ComparisonProps) Title(ctx context.Context) string {
	if len(p.Creators) == 0 {
		return i18n.T(ctx, "discovery.shortlists.compare.title_none")
	}
	var names []string
	for _, b := range p.Creators {
		names = append(names, b.Creator.Name)
	}
	return i18n.T(ctx, "discovery.shortlists.compare.title", "names", i18n.JoinList(ctx, names))
}

func (p ComparisonProps) comparisonURL(without string, only bool) string {
	q := url.Values{"c": slices.DeleteFunc(slices.Clone(p.IDs), func(id string) bool { return id == without })}
	if only {
		q.Set("only", OnlyDifferences)
	}
	return paths.Comparison(q)
}

func (p ComparisonProps) countDiffering() int {
	n := 0
	for _, r := range p.Rows {
		if r.Differs {
			n++
		}
	}
	return n
}

// shownRows are the rows that are shown.
func (p ComparisonProps) shownRows() []discovery.ComparisonRow {
	if !p.Only {
		return p.Rows
	}
	return slices.DeleteFunc(slices.Clone(p.Rows), func(r discovery.ComparisonRow) bool { return !r.Differs })
}

func (p ComparisonProps) creatorChips(ctx context.Context) []components.Chip {
	return []components.Chip{
		{Href: p.comparisonURL("", false), Label: i18n.T(ctx, "discovery.shortlists.compare.all"), Count: i18n.Number(ctx, int64(len(p.Rows))), On: !p.Only},
		{Href: p.comparisonURL("", true), Label: i18n.T(ctx, "discovery.shortlists.compare.only"), Count: i18n.Number(ctx, int64(p.countDiffering())), On: p.Only},
	}
}

func measureLabel(ctx context.Context, r discovery.ComparisonRow) string {
	if r.Format != "" {
		return i18n.T(ctx, "discovery.shortlists.measure."+string(r.Measure), "format", creatorsview.OneOfFormat(ctx, r.Format))
	}
	return i18n.T(ctx, "discovery.shortlists.measure."+string(r.Measure))
}

// bestValueNote says in a word why a cell is highlighted.
func bestValueNote(ctx context.Context, m discovery.ComparisonMeasure) string {
	switch {
	case m == discovery.MeasureSource:
		return i18n.T(ctx, "discovery.shortlists.compare.newest")
	case m == discovery.MeasureResponds:
		return i18n.T(ctx, "discovery.shortlists.compare.quickest")
	case m.IsLowestBest():
		return i18n.T(ctx, "discovery.shortlists.compare.lowest")
	}
	return i18n.T(ctx, "discovery.shortlists.compare.highest")
}

// cellText is the text of a cell and its note; without a value the note says why.
func (p ComparisonProps) cellText(ctx context.Context, r discovery.ComparisonRow, i int) (text, note string) {
	c, b := r.Cells[i], p.Creators[i]
	if c.Figure != nil {
		return measureFigure(ctx, r, *c.Figure, c.Currency), p.figureNote(ctx, r, b)
	}
	if len(c.Words) == 0 {
		return "", p.missingReason(ctx, r, b)
	}
	switch r.Measure {
	case discovery.MeasurePlatform:
		return components.PlatformName(b.Account.Platform), "@" + b.Account.Handle
	case discovery.MeasureCountry:
		return i18n.Country(ctx, c.Words[0]), ""
	case discovery.MeasureLanguages:
		return creatorsview.Languages(ctx, c.Words), ""
	case discovery.MeasureCountries, discovery.MeasureAge, discovery.MeasureGender:
		for _, x := range b.Audience {
			if x.Kind == shareKind(r.Measure) {
				return i18n.T(ctx, "discovery.shortlists.compare.share", "name", creatorsview.ShareName(ctx, x), "part", i18n.WholePercent(ctx, x.PPM)), creatorsview.ShareSource(ctx, x, p.Now)
			}
		}
	}
	return c.Words[0], ""
}

func shareKind(m discovery.ComparisonMeasure) creators.AudienceDimension {
	return map[discovery.ComparisonMeasure]creators.AudienceDimension{discovery.MeasureCountries: creators.AudienceByCountry, discovery.MeasureAge: creators.AudienceByAge, discovery.MeasureGender: creators.AudienceByGender}[m]
}

func measureFigure(ctx context.Context, r discovery.ComparisonRow, n int64, currency string) string {
	switch r.Measure {
	case discovery.MeasureEngagement:
		return i18n.Percent(ctx, n)
	case discovery.MeasureGrowth30, discovery.MeasureGrowth90:
		return i18n.SignedPercent(ctx, n)
	case discovery.MeasureReach:
		return i18n.T(ctx, "creators.reach", "x", i18n.Decimal(ctx, n, 2))
	case discovery.MeasurePrice:
		return i18n.WholeMoney(ctx, models.Money{Minor: n, Currency: currency})
	case discovery.MeasureCPM:
		return i18n.Money(ctx, models.Money{Minor: n, Currency: currency})
	case discovery.MeasureResponds:
		return i18n.Duration(ctx, time.Duration(n)*time.Minute)
	}
	return i18n.Number(ctx, n)
}

func (p ComparisonProps) figureNote(ctx context.Context, r discovery.ComparisonRow, b creators.CreatorSummary) string {
	switch r.Measure {
	case discovery.MeasureFollowers:
		return creatorsview.TierName(ctx, b.Account.Followers)
	case discovery.MeasureEngagement, discovery.MeasureMedian, discovery.MeasureMean:
		return creatorsview.EngagementBasis(ctx, b.Account)
	case discovery.MeasureCPM:
		return formulaCPM(ctx, *b.PriceOf(r.Format), *b.Account.MedianViews)
	}
	return ""
}

// missingReason says why there is no value.
func (p ComparisonProps) missingReason(ctx context.Context, r discovery.ComparisonRow, b creators.CreatorSummary) string {
	switch r.Measure {
	case discovery.MeasureEngagement:
		return creatorsview.NoEngagement(ctx, b.Account)
	case discovery.MeasureMedian, discovery.MeasureReach:
		return creatorsview.NoMedian(ctx, b.Account)
	case discovery.MeasureGrowth30, discovery.MeasureGrowth90:
		return i18n.T(ctx, "discovery.shortlists.none.growth")
	case discovery.MeasureCPM:
		if b.PriceOf(r.Format) != nil {
			return i18n.T(ctx, "discovery.shortlists.none.views")
		}
	}
	return i18n.T(ctx, "discovery.shortlists.no_price")
}

func formulaCPM(ctx context.Context, price models.Money, views int64) string {
	return i18n.T(ctx, "discovery.shortlists.formula.cpm", "price", i18n.WholeMoney(ctx, price), "views", views)
}
