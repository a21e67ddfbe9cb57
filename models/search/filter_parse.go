package search

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/places"
	"tribemarket/models/platform"
	"tribemarket/models/text"
)

// FilterNotice says what was changed in a filter with invalid values.
type FilterNotice struct {
	Param string
	Key   string
	Args  []any
}

// Maximums of a search.
const (
	mostValues = 50
	mostWords  = 100
	mostLimit  = text.MostCount
	mostFall   = 1_000_000 // nobody loses more followers than all
)

// ParseFilter parses a search from a URL's query. Unknown parameters are
// ignored; an invalid value becomes the nearest valid one, and a notice says
// so.
func ParseFilter(values url.Values, catalogue *creators.TribeCatalogue) (Filter, []FilterNotice) {
	return parseFilter(values, catalogue, creators.DefaultFollowerFloor)
}

// ReadFilter is ParseFilter with the marketplace's present floor.
func (e *Engine) ReadFilter(ctx context.Context, values url.Values) (Filter, []FilterNotice, error) {
	floor, err := e.creators.FreshFollowerFloor(ctx)
	if err != nil {
		return Filter{}, nil, err
	}
	f, notices := parseFilter(values, e.creators.TribeCatalogue(), floor)
	return f, notices, nil
}

func parseFilter(values url.Values, catalogue *creators.TribeCatalogue, floor int64) (Filter, []FilterNotice) {
	p := filterParser{values: values, lowest: floor}
	for _, l := range p.f.listFilters() {
		*l.chosen = p.readList(l.FilterDefinition, catalogue)
	}
	p.readSort() // and the currency, which prices depend on
	for _, x := range p.f.singleParams() {
		p.readSingle(x)
	}
	p.readTypedCurrency()
	for _, r := range p.f.rangeFilters() {
		p.readRange(r)
	}
	p.raiseToFloor()
	p.dropOtherRegions()
	p.readPeriod()
	p.readWords()
	p.readCursor()
	return p.f, p.notices
}

type filterParser struct {
	values  url.Values
	lowest  int64 // the marketplace's floor
	f       Filter
	notices []FilterNotice
}

func (p *filterParser) addNotice(param, key string, args ...any) {
	p.notices = append(p.notices, FilterNotice{param, "creators.notice." + key, args})
}

// quoteValue returns a value as a notice quotes it.
func quoteValue(value string) string {
	return text.Truncate(text.SingleLine(strings.ToValidUTF8(value, "?")), 40)
}

// firstValue returns the first non-empty value of a parameter.
func (p *filterParser) firstValue(param string) string {
	for _, v := range p.values[param] {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return ""
}

func (p *filterParser) readList(d *FilterDefinition, catalogue *creators.TribeCatalogue) []string {
	var all []string
	for _, v := range p.values[d.Param] {
		if v = strings.TrimSpace(v); v == "" {
			continue
		}
		code, ok := d.Vocabulary.parse(v, catalogue)
		switch {
		case !ok && len(p.notices) < 10:
			key := "choice"
			if slices.Contains([]string{"tribe", "platform", "country", "language"}, d.Param) {
				key = d.Param
			}
			p.addNotice(d.Param, key, "value", quoteValue(v))
		case ok && !slices.Contains(all, code) && len(all) < mostValues:
			all = append(all, code)
		}
	}
	slices.Sort(all)
	return all
}

func (p *filterParser) readRange(r rangeFilter) {
	ends := []struct {
		param string
		into  **int64
	}{{r.Param + "_min", &r.limits.Min}, {r.Param + "_max", &r.limits.Max}}
	for _, end := range ends {
		v := p.firstValue(end.param)
		if v == "" {
			continue
		}
		n, ok := r.parse(strings.TrimLeft(v, "-−"))
		below := strings.HasPrefix(v, "-") || strings.HasPrefix(v, "−")
		switch {
		case !ok:
			p.addNotice(end.param, "number", "value", quoteValue(v))
			continue
		case below && r.Signed:
			n = max(-n, -mostFall)
		case below:
			n = 0
			p.addNotice(end.param, "negative", "value", quoteValue(v))
		case n > mostLimit:
			n = mostLimit
			p.addNotice(end.param, "large", "value", quoteValue(v))
		}
		*end.into = &n
	}
	if r.limits.Min != nil && r.limits.Max != nil && *r.limits.Min > *r.limits.Max {
		r.limits.Min, r.limits.Max = r.limits.Max, r.limits.Min
		p.addNotice(r.Param+"_min", "swapped")
	}
}

// raiseToFloor raises a limit to the marketplace's floor: nobody below it is listed.
func (p *filterParser) raiseToFloor() {
	for _, end := range []struct {
		param string
		limit **int64
	}{{"followers_min", &p.f.Followers.Min}, {"followers_max", &p.f.Followers.Max}} {
		if *end.limit != nil && **end.limit < p.lowest {
			*end.limit = new(p.lowest)
			p.addNotice(end.param, "floor", "floor", p.lowest)
		}
	}
}

// dropOtherRegions drops the regions of countries that were not chosen.
func (p *filterParser) dropOtherRegions() {
	if len(p.f.Countries) == 0 {
		return
	}
	p.f.Regions = slices.DeleteFunc(p.f.Regions, func(region string) bool {
		country, _, _ := strings.Cut(region, "-")
		elsewhere := !slices.Contains(p.f.Countries, country)
		if elsewhere {
			known, _, _ := creators.RegionByCode(region)
			p.addNotice("region", "region", "value", cmp.Or(known.Name, region))
		}
		return elsewhere
	})
}

// readSingle reads a parameter with one value.
func (p *filterParser) readSingle(x singleParam) {
	if v := p.firstValue(x.param); !x.set(v) {
		p.addNotice(x.param, "choice", "value", quoteValue(v))
	}
}

// readPeriod reads the first and last day; a single one is both.
func (p *filterParser) readPeriod() {
	from, to := &p.f.FreeFrom, &p.f.FreeTo
	switch {
	case *from == (models.Date{}):
		*from = *to
	case *to == (models.Date{}):
		*to = *from
	case to.String() < from.String():
		*from, *to = *to, *from
		p.addNotice("free_from", "swapped")
	}
}

func oneOf(word string, all []string) (string, bool) {
	word = strings.ToLower(word)
	return word, slices.Contains(all, word)
}

func (p *filterParser) readWords() {
	v := text.Truncate(text.SingleLine(p.firstValue("q")), 10*mostWords)
	if handle, ok := platform.HandleFromURL(v); ok {
		v = text.Truncate(text.SingleLine("@"+handle), 10*mostWords)
	}
	if text.Length(v) > mostWords {
		v = text.Truncate(v, mostWords)
		p.addNotice("q", "words", "most", mostWords)
	}
	p.f.Words = v
}

func (p *filterParser) readSort() {
	v := p.firstValue("sort")
	by := Sort(strings.TrimPrefix(v, "-"))
	if v != "" && !slices.Contains(Sorts(), by) {
		p.addNotice("sort", "sort", "value", quoteValue(v))
		v = ""
	}
	if v == "" {
		by, v = ByRelevance, "-"
	}
	p.f.Sort, p.f.Descending = by, v[0] == '-'
}

func (p *filterParser) readCursor() {
	for _, end := range []struct {
		param string
		into  **models.Cursor
	}{{"after", &p.f.After}, {"before", &p.f.Before}} {
		v := p.firstValue(end.param)
		if v == "" {
			continue
		}
		c, err := models.ParseCursor(v)
		if err != nil || p.f.After != nil {
			p.addNotice(end.param, "place")
			continue
		}
		*end.into = &c
	}
}

// parseWhole parses a number of followers or views as people type it.
func parseWhole(s string) (int64, bool) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n >= 0 {
		return n, true
	}
	n := text.ParseTypedCount(s)
	if n == nil {
		if s != "" && strings.Trim(s, "0123456789") == "" {
			return mostLimit + 1, true
		}
		return 0, false
	}
	return *n, true
}

// parseRegion parses an ISO 3166-2 code.
func parseRegion(v string) (string, bool) {
	v = strings.ToUpper(v)
	country, part, ok := strings.Cut(v, "-")
	if _, known := places.ParseCountry(country); !ok || !known || len(country) != 2 || len(part) < 1 || len(part) > 3 || strings.Trim(part, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return "", false
	}
	return v, true
}
