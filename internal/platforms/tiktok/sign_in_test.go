package tiktok_test

import (
	"net/url"
	"testing"
	"time"

	"tribemarket/internal/platforms/tiktok"
)

const callback = "http://127.0.0.1:1/auth/tiktok/callback"

func TestAuthorizeAddress(t *testing.T) {
	t.Parallel()
	session, err := tiktok.New(tiktok.Config{ClientKey: "ck", CallbackURL: callback}, time.Now).BeginAuth("s&t")
	if err != nil {
		t.Fatal(err)
	}
	address, err := session.GetAuthURL()
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme+"://"+u.Host+u.Path != "https://www.tiktok.com/v2/auth/authorize/" {
		t.Fatal(address, err)
	}
	want := url.Values{
		"client_key": {"ck"}, "response_type": {"code"}, "redirect_uri": {callback}, "state": {"s&t"}, "disable_auto_auth": {"1"},
		"scope": {"user.info.basic,user.info.profile,user.info.stats,video.list"},
	}
	if got := u.Query(); got.Encode() != want.Encode() {
		t.Errorf("asks %v, want %v", got, want)
	}
	if _, err := (&tiktok.Session{}).GetAuthURL(); err == nil {
		t.Error("a session that was never begun has an address")
	}
}
