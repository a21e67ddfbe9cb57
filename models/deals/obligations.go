package deals

import (
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/contracts"
)

// Obligation is something between a party and another one that is not over, for which the
// erasure of who the party is waits.
type Obligation struct {
	Deal    string // public id
	Product string
	Other   string      // the other side's name
	Away    models.Side // the party
	Until   *time.Time  // of a held deal: from then on the other side may end it without fault
	EndsAt  *time.Time  // when it is over at the latest; nil if that is not known yet
}

// ObligationsAnswer lists the obligations of some parties that an area knows of.
type ObligationsAnswer func(q *gorm.DB, parties []contracts.Party) ([]Obligation, error)

// AnswerObligations registers another area's answer, such as what is owed.
func (s *Store) AnswerObligations(answer ObligationsAnswer) {
	s.obligations = append(s.obligations, answer)
}

// OpenObligations lists what parties still have to do, or others for them: their running
// deals, and what other areas know of.
func (s *Store) OpenObligations(q *gorm.DB, parties []contracts.Party) ([]Obligation, error) {
	var all []Obligation
	for _, answer := range append([]ObligationsAnswer{runningDealsOf}, s.obligations...) {
		some, err := answer(q, parties)
		if err != nil {
			return nil, models.Internal("find what a party has still to do", err)
		}
		all = append(all, some...)
	}
	return all, nil
}

// runningDealsOf answers with the deals in which something can still happen.
func runningDealsOf(q *gorm.DB, parties []contracts.Party) (all []Obligation, err error) {
	for _, p := range parties {
		var rows []struct {
			PublicID, Product, Other string
			State                    HoldState
			UntilAt, DeadlineAt      *time.Time
		}
		if err := q.Raw(obligationsSQL[p.Side], p.Side, p.ID).Scan(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			o := Obligation{Deal: r.PublicID, Product: r.Product, Other: r.Other, Away: p.Side, Until: utc(r.UntilAt)}
			switch r.State {
			case HoldParting:
				o.EndsAt = utc(r.DeadlineAt)
			case HoldLeaving:
				ends := r.DeadlineAt.UTC().AddDate(0, 0, PartingDays)
				o.EndsAt = &ends
			}
			all = append(all, o)
		}
	}
	return all, nil
}
