// Package mail sends mails: over SMTP, or into a folder where a person can
// read them.
package mail

import (
	"context"
	"fmt"
	"mime"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
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
}

func buildMessage(from string, m Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg()
	if err := msg.From(from); err != nil {
		return nil, err
	}
	if err := msg.To(m.To); err != nil {
		return nil, err
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(m.At)
	msg.SetMessageIDWithValue(m.ID + "@" + domainOf(from))
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	if m.Unsubscribe != "" {
		msg.SetListUnsubscribe(m.Unsubscribe)
		msg.SetListUnsubscribePost()
	}
	return msg, nil
}

// domainOf is the part of an address behind its @.
func domainOf(address string) string {
	_, domain, _ := strings.Cut(strings.TrimSuffix(address, ">"), "@")
	return domain
}

// SMTPSender sends through a mail server.
type SMTPSender struct {
	from   string
	client *gomail.Client
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

// NewSMTPSender takes smtp://USER:PASSWORD@HOST:PORT (STARTTLS, which the server must
// have unless it is on this machine or the address says ?tls=opportunistic or
// ?tls=off) or smtps:// (TLS from the start).
func NewSMTPSender(address, from string) (*SMTPSender, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("the mail server's address is malformed")
	}
	policy, err := tlsPolicyOf(u)
	if err != nil {
		return nil, err
	}
	opts := []gomail.Option{gomail.WithTimeout(15 * time.Second), gomail.WithTLSPortPolicy(policy)}
	if u.Scheme == "smtps" {
		opts = append(opts, gomail.WithSSLPort(false))
	}
	if p := u.Port(); p != "" {
		n, err := strconv.Atoi(p)
		if err != nil {
			return nil, fmt.Errorf("the mail server's port: %w", err)
		}
		opts = append(opts, gomail.WithPort(n))
	}
	if u.User != nil {
		password, _ := u.User.Password()
		opts = append(opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	client, err := gomail.NewClient(u.Hostname(), opts...)
	return &SMTPSender{from, client}, err
}

// Send passes the mail to the server.
func (s *SMTPSender) Send(ctx context.Context, m Message) error {
	msg, err := buildMessage(s.from, m)
	if err != nil {
		return err
	}
	return s.client.DialAndSendWithContext(ctx, msg)
}

// FolderSender writes each mail to a file; the names sort by time.
type FolderSender struct {
	Dir  string
	From string
}

// Send writes the mail as .eml.
func (f FolderSender) Send(_ context.Context, m Message) error {
	msg, err := buildMessage(f.From, m)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.Dir, 0o750); err != nil {
		return err
	}
	file, err := os.CreateTemp(f.Dir, m.At.UTC().Format("20060102-150405")+"-*.part")
	if err != nil {
		return err
	}
	if _, err := msg.WriteTo(file); err != nil {
		return fmt.Errorf("write the mail: %w", err)
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), strings.TrimSuffix(file.Name(), ".part")+".eml")
}

// StoredMail is a mail written by a FolderSender.
type StoredMail struct {
	Name string // of the file
	Message
}

// ListMails reads the newest mails of the folder, newest first.
func (f FolderSender) ListMails(most int) ([]StoredMail, error) {
	names, err := filepath.Glob(filepath.Join(f.Dir, "*.eml"))
	if err != nil {
		return nil, err
	}
	sort.Sort(sort.Reverse(sort.StringSlice(names)))
	var kept []StoredMail
	for _, n := range names[:min(most, len(names))] {
		k, err := f.readMail(n)
		if err != nil {
			return nil, err
		}
		kept = append(kept, k)
	}
	return kept, nil
}

func (f FolderSender) readMail(path string) (StoredMail, error) {
	msg, err := gomail.EMLToMsgFromFile(path)
	if err != nil {
		return StoredMail{}, err
	}
	k := StoredMail{Name: strings.TrimSuffix(filepath.Base(path), ".eml")}
	for i, a := range msg.GetTo() {
		if i > 0 {
			k.To += ", "
		}
		k.To += a.Address
	}
	if s := msg.GetGenHeader(gomail.HeaderSubject); len(s) > 0 {
		var words mime.WordDecoder
		if k.Subject, err = words.DecodeHeader(s[0]); err != nil {
			return k, err
		}
	}
	if u := msg.GetGenHeader(gomail.HeaderListUnsubscribe); len(u) > 0 {
		k.Unsubscribe = strings.Trim(u[0], "<>")
	}
	if d := msg.GetGenHeader(gomail.HeaderDate); len(d) > 0 {
		k.At, _ = time.Parse(time.RFC1123Z, d[0])
	}
	for _, p := range msg.GetParts() {
		body, err := p.GetContent()
		if err != nil {
			return k, err
		}
		if p.GetContentType() == gomail.TypeTextPlain {
			k.Text = string(body)
		} else {
			k.HTML = string(body)
		}
	}
	return k, nil
}
