package wire

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/addresses"
)

func TestPicturesAreReadFromTheirPlatformOnly(t *testing.T) {
	t.Parallel()
	s := NewPictureSource("", 0, "i.ytimg.com", "*.fbcdn.net")
	for address, want := range map[string]bool{
		"https://i.ytimg.com/vi/a/mqdefault.jpg": true, "https://scontent-ams.xx.fbcdn.net/v/a.jpg?sig=1": true,
		"http://i.ytimg.com/vi/a.jpg": false, "https://i.ytimg.com:8443/a.jpg": false, "https://i.ytimg.com.evil.example/a.jpg": false, "https://u@i.ytimg.com/a.jpg": false,
		"https://fbcdn.net/a.jpg": false, "https://.fbcdn.net/a.jpg": false, "https://evilfbcdn.net/a.jpg": false, "https://127.0.0.1/a.jpg": false, "//i.ytimg.com/a.jpg": false,
		"file:///etc/passwd": false, "data:image/png;base64,AA": false, "": false, "https://i.ytimg.com/" + strings.Repeat("a", 3000): false,
	} {
		if got := s.Accept(address) != ""; got != want {
			t.Errorf("%.60s: %t", address, got)
		}
		if _, err := s.ReadPicture(t.Context(), address); !want && !errors.Is(err, ErrForeignPicture) {
			t.Errorf("%.60s: %v", address, err)
		}
	}
	// A name of the platform that leads inside is not followed there.
	inside := NewPictureSource("", 0, "localhost")
	if _, err := inside.ReadPicture(t.Context(), "https://localhost/a.jpg"); !errors.Is(err, addresses.ErrNotPublic) {
		t.Errorf("localhost: %v", err)
	}
}

func TestPicturesThatAreNone(t *testing.T) {
	t.Parallel()
	reached := false
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer other.Close()
	served := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, other.URL, http.StatusFound)
		case "/here":
			http.Redirect(w, r, "/good", http.StatusMovedPermanently)
		case "/endless":
			for range 6 << 10 {
				_, _ = w.Write(make([]byte, 1<<10))
			}
		case "/slow":
			<-r.Context().Done()
		case "/good":
			_, _ = w.Write([]byte("picture"))
		default:
			http.NotFound(w, r)
		}
	}))
	defer served.Close()
	s := NewPictureSource(served.URL, 300*time.Millisecond)
	if b, err := s.ReadPicture(t.Context(), served.URL+"/good"); err != nil || string(b) != "picture" {
		t.Errorf("%q, %v", b, err)
	}
	for _, path := range []string{"/away", "/here", "/endless", "/slow", "/missing"} {
		if b, err := s.ReadPicture(t.Context(), served.URL+path); err == nil || strings.Contains(err.Error(), served.URL) {
			t.Errorf("%s: %d bytes, %v", path, len(b), err)
		}
	}
	if _, err := s.ReadPicture(t.Context(), other.URL); !errors.Is(err, ErrForeignPicture) || reached {
		t.Errorf("another origin: %v", err)
	}
}
