package creators

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseCount(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]any{
		"13800000": int64(13_800_000), "13.8M": int64(13_800_000), "13,8 m": int64(13_800_000), "50.2k": int64(50_200), "2B": int64(2_000_000_000),
		"477900000.00": int64(477_900_000), "1,234": int64(1234), "1,234,567": int64(1_234_567), "1.234.567": int64(1_234_567), "1.234,5": int64(1235),
		"1,234.4": int64(1234), "12 345": int64(12_345), "12\u202f345": int64(12_345), "0": int64(0), "0.4": int64(0), "1.5": int64(2), "1.234M": int64(1_234_000), "97K": int64(97_000),
		"": nil, "-": nil, "N/A": nil, "#VALOR!": nil, "#N/A": nil, "#¿NOMBRE?": nil, " – ": nil, "None": nil,
		"many": "bad", "-5": "bad", "1.234": "bad", "12,34,567": "bad", "9999B": "bad", "M": "bad", "1e9": "bad", "5 €": "bad", ".": "bad", "1,2,3.4.5": "bad",
	} {
		n, exact, err := ParseCount(cell)
		var got any = "bad"
		if err == nil {
			got = value(n)
		}
		if got != want {
			t.Errorf("%q is %v, want %v", cell, got, want)
		}
		if exact && n == nil {
			t.Errorf("%q is nothing, and exact", cell)
		}
	}
}

func TestDoubledColumnsPreferTheExactNumber(t *testing.T) {
	t.Parallel()
	c := importColumns{positions: map[importColumn][]int{columnFollowers: {0, 1}}}
	for _, tc := range []struct {
		cells []string
		want  any
	}{
		{[]string{"13.8M", "13799999"}, int64(13_799_999)}, {[]string{"13799999", "13.8M"}, int64(13_799_999)},
		{[]string{"13.8M", "#VALOR!"}, int64(13_800_000)}, {[]string{"x", "12"}, int64(12)}, {[]string{"-", "-"}, nil}, {[]string{"13.8M"}, int64(13_800_000)},
	} {
		if n, err := c.readCount(tc.cells, columnFollowers); err != nil || value(n) != tc.want {
			t.Errorf("%q is %v, %v, want %v", tc.cells, value(n), err, tc.want)
		}
	}
	if _, err := c.readCount([]string{"x", "-"}, columnFollowers); err == nil {
		t.Error("a number that cannot be read is taken as missing")
	}
}

func TestParseTags(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string][]string{
		"['FoodTok', 'ad\\xa0Enter', '料理']": {"foodtok", "ad", "料理"}, "[]": nil, "['']": nil, "#one #two,three": {"one", "two", "three"},
		`["it's", 'x']`: {"it", "s", "x"}, "": nil, "[\"Das'Lied\"]": {"das", "lied"},
	} {
		if got := parseHashtags(cell); !slices.Equal(got, want) {
			t.Errorf("%q gives %q, want %q", cell, got, want)
		}
	}
}

func TestParseInstant(t *testing.T) {
	t.Parallel()
	want := time.Date(2020, 11, 7, 17, 2, 37, 0, time.UTC)
	for _, s := range []string{"1604768557", "1604768557000", "2020-11-07T17:02:37Z", "2020-11-07 17:02:37", "2020-11-07T18:02:37+01:00"} {
		if got, ok := parseInstant(s); !ok || !got.Equal(want) {
			t.Errorf("%q is %v", s, got)
		}
	}
	for _, s := range []string{"", "soon", "-5", "0", "2020-13-01", "99999999999999999"} {
		if got, ok := parseInstant(s); ok {
			t.Errorf("%q is %v", s, got)
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
			t.Fatalf("%s is %v, %v", digits, value(got), err)
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
