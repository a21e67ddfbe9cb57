package mail

import (
	"context"
	"errors"
	"net"
	"net/url"
	"strconv"
	"testing"
	"time"

	gomail "github.com/wneessen/go-mail"
)

func TestMailsGoUnencryptedToThisMachineAlone(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]gomail.TLSPolicy{
		"smtp://mail.example": gomail.TLSMandatory, "smtp://u:p@mail.example:587": gomail.TLSMandatory, "smtp://10.0.0.7:25": gomail.TLSMandatory, "smtp://localhost.example": gomail.TLSMandatory,
		"smtp://localhost:1025": gomail.TLSOpportunistic, "smtp://127.0.0.1:25": gomail.TLSOpportunistic, "smtp://[::1]:25": gomail.TLSOpportunistic,
		"smtp://mail.example?tls=opportunistic": gomail.TLSOpportunistic, "smtp://relay:25?tls=off": gomail.NoTLS, "smtp://localhost?tls=required": gomail.TLSMandatory,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := tlsPolicyOf(u); err != nil || got != want {
			t.Errorf("%s: %v, %v, want %v", address, got, err, want)
		}
	}
	if _, err := NewSMTPSender("smtp://mail.example?tls=perhaps", market, time.Now); err == nil {
		t.Error("an unknown value is taken")
	}
}

// A wrong port is not made up for by another one, which may be another server's.
func TestOnlyTheGivenPortIsTried(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]int{
		"smtp://localhost:1": 1, "smtp://mail.example:25": 25, "smtps://mail.example:25": 25, "smtps://mail.example:2465": 2465,
		"smtp://localhost": 587, "smtp://mail.example": 587, "smtp://relay?tls=off": 25, "smtps://mail.example": 465,
	} {
		s, err := NewSMTPSender(address, market, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		if _, port, _ := net.SplitHostPort(s.client.ServerAddr()); port != strconv.Itoa(want) {
			t.Errorf("%s: port %s, want %d", address, port, want)
		}
	}
	s, err := NewSMTPSender("smtp://127.0.0.1:1", market, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	var failed *ServerError
	err = s.Send(t.Context(), Message{To: "lea@example.test", Subject: "x", Text: "x", HTML: "x", At: time.Now()})
	if !errors.As(err, &failed) || failed.Address != "127.0.0.1:1" || failed.Answered {
		t.Fatalf("a server that is not there: %v", err)
	}
	var dial *net.OpError
	if !errors.As(err, &dial) || dial.Addr.String() != "127.0.0.1:1" {
		t.Errorf("last tried: %v", err)
	}
}

func TestAServerWithoutTLSGetsNoMailWhereItIsRequired(t *testing.T) {
	t.Parallel()
	server := listen(t)
	m := Message{To: "lea@example.test", Subject: "x", Text: "x", HTML: "x", At: time.Now()}
	for _, c := range []struct {
		address string
		sends   bool
	}{{"smtp://" + server.address + "?tls=required", false}, {"smtp://" + server.address, true}} {
		address, sends := c.address, c.sends
		s, err := NewSMTPSender(address, market, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Send(context.Background(), m); (err == nil) != sends {
			t.Errorf("%s: %v", address, err)
		}
		if got := len(server.mails); (got == 1) != sends {
			t.Errorf("%s: %d mails", address, got)
		}
	}
}
