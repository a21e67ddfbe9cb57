package sandbox

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"time"
)

// Endpoint is an endpoint whose responses can go wrong. TikTok's have no prefix.
type Endpoint string

// The endpoints.
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

// FaultKind is how a response goes wrong.
type FaultKind string

// The kinds of faults.
const (
	NoFault             FaultKind = ""          // a correct response; a placeholder in a script
	ServerError         FaultKind = "500"       // a server error
	TooManyRequests     FaultKind = "429"       // too many requests
	Forbidden           FaultKind = "403"       // refused, in the platform's words for a limit where it has them
	TokenRevoked        FaultKind = "revoked"   // the code or token is refused
	ErrorWithStatus200  FaultKind = "200"       // an error in a body with status 200
	BrokenJSON          FaultKind = "garbage"   // truncated JSON
	HugeBody            FaultKind = "huge"      // JSON of 64 MiB
	SlowAnswer          FaultKind = "slow"      // the correct response, after Options.SlowFor
	EndlessBody         FaultKind = "endless"   // a body that arrives in drops and never ends
	WrongUser           FaultKind = "wronguser" // correct, but about another account
	NewPostBetweenPages FaultKind = "arrives"   // correct, and a new post is published before the next request
	EndlessList         FaultKind = "noend"     // a list that begins here always has a next page
)

// hugeBody is far more than a client should read.
const hugeBody = 64 << 20

// dripInterval is the time between two drops of an endless body.
const dripInterval = 20 * time.Millisecond

// Fault is the permanent fault of an account.
type Fault struct {
	On   Endpoint
	Kind FaultKind
}

// String names the fault, for the consent page.
func (f Fault) String() string {
	if f.Kind == NoFault {
		return ""
	}
	return string(f.On) + ": " + string(f.Kind)
}

// ScriptFaults makes the next requests to an endpoint go wrong, one kind each, in this
// order, whatever the account.
func (s *Sandbox) ScriptFaults(on Endpoint, kinds ...FaultKind) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scriptedFaults[on] = append(s.scriptedFaults[on], kinds...)
}

// answerFault answers with the fault that is due here, if any; errors are the endpoint's
// responses for each kind. A kind whose response is made by the endpoint itself is
// returned.
func (s *Sandbox) answerFault(w http.ResponseWriter, r *http.Request, on Endpoint, who accountKey, errors map[FaultKind]errorAnswer) (FaultKind, bool) {
	kind := s.nextFault(on, who)
	switch kind {
	case NoFault, WrongUser, NewPostBetweenPages, EndlessList:
		return kind, false
	case SlowAnswer:
		readWholeBody(r)
		wait := time.NewTimer(s.opts.SlowFor)
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-r.Context().Done():
		}
		return kind, r.Context().Err() != nil
	case BrokenJSON:
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"access_token":"act.1","data":{"user":{"open_id":`)
	case HugeBody:
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.Copy(w, io.MultiReader(strings.NewReader(`{"padding":"`), io.LimitReader(endlessPadding{}, hugeBody), strings.NewReader(`"}`)))
	case EndlessBody:
		readWholeBody(r)
		dripBody(w, r)
	default:
		e, ok := errors[kind]
		if ok {
			e.write(w)
		}
		return kind, ok
	}
	return kind, true
}

// readWholeBody reads the request: only then does the server notice that a client has left.
func readWholeBody(r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
}

func dripBody(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, err := io.WriteString(w, `{"padding":"`)
	tick := time.NewTicker(dripInterval)
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

func (s *Sandbox) nextFault(on Endpoint, who accountKey) FaultKind {
	s.mu.Lock()
	defer s.mu.Unlock()
	if next := s.scriptedFaults[on]; len(next) > 0 {
		s.scriptedFaults[on] = next[1:]
		return next[0]
	}
	if f := s.accounts[who].Fault; f.On == on {
		return f.Kind
	}
	return NoFault
}

// anotherAccount is another account of the same platform.
func (s *Sandbox) anotherAccount(than accountKey) Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.accountOrder {
		if k.platform == than.platform && k != than {
			return s.accounts[k]
		}
	}
	return Account{}
}

// endlessPadding is an endless row of x.
type endlessPadding struct{}

func (endlessPadding) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}
