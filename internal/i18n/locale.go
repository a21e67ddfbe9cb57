package i18n

import (
	"context"
	"time"

	"golang.org/x/text/language"

	"tribemarket/models"
)

// Locale is a language in which every text of the site exists.
type Locale string

// The languages of the site; English is the fallback.
const (
	EN Locale = "en"
	FR Locale = "fr"
	NL Locale = "nl"
)

// Locales lists the languages in the order in which they are offered: those named by
// package models, each of which has its texts and formats here.
func Locales() []Locale {
	all := make([]Locale, 0, len(models.Locales()))
	for _, l := range models.Locales() {
		all = append(all, Locale(l))
	}
	return all
}

// maxAcceptLanguage is far more than browsers send; longer headers are not parsed.
const maxAcceptLanguage = 512

var localeMatcher = language.NewMatcher([]language.Tag{language.English, language.French, language.Dutch})

// MatchLocale is the best language for a browser's Accept-Language header; otherwise
// where it asks for none that the site has.
func MatchLocale(acceptLanguage string, otherwise Locale) Locale {
	if len(acceptLanguage) > maxAcceptLanguage {
		return otherwise
	}
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(tags) == 0 {
		return otherwise
	}
	_, i, confidence := localeMatcher.Match(tags...)
	if confidence == language.No {
		return otherwise
	}
	return Locales()[i]
}

// ParseLocale reads a locale's code; it is false for a language the site does not have.
func ParseLocale(s string) (Locale, bool) {
	switch l := Locale(s); l {
	case EN, FR, NL:
		return l, true
	}
	return EN, false
}

// LocaleName is the language's name in the language itself.
func LocaleName(l Locale) string {
	switch l {
	case FR:
		return "Français"
	case NL:
		return "Nederlands"
	}
	return "English"
}

func (l Locale) languageTag() language.Tag { return language.Make(string(l)) }

type contextKey struct{}

type readerSettings struct {
	locale  Locale
	zone    *time.Location
	missing func(Locale, string)
}

func readerSettingsOf(ctx context.Context) readerSettings {
	if r, ok := ctx.Value(contextKey{}).(readerSettings); ok {
		return r
	}
	return readerSettings{locale: EN, zone: time.UTC}
}

// WithLocale returns a context whose reader has this language and time zone; a nil zone
// is UTC.
func WithLocale(ctx context.Context, l Locale, zone *time.Location) context.Context {
	r := readerSettingsOf(ctx)
	if zone == nil {
		zone = time.UTC
	}
	r.locale, r.zone = l, zone
	return context.WithValue(ctx, contextKey{}, r)
}

// WithMissingText returns a context in which f is called for a key without a text, so
// that a test can fail. Without it, the key itself is shown.
func WithMissingText(ctx context.Context, f func(Locale, string)) context.Context {
	r := readerSettingsOf(ctx)
	r.missing = f
	return context.WithValue(ctx, contextKey{}, r)
}

// LocaleOf is the reader's language, English if none was set.
func LocaleOf(ctx context.Context) Locale { return readerSettingsOf(ctx).locale }

// TimeZoneOf is the reader's time zone, UTC if none was set.
func TimeZoneOf(ctx context.Context) *time.Location { return readerSettingsOf(ctx).zone }
