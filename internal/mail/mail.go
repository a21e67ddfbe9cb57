// Package mail sends mails: over SMTP, or into a folder where a person can
// read them.
package mail

import (
	"context"
	"encoding/base64"
	"net"
	netmail "net/mail"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"
	"golang.org/x/net/idna"
)

// Message is one mail to one person, as text and as HTML.
type Message struct {
	// ID is the same whenever this mail is sent again, so that mail servers and programs
	// take a second copy for the first. It may contain letters and digits.
	ID      string
	To      string
	Subject string
	Text    string
	HTML    string
	At      time.Time

	// Unsubscribe is a URL that stops mails like this one when it is posted to (RFC 8058,
	// one click), "" for none.
	Unsubscribe string
}

// Sender sends mails. A mail that could not be sent may be sent again.
type Sender interface {
	Send(ctx context.Context, m Message) error

	// Reaches says whether mails can be sent to an address: one with letters outside of
	// ASCII before its @ needs a server that takes them (RFC 6531). It may ask the server.
	Reaches(ctx context.Context, address string) bool
}

// Origin is who mails come from.
type Origin struct {
	Name    string // of the instance; a name in the address counts instead
	Address string
	Domain  string // of the instance's public URL
}

// sender is the address with its name, as it stands in From.
func (o Origin) sender() (*netmail.Address, error) {
	from, err := netmail.ParseAddress(o.Address)
	if err != nil {
		return nil, err
	}
	if from.Name == "" {
		from.Name = o.Name
	}
	from.Address, err = asciiDomain(from.Address)
	return from, err
}

// Domain is the domain of a URL as mail servers write it: in ASCII, an IP address in
// brackets, localhost for none.
func Domain(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return "localhost"
	}
	if ip := net.ParseIP(u.Hostname()); ip != nil {
		if ip.To4() == nil {
			return "[IPv6:" + ip.String() + "]"
		}
		return "[" + ip.String() + "]"
	}
	if ascii, err := idna.Lookup.ToASCII(u.Hostname()); err == nil {
		return ascii
	}
	return u.Hostname()
}

// idLength is as much of an ID as stands on one line with most domains; 24 hexadecimal
// digits never meet by chance.
const idLength = 24

func buildMessage(from Origin, m Message) (*gomail.Msg, error) {
	sender, err := from.sender()
	if err != nil {
		return nil, err
	}
	to, err := asciiDomain(m.To)
	if err != nil {
		return nil, err
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(sender)
	if err := msg.To(to); err != nil {
		return nil, err
	}
	msg.Subject(encodeSubject(m.Subject))
	msg.SetDateWithValue(m.At)
	msg.SetMessageIDWithValue(m.ID[:min(len(m.ID), idLength)] + "@" + from.Domain)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: absence notes don't answer
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	if m.Unsubscribe != "" {
		msg.SetListUnsubscribe(m.Unsubscribe)
		msg.SetListUnsubscribePost()
	}
	return msg, nil
}

// encodeSubject encodes a subject in words so short that the first one stands on the first
// line; the library's are as long as a line, and leave it empty.
func encodeSubject(s string) string {
	const most = 36 // bytes of a word, 60 characters once encoded
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) && !strings.Contains(s, "=?") &&
		!slices.ContainsFunc(strings.Fields(s), func(word string) bool { return len(word) > most }) {
		return s
	}
	var words []string
	for word := ""; s != ""; {
		r, n := utf8.DecodeRuneInString(s)
		if len(word)+n > most {
			words, word = append(words, word), ""
		}
		word += string(r)
		if s = s[n:]; s == "" {
			words = append(words, word)
		}
	}
	for i, word := range words {
		words[i] = "=?utf-8?b?" + base64.StdEncoding.EncodeToString([]byte(word)) + "?="
	}
	return strings.Join(words, " ")
}

// asciiDomain returns an address with its domain in ASCII, which every server takes.
func asciiDomain(address string) (string, error) {
	at := strings.LastIndexByte(address, '@')
	if isASCII(address[at+1:]) {
		return address, nil
	}
	domain, err := idna.Lookup.ToASCII(address[at+1:])
	return address[:at+1] + domain, err
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}
