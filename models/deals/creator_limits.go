package deals

import (
	"tribemarket/models/creators"
)

// checkCreatorLimits refuses a proposal that is outside the creator's limits. Proposals
// to one creator wait for each other here, so that two at once cannot exceed what the
// creator accepts per month.
func (w *work) checkCreatorLimits(creatorID int64, o offer) error {
	if err := creators.LockCreator(w.Tx, creatorID); err != nil {
		return err
	}
	g, err := creators.LimitsInTransaction(w.Tx, creatorID)
	if err != nil || !g.HasAny() {
		return err
	}
	busy, err := w.deliverablesDuePerMonth(creatorID)
	if err != nil {
		return err
	}
	ask := creators.ProposedWork{Category: o.category, Fee: o.terms.Fee}
	for i, it := range o.items {
		ask.Deliverables = append(ask.Deliverables, creators.ProposedDeliverable{Field: creators.DeliverableFieldName(o.lines[i]), Format: it.Format, DueOn: it.DueOn})
	}
	return g.CheckProposedWork(ask, busy).Err()
}

// deliverablesDuePerMonth counts a creator's deliverables by the month (YYYY-MM) in which
// they are due: those of deals that have not ended, and of proposals that can still be
// accepted.
func (w *work) deliverablesDuePerMonth(creatorID int64) (map[string]int64, error) {
	var rows []struct {
		Month string
		N     int64
	}
	err := w.Raw(`SELECT month, count(*) AS n FROM (
			SELECT substr(x.due_on, 1, 7) AS month FROM deliverables x JOIN deals d ON d.id = x.deal_id
				WHERE d.creator_id = ? AND d.ended_at IS NULL AND x.state <> ?
			UNION ALL
			SELECT substr(i.due_on, 1, 7) FROM proposal_deliverables i JOIN proposals p ON p.id = i.proposal_id
				WHERE p.creator_id = ? AND p.state = ? AND p.expires_at > ?) x
		GROUP BY month`, creatorID, Ended, creatorID, Open, w.Now).Scan(&rows).Error
	all := make(map[string]int64, len(rows))
	for _, r := range rows {
		all[r.Month] = r.N
	}
	return all, err
}
