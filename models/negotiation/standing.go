package negotiation

import (
	"database/sql"
	"slices"
	"strings"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/workflow/run"
)

// standing is a creator with what decides whether a brand and they may make each other
// offers.
type standing struct {
	Creator   creators.Creator `gorm:"embedded"`
	Suspended bool             // the creator or their person
	Away      bool             // the brand is suspended, or one of the two leaves
	Blocked   bool             // by one of the two
	Platforms string           // where the creator has an account, separated by commas
	Limited   bool             // the creator has set limits
	Drafted   bool             // who acts has a draft of the offer
	Political bool             // an administrator allows the brand political objectives
	Approves  bool             // somebody approves what the brand offers above an amount
	Holds     bool             // an answer in the negotiation waits for that
	Latest    string           // the terms of the negotiation's latest offer
	Replaces  bool             // that offer stands in the place of another of the same side
	Names     run.Names        `gorm:"embedded"`
}

// readStanding reads it in one statement, for who acts on a negotiation; one without an id
// is new.
func readStanding(q *gorm.DB, a models.Actor, n row) (s standing, err error) {
	res := q.Raw(standingSQL, sql.Named("brand", n.BrandID), sql.Named("creator", n.CreatorID), sql.Named("person", a.PersonID),
		sql.Named("acting", a.BrandID), sql.Named("negotiation", n.ID), sql.Named("offer", n.Offer), sql.Named("asked", HeldAsked)).Find(&s)
	if res.Error == nil && res.RowsAffected == 0 {
		return s, models.NotFound()
	}
	return s, res.Error
}

// checkReachable refuses an offer between two of whom one has blocked the other, or of whom
// one is suspended or leaves. It does not reveal who blocked whom.
func (s standing) checkReachable() error {
	switch {
	case s.Blocked:
		return models.Forbidden("negotiation.error.blocked")
	case s.Suspended:
		return models.Forbidden("negotiation.error.suspended")
	case s.Away:
		return models.Forbidden("negotiation.error.away")
	}
	return nil
}

// checkPlatforms refuses deliverables on a platform where the creator has no account.
func (s standing) checkPlatforms(o offer) error {
	own := strings.Split(s.Platforms, ",")
	var wrong models.Fields
	for i, x := range o.terms.Deliverables {
		field := creators.DeliverableFieldName(o.lines[i]) + ".platform"
		if _, told := wrong.Get(field); !told && !slices.Contains(own, x.Platform) {
			wrong.Add(field, "negotiation.invalid.platform_creator")
		}
	}
	return wrong.Err()
}
