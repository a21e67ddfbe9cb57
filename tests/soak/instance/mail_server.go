package instance

import (
	"bufio"
	"fmt"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"time"
)

// MailServer takes mails by SMTP on loopback, and remembers who got which.
type MailServer struct {
	URL   string
	Delay time.Duration // before a mail is accepted

	listener net.Listener
	mu       sync.Mutex
	mails    []ReceivedMail
}

// ReceivedMail is what a mail server knows of a mail.
type ReceivedMail struct{ To, ID string }

// StartMailServer listens on a free port until Close.
func StartMailServer(delay time.Duration) (*MailServer, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &MailServer{URL: "smtp://" + ln.Addr().String() + "?tls=off", Delay: delay, listener: ln}
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go s.converse(c)
		}
	}()
	return s, nil
}

// Close stops listening.
func (s *MailServer) Close() error { return s.listener.Close() }

// Received are all mails so far, copies included.
func (s *MailServer) Received() []ReceivedMail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]ReceivedMail(nil), s.mails...)
}

func (s *MailServer) converse(c net.Conn) {
	defer c.Close()
	say := func(text string) { fmt.Fprint(c, text+"\r\n") }
	say("220 soak")
	to := ""
	lines := bufio.NewReader(c)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		switch verb, rest, _ := strings.Cut(strings.TrimSpace(line), " "); strings.ToUpper(verb) {
		case "EHLO", "HELO":
			say("250 soak")
		case "RCPT":
			to = strings.Trim(strings.TrimPrefix(strings.ToUpper(rest), "TO:"), "<>")
			say("250 ok")
		case "DATA":
			say("354 go on")
			text, err := readData(lines)
			if err != nil {
				return
			}
			time.Sleep(s.Delay)
			s.keep(to, text)
			say("250 accepted")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func readData(lines *bufio.Reader) (string, error) {
	var text strings.Builder
	for {
		line, err := lines.ReadString('\n')
		if err != nil || line == ".\r\n" {
			return text.String(), err
		}
		text.WriteString(line)
	}
}

// keep remembers a mail from when it is accepted, even if its sender does not live to
// hear so.
func (s *MailServer) keep(to, text string) {
	m, err := netmail.ReadMessage(strings.NewReader(text))
	id := "unreadable"
	if err == nil {
		id = m.Header.Get("Message-Id")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, ReceivedMail{strings.ToLower(to), id})
}
