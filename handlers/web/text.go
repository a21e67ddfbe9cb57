package web

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
)

// isText says whether every database and page takes s.
func isText(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// CleanQuery takes out of a query what no database takes, before anything reads it.
func CleanQuery(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		u := c.Request().URL
		if s, err := url.QueryUnescape(u.RawQuery); err != nil || !isText(s) {
			u.RawQuery = url.Values(cleanValues(u.Query())).Encode()
		}
		return next(c)
	}
}

// RefuseBrokenText says that there is nothing at a path that no database takes,
// and takes the same out of the values of a form.
func RefuseBrokenText(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if !isText(r.URL.Path) {
			return echo.ErrNotFound
		}
		if r.Method == http.MethodPost {
			r.Form, r.PostForm = cleanValues(r.Form), cleanValues(r.PostForm)
			if r.MultipartForm != nil {
				r.MultipartForm.Value = cleanValues(r.MultipartForm.Value)
			}
		}
		return next(c)
	}
}

// cleanValues cleans all values in place, and drops the names that are no text.
func cleanValues(all map[string][]string) map[string][]string {
	for name, values := range all {
		if !isText(name) {
			delete(all, name)
			continue
		}
		for i, v := range values {
			values[i] = CleanText(v)
		}
	}
	return all
}
