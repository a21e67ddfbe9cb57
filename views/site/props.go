package site

import (
	"net/http"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
)

// HomeProps is the first page for visitors.
type HomeProps struct {
	Tribes []HomeTribe
	Floor  int64 // followers from which somebody is listed
}

// HomeTribe is a tribe with one line about it.
type HomeTribe struct {
	Slug string
	Name string
	Line string
	Mark string
	Hue  int
}

// ErrorPageProps is an answer that is not what was asked for.
type ErrorPageProps struct {
	Status    int
	Message   string
	RequestID string
}

// ErrorTitle is the text that names a status; one that has none of its own is
// named like the first of its kind.
func ErrorTitle(status int) string {
	if key := "site.problem." + strconv.Itoa(status); i18n.HasText(key) {
		return key
	}
	if status < http.StatusInternalServerError {
		return "site.problem.400"
	}
	return "site.problem.500"
}

// DemoMailsProps is the list of a demo's mails, the newest first.
type DemoMailsProps struct {
	Mails []DemoMail
}

// DemoMail is one mail as its reader would see it.
type DemoMail struct {
	Name    string // unlike any other's
	To      string
	Subject string
	Text    string
	At      time.Time
}

// RulesProps are the states of proposals and deliverables with their deadlines.
type RulesProps struct {
	Proposals    []Rule
	Deliverables []Rule
}

// Rule is one state: for whom it waits, until when, and what happens otherwise.
// One that waits for nobody has its name alone.
type Rule struct {
	State     string
	Waits     string
	Until     string
	Otherwise string
}
