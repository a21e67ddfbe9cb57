package main

import (
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"

	"tribemarket/internal/app"
)

// exportedColumns are what the peers hold of a listing: what a hit shows, and the
// filters that the searches ask for.
const exportedColumns = "c.name, a.handle, l.platform, l.country, l.tribes, l.languages, l.source, l.followers, l.engagement_ppm, l.median_views, l.mean_views, l.posts_30, l.standing"

var exportedNames = []string{"name", "handle", "platform", "country", "tribes", "languages", "source", "followers", "engagement_ppm", "median_views", "mean_views", "posts_30", "standing"}

// exportRows writes the listings of an instance as CSV, for the peers.
func exportRows(ctx context.Context, a *app.App, dir string) (path string, err error) {
	path = filepath.Join(dir, "rows.csv")
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := csv.NewWriter(f)
	if err := out.Write(exportedNames); err != nil {
		return "", err
	}
	rows, err := a.DB.SQLPool().QueryContext(ctx, "SELECT "+exportedColumns+" FROM listings l JOIN creators c ON c.id = l.creator_id JOIN creator_accounts a ON a.id = l.account_id ORDER BY l.account_id")
	if err != nil {
		return "", err
	}
	defer rows.Close()
	record := make([]string, len(exportedNames))
	cells := make([]*string, len(exportedNames))
	into := make([]any, len(exportedNames))
	for i := range into {
		into[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return "", err
		}
		for i, c := range cells {
			record[i] = ""
			if c != nil {
				record[i] = *c
			}
		}
		if err := out.Write(record); err != nil {
			return "", err
		}
	}
	out.Flush()
	return path, errors.Join(rows.Err(), out.Error())
}
