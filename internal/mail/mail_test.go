package mail

import (
	"bufio"
	"context"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

var market = Origin{Name: "Test market", Address: "market@example.test", Domain: "market.example"}

func TestFolderGivesBackWhatWasSent(t *testing.T) {
	f := FolderSender{Dir: t.TempDir() + "/mails", From: market}
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	for i, subject := range []string{"Accepté : « Pâtes », 1 200 €", "Tweede bericht"} {
		m := Message{To: "lea@example.test", Subject: subject, Text: "Bonjour Léa,\nà bientôt", HTML: "<p>Bonjour Léa</p>", At: at.Add(time.Duration(i) * time.Second)}
		if err := f.Send(context.Background(), m); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := f.ListMails(10)
	if err != nil || len(kept) != 2 {
		t.Fatalf("%d mails, %v", len(kept), err)
	}
	if kept[0].Subject != "Tweede bericht" || kept[1].Subject != "Accepté : « Pâtes », 1 200 €" {
		t.Errorf("subjects %q, %q", kept[0].Subject, kept[1].Subject)
	}
	k := kept[1]
	if k.To != "lea@example.test" || !strings.Contains(strings.ReplaceAll(k.Text, "\r", ""), "Léa,\nà") || !strings.Contains(k.HTML, "<p>Bonjour Léa</p>") || !k.At.Equal(at) {
		t.Errorf("kept %+v", k)
	}
	if one, _ := f.ListMails(1); len(one) != 1 {
		t.Errorf("most is not kept: %d", len(one))
	}
}

func TestAHeaderCannotBeInjected(t *testing.T) {
	f := FolderSender{Dir: t.TempDir(), From: market}
	m := Message{To: "lea@example.test", Subject: "Hi\r\nBcc: all@example.test", Text: "x", HTML: "x", At: time.Now()}
	if err := f.Send(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	kept, err := f.ListMails(1)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(kept[0].To, "all@") {
		t.Errorf("a second receiver: %q", kept[0].To)
	}
}

// unsubscribe is what a mail program looks for (RFC 8058, 3.1).
func unsubscribe(t *testing.T, raw, address string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if list, post := m.Header.Get("List-Unsubscribe"), m.Header.Get("List-Unsubscribe-Post"); list != address || post != map[bool]string{true: "List-Unsubscribe=One-Click"}[address != ""] {
		t.Errorf("List-Unsubscribe %q and -Post %q", list, post)
	}
}

func TestAMailThatCanBeStoppedSaysHowInItsHeaders(t *testing.T) {
	t.Parallel()
	const link = "https://market.example/searches/unsubscribe/QyPIv0vTXgw_o1-Zf5d4sDk8cBq2mWnE7uRtYhLaJ0s"
	server := listen(t)
	smtp, err := NewSMTPSender("smtp://"+server.address, market, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	folder := FolderSender{Dir: t.TempDir(), From: market}
	for _, address := range []string{link, ""} {
		m := Message{To: "lea@example.test", Subject: "3 new creators", Text: "x", HTML: "<p>x</p>", At: time.Now(), Unsubscribe: address}
		want := ""
		if address != "" {
			want = "<" + address + ">"
		}
		if err := smtp.Send(context.Background(), m); err != nil {
			t.Fatal(err)
		}
		unsubscribe(t, <-server.mails, want)
		if err := folder.Send(context.Background(), m); err != nil {
			t.Fatal(err)
		}
		files, _ := filepath.Glob(folder.Dir + "/*.eml")
		raw, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		unsubscribe(t, string(raw), want)
		if kept, err := folder.ListMails(1); err != nil || kept[0].Unsubscribe != address {
			t.Errorf("kept %q, %v", kept[0].Unsubscribe, err)
		}
		if err := os.Remove(files[0]); err != nil {
			t.Fatal(err)
		}
	}
}

// smtpServer takes mails as RFC 5321 has it, as little as it needs.
type smtpServer struct {
	address string
	offers  []string // extensions
	mails   chan string

	mu       sync.Mutex
	commands []string
}

func listen(t *testing.T, offers ...string) *smtpServer {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	s := &smtpServer{address: ln.Addr().String(), offers: offers, mails: make(chan string, 10)}
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go s.talk(c)
		}
	}()
	return s
}

func (s *smtpServer) talk(c net.Conn) {
	defer c.Close()
	in := bufio.NewReader(c)
	say := func(line string) { _, _ = c.Write([]byte(line + "\r\n")) }
	say("220 here")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		s.mu.Lock()
		s.commands = append(s.commands, strings.TrimSpace(line))
		s.mu.Unlock()
		switch strings.ToUpper(line[:4]) {
		case "EHLO":
			say("250-here")
			s.mu.Lock()
			for _, x := range s.offers {
				say("250-" + x)
			}
			s.mu.Unlock()
			say("250 HELP")
		case "DATA":
			say("354 go on")
			var all strings.Builder
			for {
				line, err := in.ReadString('\n')
				if err != nil || line == ".\r\n" {
					break
				}
				all.WriteString(line)
			}
			s.mails <- all.String()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

func TestAMailThatIsSentAgainHasTheSameID(t *testing.T) {
	for domain, want := range map[string]string{"market.example": "<abc@market.example>", "[192.0.2.1]": "<abc@[192.0.2.1]>"} {
		f := FolderSender{Dir: t.TempDir(), From: Origin{Address: "market@example.test", Domain: domain}}
		for range 2 {
			if err := f.Send(t.Context(), Message{ID: "abc", To: "lea@example.test", Subject: "Hi", Text: "x", HTML: "x", At: time.Now()}); err != nil {
				t.Fatal(err)
			}
		}
		files, _ := filepath.Glob(filepath.Join(f.Dir, "*.eml"))
		for _, file := range files {
			raw, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			m, err := netmail.ReadMessage(raw)
			if err != nil || m.Header.Get("Message-Id") != want {
				t.Errorf("its id is %q, %v", m.Header.Get("Message-Id"), err)
			}
			_ = raw.Close()
		}
		if len(files) != 2 {
			t.Errorf("%d mails were sent", len(files))
		}
	}
}
