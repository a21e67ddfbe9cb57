package sentence

import (
	"slices"
	"strings"

	"tribemarket/models/creators"
	"tribemarket/models/search"
	"tribemarket/models/text"
)

// MostCharacters is the maximum length of a sentence.
const MostCharacters = 200

// Reading is what a sentence was understood as.
type Reading struct {
	Text          string   // on one line
	NotUnderstood []string // words, as they were typed

	clauses []clause
	people  bool
}

// Read reads a sentence.
func Read(sentence string, catalogue *creators.TribeCatalogue) Reading {
	r := Reading{Text: text.Truncate(text.SingleLine(strings.ToValidUTF8(sentence, "")), MostCharacters)}
	p := parser{sentence: r.Text, words: lexiconOf(catalogue)}
	p.tokens = p.words.splitCompounds(split(r.Text))
	p.lost = make([]bool, len(p.tokens))
	p.read()
	r.clauses, r.people, r.NotUnderstood = p.clauses, p.people, p.lostPhrases()
	return r
}

// lostPhrases returns the words that were not understood; neighbours are one phrase.
func (p *parser) lostPhrases() []string {
	var all []string
	for i := 0; i < len(p.tokens); i++ {
		if !p.lost[i] {
			continue
		}
		first := i
		for i+1 < len(p.tokens) && p.lost[i+1] && p.tokens[i+1].kind != pause {
			i++
		}
		all = append(all, p.typed(first, i-first+1))
	}
	return all
}

// HasFilters says whether any part of the text is a filter.
func (r Reading) HasFilters() bool { return len(r.clauses) > 0 }

// IsSentence says whether the text asks for filters rather than for a name: a part of it
// can hardly be a name, or it has several parts that are all understood.
func (r Reading) IsSentence() bool {
	if r.people && len(r.clauses) > 0 || slices.ContainsFunc(r.clauses, func(c clause) bool { return c.certain }) {
		return true
	}
	return len(r.clauses) > 1 && len(r.NotUnderstood) == 0
}

// AddTo returns a filter with what the sentence asks for.
func (r Reading) AddTo(f search.Filter) search.Filter {
	for _, c := range r.clauses {
		for _, x := range c.choices {
			f = f.With(x.param, x.value)
		}
	}
	return f
}

// RemoveFrom returns a filter without what the sentence asks for.
func (r Reading) RemoveFrom(f search.Filter) search.Filter {
	for _, c := range r.clauses {
		for _, x := range c.choices {
			if holds(f, x) {
				f = f.Without(x.param, x.value)
			}
		}
	}
	return f
}

// KeptIn returns the sentence without the parts that a filter does not ask for any more.
func (r Reading) KeptIn(f search.Filter) string {
	kept, end := "", 0
	for _, c := range r.clauses {
		if slices.ContainsFunc(c.choices, func(x choice) bool { return !holds(f, x) }) {
			kept += r.Text[end:c.from]
			end = c.to
		}
	}
	if end == 0 {
		return r.Text
	}
	return tidy(kept + r.Text[end:])
}

// holds says whether a filter asks for a value.
func holds(f search.Filter, x choice) bool {
	with := f.With(x.param, x.value)
	with.After, with.Before = f.After, f.Before
	return with.Values().Encode() == f.Values().Encode()
}

// tidy closes the gaps in a sentence from which parts were taken.
func tidy(s string) string {
	var parts []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.Join(strings.Fields(part), " "); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}
