package sandbox

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// How long each lives, as TikTok's pages of November 2026 have it.
const (
	codeLife    = 10 * time.Minute
	accessLife  = 2 * time.Hour
	refreshLife = 180 * 24 * time.Hour
)

// consent is what an account's owner allowed; revoking it kills all its tokens.
type consent struct {
	openID  string
	scopes  []string
	revoked bool
}

type code struct {
	*consent
	redirectURI, challenge string
	expires                time.Time
}

type token struct {
	*consent
	expires time.Time
}

func (s *Sandbox) giveToken(w http.ResponseWriter, r *http.Request) {
	form, ok := s.clientForm(w, r)
	if !ok {
		return
	}
	if s.fails(w, r, OnToken, s.ownerOf(form), s.oauthFaults()) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var granted *consent
	switch form.Get("grant_type") {
	case "authorization_code":
		granted = s.redeemCode(form)
	case "refresh_token":
		granted = s.redeemRefresh(form)
	default:
		s.replyOAuth(w, "unsupported_grant_type", "The grant type is not supported.")
		return
	}
	if granted == nil {
		s.replyOAuth(w, "invalid_grant", "The code or token is invalid, expired or used.")
		return
	}
	s.replyToken(w, granted)
}

// redeemCode gives what a code stands for, once; nil if it stands for nothing.
func (s *Sandbox) redeemCode(form url.Values) *consent {
	c, ok := s.codes[form.Get("code")]
	delete(s.codes, form.Get("code"))
	if !ok || !s.clock().Before(c.expires) || c.redirectURI != form.Get("redirect_uri") || !verifies(c.challenge, form.Get("code_verifier")) {
		return nil
	}
	return c.consent
}

// redeemRefresh gives what a refresh token stands for; it dies with its use.
func (s *Sandbox) redeemRefresh(form url.Values) *consent {
	t, ok := s.refresh[form.Get("refresh_token")]
	delete(s.refresh, form.Get("refresh_token"))
	if !ok || t.revoked || !s.clock().Before(t.expires) {
		return nil
	}
	return t.consent
}

func (s *Sandbox) replyToken(w http.ResponseWriter, granted *consent) {
	now, access, refresh := s.clock(), "act."+rand.Text()+"!4357.e1", "rft."+rand.Text()+"!4381.e1"
	s.access[access] = token{granted, now.Add(accessLife)}
	s.refresh[refresh] = token{granted, now.Add(refreshLife)}
	reply(w, http.StatusOK, map[string]any{
		"access_token": access, "expires_in": int64(accessLife.Seconds()),
		"refresh_token": refresh, "refresh_expires_in": int64(refreshLife.Seconds()),
		"open_id": granted.openID, "scope": strings.Join(granted.scopes, ","), "token_type": "Bearer",
	})
}

func (s *Sandbox) revokeToken(w http.ResponseWriter, r *http.Request) {
	form, ok := s.clientForm(w, r)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.access[form.Get("token")]
	if !ok {
		s.replyOAuth(w, "invalid_request", "The token is unknown.")
		return
	}
	t.revoked = true
	reply(w, http.StatusOK, struct{}{})
}

// clientForm reads a form that carries the app's own credentials.
func (s *Sandbox) clientForm(w http.ResponseWriter, r *http.Request) (url.Values, bool) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/x-www-form-urlencoded" || r.ParseForm() != nil {
		s.replyOAuth(w, "invalid_request", "Send a form of at most 64 KiB.")
		return nil, false
	}
	key, secret := r.PostForm.Get("client_key"), r.PostForm.Get("client_secret")
	if key != s.opts.ClientKey || subtle.ConstantTimeCompare([]byte(secret), []byte(s.opts.ClientSecret)) != 1 {
		s.replyOAuth(w, "invalid_client", "The client key or secret is wrong.")
		return nil, false
	}
	return r.PostForm, true
}

func (s *Sandbox) replyOAuth(w http.ResponseWriter, code, description string) {
	e := s.oauthError(code, description)
	reply(w, e.status, e.body)
}

// ownerOf is the account that a token request is about, "" if none.
func (s *Sandbox) ownerOf(form url.Values) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.codes[form.Get("code")]; ok {
		return c.openID
	}
	if t, ok := s.refresh[form.Get("refresh_token")]; ok {
		return t.openID
	}
	return ""
}

// bearer is what the request's access token allows.
func (s *Sandbox) bearer(r *http.Request) (Account, []string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	scheme, value, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	t, ok := s.access[value]
	if !ok || scheme != "Bearer" || t.revoked || !s.clock().Before(t.expires) {
		return Account{}, nil, false
	}
	return s.accounts[t.openID], slices.Clone(t.scopes), true
}

// verifies says whether the verifier belongs to the challenge. TikTok's desktop
// guide has it in hex, other clients send base64url; both are accepted.
func verifies(challenge, verifier string) bool {
	if challenge == "" {
		return true
	}
	sum := sha256.Sum256([]byte(verifier))
	return verifier != "" && (challenge == hex.EncodeToString(sum[:]) || challenge == base64.RawURLEncoding.EncodeToString(sum[:]))
}
