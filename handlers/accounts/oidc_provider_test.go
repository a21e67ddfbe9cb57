package accounts_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/issuer"
)

// realProvider starts npm's oidc-provider, which task test:go installs. With
// CI=true a machine without it fails the test.
func realProvider(t *testing.T) (address string, redirect func(string)) {
	t.Helper()
	const dir = "../../tests/oidc"
	if _, err := os.Stat(dir + "/node_modules/oidc-provider"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("oidc-provider is not installed: npm ci --prefix tests/oidc")
		}
		t.Skip("oidc-provider is not installed: npm ci --prefix tests/oidc")
	}
	cmd := exec.Command("node", "provider.mjs")
	cmd.Dir = dir
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close() // it ends by itself then
		kill := time.AfterFunc(5*time.Second, func() { _ = cmd.Process.Kill() })
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
		kill.Stop()
	})
	lines := bufio.NewReader(out)
	line := func() string {
		s, err := lines.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(s)
	}
	return line(), func(uri string) {
		fmt.Fprintln(in, uri)
		for line() != "ready" {
		}
	}
}

func TestSigningInWithARealProvider(t *testing.T) {
	t.Parallel()
	address, redirect := realProvider(t)
	a := apptest.New(t, func(c *config.Config) {
		c.OIDCIssuer, c.OIDCClientID, c.OIDCClientSecret = address, issuer.ClientID, issuer.ClientSecret
	})
	if late := time.Until(a.Clock.Now()); late < 0 {
		a.Clock.Advance(-late) // the provider goes by the machine's clock
	}
	redirect(a.URL + "/auth/oidc/callback")
	enter := func(b *apptest.Browser) *apptest.Page {
		page := b.Get("/signin").Submit("form[action='/auth/oidc']", nil)
		page = page.Submit("form", url.Values{"login": {"ann"}, "password": {"x"}})
		return page.Submit("form", nil) // the person's consent
	}
	b := a.NewBrowser(t)
	page := enter(b)
	if page.Path != "/signup/oidc" || page.Find("input[name=email]").AttrOr("value", "") != "ann@brand.example" || page.Find("input[name=name]").AttrOr("value", "") != "Name of ann" {
		t.Fatalf("led to %d %s%s:\n%.800s", page.Status, page.Host, page.Path, page.Text())
	}
	if page = page.Submit("form[action='/signup/oidc']", url.Values{"brand": {"Ann's Pans"}}); page.Path != "/dashboard" {
		t.Fatalf("founding led to %d %s", page.Status, page.Path)
	}
	if page = enter(a.NewBrowser(t)); page.Path != "/dashboard" {
		t.Errorf("the second sign-in led to %d %s", page.Status, page.Path)
	}

	// A token of another sign-in: the nonce that we wait for is not in it.
	b = a.NewBrowser(t)
	page = b.Get("/signin").Submit("form[action='/auth/oidc']", nil)
	if _, err := a.DB.SQLPool().Exec(`UPDATE oauth_states SET session = replace(session, '"Nonce":"', '"Nonce":"other-')`); err != nil {
		t.Fatal(err)
	}
	page = page.Submit("form", url.Values{"login": {"ann"}, "password": {"x"}}).Submit("form", nil)
	if page.Status != http.StatusForbidden || b.Get("/dashboard").Path != "/signin" {
		t.Errorf("another nonce led to %d %s", page.Status, page.Path)
	}
}
