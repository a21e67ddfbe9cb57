package imports_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models/imports"
)

// Every record of a JSON file counts, however its lines break, and so does a record that
// shares its line with the header of a table.
func TestEveryRecordOfAJSONFileIsRead(t *testing.T) {
	t.Parallel()
	record := func(n int) string { return fmt.Sprintf(`{"username":"mina%d","followers":%d000}`, n, n) }
	accounts := func(n int) (want []string) {
		for i := 1; i <= n; i++ {
			want = append(want, fmt.Sprintf("tiktok mina%d %d000", i, i))
		}
		return want
	}
	join := func(n int, between string) string {
		var all []string
		for i := 1; i <= n; i++ {
			all = append(all, record(i))
		}
		return strings.Join(all, between)
	}
	for name, tc := range map[string]struct {
		content string
		want    []string
	}{
		"five on one line":             {"[" + join(5, ",") + "]", accounts(5)},
		"one":                          {"[" + record(1) + "]", accounts(1)},
		"one in one line of a file":    {record(1), accounts(1)},
		"one in each line":             {join(5, "\n"), accounts(5)},
		"one in each line of an array": {"[\n" + join(5, ",\n") + "\n]\n", accounts(5)},
		"two in each line":             {"[" + record(1) + "," + record(2) + ",\n" + record(3) + "," + record(4) + "]", accounts(4)},
		"within an object":             {`{"data":[` + join(3, ",") + "]}", accounts(3)},
		"with a mark":                  {"\ufeff[" + join(3, ", ") + "]", accounts(3)},
		"spread over lines":            {strings.ReplaceAll("["+join(3, ",")+"]", ",", ",\n"), accounts(3)},
		"more than are looked at":      {"[" + join(400, ",") + "]", accounts(400)},
		"the first cannot be read":     {`[{"username":"two words","followers":1},` + record(1) + "]", []string{"line 1 left out: not_a_handle", "tiktok mina1 1000"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, testkit.NewSQLite(t))
			got := w.outcomes(tc.content, imports.Options{})
			slices.Sort(got)
			slices.Sort(tc.want)
			if !slices.Equal(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestPreviewOfJSONShowsTheFirstRecord(t *testing.T) {
	t.Parallel()
	p := preview(t, `[{"username":"mina","followers":20},{"username":"rolf","followers":30}]`, imports.Options{AsOf: in2026})
	if len(p.Sample) != 2 || !slices.Equal(p.Sample[0], []string{"mina", "20"}) {
		t.Errorf("shows %q", p.Sample)
	}
}
