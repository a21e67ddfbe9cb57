package contracts

import (
	"time"

	"tribemarket/models/workflow/run"
)

// SignedAfter is when the contract that the work of a deal waits for was signed, and for how
// long the work had to wait, as TimeShut counts it; zero where there is none, or where it was
// signed by the moment that is given.
func SignedAfter(w *run.Work, dealID int64, moment time.Time) (signed time.Time, shut time.Duration, err error) {
	var found []contractRow
	err = w.Where("deal_id = ? AND required AND amends_id IS NULL AND signed_at > ?", dealID, moment).Limit(1).Find(&found).Error
	if err != nil || len(found) == 0 {
		return signed, 0, err
	}
	shut, err = TimeShut(w, dealID)
	return found[0].SignedAt.UTC(), shut, err
}
