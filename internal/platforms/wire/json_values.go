package wire

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Count is a number of people, views or seconds, which a platform writes as a
// number or as decimal text. N is nil when it is missing, and when it is none
// that can be: below zero, a fraction, too large.
type Count struct{ N *int64 }

// UnmarshalJSON reads a count; what is none leaves it nil.
func (c *Count) UnmarshalJSON(b []byte) error {
	c.N = nil
	if n, err := strconv.ParseInt(string(bytes.Trim(b, `"`)), 10, 64); err == nil && n >= 0 {
		c.N = &n
	}
	return nil
}

// Seconds is the count as a time, 0 when there is none.
func (c Count) Seconds() time.Duration {
	if c.N == nil {
		return 0
	}
	return BoundedSeconds(*c.N)
}

// BoundedSeconds keeps a wild figure of seconds from overflowing a date.
func BoundedSeconds(seconds int64) time.Duration {
	return time.Duration(min(max(seconds, 0), 10*365*24*3600)) * time.Second
}

// ID is an id, which a platform writes as text or as a number; all its digits stay.
type ID string

// UnmarshalJSON reads an id; what is none leaves it empty.
func (id *ID) UnmarshalJSON(b []byte) error {
	var text string
	var number json.Number
	switch {
	case json.Unmarshal(b, &text) == nil:
		*id = ID(text)
	case json.Unmarshal(b, &number) == nil:
		*id = ID(number)
	default:
		*id = ""
	}
	return nil
}

// NameList is a list of names, which a platform writes as such or as one text with
// commas or spaces between them.
type NameList []string

// UnmarshalJSON reads a list; what is none leaves it empty.
func (l *NameList) UnmarshalJSON(b []byte) error {
	var text string
	var names []string
	if json.Unmarshal(b, &text) != nil && json.Unmarshal(b, &names) == nil {
		text = strings.Join(names, " ")
	}
	*l = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	return nil
}

// Time is a time with its zone, as +0000 or as RFC 3339 has it; the zero time
// for what is none.
type Time struct{ time.Time }

// UnmarshalJSON reads a time.
func (t *Time) UnmarshalJSON(b []byte) error {
	var text string
	_ = json.Unmarshal(b, &text)
	t.Time = time.Time{}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05-0700"} {
		if at, err := time.Parse(layout, text); err == nil {
			t.Time = at.UTC()
			break
		}
	}
	return nil
}

// CleanText drops control characters: PostgreSQL refuses some, and no page shows them.
func CleanText(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, text))
}

// HTTPSURL drops an address that is no plain link.
func HTTPSURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return address
}

// ParseCountry is an ISO 3166-1 alpha-2 code, "" for what cannot be one. ZZ stands
// for an unknown country.
func ParseCountry(code string) string {
	code = strings.ToUpper(strings.TrimSpace(code))
	if len(code) != 2 || code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z' || code == "ZZ" {
		return ""
	}
	return code
}

// IsPlausibleDate says whether a post can have come out then: without its date it
// cannot be put in a window.
func IsPlausibleDate(posted, now time.Time) bool {
	return posted.Unix() > 0 && posted.Before(now.Add(24*time.Hour))
}
