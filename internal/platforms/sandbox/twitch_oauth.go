package sandbox

import (
	"net/http"
	"strings"
)

func (s *Sandbox) giveTwitch(w http.ResponseWriter, r *http.Request) {
	if !isForm(r) {
		twitchOAuth(http.StatusBadRequest, "missing client id").reply(w)
		return
	}
	form := r.PostForm
	switch {
	case form.Get("client_id") != s.opts.ClientKey:
		twitchOAuth(http.StatusBadRequest, "invalid client").reply(w)
		return
	case !s.isSecret(form.Get("client_secret")):
		twitchOAuth(http.StatusForbidden, "invalid client secret").reply(w)
		return
	}
	if _, failed := s.fails(w, r, OnTwitchToken, s.ownerOf(form), twitchOAuthFaults()); failed {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var granted *consent
	refresh, wrong := form.Get("refresh_token"), "Invalid refresh token"
	switch form.Get("grant_type") {
	case "authorization_code":
		granted, refresh, wrong = s.redeemCode(twitch, form), "", "Invalid authorization code"
	case "refresh_token":
		granted = s.refreshed(twitch, refresh)
	default:
		wrong = "Invalid grant type"
	}
	if granted == nil {
		twitchOAuth(http.StatusBadRequest, wrong).reply(w)
		return
	}
	// The refresh token may change with a refresh: here with every second one.
	if refresh == "" || granted.renewed%2 == 0 {
		delete(s.refresh, refresh)
		refresh = s.give(s.refresh, granted, "twr*", twitch.refreshLife)
	}
	reply(w, http.StatusOK, object{
		"access_token": s.give(s.access, granted, "twa*", twitch.accessLife), "refresh_token": refresh,
		"expires_in": int64(twitch.accessLife.Seconds()), "scope": append([]string{}, granted.scopes...), "token_type": "bearer",
	})
}

func (s *Sandbox) revokeTwitch(w http.ResponseWriter, r *http.Request) {
	if !isForm(r) || r.Form.Get("client_id") != s.opts.ClientKey {
		twitchOAuth(http.StatusNotFound, "client does not exist").reply(w)
		return
	}
	if _, failed := s.fails(w, r, OnTwitchRevoke, key{}, twitchOAuthFaults()); failed {
		return
	}
	if !s.revoke(twitch, r.Form.Get("token")) {
		twitchOAuth(http.StatusBadRequest, "Invalid token").reply(w)
		return
	}
	w.WriteHeader(http.StatusOK)
}

func (s *Sandbox) validateTwitch(w http.ResponseWriter, r *http.Request) {
	e, ok := s.enter(twitch, bearer(r, "OAuth"))
	if !ok {
		twitchOAuth(http.StatusUnauthorized, "invalid access token").reply(w)
		return
	}
	kind, failed := s.fails(w, r, OnTwitchValidate, e.key(), twitchFaults())
	if failed {
		return
	}
	a := e.Account
	if kind == WrongUser {
		a = s.stranger(e.key())
	}
	reply(w, http.StatusOK, object{
		"client_id": s.opts.ClientKey, "login": strings.ToLower(a.Username), "scopes": append([]string{}, e.scopes...), "user_id": a.OpenID,
		"expires_in": int64(e.expires.Sub(s.clock()).Seconds()),
	})
}

func twitchOAuth(status int, message string) failure {
	return failure{status, object{"status": status, "message": message}}
}

func twitchOAuthFaults() map[Kind]failure {
	down := twitchOAuth(http.StatusInternalServerError, "internal server error")
	return map[Kind]failure{
		Down:      down,
		At200:     {http.StatusOK, down.body},
		Busy:      twitchOAuth(http.StatusTooManyRequests, "too many requests"),
		Forbidden: twitchOAuth(http.StatusForbidden, "the app is held back"),
		Revoked:   twitchOAuth(http.StatusBadRequest, "Invalid refresh token"),
	}
}
