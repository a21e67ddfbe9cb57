package accounts

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"

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

// ParseEmail returns the address in lower case, if mail can be sent to it.
func ParseEmail(s string) (string, bool) {
	s = strings.ToLower(text.SingleLine(s))
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
