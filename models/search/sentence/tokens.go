package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tribemarket/models/text"
)

// tokenKind is the kind of a token.
type tokenKind int

const (
	word   tokenKind = iota
	number           // digits with their separators
	sign             // one character that means something: % + - < > and signs of currencies
	pause            // a comma, or another character that ends a phrase
)

// token is a piece of a sentence.
type token struct {
	kind     tokenKind
	text     string // of a word: without case and accents
	typed    string
	from, to int // bytes of the sentence
}

// mostTokens is the maximum number of tokens that are read; a search has no more words.
const mostTokens = 200

// signs are the characters that mean something by themselves.
const signs = "%٪+-–—−<>≤≥=€$£¥#"

// pauses are the characters that end a phrase.
const pauses = ",;.!?()\n·|/"

// split returns the tokens of a sentence. Apostrophes and hyphens separate words; a word
// with points or underscores in it, or after an @, is a handle and stays whole.
func split(sentence string) []token {
	var all []token
	for at := 0; at < len(sentence) && len(all) < mostTokens; {
		r, n := utf8.DecodeRuneInString(sentence[at:])
		t := token{kind: sign, from: at, to: at + n}
		switch {
		case isDigit(r):
			t.kind, t.to = number, endOfNumber(sentence, at)
		case isLetter(r) || r == '@' || r == '_':
			t.kind, t.to = word, endOfWord(sentence, at)
		case joinsWords(sentence, at, n):
			at += n
			continue
		case strings.ContainsRune(signs, r):
		case strings.ContainsRune(pauses, r):
			t.kind = pause
		default:
			at += n
			continue
		}
		t.typed = sentence[t.from:t.to]
		t.text = fold(t.typed)
		all = append(all, t)
		at = t.to
	}
	return all
}

// joinsWords says whether the character at a place is a hyphen between letters.
func joinsWords(s string, at, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at+n:])
	return strings.ContainsRune("-‐‑", []rune(s[at : at+n])[0]) && isLetter(before) && isLetter(after)
}

// fold returns a text in the form in which words are compared.
func fold(s string) string { return text.RemoveAccents(text.Fold(s)) }

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.M, r) }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// endOfWord returns where the word at a place ends.
func endOfWord(s string, at int) int {
	handle := s[at] == '@' || s[at] == '_'
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		next, _ := utf8.DecodeRuneInString(s[at+n:])
		switch {
		case isLetter(r) || handle && isDigit(r), strings.ContainsRune("@_", r):
			handle = handle || r == '@' || r == '_'
		case (r == '.' || isDigit(r)) && (isLetter(next) || isDigit(next) || next == '_'): // lea.cuisine, maker001
			handle = true
		case isDigit(r):
		default:
			return at
		}
		at += n
	}
	return at
}

// endOfNumber returns where the number at a place ends: digits, and separators between
// them. A space separates groups of three digits.
func endOfNumber(s string, at int) int {
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		switch {
		case isDigit(r):
		case strings.ContainsRune(".,'’", r) && at+n < len(s) && isDigit(rune(s[at+n])):
		case strings.ContainsRune(" \u00a0\u202f", r) && digitsAt(s, at+n) == 3:
		default:
			return at
		}
		at += n
	}
	return at
}

// digitsAt is the number of digits at a place.
func digitsAt(s string, at int) (n int) {
	for at+n < len(s) && isDigit(rune(s[at+n])) {
		n++
	}
	return n
}
