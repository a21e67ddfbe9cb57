package sandbox

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
)

func (s *Sandbox) issueTikTokToken(w http.ResponseWriter, r *http.Request) {
	form, ok := s.tiktokForm(w, r)
	if !ok {
		return
	}
	kind, failed := s.answerFault(w, r, OnToken, s.ownerOf(form), s.oauthFaults())
	if failed {
		return
	}
	s.mu.Lock()
	var granted *grantedConsent
	known := true
	switch form.Get("grant_type") {
	case "authorization_code":
		granted = s.redeemCode(tiktok, form)
	case "refresh_token":
		granted = s.redeemRefreshToken(tiktok, form.Get("refresh_token"))
		delete(s.refreshTokens, form.Get("refresh_token")) // it is used up
	default:
		known = false
	}
	s.mu.Unlock()
	switch {
	case !known:
		s.replyOAuth(w, "unsupported_grant_type", "The grant type is not supported.")
	case granted == nil:
		s.replyOAuth(w, "invalid_grant", "The code or token is invalid, expired or used.")
	default:
		s.replyTikTokToken(w, granted, kind)
	}
}

func (s *Sandbox) replyTikTokToken(w http.ResponseWriter, granted *grantedConsent, kind FaultKind) {
	id := granted.of.id
	if kind == WrongUser {
		id = s.anotherAccount(granted.of).OpenID
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	writeJSON(w, http.StatusOK, jsonObject{
		"access_token":  s.issueToken(s.accessTokens, granted, "act.*!4357.e1", tiktok.accessLife),
		"expires_in":    int64(tiktok.accessLife.Seconds()),
		"refresh_token": s.issueToken(s.refreshTokens, granted, "rft.*!4381.e1", tiktok.refreshLife), "refresh_expires_in": int64(tiktok.refreshLife.Seconds()),
		"open_id": id, "scope": strings.Join(granted.scopes, ","), "token_type": "Bearer",
	})
}

func (s *Sandbox) revokeTikTokToken(w http.ResponseWriter, r *http.Request) {
	form, ok := s.tiktokForm(w, r)
	if !ok {
		return
	}
	if _, failed := s.answerFault(w, r, OnRevoke, accountKey{}, s.oauthFaults()); failed {
		return
	}
	if !s.revokeConsentOf(tiktok, form.Get("token")) {
		s.replyOAuth(w, "invalid_grant", "The token is unknown, expired or revoked.")
		return
	}
	writeJSON(w, http.StatusOK, struct{}{})
}

// tiktokForm reads a form that carries the app's own credentials.
func (s *Sandbox) tiktokForm(w http.ResponseWriter, r *http.Request) (url.Values, bool) {
	if !isForm(r) {
		s.replyOAuth(w, "invalid_request", "Send a form of at most 64 KiB.")
		return nil, false
	}
	if !s.isClient(r.PostForm.Get("client_key"), r.PostForm.Get("client_secret")) {
		s.replyOAuth(w, "invalid_client", "The client key or secret is wrong.")
		return nil, false
	}
	return r.PostForm, true
}

func (s *Sandbox) replyOAuth(w http.ResponseWriter, code, description string) {
	s.oauthError(code, description).write(w)
}

func (s *Sandbox) logID() string { return s.clock().UTC().Format("20060102150405") + rand.Text()[:8] }

// oauthError is the flat response of the OAuth endpoints.
func (s *Sandbox) oauthError(code, description string) errorAnswer {
	status := http.StatusBadRequest
	if s.opts.OAuthErrorsAt200 {
		status = http.StatusOK
	}
	return errorAnswer{status, map[string]string{"error": code, "error_description": description, "log_id": s.logID()}}
}

// tiktokEnvelope wraps every response of the API, successful or not.
func (s *Sandbox) tiktokEnvelope(data any, code, message string) any {
	return jsonObject{"data": data, "error": map[string]string{"code": code, "message": message, "log_id": s.logID()}}
}

func (s *Sandbox) replyTikTokData(w http.ResponseWriter, data any) {
	writeJSON(w, http.StatusOK, s.tiktokEnvelope(data, "ok", ""))
}

func (s *Sandbox) replyTikTokError(w http.ResponseWriter, status int, code, message string) {
	writeJSON(w, status, s.tiktokEnvelope(struct{}{}, code, message))
}

func (s *Sandbox) oauthFaults() map[FaultKind]errorAnswer {
	down := s.oauthError("server_error", "Something went wrong, try again later.")
	return map[FaultKind]errorAnswer{
		ServerError:        {http.StatusInternalServerError, down.body},
		ErrorWithStatus200: {http.StatusOK, down.body},
		TooManyRequests:    {http.StatusTooManyRequests, s.oauthError("temporarily_unavailable", "Too many requests.").body},
		Forbidden:          {http.StatusForbidden, s.oauthError("temporarily_unavailable", "The app is held back.").body},
		TokenRevoked:       s.oauthError("invalid_grant", "The code or token was revoked."),
	}
}

func (s *Sandbox) apiFaults() map[FaultKind]errorAnswer {
	down := s.tiktokEnvelope(struct{}{}, "internal_error", "Something is wrong, try again later.")
	return map[FaultKind]errorAnswer{
		ServerError:        {http.StatusInternalServerError, down},
		ErrorWithStatus200: {http.StatusOK, down},
		TooManyRequests:    {http.StatusTooManyRequests, s.tiktokEnvelope(struct{}{}, "rate_limit_exceeded", "The API rate limit was exceeded.")},
		Forbidden:          {http.StatusForbidden, s.tiktokEnvelope(struct{}{}, "rate_limit_exceeded", "The app is held back.")},
		TokenRevoked:       {http.StatusUnauthorized, s.tiktokEnvelope(struct{}{}, "access_token_invalid", "The access token is invalid or not found in the request.")},
	}
}
