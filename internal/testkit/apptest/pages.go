package apptest

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"tribemarket/internal/config"
)

// Live is an option for New: an instance that is not a demo.
func Live(c *config.Config) { c.Demo = false }

// MetaOf is the content of a page's meta element, by name.
func MetaOf(p *Page, name string) string {
	return p.Find("meta[property='"+name+"'], meta[name='"+name+"']").AttrOr("content", "")
}

// Column is one column of a table with headings.
func Column(rows [][]string, name string) []string {
	at := -1
	for i, heading := range rows[0] {
		if heading == name {
			at = i
		}
	}
	var all []string
	for _, r := range rows[1:] {
		all = append(all, r[at])
	}
	return all
}

// ReadCSV reads the table that a response contains as a file.
func ReadCSV(t testing.TB, p *Page) [][]string {
	t.Helper()
	if p.Status != http.StatusOK || !strings.HasPrefix(p.Header.Get("Content-Type"), "text/csv") || !strings.Contains(p.Header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("%d, %v", p.Status, p.Header)
	}
	list, marked := strings.CutPrefix(p.Body, "\ufeff")
	if !marked {
		t.Fatalf("no byte order mark, without which Excel garbles names: %q", p.Body)
	}
	rows, err := csv.NewReader(strings.NewReader(list)).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%v in %q", err, p.Body)
	}
	return rows
}
