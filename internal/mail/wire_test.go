package mail

import (
	"errors"
	"io"
	"mime"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"
)

// takeCommands returns what the server was told since it was last asked.
func (s *smtpServer) takeCommands() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.commands
	s.commands = nil
	return all
}

// What goes over the wire is what mail servers want: the instance's domain, its name, no
// empty line in a header, nothing about the program.
func TestMailsAreAsMailServersWantThem(t *testing.T) {
	t.Parallel()
	server := listen(t, "8BITMIME", "SMTPUTF8")
	s, err := NewSMTPSender("smtp://"+server.address, Origin{Name: "Márché of Everything", Address: "market@exämple.test", Domain: "market.example"}, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for _, subject := range []string{
		"Hi", "Accepté : « Pâtes », 1 200 €", strings.Repeat("é", 78), "提案が届きました：" + strings.Repeat("長", 70), strings.Repeat("x", 78), "A " + strings.Repeat("y", 70) + " word",
		"Rigatoni & Söhne sent you a proposal about the new pan, which is quite long", "=?utf-8?q?odd?=", "👩🏽‍👩🏽‍👧🏽‍👦🏽 " + strings.Repeat("👩🏽‍🚀", 20),
	} {
		if err := s.Send(t.Context(), Message{ID: strings.Repeat("0123456789abcdef", 4), To: "lea@exämple.test", Subject: subject, Text: "x", HTML: "<p>x</p>", At: time.Now()}); err != nil {
			t.Fatal(err)
		}
		raw := <-server.mails
		head, _, _ := strings.Cut(raw, "\r\n\r\n")
		for line := range strings.SplitSeq(head, "\r\n") {
			if name, value, ok := strings.Cut(line, ":"); strings.TrimSpace(line) == "" || ok && !strings.Contains(name, " ") && strings.TrimSpace(value) == "" || len(line) > 78 {
				t.Errorf("%q has the header line %q", subject, line)
			}
		}
		m, err := netmail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil || got != subject {
			t.Errorf("the subject is %q, %v, want %q", got, err, subject)
		}
		from, err := m.Header.AddressList("From")
		if err != nil || len(from) != 1 || from[0].Name != "Márché of Everything" || from[0].Address != "market@xn--exmple-cua.test" {
			t.Errorf("From is %v, %v", from, err)
		}
		if to := m.Header.Get("To"); to != "<lea@xn--exmple-cua.test>" {
			t.Errorf("To is %q", to)
		}
		if id, auto := m.Header.Get("Message-Id"), m.Header.Get("Auto-Submitted"); id != "<0123456789abcdef01234567@market.example>" || auto != "auto-generated" {
			t.Errorf("Message-ID %q, Auto-Submitted %q", id, auto)
		}
		for _, product := range []string{"User-Agent", "X-Mailer", "X-Originating-Ip"} {
			if m.Header.Get(product) != "" {
				t.Errorf("%s is %q", product, m.Header.Get(product))
			}
		}
		if body, _ := io.ReadAll(m.Body); strings.Contains(strings.ToLower(head+string(body)), "go-mail") {
			t.Error("the mail names the program")
		}
		commands := server.takeCommands()
		if commands[0] != "EHLO market.example" || !slices.Contains(commands, "MAIL FROM:<market@xn--exmple-cua.test> BODY=8BITMIME") || !slices.Contains(commands, "RCPT TO:<lea@xn--exmple-cua.test>") {
			t.Errorf("the server was told %q", commands)
		}
	}
}

func TestLettersBeforeTheAtNeedAServerThatTakesThem(t *testing.T) {
	t.Parallel()
	m := Message{ID: "abc", To: "léa@exämple.test", Subject: "Hi", Text: "x", HTML: "<p>x</p>", At: time.Now()}
	for _, offers := range [][]string{{"SMTPUTF8"}, {"8BITMIME"}} {
		takes := offers[0] == "SMTPUTF8"
		server := listen(t, offers...)
		s, err := NewSMTPSender("smtp://"+server.address, market, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		if s.Reaches(t.Context(), m.To) != takes || !s.Reaches(t.Context(), "lea@exämple.test") {
			t.Errorf("a server that offers %v reaches it: %v", offers, !takes)
		}
		if err := s.Send(t.Context(), m); errors.Is(err, errNeedsUTF8) == takes {
			t.Errorf("a server that offers %v gives %v", offers, err)
		}
		if told := strings.Join(server.takeCommands(), "\n"); strings.Contains(told, "RCPT TO:<léa@xn--exmple-cua.test>") != takes || strings.Contains(told, "MAIL FROM:<market@example.test> SMTPUTF8") != takes {
			t.Errorf("it was told %q", told)
		}
		if len(server.mails) > 0 != takes {
			t.Errorf("it got %d mails", len(server.mails))
		}
	}
	if !(FolderSender{}).Reaches(t.Context(), m.To) {
		t.Error("a file cannot be written for it")
	}
}

// The server is asked once an hour at most, a minute after it was away, and nobody is told
// that an address can be reached while it is not known.
func TestWhatTheServerTakesIsAskedSeldom(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	server := listen(t, "SMTPUTF8")
	s, err := NewSMTPSender("smtp://"+server.address, market, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	asked := func() int {
		n := 0
		for _, c := range server.takeCommands() {
			if strings.HasPrefix(c, "EHLO") {
				n++
			}
		}
		return n
	}
	for range 5 {
		if !s.Reaches(t.Context(), "léa@example.test") {
			t.Error("it is not reached")
		}
	}
	if n := asked(); n != 1 {
		t.Errorf("it was asked %d times", n)
	}
	server.mu.Lock()
	server.offers, now = nil, now.Add(utf8KnownFor)
	server.mu.Unlock()
	if s.Reaches(t.Context(), "léa@example.test") || asked() != 1 {
		t.Error("after an hour it is still believed to offer it")
	}
	away, err := NewSMTPSender("smtp://127.0.0.1:1", market, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	if away.Reaches(t.Context(), "léa@example.test") || !away.Reaches(t.Context(), "lea@example.test") {
		t.Error("a server that is away is believed to offer it")
	}
	if _, known := away.utf8.known(now.Add(serverAwayFor)); known {
		t.Error("it is believed to be away for longer than a minute")
	}
}

func TestDomain(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://market.example": "market.example", "https://bücher.example:8443": "xn--bcher-kva.example", "http://192.0.2.1:8080": "[192.0.2.1]", "http://[2001:db8::1]:80": "[IPv6:2001:db8::1]",
		"http://localhost:8080": "localhost", "": "localhost",
	} {
		if got := Domain(address); got != want {
			t.Errorf("%q has the domain %q, want %q", address, got, want)
		}
	}
}
