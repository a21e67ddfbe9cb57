package deals

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// Ref names a deliverable as a page showed it. Version is the version shown; an action on
// a newer version is a conflict, so that nobody approves a draft that they have not seen.
// 0 skips the check.
type Ref struct {
	Deal    string // public id
	Number  int
	Version int
}

// Act does an action of DeliverableTable to a deliverable. Errors name the fields that
// the table describes.
func (s *Store) Act(ctx context.Context, a models.Actor, ref Ref, action Action, answers Answers) error {
	err := s.do(ctx, a, func(w *work) error {
		d, err := w.lockDeal(a, ref.Deal)
		if err != nil {
			return err
		}
		x, err := w.findDeliverable(d.ID, ref.Number)
		if err != nil {
			return err
		}
		if !DeliverableTable.IsEverAllowed(action, w.Side) {
			return errNotYours()
		}
		act, err := w.readAction(x, action, answers)
		if err != nil {
			return err
		}
		act.Version = ref.Version
		subject := x.subject(d)
		_, err = deliverables.Do(w.Work, &subject, act)
		return err
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) && action == ActionPublish { // two deals were given the same URL at the same moment
		return models.Invalid("address", "deals.address.taken")
	}
	return err
}

// readAction checks and reads the answers that an action asks for.
func (w *work) readAction(x deliverableRow, action Action, answers Answers) (run.Act, error) {
	switch action {
	case ActionSubmitDraft:
		return readDraft(answers)
	case ActionPublish:
		p, err := w.checkPublication(x, answers["address"])
		act := run.Act{Action: action, URL: p.URL, Input: p, Holds: []workflow.Condition{Unproven}}
		if p.Proven {
			act.Holds = []workflow.Condition{Proven}
		}
		return act, err
	}
	act, wrong := ReadFields(DeliverableTable.Describe(action), answers)
	return act, wrong.Err()
}

func (w *work) findDeliverable(dealID int64, number int) (deliverableRow, error) {
	var x deliverableRow
	err := w.Where("deal_id = ? AND number = ?", dealID, number).Take(&x).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return x, models.NotFound()
	}
	return x, err
}

// checkPublication reads a URL and checks that no other deliverable has it.
func (w *work) checkPublication(x deliverableRow, address string) (Publication, error) {
	var deal dealRow
	if err := w.Select("creator_id", "zone", "agreed_at").Where("id = ?", x.DealID).Take(&deal).Error; err != nil {
		return Publication{}, err
	}
	own, err := creators.HandleKeys(w.DB, deal.CreatorID, x.Platform)
	if err != nil {
		return Publication{}, err
	}
	p, err := ReadPublication(x.Platform, x.Format, address, own)
	if err != nil || p.Key == "" {
		return p, err
	}
	posted, known := platform.PostTime(x.Platform, p.Key)
	if !known {
		if posted, err = creators.PostedAt(w.DB, deal.CreatorID, x.Platform, p.Key); err != nil {
			return p, err
		}
	}
	if !posted.IsZero() && posted.Before(deal.AgreedAt.Truncate(time.Second)) {
		zone := models.Zone(deal.Zone)
		return p, models.Invalid("address", "deals.address.older", "posted", models.DateOf(posted.In(zone)), "agreed", models.DateOf(deal.AgreedAt.In(zone)))
	}
	var taken int64
	err = w.Model(&deliverableRow{}).Where("platform = ? AND post_key = ? AND id <> ?", x.Platform, p.Key, x.ID).Count(&taken).Error
	if err == nil && taken > 0 {
		err = models.Invalid("address", "deals.address.taken")
	}
	return p, err
}
