package files_test

import (
	"image"
	"net/http"
	"net/url"
	"os"
	"path"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
)

// mostMemory is how much more memory hostile uploads may take, in bytes.
const mostMemory = 100 << 20

// names are what hostile files are called.
var names = []string{"photo.jpg", "shell.php", "page.html", "../../etc/passwd.png", "drawing.svg", "a\"b;c.gif", strings.Repeat("x", 300) + ".webp", "x.jpg.exe"}

// Two hundred hostile uploads: what is accepted is served as a plain picture without
// anything that was hidden in it, what is not leaves nothing behind, and none takes much
// memory. It runs alone, since it measures that of the process; HOSTILE_UPLOADS sets how
// many there are.
func TestHostileUploadsAreNeverServed(t *testing.T) {
	a := apptest.New(t)
	a.JoinCreator(t, "penne.sandbox")
	owner, visitor := a.SignedInCreator(t, "penne.sandbox"), a.NewBrowser(t)
	page := owner.Get("/settings/profile/pictures")
	uploads := 200
	if n, err := strconv.Atoi(os.Getenv("HOSTILE_UPLOADS")); err == nil {
		uploads = n
	}
	sent, accepted := 0, 0
	peak := measureMemory(func() {
		for round := 0; sent < uploads; round++ {
			for _, f := range hostileFiles {
				if f.large && round%12 != 0 || sent == uploads {
					continue
				}
				file := f.make(t, round)
				if f.large {
					debug.FreeOSMemory() // what making the file took is not the program's
				}
				answer := page.SubmitFile("#portrait form[enctype='multipart/form-data']", url.Values{"rights": {"own"}, "alt": {"x"}}, "file", names[sent%len(names)], file)
				sent++
				switch answer.Status {
				case http.StatusOK:
					accepted++
					checkServed(t, f.kind, visitor, answer.Find("#portrait img").AttrOr("src", ""))
				case http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge:
				default:
					t.Errorf("%s is answered by %d", f.kind, answer.Status)
				}
			}
		}
	})
	if shown := apptest.Count(t, a, "SELECT count(*) FROM pictures WHERE state = 'ready'"); shown != 1 || accepted < sent/4 || accepted > sent/2+sent/10 {
		t.Errorf("%d of %d were accepted, %d are shown", accepted, sent, shown)
	}
	t.Logf("%d uploads, %d accepted: %d MB more at the peak", sent, accepted, peak>>20)
	if peak > mostMemory {
		t.Errorf("%d MB more than before", peak>>20)
	}
}

// checkServed looks at a picture in all sizes.
func checkServed(t *testing.T, kind string, visitor *apptest.Browser, address string) {
	t.Helper()
	for _, side := range []string{"1600", "480", "160"} {
		p := visitor.Get(path.Dir(address) + "/" + side)
		contentType := p.Header.Get("Content-Type")
		if p.Status != http.StatusOK || contentType != "image/jpeg" && contentType != "image/png" ||
			p.Header.Get("X-Content-Type-Options") != "nosniff" || p.Header.Get("Content-Security-Policy") != "sandbox; default-src 'none'" {
			t.Errorf("%s: %d, %s, %v", kind, p.Status, contentType, p.Header)
		}
		m, format, err := image.Decode(strings.NewReader(p.Body))
		if err != nil || "image/"+format != contentType || max(m.Bounds().Dx(), m.Bounds().Dy()) > 1600 {
			t.Errorf("%s: served as %s, %s, %v", kind, contentType, format, err)
		}
		for _, mark := range marks {
			if strings.Contains(p.Body, mark) {
				t.Errorf("%s: %q is served", kind, mark)
			}
		}
		if end := map[string]string{"image/jpeg": "\xFF\xD9", "image/png": "IEND\xaeB\x60\x82"}[contentType]; !strings.HasSuffix(p.Body, end) {
			t.Errorf("%s: something stands behind the picture", kind)
		}
	}
}

// measureMemory runs something and gives how much more memory the process had mapped
// meanwhile than before, at most.
func measureMemory(run func()) (more int64) {
	debug.FreeOSMemory()
	before := mappedMemory()
	stop, done := make(chan struct{}), make(chan int64)
	go func() {
		most := before
		for {
			select {
			case <-stop:
				done <- most - before
				return
			default:
				most = max(most, mappedMemory())
				time.Sleep(time.Millisecond)
			}
		}
	}()
	run()
	close(stop)
	more = <-done
	return more
}

// mappedMemory is what the runtime has from the system and has not given back, in bytes.
func mappedMemory() int64 {
	read := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(read)
	return int64(read[0].Value.Uint64()) - int64(read[1].Value.Uint64())
}
