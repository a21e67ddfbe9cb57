package text

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestParseCount(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]any{
		"13800000": int64(13_800_000), "13.8M": int64(13_800_000), "13,8 m": int64(13_800_000), "50.2k": int64(50_200), "2B": int64(2_000_000_000),
		"477900000.00": int64(477_900_000), "1,234": int64(1234), "1,234,567": int64(1_234_567), "1.234.567": int64(1_234_567), "1.234,5": int64(1235),
		"1,234.4": int64(1234), "12 345": int64(12_345), "12\u202f345": int64(12_345), "0": int64(0), "0.4": int64(0), "1.5": int64(2), "1.234M": int64(1_234_000), "97K": int64(97_000),
		"": nil, "-": nil, "N/A": nil, "#VALOR!": nil, "#N/A": nil, "#¿NOMBRE?": nil, " – ": nil, "None": nil,
		"100K+": int64(100_000), "2.01M subscribers": int64(2_010_000), "12.3万": int64(123_000), "1.2 Lakh": int64(120_000), "1,2 Mio.": int64(1_200_000), "2.28E+05": int64(228_000),
		"１２３４５": int64(12_345), `="250000"`: int64(250_000), "1.5 million": int64(1_500_000), "120 500": int64(120_500), "1,2 Mrd. Abonnés": int64(1_200_000_000), "1e9": int64(1_000_000_000), "3 crore": int64(30_000_000), "١٢٣٤٥٦": int64(123_456), "+250000": int64(250_000), `"250000"`: int64(250_000),
		"10K-50K": "bad", "about 5": "bad", "5 apples": "bad", "1.2.3": "bad", "12K 5": "bad", "1e99": "bad", "many": "bad", "-5": "bad", "1.234": "bad", "12,34,567": "bad", "9999B": "bad", "M": "bad", "5 €": "bad", ".": "bad", "1,2,3.4.5": "bad",
	} {
		n, exact, err := ParseCount(cell)
		var got any = "bad"
		if err == nil {
			if got = any(nil); n != nil {
				got = *n
			}
		}
		if got != want {
			t.Errorf("%q is %v, want %v", cell, got, want)
		}
		if exact && n == nil {
			t.Errorf("%q is nothing, and exact", cell)
		}
	}
}

// Whoever types a number into a form means whole followers, in any language.
func TestParseTypedCount(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]int64{
		"20000": 20_000, "20.000": 20_000, "20,000": 20_000, "20 000": 20_000, "20\u00a0000": 20_000, "20\u202f000": 20_000, "20'000": 20_000, "15.000": 15_000, "1.500": 1500, "1,234": 1234, "1.234": 1234,
		"1.500.000": 1_500_000, "1 500 000": 1_500_000, "20.000 volgers": 20_000, "20,000+": 20_000, "1.5": 2, "1.500k": 1500, "1,5k": 1500, "1.234M": 1_234_000, "2.28E+05": 228_000,
	} {
		if n := ParseTypedCount(typed); n == nil || *n != want {
			t.Errorf("%q is %v, want %d", typed, n, want)
		}
	}
	for _, typed := range []string{"", "-", "many", "1.2.3", "20.00.000", "12K 5", "0.500"} {
		if n := ParseTypedCount(typed); n != nil {
			t.Errorf("%q is %d", typed, *n)
		}
	}
}

// Any number survives being written out, with groups, or as text.
func TestParseCountReadsWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, MostCount).Draw(t, "n")
		digits := []byte{}
		for i, d := 0, n; d > 0 || i == 0; i, d = i+1, d/10 {
			if i > 0 && i%3 == 0 {
				digits = append(digits, ',')
			}
			digits = append(digits, byte('0'+d%10))
		}
		slices.Reverse(digits)
		got, exact, err := ParseCount(string(digits))
		if err != nil || !exact || *got != n {
			t.Fatalf("%s is %v, %v", digits, got, err)
		}
	})
}

func FuzzParseCount(f *testing.F) {
	for _, s := range []string{"1,2", "#!", "1.K", "..", "9M,", "-", "1\u202f2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n, _, err := ParseCount(s); err == nil && n != nil && (*n < 0 || *n > MostCount) {
			t.Fatalf("%q is %d", s, *n)
		}
	})
}
