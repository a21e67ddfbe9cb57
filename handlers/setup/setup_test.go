package setup_test

import (
	"bufio"
	"context"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/setup"
	"tribemarket/views/paths"
)

var ctx = context.Background()

// bare leaves all settings to the first start.
func bare(c *config.Config) { c.InstanceName, c.MailFrom = "", "" }

func onBoth(t *testing.T, test func(t *testing.T, a *apptest.App)) {
	for name, start := range map[string]func(testing.TB, ...func(*config.Config)) *apptest.App{"sqlite": apptest.New, "postgres": apptest.NewOnPostgres} {
		t.Run(name, func(t *testing.T) { t.Parallel(); test(t, start(t, bare)) })
	}
}

func newLink(t *testing.T, a *apptest.App) string {
	t.Helper()
	secret, err := a.Setup.NewLink(ctx)
	if err != nil || secret == "" {
		t.Fatalf("no link: %v", err)
	}
	return secret
}

var admin = url.Values{"name": {"Noor"}, "email": {"noor@market.example"}, "password": {"ducks on a pond"}}

func TestTheFirstStartAsksInTheBrowser(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, a *apptest.App) {
		b, secret := a.NewBrowser(t), newLink(t, a)
		if p := b.Get("/"); p.Status != 200 || p.Find(".wordmark span").Text() != "Tribemarket" {
			t.Errorf("before: %d %s", p.Status, p.Find(".wordmark span").Text())
		}
		if p := b.Get("/creators"); p.Status != 200 {
			t.Errorf("the search before: %d", p.Status)
		}
		p := b.Get(paths.Setup(secret))
		if p = p.Submit("main form", url.Values{"name": {" "}, "locale": {"tlh"}}); p.Status != 422 || p.Find("main [role=alert] a").Length() != 2 {
			t.Fatalf("without a name: %d %s", p.Status, p.Find("main").Text())
		}
		if p = p.Submit("main form", url.Values{"name": {"Foire"}, "locale": {"fr"}}); p.Path != paths.SetupMail(secret) || p.Find(".wordmark span").Text() != "Foire" {
			t.Fatalf("the name is saved at once: %s %s", p.Path, p.Find(".wordmark span").Text())
		}
		if p = p.Submit("main form", url.Values{"from": {"nobody"}, "host": {"not a host"}, "port": {"99999"}, "password": {"x"}}); p.Status != 422 || p.Find("main [role=alert] a").Length() != 4 || p.Find("input[name=host]").AttrOr("value", "") != "not a host" {
			t.Fatalf("a wrong server: %d %s", p.Status, p.Find("main [role=alert]").Text())
		}
		p = p.Submit("main form", url.Values{"from": {"foire@market.example"}, "host": {"smtp.market.example"}, "port": {"465"}, "tls": {"start"}, "user": {"foire"}, "password": {"hush: p@ss/word"}})
		if p.Path != paths.SetupAdmin(secret) {
			t.Fatalf("%d %s", p.Status, p.Find("main").Text())
		}
		if now := a.Setup.Current(); now.SMTP != "smtps://foire:hush%3A%20p%40ss%2Fword@smtp.market.example:465" || now.MailFrom != "foire@market.example" {
			t.Errorf("%+v", now)
		}
		if found := apptest.FindText(t, a.DB, "hush"); len(found) != 0 {
			t.Errorf("the password is readable in %v", found)
		}
		if p = p.Submit("main form", url.Values{"name": {"Noor"}, "email": {"noor"}, "password": {"short"}}); p.Status != 422 || p.Find("main [role=alert] a").Length() != 2 || p.Find("input[name=name]").AttrOr("value", "") != "Noor" {
			t.Fatalf("a wrong administrator: %d %s", p.Status, p.Find("main [role=alert]").Text())
		}
		// Signed in, and asked for a second factor before anything else.
		if p = p.Submit("main form", admin); p.Path != paths.SecuritySettings() || !p.HasTexts("Noor") {
			t.Fatalf("%s %s", p.Path, p.Find("main").Text())
		}
		if all, err := a.Accounts.ListAdmins(ctx); err != nil || len(all) != 1 || *all[0].Email != "noor@market.example" || all[0].EmailConfirmedAt == nil {
			t.Errorf("%v %v", all, err)
		}
		stranger := a.NewBrowser(t)
		stranger.Language = "ja"
		if lang := stranger.Get("/").Find("html").AttrOr("lang", ""); lang != "fr" {
			t.Errorf("who asks for no language of ours reads %s", lang)
		}
		for _, path := range []string{paths.Setup(secret), paths.SetupMail(secret), paths.SetupAdmin(secret)} {
			if p := stranger.Get(path); p.Status != 409 || p.Find("main form").Length() != 0 {
				t.Errorf("%s afterwards: %d", path, p.Status)
			}
		}
		if secret, err := a.Setup.NewLink(ctx); secret != "" || err != nil {
			t.Errorf("another link: %q %v", secret, err)
		}
	})
}

func TestALinkOfTheFirstStartWorksOnceAndNotForever(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, a *apptest.App) {
		b, first := a.NewBrowser(t), newLink(t, a)
		if found := apptest.FindText(t, a.DB, first); len(found) != 0 {
			t.Errorf("the link is readable in %v", found)
		}
		second := newLink(t, a)
		if p := b.Get(paths.Setup(first)); p.Status != 404 {
			t.Errorf("a link that a later start replaced: %d", p.Status)
		}
		form := b.Get(paths.SetupAdmin(second))
		a.Clock.Advance(setup.LinkLifetime)
		if p := form.Submit("main form", admin); p.Status != 409 || apptest.Count(t, a, "SELECT count(*) FROM people") != 0 {
			t.Errorf("after its time: %d", p.Status)
		}
		if p := form.Post(paths.Setup(second), url.Values{"name": {"Late"}, "locale": {"en"}}); p.Status != 409 || a.Setup.Current().Name != "Tribemarket" {
			t.Errorf("a name after its time: %d", p.Status)
		}
		third := newLink(t, a)
		form = b.Get(paths.SetupAdmin(third))
		a.CreateAdmin(t)
		if p := form.Submit("main form", admin); p.Status != 409 {
			t.Errorf("beside an administrator: %d", p.Status)
		}
	})
}

// Several people with the link at the same time make one administrator.
func TestOneLinkMakesOneAdministrator(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, a *apptest.App) {
		secret := newLink(t, a)
		var done sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			done.Go(func() {
				_, errs[i] = a.Setup.CreateAdmin(ctx, secret, accounts.FirstAdminForm{Name: "N", Email: string(rune('a'+i)) + "@market.example", Password: "ducks on a pond"})
			})
		}
		done.Wait()
		made := 0
		for _, err := range errs {
			if err == nil {
				made++
			} else if models.CodeOf(err) != models.CodeConflict {
				t.Error(err)
			}
		}
		if n := apptest.Count(t, a, "SELECT count(*) FROM people WHERE admin"); made != 1 || n != 1 {
			t.Errorf("%d made, %d are there", made, n)
		}
	})
}

func TestTheEnvironmentComesFirst(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, func(c *config.Config) {
		c.InstanceName, c.Language, c.MailFrom, c.SMTPURL = "Fixed", "nl", "fixed@market.example", "smtp://localhost:2525"
	})
	b, secret := a.NewBrowser(t), newLink(t, a)
	p := b.Get(paths.Setup(secret))
	if !p.HasTexts("Fixed, set by INSTANCE_NAME") || p.Find("main input[name=name], main select").Length() != 0 {
		t.Errorf("%s", p.Find("main").Text())
	}
	if p = p.Submit("main form", nil); p.Path != paths.SetupMail(secret) || p.Find("main input[name=host]").Length() != 0 || !p.HasTexts("SMTP_URL", "fixed@market.example, set by MAIL_FROM") {
		t.Fatalf("%s %s", p.Path, p.Find("main").Text())
	}
	p.Post(paths.Setup(secret), url.Values{"name": {"Other"}, "locale": {"fr"}})
	p.Post(paths.SetupMail(secret), url.Values{"from": {"other@market.example"}, "host": {"other.example"}})
	if now := a.Setup.Current(); now != (setup.Settings{Name: "Fixed", Locale: "nl", MailFrom: "fixed@market.example", SMTP: "smtp://localhost:2525"}) {
		t.Errorf("%+v", now)
	}
}

// Without a server no sender is needed, and nothing that belongs to one is lost in silence.
func TestAMailServerIsNotNeeded(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, bare)
	b, secret := a.NewBrowser(t), newLink(t, a)
	page := b.Get(paths.SetupMail(secret))
	for _, wrong := range []struct{ field, name, value string }{
		{"host", "user", "foire"}, {"host", "password", "hush"}, {"host", "port", "587"}, {"from", "from", "nobody"}, {"from", "host", "smtp.market.example"},
	} {
		if p := page.Submit("main form", url.Values{wrong.name: {wrong.value}}); p.Status != 422 || p.Find("main [role=alert] a").Length() != 1 || p.Find("main [role=alert] a[href='#f-"+wrong.field+"']").Length() != 1 {
			t.Errorf("%s alone: %d %s", wrong.name, p.Status, p.Find("main [role=alert]").Text())
		}
	}
	if p := page.Submit("main form", nil); p.Path != paths.SetupAdmin(secret) {
		t.Errorf("as it stands: %d %s", p.Status, p.Find("main [role=alert]").Text())
	}
}

// A server from the environment needs a sender, which is asked for.
func TestASenderIsAskedForBesideTheServerOfTheEnvironment(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, bare, func(c *config.Config) { c.SMTPURL = "smtp://localhost:2525" })
	b, secret := a.NewBrowser(t), newLink(t, a)
	page := b.Get(paths.SetupMail(secret))
	if page.Find("main input[name=from]").Length() != 1 || page.Find("main input[name=host]").Length() != 0 || !page.HasTexts("SMTP_URL") {
		t.Fatalf("%s", page.Find("main").Text())
	}
	if p := page.Submit("main form", nil); p.Status != 422 || p.Find("main [role=alert] a").Length() != 1 {
		t.Errorf("without a sender: %d %s", p.Status, p.Find("main [role=alert]").Text())
	}
	if p := page.Submit("main form", url.Values{"from": {"foire@market.example"}}); p.Path != paths.SetupAdmin(secret) {
		t.Errorf("%d %s", p.Status, p.Find("main").Text())
	}
	if now := a.Setup.Current(); now.MailFrom != "foire@market.example" || now.SMTP != "smtp://localhost:2525" {
		t.Errorf("%+v", now)
	}
}

// What the environment says is not asked for, so that no rule of the pages refuses it.
func TestWhatTheEnvironmentSaysIsNotChecked(t *testing.T) {
	t.Parallel()
	name, from := strings.Repeat("Foire ", 10), "Foire <foire@market.example>"
	a := apptest.New(t, func(c *config.Config) { c.InstanceName, c.MailFrom = name, from })
	b, secret := a.NewBrowser(t), newLink(t, a)
	p := b.Get(paths.Setup(secret)).Submit("main form", url.Values{"locale": {"fr"}})
	if p.Path != paths.SetupMail(secret) {
		t.Fatalf("%d %s %s", p.Status, p.Path, p.Find("main").Text())
	}
	if p = p.Submit("main form", url.Values{"host": {"smtp.market.example"}}); p.Path != paths.SetupAdmin(secret) {
		t.Fatalf("%d %s %s", p.Status, p.Path, p.Find("main").Text())
	}
	if now := a.Setup.Current(); now != (setup.Settings{Name: name, Locale: "fr", MailFrom: from, SMTP: "smtp://smtp.market.example"}) {
		t.Errorf("%+v", now)
	}
}

// Another node, and the same after a restart, use what was saved.
func TestSettingsAreForAllNodes(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, bare)
	other := a.StartNode(t, bare)
	if err := a.Setup.SaveIdentity(ctx, newLink(t, a), "Two", "en"); err != nil {
		t.Fatal(err)
	}
	if err := other.Setup.Reload(ctx); err != nil || other.NewBrowser(t).Get("/").Find(".wordmark span").Text() != "Two" {
		t.Errorf("the other node says %s: %v", other.Setup.Current().Name, err)
	}
	if third := a.StartNode(t, bare); third.Setup.Current().Name != "Two" {
		t.Errorf("a new node says %s", third.Setup.Current().Name)
	}
	// A password that one node has saved stays where another, which has not read it yet,
	// saves the same server without it.
	for _, step := range []struct {
		node     *apptest.App
		password string
	}{{a, "hush"}, {other, ""}} {
		server := setup.MailServer{From: "a@market.example", Host: "smtp.market.example", User: "u", Password: step.password}
		if err := step.node.Setup.SaveMailServer(ctx, newLink(t, step.node), server); err != nil {
			t.Fatal(err)
		}
	}
	if now := other.Setup.Current(); now.SMTP != "smtp://u:hush@smtp.market.example" {
		t.Errorf("the mail server is %s", now.SMTP)
	}
}

// The server's password outlives a new key.
func TestTheMailServerIsSealedAnew(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabaseURLs(t, func(t *testing.T, address string) {
		keys := func(list string) func(*config.Config) {
			return func(c *config.Config) { bare(c); c.DatabaseURL, c.SecretKeys = address, config.Secret(list) }
		}
		old := apptest.New(t, keys("old:"+testkit.SealingKey))
		if err := old.Setup.SaveMailServer(ctx, newLink(t, old), setup.MailServer{From: "a@market.example", Host: "smtp.market.example", User: "u", Password: "hush"}); err != nil {
			t.Fatal(err)
		}
		both := apptest.New(t, keys("new:"+models.NewSealingKey()+",old:"+testkit.SealingKey))
		for _, want := range []int{1, 0} {
			if n, err := both.ResealSecrets(ctx); n != want || err != nil {
				t.Errorf("%d sealed anew, want %d: %v", n, want, err)
			}
		}
		if err := both.Setup.Reload(ctx); err != nil || both.Setup.Current().SMTP != "smtp://u:hush@smtp.market.example" {
			t.Errorf("%+v %v", both.Setup.Current(), err)
		}
		// The password stays where it is not typed again, and goes with its server.
		for _, want := range []string{"smtp://u:hush@smtp.market.example", "smtp://u:@other.example"} {
			_, host, _ := strings.Cut(want, "@")
			err := both.Setup.SaveMailServer(ctx, newLink(t, both), setup.MailServer{From: "a@market.example", Host: host, User: "u"})
			if got := both.Setup.Current().SMTP; err != nil || got != want {
				t.Errorf("%s: %s %v", host, got, err)
			}
		}
	})
}

// smtpServer takes one mail and returns what it was told.
func smtpServer(t *testing.T) (port string, heard func() string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	said := make(chan string, 1)
	go func() {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
		var all strings.Builder
		_, _ = conn.Write([]byte("220 ready\r\n"))
		inside := false
		for lines := bufio.NewScanner(conn); lines.Scan(); {
			line := lines.Text()
			all.WriteString(line + "\n")
			answer := "250 ok\r\n"
			switch {
			case inside && line != ".":
				continue
			case inside:
				inside = false
			case line == "DATA":
				inside, answer = true, "354 go on\r\n"
			case line == "QUIT":
				_, _ = conn.Write([]byte("221 bye\r\n"))
				said <- all.String()
				return
			}
			_, _ = conn.Write([]byte(answer))
		}
		said <- all.String()
	}()
	_, port, _ = net.SplitHostPort(ln.Addr().String())
	return port, func() string {
		select {
		case s := <-said:
			return s
		case <-time.After(10 * time.Second):
			return "nothing"
		}
	}
}

func TestATestMailIsSentAtOnce(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, bare)
	secret := newLink(t, a)
	port, heard := smtpServer(t)
	p := a.NewBrowser(t).Get(paths.SetupMail(secret))
	if p = p.Submit("main form", url.Values{"test": {"noor@market.example"}}); p.Status != 422 || !p.HasTexts("No e-mail server is set") || p.HasTexts("on its way") {
		t.Errorf("without a server: %d %s", p.Status, p.Find("main").Text())
	}
	if p = p.Submit("main form", url.Values{"from": {"market@site.example"}, "host": {"127.0.0.1"}, "port": {"1"}, "test": {"noor@market.example"}}); p.Status != 422 || !p.HasTexts("no e-mail was sent: nothing answers at 127.0.0.1:1.") || strings.Contains(p.Find("main").Text(), "dial") {
		t.Errorf("a server that is not there: %d %s", p.Status, p.Find("main").Text())
	}
	if p = p.Submit("main form", url.Values{"from": {"market@site.example"}, "host": {"127.0.0.1"}, "port": {port}, "test": {"noor@market.example"}}); p.Path != paths.SetupMail(secret) || !p.HasTexts("on its way to noor@market.example") {
		t.Errorf("%d %s %s", p.Status, p.Path, p.Find("main").Text())
	}
	if all := heard(); !strings.Contains(all, "RCPT TO:<noor@market.example>") || !strings.Contains(all, "From: ") || !strings.Contains(all, "market@site.example") {
		t.Errorf("the server heard %s", all)
	}
	if files, _ := filepath.Glob(filepath.Join(a.MailDir, "*")); len(files) != 0 {
		t.Errorf("%d mails are in the folder", len(files))
	}
}
