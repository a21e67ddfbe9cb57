// Package wiretest is a platform that gives fixed answers, for the tests of an
// adapter.
package wiretest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
)

// Answer is an answer with its status, 200 unless it is set.
type Answer struct {
	Status int
	Body   string
}

// Reply is an answer of this status and body.
func Reply(status int, body string) Answer { return Answer{Status: status, Body: body} }

// Request is one that came, with its query and form in one.
type Request struct {
	To     string // METHOD /path
	Values url.Values
	Header http.Header
}

// Stub answers by METHOD /path; each path gives its answers in turn, and the
// last one again and again. An address that it does not know fails the test.
type Stub struct {
	URL string

	t       testing.TB
	mu      sync.Mutex
	answers map[string][]Answer
	asked   []Request
}

// New is a stub on the loopback that ends with the test.
func New(t testing.TB) *Stub {
	t.Helper()
	s := &Stub{t: t, answers: map[string][]Answer{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// On sets the answers of METHOD /path.
func (s *Stub) On(to string, answers ...Answer) *Stub {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[to] = answers
	return s
}

// Says is On with bodies of status 200.
func (s *Stub) Says(to string, bodies ...string) *Stub {
	var answers []Answer
	for _, b := range bodies {
		answers = append(answers, Reply(http.StatusOK, b))
	}
	return s.On(to, answers...)
}

// Asked are the requests that came to METHOD /path.
func (s *Stub) Asked(to string) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Request
	for _, r := range s.asked {
		if r.To == to {
			found = append(found, r)
		}
	}
	return found
}

// ServeHTTP is http.Handler's.
func (s *Stub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.t.Errorf("%s: %v", r.URL, err)
	}
	to := r.Method + " " + r.URL.Path
	s.mu.Lock()
	s.asked = append(s.asked, Request{to, r.Form, r.Header})
	left, ok := s.answers[to]
	if len(left) > 1 {
		s.answers[to] = left[1:]
	}
	s.mu.Unlock()
	if !ok || len(left) == 0 {
		s.t.Errorf("nobody was to ask %s", to)
		http.NotFound(w, r)
		return
	}
	if left[0].Status/100 == 3 {
		w.Header().Set("Location", "/elsewhere")
	}
	if left[0].Status != 0 {
		w.WriteHeader(left[0].Status)
	}
	_, _ = io.WriteString(w, left[0].Body)
}
