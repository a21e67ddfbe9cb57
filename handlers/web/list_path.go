package web

import "net/url"

// withState is a list's address with one of its tabs and a place in it.
func ListPath(path, param, state, after string) string {
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
