package tiktok_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/platforms/tiktok"
	"tribemarket/internal/platforms/wire"
	"tribemarket/internal/platforms/wire/wiretest"
	"tribemarket/internal/testkit"
	"tribemarket/models/creators"
)

const signature = "TikTok-Signature"

var (
	hookClock = testkit.NewClock().Now
	hooked    = tiktok.New(tiktok.Config{ClientKey: "ck", ClientSecret: "s3cret"}, hookClock)
)

// signed is a webhook's header as TikTok makes it.
func signed(secret string, at int64, body string) http.Header {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.%s", at, body)
	return http.Header{http.CanonicalHeaderKey(signature): {fmt.Sprintf("t=%d,s=%s", at, hex.EncodeToString(mac.Sum(nil)))}}
}

func removal(key, event string, at int64, content string) string {
	return fmt.Sprintf(`{"client_key":%q,"event":%q,"create_time":%d,"user_openid":"-000sim-1a2b","content":%q}`, key, event, at, content)
}

func TestRemoval(t *testing.T) {
	t.Parallel()
	now := hookClock().Unix()
	for content, want := range map[string]creators.RemovalKind{
		`{"reason":0}`: creators.ConsentRemoved, `{"reason":1}`: creators.ConsentRemoved, `{"reason":2}`: creators.DataRemoved, `{"reason":5}`: creators.ConsentRemoved,
		`{"reason":99}`: creators.ConsentRemoved, `{}`: creators.ConsentRemoved, ``: creators.ConsentRemoved, `[`: creators.ConsentRemoved,
	} {
		body := removal("ck", "authorization.removed", now-60, content)
		got, err := hooked.ReadRemoval(signed("s3cret", now, body), []byte(body))
		if err != nil || got.UserID != "-000sim-1a2b" || got.At.Unix() != now-60 || got.Kind != want {
			t.Errorf("content %s: %+v, %v", content, got, err)
		}
	}
	for _, at := range []int64{-5, 0, now + 10*24*3600} {
		body := removal("ck", "authorization.removed", at, "{}")
		if got, err := hooked.ReadRemoval(signed("s3cret", now, body), []byte(body)); err != nil || got.At.Unix() != now {
			t.Errorf("of %d: %+v, %v", at, got, err)
		}
	}
	for name, body := range map[string]string{
		"other event": removal("ck", "video.publish.completed", now, "{}"),
		"nobody":      strings.Replace(removal("ck", "authorization.removed", now, "{}"), "-000sim-1a2b", "", 1),
	} {
		if got, err := hooked.ReadRemoval(signed("s3cret", now, body), []byte(body)); !errors.Is(err, wire.ErrUnrelatedMessage) || got.UserID != "" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestForgedRemovals(t *testing.T) {
	t.Parallel()
	now := hookClock().Unix()
	body := removal("ck", "authorization.removed", now, `{"reason":1}`)
	for after, ok := range map[int64]bool{-300: true, 300: true, -301: false, 301: false, -1 << 40: false} {
		if _, err := hooked.ReadRemoval(signed("s3cret", now+after, body), []byte(body)); (err == nil) != ok || !ok && !errors.Is(err, wire.ErrBadSignature) {
			t.Errorf("signed %d seconds from now: %v", after, err)
		}
	}
	good := signed("s3cret", now, body).Get(signature)
	at, hexed, _ := strings.Cut(good, ",")
	for name, header := range map[string]string{
		"missing": "", "of another secret": signed("another", now, body).Get(signature), "of another body": signed("s3cret", now, body+" ").Get(signature),
		"without a time": hexed, "without a signature": at, "cut": good[:len(good)-2], "no hex": good[:len(good)-1] + "z",
		"of another time": strings.Replace(good, "t=", "t=+", 1), "odd": ",,=,t", "empty parts": "t=,s=",
	} {
		if _, err := hooked.ReadRemoval(http.Header{http.CanonicalHeaderKey(signature): {header}}, []byte(body)); !errors.Is(err, wire.ErrBadSignature) {
			t.Errorf("a signature that is %s: %v", name, err)
		}
	}
	for _, other := range []string{removal("another app", "authorization.removed", now, "{}"), "", "null", "[", `{"client_key":7}`} {
		if _, err := hooked.ReadRemoval(signed("s3cret", now, other), []byte(other)); !errors.Is(err, wire.ErrBadSignature) {
			t.Errorf("%s: %v", other, err)
		}
	}
	if _, err := tiktok.New(tiktok.Config{ClientKey: "ck"}, hookClock).ReadRemoval(signed("", now, body), []byte(body)); !errors.Is(err, wire.ErrBadSignature) {
		t.Errorf("an app without a secret: %v", err)
	}
}

func FuzzRemoval(f *testing.F) {
	now := hookClock().Unix()
	body := removal("ck", "authorization.removed", now, "{}")
	f.Add("", []byte(body))
	f.Add("t=1,s=00", []byte(body))
	f.Add(signed("another", now, body).Get(signature), []byte(body))
	f.Add(",,t==,s", []byte("{"))
	f.Fuzz(func(t *testing.T, header string, body []byte) {
		if got, err := hooked.ReadRemoval(http.Header{http.CanonicalHeaderKey(signature): {header}}, body); !errors.Is(err, wire.ErrBadSignature) {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// What is signed rightly can still say anything.
func FuzzSignedRemoval(f *testing.F) {
	now := hookClock().Unix()
	for _, body := range []string{removal("ck", "authorization.removed", now, `{"reason":2}`), removal("ck", "x", now, ""), `{"client_key":"ck","event":"authorization.removed","user_openid":"o","create_time":"1e9","content":"{\"reason\":\"2\"}"}`, "null", "[]"} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := hooked.ReadRemoval(signed("s3cret", now, string(body)), body)
		if (err == nil) != (got.UserID != "") || err != nil && !errors.Is(err, wire.ErrBadSignature) && !errors.Is(err, wire.ErrUnrelatedMessage) {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func FuzzCallback(f *testing.F) {
	for _, q := range []string{"", "code=a*b!c&scopes=user.info.basic,video.list&state=s", "error=access_denied&error_description=no", "code=%00", "code=a&code=b", "%zz"} {
		f.Add(q)
	}
	s := wiretest.NewStubServer(f).SetAnswers("POST /token", wiretest.AnswerWith(400, `{"error":"invalid_grant","error_description":"d","log_id":"1"}`))
	p := tiktok.New(tiktok.Config{ClientKey: "ck", ClientSecret: "s3cret", TokenURL: s.URL + "/token"}, time.Now)
	f.Fuzz(func(t *testing.T, query string) {
		q, _ := url.ParseQuery(query)
		begun, _ := p.BeginAuth("state")
		if access, err := begun.Authorize(p, q); access != "" || !errors.Is(err, creators.ErrReconnect) {
			t.Errorf("%q, %v", access, err)
		}
	})
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		body   string
		want   error
	}{
		{200, "", nil}, {200, "{}", nil}, {400, `{"error":"invalid_grant"}`, nil}, {200, `{"error":"invalid_client"}`, creators.ErrPlatformSetup},
		{503, "", creators.ErrPlatformBusy}, {302, "{}", creators.ErrPlatformBusy}, {400, `{"error":"something_new"}`, creators.ErrPlatformBusy},
	} {
		s := wiretest.NewStubServer(t).SetAnswers("POST /revoke", wiretest.AnswerWith(c.status, c.body))
		p := tiktok.New(tiktok.Config{ClientKey: "ck", ClientSecret: "s3cret", RevokeURL: s.URL + "/revoke"}, time.Now)
		if err := p.Revoke(t.Context(), creators.PlatformToken{Access: "act.a", Refresh: "r"}); !errors.Is(err, c.want) {
			t.Errorf("%d %s: %v, want %v", c.status, c.body, err, c.want)
		}
		if q := s.RequestsTo("POST /revoke")[0].Values; q.Encode() != "client_key=ck&client_secret=s3cret&token=act.a" {
			t.Errorf("asked %v", q)
		}
	}
}
