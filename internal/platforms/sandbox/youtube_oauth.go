package sandbox

import (
	"net/http"
	"strings"
)

func (s *Sandbox) giveYouTube(w http.ResponseWriter, r *http.Request) {
	if !isForm(r) {
		googleOAuth(http.StatusBadRequest, "invalid_request", "Send a form.").reply(w)
		return
	}
	form := r.PostForm
	if !s.isClient(form.Get("client_id"), form.Get("client_secret")) {
		googleOAuth(http.StatusUnauthorized, "invalid_client", "Unauthorized").reply(w)
		return
	}
	if _, failed := s.fails(w, r, OnYouTubeToken, s.ownerOf(form), googleOAuthFaults()); failed {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var granted *consent
	first := form.Get("grant_type") == "authorization_code"
	switch {
	case first:
		granted = s.redeemCode(youtube, form)
	case form.Get("grant_type") == "refresh_token":
		granted = s.refreshed(youtube, form.Get("refresh_token"))
	default:
		googleOAuth(http.StatusBadRequest, "unsupported_grant_type", "Invalid grant_type").reply(w)
		return
	}
	if granted == nil {
		googleOAuth(http.StatusBadRequest, "invalid_grant", "Token has been expired or revoked.").reply(w)
		return
	}
	answer := object{
		"access_token": s.give(s.access, granted, "ya29.*", youtube.accessLife), "expires_in": int64(youtube.accessLife.Seconds()),
		"scope": strings.Join(granted.scopes, " "), "token_type": "Bearer",
	}
	if first && granted.offline {
		answer["refresh_token"] = s.give(s.refresh, granted, "1//0*", youtube.refreshLife)
	}
	reply(w, http.StatusOK, answer)
}

func (s *Sandbox) revokeYouTube(w http.ResponseWriter, r *http.Request) {
	if !isForm(r) {
		googleOAuth(http.StatusBadRequest, "invalid_request", "Send a form.").reply(w)
		return
	}
	if _, failed := s.fails(w, r, OnYouTubeRevoke, key{}, googleOAuthFaults()); failed {
		return
	}
	if !s.revoke(youtube, r.Form.Get("token")) {
		googleOAuth(http.StatusBadRequest, "invalid_token", "Token expired or revoked").reply(w)
		return
	}
	reply(w, http.StatusOK, struct{}{})
}

func googleOAuth(status int, code, description string) failure {
	return failure{status, object{"error": code, "error_description": description}}
}

func googleOAuthFaults() map[Kind]failure {
	down := googleOAuth(http.StatusInternalServerError, "internal_failure", "Backend Error")
	return map[Kind]failure{
		Down:      down,
		At200:     {http.StatusOK, down.body},
		Busy:      googleOAuth(http.StatusTooManyRequests, "rate_limit_exceeded", "Rate Limit Exceeded"),
		Forbidden: googleOAuth(http.StatusForbidden, "rate_limit_exceeded", "Rate Limit Exceeded"),
		Revoked:   googleOAuth(http.StatusBadRequest, "invalid_grant", "Token has been expired or revoked."),
	}
}
