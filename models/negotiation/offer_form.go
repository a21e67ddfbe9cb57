package negotiation

import (
	"strconv"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/terms"
	"tribemarket/models/text"
	"tribemarket/models/workflow"
)

// MaxMessage is how long a message or a note is at most, in characters.
const MaxMessage = 2000

// OfferForm is an offer as typed.
type OfferForm struct {
	terms.Form
	Message     string `form:"message"`
	ExpiresDays string `form:"expires_days"`
	Instead     string `form:"instead"` // public id of the HeldProposal in whose place it is written
}

// offer is an offer as read from its form.
type offer struct {
	message  string
	category string // as chosen; "" counts as "other"
	terms    terms.Terms
	lines    []int       // for each deliverable, the line of the form that it comes from
	last     models.Date // on which it can be answered, in the zone of who answers
}

// permission is what terms may contain only where the law, an administrator or the letters of
// contracts allow it.
type permission struct {
	political, child  bool
	unprintableLetter func(text string) string // as of terms.Rules
}

// anything reads again what was checked when it was sent.
var anything = permission{political: true, child: true}

// read checks and reads a form. Due days are in the creator's time zone, the time to answer
// in that of the side that answers.
func (f OfferForm) read(may permission, zone, answerZone *time.Location, now time.Time) (offer, error) {
	var wrong models.Fields
	o := offer{message: text.Paragraphs(f.Message), category: f.Category}
	if text.Length(o.message) > MaxMessage {
		wrong.Add("message", "terms.invalid.long", "most", MaxMessage)
	}
	days := f.answerDays(&wrong)
	today := models.DateOf(now.In(zone))
	counted := terms.MetricDefinitionOn(today)
	read, lines, more := f.Form.Read(terms.Rules{Today: today, Political: may.political, Child: may.child, Definition: counted.Version, DefinedOn: counted.From, UnprintableLetter: may.unprintableLetter})
	o.terms, o.lines = read, lines
	if err := append(more, wrong...).Err(); err != nil {
		return offer{}, err
	}
	o.last = models.DateOf(now.In(answerZone)).AddDays(days)
	if due := o.terms.FirstDue(); due.Before(o.last) {
		o.last = due
	}
	return o, nil
}

func (f OfferForm) answerDays(wrong *models.Fields) int {
	typed := strings.TrimSpace(f.ExpiresDays)
	if typed == "" {
		return AnswerDays
	}
	n, err := strconv.Atoi(typed)
	if err != nil || n < 1 || n > MaxAnswerDays {
		wrong.Add("expires_days", "terms.invalid.number", "least", 1, "most", MaxAnswerDays)
		return AnswerDays
	}
	return n
}

// expiresAt is when the offer can no longer be answered.
func (o offer) expiresAt(to State, answerZone *time.Location, now time.Time) time.Time {
	return Table.Rule(to).Deadline.At(workflow.Moments{Entered: now, Agreed: o.last, Zone: answerZone})
}
