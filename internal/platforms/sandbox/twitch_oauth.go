package sandbox

import (
	"net/http"
	"strings"
)

func (s *Sandbox) issueTwitchToken(w http.ResponseWriter, r *http.Request) {
	if !isForm(r) {
		twitchOAuthError(http.StatusBadRequest, "missing client id").write(w)
		return
	}
	form := r.PostForm
	switch {
	case form.Get("client_id") != s.opts.ClientKey:
		twitchOAuthError(http.StatusBadRequest, "invalid client").write(w)
		return
	case !s.isSecret(form.Get("client_secret")):
		twitchOAuthError(http.StatusForbidden, "invalid client secret").write(w)
		return
	}
	if _, failed := s.answerFault(w, r, OnTwitchToken, s.ownerOf(form), twitchOAuthFaults()); failed {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var granted *grantedConsent
	refresh, wrong := form.Get("refresh_token"), "Invalid refresh token"
	switch form.Get("grant_type") {
	case "authorization_code":
		granted, refresh, wrong = s.redeemCode(twitch, form), "", "Invalid authorization code"
	case "refresh_token":
		granted = s.redeemRefreshToken(twitch, refresh)
	default:
		wrong = "Invalid grant type"
	}
	if granted == nil {
		twitchOAuthError(http.StatusBadRequest, wrong).write(w)
		return
	}
	// The refresh token may change with a refresh: here every second time.
	if refresh == "" || granted.renewed%2 == 0 {
		delete(s.refreshTokens, refresh)
		refresh = s.issueToken(s.refreshTokens, granted, "twr*", twitch.refreshLife)
	}
	writeJSON(w, http.StatusOK, jsonObject{
		"access_token": s.issueToken(s.accessTokens, granted, "twa*", twitch.accessLife), "refresh_token": refresh,
		"expires_in": int64(twitch.accessLife.Seconds()), "scope": append([]string{}, granted.scopes...), "token_type": "bearer",
	})
}

func (s *Sandbox) revokeTwitchToken(w http.ResponseWriter, r *http.Request) {
	if !isForm(r) || r.Form.Get("client_id") != s.opts.ClientKey {
		twitchOAuthError(http.StatusNotFound, "client does not exist").write(w)
		return
	}
	if _, failed := s.answerFault(w, r, OnTwitchRevoke, accountKey{}, twitchOAuthFaults()); failed {
		return
	}
	if !s.revokeConsentOf(twitch, r.Form.Get("token")) {
		twitchOAuthError(http.StatusBadRequest, "Invalid token").write(w)
		return
	}
	w.WriteHeader(http.StatusOK)
}

func (s *Sandbox) validateTwitchToken(w http.ResponseWriter, r *http.Request) {
	e, ok := s.authenticate(twitch, bearerToken(r, "OAuth"))
	if !ok {
		twitchOAuthError(http.StatusUnauthorized, "invalid access token").write(w)
		return
	}
	kind, failed := s.answerFault(w, r, OnTwitchValidate, e.accountKey(), twitchFaults())
	if failed {
		return
	}
	a := e.Account
	if kind == WrongUser {
		a = s.anotherAccount(e.accountKey())
	}
	writeJSON(w, http.StatusOK, jsonObject{
		"client_id": s.opts.ClientKey, "login": strings.ToLower(a.Username), "scopes": append([]string{}, e.scopes...), "user_id": a.OpenID,
		"expires_in": int64(e.expires.Sub(s.clock()).Seconds()),
	})
}

func twitchOAuthError(status int, message string) errorAnswer {
	return errorAnswer{status, jsonObject{"status": status, "message": message}}
}

func twitchOAuthFaults() map[FaultKind]errorAnswer {
	down := twitchOAuthError(http.StatusInternalServerError, "internal server error")
	return map[FaultKind]errorAnswer{
		ServerError:        down,
		ErrorWithStatus200: {http.StatusOK, down.body},
		TooManyRequests:    twitchOAuthError(http.StatusTooManyRequests, "too many requests"),
		Forbidden:          twitchOAuthError(http.StatusForbidden, "the app is held back"),
		TokenRevoked:       twitchOAuthError(http.StatusBadRequest, "Invalid refresh token"),
	}
}
