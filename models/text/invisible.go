package text

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// Invisible characters that some scripts and emoji need.
const (
	nonJoiner   = '\u200c'
	joiner      = '\u200d'
	textStyle   = '\ufe0e'
	emojiStyle  = '\ufe0f'
	keycap      = '\u20e3'
	blackFlag   = '\U0001f3f4'
	cancelTag   = '\U000e007f'
	longestFlag = 6 // tags: a country and a part of it
)

// joiningScripts have letters whose shape depends on whether they join their neighbours.
var joiningScripts = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mandaic, unicode.Nko, unicode.Adlam, unicode.Hanifi_Rohingya, unicode.Mongolian, unicode.Phags_Pa,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada,
	unicode.Malayalam, unicode.Sinhala, unicode.Myanmar, unicode.Khmer, unicode.Tibetan, unicode.Balinese, unicode.Javanese,
}

// RemoveInvisible returns a text in NFC without characters that are invisible and change
// nothing but how the text is read: zero-width spaces, soft hyphens, bidirectional
// embeddings, overrides and isolates, tags, stray joiners and variation selectors. They
// stay where they mean something: a joiner within an emoji or between letters that join
// (Persian, Indic scripts), a direction mark in a text that has right-to-left letters, a
// variation selector after what has variants. Controls, such as line breaks, stay.
func RemoveInvisible(s string) string {
	if isPrintableASCII(s) {
		return s
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, ""))
	if !strings.ContainsFunc(s, isIgnorable) {
		return s
	}
	all := []rune(s)
	rightToLeft := slices.ContainsFunc(all, isRightToLeft)
	kept, next := make([]rune, 0, len(all)), 0
	for i := 0; i < len(all); i++ {
		r := all[i]
		if tags := flagTags(all[i:]); tags > 0 {
			kept = append(kept, all[i:i+1+tags]...)
			i += tags
			continue
		}
		for next = max(next, i+1); next < len(all) && isIgnorable(all[next]); next++ {
		}
		if !isIgnorable(r) || belongs(r, at(kept, len(kept)-1), at(all, next), rightToLeft) {
			kept = append(kept, r)
		}
	}
	return norm.NFC.String(string(kept))
}

func at(all []rune, i int) rune {
	if i < 0 || i >= len(all) {
		return 0
	}
	return all[i]
}

// isIgnorable says whether nothing is drawn for the character itself: the property
// Default_Ignorable_Code_Point of Unicode, with the noncharacters.
func isIgnorable(r rune) bool {
	if r < 0x34f {
		return r == 0xad
	}
	if unicode.Is(unicode.Prepended_Concatenation_Mark, r) || r >= 0x13430 && r <= 0x1345f { // drawn: Arabic number signs, Egyptian layout
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Noncharacter_Code_Point)
}

// belongs says whether an ignorable character means something between its neighbours.
func belongs(r, before, after rune, rightToLeft bool) bool {
	switch {
	case r == nonJoiner:
		return joins(before) && joins(after)
	case r == joiner:
		return joins(before) || (isPictograph(before) || before == emojiStyle || unicode.Is(unicode.Sk, before)) && isPictograph(after)
	case unicode.Is(unicode.Bidi_Control, r) && (r < 0x2010 || r == 0x61c): // marks; not embeddings, overrides and isolates
		return rightToLeft && !(unicode.IsLetter(before) && unicode.IsLetter(after)) && !isIgnorable(before)
	case r == textStyle, r == emojiStyle:
		return unicode.In(before, unicode.So, unicode.Sm) || strings.ContainsRune("‼⁉〰ℹ", before) || after == keycap && strings.ContainsRune("0123456789#*", before)
	case r >= 0xe0100 && unicode.Is(unicode.Variation_Selector, r):
		return unicode.Is(unicode.Han, before)
	case r >= 0xfe00 && r < textStyle:
		return unicode.In(before, unicode.Han, unicode.Sm, unicode.Myanmar, unicode.Phags_Pa)
	case r >= 0x180b && r <= 0x180f && r != 0x180e:
		return unicode.Is(unicode.Mongolian, before) && unicode.IsLetter(before)
	case r == 0x115f: // fillers complete a syllable of old Hangul
		return after >= 0x1160 && after <= 0x11ff
	case r == 0x1160:
		return before >= 0x1100 && before <= 0x115e
	}
	return false
}

// joins says whether the character is a letter or mark of a script that joins letters.
func joins(r rune) bool {
	return !isIgnorable(r) && unicode.In(r, unicode.L, unicode.M) && unicode.In(r, joiningScripts...)
}

// isPictograph says whether the character can be a part of an emoji of several.
func isPictograph(r rune) bool {
	return r >= 0x2190 && unicode.In(r, unicode.So, unicode.Sm) && !unicode.Is(unicode.Regional_Indicator, r)
}

func isRightToLeft(r rune) bool {
	if r < 0x590 {
		return false
	}
	p, _ := bidi.LookupRune(r)
	return (p.Class() == bidi.R || p.Class() == bidi.AL) && unicode.IsLetter(r)
}

// flagTags is the number of tags that make the flag of a part of a country (Wales) of the
// black flag at the beginning of the text.
func flagTags(s []rune) int {
	if s[0] != blackFlag {
		return 0
	}
	for n, r := range s[1:min(len(s), longestFlag+2)] {
		switch {
		case r == cancelTag && n > 0:
			return n + 1
		case r < 0xe0030 || r > 0xe007a:
			return 0
		}
	}
	return 0
}

// blanks are characters that count as letters or symbols but look like a space.
const blanks = "\u2800\u3164\uffa0"

// visible returns the text, or "" if none of its characters is visible.
func visible(s string) string {
	if strings.ContainsFunc(s, shows) {
		return s
	}
	return ""
}

// shows says whether the character is visible by itself.
func shows(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.M, r) && !isIgnorable(r)
}
