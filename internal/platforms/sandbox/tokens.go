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

// grantedConsent is what an account's owner allowed; revoking it revokes all its tokens.
type grantedConsent struct {
	of      accountKey
	scopes  []string
	offline bool // YouTube: a refresh token was requested properly
	revoked bool
	renewed int // how often a token was refreshed
}

type authorizationCode struct {
	*grantedConsent
	redirectURI, challenge string
	expires                time.Time
}

type issuedToken struct {
	*grantedConsent
	given, expires time.Time // never expires if zero
}

func (s *Sandbox) isAlive(t issuedToken) bool {
	return t.grantedConsent != nil && !t.revoked && (t.expires.IsZero() || s.clock().Before(t.expires))
}

// issueToken creates a token, in a realistic form, and stores it.
func (s *Sandbox) issueToken(in map[string]issuedToken, c *grantedConsent, form string, life time.Duration) string {
	value, now := strings.Replace(form, "*", rand.Text(), 1), s.clock()
	t := issuedToken{grantedConsent: c, given: now}
	if life > 0 {
		t.expires = now.Add(life)
	}
	in[value] = t
	return value
}

// redeemCode returns what a code stands for, once; nil if it stands for nothing.
func (s *Sandbox) redeemCode(d *oauthDialect, form url.Values) *grantedConsent {
	c, ok := s.codes[form.Get("code")]
	delete(s.codes, form.Get("code"))
	if !ok || c.of.platform != d.name || c.revoked || !s.clock().Before(c.expires) || c.redirectURI != form.Get("redirect_uri") || !verifierMatches(c.challenge, form.Get("code_verifier")) {
		return nil
	}
	return c.grantedConsent
}

// redeemRefreshToken returns what a refresh token stands for; nil if it stands for
// nothing.
func (s *Sandbox) redeemRefreshToken(d *oauthDialect, value string) *grantedConsent {
	t := s.refreshTokens[value]
	if !s.isAlive(t) || t.of.platform != d.name {
		return nil
	}
	t.renewed++
	return t.grantedConsent
}

// revokeConsentOf revokes the whole consent that a token belongs to.
func (s *Sandbox) revokeConsentOf(d *oauthDialect, value string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.accessTokens[value]
	if !ok {
		t, ok = s.refreshTokens[value]
	}
	if !ok || t.of.platform != d.name || !s.isAlive(t) {
		return false
	}
	t.revoked = true
	return true
}

// isForm reads the form that OAuth endpoints require.
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
func (s *Sandbox) ownerOf(form url.Values) accountKey {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.codes[form.Get("code")]; ok {
		return c.of
	}
	if t, ok := s.refreshTokens[form.Get("refresh_token")]; ok {
		return t.of
	}
	return s.accessTokens[form.Get("access_token")].ownerKey()
}

func (t issuedToken) ownerKey() accountKey {
	if t.grantedConsent == nil {
		return accountKey{}
	}
	return t.of
}

// admission is what a request's access token allows.
type admission struct {
	Account
	scopes  []string
	expires time.Time
}

func (e admission) hasScope(scope string) bool { return slices.Contains(e.scopes, scope) }

// authenticate checks an access token.
func (s *Sandbox) authenticate(d *oauthDialect, value string) (admission, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.accessTokens[value]
	if !s.isAlive(t) || t.of.platform != d.name {
		return admission{}, false
	}
	return admission{s.withGrowth(s.accounts[t.of]), slices.Clone(t.scopes), t.expires}, true
}

// bearerToken is the request's token with an authorization scheme.
func bearerToken(r *http.Request, scheme string) string {
	given, value, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if given != scheme {
		return ""
	}
	return value
}

// verifierMatches says whether the verifier belongs to the challenge. TikTok's desktop
// guide uses hex, other clients send base64url; both are accepted.
func verifierMatches(challenge, verifier string) bool {
	if challenge == "" {
		return true
	}
	sum := sha256.Sum256([]byte(verifier))
	return verifier != "" && (challenge == hex.EncodeToString(sum[:]) || challenge == base64.RawURLEncoding.EncodeToString(sum[:]))
}
