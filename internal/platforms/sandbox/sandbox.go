package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"tribemarket/models"
)

// Options say how the only client app is registered, with the same credentials on every
// platform, and how the faults behave.
type Options struct {
	ClientKey, ClientSecret string
	RedirectURIs            []string      // matched exactly; AllowRedirect adds further ones
	OAuthErrorsAt200        bool          // TikTok does not document the status of OAuth errors; otherwise 400
	FlatInstagramAnswers    bool          // Instagram's response to a code as often seen; otherwise as documented, in a list
	SlowFor                 time.Duration // how long a Slow answer takes; 30 s if zero
	PageSize                int           // the most posts of a page, whatever was asked; the platform's own if zero
	GrowingSince            time.Time     // from then on figures change with the clock; if zero they do not
}

// accountKey is an account on its platform.
type accountKey struct{ platform, id string }

// Sandbox is the stand-in; it is an http.Handler that works below any path.
type Sandbox struct {
	clock models.Clock
	opts  Options
	mux   *http.ServeMux

	mu             sync.Mutex
	accountOrder   []accountKey // in the order of the consent page
	accounts       map[accountKey]Account
	redirects      []string
	scriptedFaults map[Endpoint][]FaultKind
	codes          map[string]authorizationCode
	accessTokens   map[string]issuedToken
	refreshTokens  map[string]issuedToken
	sentMessages   map[accountKey]signedMessage
	publishedCount int
}

// New returns a sandbox with the accounts; it keeps tokens in memory only.
func New(clock models.Clock, accounts []Account, opts Options) *Sandbox {
	if opts.SlowFor == 0 {
		opts.SlowFor = 30 * time.Second
	}
	s := &Sandbox{
		clock: clock, opts: opts, mux: http.NewServeMux(),
		accounts: map[accountKey]Account{}, redirects: slices.Clone(opts.RedirectURIs), scriptedFaults: map[Endpoint][]FaultKind{},
		codes: map[string]authorizationCode{}, accessTokens: map[string]issuedToken{}, refreshTokens: map[string]issuedToken{}, sentMessages: map[accountKey]signedMessage{},
	}
	s.PutAccounts(accounts...)
	s.serveTikTok()
	s.serveYouTube()
	s.serveInstagram()
	s.serveTwitch()
	return s
}

// serveConsent serves the page at a platform's own path.
func (s *Sandbox) serveConsent(d *oauthDialect, path string) {
	s.mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { s.showConsent(d, w, r) })
	s.mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) { s.takeConsent(d, w, r) })
	s.mux.HandleFunc("GET "+path[:strings.LastIndex(path, "/")]+"/consent.css", showStyle)
}

// ServeHTTP answers as the platform does whose prefix the path has.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	s.mux.ServeHTTP(w, r)
}

// AllowRedirect registers more callback URLs, for an app that learns its own address only
// when it listens.
func (s *Sandbox) AllowRedirect(uris ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.redirects = append(s.redirects, uris...)
}

// PutAccounts adds accounts, or replaces those with the same OpenID on the platform:
// to publish a video, take the Account, add the video and put it back.
func (s *Sandbox) PutAccounts(accounts ...Account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.putAccounts(accounts...)
}

func (s *Sandbox) putAccounts(accounts ...Account) {
	for _, a := range accounts {
		a.Videos = slices.SortedFunc(slices.Values(a.Videos), func(x, y Video) int { return y.PostedAt.Compare(x.PostedAt) })
		if _, known := s.accounts[a.accountKey()]; !known {
			s.accountOrder = append(s.accountOrder, a.accountKey())
		}
		s.accounts[a.accountKey()] = a
	}
}

// TikTokAccount is the TikTok account with the handle, in any case.
func (s *Sandbox) TikTokAccount(handle string) (Account, bool) {
	return s.AccountOn(tiktok.name, handle)
}

// AccountOn is the account with the handle, in any case, on a platform.
func (s *Sandbox) AccountOn(platform, handle string) (Account, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.accountOrder {
		if a := s.accounts[k]; k.platform == platform && strings.EqualFold(a.Username, handle) {
			a.Videos = slices.Clone(a.Videos)
			return a, true
		}
	}
	return Account{}, false
}

// findAccounts lists a platform's accounts whose handle or name contains the words, at
// most limit of them, and counts all.
func (s *Sandbox) findAccounts(platform, words string, limit int) (found []Account, total int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	words = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(words), "@"))
	for _, k := range s.accountOrder {
		a := s.accounts[k]
		if k.platform != platform || !strings.Contains(strings.ToLower(a.Username+"\n"+a.DisplayName), words) {
			continue
		}
		if total++; len(found) < limit {
			found = append(found, s.withGrowth(a))
		}
	}
	return found, total
}
