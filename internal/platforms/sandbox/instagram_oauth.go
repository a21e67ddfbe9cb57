package sandbox

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// refreshableAfter is how old a long token has to be.
const refreshableAfter = 24 * time.Hour

// issueInstagramToken exchanges a code for a short token.
func (s *Sandbox) issueInstagramToken(w http.ResponseWriter, r *http.Request) {
	if !isForm(r) {
		instagramError(http.StatusBadRequest, "Send a form.").write(w)
		return
	}
	form := r.PostForm
	if !s.isClient(form.Get("client_id"), form.Get("client_secret")) {
		instagramError(http.StatusBadRequest, "Error validating client secret.").write(w)
		return
	}
	if form.Get("grant_type") != "authorization_code" {
		instagramError(http.StatusBadRequest, "Invalid grant_type, for this client.").write(w)
		return
	}
	kind, failed := s.answerFault(w, r, OnInstagramToken, s.ownerOf(form), instagramFaults())
	if failed {
		return
	}
	s.mu.Lock()
	granted := s.redeemCode(instagram, form)
	s.mu.Unlock()
	if granted == nil {
		instagramFaults()[TokenRevoked].write(w)
		return
	}
	id := granted.of.id
	if kind == WrongUser {
		id = s.anotherAccount(granted.of).OpenID
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	short := s.issueToken(s.accessTokens, granted, "IGS*", instagram.accessLife)
	if s.opts.FlatInstagramAnswers {
		writeJSON(w, http.StatusOK, jsonObject{"access_token": short, "user_id": parseDigits(id), "permissions": granted.scopes})
		return
	}
	writeJSON(w, http.StatusOK, jsonObject{"data": []any{jsonObject{"access_token": short, "user_id": id, "permissions": strings.Join(granted.scopes, ",")}}})
}

// exchangeInstagramToken exchanges a short token for a long one.
func (s *Sandbox) exchangeInstagramToken(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("grant_type") != "ig_exchange_token" || !s.isSecret(q.Get("client_secret")) {
		graphError(http.StatusBadRequest, "OAuthException", 101, "Error validating application. Invalid application or secret.").write(w)
		return
	}
	if _, failed := s.answerFault(w, r, OnInstagramExchange, s.ownerOf(q), graphFaults()); failed {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t, long := s.accessTokens[q.Get("access_token")], strings.HasPrefix(q.Get("access_token"), "IGL")
	if !s.isAlive(t) || t.of.platform != instagram.name || long {
		graphFaults()[TokenRevoked].write(w)
		return
	}
	s.replyLongToken(w, t.grantedConsent)
}

// refreshInstagramToken returns another long token. The old one stays valid until it
// expires.
func (s *Sandbox) refreshInstagramToken(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("grant_type") != "ig_refresh_token" {
		graphError(http.StatusBadRequest, "OAuthException", 100, "Invalid parameter: grant_type").write(w)
		return
	}
	if _, failed := s.answerFault(w, r, OnInstagramRefresh, s.ownerOf(q), graphFaults()); failed {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t, long := s.accessTokens[q.Get("access_token")], strings.HasPrefix(q.Get("access_token"), "IGL")
	switch {
	case !s.isAlive(t) || t.of.platform != instagram.name || !long:
		graphFaults()[TokenRevoked].write(w)
	case s.clock().Sub(t.given) < refreshableAfter:
		// Its real code is not documented.
		graphError(http.StatusBadRequest, "IGApiException", 1, "The token was given less than 24 hours ago.").write(w)
	default:
		t.renewed++
		s.replyLongToken(w, t.grantedConsent)
	}
}

func (s *Sandbox) replyLongToken(w http.ResponseWriter, c *grantedConsent) {
	writeJSON(w, http.StatusOK, jsonObject{
		"access_token": s.issueToken(s.accessTokens, c, "IGL*", instagram.refreshLife), "token_type": "bearer", "expires_in": int64(instagram.refreshLife.Seconds()),
		"permissions": strings.Join(c.scopes, ","),
	})
}

func instagramError(status int, message string) errorAnswer {
	return errorAnswer{status, jsonObject{"error_type": "OAuthException", "code": status, "error_message": message}}
}

func instagramFaults() map[FaultKind]errorAnswer {
	down := instagramError(http.StatusInternalServerError, "Something went wrong.")
	return map[FaultKind]errorAnswer{
		ServerError:        down,
		ErrorWithStatus200: {http.StatusOK, graphFaults()[ErrorWithStatus200].body},
		TooManyRequests:    instagramError(http.StatusTooManyRequests, "Too many requests."),
		Forbidden:          {http.StatusForbidden, graphFaults()[Forbidden].body},
		TokenRevoked:       instagramError(http.StatusBadRequest, "Matching code was not found or was already used"),
	}
}

// parseDigits converts an id to a number.
func parseDigits(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}
