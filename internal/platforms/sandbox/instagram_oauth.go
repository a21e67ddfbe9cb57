package sandbox

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// refreshableAfter is how old a long token has to be.
const refreshableAfter = 24 * time.Hour

// giveInstagram exchanges a code for a short token.
func (s *Sandbox) giveInstagram(w http.ResponseWriter, r *http.Request) {
	if !isForm(r) {
		instagramError(http.StatusBadRequest, "Send a form.").reply(w)
		return
	}
	form := r.PostForm
	if !s.isClient(form.Get("client_id"), form.Get("client_secret")) {
		instagramError(http.StatusBadRequest, "Error validating client secret.").reply(w)
		return
	}
	if form.Get("grant_type") != "authorization_code" {
		instagramError(http.StatusBadRequest, "Invalid grant_type, for this client.").reply(w)
		return
	}
	kind, failed := s.fails(w, r, OnInstagramToken, s.ownerOf(form), instagramFaults())
	if failed {
		return
	}
	s.mu.Lock()
	granted := s.redeemCode(instagram, form)
	s.mu.Unlock()
	if granted == nil {
		instagramFaults()[Revoked].reply(w)
		return
	}
	id := granted.of.id
	if kind == WrongUser {
		id = s.stranger(granted.of).OpenID
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	short := s.give(s.access, granted, "IGS*", instagram.accessLife)
	if s.opts.FlatInstagram {
		reply(w, http.StatusOK, object{"access_token": short, "user_id": digits(id), "permissions": granted.scopes})
		return
	}
	reply(w, http.StatusOK, object{"data": []any{object{"access_token": short, "user_id": id, "permissions": strings.Join(granted.scopes, ",")}}})
}

// exchangeInstagram gives a long token for a short one.
func (s *Sandbox) exchangeInstagram(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("grant_type") != "ig_exchange_token" || !s.isSecret(q.Get("client_secret")) {
		graphError(http.StatusBadRequest, "OAuthException", 101, "Error validating application. Invalid application or secret.").reply(w)
		return
	}
	if _, failed := s.fails(w, r, OnInstagramExchange, s.ownerOf(q), graphFaults()); failed {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t, long := s.access[q.Get("access_token")], strings.HasPrefix(q.Get("access_token"), "IGL")
	if !s.alive(t) || t.of.platform != instagram.name || long {
		graphFaults()[Revoked].reply(w)
		return
	}
	s.replyLong(w, t.consent)
}

// refreshInstagram gives another long token. The old one lives on to its end.
func (s *Sandbox) refreshInstagram(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("grant_type") != "ig_refresh_token" {
		graphError(http.StatusBadRequest, "OAuthException", 100, "Invalid parameter: grant_type").reply(w)
		return
	}
	if _, failed := s.fails(w, r, OnInstagramRefresh, s.ownerOf(q), graphFaults()); failed {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t, long := s.access[q.Get("access_token")], strings.HasPrefix(q.Get("access_token"), "IGL")
	switch {
	case !s.alive(t) || t.of.platform != instagram.name || !long:
		graphFaults()[Revoked].reply(w)
	case s.clock().Sub(t.given) < refreshableAfter:
		// Its real code is not documented.
		graphError(http.StatusBadRequest, "IGApiException", 1, "The token was given less than 24 hours ago.").reply(w)
	default:
		t.renewed++
		s.replyLong(w, t.consent)
	}
}

func (s *Sandbox) replyLong(w http.ResponseWriter, c *consent) {
	reply(w, http.StatusOK, object{
		"access_token": s.give(s.access, c, "IGL*", instagram.refreshLife), "token_type": "bearer", "expires_in": int64(instagram.refreshLife.Seconds()),
		"permissions": strings.Join(c.scopes, ","),
	})
}

func instagramError(status int, message string) failure {
	return failure{status, object{"error_type": "OAuthException", "code": status, "error_message": message}}
}

func instagramFaults() map[Kind]failure {
	down := instagramError(http.StatusInternalServerError, "Something went wrong.")
	return map[Kind]failure{
		Down:      down,
		At200:     {http.StatusOK, graphFaults()[At200].body},
		Busy:      instagramError(http.StatusTooManyRequests, "Too many requests."),
		Forbidden: {http.StatusForbidden, graphFaults()[Forbidden].body},
		Revoked:   instagramError(http.StatusBadRequest, "Matching code was not found or was already used"),
	}
}

// digits is an id as a number.
func digits(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}
