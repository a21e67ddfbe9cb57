package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"tribemarket/models"
)

// Options are how the one client app is registered, and how the faults behave.
type Options struct {
	ClientKey, ClientSecret string
	RedirectURIs            []string      // matched exactly; AllowRedirect adds further ones
	OAuthErrorsAt200        bool          // TikTok doesn't document the status of OAuth errors; else 400
	SlowFor                 time.Duration // how long a Slow answer takes; 30 s if zero
}

// Sandbox is the stand-in; it is an http.Handler that works below any path.
type Sandbox struct {
	clock models.Clock
	opts  Options
	mux   *http.ServeMux

	mu        sync.Mutex
	order     []string // open ids, in the order of the consent page
	accounts  map[string]Account
	redirects []string
	script    map[Endpoint][]Kind
	codes     map[string]code
	access    map[string]token
	refresh   map[string]token
}

// New is a sandbox that knows the accounts, and forgets every token when it ends.
func New(clock models.Clock, accounts []Account, opts Options) *Sandbox {
	if opts.SlowFor == 0 {
		opts.SlowFor = 30 * time.Second
	}
	s := &Sandbox{
		clock: clock, opts: opts, mux: http.NewServeMux(),
		accounts: map[string]Account{}, redirects: slices.Clone(opts.RedirectURIs), script: map[Endpoint][]Kind{},
		codes: map[string]code{}, access: map[string]token{}, refresh: map[string]token{},
	}
	s.Put(accounts...)
	s.mux.HandleFunc("GET /v2/auth/authorize/{$}", s.showConsent)
	s.mux.HandleFunc("POST /v2/auth/authorize/{$}", s.takeConsent)
	s.mux.HandleFunc("GET /v2/auth/authorize/consent.css", showStyle)
	s.mux.HandleFunc("POST /v2/oauth/token/{$}", s.giveToken)
	s.mux.HandleFunc("POST /v2/oauth/revoke/{$}", s.revokeToken)
	s.mux.HandleFunc("GET /v2/user/info/{$}", s.showUser)
	s.mux.HandleFunc("POST /v2/video/list/{$}", s.listVideos)
	s.mux.HandleFunc("POST /v2/video/query/{$}", s.queryVideos)
	return s
}

// ServeHTTP answers as TikTok does.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	// TikTok is below its name, as beside other platforms, and at the root.
	if strings.HasPrefix(r.URL.Path, "/tiktok/") {
		http.StripPrefix("/tiktok", s.mux).ServeHTTP(w, r)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// AllowRedirect registers a further callback address, for an app that learns
// its own address only when it listens.
func (s *Sandbox) AllowRedirect(uri string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.redirects = append(s.redirects, uri)
}

// Put adds accounts, or replaces those with the same OpenID: to publish a
// video, take the Account, add the video and put it back.
func (s *Sandbox) Put(accounts ...Account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range accounts {
		a.Videos = slices.SortedFunc(slices.Values(a.Videos), func(x, y Video) int { return y.PostedAt.Compare(x.PostedAt) })
		if _, known := s.accounts[a.OpenID]; !known {
			s.order = append(s.order, a.OpenID)
		}
		s.accounts[a.OpenID] = a
	}
}

// Account is the account with the handle, in any case.
func (s *Sandbox) Account(handle string) (Account, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range s.order {
		if a := s.accounts[id]; strings.EqualFold(a.Username, handle) {
			a.Videos = slices.Clone(a.Videos)
			return a, true
		}
	}
	return Account{}, false
}

// find lists the accounts whose handle or name contains the words, at most
// limit of them, and counts all.
func (s *Sandbox) find(words string, limit int) (found []Account, total int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	words = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(words), "@"))
	for _, id := range s.order {
		a := s.accounts[id]
		if !strings.Contains(strings.ToLower(a.Username+"\n"+a.DisplayName), words) {
			continue
		}
		if total++; len(found) < limit {
			found = append(found, a)
		}
	}
	return found, total
}
