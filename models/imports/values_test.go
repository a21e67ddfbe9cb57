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
