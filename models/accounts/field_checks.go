package accounts

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

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

// isKnownZone says whether the text names a time zone of the IANA database.
func isKnownZone(z string) bool {
	_, err := time.LoadLocation(z)
	return err == nil && z != "" && z != "Local"
}

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

// isKnownCountry says whether the text is an ISO 3166-1 alpha-2 code.
func isKnownCountry(s string) bool {
	if len(s) != 2 {
		return false
	}
	r, err := language.ParseRegion(s)
	return err == nil && r.IsCountry() && r.String() == s
}
