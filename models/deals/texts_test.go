package deals_test

import (
	"bufio"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tribemarket/internal/i18n"
	"tribemarket/models/content"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/platform"
)

// Whatever the tables and the rules can say has a text.
func TestEverythingHasAText(t *testing.T) {
	t.Parallel()
	want := func(key string) {
		if key != "" && !i18n.HasText(key) {
			t.Errorf("no text for %s", key)
		}
	}
	for _, s := range negotiation.Table.States() {
		want(s.Key())
		want(negotiation.Table.TodoKey(s))
		want(negotiation.Table.OtherwiseKey(s))
	}
	for _, s := range deals.DeliverableTable.States() {
		want(s.Key())
		want(s.TodoKey())
		want(s.OtherwiseKey())
	}
	for _, s := range deals.DealStates() {
		want(s.Key())
	}
	want(negotiation.Table.EventKey(negotiation.ActionPropose, "brand"))
	for _, row := range negotiation.Table.Transitions {
		for _, side := range row.By {
			want(negotiation.Table.EventKey(row.Action, side))
			if side != "system" {
				want(negotiation.Table.ButtonKey(row.Action))
			}
		}
	}
	for _, row := range deals.DeliverableTable.Transitions {
		for _, side := range row.By {
			want(deals.DeliverableTable.EventKey(row.Action, side))
			if side != "system" {
				want(deals.DeliverableTable.ButtonKey(row.Action))
			}
		}
	}
	for _, p := range []deals.Proof{deals.ByAddress, deals.ByBrand, deals.BySilence} {
		want(p.Key())
	}
	for _, p := range platform.Names() {
		for _, f := range content.Formats() {
			for _, c := range content.Types() {
				it := deals.Item{ContentType: c, Format: f, Platform: p}
				want(it.TitleKey())
				want(it.TypeKey())
				want(it.FormatKey())
				want(it.PlatformKey())
			}
		}
	}
	for _, field := range []string{"note", "reason"} {
		want("deals.invalid." + field)
	}
}

var named = regexp.MustCompile(`"(deals\.(error|invalid|address|todo|otherwise|item)|common)[a-z_.]*[a-z]"`)

// And whatever the code names in full.
func TestEveryNamedKeyHasAText(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		for lines := bufio.NewScanner(f); lines.Scan(); {
			for _, key := range named.FindAllString(lines.Text(), -1) {
				key = strings.Trim(key, `"`)
				if seen++; !i18n.HasText(key) {
					t.Errorf("%s: no text for %s", path, key)
				}
			}
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if seen < 15 {
		t.Errorf("only %d keys were found", seen)
	}
}
