package search

import (
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/search/index"
	"tribemarket/models/text"
)

// figureColumn is a nullable number, and textColumn a text; they are scanned without
// the overhead of the usual types.
type figureColumn int64

// Scan implements sql.Scanner.
func (n *figureColumn) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*n = figureColumn(index.Null)
	case int64:
		*n = figureColumn(v)
	case bool:
		*n = 0
		if v {
			*n = 1
		}
	default:
		return fmt.Errorf("%T is no number", src)
	}
	return nil
}

func (n figureColumn) figure() *int64 {
	if int64(n) == index.Null {
		return nil
	}
	return new(int64(n))
}

type textColumn string

// Scan implements sql.Scanner.
func (l *textColumn) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*l = ""
	case string:
		*l = textColumn(v)
	case []byte:
		*l = textColumn(v)
	default:
		return fmt.Errorf("%T is no text", src)
	}
	return nil
}

// rowColumns are the columns that a rowReader reads, from listings l and creators c.
const rowColumns = `l.account_id, l.creator_id, l.platform, l.country, l.region, l.languages, l.tribes, l.content_types, l.categories, l.source,
	l.tribes_known, l.followers, l.engagement_ppm, l.median_views, l.mean_views, l.growth_30_ppm, l.growth_90_ppm, l.posts_30, l.last_posted, l.response_minutes,
	l.price_video_minor, l.price_video_currency, l.price_live_minor, l.price_live_currency, l.price_story_minor, l.price_story_currency,
	l.audience, l.absences, l.full_months, l.aged, l.response_ppm, c.search_text, c.hashtags, c.person_id IS NOT NULL`

// rowReader turns listings into rows of the index.
type rowReader struct {
	bands map[creators.Niche]creators.EngagementBand
	sets  map[string][]string // texts of several values that were split before
	days  map[textColumn]int64

	account, creator                                                                    int64
	one                                                                                 [index.ValueFacets]textColumn // but the flags
	source                                                                              textColumn
	joined                                                                              figureColumn
	known, lastPosted, audience, away, fullMonths, text, hashtags                       textColumn
	followers, engagement, views, mean, growth30, growth90, posts30, minutes, aged, ppm figureColumn
	minor                                                                               [index.Formats]figureColumn
	currency                                                                            [index.Formats]textColumn
	fit                                                                                 []creators.EngagementBand
}

func newRowReader(bands map[creators.Niche]creators.EngagementBand) *rowReader {
	return &rowReader{bands: bands, sets: map[string][]string{}, days: map[textColumn]int64{}}
}

// readRow converts the current row of rows.
func (r *rowReader) readRow(rows *sql.Rows) (index.Row, error) {
	err := rows.Scan(&r.account, &r.creator, &r.one[index.Platform], &r.one[index.Country], &r.one[index.Region], &r.one[index.Language], &r.one[index.Tribe],
		&r.one[index.ContentType], &r.one[index.Category], &r.source, &r.known, &r.followers, &r.engagement, &r.views, &r.mean, &r.growth30,
		&r.growth90, &r.posts30, &r.lastPosted, &r.minutes, &r.minor[index.Video], &r.currency[index.Video], &r.minor[index.Live], &r.currency[index.Live],
		&r.minor[index.Story], &r.currency[index.Story], &r.audience, &r.away, &r.fullMonths, &r.aged, &r.ppm, &r.text, &r.hashtags, &r.joined)
	if err != nil {
		return index.Row{}, err
	}
	x := index.Row{Account: r.account, Creator: r.creator, Known: string(r.known), Text: string(r.text)}
	for f, text := range r.one {
		x.Values[f] = r.splitSet(string(text))
	}
	x.Values[index.Flags] = r.flags()
	x.Figures = [index.RangeFacets]int64{
		index.Followers: int64(r.followers), index.Engagement: int64(r.engagement), index.MedianViews: int64(r.views), index.MeanViews: int64(r.mean),
		index.Growth30: int64(r.growth30), index.Growth90: int64(r.growth90), index.Posts30: int64(r.posts30),
		index.LastPosted: r.parseDay(r.lastPosted), index.Responds: int64(r.minutes), index.Price: index.Null,
	}
	for f, minor := range r.minor {
		if int64(minor) != index.Null {
			x.Prices[f] = index.Amount{Currency: string(r.currency[f]), Minor: int64(minor)}
		}
	}
	x.Audience, x.Away = r.readShares(), r.readAbsences()
	for _, month := range r.splitSet(string(r.fullMonths)) {
		x.Full = append(x.Full, monthNumber(month))
	}
	if r.hashtags != "" {
		x.Hashtags = text.TopicalHashtags(strings.Fields(string(r.hashtags)))
	}
	x.Parts[index.EngagementFit] = r.engagementFit(x.Values[index.Tribe])
	x.Parts[index.Trust] = trustPart(creators.FigureSource(r.source), r.aged == 1)
	x.Parts[index.Response] = responsePart(r.ppm.figure(), r.minutes.figure())
	return x, nil
}

// flagSets are the values of the index's flags, by which of them are true.
var flagSets = func() (all [8][]string) {
	for i := range all {
		for bit, flag := range []string{"joined", "priced", "verified"} {
			if i>>bit&1 != 0 {
				all[i] = append(all[i], flag)
			}
		}
	}
	return all
}()

// flags are what is true of the row.
func (r *rowReader) flags() []string {
	set := 0
	if r.joined == 1 {
		set |= 1
	}
	if slices.ContainsFunc(r.minor[:], func(minor figureColumn) bool { return int64(minor) != index.Null }) {
		set |= 2
	}
	if creators.FigureSource(r.source) == creators.SourceVerified {
		set |= 4
	}
	return flagSets[set]
}

// mostSets is how many texts of several values are remembered; the tribes of a
// million creators come in a few thousand combinations.
const mostSets = 100_000

// splitSet splits a text with one value, or with several between commas.
func (r *rowReader) splitSet(text string) []string {
	if text == "" {
		return nil
	}
	if known, ok := r.sets[text]; ok {
		return known
	}
	if len(r.sets) == mostSets {
		clear(r.sets)
	}
	values := strings.Split(strings.Trim(text, ","), ",")
	r.sets[text] = values
	return values
}

// parseDay converts YYYY-MM-DD to days since 1970-01-01; Null for none.
func (r *rowReader) parseDay(text textColumn) int64 {
	if text == "" {
		return index.Null
	}
	if n, ok := r.days[text]; ok {
		return n
	}
	n := index.Null
	if d, err := models.ParseDate(string(text)); err == nil {
		n = dayNumber(d)
	}
	r.days[text] = n
	return n
}

var shareKinds = map[string]index.ShareFacet{
	string(creators.AudienceByCountry): index.AudienceCountry, string(creators.AudienceByAge): index.AudienceAge, string(creators.AudienceByGender): index.AudienceGender,
}

func (r *rowReader) readShares() []index.Share {
	if r.audience == "" {
		return nil
	}
	all := make([]index.Share, 0, strings.Count(string(r.audience), ",")+1)
	for part := range strings.SplitSeq(string(r.audience), ",") {
		kind, rest, _ := strings.Cut(part, ":")
		key, ppm, _ := strings.Cut(rest, ":")
		of, ok := shareKinds[kind]
		if n, err := strconv.ParseInt(ppm, 10, 32); ok && err == nil {
			all = append(all, index.Share{Kind: of, Key: key, PPM: int32(n)})
		}
	}
	return all
}

func (r *rowReader) readAbsences() []index.Span {
	if r.away == "" {
		return nil
	}
	var all []index.Span
	for part := range strings.SplitSeq(string(r.away), ",") {
		from, to, _ := strings.Cut(part, "..")
		all = append(all, index.Span{From: int32(r.parseDay(textColumn(from))), To: int32(r.parseDay(textColumn(to)))})
	}
	return all
}

func (r *rowReader) engagementFit(tribes []string) int16 {
	r.fit = r.fit[:0]
	at := creators.Niche{Platform: string(r.one[index.Platform]), Tier: creators.TierOf(int64(r.followers))}
	for _, at.Tribe = range tribes {
		if b, ok := r.bands[at]; ok {
			r.fit = append(r.fit, b)
		}
	}
	return engagementFit(r.engagement.figure(), r.fit)
}
