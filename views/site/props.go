package site

import (
	"net/http"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/views/components"
	"tribemarket/views/search"
)

// HomeProps is the home page for visitors.
type HomeProps struct {
	Works     []HungWork          // beside the headline, an even number
	Tribes    []HomeTribe         // the largest
	AllTribes int                 // how many there are
	Floor     int64               // followers from which an account is listed
	Row       *search.SearchProps // one creator as a search shows them; nil if nobody is listed
	Turn      components.TurnCard // of a deal that is an example
}

// HungWork is a work beside the headline.
type HungWork struct {
	Picture components.Picture
	Href    string // the page of the creator who made it; "" of a drawing
}

// HomeTribe is a tribe with a work of a creator who is in it, or a drawing that suits it.
type HomeTribe struct {
	Slug    string
	Name    string
	Mark    string
	Hue     int
	Size    string // how many creators it has
	Picture components.Picture
	Faces   []components.Avatar // of those who are in it
}

// ErrorPageProps is an error page.
type ErrorPageProps struct {
	Status    int
	Message   string
	RequestID string
}

// ErrorTitle is the text that names a status; a status without a text of its own is named
// like the first of its class.
func ErrorTitle(status int) string {
	if key := "site.problem." + strconv.Itoa(status); i18n.HasText(key) {
		return key
	}
	if status < http.StatusInternalServerError {
		return "site.problem.400"
	}
	return "site.problem.500"
}

// DemoMailsProps is the list of a demo's mails, newest first.
type DemoMailsProps struct {
	Mails []DemoMail
}

// DemoMail is one mail as its reader would see it.
type DemoMail struct {
	Name    string // unique
	To      string
	Subject string
	Text    string
	At      time.Time
}

// RulesProps are the states of negotiations and deliverables with their deadlines.
type RulesProps struct {
	Negotiations []Rule
	Deliverables []Rule
}

// Rule is one state: who has to act, by when, and what happens otherwise. A state that
// waits for nobody has only a name.
type Rule struct {
	State     string
	Waits     string
	Until     string
	Otherwise string
}
