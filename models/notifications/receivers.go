package notifications

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tribemarket/models"
)

// Receiver is a person who is told something, in their language and zone.
type Receiver struct {
	PersonID  int64
	Side      models.Side // for which the person is told, "" for themselves
	Name      string
	Email     string // "" for one who cannot be mailed
	Confirmed bool   // the e-mail address is; the one of a brand's sign-up counts before
	Locale    string
	Zone      string
}

// Location is the receiver's time zone; UTC when its name isn't known here.
func (r Receiver) Location() *time.Location {
	if l, err := time.LoadLocation(r.Zone); err == nil {
		return l
	}
	return time.UTC
}

// Answer is who is told of an event now, and what the area knows of it, from
// which its words are made. Nobody is told of what is no longer true.
type Answer struct {
	To      []Receiver
	Content any
}

// Rule is an area's answer to who is told of an event.
type Rule func(ctx context.Context, e Event) (Answer, error)

// Rules are the answers by kind.
type Rules map[Kind]Rule

// check says which kinds have no rule.
func (r Rules) check() error {
	for _, k := range Kinds() {
		if r[k] == nil {
			return fmt.Errorf("notifications: nobody says who is told of %s", k)
		}
	}
	return nil
}

// Includes says whether the person is told.
func (a Answer) Includes(personID int64) bool {
	return slices.ContainsFunc(a.To, func(r Receiver) bool { return r.PersonID == personID })
}
