package sandbox

import (
	"encoding/json"
	"net/http"
)

// failure is a status with its body.
type failure struct {
	status int
	body   any
}

// object is JSON.
type object = map[string]any

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client has left
}

func (f failure) reply(w http.ResponseWriter) { reply(w, f.status, f.body) }
