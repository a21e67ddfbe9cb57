package negotiation

import (
	"context"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/workflow/run"
)

// FollowAwayArgs is the periodic job that follows what parties cannot do or can do again
// without anybody's decision about them, such as a brand that got another manager.
type FollowAwayArgs struct{}

// Kind is the job's name, for River.
func (FollowAwayArgs) Kind() string { return "negotiation.follow_away" }

// Deals is the store of the deals that negotiations lead to.
func (s *Store) Deals() *deals.Store { return s.deals }

// Within runs a verb on the system's behalf as part of a transaction of another area.
func (s *Store) Within(tx *db.Tx, verb func(*run.Work) error) error {
	return s.engine.DoAsSystemWithin(tx, verb)
}

// PartiesOf are the parties that a person is, or for which they act.
func PartiesOf(tx *db.Tx, personID int64) ([]contracts.Party, error) {
	var all []contracts.Party
	brands, err := accounts.BrandsOf(tx.DB, personID)
	for _, id := range brands {
		all = append(all, contracts.Party{Side: models.SideBrand, ID: id})
	}
	if err != nil {
		return nil, err
	}
	profiles, err := creators.ProfilesOf(tx.DB, personID)
	for _, id := range profiles {
		all = append(all, contracts.Party{Side: models.SideCreator, ID: id})
	}
	return all, err
}

// LockParties locks what parties have open with others until the transaction ends. Whoever
// suspends or erases a party does so before they lock the party itself.
func (s *Store) LockParties(tx *db.Tx, parties []contracts.Party) error {
	return s.engine.DoAsSystemWithin(tx, func(w *run.Work) error {
		for _, p := range parties {
			if _, err := openOf(w, p); err != nil {
				return err
			}
		}
		for _, p := range parties {
			if err := deals.LockDealsOf(w, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// openOf reads and locks the open negotiations of a party.
func openOf(w *run.Work, p contracts.Party) (open []row, err error) {
	err = w.Clauses(clause.Locking{Strength: "UPDATE"}).Where(p.Column()+" = ? AND state IN ?", p.ID, Waiting()).Order("id").Find(&open).Error
	return open, err
}

// FollowAbsence follows what a suspension, an erasure that waits, or the end of either changed
// for parties, in the same transaction. Of a party that cannot act, open offers are withdrawn,
// what waits for its approval lapses, and running deals are held; those of one that can act
// again go on.
func (s *Store) FollowAbsence(tx *db.Tx, parties []contracts.Party) error {
	return s.engine.DoAsSystemWithin(tx, func(w *run.Work) error {
		for _, p := range parties {
			away, err := deals.ReadAbsence(w.DB, p)
			if err == nil {
				err = s.followAbsence(w, p, away)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) followAbsence(w *run.Work, p contracts.Party, away models.Absence) error {
	if away.IsAway() {
		if err := withdrawOffers(w, p); err != nil {
			return err
		}
	}
	return deals.FollowAbsence(w, p, away)
}

// withdrawOffers withdraws the open offers of a party. Those of others that wait for it expire
// by themselves.
func withdrawOffers(w *run.Work, p contracts.Party) error {
	open, err := openOf(w, p)
	if err != nil {
		return err
	}
	for _, n := range open {
		subject := n.subject()
		if err := negotiations.ApplyOverdueDefault(w, &subject); err != nil {
			return err
		}
		if !subject.State.IsOpen() || Table.Rule(subject.State).Waits == p.Side {
			continue
		}
		if _, err := negotiations.Do(w, &subject, run.Act{Action: ActionWithdraw}); err != nil {
			return err
		}
	}
	if p.Side != models.SideBrand {
		return nil
	}
	var asked []heldRow
	if err := w.Where("brand_id = ? AND state = ?", p.ID, HeldAsked).Order("id").Find(&asked).Error; err != nil {
		return err
	}
	for _, r := range asked {
		subject, err := heldOffers.Lock(w, r.ID)
		if err == nil && subject.State == HeldAsked {
			_, err = heldOffers.Do(w, &subject, run.Act{Action: ActionSupersede})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// CloseOf declines what waits for a person who leaves, with a farewell, and withdraws what
// they have offered, on behalf of each of their parties.
func (s *Store) CloseOf(tx *db.Tx, personID int64, parties []contracts.Party, farewell string) error {
	for _, p := range parties {
		err := s.engine.DoWithin(tx, &personID, p.Side, func(w *run.Work) error {
			open, err := openOf(w, p)
			if err != nil {
				return err
			}
			for _, n := range open {
				subject := n.subject()
				if err := negotiations.ApplyOverdueDefault(w, &subject); err != nil {
					return err
				}
				act := run.Act{Action: ActionWithdraw}
				if Table.Rule(subject.State).Waits == p.Side {
					act = run.Act{Action: ActionDecline, Note: farewell}
				}
				if !subject.State.IsOpen() {
					continue
				}
				if _, err := negotiations.Do(w, &subject, act); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// FollowAway follows who cannot act, or can again, whoever decided it: offers and deals that
// began at the same moment, and brands whose last manager was suspended, or that got another.
func (s *Store) FollowAway(ctx context.Context) error {
	err := s.engine.DoAsSystem(ctx, deals.CloseHoldsOfFinished)
	if err != nil {
		return err
	}
	away, err := deals.ReadAbsentParties(s.db.Read(ctx))
	if err != nil {
		return err
	}
	for p := range away {
		needs, err := s.needsFollowing(ctx, p)
		if err == nil && needs {
			err = s.followOne(ctx, p)
		}
		if err != nil {
			return err
		}
	}
	held, err := s.deals.ListHeldParties(ctx)
	if err != nil {
		return err
	}
	for _, p := range held {
		if away[p].IsAway() {
			continue
		}
		if err := s.followOne(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// needsFollowing says whether a party that is away has an open offer, or a running deal that
// is not held.
func (s *Store) needsFollowing(ctx context.Context, p contracts.Party) (needs bool, err error) {
	own, column := WithBrand, "creator_id"
	if p.Side == models.SideBrand {
		own, column = WithCreator, "brand_id"
	}
	var n int64
	err = s.db.Read(ctx).Model(&row{}).Where(column+" = ? AND state = ?", p.ID, own).Count(&n).Error
	if err != nil || n > 0 {
		return n > 0, err
	}
	return s.deals.HasUnheldDeals(ctx, p)
}

func (s *Store) followOne(ctx context.Context, p contracts.Party) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.LockParties(tx, []contracts.Party{p}); err != nil {
			return err
		}
		return s.FollowAbsence(tx, []contracts.Party{p})
	})
}
