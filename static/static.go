// Package static holds the style sheet, the scripts and the pictures inside the
// binary and serves them under names that change with their content.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"tribemarket/static/art"
)

//go:embed css/*.css js/*.js img/*.svg vendor/*/*
var files embed.FS

// Prefix is the path under which the files are served.
const Prefix = "/static/"

// types are those of the files we have; any other file is not served.
var types = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
}

type asset struct {
	mime        string
	raw, zipped []byte // zipped is nil for what is compressed already
}

type manifest struct {
	url    map[string]string // name to address
	assets map[string]asset  // address to content
}

// loaded is built once, at the first use.
var loaded = sync.OnceValue(func() manifest {
	m, err := buildManifest(files)
	if err == nil {
		err = m.addFolder("art/", art.Files)
	}
	if err != nil {
		panic("static: " + err.Error())
	}
	return m
})

func buildManifest(in fs.FS) (manifest, error) {
	m := manifest{map[string]string{}, map[string]asset{}}
	css, err := joinFiles(in, "css/*.css", "", "")
	if err != nil {
		return m, err
	}
	// Each script has a block of its own, so that its names stay its own.
	js, err := joinFiles(in, "js/*.js", "{\n", "}\n")
	if err != nil {
		return m, err
	}
	m.addFile("app.css", withoutComments(css))
	m.addFile("app.js", js)
	err = fs.WalkDir(in, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(p, "css/") || strings.HasPrefix(p, "js/") {
			return err
		}
		content, err := fs.ReadFile(in, p)
		m.addFile(p, content)
		return err
	})
	return m, err
}

// joinFiles puts the files of a pattern after each other, in the order of their names;
// "_tokens.css" comes first.
func joinFiles(in fs.FS, pattern, before, after string) ([]byte, error) {
	names, err := fs.Glob(in, pattern)
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var b bytes.Buffer
	for _, name := range names {
		content, err := fs.ReadFile(in, name)
		if err != nil {
			return nil, err
		}
		b.WriteString(before)
		b.Write(content)
		b.WriteString(after)
	}
	return b.Bytes(), nil
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssIndent  = regexp.MustCompile(`\s*\n\s*`)
)

// withoutComments leaves out of styles what only we read, a sixth of what is sent.
func withoutComments(css []byte) []byte {
	return cssIndent.ReplaceAll(cssComment.ReplaceAll(css, nil), []byte("\n"))
}

func (m manifest) addFile(name string, content []byte) {
	ext := path.Ext(name)
	mime, ok := types[ext]
	if !ok {
		return
	}
	sum := sha256.Sum256(content)
	url := Prefix + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	m.url[name] = url
	if mime == types[".png"] {
		m.assets[url] = asset{mime, content, nil}
		return
	}
	var zipped bytes.Buffer
	w, _ := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	_, _ = w.Write(content) // a buffer takes everything
	_ = w.Close()
	m.assets[url] = asset{mime, content, zipped.Bytes()}
}

// addFolder adds the files of a folder, their names after a prefix.
func (m manifest) addFolder(prefix string, in fs.FS) error {
	return fs.WalkDir(in, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(in, p)
		m.addFile(prefix+p, content)
		return err
	})
}

// URL is the address of a file: "app.css" and "app.js" are all of ours joined,
// others are named by their path ("vendor/htmx/htmx.min.js", "art/coffee-480.png"). A name
// that does not exist is a mistake of ours and panics.
func URL(name string) string {
	url, ok := loaded().url[name]
	if !ok {
		panic("static: there is no " + name)
	}
	return url
}

// Handler serves the files; what is not there, an older hash too, is 404.
func Handler() http.Handler {
	m := loaded()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := m.assets[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
			return
		}
		h, body := w.Header(), a.raw
		h.Set("Content-Type", a.mime)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("X-Content-Type-Options", "nosniff")
		if a.zipped != nil {
			h.Add("Vary", "Accept-Encoding")
			if takesGzip(r.Header.Get("Accept-Encoding")) {
				h.Set("Content-Encoding", "gzip")
				body = a.zipped
			}
		}
		h.Set("Content-Length", strconv.Itoa(len(body)))
		if r.Method == http.MethodGet {
			_, _ = w.Write(body) // a reader that left is no error of ours
		}
	})
}

func takesGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, params, _ := strings.Cut(part, ";")
		if strings.TrimSpace(coding) != "gzip" {
			continue
		}
		q, ok := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		if !ok {
			return true
		}
		weight, err := strconv.ParseFloat(q, 64)
		return err == nil && weight > 0
	}
	return false
}
