package privacy

import (
	"context"
	"errors"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/db"
)

// readWaiting reads what the erasure of a person waits for, or would.
func (s *Store) readWaiting(ctx context.Context, personID int64, l *ErasurePreview) error {
	q := s.db.Read(ctx)
	asked, err := accounts.LeavingSince(q, personID)
	if err != nil || asked == nil {
		return err
	}
	at := asked.UTC()
	l.Asked = &at
	parties, err := lastParties(&db.Tx{DB: q}, personID)
	if err != nil {
		return models.Internal("find what an erasure waits for", err)
	}
	l.Owed, err = s.negotiations.Deals().OpenObligations(q, parties)
	return err
}

// markLeaving notes that a person leaves, or that they stay, with what that means for their
// profile, their offers and their deals.
func (s *Store) markLeaving(ctx context.Context, tx *db.Tx, personID int64, parties []contracts.Party, leaving bool) error {
	now, action := s.clock().UTC(), "privacy.erasure_cancelled"
	if leaving {
		action = "privacy.erasure_asked"
	}
	changed, err := accounts.MarkLeaving(tx, personID, leaving, now)
	if err != nil || !changed {
		return err
	}
	if err := s.creators.UpdateListingOfPerson(tx, personID, now); err != nil {
		return err
	}
	if err := s.negotiations.FollowAbsence(tx, parties); err != nil {
		return err
	}
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: personID, Action: action, Subject: db.AuditSubject("person", personID)})
}

// CancelErasure undoes AskErasure: what was held goes on. Offers stay withdrawn.
func (s *Store) CancelErasure(ctx context.Context, actor models.Actor) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		parties, err := lastParties(tx, actor.PersonID)
		if err == nil {
			err = s.negotiations.LockParties(tx, parties)
		}
		if err != nil {
			return err
		}
		return s.markLeaving(ctx, tx, actor.PersonID, parties, false)
	})
}

// EraseLeaving erases those who have asked for it and for whose deals it does not have to wait
// any more; n counts them. Who still cannot be erased does not keep it from the others.
func (s *Store) EraseLeaving(ctx context.Context) (n int, err error) {
	leaving, err := accounts.ListLeaving(s.db.Read(ctx))
	if err != nil {
		return 0, models.Internal("find who leaves", err)
	}
	var failed []error
	for _, id := range leaving {
		erased, err := s.leave(ctx, id, "", true)
		if err != nil && models.CodeOf(err) != models.CodeConflict {
			failed = append(failed, err)
		}
		if erased {
			n++
		}
	}
	return n, errors.Join(failed...)
}
