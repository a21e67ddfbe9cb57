// Package paths names every URL of the site, in one file per area: pages, forms and mails
// link through it, and handlers/<area>/routes.go serves them.
package paths

import (
	"net/url"
	"strings"
)

// List is the URL of a list with a tab and a cursor.
func List(path, param, state, after string) string {
	q := url.Values{}
	if state != "" {
		q.Set(param, state)
	}
	if after != "" {
		q.Set("after", after)
	}
	return WithQuery(path, q)
}

func withNext(path, next string) string {
	if next == "" {
		return path
	}
	return WithQuery(path, url.Values{"next": {next}})
}

// WithQuery is an address with further parameters.
func WithQuery(address string, query url.Values) string {
	more := query.Encode()
	switch {
	case more == "":
		return address
	case strings.Contains(address, "?"):
		return address + "&" + more
	}
	return address + "?" + more
}

func esc(segment string) string { return url.PathEscape(segment) }
