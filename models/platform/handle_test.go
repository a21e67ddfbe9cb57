package platform_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"tribemarket/models/platform"
)

func TestParseHandle(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"@lea.cuisine": "lea.cuisine", " Lea_1 ": "Lea_1", "https://www.tiktok.com/@lea.cuisine?lang=fr": "lea.cuisine",
		"tiktok.com/@lea/video/12": "lea", "https://www.youtube.com/c/LeaCooks/": "LeaCooks", "instagram.com/lea": "lea",
		"✿ Lea ✿": "✿ Lea ✿", "서은": "서은", "@": "", "": "", "...": "", "/": "", "😈": "😈",
	} {
		if got, ok := platform.ParseHandle(s); ok != (want != "") || ok && got != want {
			t.Errorf("%q is %q, %v, want %q", s, got, ok, want)
		}
	}
}

// Whatever is typed for a handle, what comes out is one line of bounded, valid
// text without an @ before it, and reads as itself.
func FuzzParseHandle(f *testing.F) {
	for _, s := range []string{"lea", "@Lea.Cuisine", "https://www.tiktok.com/@lea?x=1", "instagram.com/lea/", "//", "@@", "%2f", "\u202e", "a\x00b", "https://x/\n", strings.Repeat("é", 300)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h, ok := platform.ParseHandle(s)
		if !ok {
			return
		}
		if n := utf8.RuneCountInString(h); n == 0 || n > 100 || !utf8.ValidString(h) || strings.HasPrefix(h, "@") || strings.ContainsAny(h, "\n\r\x00") {
			t.Errorf("%q reads as %q", s, h)
		}
		if again, ok := platform.ParseHandle(h); !strings.Contains(h, "/") && (!ok || again != h) {
			t.Errorf("%q reads as %q, and that as %q (%v)", s, h, again, ok)
		}
	})
}
