package notifications

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tribemarket/models"
)

// Receiver is a person to be notified, with their language and time zone.
type Receiver struct {
	PersonID  int64
	Side      models.Side // the side on which the person is notified, "" for themselves
	Name      string
	Email     string // "" if they cannot be mailed
	Confirmed bool   // whether the e-mail address is confirmed; a brand's sign-up address counts before it is
	Locale    string
	Zone      string
}

// Location is the receiver's time zone; UTC if its name is unknown here.
func (r Receiver) Location() *time.Location {
	if l, err := time.LoadLocation(r.Zone); err == nil {
		return l
	}
	return time.UTC
}

// Answer is who is to be notified of an event now, and what the area knows about it, from
// which the text is made. Nobody is notified of what is no longer true.
type Answer struct {
	To      []Receiver
	Content any
	About   map[int64]Subject // by person, for whom it is about something else than the event's subject
}

// AnswerWith is the answer of an area that has read who is to be notified, and of what: of what
// is gone, or is not due any more, nobody is.
func AnswerWith(to []Receiver, content any, due bool, err error) (Answer, error) {
	switch {
	case models.CodeOf(err) == models.CodeNotFound:
		return Answer{}, nil
	case err != nil || !due:
		return Answer{}, err
	}
	return Answer{To: to, Content: content}, nil
}

// Rule is an area's answer to the question of who is to be notified of an event.
type Rule func(ctx context.Context, e Event) (Answer, error)

// Rules are the answers by kind.
type Rules map[Kind]Rule

// check reports a kind without a rule.
func (r Rules) check() error {
	for _, k := range Kinds() {
		if r[k] == nil {
			return fmt.Errorf("notifications: no rule says who is notified of %s", k)
		}
	}
	return nil
}

// Includes says whether the person is to be notified.
func (a Answer) Includes(personID int64) bool {
	return slices.ContainsFunc(a.To, func(r Receiver) bool { return r.PersonID == personID })
}
