package sandbox

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
)

// failure is a status with its body.
type failure struct {
	status int
	body   any
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client has left
}

func (s *Sandbox) logID() string { return s.clock().UTC().Format("20060102150405") + rand.Text()[:8] }

// oauthError is the flat form of the OAuth endpoints.
func (s *Sandbox) oauthError(code, description string) failure {
	status := http.StatusBadRequest
	if s.opts.OAuthErrorsAt200 {
		status = http.StatusOK
	}
	return failure{status, map[string]string{"error": code, "error_description": description, "log_id": s.logID()}}
}

// envelope wraps every answer of the API, good or bad.
func (s *Sandbox) envelope(data any, code, message string) any {
	return map[string]any{"data": data, "error": map[string]string{"code": code, "message": message, "log_id": s.logID()}}
}

func (s *Sandbox) replyData(w http.ResponseWriter, data any) {
	reply(w, http.StatusOK, s.envelope(data, "ok", ""))
}

func (s *Sandbox) replyError(w http.ResponseWriter, status int, code, message string) {
	reply(w, status, s.envelope(struct{}{}, code, message))
}

func (s *Sandbox) oauthFaults() map[Kind]failure {
	down := s.oauthError("server_error", "Something went wrong, try again later.")
	return map[Kind]failure{
		Down:    {http.StatusInternalServerError, down.body},
		At200:   {http.StatusOK, down.body},
		Busy:    {http.StatusTooManyRequests, s.oauthError("temporarily_unavailable", "Too many requests.").body},
		Revoked: s.oauthError("invalid_grant", "The code or token was revoked."),
	}
}

func (s *Sandbox) apiFaults() map[Kind]failure {
	down := s.envelope(struct{}{}, "internal_error", "Something is wrong, try again later.")
	return map[Kind]failure{
		Down:    {http.StatusInternalServerError, down},
		At200:   {http.StatusOK, down},
		Busy:    {http.StatusTooManyRequests, s.envelope(struct{}{}, "rate_limit_exceeded", "The API rate limit was exceeded.")},
		Revoked: {http.StatusUnauthorized, s.envelope(struct{}{}, "access_token_invalid", "The access token is invalid or not found in the request.")},
	}
}
