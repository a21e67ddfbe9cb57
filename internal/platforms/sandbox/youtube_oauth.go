package sandbox

import (
	"net/http"
	"strings"
)

func (s *Sandbox) issueYouTubeToken(w http.ResponseWriter, r *http.Request) {
	if !isForm(r) {
		googleOAuthError(http.StatusBadRequest, "invalid_request", "Send a form.").write(w)
		return
	}
	form := r.PostForm
	if !s.isClient(form.Get("client_id"), form.Get("client_secret")) {
		googleOAuthError(http.StatusUnauthorized, "invalid_client", "Unauthorized").write(w)
		return
	}
	if _, failed := s.answerFault(w, r, OnYouTubeToken, s.ownerOf(form), googleOAuthFaults()); failed {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var granted *grantedConsent
	first := form.Get("grant_type") == "authorization_code"
	switch {
	case first:
		granted = s.redeemCode(youtube, form)
	case form.Get("grant_type") == "refresh_token":
		granted = s.redeemRefreshToken(youtube, form.Get("refresh_token"))
	default:
		googleOAuthError(http.StatusBadRequest, "unsupported_grant_type", "Invalid grant_type").write(w)
		return
	}
	if granted == nil {
		googleOAuthError(http.StatusBadRequest, "invalid_grant", "Token has been expired or revoked.").write(w)
		return
	}
	answer := jsonObject{
		"access_token": s.issueToken(s.accessTokens, granted, "ya29.*", youtube.accessLife), "expires_in": int64(youtube.accessLife.Seconds()),
		"scope": strings.Join(granted.scopes, " "), "token_type": "Bearer",
	}
	if first && granted.offline {
		answer["refresh_token"] = s.issueToken(s.refreshTokens, granted, "1//0*", youtube.refreshLife)
	}
	writeJSON(w, http.StatusOK, answer)
}

func (s *Sandbox) revokeYouTubeToken(w http.ResponseWriter, r *http.Request) {
	if !isForm(r) {
		googleOAuthError(http.StatusBadRequest, "invalid_request", "Send a form.").write(w)
		return
	}
	if _, failed := s.answerFault(w, r, OnYouTubeRevoke, accountKey{}, googleOAuthFaults()); failed {
		return
	}
	if !s.revokeConsentOf(youtube, r.Form.Get("token")) {
		googleOAuthError(http.StatusBadRequest, "invalid_token", "Token expired or revoked").write(w)
		return
	}
	writeJSON(w, http.StatusOK, struct{}{})
}

func googleOAuthError(status int, code, description string) errorAnswer {
	return errorAnswer{status, jsonObject{"error": code, "error_description": description}}
}

func googleOAuthFaults() map[FaultKind]errorAnswer {
	down := googleOAuthError(http.StatusInternalServerError, "internal_failure", "Backend Error")
	return map[FaultKind]errorAnswer{
		ServerError:        down,
		ErrorWithStatus200: {http.StatusOK, down.body},
		TooManyRequests:    googleOAuthError(http.StatusTooManyRequests, "rate_limit_exceeded", "Rate Limit Exceeded"),
		Forbidden:          googleOAuthError(http.StatusForbidden, "rate_limit_exceeded", "Rate Limit Exceeded"),
		TokenRevoked:       googleOAuthError(http.StatusBadRequest, "invalid_grant", "Token has been expired or revoked."),
	}
}
