package oidc

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/markbates/goth"
	"golang.org/x/oauth2"

	"tribemarket/models/creators"
)

// Session is one sign-in, from the provider's page to the verified ID token.
type Session struct {
	AuthURL         string
	Verifier, Nonce string // for PKCE, and in the ID token

	Issuer  string `json:",omitempty"`
	Subject string `json:",omitempty"`
	person  personClaims
	access  *oauth2.Token // for the user info, never stored
}

// personClaims is what the provider may say about the person besides the identity.
type personClaims struct {
	Email    string
	Verified bool
	Name     string
}

// UnmarshalJSON also accepts email_verified as a string, as some providers send it.
func (p *personClaims) UnmarshalJSON(b []byte) error {
	var c struct {
		Email    string `json:"email"`
		Verified any    `json:"email_verified"`
		Name     string `json:"name"`
	}
	if err := json.Unmarshal(b, &c); err != nil {
		return err
	}
	*p = personClaims{Email: c.Email, Verified: c.Verified == true || c.Verified == "true", Name: c.Name}
	return nil
}

// GetAuthURL is the URL of the provider's sign-in page.
func (s *Session) GetAuthURL() (string, error) {
	if s.AuthURL == "" {
		return "", errors.New(goth.NoAuthUrlErrorMessage)
	}
	return s.AuthURL, nil
}

// Marshal is the session as text, for our own server-side store.
func (s *Session) Marshal() string {
	b, _ := json.Marshal(s) // strings always marshal
	return string(b)
}

// UserID is issuer and subject, separated by a space, which no issuer contains: the same
// subject at another issuer is another person.
func (s *Session) UserID() string { return s.Issuer + " " + s.Subject }

// Authorize exchanges the callback's code and verifies the ID token: signature, issuer,
// audience, authorized party, expiry and nonce. params are the callback's query. An error
// wraps ErrReconnect for a refused callback, ErrIdentityRefused for an ID token that cannot
// be believed, and ErrPlatformBusy if the
// provider's response is invalid.
func (s *Session) Authorize(provider goth.Provider, params goth.Params) (string, error) {
	p, ok := provider.(*Provider)
	if !ok {
		return "", fmt.Errorf("oidc: a session of provider %T", provider)
	}
	ctx, cancel := p.stepContext()
	defer cancel()
	m, err := p.discover(ctx)
	if err != nil {
		return "", err
	}
	code, iss := params.Get("code"), params.Get("iss")
	switch {
	case s.Verifier == "" || s.Nonce == "":
		return "", refusedError("a session without verifier and nonce")
	case code == "":
		return "", refusedError("a callback without a code")
	case iss != "" && iss != p.cfg.Issuer, iss == "" && m.sendsIssuer:
		return "", identityError("a callback of another issuer")
	}
	token, err := m.oauth.Exchange(ctx, code, oauth2.VerifierOption(s.Verifier))
	if err != nil {
		return "", exchangeError(err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return "", identityError("an answer without an ID token")
	}
	id, err := m.verifier.Verify(ctx, raw)
	if err != nil {
		if ctx.Err() != nil || strings.Contains(err.Error(), "fetching keys") {
			return "", busyError("keys", err)
		}
		return "", identityError(err.Error())
	}
	var claims struct {
		AuthorizedParty string `json:"azp"`
	}
	if err := errors.Join(id.Claims(&claims), id.Claims(&s.person)); err != nil {
		return "", identityError(err.Error())
	}
	switch {
	case id.Nonce != s.Nonce:
		return "", identityError("another nonce")
	case claims.AuthorizedParty != "" && claims.AuthorizedParty != p.cfg.ClientID, claims.AuthorizedParty == "" && len(id.Audience) > 1:
		return "", identityError("another authorized party")
	case id.Subject == "" || len(id.Subject) > 255 || !utf8.ValidString(id.Subject) || strings.ContainsRune(id.Subject, 0):
		return "", identityError("no usable subject")
	case id.AccessTokenHash != "" && id.VerifyAccessToken(token.AccessToken) != nil:
		return "", identityError("an access token of another ID token")
	}
	s.Issuer, s.Subject, s.access = p.cfg.Issuer, id.Subject, token
	return token.AccessToken, nil
}

func exchangeError(err error) error {
	var answered *oauth2.RetrieveError
	if errors.As(err, &answered) {
		switch answered.ErrorCode {
		case "invalid_grant", "access_denied":
			return refusedError("code: " + answered.ErrorCode)
		case "invalid_client", "unauthorized_client", "invalid_request", "unsupported_grant_type":
			return fmt.Errorf("oidc token: %.60q: %w", answered.ErrorCode, creators.ErrPlatformSetup)
		}
		// The error itself repeats the body.
		return fmt.Errorf("oidc token: status %d: %w", answered.Response.StatusCode, creators.ErrPlatformBusy)
	}
	return busyError("token", err)
}

// refusedError is a sign-in that has to be started again.
func refusedError(why string) error {
	return fmt.Errorf("oidc: %.200s: %w", why, creators.ErrReconnect)
}

// identityError is an identity that cannot be believed, and why.
func identityError(why string) error {
	return fmt.Errorf("oidc: %.200s: %w", why, creators.ErrIdentityRefused)
}
