package sentence

import (
	"slices"
	"strings"

	"tribemarket/models/creators"
)

// readLanguage reads a language that creators speak: "speaking French", "French-speaking",
// "francophone".
func (p *parser) readLanguage(i int) int {
	if n := p.longest(i, func(phrase string) bool { return spoken[phrase] != "" }); n > 0 {
		return p.add(i, n, true, choice{"language", spoken[p.textAt(i)]})
	}
	before := p.longest(i, isOneOf(speaking))
	code, n := p.languageAt(i + before)
	if n == 0 {
		return 0
	}
	after := p.longest(i+before+n, isOneOf(speakingAfter))
	further := p.spoke > 0 && p.skip(p.spoke, conjunctions) == i
	if after == 0 && before == 0 && !further {
		return 0
	}
	p.spoke = i + before + n + after
	return p.add(i, before+n+after, true, choice{"language", code})
}

func (p *parser) languageAt(i int) (code string, n int) { return p.placeAt(i, languageOf) }

func (p *parser) nationAt(i int) (code string, n int) { return p.placeAt(i, countryOf) }

// placeAt reads the longest name of a place or language at a token.
func (p *parser) placeAt(i int, of func(typed, phrase string) (string, bool)) (code string, n int) {
	n = p.longestTyped(i, func(typed, phrase string) bool {
		known, ok := of(typed, phrase)
		if ok {
			code = known
		}
		return ok
	})
	return code, n
}

// readAudience reads whom creators reach: "audience in France", "female audience 18-24".
func (p *parser) readAudience(i int) int {
	at, gendered := i, choice{}
	if gender := genders[p.textAt(at)]; gender != "" {
		gendered = choice{"audience_gender", gender}
		at++
	}
	n := p.longest(at, isOneOf(audience))
	if n == 0 {
		return 0
	}
	at += n
	end := at
	var all []choice
	if gendered.param != "" {
		all = append(all, gendered)
	}
	least := ""
	for at < len(p.tokens) && !p.is(at, pause) {
		c, n := p.audiencePartAt(at)
		if n > 0 {
			all = append(all, c)
			at = p.skip(at+n, aged)
			end = at
			continue
		}
		compared := p.longest(at, isOneOf(atLeast))
		if a, n := p.amountAt(at + compared); n > 0 && a.percent && least == "" {
			least = a.format()
			at += compared + n
			end = at
			continue
		}
		next := max(p.longest(at, isOneOf(prepositions)), p.longest(at, isOneOf(aged)), p.longest(at, isOneOf(fillers)), p.longest(at, isOneOf(per)))
		if next == 0 {
			break
		}
		at += next
	}
	if len(all) == 0 {
		return 0
	}
	if least != "" {
		for _, c := range slices.Clone(all) {
			all = append(all, choice{c.param + "_min", least})
		}
	}
	return p.add(i, end-i, true, all...)
}

// audiencePartAt reads a country, gender or age group.
func (p *parser) audiencePartAt(i int) (choice, int) {
	if code, n := p.nationAt(i); n > 0 {
		return choice{"audience_country", code}, n
	}
	if gender := genders[p.textAt(i)]; gender != "" {
		return choice{"audience_gender", gender}, 1
	}
	if !p.is(i, number) {
		return choice{}, 0
	}
	for _, group := range creators.AudienceAgeGroups() {
		from, to, closed := strings.Cut(group, "-")
		if !closed && p.tokens[i].text+p.textAt(i+1) == group {
			return choice{"audience_age", group}, 2
		}
		if n := p.longest(i+1, isOneOf(upTo)); closed && n > 0 && p.tokens[i].text == from && p.textAt(i+1+n) == to {
			return choice{"audience_age", group}, n + 2
		}
	}
	return choice{}, 0
}
