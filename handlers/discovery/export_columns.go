package discovery

import (
	"slices"
	"strings"

	"tribemarket/internal/sheets"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/models/search"
	"tribemarket/views/paths"
)

// exportRow is a row of a file: a creator, and for a list the brand's notes.
type exportRow struct {
	creator    creators.Creator
	account    creators.Account
	tribes     []creators.TribeOf
	languages  []string
	price, cpm *models.Money
	growth     *int64
	entry      discovery.ShortlistEntry
}

func rowOfHit(h search.Hit) exportRow {
	return exportRow{creator: h.Creator, account: h.Account, tribes: h.Tribes, languages: h.Languages, price: h.Price, cpm: h.CPM, growth: h.Growth}
}

func rowOfBrief(b creators.CreatorSummary) exportRow {
	return exportRow{
		creator: b.Creator, account: b.Account, tribes: b.Tribes, languages: b.Languages, growth: b.Listing.Growth30PPM,
		price: b.PriceOf(search.DefaultFormat), cpm: discovery.ExpectedCPM(b, search.DefaultFormat),
	}
}

// rowOfEntry is the row of a list's entry. For a creator who is no longer here it holds
// the name and the brand's own words.
func rowOfEntry(e discovery.ShortlistEntry) exportRow {
	x := exportRow{}
	if e.Summary != nil {
		x = rowOfBrief(*e.Summary)
	}
	x.creator.Name, x.entry = e.Name, e
	return x
}

// exportColumn is a column of a file: its name and its content.
type exportColumn struct {
	name string
	cell func(exportRow) sheets.Cell
}

func textColumn(name string, of func(exportRow) string) exportColumn {
	return exportColumn{name, func(x exportRow) sheets.Cell { return sheets.TextCell(of(x)) }}
}

func wholeNumberColumn(name string, of func(exportRow) *int64) exportColumn {
	return exportColumn{name, func(x exportRow) sheets.Cell { return sheets.WholeNumberCell(of(x)) }}
}

func percentColumn(name string, of func(exportRow) *int64) exportColumn {
	return exportColumn{name, func(x exportRow) sheets.Cell { return sheets.PercentCell(of(x)) }}
}

// accountColumn is empty for a creator who is no longer here, and so has no account.
func accountColumn(name string, cell func(exportRow) sheets.Cell) exportColumn {
	return exportColumn{name, func(x exportRow) sheets.Cell {
		if x.account.ID == 0 {
			return sheets.Cell{}
		}
		return cell(x)
	}}
}

// exportColumns are what a file holds about each creator.
func (h *Handlers) exportColumns(format string) []exportColumn {
	return slices.Concat(profileColumns(), figureColumns(), priceColumns(format), []exportColumn{
		textColumn("source", func(x exportRow) string { return string(x.account.Source) }),
		accountColumn("as_of", func(x exportRow) sheets.Cell { return sheets.DayCell(models.DateOf(x.account.AsOf.UTC())) }),
		accountColumn("page", func(x exportRow) sheets.Cell {
			return sheets.TextCell(h.Site.BaseURL + paths.Creator(x.creator.PublicID))
		}),
	})
}

func profileColumns() []exportColumn {
	return []exportColumn{
		textColumn("name", func(x exportRow) string { return x.creator.Name }),
		textColumn("handle", func(x exportRow) string { return x.account.Handle }),
		textColumn("platform", func(x exportRow) string { return x.account.Platform }),
		textColumn("country", func(x exportRow) string { return x.creator.Country }),
		textColumn("languages", func(x exportRow) string { return strings.Join(x.languages, " ") }),
		textColumn("tribes", func(x exportRow) string { return tribeSlugs(x.tribes) }),
	}
}

func figureColumns() []exportColumn {
	return []exportColumn{
		accountColumn("followers", func(x exportRow) sheets.Cell { return sheets.WholeNumberCell(&x.account.Followers) }),
		percentColumn("engagement", func(x exportRow) *int64 { return x.account.EngagementPPM }),
		wholeNumberColumn("median_views", func(x exportRow) *int64 { return x.account.MedianViews }),
		wholeNumberColumn("mean_views", func(x exportRow) *int64 { return x.account.MeanViews }),
		wholeNumberColumn("posts_counted", func(x exportRow) *int64 { return x.account.Sample }),
		percentColumn("growth_30", func(x exportRow) *int64 { return x.growth }),
	}
}

// priceColumns are the price of a post of the format, its currency, the format, and the
// price of a thousand views.
func priceColumns(format string) []exportColumn {
	return []exportColumn{
		{"price", func(x exportRow) sheets.Cell { return sheets.AmountCell(x.price) }},
		textColumn("price_currency", func(x exportRow) string {
			if x.price == nil {
				return ""
			}
			return x.price.Currency
		}),
		textColumn("price_format", func(x exportRow) string {
			if x.price == nil {
				return ""
			}
			return format
		}),
		{"cpm", func(x exportRow) sheets.Cell { return sheets.AmountCell(x.cpm) }},
	}
}

// shortlistColumns are the additional columns for creators on a list.
func shortlistColumns() []exportColumn {
	return []exportColumn{
		textColumn("standing", func(x exportRow) string { return string(x.entry.Standing) }),
		textColumn("labels", func(x exportRow) string { return strings.Join(x.entry.Labels, ", ") }),
		textColumn("note", func(x exportRow) string { return x.entry.Note }),
		textColumn("added_by", func(x exportRow) string { return x.entry.AddedBy }),
		{"added_on", func(x exportRow) sheets.Cell { return sheets.DayCell(models.DateOf(x.entry.AddedAt.UTC())) }},
	}
}

func tribeSlugs(tribes []creators.TribeOf) string {
	slugs := make([]string, len(tribes))
	for i, t := range tribes {
		slugs[i] = t.Tribe.Slug
	}
	return strings.Join(slugs, " ")
}
