package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func get(t *testing.T, method, path, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func TestFilesAreServedUnderTheirHash(t *testing.T) {
	t.Parallel()
	for name, mime := range map[string]string{
		"app.css": "text/css; charset=utf-8", "app.js": "text/javascript; charset=utf-8",
		"vendor/htmx/htmx.min.js": "text/javascript; charset=utf-8", "img/favicon.svg": "image/svg+xml",
	} {
		url := URL(name)
		res := get(t, "GET", url, "br, gzip")
		if res.StatusCode != 200 || res.Header.Get("Content-Type") != mime {
			t.Fatalf("%s: %d %s", url, res.StatusCode, res.Header.Get("Content-Type"))
		}
		if c := res.Header.Get("Cache-Control"); !strings.Contains(c, "immutable") {
			t.Errorf("%s: Cache-Control is %q", url, c)
		}
		zipped, err := gzip.NewReader(res.Body)
		if err != nil {
			t.Fatalf("%s: %v", url, err)
		}
		unzipped, _ := io.ReadAll(zipped)
		plain, _ := io.ReadAll(get(t, "GET", url, "gzip;q=0, identity").Body)
		if len(plain) == 0 || !bytes.Equal(unzipped, plain) {
			t.Errorf("%s: gzip and plain differ", url)
		}
		if head := get(t, "HEAD", url, "gzip"); head.StatusCode != 200 || head.Header.Get("Content-Length") == "" {
			t.Errorf("%s: HEAD is %d", url, head.StatusCode)
		}
	}
}

func TestPicturesAreServedAsTheyAre(t *testing.T) {
	t.Parallel()
	res := get(t, "GET", URL("art/coffee-480.png"), "gzip")
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "image/png" || res.Header.Get("Content-Encoding") != "" || !bytes.HasPrefix(body, []byte("\x89PNG")) {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
}

func TestOtherAddressesAreNotFound(t *testing.T) {
	t.Parallel()
	old := regexp.MustCompile(`\.[0-9a-f]{12}\.`).ReplaceAllString(URL("app.css"), ".000000000000.")
	for _, path := range []string{
		old, "/static/app.css", "/static/", "/static/css/base.css", "/static/vendor/htmx/LICENSE",
		"/static/../static.go", URL("app.css") + "/", "/static/vendor/htmx/README.md",
	} {
		if res := get(t, "GET", path, ""); res.StatusCode != 404 || res.Header.Get("Cache-Control") != "" {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
	if res := get(t, "POST", URL("app.css"), ""); res.StatusCode != 405 {
		t.Errorf("POST: %d", res.StatusCode)
	}
}

// The sizes are those after which a phone on a weak line begins to wait.
func TestSizes(t *testing.T) {
	t.Parallel()
	m := loaded()
	size := func(name string) int { return len(m.assets[m.url[name]].zipped) }
	if n := size("app.css"); n > 15_000 {
		t.Errorf("styles are %d bytes", n)
	}
	if n := size("app.js") + size("vendor/htmx/htmx.min.js"); n > 25_000 {
		t.Errorf("scripts are %d bytes", n)
	}
}

func TestTheLayersAreNamedFirst(t *testing.T) {
	t.Parallel()
	m := loaded()
	css := string(m.assets[m.url["app.css"]].raw)
	order := strings.Index(css, "@layer reset, base, components, pages, utilities;")
	first := regexp.MustCompile(`@layer \w+ \{`).FindStringIndex(css)
	if order < 0 || first == nil || first[0] < order {
		t.Error("the order of the layers is not the first rule")
	}
	// A rule outside a layer would win over every layer.
	_ = fs.WalkDir(files, "css", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, _ := files.ReadFile(path)
		s := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(raw), "")
		depth := 0
		for line := range strings.Lines(s) {
			if text := strings.TrimSpace(line); depth == 0 && text != "" && !strings.HasPrefix(text, "@layer ") {
				t.Errorf("%s: outside a layer: %s", path, text)
			}
			depth += strings.Count(line, "{") - strings.Count(line, "}")
		}
		if depth != 0 {
			t.Errorf("%s: braces do not match", path)
		}
		return nil
	})
}

func TestAWrongNameIsAMistakeOfOurs(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("URL answers for a file that is not there")
		}
	}()
	URL("nothing.css")
}
