package deals

import (
	"context"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
)

// follow keeps what the creators whose proposals and deals were touched can be
// found by. It comes last in a transaction, when all rows are as they will be.
func (w *work) follow() error {
	for _, proposal := range slices.Compact(slices.Sorted(slices.Values(w.touched))) {
		var creator int64
		if err := w.Raw("SELECT creator_id FROM proposals WHERE id = ?", proposal).Scan(&creator).Error; err != nil {
			return err
		}
		if err := w.followCreator(creator); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) followCreator(id int64) error {
	return w.creators.SetActivity(w.Tx, id, func() (creators.Activity, error) { return w.activity(id) })
}

// activity sums up a creator's proposals and deals. A proposal that the brand
// has taken back while she could still answer says nothing of her.
func (w *work) activity(creatorID int64) (creators.Activity, error) {
	var a creators.Activity
	var closed []proposalRow
	err := w.Select("state", "sent_at", "closed_at").Where("creator_id = ? AND state IN ?", creatorID, []ProposalState{Accepted, Declined, Expired}).Find(&closed).Error
	if err != nil {
		return a, err
	}
	minutes := map[ProposalState][]int64{}
	for _, p := range closed {
		a.Asked++
		if p.State != Expired {
			a.Answered++
			minutes[p.State] = append(minutes[p.State], max(0, int64(p.ClosedAt.Sub(p.SentAt)/time.Minute)))
		}
	}
	a.ResponseMinutes = creators.ResponseTime(minutes[Accepted], minutes[Declined])
	if a.Busy, err = w.busy(creatorID); err != nil {
		return a, err
	}
	var worked []creators.Worked
	err = w.Raw(`SELECT p.category, count(*) AS deals FROM deals d JOIN proposals p ON p.id = d.proposal_id
		WHERE d.creator_id = ? AND d.ended_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM deliverables x WHERE x.deal_id = d.id AND x.state <> ?)
		GROUP BY p.category`, creatorID, Completed).Scan(&worked).Error
	a.Categories = map[string]int64{}
	for _, x := range worked {
		a.Categories[x.Category] = x.Deals
	}
	return a, err
}

// activityVersion grows when activity is summed up in another way.
const activityVersion = 1

// Rederive sums up everybody's proposals and deals once, after a version of the
// program that did so in another way, or not at all.
func (s *Store) Rederive(ctx context.Context) error {
	err := s.db.Derive(ctx, "activity", activityVersion, func(tx *db.Tx, after int64) (int64, error) {
		var ids []int64
		err := tx.Raw("SELECT DISTINCT creator_id FROM proposals WHERE creator_id > ? ORDER BY 1 LIMIT ?", after, sweepBatch).Scan(&ids).Error
		if err != nil || len(ids) == 0 {
			return 0, err
		}
		w := &work{Tx: tx, now: s.now(), side: models.SideSystem, creators: s.creators}
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
