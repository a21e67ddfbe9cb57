package negotiation

import (
	"context"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/workflow/run"
)

// followActivity answers deals.FollowActivity. A step that leaves a creator's record and the
// months of their work as they are changes nothing, however long the record is.
func (s *Store) followActivity(w *run.Work, events []run.Event) error {
	var ids, unknown []int64
	for _, e := range events {
		if a, known := e.About.(about); !known {
			unknown = append(unknown, e.RootID)
		} else if !a.SameWork {
			ids = append(ids, a.CreatorID)
		}
	}
	if len(unknown) > 0 {
		var more []int64
		if err := w.Raw("SELECT DISTINCT creator_id FROM negotiations WHERE id IN ?", unknown).Scan(&more).Error; err != nil {
			return err
		}
		ids = append(ids, more...)
	}
	slices.Sort(ids) // in one order everywhere, since each is locked
	for _, id := range slices.Compact(ids) {
		if err := (&work{Work: w, creators: s.creators}).followCreator(id); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) followCreator(id int64) error {
	return w.creators.SaveDealActivity(w.Tx, id, func() (creators.DealActivity, error) { return w.sumUpActivity(id) })
}

// sumUpActivity sums up a creator's negotiations and deals. One that the brand withdrew before
// it was answered says nothing about the creator and is left out, as does one that the
// creator began.
func (w *work) sumUpActivity(creatorID int64) (creators.DealActivity, error) {
	var a creators.DealActivity
	var closed []row
	err := w.Select("state", "begun_at", "closed_at").Where("creator_id = ? AND began = ? AND state IN ?", creatorID, models.SideBrand, []State{Agreed, Declined, Expired}).Find(&closed).Error
	if err != nil {
		return a, err
	}
	minutes := map[State][]int64{}
	for _, n := range closed {
		a.ProposalsClosed++
		if n.State != Expired {
			a.ProposalsAnswered++
			minutes[n.State] = append(minutes[n.State], max(0, int64(n.ClosedAt.Sub(n.BegunAt)/time.Minute)))
		}
	}
	a.ResponseMinutes = creators.TypicalResponseMinutes(minutes[Agreed], minutes[Declined])
	if a.DeliverablesByMonth, err = w.deliverablesDuePerMonth(creatorID, 0); err != nil {
		return a, err
	}
	var worked []creators.CategoryDeals
	err = w.Raw(completedByCategorySQL, creatorID, deals.Completed).Scan(&worked).Error
	a.CompletedByCategory = map[string]int64{}
	for _, x := range worked {
		a.CompletedByCategory[x.Category] = x.Deals
	}
	return a, err
}

// activityVersion is increased when activity is summed up in a different way.
const activityVersion = 1

// rederiveBatch is how many creators are summed up in one transaction.
const rederiveBatch = 200

// Rederive sums up all creators' offers and deals once, after an update of the program
// that sums them up in a different way, or for the first time.
func (s *Store) Rederive(ctx context.Context) error {
	err := s.db.BackfillDerived(ctx, "activity", activityVersion, func(tx *db.Tx, after int64) (int64, error) {
		var ids []int64
		err := tx.Raw("SELECT DISTINCT creator_id FROM negotiations WHERE creator_id > ? ORDER BY 1 LIMIT ?", after, rederiveBatch).Scan(&ids).Error
		if err != nil || len(ids) == 0 {
			return 0, err
		}
		w := &work{Work: &run.Work{Tx: tx, Now: s.now()}, creators: s.creators}
		for _, id := range ids {
			if err := w.followCreator(id); err != nil {
				return 0, err
			}
		}
		return ids[len(ids)-1], nil
	})
	if err != nil {
		return models.Internal("sum up offers and deals", err)
	}
	return nil
}
