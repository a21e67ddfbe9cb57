package i18n_test

import (
	"context"
	"errors"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tribemarket/internal/i18n"
	"tribemarket/models"
)

func in(l i18n.Locale) context.Context { return i18n.WithLocale(context.Background(), l, nil) }

func TestNumbersAreWrittenAsTheLanguageDoes(t *testing.T) {
	t.Parallel()
	en, fr, nl := in(i18n.EN), in(i18n.FR), in(i18n.NL)
	eur := func(n int64) models.Money { return models.Money{Minor: n, Currency: "EUR"} }
	cur := func(n int64, c string) models.Money { return models.Money{Minor: n, Currency: c} }
	rows := []struct{ name, got, want string }{
		{"en number", i18n.Number(en, 1234567), "1,234,567"},
		{"fr number", i18n.Number(fr, 1234567), "1\u202f234\u202f567"},
		{"nl number", i18n.Number(nl, -1234567), "−1.234.567"},
		{"no group", i18n.Number(nl, 999), "999"},
		{"least", i18n.Number(en, math.MinInt64), "−9,223,372,036,854,775,808"},
		{"en compact", i18n.CompactNumber(en, 48_200), "48.2k"},
		{"fr compact", i18n.CompactNumber(fr, 48_200), "48,2\u00a0k"},
		{"nl compact", i18n.CompactNumber(nl, 48_200), "48,2k"},
		{"under a threshold", i18n.CompactNumber(en, 9_999), "9.9k"},
		{"threshold", i18n.CompactNumber(en, 10_000), "10k"},
		{"hundreds", i18n.CompactNumber(en, 999_999), "999k"},
		{"millions", i18n.CompactNumber(fr, 1_250_000), "1,2\u00a0M"},
		{"nl millions", i18n.CompactNumber(nl, 1_250_000), "1,2\u00a0mln."},
		{"billions", i18n.CompactNumber(en, 2_000_000_000_000), "2,000B"},
		{"small", i18n.CompactNumber(en, 999), "999"},
		{"negative", i18n.CompactNumber(en, -1_500), "−1.5k"},
		{"en percent", i18n.Percent(en, 73_000), "7.3%"},
		{"fr percent", i18n.Percent(fr, 73_000), "7,3\u202f%"},
		{"nl percent", i18n.Percent(nl, 73_000), "7,3%"},
		{"exact", i18n.ExactPercent(fr, 123_450), "12,345\u202f%"},
		{"exact and small", i18n.ExactPercent(en, 1), "0.0001%"},
		{"exact and whole", i18n.ExactPercent(nl, 75_000), "7,5%"},
		{"rounds", i18n.Percent(en, 44_960), "4.5%"},
		{"under one", i18n.Percent(en, 4_260), "0.43%"},
		{"nearly one", i18n.Percent(en, 9_990), "1.0%"},
		{"large", i18n.Percent(en, 12_345_000), "1,234.5%"},
		{"negative percent", i18n.Percent(nl, -7_000), "−0,70%"},
		{"fr negative percent", i18n.Percent(fr, -123_456), "−12,3\u202f%"},
		{"rounds away from zero", i18n.Percent(en, -44_950), "−4.5%"},
		{"nearly minus one", i18n.Percent(en, -9_960), "−1.0%"},
		{"nearly nothing has no sign", i18n.Percent(en, -49), "0.00%"},
		{"nothing", i18n.Percent(en, 0), "0.00%"},
		{"en rise", i18n.SignedPercent(en, 187_500), "+18.8%"},
		{"fr rise", i18n.SignedPercent(fr, 1_230), "+0,12\u202f%"},
		{"nl fall", i18n.SignedPercent(nl, -187_500), "−18,8%"},
		{"no rise", i18n.SignedPercent(en, 49), "0.00%"},
		{"no fall", i18n.SignedPercent(en, -49), "0.00%"},
		{"en axis below zero", i18n.WholePercent(en, -100_000), "−10%"},
		{"fr axis below zero", i18n.WholePercent(fr, -25_000), "−2,5\u202f%"},
		{"nl decimal", i18n.Decimal(nl, -1_205, 2), "−12,05"},
		{"small negative", i18n.CompactNumber(fr, -999), "−999"},
		{"fr compact negative", i18n.CompactNumber(fr, -48_200), "−48,2\u00a0k"},
		{"whole owed", i18n.WholeMoney(en, eur(-42000)), "−€420"},
		{"in a text", i18n.T(nl, "moderation.admin.index.megabytes", "n", -1_200), "−1.200 MB"},
		{"en money", i18n.Money(en, eur(123456)), "€1,234.56"},
		{"fr money", i18n.Money(fr, eur(123456)), "1\u202f234,56\u00a0€"},
		{"nl money", i18n.Money(nl, eur(123456)), "€\u00a01.234,56"},
		{"en owed", i18n.Money(en, eur(-5)), "−€0.05"},
		{"fr owed", i18n.Money(fr, eur(-5)), "−0,05\u00a0€"},
		{"nl owed", i18n.Money(nl, eur(-5)), "€\u00a0−0,05"},
		{"yen", i18n.Money(en, cur(1234, "JPY")), "¥1,234"},
		{"fr yen", i18n.Money(fr, cur(1234, "JPY")), "1\u202f234\u00a0JPY"},
		{"dinar", i18n.Money(nl, cur(1234567, "KWD")), "KWD\u00a01.234,567"},
		{"franc", i18n.Money(en, cur(4200, "CHF")), "CHF\u00a042.00"},
		{"whole", i18n.WholeMoney(en, eur(42000)), "€420"},
		{"not whole", i18n.WholeMoney(fr, eur(42050)), "420,50\u00a0€"},
	}
	for _, r := range rows {
		if r.got != r.want {
			t.Errorf("%s: %q, want %q", r.name, r.got, r.want)
		}
	}
}

func TestDatesAreWrittenWhereTheReaderLives(t *testing.T) {
	t.Parallel()
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 20, 13, 0, 0, 0, time.UTC)
	due := time.Date(2026, 11, 24, 16, 0, 0, 0, time.UTC)
	late := time.Date(2026, 11, 30, 23, 30, 0, 0, time.UTC)
	en := i18n.WithLocale(context.Background(), i18n.EN, paris)
	fr := i18n.WithLocale(context.Background(), i18n.FR, paris)
	nl := i18n.WithLocale(context.Background(), i18n.NL, paris)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	const day = 24 * time.Hour
	rows := []struct{ name, got, want string }{
		{"en", i18n.Date(en, due), "24 Nov 2026"},
		{"fr", i18n.Date(fr, due), "24 nov. 2026"},
		{"nl", i18n.Date(nl, due), "24 nov 2026"},
		{"next day in the zone", i18n.Date(en, late), "1 Dec 2026"},
		{"first in French", i18n.ShortDate(fr, late), "1er déc."},
		{"utc", i18n.Date(in(i18n.EN), late), "30 Nov 2026"},
		{"time", i18n.DateTime(en, due), "24 Nov 2026, 17:00"},
		{"fr time", i18n.DateTime(fr, due), "24 nov. 2026 à 17:00"},
		{"weekday", i18n.WeekdayDateTime(en, due), "Tue 24 Nov, 17:00"},
		{"fr weekday", i18n.WeekdayDateTime(fr, due), "mar. 24 nov. à 17:00"},
		{"nl weekday", i18n.WeekdayDateTime(nl, due), "di 24 nov, 17:00"},
		{"day", i18n.Day(nl, models.Date{Year: 2026, Month: 3, Day: 1}), "1 mrt 2026"},
		{"no day", i18n.Day(nl, models.Date{}), ""},
		{"until", i18n.TimeUntil(en, due, now), "4 days and 3 hours"},
		{"until fr", i18n.TimeUntil(fr, due, now), "4 jours et 3 heures"},
		{"until nl", i18n.TimeUntil(nl, due, now), "4 dagen en 3 uur"},
		{"a day", i18n.TimeUntil(en, now.Add(day), now), "1 day"},
		{"minutes", i18n.TimeUntil(en, now.Add(61*time.Minute), now), "1 hour and 1 minute"},
		{"seconds", i18n.TimeUntil(fr, now.Add(time.Second), now), "moins d’une minute"},
		{"past", i18n.TimeUntil(en, ago(day), now), "under a minute"},
		{"now", i18n.TimeAgo(en, now, now), "just now"},
		{"hours ago", i18n.TimeAgo(en, ago(6*time.Hour), now), "6 h ago"},
		{"days ago", i18n.TimeAgo(fr, ago(46*day), now), "il y a 46\u00a0j"},
		{"months ago", i18n.TimeAgo(nl, ago(100*day), now), "3 maanden geleden"},
		{"years ago", i18n.TimeAgo(en, ago(1500*day), now), "4 years ago"},
	}
	for _, r := range rows {
		if r.got != r.want {
			t.Errorf("%s: %q, want %q", r.name, r.got, r.want)
		}
	}
}

func TestAmountsAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	rows := []struct {
		locale       i18n.Locale
		in, currency string
		minor        int64
		err          error
	}{
		{i18n.EN, "1,234.56", "EUR", 123456, nil},
		{i18n.EN, " €1,234.5 ", "EUR", 123450, nil},
		{i18n.EN, "1 234", "EUR", 123400, nil},
		{i18n.EN, "1234.56 EUR", "EUR", 123456, nil},
		{i18n.EN, "1,50", "EUR", 0, models.ErrNotAnAmount},
		{i18n.EN, "1.234,56", "EUR", 0, models.ErrNotAnAmount},
		{i18n.EN, "1,2345", "EUR", 0, models.ErrNotAnAmount},
		{i18n.EN, "1.234", "EUR", 0, models.ErrTooManyDecimals},
		{i18n.EN, "1.500", "EUR", 0, models.ErrTooManyDecimals},
		{i18n.FR, "1\u202f234,56\u00a0€", "EUR", 123456, nil},
		{i18n.FR, "1 234,5", "EUR", 123450, nil},
		{i18n.FR, "1234.56", "EUR", 123456, nil},
		{i18n.FR, "1.234,56", "EUR", 0, models.ErrNotAnAmount},
		{i18n.FR, "1,234", "EUR", 0, models.ErrTooManyDecimals},
		{i18n.NL, "€ 1.234,56", "EUR", 123456, nil},
		{i18n.NL, "1.234", "EUR", 123400, nil},
		{i18n.NL, "1.500", "EUR", 150000, nil},
		{i18n.NL, "1.50", "EUR", 150, nil},
		{i18n.NL, "12.34", "EUR", 1234, nil},
		{i18n.NL, "1.234", "KWD", 0, i18n.ErrAmbiguous},
		{i18n.NL, "1.234.567", "KWD", 1234567000, nil},
		{i18n.NL, "0.000", "KWD", 0, nil},
		{i18n.NL, "0.500", "EUR", 0, models.ErrTooManyDecimals},
		{i18n.EN, "1234", "JPY", 1234, nil},
		{i18n.EN, "1234.0", "JPY", 0, models.ErrTooManyDecimals},
		{i18n.EN, "", "EUR", 0, models.ErrNotAnAmount},
		{i18n.EN, "-1", "EUR", 0, models.ErrNotAnAmount},
		{i18n.EN, "1e3", "EUR", 0, models.ErrNotAnAmount},
		{i18n.EN, "١٢", "EUR", 0, models.ErrNotAnAmount},
		{i18n.EN, "5.", "EUR", 0, models.ErrNotAnAmount},
		{i18n.EN, ".5", "EUR", 0, models.ErrNotAnAmount},
		{i18n.EN, "99999999999999999999999", "EUR", 0, models.ErrAmountTooLarge},
		{i18n.EN, "10000000001", "EUR", 0, models.ErrAmountTooLarge},
		{i18n.EN, "5", "XXX", 0, models.ErrOtherCurrency},
	}
	for _, r := range rows {
		got, err := i18n.ParseMoney(in(r.locale), r.in, r.currency)
		if !errors.Is(err, r.err) || got.Minor != r.minor {
			t.Errorf("%s %q %s: %d, %v; want %d, %v", r.locale, r.in, r.currency, got.Minor, err, r.minor, r.err)
		}
	}
}

// What is shown can be typed back, in every language and currency.
func TestMoneyIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ctx := in(rapid.SampledFrom(i18n.Locales()).Draw(t, "locale"))
		m := models.Money{
			Minor:    rapid.Int64Range(0, models.MaxMinor).Draw(t, "minor"),
			Currency: rapid.SampledFrom(models.Currencies()).Draw(t, "currency"),
		}
		for _, s := range []string{i18n.Money(ctx, m), m.DecimalString()} {
			if got, err := i18n.ParseMoney(ctx, s, m.Currency); got != m && !errors.Is(err, i18n.ErrAmbiguous) {
				t.Fatalf("%q is read as %v, %v; want %v", s, got, err, m)
			}
		}
	})
}

// Whatever is typed, an amount that is accepted is never negative nor beyond the bound.
func TestNoAmountIsOutOfBounds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ctx := in(rapid.SampledFrom(i18n.Locales()).Draw(t, "locale"))
		s := rapid.StringMatching(`[-+€ 0-9.,\x{202f}\x{a0}]{0,24}`).Draw(t, "typed")
		m, err := i18n.ParseMoney(ctx, s, "EUR")
		if err == nil && (m.Minor < 0 || m.Minor > models.MaxMinor || m.Currency != "EUR") {
			t.Fatalf("%q is read as %v", s, m)
		}
	})
}

func TestMatchTakesTheFirstLanguageThatTheSiteHas(t *testing.T) {
	t.Parallel()
	rows := map[string]i18n.Locale{
		"": i18n.EN, "fr-BE,fr;q=0.9,en;q=0.8": i18n.FR, "nl": i18n.NL, "de-DE, nl;q=0.5": i18n.NL,
		"ja": i18n.EN, "fr;q=0.2, nl;q=0.9": i18n.NL, "en-GB": i18n.EN, "\xff;;;q=": i18n.EN,
	}
	for header, want := range rows {
		if got := i18n.MatchLocale(header, i18n.EN); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}

func TestNamesOfCountriesAndLanguages(t *testing.T) {
	t.Parallel()
	fr := in(i18n.FR)
	if got := i18n.Country(fr, "BE") + " " + i18n.Country(in(i18n.NL), "FR") + " " + i18n.Country(fr, "??"); got != "Belgique Frankrijk ??" {
		t.Error(got)
	}
	if got := i18n.Language(fr, "nl") + " " + i18n.Language(in(i18n.NL), "fr"); got != "néerlandais Frans" {
		t.Error(got)
	}
	for _, l := range i18n.Locales() {
		codes := map[string]bool{}
		for _, c := range i18n.Countries(in(l)) {
			codes[c.Code] = true
			if len(c.Code) != 2 || c.Name == "" || c.Name == c.Code {
				t.Errorf("%s: %+v", l, c)
			}
		}
		for code, want := range map[string]bool{"FR": true, "BE": true, "US": true, "JP": true, "EU": false, "ZZ": false, "UK": false, "SU": false} {
			if codes[code] != want {
				t.Errorf("%s: %s listed is %v", l, code, codes[code])
			}
		}
		if n := len(codes); n < 240 || n > 260 {
			t.Errorf("%s: %d countries", l, n)
		}
		if n := len(i18n.Languages(in(l))); n < 120 {
			t.Errorf("%s: %d languages", l, n)
		}
	}
	names := i18n.Countries(fr)
	for i, c := range names {
		if c.Code == "EG" && (i == 0 || names[len(names)-1].Code == "EG") {
			t.Error("É is not sorted as E")
		}
	}
}

func TestTextsAreFilledIn(t *testing.T) {
	t.Parallel()
	en, fr := in(i18n.EN), in(i18n.FR)
	rows := []struct{ got, want string }{
		{i18n.T(en, "common.days", "n", 1), "1 day"},
		{i18n.T(en, "common.days", "n", 0), "0 days"},
		{i18n.T(fr, "common.days", "n", 0), "0 jour"},
		{i18n.T(fr, "common.days", "n", int64(1_000_000)), "1\u202f000\u202f000 jours"},
		{i18n.T(en, "common.pair", "a", "{{.b}}", "b", models.Money{Minor: 100, Currency: "EUR"}), "{{.b}} and €1.00"},
		{i18n.JoinList(en, []string{"a", "b", "c"}), "a, b and c"},
		{i18n.JoinList(fr, []string{"a", "b"}), "a et b"},
		{i18n.JoinList(fr, []string{"a"}) + i18n.JoinList(fr, nil), "a"},
		{i18n.JoinParts(en, "a, b", "c", "d"), "a, b; c; d"},
		{i18n.JoinParts(fr, "a, b", "c"), "a, b\u202f; c"},
		{i18n.JoinParts(fr, "a") + i18n.JoinParts(fr), "a"},
		{i18n.T(en, "no.such.text"), "no.such.text"},
	}
	for _, r := range rows {
		if r.got != r.want {
			t.Errorf("%q, want %q", r.got, r.want)
		}
	}
	var missed []string
	strict := i18n.WithMissingText(fr, func(_ i18n.Locale, key string) { missed = append(missed, key) })
	i18n.T(strict, "common.days", "n", 2)
	i18n.T(strict, "no.such.text")
	if len(missed) != 1 || missed[0] != "no.such.text" {
		t.Error(missed)
	}
}

// Countries are countries, with the names of today, and nothing stands twice.
func TestCountriesAndLanguagesStandOnce(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Locales() {
		ctx := i18n.WithLocale(context.Background(), l, nil)
		for what, list := range map[string][]i18n.NamedCode{"country": i18n.Countries(ctx), "language": i18n.Languages(ctx)} {
			codes, names := map[string]bool{}, map[string]bool{}
			for _, e := range list {
				if codes[e.Code] || names[e.Name] || e.Name == e.Code {
					t.Errorf("%s: %s %s %q stands twice, or has no name", l, what, e.Code, e.Name)
				}
				codes[e.Code], names[e.Name] = true, true
			}
			for _, no := range []string{"EU", "EZ", "UN", "QO", "ZZ", "SU", "iw", "in", "ji"} {
				if codes[no] {
					t.Errorf("%s: %s is no %s", l, no, what)
				}
			}
		}
		if name := i18n.Country(ctx, "SZ"); name != "Eswatini" {
			t.Errorf("%s: %s", l, name)
		}
	}
}
