package discovery

import (
	"strings"

	"tribemarket/internal/sheets"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/models/search"
	"tribemarket/views/paths"
)

// exported is a row of a file: a creator, and on a list what the brand says of her.
type exported struct {
	creator    creators.Creator
	account    creators.Account
	tribes     []creators.TribeOf
	languages  []string
	price, cpm *models.Money
	growth     *int64
	entry      discovery.ShortlistEntry
}

func exportedHit(h search.Hit) exported {
	return exported{creator: h.Creator, account: h.Account, tribes: h.Tribes, languages: h.Languages, price: h.Price, cpm: h.CPM, growth: h.Growth}
}

func exportedBrief(b creators.Brief) exported {
	return exported{
		creator: b.Creator, account: b.Account, tribes: b.Tribes, languages: b.Languages, growth: b.Listing.Growth30PPM,
		price: b.PriceOf(search.DefaultFormat), cpm: discovery.ExpectedCPM(b, search.DefaultFormat),
	}
}

// exportedEntry is what a list says of a creator; of one who is not here any
// more, her name and the brand's own words.
func exportedEntry(e discovery.ShortlistEntry) exported {
	x := exported{}
	if e.Summary != nil {
		x = exportedBrief(*e.Summary)
	}
	x.creator.Name, x.entry = e.Name, e
	return x
}

// exportColumn is a column of a file: its name and what it holds.
type exportColumn struct {
	name string
	cell func(exported) sheets.Cell
}

func textColumn(name string, of func(exported) string) exportColumn {
	return exportColumn{name, func(x exported) sheets.Cell { return sheets.TextCell(of(x)) }}
}

// exportColumns are what a file holds of each creator. A creator who is not
// here any more has no account.
func (h *Handlers) exportColumns(format string) []exportColumn {
	whole := func(name string, of func(exported) *int64) exportColumn {
		return exportColumn{name, func(x exported) sheets.Cell { return sheets.WholeNumberCell(of(x)) }}
	}
	share := func(name string, of func(exported) *int64) exportColumn {
		return exportColumn{name, func(x exported) sheets.Cell { return sheets.PercentCell(of(x)) }}
	}
	here := func(cell func(exported) sheets.Cell) func(exported) sheets.Cell {
		return func(x exported) sheets.Cell {
			if x.account.ID == 0 {
				return sheets.Cell{}
			}
			return cell(x)
		}
	}
	return []exportColumn{
		textColumn("name", func(x exported) string { return x.creator.Name }),
		textColumn("handle", func(x exported) string { return x.account.Handle }),
		textColumn("platform", func(x exported) string { return x.account.Platform }),
		textColumn("country", func(x exported) string { return x.creator.Country }),
		textColumn("languages", func(x exported) string { return strings.Join(x.languages, " ") }),
		textColumn("tribes", func(x exported) string { return tribeSlugs(x.tribes) }),
		{"followers", here(func(x exported) sheets.Cell { return sheets.WholeNumberCell(&x.account.Followers) })},
		share("engagement", func(x exported) *int64 { return x.account.EngagementPPM }),
		whole("median_views", func(x exported) *int64 { return x.account.MedianViews }),
		whole("mean_views", func(x exported) *int64 { return x.account.MeanViews }),
		whole("posts_counted", func(x exported) *int64 { return x.account.Sample }),
		share("growth_30", func(x exported) *int64 { return x.growth }),
		{"price", func(x exported) sheets.Cell { return sheets.AmountCell(x.price) }},
		textColumn("price_currency", func(x exported) string {
			if x.price == nil {
				return ""
			}
			return x.price.Currency
		}),
		textColumn("price_format", func(x exported) string {
			if x.price == nil {
				return ""
			}
			return format
		}),
		{"cpm", func(x exported) sheets.Cell { return sheets.AmountCell(x.cpm) }},
		textColumn("source", func(x exported) string { return string(x.account.Source) }),
		{"as_of", here(func(x exported) sheets.Cell { return sheets.DayCell(models.DateOf(x.account.AsOf.UTC())) })},
		{"page", here(func(x exported) sheets.Cell {
			return sheets.TextCell(h.Site.BaseURL + paths.Creator(x.creator.PublicID))
		})},
	}
}

// listColumns are what a file holds besides of creators on a list.
func listColumns() []exportColumn {
	return []exportColumn{
		textColumn("standing", func(x exported) string { return string(x.entry.Standing) }),
		textColumn("labels", func(x exported) string { return strings.Join(x.entry.Labels, ", ") }),
		textColumn("note", func(x exported) string { return x.entry.Note }),
		textColumn("added_by", func(x exported) string { return x.entry.AddedBy }),
		{"added_on", func(x exported) sheets.Cell { return sheets.DayCell(models.DateOf(x.entry.AddedAt.UTC())) }},
	}
}

func tribeSlugs(tribes []creators.TribeOf) string {
	slugs := make([]string, len(tribes))
	for i, t := range tribes {
		slugs[i] = t.Tribe.Slug
	}
	return strings.Join(slugs, " ")
}
