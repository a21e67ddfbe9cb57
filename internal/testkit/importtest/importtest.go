// Package importtest gives tests files to import.
package importtest

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/sheets"
	"tribemarket/models/db"
	"tribemarket/models/imports"
)

// File is a text as an import file.
func File(name, content string) imports.File {
	return imports.File{Name: name, Size: int64(len(content)), Open: func(read func(int)) (imports.RowReader, error) {
		open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }
		return sheets.OpenReader(name, open, sheets.ReadOptions{OnRead: read})
	}}
}

// OpenTable reads a file as a table, for a store of imports.
func OpenTable(name, encoding string, open func() (io.ReadCloser, error), read func(int)) (imports.RowReader, error) {
	return sheets.OpenReader(name, open, sheets.ReadOptions{Encoding: encoding, OnRead: read})
}

// Content is everything that an import writes, without ids and times of writing.
func Content(t testing.TB, d *db.DB) []string {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var rows []string
	for _, q := range []string{
		`SELECT a.platform, a.handle_key, a.handle, a.name, a.name_as_of, a.country, a.country_as_of, a.url, a.source, a.as_of, a.followers, a.following,
			a.total_likes, a.total_posts, a.basis, a.figures_as_of, a.sample, a.window_from, a.window_to, a.engagement_ppm, a.median_views,
			a.mean_views, a.mean_likes, a.mean_comments, a.mean_shares, a.listed,
			c.name, c.bio, c.country, c.zone, c.search_text, c.listed
			FROM creator_accounts a JOIN creators c ON c.id = a.creator_id`,
		"SELECT a.handle_key, p.platform_post_id, p.posted_at, p.duration_s, p.views, p.likes, p.comments, p.shares, p.caption, p.hashtags, p.url, p.read_at FROM posts p JOIN creator_accounts a ON a.id = p.account_id",
		"SELECT a.handle_key, t.tribe, t.known FROM creator_tribes t JOIN creator_accounts a ON a.creator_id = t.creator_id",
		"SELECT a.handle_key, t.language FROM creator_languages t JOIN creator_accounts a ON a.creator_id = t.creator_id",
		"SELECT a.handle_key, l.platform, l.country, l.tribes, l.languages, l.followers, l.engagement_ppm, l.median_views, l.standing, l.sole FROM listings l JOIN creator_accounts a ON a.id = l.account_id",
	} {
		found, err := d.SQLPool().Query(q)
		must(err)
		defer func() { _ = found.Close() }()
		columns, err := found.Columns()
		must(err)
		for found.Next() {
			cells := make([]any, len(columns))
			into := make([]any, len(columns))
			for i := range cells {
				into[i] = &cells[i]
			}
			must(found.Scan(into...))
			for i, c := range cells {
				if at, ok := c.(time.Time); ok {
					cells[i] = at.UTC()
				}
			}
			rows = append(rows, fmt.Sprintf("%q", fmt.Sprint(cells)))
		}
		must(found.Err())
	}
	slices.Sort(rows)
	return rows
}

// SameContent fails if two contents differ, and says where.
func SameContent(t testing.TB, what string, got, want []string) {
	t.Helper()
	if slices.Equal(got, want) {
		return
	}
	for _, g := range got {
		if !slices.Contains(want, g) {
			t.Logf("  only now: %s", g)
		}
	}
	for _, g := range want {
		if !slices.Contains(got, g) {
			t.Logf("  only before: %s", g)
		}
	}
	t.Fatalf("%s: the content differs", what)
}

// VideoHeader is the header of a file of posts.
const VideoHeader = "id,create_time,user_name,hashtags,song,video_length,n_likes,n_shares,n_comments,n_plays,n_followers,n_total_likes,n_total_vids\n"

// Video is a row of a per-video file, posted at midnight some days before 1 June 2026.
func Video(id, days int, user, tags string, views, followers int) string {
	at := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -days).Unix()
	return fmt.Sprintf("%d,%d,%s,\"%s\",some song,15,%d,2,3,%d,%d,5000,40\n", id, at, user, tags, views/10, views, followers)
}
