package contracts

import (
	"context"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/files"
	"tribemarket/models/workflow/run"
)

// IdentityUse says which contracts name a party as it says who it is now.
type IdentityUse struct {
	Follows []OpenContract // not signed by anybody: a change is made in them too
	Stays   []OpenContract // signed by one side, and left as they are
}

// OwnIdentityUse lists the open contracts of the party that the actor acts for.
func (s *Store) OwnIdentityUse(ctx context.Context, a models.Actor) (u IdentityUse, err error) {
	all, err := s.ListOpen(ctx, a, s.clock())
	for _, c := range all {
		if c.State == SignedByOne {
			u.Stays = append(u.Stays, c)
		} else {
			u.Follows = append(u.Follows, c)
		}
	}
	return u, err
}

// adoptIdentity has the contracts that nobody has signed name a party as it is now: what was
// waiting for that is made, and what was made already is made anew.
func adoptIdentity(w *run.Work, p Party) error {
	var unsigned []contractRow
	err := w.Clauses(clause.Locking{Strength: "UPDATE"}).Where(p.Column()+" = ? AND state IN ? AND deadline_at > ?", p.ID, []State{Preparing, Ready}, w.Now).Order("id").Find(&unsigned).Error
	if err != nil {
		return err
	}
	for _, r := range unsigned {
		if r.State == Ready {
			if err := takeBackDocument(w, r); err != nil {
				return err
			}
		}
		if err := prepareIfNamed(w.Tx, r); err != nil {
			return err
		}
	}
	return nil
}

// takeBackDocument takes back a document that nobody has signed, and who has read it.
func takeBackDocument(w *run.Work, r contractRow) error {
	subject := r.subject()
	if _, err := contracts.Do(w, &subject, run.Act{Action: ActionCorrect}); err != nil {
		return err
	}
	if err := w.Where("contract_id = ?", r.ID).Delete(&openingRow{}).Error; err != nil {
		return err
	}
	return files.RemoveDocument(w.Tx, *r.DocumentID)
}
