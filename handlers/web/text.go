package web

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"tribemarket/models/text"
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

// RefuseBrokenText says that there is nothing at a path that no database takes, and
// cleans the answers of a form.
func RefuseBrokenText(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if !isText(r.URL.Path) {
			return echo.ErrNotFound
		}
		if r.Method == http.MethodPost {
			r.Form, r.PostForm = cleanAnswers(r.Form), cleanAnswers(r.PostForm)
			if r.MultipartForm != nil {
				r.MultipartForm.Value = cleanAnswers(r.MultipartForm.Value)
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

// cleanAnswers cleans what a person typed or pasted: it is in NFC, without invisible
// characters that mean nothing there. Passwords stay as they were typed.
func cleanAnswers(all map[string][]string) map[string][]string {
	for name, values := range cleanValues(all) {
		if strings.Contains(name, "password") {
			continue
		}
		for i, v := range values {
			values[i] = text.RemoveInvisible(v)
		}
	}
	return all
}
