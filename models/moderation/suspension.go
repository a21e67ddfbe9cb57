package moderation

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/accounts"
)

// CanSuspend says whether the actor may suspend and restore.
func CanSuspend(a models.Actor) bool { return a.Administers() }

// SuspendPerson keeps a person from doing anything but leave; their profile is
// unlisted meanwhile. The person sees the reason.
func (s *Store) SuspendPerson(ctx context.Context, actor models.Actor, personID int64, reason string) error {
	return s.tx(ctx, func(t *tx) error { return s.setPersonSuspension(ctx, t, actor, personID, &reason) })
}

// RestorePerson undoes SuspendPerson.
func (s *Store) RestorePerson(ctx context.Context, actor models.Actor, personID int64) error {
	return s.tx(ctx, func(t *tx) error { return s.setPersonSuspension(ctx, t, actor, personID, nil) })
}

func (s *Store) setPersonSuspension(ctx context.Context, t *tx, actor models.Actor, personID int64, reason *string) error {
	now := s.now()
	var err error
	if reason != nil {
		err = accounts.SuspendPerson(ctx, t.Tx, actor, personID, *reason, now)
	} else {
		err = accounts.RestorePerson(ctx, t.Tx, actor, personID, now)
	}
	if err != nil {
		return err
	}
	return s.creators.UpdateListingOfPerson(t.Tx, personID, now)
}

// SuspendSubject keeps a brand or a creator from acting, and a creator from being
// found. Running deals and their deadlines stay.
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
	if kind == Brand {
		return accounts.SuspendBrand(ctx, t.Tx, actor, id, reason, s.now())
	}
	return s.creators.SuspendCreator(ctx, t.Tx, actor, id, reason, s.now())
}

func (s *Store) restore(ctx context.Context, t *tx, actor models.Actor, kind Kind, id int64) error {
	if kind == Brand {
		return accounts.RestoreBrand(ctx, t.Tx, actor, id, s.now())
	}
	return s.creators.RestoreCreator(ctx, t.Tx, actor, id, s.now())
}

func (s *Store) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }
