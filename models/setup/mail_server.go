package setup

import (
	"context"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"tribemarket/models"
	"tribemarket/models/accounts"
)

// MailServer is the mail server as a person enters it; without a host, mails are kept in
// a folder, and need no sender.
type MailServer struct {
	From     string
	Host     string
	Port     string
	TLS      bool // from the start, instead of STARTTLS
	User     string
	Password string // "" keeps the one of the same server and user
}

var hostName = regexp.MustCompile(`^[\p{L}\p{N}]([\p{L}\p{N}.-]{0,251}[\p{L}\p{N}])?$`)

// StoredMailServer is the mail server that somebody has set, without its password.
func (s *Store) StoredMailServer() MailServer {
	set := s.environment.Or(*s.stored.Load())
	u, err := url.Parse(set.SMTP)
	if err != nil {
		return MailServer{From: set.MailFrom}
	}
	return MailServer{From: set.MailFrom, Host: u.Hostname(), Port: u.Port(), TLS: u.Scheme == "smtps", User: u.User.Username()}
}

// SaveMailServer saves where mails go, and who sends them, except what the environment says.
// It does not find out whether the server takes them.
func (s *Store) SaveMailServer(ctx context.Context, secret string, m MailServer) error {
	m.From, m.Host, m.Port, m.User = strings.TrimSpace(m.From), strings.TrimSpace(m.Host), strings.TrimSpace(m.Port), strings.TrimSpace(m.User)
	var wrong models.Fields
	from, ok := accounts.ParseEmail(m.From)
	needed := m.From != "" || m.Host != "" || s.environment.SMTP != ""
	if !ok && needed && s.environment.MailFrom == "" {
		wrong.Add("from", "accounts.error.email")
	}
	if s.environment.SMTP == "" {
		m.checkServer(&wrong)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.save(ctx, secret, func(row *instanceSettings) {
		if s.environment.MailFrom == "" {
			row.MailFrom = from
		}
		if s.environment.SMTP != "" {
			return
		}
		address := m.address(s.openSMTP(*row))
		row.SMTP = ""
		if address != "" {
			row.SMTP = s.db.Keys.Seal(smtpPurpose, []byte(address))
		}
	})
}

func (m MailServer) checkServer(wrong *models.Fields) {
	if m.Host == "" {
		if m.Port != "" || m.User != "" || m.Password != "" {
			wrong.Add("host", "setup.error.host_missing")
		}
		return
	}
	if net.ParseIP(m.Host) == nil && !hostName.MatchString(m.Host) {
		wrong.Add("host", "setup.error.host")
	}
	if port, err := strconv.ParseUint(m.Port, 10, 16); m.Port != "" && (err != nil || port == 0) {
		wrong.Add("port", "setup.error.port")
	}
	if m.Password != "" && m.User == "" {
		wrong.Add("user", "setup.error.user")
	}
}

// address is the URL of the server; before is the one that was stored.
func (m MailServer) address(before string) string {
	if m.Host == "" {
		return ""
	}
	u := url.URL{Scheme: "smtp", Host: m.Host}
	if m.TLS {
		u.Scheme = "smtps"
	}
	if ip := net.ParseIP(m.Host); ip != nil && ip.To4() == nil {
		u.Host = "[" + m.Host + "]"
	}
	if m.Port != "" {
		u.Host += ":" + m.Port
	}
	if m.User != "" {
		password := m.Password
		if old, err := url.Parse(before); err == nil && password == "" && old.Hostname() == m.Host && old.User.Username() == m.User {
			password, _ = old.User.Password()
		}
		u.User = url.UserPassword(m.User, password)
	}
	return u.String()
}
