package search

import "net/url"

// Where a search can be taken.
func saveAt(asked url.Values) string { return asking("/searches/new", asked) }

func exportAt(kind string, asked url.Values) string { return asking("/creators/export."+kind, asked) }

func asking(path string, asked url.Values) string {
	if len(asked) == 0 {
		return path
	}
	return path + "?" + asked.Encode()
}
