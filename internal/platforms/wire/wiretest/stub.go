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

// AnswerWith is an answer of this status and body.
func AnswerWith(status int, body string) Answer { return Answer{Status: status, Body: body} }

// Request is one that came, with its query and form in one.
type Request struct {
	To     string // METHOD /path
	Values url.Values
	Header http.Header
}

// StubServer answers by METHOD /path; each path gives its answers in turn, and the
// last one again and again. An address that it does not know fails the test.
type StubServer struct {
	URL string

	t       testing.TB
	mu      sync.Mutex
	answers map[string][]Answer
	asked   []Request
}

// NewStubServer is a stub on the loopback that ends with the test.
func NewStubServer(t testing.TB) *StubServer {
	t.Helper()
	s := &StubServer{t: t, answers: map[string][]Answer{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// SetAnswers sets the answers of METHOD /path.
func (s *StubServer) SetAnswers(to string, answers ...Answer) *StubServer {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[to] = answers
	return s
}

// SetBodies is On with bodies of status 200.
func (s *StubServer) SetBodies(to string, bodies ...string) *StubServer {
	var answers []Answer
	for _, b := range bodies {
		answers = append(answers, AnswerWith(http.StatusOK, b))
	}
	return s.SetAnswers(to, answers...)
}

// RequestsTo are the requests that came to METHOD /path.
func (s *StubServer) RequestsTo(to string) []Request {
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
func (s *StubServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
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
