package web

import (
	"net/http"
	"net/url"
	"strings"

	"tribemarket/views/paths"
)

// safeNext is where to go after signing in: a safeBack that is not itself a
// page for signing in.
func SafeNext(next string) string {
	next = SafeBack(next)
	for _, p := range []string{paths.SignIn(""), paths.SignUp(), paths.SignOut(), paths.ConfirmIdentity(""), "/auth/"} {
		if strings.HasPrefix(next, p) {
			return ""
		}
	}
	return next
}

// safeBack is a way back into the site, or "" for anything that a browser
// could take for another place: only a path that starts with one slash.
func SafeBack(next string) string {
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

// back is the page from which a form was sent, for people who must sign in
// first: never the form's own address, which cannot be read.
func (b *Base) ReturnPath(r *http.Request) string {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return SafeNext(r.URL.RequestURI())
	}
	ref, err := url.Parse(r.Referer())
	if err != nil || ref.Scheme+"://"+ref.Host != b.Site.BaseURL {
		return paths.Dashboard()
	}
	return SafeNext(ref.RequestURI())
}

func OrDashboard(next string) string {
	if next == "" {
		return paths.Dashboard()
	}
	return next
}

func OrHome(next string) string {
	if next == "" {
		return paths.Home()
	}
	return next
}
