package sentence

import "tribemarket/models/search"

// parser reads a sentence from left to right.
type parser struct {
	sentence string
	tokens   []token
	words    *lexicon
	clauses  []clause
	lost     []bool // by token: not understood
	people   bool   // the sentence says that it looks for creators
	spoke    int    // the token after the latest language, if more may follow
}

// clause is a part of a sentence that is understood.
type clause struct {
	from, to int // bytes of the sentence
	choices  []choice
	certain  bool // it can hardly be part of a name
}

// mostPhrase is the number of words of the longest phrase.
const mostPhrase = 6

// longest returns how many tokens the longest phrase at a token has of those for which has
// is true; 0 if none.
func (p *parser) longest(i int, has func(phrase string) bool) int {
	return p.longestTyped(i, func(_, phrase string) bool { return has(phrase) })
}

// longestTyped is longest of phrases as they were typed, too.
func (p *parser) longestTyped(i int, has func(typed, phrase string) bool) int {
	n := 0
	for n < mostPhrase && i+n < len(p.tokens) && p.tokens[i+n].kind != pause {
		n++
	}
	for ; n > 0; n-- {
		if has(p.typed(i, n), phraseOf(p.tokens[i:i+n])) {
			return n
		}
	}
	return 0
}

// skip returns the token after all phrases of a set.
func (p *parser) skip(i int, set map[string]bool) int {
	for {
		n := p.longest(i, isOneOf(set))
		if n == 0 {
			return i
		}
		i += n
	}
}

func (p *parser) is(i int, kind tokenKind) bool { return i < len(p.tokens) && p.tokens[i].kind == kind }

func (p *parser) textAt(i int) string {
	if i >= len(p.tokens) {
		return ""
	}
	return p.tokens[i].text
}

// typed returns the part of the sentence of some tokens.
func (p *parser) typed(i, n int) string { return p.sentence[p.tokens[i].from:p.tokens[i+n-1].to] }

// read reads the whole sentence.
func (p *parser) read() {
	for i := 0; i < len(p.tokens); {
		if p.is(i, pause) {
			i++
			continue
		}
		if n := p.readClause(i); n > 0 {
			i += n
			continue
		}
		if n := p.readNegation(i); n > 0 {
			i += n
			continue
		}
		if n := p.longest(i, isOneOf(people)); n > 0 {
			p.people = true
			i += n
			continue
		}
		i += p.readRest(i)
	}
}

// readRest reads what belongs to no clause: fillers, and what is not understood.
func (p *parser) readRest(i int) int {
	if n := max(p.longest(i, isOneOf(atLeast)), p.longest(i, isOneOf(atMost))); n > 0 && p.is(i+n, number) {
		p.lose(i, n+1)
		return n + 1
	}
	if n := max(p.longest(i, isOneOf(fillers)), p.longest(i, isOneOf(prepositions))); n > 0 {
		return n
	}
	// A sign counts if it stands behind something.
	p.lost[i] = p.tokens[i].kind != sign || i > 0 && p.lost[i-1] && p.tokens[i-1].kind == number
	return 1
}

// readClause reads the clause that begins at a token, and returns its length; 0 if none
// does.
func (p *parser) readClause(i int) int {
	for _, read := range []func(int) int{p.readNumber, p.readPeriod, p.readAudience, p.readFlag, p.readLanguage, p.readChoice} {
		if n := read(i); n > 0 {
			return n
		}
	}
	return 0
}

// add adds a clause, and returns its length. One that contradicts an earlier one is not
// understood.
func (p *parser) add(i, n int, certain bool, choices ...choice) int {
	for _, c := range choices {
		if single(c.param) && p.contradicts(c) {
			p.lose(i, n)
			return n
		}
	}
	p.clauses = append(p.clauses, clause{p.tokens[i].from, p.tokens[i+n-1].to, choices, certain})
	return n
}

// single says whether a parameter has only one value.
func single(param string) bool {
	d := search.FilterDefinitionOf(param)
	return d.Param == "" || d.Kind != search.KindList && d.Kind != search.KindShare
}

func (p *parser) contradicts(c choice) bool {
	for _, known := range p.clauses {
		for _, k := range known.choices {
			if k.param == c.param && k.value != c.value {
				return true
			}
		}
	}
	return false
}

func (p *parser) lose(i, n int) {
	for k := i; k < i+n; k++ {
		p.lost[k] = true
	}
}

// readNegation reads what a sentence does not want, which is not understood.
func (p *parser) readNegation(i int) int {
	n := p.longest(i, isOneOf(negations))
	if n == 0 {
		return 0
	}
	at, known := p.skip(i+n, fillers), len(p.clauses)
	next := p.readClause(at)
	p.clauses = p.clauses[:known]
	if next == 0 && at < len(p.tokens) && !p.is(at, pause) {
		next = 1
	}
	n = at + next - i
	p.lose(i, n)
	return n
}

// readFlag reads a filter that is on or off.
func (p *parser) readFlag(i int) int {
	for _, d := range search.FilterDefinitions() {
		if d.Kind != search.KindFlag {
			continue
		}
		if n := p.longest(i, isOneOf(named[d.Param])); n > 0 {
			return p.add(i, n, true, choice{d.Param, "1"})
		}
	}
	return 0
}

// readChoice reads a value: a tribe, place, platform or language.
func (p *parser) readChoice(i int) int {
	before := p.longest(i, isOneOf(prepositions))
	at := i + before
	for _, skipped := range []bool{false, true} {
		if skipped {
			at = p.skip(at, articles)
		}
		if c, n := p.choiceAt(at, before > 0); n > 0 {
			if c.param == "country" {
				if after := p.longest(at+n, isOneOf(audience)); after > 0 {
					return p.add(i, at+n+after-i, true, choice{"audience_country", c.value})
				}
			}
			return p.add(i, at+n-i, before > 0 && c.param != "tribe" && c.param != "type", c)
		}
	}
	return 0
}

// choiceAt returns the value with the longest name at a token. After a preposition, a
// word for a nation is a language: in French.
func (p *parser) choiceAt(i int, after bool) (c choice, n int) {
	take := func(param string, of func(typed, phrase string) (string, bool)) {
		var value string
		k := p.longestTyped(i, func(typed, phrase string) bool {
			v, ok := of(typed, phrase)
			if ok {
				value = v
			}
			return ok
		})
		if k > n {
			c, n = choice{param, value}, k
		}
	}
	n = p.longest(i, func(phrase string) bool {
		known, ok := p.words.choices[phrase]
		if ok {
			c = known
		}
		return ok
	})
	take("country", func(typed, phrase string) (string, bool) {
		if _, nation := nationalities[phrase]; nation && after {
			if _, language := languageOf(typed, phrase); language {
				return "", false
			}
		}
		return countryOf(typed, phrase)
	})
	take("language", languageOf)
	return c, n
}
