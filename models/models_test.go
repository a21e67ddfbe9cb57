package models_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tribemarket/models"
)

func TestParseMoney(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, currency string
		minor          int64
		err            error
	}{
		{"420", "EUR", 42000, nil}, {"0.5", "EUR", 50, nil}, {"1234.56", "EUR", 123456, nil}, {"1.500", "EUR", 150, nil},
		{"300", "JPY", 300, nil}, {"1.234", "KWD", 1234, nil}, {"0", "EUR", 0, nil},
		{"1.234", "EUR", 0, models.ErrTooManyDecimals}, {"1.5", "JPY", 0, models.ErrTooManyDecimals},
		{"", "EUR", 0, models.ErrNotAnAmount}, {".5", "EUR", 0, models.ErrNotAnAmount}, {"5.", "EUR", 0, models.ErrNotAnAmount},
		{"-1", "EUR", 0, models.ErrNotAnAmount}, {"1,5", "EUR", 0, models.ErrNotAnAmount}, {"1e3", "EUR", 0, models.ErrNotAnAmount},
		{"1.2.3", "EUR", 0, models.ErrNotAnAmount}, {"١", "EUR", 0, models.ErrNotAnAmount}, {"NaN", "EUR", 0, models.ErrNotAnAmount},
		{"10000000000", "EUR", models.MaxMinor, nil}, {"10000000000.01", "EUR", 0, models.ErrAmountTooLarge},
		{strings.Repeat("9", 40), "EUR", 0, models.ErrAmountTooLarge}, {"1", "XXX", 0, models.ErrOtherCurrency},
	} {
		m, err := models.ParseMoney(c.text, c.currency)
		if !errors.Is(err, c.err) || m.Minor != c.minor {
			t.Errorf("%q %s gave %d, %v; want %d, %v", c.text, c.currency, m.Minor, err, c.minor, c.err)
		}
	}
}

func TestMoneyIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := models.Money{Minor: rapid.Int64Range(0, models.MaxMinor).Draw(t, "minor"), Currency: rapid.SampledFrom(models.Currencies()).Draw(t, "currency")}
		if got, err := models.ParseMoney(m.DecimalString(), m.Currency); err != nil || got != m {
			t.Fatalf("%v is written %q and read %v, %v", m, m.DecimalString(), got, err)
		}
	})
}

func TestMoneyAdds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		sum, err := models.Money{Minor: a, Currency: "EUR"}.Add(models.Money{Minor: b, Currency: "EUR"})
		overflows := (b > 0 && a+b < a) || (b < 0 && a+b > a)
		if overflows != (err != nil) || (err == nil && sum.Minor != a+b) {
			t.Fatalf("%d + %d gave %d, %v", a, b, sum.Minor, err)
		}
	})
	if _, err := (models.Money{Minor: 1, Currency: "EUR"}).Add(models.Money{Minor: 1, Currency: "USD"}); !errors.Is(err, models.ErrOtherCurrency) {
		t.Errorf("euros and dollars gave %v", err)
	}
}

func TestADayEndsAtMidnightWhereThePersonLives(t *testing.T) {
	t.Parallel()
	for zone, want := range map[string]string{
		"Europe/Paris": "2026-11-20T23:00:00Z", "America/New_York": "2026-11-21T05:00:00Z", "Asia/Tokyo": "2026-11-20T15:00:00Z", "UTC": "2026-11-21T00:00:00Z",
	} {
		l, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := (models.Date{Year: 2026, Month: 11, Day: 20}).EndIn(l).Format(time.RFC3339); got != want {
			t.Errorf("in %s the day ends at %s, want %s", zone, got, want)
		}
	}
	brussels, _ := time.LoadLocation("Europe/Brussels")
	for day, hours := range map[models.Date]int{{Year: 2026, Month: 3, Day: 29}: 23, {Year: 2026, Month: 10, Day: 25}: 25, {Year: 2028, Month: 2, Day: 29}: 24} {
		if got := day.EndIn(brussels).Sub(day.StartIn(brussels)); got != time.Duration(hours)*time.Hour {
			t.Errorf("%s lasts %s", day, got)
		}
	}
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{"2026-02-28": true, "2026-02-29": false, "2028-02-29": true, "20-11-2026": false, "": false, "0000-01-01": false, "2026-1-1": false} {
		d, err := models.ParseDate(text)
		if (err == nil) != ok || ok && d.String() != text {
			t.Errorf("%q gave %s, %v", text, d, err)
		}
	}
}

func TestACursorIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := models.Cursor{Value: rapid.Int64().Draw(t, "value"), Null: rapid.Bool().Draw(t, "null"), ID: rapid.Int64Min(0).Draw(t, "id")}
		if got, err := models.ParseCursor(c.String()); err != nil || got != c {
			t.Fatalf("%+v is written %q and read %+v, %v", c, c, got, err)
		}
	})
}

func FuzzParseCursor(f *testing.F) {
	f.Add("")
	f.Add(models.Cursor{Value: -1, ID: 7, Null: true}.String())
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := models.ParseCursor(s); err == nil && c.String() != s {
			t.Errorf("%q was read as %q", s, c)
		}
	})
}

func TestErrorsKeepTheirCodeWhenWrapped(t *testing.T) {
	t.Parallel()
	for err, code := range map[error]models.Code{
		models.NotFound(): models.CodeNotFound, models.Conflict("k"): models.CodeConflict, models.Invalid("f", "k"): models.CodeInvalid,
		models.SignInRequired(): models.CodeSignIn, models.Forbidden("k"): models.CodeForbidden, errors.New("x"): models.CodeInternal,
	} {
		if got := models.CodeOf(fmt.Errorf("while testing: %w", err)); got != code {
			t.Errorf("%v is %s, want %s", err, got, code)
		}
	}
	var f models.Fields
	if f.Err() != nil {
		t.Error("no fields are an error")
	}
	f.Add("a", "first")
	f.Add("a", "second")
	if e, _ := f.Get("a"); e.Key != "first" || len(f) != 1 {
		t.Errorf("fields are %v", f)
	}
}

func TestPublicIDsDiffer(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 10_000 {
		id := models.NewPublicID()
		if len(id) != 10 || seen[id] || strings.ContainsAny(id, "aeiou01l") {
			t.Fatalf("bad id %q", id)
		}
		seen[id] = true
	}
}
