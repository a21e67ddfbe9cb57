package imports

import (
	"slices"
	"testing"
	"time"
)

func TestDoubledColumnsPreferTheExactNumber(t *testing.T) {
	t.Parallel()
	c := rowParser{columns: columns{headers: []header{{unit: 1}, {unit: 1}}, positions: map[Field][]int{FieldFollowers: {0, 1}}}}
	for _, tc := range []struct {
		cells []string
		want  any
	}{
		{[]string{"13.8M", "13799999"}, int64(13_799_999)}, {[]string{"13799999", "13.8M"}, int64(13_799_999)},
		{[]string{"13.8M", "#VALOR!"}, int64(13_800_000)}, {[]string{"x", "12"}, int64(12)}, {[]string{"-", "-"}, nil}, {[]string{"13.8M"}, int64(13_800_000)},
	} {
		if n, err := c.count(tc.cells, FieldFollowers); err != nil || value(n) != tc.want {
			t.Errorf("%q is %v, %v, want %v", tc.cells, value(n), err, tc.want)
		}
	}
	if _, err := c.count([]string{"x", "-"}, FieldFollowers); err == nil {
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
		if got, ok := new(dateReader).parse(s); !ok || !got.Equal(want) {
			t.Errorf("%q is %v", s, got)
		}
	}
	for _, s := range []string{"", "soon", "-5", "0", "2020-13-01", "99999999999999999"} {
		if got, ok := new(dateReader).parse(s); ok {
			t.Errorf("%q is %v", s, got)
		}
	}
}

func value(n *int64) any {
	if n == nil {
		return nil
	}
	return *n
}

// Dates like 03/04/2024 are read once another row has told which number is the day.
func TestDatesOfOneFile(t *testing.T) {
	t.Parallel()
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	for name, tc := range map[string]struct {
		others []string
		cell   string
		want   time.Time
	}{
		"day first by itself":           {nil, "20/11/2024", day(2024, 11, 20)},
		"month first by itself":         {nil, "11/20/2024", day(2024, 11, 20)},
		"with a time":                   {nil, "11/20/2024 10:30", day(2024, 11, 20).Add(10*time.Hour + 30*time.Minute)},
		"with dots":                     {nil, "20.11.2024", day(2024, 11, 20)},
		"the same number twice":         {nil, "05/05/2024", day(2024, 5, 5)},
		"either":                        {nil, "03/04/2024", time.Time{}},
		"told day first":                {[]string{"25/12/2023"}, "03/04/2024", day(2024, 4, 3)},
		"told month first":              {[]string{"12/25/2023"}, "03/04/2024", day(2024, 3, 4)},
		"told both":                     {[]string{"12/25/2023", "25/12/2023"}, "03/04/2024", time.Time{}},
		"of pandas":                     {nil, "2024-11-20 10:00:00+00:00", day(2024, 11, 20).Add(10 * time.Hour)},
		"with the zone's name":          {nil, "2024-11-20 10:00:00 UTC", day(2024, 11, 20).Add(10 * time.Hour)},
		"in words":                      {nil, "Nov 20, 2024", day(2024, 11, 20)},
		"seconds with a point":          {nil, "1732096800.0", time.Unix(1732096800, 0).UTC()},
		"a spreadsheet's days":          {nil, "45616.5", day(2024, 11, 20).Add(12 * time.Hour)},
		"as long as a date":             {nil, "45616.75", day(2024, 11, 20).Add(18 * time.Hour)},
		"with a decimal comma":          {nil, "45616,5", day(2024, 11, 20).Add(12 * time.Hour)},
		"a whole day":                   {nil, "45616", day(2024, 11, 20)},
		"rounded to seconds":            {nil, "45616.4377314815", day(2024, 11, 20).Add(10*time.Hour + 30*time.Minute + 20*time.Second)},
		"the first of these days":       {nil, "40179", day(2010, 1, 1)},
		"a day before them":             {nil, "40178.9", time.Time{}},
		"milliseconds":                  {nil, "1732096800000", time.Unix(1732096800, 0).UTC()},
		"a shortened number of seconds": {nil, "1.73E+09", time.Time{}},
		"a small number":                {nil, "2024", time.Time{}},
		"seconds of 1990":               {nil, "640000000", time.Time{}},
		"in base 16":                    {nil, "0x6739AD80", time.Time{}},
		"nought":                        {nil, "0", time.Time{}},
		"without separators":            {nil, "20241120", day(2024, 11, 20)},
		"neither is a month":            {nil, "20/20/2024", time.Time{}},
		"no such day":                   {nil, "31/02/2024", time.Time{}},
		"two figures of a year":         {nil, "20/11/24", time.Time{}},
		"words that are no date":        {nil, "tomorrow/or/2024", time.Time{}},
	} {
		var d dateReader
		for _, o := range tc.others {
			d.observe(o)
		}
		if got, ok := d.parse(tc.cell); !got.Equal(tc.want) || ok == tc.want.IsZero() {
			t.Errorf("%s: %q is %s (%v), want %s", name, tc.cell, got, ok, tc.want)
		}
	}
}

func TestCountsInUnits(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]any{"12.4": int64(12_400_000), "3,1": int64(3_100_000), "12K": int64(12_000), "many": nil, "-1": nil, "9999999": nil} {
		n, err := countInUnits(cell, 1_000_000)
		if value(n) != want || (err != nil) != (want == nil) {
			t.Errorf("%q in millions is %v, %v, want %v", cell, value(n), err, want)
		}
	}
}
