package sandbox

import (
	"encoding/json"
	"net/http"
)

// errorAnswer is a status with its body.
type errorAnswer struct {
	status int
	body   any
}

// jsonObject is JSON.
type jsonObject = map[string]any

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client has left
}

func (f errorAnswer) write(w http.ResponseWriter) { writeJSON(w, f.status, f.body) }
