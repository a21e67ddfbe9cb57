package sandbox

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"time"
)

// Endpoint is a place where an answer can go wrong.
type Endpoint string

// The places.
const (
	OnToken      Endpoint = "token"
	OnUserInfo   Endpoint = "user/info"
	OnVideoList  Endpoint = "video/list"
	OnVideoQuery Endpoint = "video/query"
)

// Kind is how an answer goes wrong.
type Kind string

// The ways.
const (
	Fine    Kind = ""        // as it should be; keeps a place in a script
	Down    Kind = "500"     // a server error
	Busy    Kind = "429"     // too many requests
	Revoked Kind = "revoked" // the code or token is refused
	At200   Kind = "200"     // an error in a body with status 200
	Garbage Kind = "garbage" // JSON that breaks off
	Huge    Kind = "huge"    // JSON of 64 MiB
	Slow    Kind = "slow"    // the right answer, after Options.SlowFor
)

// hugeBody is far more than a client should read.
const hugeBody = 64 << 20

// Fault is what always goes wrong with an account.
type Fault struct {
	On   Endpoint
	Kind Kind
}

// String names the fault, for the consent page.
func (f Fault) String() string {
	if f.Kind == Fine {
		return ""
	}
	return string(f.On) + ": " + string(f.Kind)
}

// Script lets the next requests to an endpoint go wrong, one kind each, in
// this order, whatever the account.
func (s *Sandbox) Script(on Endpoint, kinds ...Kind) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script[on] = append(s.script[on], kinds...)
}

// fails answers with the fault that is due here, if one is; errors are what
// the endpoint's own format makes of each kind.
func (s *Sandbox) fails(w http.ResponseWriter, r *http.Request, on Endpoint, openID string, errors map[Kind]failure) bool {
	switch kind := s.due(on, openID); kind {
	case Fine:
		return false
	case Slow:
		// Only with its body read does the server notice that a client has left.
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		wait := time.NewTimer(s.opts.SlowFor)
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-r.Context().Done():
		}
		return r.Context().Err() != nil
	case Garbage:
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"access_token":"act.1","data":{"user":{"open_id":`)
	case Huge:
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.Copy(w, io.MultiReader(strings.NewReader(`{"padding":"`), io.LimitReader(padding{}, hugeBody), strings.NewReader(`"}`)))
	default:
		e, ok := errors[kind]
		if ok {
			reply(w, e.status, e.body)
		}
		return ok
	}
	return true
}

func (s *Sandbox) due(on Endpoint, openID string) Kind {
	s.mu.Lock()
	defer s.mu.Unlock()
	if next := s.script[on]; len(next) > 0 {
		s.script[on] = next[1:]
		return next[0]
	}
	if f := s.accounts[openID].Fault; f.On == on {
		return f.Kind
	}
	return Fine
}

// padding is an endless row of x.
type padding struct{}

func (padding) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}
