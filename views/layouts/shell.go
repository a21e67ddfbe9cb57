package layouts

import (
	"context"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// Viewer is the person who views the page.
type Viewer struct {
	Admin   bool     // may administer the instance
	Name    string   // shown on the account's menu
	Kind    string   // KindBrand, KindCreator or KindPerson, or "" for a visitor who is not signed in
	Waiting int      // how many things wait for them
	Unread  int      // notifications
	Acting  []Acting // the roles in which they may act, if there is a choice
	ActsAs  string   // the current choice, for forms
	Role    string   // the role in the brand, and the agency if they act through one
}

// Acting is one of the roles in which a person may act.
type Acting struct {
	As   string // the value that the form sends
	Name string
	Note string
	Here bool
}

// The kinds of viewer.
const (
	KindBrand   = "brand"
	KindCreator = "creator"
	KindPerson  = "person" // in no brand, and not a creator
)

// The entries of the main navigation, for Shell.Nav.
const (
	NavHome      = "home"
	NavCreators  = "creators"
	NavProposals = "proposals"
	NavDeals     = "deals"
	NavAdmin     = "admin"
)

// The themes, for Shell.Theme; "" follows the device.
const (
	ThemeLight = "light"
	ThemeDark  = "dark"
)

// Flash is the result of the last action, shown once on the next page.
type Flash struct {
	Kind string // a kind of components.Notice
	Text string // "" for none
}

// Shell is what the frame needs to know about the request.
type Shell struct {
	Viewer       Viewer
	CSRF         string
	Path         string // path and query of the page, to return to
	Theme        string
	Nav          string
	InstanceName string
	SourceURL    string // where the source code is, "" if not set
	Demo         bool
	Providers    []string // the sign-in providers, by their names in URLs
	Flash        Flash
}

type shellKey struct{}

// WithShell returns a context whose pages have this frame, and whose forms carry its
// token.
func WithShell(ctx context.Context, s Shell) context.Context {
	if s.InstanceName == "" {
		s.InstanceName = "Tribemarket"
	}
	return components.WithActing(components.WithCSRF(context.WithValue(ctx, shellKey{}, s), s.CSRF), s.Viewer.ActsAs)
}

// ShellFrom returns the frame of the context's pages.
func ShellFrom(ctx context.Context) Shell {
	if s, ok := ctx.Value(shellKey{}).(Shell); ok {
		return s
	}
	return Shell{InstanceName: "Tribemarket"}
}

// Title is a page's title; it begins with the error if the form on the page has one.
func Title(ctx context.Context, title string, invalid bool) string {
	if invalid {
		return i18n.T(ctx, "layouts.error_title", "title", title)
	}
	return title
}

// path is where the language and appearance menus return to.
func (s Shell) path() string {
	if s.Path == "" {
		return "/"
	}
	return s.Path
}

// isAt says whether this is the page of an address.
func (s Shell) isAt(href string) bool {
	p, _, _ := strings.Cut(s.Path, "?")
	return p == href
}

// signInNext is where signing in returns to: the current page, unless that is the home
// page or part of signing in.
func (s Shell) signInNext() string {
	p, _, _ := strings.Cut(s.Path, "?")
	if p == "" || p == paths.Home() || p == paths.SignIn("") || p == paths.SignUp() {
		return ""
	}
	return s.Path
}

func (s Shell) colorScheme() string {
	if s.Theme == "" {
		return "light dark"
	}
	return s.Theme
}

type navItem struct{ key, href, name string }
