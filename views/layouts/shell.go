package layouts

import (
	"context"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// Viewer is who looks at the page.
type Viewer struct {
	Admin   bool     // may administer the instance
	Name    string   // shown on the account's menu
	Kind    string   // KindBrand, KindCreator, or "" for somebody signed out
	Waiting int      // how many things wait for them
	Unread  int      // notifications
	Acting  []Acting // for whom they may act, where there is a choice
	ActsAs  string   // the choice that holds, for forms
	Role    string   // the role in the brand, and the agency if they act through one
}

// Acting is one choice of for whom to act.
type Acting struct {
	As   string // the choice as the form sends it
	Name string
	Note string
	Here bool
}

// The kinds of viewer.
const (
	KindBrand   = "brand"
	KindCreator = "creator"
	KindPerson  = "person" // of no brand, and no creator
)

// The entries of the main navigation, for Shell.Nav.
const (
	NavHome       = "home"
	NavCreators   = "creators"
	NavShortlists = "shortlists"
	NavProposals  = "proposals"
	NavDeals      = "deals"
)

// The themes, for Shell.Theme; "" follows the device.
const (
	ThemeLight = "light"
	ThemeDark  = "dark"
)

// Flash is what the last action led to, said once on the next page.
type Flash struct {
	Kind string // a kind of components.Notice
	Text string // "" for none
}

// Shell is what the frame needs to know of the request.
type Shell struct {
	Viewer       Viewer
	CSRF         string
	Path         string // path and query of the page, to come back to
	Theme        string
	Nav          string
	InstanceName string
	SourceURL    string // where the source code stands, "" if not said
	Dev          bool
	Demo         bool
	Providers    []string // of sign-in, by their names in addresses
	Flash        Flash
}

type shellKey struct{}

// WithShell is a context whose pages have this frame, and whose forms its token.
func WithShell(ctx context.Context, s Shell) context.Context {
	if s.InstanceName == "" {
		s.InstanceName = "Tribemarket"
	}
	return components.WithActing(components.WithCSRF(context.WithValue(ctx, shellKey{}, s), s.CSRF), s.Viewer.ActsAs)
}

// ShellFrom is the frame of the context's pages.
func ShellFrom(ctx context.Context) Shell {
	if s, ok := ctx.Value(shellKey{}).(Shell); ok {
		return s
	}
	return Shell{InstanceName: "Tribemarket"}
}

// Title is a page's title, which says first that the form on it is in error.
func Title(ctx context.Context, title string, invalid bool) string {
	if invalid {
		return i18n.T(ctx, "layouts.error_title", "title", title)
	}
	return title
}

// path is where the language and appearance menus come back to.
func (s Shell) path() string {
	if s.Path == "" {
		return "/"
	}
	return s.Path
}

// signInNext is where signing in leads back to: the page one is on, unless that
// is the first page or one of the way in.
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
