package web

import (
	"net/http"
	"net/url"
	"strings"

	"tribemarket/views/paths"
)

// PathAfterSignIn is where to go after signing in: a LocalPath that is not
// itself a page for signing in.
func PathAfterSignIn(next string) string {
	next = LocalPath(next)
	for _, p := range []string{paths.SignIn(""), paths.SignUp(), paths.SignOut(), paths.ConfirmIdentity(""), "/auth/"} {
		if strings.HasPrefix(next, p) {
			return ""
		}
	}
	return next
}

// LocalPath is a path of this site, or "" for anything that a browser could take for
// another site: only a path that starts with a single slash.
func LocalPath(next string) string {
	if len(next) > 2000 || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\") {
		return ""
	}
	for _, r := range next {
		if r <= ' ' || r == 0x7f || r == '\uFFFD' {
			return ""
		}
	}
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, "\\") {
		return ""
	}
	for _, r := range u.Path {
		if r < ' ' || r == 0x7f {
			return ""
		}
	}
	return next
}

// ReturnPath is the page from which a form was sent, for people who must sign in first:
// never the form's own path, which cannot be read with GET.
func (b *Base) ReturnPath(r *http.Request) string {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return PathAfterSignIn(r.URL.RequestURI())
	}
	ref, err := url.Parse(r.Referer())
	if err != nil || ref.Scheme+"://"+ref.Host != b.Site.BaseURL {
		return paths.Dashboard()
	}
	return PathAfterSignIn(ref.RequestURI())
}
