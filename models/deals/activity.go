package deals

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// FollowActivity keeps the search data that follows from creators' proposals and deals up
// to date.
const FollowActivity workflow.Effect = "activity"

func (s *Store) followActivity(w *run.Work, events []run.Event) error {
	var proposalIDs, creatorIDs []int64
	for _, e := range events {
		proposalIDs = append(proposalIDs, e.RootID)
	}
	err := w.Raw("SELECT DISTINCT creator_id FROM proposals WHERE id IN ? ORDER BY 1", proposalIDs).Scan(&creatorIDs).Error
	for _, id := range creatorIDs {
		if err == nil {
			err = (&work{w, s.creators}).followCreator(id)
		}
	}
	return err
}

func (w *work) followCreator(id int64) error {
	return w.creators.SaveDealActivity(w.Tx, id, func() (creators.DealActivity, error) { return w.sumUpActivity(id) })
}

// sumUpActivity sums up a creator's proposals and deals. A proposal that the brand
// withdrew before it was answered says nothing about the creator and is left out.
func (w *work) sumUpActivity(creatorID int64) (creators.DealActivity, error) {
	var a creators.DealActivity
	var closed []proposalRow
	err := w.Select("state", "sent_at", "closed_at").Where("creator_id = ? AND state IN ?", creatorID, []ProposalState{Accepted, Declined, Expired}).Find(&closed).Error
	if err != nil {
		return a, err
	}
	minutes := map[ProposalState][]int64{}
	for _, p := range closed {
		a.ProposalsClosed++
		if p.State != Expired {
			a.ProposalsAnswered++
			minutes[p.State] = append(minutes[p.State], max(0, int64(p.ClosedAt.Sub(p.SentAt)/time.Minute)))
		}
	}
	a.ResponseMinutes = creators.TypicalResponseMinutes(minutes[Accepted], minutes[Declined])
	if a.DeliverablesByMonth, err = w.deliverablesDuePerMonth(creatorID); err != nil {
		return a, err
	}
	var worked []creators.CategoryDeals
	err = w.Raw(`SELECT p.category, count(*) AS deals FROM deals d JOIN proposals p ON p.id = d.proposal_id
		WHERE d.creator_id = ? AND d.ended_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM deliverables x WHERE x.deal_id = d.id AND x.state <> ?)
		GROUP BY p.category`, creatorID, Completed).Scan(&worked).Error
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

// Rederive sums up all creators' proposals and deals once, after an update of the program
// that sums them up in a different way, or for the first time.
func (s *Store) Rederive(ctx context.Context) error {
	err := s.db.BackfillDerived(ctx, "activity", activityVersion, func(tx *db.Tx, after int64) (int64, error) {
		var ids []int64
		err := tx.Raw("SELECT DISTINCT creator_id FROM proposals WHERE creator_id > ? ORDER BY 1 LIMIT ?", after, rederiveBatch).Scan(&ids).Error
		if err != nil || len(ids) == 0 {
			return 0, err
		}
		w := &work{&run.Work{Tx: tx, Now: s.now()}, s.creators}
		for _, id := range ids {
			if err := w.followCreator(id); err != nil {
				return 0, err
			}
		}
		return ids[len(ids)-1], nil
	})
	if err != nil {
		return models.Internal("sum up proposals and deals", err)
	}
	return nil
}
