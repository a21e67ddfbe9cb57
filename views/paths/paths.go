// Package paths names every URL of the site, in one file per area: pages, forms and mails
// link through it, and handlers/<area>/routes.go serves them.
package paths

import "net/url"

// List is the URL of a list with a tab and a cursor.
func List(path, param, state, after string) string {
	q := url.Values{}
	if state != "" {
		q.Set(param, state)
	}
	if after != "" {
		q.Set("after", after)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func withNext(path, next string) string {
	if next == "" {
		return path
	}
	return with(path, url.Values{"next": {next}})
}

func with(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

func esc(segment string) string { return url.PathEscape(segment) }
