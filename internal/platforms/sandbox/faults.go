package sandbox

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"time"
)

// Endpoint is a place where an answer can go wrong. TikTok's have no prefix.
type Endpoint string

// The places.
const (
	OnToken      Endpoint = "token"
	OnUserInfo   Endpoint = "user/info"
	OnVideoList  Endpoint = "video/list"
	OnVideoQuery Endpoint = "video/query"
	OnRevoke     Endpoint = "revoke"

	OnYouTubeToken    Endpoint = "youtube:token"
	OnYouTubeRevoke   Endpoint = "youtube:revoke"
	OnYouTubeChannels Endpoint = "youtube:channels"
	OnYouTubePlaylist Endpoint = "youtube:playlistItems"
	OnYouTubeVideos   Endpoint = "youtube:videos"
	OnYouTubeReports  Endpoint = "youtube:reports"

	OnInstagramToken    Endpoint = "instagram:token"    // the code's
	OnInstagramExchange Endpoint = "instagram:exchange" // short for long
	OnInstagramRefresh  Endpoint = "instagram:refresh"
	OnInstagramMe       Endpoint = "instagram:me"
	OnInstagramMedia    Endpoint = "instagram:media"
	OnInstagramInsights Endpoint = "instagram:insights" // of a medium
	OnInstagramAudience Endpoint = "instagram:audience"

	OnTwitchToken     Endpoint = "twitch:token"
	OnTwitchRevoke    Endpoint = "twitch:revoke"
	OnTwitchValidate  Endpoint = "twitch:validate"
	OnTwitchUsers     Endpoint = "twitch:users"
	OnTwitchFollowers Endpoint = "twitch:followers"
	OnTwitchVideos    Endpoint = "twitch:videos"
)

// Kind is how an answer goes wrong.
type Kind string

// The ways.
const (
	Fine      Kind = ""          // as it should be; keeps a place in a script
	Down      Kind = "500"       // a server error
	Busy      Kind = "429"       // too many requests
	Forbidden Kind = "403"       // refused, in the platform's words for a limit where it has them
	Revoked   Kind = "revoked"   // the code or token is refused
	At200     Kind = "200"       // an error in a body with status 200
	Garbage   Kind = "garbage"   // JSON that breaks off
	Huge      Kind = "huge"      // JSON of 64 MiB
	Slow      Kind = "slow"      // the right answer, after Options.SlowFor
	Endless   Kind = "endless"   // a body that comes by drops and never ends
	WrongUser Kind = "wronguser" // right, but about another account
	Arrives   Kind = "arrives"   // right, and a new post is out before the next request
	NoEnd     Kind = "noend"     // a list that begins here always has a next page
)

// hugeBody is far more than a client should read.
const hugeBody = 64 << 20

// drop is the time between two drops of an endless body.
const drop = 20 * time.Millisecond

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
// the endpoint's own format makes of each kind. A kind whose answer is made by
// the endpoint itself is given back.
func (s *Sandbox) fails(w http.ResponseWriter, r *http.Request, on Endpoint, who key, errors map[Kind]failure) (Kind, bool) {
	kind := s.due(on, who)
	switch kind {
	case Fine, WrongUser, Arrives, NoEnd:
		return kind, false
	case Slow:
		wholeBody(r)
		wait := time.NewTimer(s.opts.SlowFor)
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-r.Context().Done():
		}
		return kind, r.Context().Err() != nil
	case Garbage:
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"access_token":"act.1","data":{"user":{"open_id":`)
	case Huge:
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.Copy(w, io.MultiReader(strings.NewReader(`{"padding":"`), io.LimitReader(padding{}, hugeBody), strings.NewReader(`"}`)))
	case Endless:
		wholeBody(r)
		drip(w, r)
	default:
		e, ok := errors[kind]
		if ok {
			e.reply(w)
		}
		return kind, ok
	}
	return kind, true
}

// wholeBody reads the request: only then does the server notice that a client has left.
func wholeBody(r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
}

func drip(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, err := io.WriteString(w, `{"padding":"`)
	tick := time.NewTicker(drop)
	defer tick.Stop()
	for err == nil {
		_ = http.NewResponseController(w).Flush()
		select {
		case <-tick.C:
			_, err = io.WriteString(w, "x")
		case <-r.Context().Done():
			return
		}
	}
}

func (s *Sandbox) due(on Endpoint, who key) Kind {
	s.mu.Lock()
	defer s.mu.Unlock()
	if next := s.script[on]; len(next) > 0 {
		s.script[on] = next[1:]
		return next[0]
	}
	if f := s.accounts[who].Fault; f.On == on {
		return f.Kind
	}
	return Fine
}

// stranger is another account of the same platform.
func (s *Sandbox) stranger(than key) Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.order {
		if k.platform == than.platform && k != than {
			return s.accounts[k]
		}
	}
	return Account{}
}

// padding is an endless row of x.
type padding struct{}

func (padding) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}
