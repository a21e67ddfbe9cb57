package search

import "net/url"

// Where others take a search, or what it found.
func compareAt() string { return "/compare" }

func shortlistAt(creator string) string {
	return "/shortlists/add?" + url.Values{"creator": {creator}}.Encode()
}

func saveAt(asked url.Values) string { return asking("/searches/new", asked) }

func exportAt(kind string, asked url.Values) string { return asking("/creators/export."+kind, asked) }

func asking(path string, asked url.Values) string {
	if len(asked) == 0 {
		return path
	}
	return path + "?" + asked.Encode()
}
