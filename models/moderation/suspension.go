package moderation

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/negotiation"
)

// CanSuspend says whether the actor may suspend and restore.
func CanSuspend(a models.Actor) bool { return a.Administers() }

// SuspendPerson keeps a person from doing anything but leave; their profile is
// unlisted meanwhile. The person sees the reason. What they have open with others, or a brand
// for which nobody else acts, waits: see negotiation.Store.FollowAbsence.
func (s *Store) SuspendPerson(ctx context.Context, actor models.Actor, personID int64, reason string) error {
	return s.tx(ctx, func(t *tx) error { return s.setPersonSuspension(ctx, t, actor, personID, &reason) })
}

// RestorePerson undoes SuspendPerson.
func (s *Store) RestorePerson(ctx context.Context, actor models.Actor, personID int64) error {
	return s.tx(ctx, func(t *tx) error { return s.setPersonSuspension(ctx, t, actor, personID, nil) })
}

func (s *Store) setPersonSuspension(ctx context.Context, t *tx, actor models.Actor, personID int64, reason *string) error {
	now := s.now()
	if !actor.Administers() {
		return models.NotFound()
	}
	parties, err := negotiation.PartiesOf(t.Tx, personID)
	if err == nil {
		err = s.agreed.LockParties(t.Tx, parties)
	}
	if err != nil {
		return err
	}
	if reason != nil {
		err = accounts.SuspendPerson(ctx, t.Tx, actor, personID, *reason, now)
	} else {
		err = accounts.RestorePerson(ctx, t.Tx, actor, personID, now)
	}
	if err != nil {
		return err
	}
	if err := s.creators.UpdateListingOfPerson(t.Tx, personID, now); err != nil {
		return err
	}
	return s.agreed.FollowAbsence(t.Tx, parties)
}

// SuspendSubject keeps a brand or a creator from acting, and a creator from being
// found. Its open offers are withdrawn, and its running deals held.
func (s *Store) SuspendSubject(ctx context.Context, actor models.Actor, kind Kind, publicID, reason string) error {
	return s.withSubject(ctx, actor, kind, publicID, func(t *tx, id int64) error { return s.suspend(ctx, t, actor, kind, id, reason) })
}

// RestoreSubject undoes SuspendSubject; whether a creator is listed is judged again.
func (s *Store) RestoreSubject(ctx context.Context, actor models.Actor, kind Kind, publicID string) error {
	return s.withSubject(ctx, actor, kind, publicID, func(t *tx, id int64) error { return s.restore(ctx, t, actor, kind, id) })
}

func (s *Store) withSubject(ctx context.Context, actor models.Actor, kind Kind, publicID string, do func(*tx, int64) error) error {
	if !CanSuspend(actor) || kind != Brand && kind != Creator {
		return models.NotFound()
	}
	return s.tx(ctx, func(t *tx) error {
		id, err := t.idByPublicID(kind, publicID)
		if err != nil {
			return err
		}
		return do(t, id)
	})
}

func (s *Store) suspend(ctx context.Context, t *tx, actor models.Actor, kind Kind, id int64, reason string) error {
	return s.changeParty(t, kind, id, func() error {
		if kind == Brand {
			return accounts.SuspendBrand(ctx, t.Tx, actor, id, reason, s.now())
		}
		return s.creators.SuspendCreator(ctx, t.Tx, actor, id, reason, s.now())
	})
}

func (s *Store) restore(ctx context.Context, t *tx, actor models.Actor, kind Kind, id int64) error {
	return s.changeParty(t, kind, id, func() error {
		if kind == Brand {
			return accounts.RestoreBrand(ctx, t.Tx, actor, id, s.now())
		}
		return s.creators.RestoreCreator(ctx, t.Tx, actor, id, s.now())
	})
}

// changeParty changes whether a party may act, with what that means for its offers and deals.
func (s *Store) changeParty(t *tx, kind Kind, id int64, change func() error) error {
	parties := []contracts.Party{partyOf(kind, id)}
	if err := s.agreed.LockParties(t.Tx, parties); err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	return s.agreed.FollowAbsence(t.Tx, parties)
}

func partyOf(kind Kind, id int64) contracts.Party {
	if kind == Brand {
		return contracts.Party{Side: models.SideBrand, ID: id}
	}
	return contracts.Party{Side: models.SideCreator, ID: id}
}

func (s *Store) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }
