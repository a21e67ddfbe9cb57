package apptest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"tribemarket/models/db"
)

// Count returns the number that a statement selects.
func Count(t testing.TB, a *App, query string, args ...any) int {
	t.Helper()
	var n int
	if err := a.DB.Read(context.Background()).Raw(query, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// StoredText is a text in a column of a table.
type StoredText struct{ Column, Text string }

// ListTexts lists every text that is stored, in every table but the job queue's.
func ListTexts(t testing.TB, d *db.DB) []StoredText {
	t.Helper()
	ctx := context.Background()
	q := "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
	if d.Dialect == db.SQLite {
		q = "SELECT name FROM sqlite_master WHERE type = 'table'"
	}
	var tables []string
	if err := d.Read(ctx).Raw(q).Scan(&tables).Error; err != nil {
		t.Fatal(err)
	}
	var all []StoredText
	for _, table := range tables {
		if regexp.MustCompile(`^(river_|goose_|sqlite_)`).MatchString(table) {
			continue
		}
		var rows []map[string]any
		if err := d.Read(ctx).Table(table).Find(&rows).Error; err != nil {
			t.Fatal(table, err)
		}
		for _, row := range rows {
			for column, v := range row {
				if b, ok := v.([]byte); ok {
					v = string(b)
				}
				if s, ok := v.(string); ok {
					all = append(all, StoredText{table + "." + column, s})
				}
			}
		}
	}
	return all
}

// FindText names every column that contains a text, in every table but the job queue's.
func FindText(t testing.TB, d *db.DB, text string) []string {
	t.Helper()
	var found []string
	for _, s := range ListTexts(t, d) {
		if strings.Contains(strings.ToLower(s.Text), strings.ToLower(text)) {
			found = append(found, s.Column)
		}
	}
	return found
}

// Must stops the test on an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// GetCounted gets a page as the person of a browser, and counts the statements that it
// takes.
func GetCounted(t testing.TB, a *App, b *Browser, path string) (n int, body string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.AddCookie(&http.Cookie{Name: "session", Value: b.Cookie("session")})
	answer := httptest.NewRecorder()
	a.Handler().ServeHTTP(answer, r.WithContext(db.WithStatementObserver(r.Context(), func(string) { n++ })))
	if answer.Code != http.StatusOK || n == 0 {
		t.Errorf("%s gives %d after %d statements", path, answer.Code, n)
	}
	return n, answer.Body.String()
}

// CountQueries counts the statements that a page takes.
func CountQueries(t testing.TB, a *App, b *Browser, path string) int {
	t.Helper()
	n, _ := GetCounted(t, a, b, path)
	return n
}
