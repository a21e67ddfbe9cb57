package web

import (
	"net/http/httptest"
	"testing"
)

func TestTheWayBackStaysHere(t *testing.T) {
	t.Parallel()
	for _, ok := range []string{"/", "/deals/abc", "/creators?tribe=foodtok&q=p%C3%A2tes", "/c/x?platform=tiktok#posts", "/negotiations/abc?next=//evil.example"} {
		if got := LocalPath(ok); got != ok {
			t.Errorf("%q became %q", ok, got)
		}
	}
	for _, bad := range []string{
		"", "evil.example", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "/\\/evil.example", "\\\\evil.example", "\\/evil.example",
		"http://evil.example", "https://evil.example", "HTTPS://evil.example", "http:evil.example", "https:/evil.example", "https:///evil.example",
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "mailto:a@b", "file:///etc/passwd", "ftp://x",
		" //evil.example", "\t//evil.example", "\n//evil.example", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "/ /evil.example", "/\x00/evil.example",
		"/%09/evil.example", "/%0a/evil.example", "/%0d/evil.example", "/%00", "/%5cevil.example", "/%5C/evil.example", "/%2f/evil.example", "/%2Fevil.example",
		"@evil.example", "user@evil.example", ".evil.example", "?x", "#x", "..", "../x", "./x", "x/y",
		"/a\r\nSet-Cookie: x=1", "/a%0d%0aSet-Cookie:x", "/a\u2028b"[:0] + "/a\x7f", "/%zz", "/%", "/a b", "/é\ufffd",
		"//localhost", "//127.0.0.1", "//[::1]/", "https://127.0.0.1/", "http://[::1]/", "\u2215\u2215evil.example", "／／evil.example", "%2f%2fevil.example", "%2F/evil.example",
	} {
		if got := LocalPath(bad); got != "" {
			t.Errorf("%q became %q", bad, got)
		}
	}
	for _, loop := range []string{"/signin", "/signin?next=/x", "/signup", "/signout", "/auth/tiktok/callback?code=1"} {
		if got := PathAfterSignIn(loop); got != "" {
			t.Errorf("%q became %q", loop, got)
		}
	}
}

func TestAFormLeadsBackToItsPage(t *testing.T) {
	t.Parallel()
	h := &Base{Site: Site{BaseURL: "https://market.example"}}
	for referer, want := range map[string]string{
		"https://market.example/deals/abc?x=1": "/deals/abc?x=1",
		"https://evil.example/deals/abc":       "/dashboard",
		"https://market.example.evil.example/": "/dashboard",
		"":                                     "/dashboard",
	} {
		r := httptest.NewRequest("POST", "/deals/abc/ending", nil)
		r.Header.Set("Referer", referer)
		if got := h.ReturnPath(r); got != want {
			t.Errorf("from %q back to %q, want %q", referer, got, want)
		}
	}
}

func FuzzTheWayBack(f *testing.F) {
	f.Add("/deals")
	f.Add("//x")
	f.Fuzz(func(t *testing.T, next string) {
		if got := LocalPath(next); got != "" && (len(got) > 1 && (got[1] == '/' || got[1] == '\\') || got[0] != '/') {
			t.Errorf("%q became %q", next, got)
		}
	})
}
