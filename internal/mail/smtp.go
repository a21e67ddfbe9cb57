package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"tribemarket/models"
)

// SMTPSender sends through a mail server.
type SMTPSender struct {
	from   Origin
	client *gomail.Client
	clock  models.Clock
	utf8   utf8Support
}

// tlsPolicies are the values of the parameter tls of a mail server's address.
var tlsPolicies = map[string]gomail.TLSPolicy{
	"required":      gomail.TLSMandatory,
	"opportunistic": gomail.TLSOpportunistic,
	"off":           gomail.NoTLS,
}

// tlsPolicyOf is what a mail server's address says about STARTTLS. Unless it says
// so, mails go without it to this machine alone.
func tlsPolicyOf(u *url.URL) (gomail.TLSPolicy, error) {
	name := u.Query().Get("tls")
	if name == "" {
		name = "required"
		if ip := net.ParseIP(u.Hostname()); ip.IsLoopback() || u.Hostname() == "localhost" {
			name = "opportunistic"
		}
	}
	policy, ok := tlsPolicies[name]
	if !ok {
		return policy, fmt.Errorf("the mail server's tls is %q; it may be required, opportunistic or off", name)
	}
	return policy, nil
}

// portOf is the one port that is tried: the library's own choice of a port would try port
// 25 where a server does not answer.
func portOf(u *url.URL, policy gomail.TLSPolicy) (int, error) {
	switch {
	case u.Port() != "":
		return strconv.Atoi(u.Port())
	case u.Scheme == "smtps":
		return gomail.DefaultPortSSL, nil
	case policy == gomail.NoTLS:
		return gomail.DefaultPort, nil
	}
	return gomail.DefaultPortTLS, nil
}

// NewSMTPSender takes smtp://USER:PASSWORD@HOST:PORT (STARTTLS, which the server must
// have unless it is on this machine or the address says ?tls=opportunistic or
// ?tls=off) or smtps:// (TLS from the start).
func NewSMTPSender(address string, from Origin, clock models.Clock) (*SMTPSender, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("the mail server's address is malformed")
	}
	policy, err := tlsPolicyOf(u)
	if err != nil {
		return nil, err
	}
	port, err := portOf(u, policy)
	if err != nil {
		return nil, fmt.Errorf("the mail server's port: %w", err)
	}
	opts := []gomail.Option{gomail.WithTimeout(15 * time.Second), gomail.WithTLSPolicy(policy), gomail.WithPort(port), gomail.WithHELO(from.Domain)}
	if u.Scheme == "smtps" {
		opts = append(opts, gomail.WithSSL())
	}
	if u.User != nil {
		password, _ := u.User.Password()
		opts = append(opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	client, err := gomail.NewClient(u.Hostname(), opts...)
	return &SMTPSender{from: from, client: client, clock: clock}, err
}

// ServerError says which server did not take a mail, and whether it answered at all.
type ServerError struct {
	Address  string // host and port
	Answered bool
	Cause    error
}

// Error names the server and the cause.
func (e *ServerError) Error() string { return "the mail server " + e.Address + ": " + e.Cause.Error() }

// Unwrap is the cause.
func (e *ServerError) Unwrap() error { return e.Cause }

// failure is what went wrong at the server.
func (s *SMTPSender) failure(err error) error {
	var dial *net.OpError
	away := errors.As(err, &dial) && dial.Op == "dial" || errors.Is(err, context.DeadlineExceeded)
	return &ServerError{Address: s.client.ServerAddr(), Answered: !away, Cause: err}
}

// errNeedsUTF8 says that the server does not take the letters of an address.
var errNeedsUTF8 = errors.New("the mail server takes no addresses with letters outside of ASCII (SMTPUTF8)")

// Send passes the mail to the server.
func (s *SMTPSender) Send(ctx context.Context, m Message) error {
	msg, err := buildMessage(s.from, m)
	if err != nil {
		return err
	}
	err = s.converse(ctx, func(server *smtp.Client, offersUTF8 bool) error {
		needsUTF8 := !isASCII(localPart(m.To))
		if needsUTF8 && !offersUTF8 {
			return errNeedsUTF8
		}
		server.SkipSMTPUTF8(!needsUTF8) // a mail sent with it reaches no server without it
		return s.client.SendWithSMTPClient(server, msg)
	})
	if err != nil {
		return s.failure(err)
	}
	return nil
}

// converse connects to the server, and notes what it offers.
func (s *SMTPSender) converse(ctx context.Context, say func(server *smtp.Client, offersUTF8 bool) error) error {
	server, err := s.client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = s.client.CloseWithSMTPClient(server) }() // what was accepted is sent, whether or not they part politely
	offersUTF8, _ := server.Extension("SMTPUTF8")
	s.utf8.note(offersUTF8, s.clock().Add(utf8KnownFor))
	return say(server, offersUTF8)
}

// localPart is the part of an address before its @.
func localPart(address string) string { return address[:max(strings.LastIndexByte(address, '@'), 0)] }

// How long it is believed what a server offers, and that it is away.
const (
	utf8KnownFor  = time.Hour
	serverAwayFor = time.Minute
)

// utf8Support is what is known about SMTPUTF8 at the server.
type utf8Support struct {
	mu    sync.Mutex
	until time.Time
	there bool

	asking sync.Mutex
}

func (u *utf8Support) note(there bool, until time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.there, u.until = there, until
}

func (u *utf8Support) known(now time.Time) (there, ok bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.there, now.Before(u.until)
}

// Reaches asks the server only about an address that needs SMTPUTF8, at most once an hour.
// A server that is away is not believed to offer it: a link that never arrives is worse than
// being asked for another address.
func (s *SMTPSender) Reaches(ctx context.Context, address string) bool {
	if isASCII(localPart(address)) {
		return true
	}
	s.utf8.asking.Lock()
	defer s.utf8.asking.Unlock()
	there, ok := s.utf8.known(s.clock())
	if ok {
		return there
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	err := s.converse(ctx, func(_ *smtp.Client, offersUTF8 bool) error {
		there = offersUTF8
		return nil
	})
	if err != nil {
		s.utf8.note(false, s.clock().Add(serverAwayFor))
		return false
	}
	return there
}
