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

// consent is what an account's owner allowed; revoking it kills all its tokens.
type consent struct {
	of      key
	scopes  []string
	offline bool // YouTube: a refresh token was asked for in the right way
	revoked bool
	renewed int // how often a token was refreshed
}

type code struct {
	*consent
	redirectURI, challenge string
	expires                time.Time
}

type token struct {
	*consent
	given, expires time.Time // without an end when zero
}

func (s *Sandbox) alive(t token) bool {
	return t.consent != nil && !t.revoked && (t.expires.IsZero() || s.clock().Before(t.expires))
}

// give makes a token, in a form that real ones have, and keeps it.
func (s *Sandbox) give(in map[string]token, c *consent, form string, life time.Duration) string {
	value, now := strings.Replace(form, "*", rand.Text(), 1), s.clock()
	t := token{consent: c, given: now}
	if life > 0 {
		t.expires = now.Add(life)
	}
	in[value] = t
	return value
}

// redeemCode gives what a code stands for, once; nil if it stands for nothing.
func (s *Sandbox) redeemCode(d *dialect, form url.Values) *consent {
	c, ok := s.codes[form.Get("code")]
	delete(s.codes, form.Get("code"))
	if !ok || c.of.platform != d.name || c.revoked || !s.clock().Before(c.expires) || c.redirectURI != form.Get("redirect_uri") || !verifies(c.challenge, form.Get("code_verifier")) {
		return nil
	}
	return c.consent
}

// refreshed gives what a refresh token stands for; nil if it stands for nothing.
func (s *Sandbox) refreshed(d *dialect, value string) *consent {
	t := s.refresh[value]
	if !s.alive(t) || t.of.platform != d.name {
		return nil
	}
	t.renewed++
	return t.consent
}

// revoke kills all of the consent that a token belongs to.
func (s *Sandbox) revoke(d *dialect, value string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.access[value]
	if !ok {
		t, ok = s.refresh[value]
	}
	if !ok || t.of.platform != d.name || !s.alive(t) {
		return false
	}
	t.revoked = true
	return true
}

// isForm reads the form that OAuth endpoints want.
func isForm(r *http.Request) bool {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return kind == "application/x-www-form-urlencoded" && r.ParseForm() == nil
}

func (s *Sandbox) isClient(id, secret string) bool {
	return id == s.opts.ClientKey && s.isSecret(secret)
}

func (s *Sandbox) isSecret(secret string) bool {
	return subtle.ConstantTimeCompare([]byte(secret), []byte(s.opts.ClientSecret)) == 1
}

// ownerOf is the account that a token request is about, without an id if none.
func (s *Sandbox) ownerOf(form url.Values) key {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.codes[form.Get("code")]; ok {
		return c.of
	}
	if t, ok := s.refresh[form.Get("refresh_token")]; ok {
		return t.of
	}
	return s.access[form.Get("access_token")].owner()
}

func (t token) owner() key {
	if t.consent == nil {
		return key{}
	}
	return t.of
}

// entry is what a request's access token allows.
type entry struct {
	Account
	scopes  []string
	expires time.Time
}

func (e entry) may(scope string) bool { return slices.Contains(e.scopes, scope) }

// enter checks an access token.
func (s *Sandbox) enter(d *dialect, value string) (entry, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.access[value]
	if !s.alive(t) || t.of.platform != d.name {
		return entry{}, false
	}
	return entry{s.grown(s.accounts[t.of]), slices.Clone(t.scopes), t.expires}, true
}

// bearer is the request's token, as scheme has it.
func bearer(r *http.Request, scheme string) string {
	given, value, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if given != scheme {
		return ""
	}
	return value
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
