package contracts

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// RemindAgainAfter is how long a side waits before it reminds the other one again.
const RemindAgainAfter = 24 * time.Hour

// CanRemind says whether the actor may remind the other side of what it has not done yet.
// How often is not in it: see RemindAgainAfter.
func CanRemind(a models.Actor, side models.Side, c Contract) bool {
	return CanSign(a, side) && c.State.IsOpen() && c.WaitsFor(side.Other())
}

// Remind reminds the other side, on behalf of the actor's, of a contract that waits for it;
// version is that of the contract as the page showed it. A side does so once a day, and the
// same click again changes nothing.
func (s *Store) Remind(ctx context.Context, a models.Actor, publicID string, version int) error {
	return s.act(ctx, a, publicID, func(w *run.Work, r contractRow) error {
		var last run.Event
		sent := "subject_kind = ? AND subject_id = ? AND action = ? AND side = ?"
		err := w.Where(sent, Table.Subject, r.ID, ActionRemind, w.Side).Order("version DESC").Limit(1).Find(&last).Error
		if err != nil || last.ID != 0 && last.Version == version+1 {
			return err
		}
		if last.ID != 0 && w.Now.Before(last.At.Add(RemindAgainAfter)) {
			return models.Conflict("contracts.error.reminded")
		}
		awaited, err := isAwaited(w, r, w.Side.Other())
		if err != nil {
			return err
		}
		if r.State.IsOpen() && !awaited {
			return models.Conflict("contracts.error.not_awaited")
		}
		subject := r.subject()
		_, err = contracts.Do(w, &subject, run.Act{Action: ActionRemind, Version: version, Holds: []workflow.Condition{OtherAwaited}})
		return err
	})
}

// isAwaited says whether a side has still to say who it is, or to sign.
func isAwaited(w *run.Work, r contractRow, side models.Side) (bool, error) {
	var done int64
	if r.State == Preparing {
		p := r.party(side)
		err := w.Model(&identityRow{}).Where(p.Column()+" = ?", p.ID).Count(&done).Error
		return done == 0, err
	}
	err := w.Model(&signatureRow{}).Where("contract_id = ? AND side = ?", r.ID, side).Count(&done).Error
	return done == 0, err
}

// party is one of the sides of a contract.
func (r contractRow) party(side models.Side) Party {
	if side == models.SideBrand {
		return Party{side, r.BrandID}
	}
	return Party{side, r.CreatorID}
}
