package negotiations

import (
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/negotiation"
)

// model is a negotiation as little as it can be: what is expected of the real one. It knows
// nothing of the table.
type model struct {
	state     negotiation.State
	offers    []modelOffer
	steps     int
	last      lastStep
	blocked   bool
	suspended bool // the creator is
	extension modelExtension
	longer    models.Date // the last day that was accepted for the latest offer
	asked     int         // how often a later one was asked for
	held      modelHeld
	zones     map[models.Side]*time.Location
}

// modelHeld is what a manager of the brand may not send by themselves; none without an id.
type modelHeld struct {
	id     string
	action negotiation.Action
	to     int
	fee    int
	until  time.Time // for whoever approves
	lapsed bool
}

type modelOffer struct {
	side models.Side
	fee  int
	sent time.Time
}

// modelExtension is a later last day that a side asks for; none without a side.
type modelExtension struct {
	by models.Side
	on models.Date
}

type lastStep struct {
	action negotiation.Action
	by     models.Side
	note   string
}

// outcome is what somebody who does something is told.
type outcome string

const (
	done     outcome = "done"
	repeated outcome = "repeated" // it was done before
	held     outcome = "held"     // it has to be approved first
	conflict         = outcome(models.CodeConflict)
	refused          = outcome(models.CodeForbidden)
	invalid          = outcome(models.CodeInvalid)
)

// approvedAbove is the fee above which a manager's yes has to be approved.
const approvedAbove = 103

// hold predicts what something worth a fee leads to when a manager does it, who would be told
// so if they needed nobody's yes.
func (m *model) hold(action negotiation.Action, to, fee int, now time.Time, do func(*model) outcome) outcome {
	trial := *m
	trial.offers = slices.Clip(trial.offers)
	if fee <= approvedAbove || do(&trial) != done {
		return do(m)
	}
	last, zone := models.DateOf(now.In(m.zones[models.SideBrand])).AddDays(negotiation.ApprovalDays), m.zones[models.SideBrand]
	if end := models.DateOf(m.expires().Add(-1).In(zone)); end.Before(last) {
		last = end
	}
	if same := m.held; same.id == "" || same.lapsed || same.action != action || action != negotiation.ActionAccept || same.to != to {
		m.held = modelHeld{action: action, to: to, fee: fee, until: last.EndIn(zone)}
	}
	return held
}

// approve predicts what the owner's yes leads to.
func (m *model) approve(now time.Time) outcome {
	h := m.held
	if !h.lapsed && h.to == len(m.offers) && m.isOpen() && !now.Before(h.until) {
		m.held.lapsed = true
		return conflict
	}
	became := m.offer
	if h.action == negotiation.ActionAccept {
		became = func(action negotiation.Action, by models.Side, to, _ int, now time.Time) outcome {
			return m.answer(action, by, to, "", now)
		}
	}
	if told := became(h.action, models.SideBrand, h.to, h.fee, now); told == done || told == repeated {
		return told
	}
	return conflict // its page says why
}

func (m *model) isOpen() bool {
	return m.state == negotiation.WithCreator || m.state == negotiation.WithBrand
}

func (m *model) latest() modelOffer { return m.offers[len(m.offers)-1] }

// turn is the side that has to answer.
func (m *model) turn() models.Side {
	if m.state == negotiation.WithBrand {
		return models.SideBrand
	}
	return models.SideCreator
}

// answerDays are those of every offer here.
const answerDays = 5

// expires is when the latest offer can no longer be answered.
func (m *model) expires() time.Time {
	return m.lastDay().EndIn(m.zones[m.latest().side.Other()])
}

func (m *model) lastDay() models.Date {
	if !m.longer.IsZero() {
		return m.longer
	}
	return models.DateOf(m.latest().sent.In(m.zones[m.latest().side.Other()])).AddDays(answerDays)
}

func (m *model) enter(s negotiation.State, action negotiation.Action, by models.Side, note string) {
	m.state, m.steps, m.last = s, m.steps+1, lastStep{action, by, note}
	if !negotiation.IsExtension(action) {
		m.extension = modelExtension{}
	}
}

// expire is what comes by itself.
func (m *model) expire(now time.Time) bool {
	if !m.isOpen() || now.Before(m.expires()) {
		return false
	}
	m.enter(negotiation.Expired, negotiation.ActionExpire, models.SideSystem, "")
	return true
}

// offer predicts what a counter-offer or a replacement leads to.
func (m *model) offer(action negotiation.Action, by models.Side, to, fee int, now time.Time) outcome {
	mine := m.latest().side == by
	switch {
	case m.isOpen() && mine != (action == negotiation.ActionReplace):
		if len(m.offers) > 1 {
			return conflict
		}
		return refused
	case m.expire(now), !m.isOpen(), to != len(m.offers):
		return conflict
	case action == negotiation.ActionReplace && m.replacedToday(now):
		return conflict
	case m.blocked, m.suspended:
		return refused
	case fee == m.latest().fee:
		return invalid
	}
	m.offers = append(m.offers, modelOffer{by, fee, now})
	m.longer, m.asked = models.Date{}, 0
	next := negotiation.WithCreator
	if by == models.SideCreator {
		next = negotiation.WithBrand
	}
	m.enter(next, action, by, "")
	return done
}

func (m *model) replacedToday(now time.Time) bool {
	n := len(m.offers)
	return n > 1 && m.offers[n-2].side == m.offers[n-1].side && now.Sub(m.offers[n-1].sent) < 24*time.Hour
}

// answer predicts what a yes, a no or a withdrawal leads to; number 0 names no offer.
func (m *model) answer(action negotiation.Action, by models.Side, number int, note string, now time.Time) outcome {
	mine := m.latest().side == by
	switch {
	case number != 0 && number != len(m.offers):
		return conflict
	case m.isOpen() && mine != (action == negotiation.ActionWithdraw):
		if len(m.offers) > 1 {
			return conflict
		}
		return refused
	case number == 0 && action == negotiation.ActionAccept:
		return conflict
	case m.expire(now):
		return conflict
	case !m.isOpen():
		if m.last == (lastStep{action, by, note}) {
			return repeated
		}
		return conflict
	}
	m.enter(map[negotiation.Action]negotiation.State{
		negotiation.ActionAccept: negotiation.Agreed, negotiation.ActionDecline: negotiation.Declined, negotiation.ActionWithdraw: negotiation.Withdrawn,
	}[action], action, by, note)
	return done
}

// extend predicts what asking for a later last day, or an answer to that, leads to.
func (m *model) extend(action negotiation.Action, by models.Side, number int, day models.Date, now time.Time) outcome {
	asks, same := action == negotiation.ActionAskExtension, m.last == (lastStep{action, by, day.String()})
	switch {
	case number != len(m.offers), m.expire(now), !m.isOpen():
		return conflict
	case asks && m.extension.by == "":
		if wrong := m.checkAsked(day, now); wrong != "" {
			return wrong
		}
		m.extension, m.asked = modelExtension{by, day}, m.asked+1
	case !asks && m.extension.by == by:
		return refused
	case asks, m.extension != (modelExtension{by.Other(), day}):
		if same {
			return repeated
		}
		return conflict
	default:
		if m.extension = (modelExtension{}); action == negotiation.ActionAcceptExtension {
			m.longer = day
		}
	}
	m.enter(m.state, action, by, day.String())
	return done
}

func (m *model) checkAsked(day models.Date, now time.Time) outcome {
	last := models.DateOf(now.In(m.zones[m.turn()])).AddDays(negotiation.MaxAnswerDays)
	switch {
	case m.asked == negotiation.MaxExtensions, !m.lastDay().Before(last):
		return conflict
	case !m.lastDay().Before(day), last.Before(day):
		return invalid
	case m.blocked, m.suspended:
		return refused
	}
	return ""
}
