package accounts

import (
	"context"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"tribemarket/models"
	"tribemarket/models/text"
)

func checkText(wrong *models.Fields, field, s string, least, most int) {
	switch n := text.Length(s); {
	case n == 0 && least > 0:
		wrong.Add(field, "accounts.error.required")
	case n < least:
		wrong.Add(field, "accounts.error.short", "least", least)
	case n > most:
		wrong.Add(field, "accounts.error.long", "most", most)
	}
}

func isKnownLocale(l string) bool { return slices.Contains(models.Locales(), l) }

// ParseEmail returns the address in lower case, if mail can be sent to it. A domain in
// another script than Latin may be given by its ASCII form (xn--…), which is the same one.
func ParseEmail(s string) (string, bool) {
	s = strings.ToLower(text.SingleLine(s))
	if at := strings.LastIndexByte(s, '@'); strings.Contains(s[at+1:], "xn--") || !isASCII(s[at+1:]) {
		domain, err := idna.Lookup.ToUnicode(s[at+1:])
		if err != nil {
			return "", false
		}
		s = s[:at+1] + domain
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || a.Name != "" || len(s) > 254 {
		return "", false
	}
	_, host, _ := strings.Cut(s, "@")
	if !strings.Contains(host, ".") || strings.HasSuffix(host, ".") || strings.ContainsAny(s, " \"()<>[]\\") {
		return "", false
	}
	return s, true
}

// checkNewEmail reads an address to which mails will be sent.
func (s *Store) checkNewEmail(ctx context.Context, wrong *models.Fields, email string) string {
	address, ok := ParseEmail(email)
	switch {
	case !ok:
		wrong.Add("email", "accounts.error.email")
	case s.MailReaches != nil && !s.MailReaches(ctx, address):
		wrong.Add("email", "accounts.error.email_letters")
	}
	return address
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// parseSite returns a website's URL for storage: https unless it says http, a
// host with a dot, nothing that a page would run.
func parseSite(s string) (string, bool) {
	s = text.SingleLine(s)
	if s == "" {
		return "", true
	}
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || !strings.Contains(u.Hostname(), ".") ||
		u.User != nil || len(s) > 200 || strings.ContainsAny(s, " <>\"") {
		return "", false
	}
	return u.String(), true
}
