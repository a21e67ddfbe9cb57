package sentence

import (
	"strconv"

	"tribemarket/models/search"
	"tribemarket/models/text"
)

// limit is a number of a sentence with the words that say what it is.
type limit struct {
	about    subject
	min, max *amount
	compared bool // a word says which of the two it is
	counted  bool // the words after it say what it is about
}

// mostPercent is the largest percentage that is understood.
const mostPercent = 1000

// mostPrice is more than any price that a filter takes.
const mostPrice = 1_000_000_000

// readNumber reads a limit: "under 50k", "engagement over 5 %", "video below 300 euros".
func (p *parser) readNumber(i int) int {
	about, at := p.subjectBefore(i)
	l, n := p.limitAt(at)
	if n == 0 {
		return 0
	}
	l.about = about
	at += n
	at += p.subjectAfter(at, &l)
	at += p.comparisonAfter(at, &l)
	at += p.monthAfter(at, &l)
	if !l.settle() {
		return 0
	}
	return p.add(i, at-i, true, l.choices()...)
}

// subjectBefore reads what the number is about, if the words before it say so, and
// returns the token after them.
func (p *parser) subjectBefore(i int) (about subject, at int) {
	for at = i; ; {
		s, n := p.subjectAt(at)
		if n == 0 || about.param != "" && s.param != about.param {
			return about, at
		}
		if s.format == "" {
			s.format = about.format
		}
		about = s
		at = p.skip(at+n, connected)
	}
}

func (p *parser) subjectAt(i int) (s subject, n int) {
	n = p.longest(i, func(phrase string) bool {
		known, ok := subjects[phrase]
		if ok {
			s = known
		}
		return ok
	})
	return s, n
}

// limitAt reads numbers and how they compare.
func (p *parser) limitAt(i int) (l limit, n int) {
	if n := p.rangeAt(i, &l); n > 0 {
		return l, n
	}
	least, most := p.longest(i, isOneOf(atLeast)), p.longest(i, isOneOf(atMost))
	at := i + max(least, most)
	a, n := p.amountAt(at)
	if n == 0 {
		return l, 0
	}
	l.set(a, least, most)
	at += n
	return l, at + p.comparisonAfter(at, &l) - i
}

// set makes a number the least or the most, depending on which comparison is longer.
func (l *limit) set(a amount, least, most int) {
	l.min, l.max, l.compared = &a, nil, least+most > 0
	if most > least {
		l.min, l.max = nil, &a
	}
}

// comparisonAfter reads how a number compares if the words after it say so, and do not
// belong to the next number: 5 % or more.
func (p *parser) comparisonAfter(i int, l *limit) int {
	least, most := p.longest(i, isOneOf(orMore)), p.longest(i, isOneOf(orLess))
	if _, next := p.amountAt(i + max(least, most)); l.compared || least+most == 0 || next > 0 {
		return 0
	}
	l.set(l.some(), least, most)
	return max(least, most)
}

// rangeAt reads a number from one to another.
func (p *parser) rangeAt(i int, l *limit) int {
	at := i + p.longest(i, isOneOf(between))
	a, n := p.amountAt(at)
	if n == 0 {
		return 0
	}
	at += n
	to := p.longest(at, isOneOf(upTo))
	b, n := p.amountAt(at + to)
	if to == 0 || n == 0 {
		return 0
	}
	if a.magnitude == 1 && b.magnitude > 1 && a.number < b.number { // 10-50k
		a.magnitude = b.magnitude
	}
	if a.currency == "" {
		a.currency = b.currency
	}
	a.percent, b.percent = a.percent || b.percent, a.percent || b.percent
	if b.currency == "" {
		b.currency = a.currency
	}
	if a.currency != b.currency {
		return 0
	}
	if a.value() > b.value() {
		a, b = b, a
	}
	l.min, l.max, l.compared = &a, &b, true
	return at + to + n - i
}

// subjectAfter reads what the number is about, if the words after it say so and do not
// belong to the next number.
func (p *parser) subjectAfter(i int, l *limit) int {
	at := p.skip(i, per)
	s, n := p.subjectAt(at)
	if n == 0 || l.about.param != "" && (l.about.param != s.param || l.about.format != "") {
		return 0
	}
	after := *l
	after.about = s
	if !after.fits() {
		return 0
	}
	if at == i && p.isBeforeItsNumber(at, *l) {
		return 0
	}
	l.about, l.counted = s, true
	return at + n - i
}

// isBeforeItsNumber says whether the subject at a token belongs to a number that follows
// it, and not to the limit before it.
func (p *parser) isBeforeItsNumber(i int, l limit) bool {
	s, n := p.subjectAt(i)
	at := p.skip(i+n, connected)
	next, m := p.limitAt(at)
	if m == 0 || !next.compared || !l.settle() {
		return false
	}
	next.about = s
	other, k := p.subjectAt(at + m)
	own := next
	own.about = other
	return next.fits() && (k == 0 || !own.fits())
}

// monthAfter reads the time in which something grew or was posted.
func (p *parser) monthAfter(i int, l *limit) int {
	if l.about.param != "growth" && l.about.param != "posts" {
		return 0
	}
	at := p.skip(p.skip(i, per), withinWords)
	hours, n := p.timeAt(at)
	switch {
	case n == 0:
		return 0
	case hours == 90*24 && l.about.param == "growth":
		l.about.param = "growth90"
	case hours != 30*24:
		l.about.param = "" // not what the filter counts
	}
	return at + n - i
}

// settle finds what a number is about by its unit if no word says so, and whether it is
// the least or the most if no word compares.
func (l *limit) settle() bool {
	some := l.some()
	if l.about.param == "" {
		switch {
		case some.currency != "":
			l.about.param = "price"
		case !l.compared:
			return false
		case some.percent:
			l.about.param = "engagement"
		case some.value() >= 1000*one:
			l.about.param = "followers"
		}
	}
	named := l.compared || l.counted || some.hasUnit() || l.about.format == ""
	if !l.fits() || !named {
		return false
	}
	if !l.compared && l.about.param == "price" { // a price that is named is a budget
		l.min, l.max = nil, l.min
	}
	return true
}

func (l *limit) some() amount {
	if l.min != nil {
		return *l.min
	}
	return *l.max
}

// fits says whether the numbers can be what they are about.
func (l *limit) fits() bool {
	d := search.FilterDefinitionOf(l.about.param)
	if d.Param == "" {
		return false
	}
	for _, a := range []*amount{l.min, l.max} {
		if a == nil {
			continue
		}
		switch d.Unit {
		case search.UnitPercent:
			if a.currency != "" || a.magnitude > 1 || a.number > mostPercent*one {
				return false
			}
		case search.UnitMoney:
			if a.percent || a.value() >= mostPrice*one {
				return false
			}
		default:
			if a.percent || a.currency != "" {
				return false
			}
		}
	}
	return true
}

// choices returns the parameters of the limit.
func (l *limit) choices() []choice {
	var all []choice
	if l.about.format != "" {
		all = append(all, choice{"format", l.about.format})
	}
	if code := l.some().currency; code != "" { // before the price, whose decimals depend on it
		all = append(all, choice{"currency", code})
	}
	for _, end := range []struct {
		name string
		a    *amount
	}{{"_min", l.min}, {"_max", l.max}} {
		if end.a == nil {
			continue
		}
		value := end.a.format()
		if search.FilterDefinitionOf(l.about.param).Unit == search.UnitWhole {
			value = strconv.FormatInt(end.a.value()/one, 10)
		}
		all = append(all, choice{l.about.param + end.name, value})
	}
	return all
}

// timeAt reads a length of time, in hours: 24 h, 3 days, a week.
func (p *parser) timeAt(i int) (hours int64, n int) {
	count, at := int64(1), i
	if p.is(i, number) {
		number, ok := parseNumber(p.tokens[i].typed, 1)
		if !ok || number > text.MostCount {
			return 0, 0
		}
		count = number / one
		at++
		at = p.skip(at, pastWords)
	}
	unit := times[p.textAt(at)]
	if unit == 0 {
		return 0, 0
	}
	return count * unit, at + 1 - i
}

// readPeriod reads a filter within a time: "answers within 24 h". Of the filter's options
// it is the longest that is not longer.
func (p *parser) readPeriod(i int) int {
	for _, d := range search.FilterDefinitions() {
		n := p.longest(i, isOneOf(named[d.Param]))
		if n == 0 || d.Kind != search.KindWithin {
			continue
		}
		at := p.skip(i+n, withinWords)
		hours, m := p.timeAt(at)
		if m == 0 {
			continue
		}
		option := int64(0)
		for _, o := range d.Options {
			length := o
			if d.Unit == search.UnitDays {
				length *= 24
			}
			if length <= hours {
				option = o
			}
		}
		if option == 0 {
			p.lose(i, at+m-i)
			return at + m - i
		}
		return p.add(i, at+m-i, true, choice{d.Param, strconv.FormatInt(option, 10)})
	}
	return 0
}
