package rankings

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/rankings"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

// RankingsPerPage is how many places a page shows.
const RankingsPerPage = 50

// RankingsProps is a page of a ranking, from the place From on.
type RankingsProps struct {
	Query     rankings.Query
	Ranking   rankings.Ranking
	Tribe     *creators.Tribe // nil for all
	Catalogue []creators.Tribe
	From      int // 1 is the first
	Now       time.Time
	Missed    []rankings.Shortfall // what keeps the reader's own profile out
}

// missedText says what a rank needs, and what the reader has of it.
func (p RankingsProps) missedText(ctx context.Context, m rankings.Shortfall) string {
	return i18n.T(ctx, "rankings.unranked."+string(m.Reason), "has", m.Has, "needs", m.Needs, "days", p.Query.Span.Days())
}

// RankingPath is the path of a ranking, without parameters that have their default.
func RankingPath(q rankings.Query, from int) string {
	v := url.Values{}
	for name, value := range map[string]string{"tribe": q.Tribe, "country": q.Country, "by": string(q.Measure), "period": string(q.Span)} {
		if value != "" && value != string(rankings.Measures()[0]) && value != string(rankings.Spans()[0]) {
			v.Set(name, value)
		}
	}
	if from > 1 {
		v.Set("from", strconv.Itoa(from))
	}
	return paths.Rankings(v)
}

func (p RankingsProps) rankingURL(change func(*rankings.Query)) string {
	q := p.Query
	change(&q)
	return RankingPath(q, 1)
}

// Headline says who is ranked by which measure.
func (p RankingsProps) Headline(ctx context.Context) string {
	if p.Tribe == nil {
		return i18n.T(ctx, "rankings.head_all."+string(p.Query.Measure))
	}
	return i18n.T(ctx, "rankings.head."+string(p.Query.Measure), "tribe", p.Tribe.Display)
}

// Where says which country and period the ranking is about.
func (p RankingsProps) Where(ctx context.Context) string {
	where := i18n.T(ctx, "rankings.everywhere")
	if p.Query.Country != "" {
		where = i18n.Country(ctx, p.Query.Country)
	}
	return i18n.T(ctx, "rankings.where", "where", where, "when", i18n.T(ctx, "rankings."+string(p.Query.Span)))
}

// Title is the title of the page.
func (p RankingsProps) Title(ctx context.Context) string {
	return i18n.T(ctx, "rankings.caption", "head", p.Headline(ctx), "where", p.Where(ctx))
}

// Description is the page's description for search engines.
func (p RankingsProps) Description(ctx context.Context) string {
	return i18n.T(ctx, "rankings.description", "head", p.Headline(ctx), "where", p.Where(ctx))
}

func (p RankingsProps) leadText(ctx context.Context) string {
	least := p.Query.Span.LeastPosts()
	if p.Query.Measure == rankings.RankGrowth {
		least = rankings.RankFollowers
	}
	return i18n.T(ctx, "rankings.lead."+string(p.Query.Measure), "days", p.Query.Span.Days(), "least", least, "views", i18n.Number(ctx, rankings.RankViews))
}

func (p RankingsProps) crumbs(ctx context.Context) []components.Crumb {
	all := []components.Crumb{{Href: paths.Tribes(), Name: i18n.T(ctx, "rankings.tribe.title")}}
	if p.Tribe != nil {
		all = append(all, components.Crumb{Href: paths.Tribe(p.Tribe.Slug), Name: p.Tribe.Display})
	}
	return append(all, components.Crumb{Name: i18n.T(ctx, "rankings.tribe.rankings")})
}

func (p RankingsProps) measureTabs(ctx context.Context) []components.Tab {
	var all []components.Tab
	for _, m := range rankings.Measures() {
		all = append(all, components.Tab{
			Href:  p.rankingURL(func(q *rankings.Query) { q.Measure = m }),
			Label: i18n.T(ctx, "rankings.by."+string(m)), Here: m == p.Query.Measure,
		})
	}
	return all
}

func (p RankingsProps) spanChips(ctx context.Context) []components.Chip {
	var all []components.Chip
	for _, s := range rankings.Spans() {
		all = append(all, components.Chip{
			Href:  p.rankingURL(func(q *rankings.Query) { q.Span = s }),
			Label: i18n.T(ctx, "rankings."+string(s)), On: s == p.Query.Span,
		})
	}
	return all
}

func (p RankingsProps) tribesField(ctx context.Context) components.Field {
	f := components.Field{Name: "tribe", Label: i18n.T(ctx, "rankings.tribe"), Value: p.Query.Tribe, Placeholder: i18n.T(ctx, "rankings.all_tribes")}
	for _, t := range p.Catalogue {
		f.Options = append(f.Options, components.Option{Value: t.Slug, Label: t.Display})
	}
	return f
}

// countriesField offers the countries with a ranking of the tribe, and the requested one.
func (p RankingsProps) countriesField(ctx context.Context) components.Field {
	f := components.Field{Name: "country", Label: i18n.T(ctx, "rankings.country"), Value: p.Query.Country, Placeholder: i18n.T(ctx, "rankings.everywhere")}
	there := map[string]bool{p.Query.Country: true}
	for _, c := range p.Ranking.Countries {
		there[c] = true
	}
	for _, o := range components.CountryOptions(ctx) {
		if there[o.Value] {
			f.Options = append(f.Options, o)
		}
	}
	return f
}

// shownPlaces are the places on this page.
func (p RankingsProps) shownPlaces() []rankings.RankedCreator {
	all := p.Ranking.Places
	for len(all) > 0 && all[0].Place < p.From {
		all = all[1:]
	}
	for n, r := range all {
		if r.Place >= p.From+RankingsPerPage {
			return all[:n]
		}
	}
	return all
}

func (p RankingsProps) pager(ctx context.Context) components.Pager {
	var pager components.Pager
	last := 0
	if n := len(p.Ranking.Places); n > 0 {
		last = p.Ranking.Places[n-1].Place
	}
	if p.From > 1 {
		pager.Previous = RankingPath(p.Query, 1)
	}
	if last >= p.From+RankingsPerPage {
		pager.Next = RankingPath(p.Query, p.From+RankingsPerPage)
	}
	if p.From == 1 {
		pager.Status = i18n.T(ctx, "rankings.first", "to", min(last, RankingsPerPage))
	} else {
		pager.Status = i18n.T(ctx, "rankings.rest", "from", p.From, "to", last)
	}
	return pager
}

// changeMark shows how a place has changed, as a word with an icon.
func (p RankingsProps) changeMark(ctx context.Context, r rankings.RankedCreator) (kind, icon, word string) {
	change, by := p.Ranking.ChangeOf(r)
	switch change {
	case rankings.ChangeUp:
		return components.Good, "up", i18n.T(ctx, "rankings.up", "n", by)
	case rankings.ChangeDown:
		return "", "down", i18n.T(ctx, "rankings.down", "n", by)
	case rankings.ChangeNew:
		return "", "add", i18n.T(ctx, "rankings.new")
	case rankings.ChangeSame:
		return "", "same", i18n.T(ctx, "rankings.same")
	}
	return "", "", ""
}

func (p RankingsProps) figureText(ctx context.Context, r rankings.RankedCreator) string {
	if p.Query.Measure == rankings.RankGrowth {
		return i18n.SignedPercent(ctx, r.PPM)
	}
	return i18n.Percent(ctx, r.PPM)
}

func (p RankingsProps) madeOf(ctx context.Context, r rankings.RankedCreator) string {
	if p.Query.Measure == rankings.RankEngagement {
		return i18n.T(ctx, "rankings.of_posts", "part", r.Part, "whole", r.Whole, "n", r.Posts)
	}
	day := func(s string) string {
		d, _ := models.ParseDate(s)
		return i18n.ShortDay(ctx, d)
	}
	return i18n.T(ctx, "rankings.of_followers", "before", r.Whole, "from", day(r.FromDay), "after", r.Part, "to", day(r.ToDay))
}

// methodNotes say how the ranking was computed.
func (p RankingsProps) methodNotes(ctx context.Context) []string {
	compared := "rankings.alone."
	if p.Ranking.Compared {
		compared = "rankings.compared."
	}
	return []string{
		i18n.T(ctx, "rankings.as_of", "date", i18n.DateTime(ctx, p.Ranking.Edition.AsOf)),
		i18n.T(ctx, compared+string(p.Query.Span)),
		i18n.T(ctx, "rankings.rules", "country", rankings.RankCountry),
	}
}

func rankedAccount(r rankings.RankedCreator) creators.Account {
	return creators.Account{Source: r.Source, AsOf: r.AsOf}
}

// RankingLink links from a tribe's page to a ranking.
func RankingLink(ctx context.Context, tribe string, m rankings.Measure, s rankings.Span) components.Fact {
	return components.Fact{
		Label: i18n.T(ctx, "rankings.where", "where", i18n.T(ctx, "rankings.by."+string(m)), "when", i18n.T(ctx, "rankings."+string(s))),
		Href:  RankingPath(rankings.Query{Tribe: tribe, Measure: m, Span: s}, 1),
	}
}

func (p RankingsProps) searchURL() string {
	if p.Tribe == nil {
		return paths.Creators(nil)
	}
	return creatorsview.TribeHref(*p.Tribe)
}

// partOfFirst is a creator's figure in per cent of that of the first place, for its bar.
func (p RankingsProps) partOfFirst(r rankings.RankedCreator) int {
	first := p.Ranking.Places[0].PPM
	return int(max(r.PPM, 0) * 100 / max(first, 1))
}
