package paths

import "net/url"

// List is the URL of a list with one of its tabs and a place in it.
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
