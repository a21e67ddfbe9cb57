package site

import (
	"net/http"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
)

// HomeProps is the first page for visitors.
type HomeProps struct {
	Tribes []Tribe
	Floor  int64 // followers from which somebody is listed
}

// Tribe is a tribe with one line about it.
type Tribe struct {
	Slug string
	Name string
	Line string
	Mark string
	Hue  int
}

// ProblemProps is an answer that is not what was asked for.
type ProblemProps struct {
	Status    int
	Message   string
	RequestID string
}

// ProblemTitle is the text that names a status; one that has none of its own is
// named like the first of its kind.
func ProblemTitle(status int) string {
	if key := "site.problem." + strconv.Itoa(status); i18n.HasText(key) {
		return key
	}
	if status < http.StatusInternalServerError {
		return "site.problem.400"
	}
	return "site.problem.500"
}

// MailsProps is the list of a demo's mails, the newest first.
type MailsProps struct {
	Mails []Mail
}

// Mail is one mail as its reader would see it.
type Mail struct {
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
