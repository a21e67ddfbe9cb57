package privacy

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/db"
	"tribemarket/models/deals"
)

// ErasurePreview is what stands in the way of erasing a person, and what erasing will do.
type ErasurePreview struct {
	RunningDeals     int64 // have to end first, since the other side depends on them: the erasure waits for them
	OpenNegotiations int64 // are declined or withdrawn by it
	Brands           []BrandLeftBehind
	LastAdmin        bool // there is no other administrator: one has to be added first

	Asked *time.Time         // when the person asked for the erasure that waits, nil if none does
	Owed  []deals.Obligation // what it waits for
}

// BrandLeftBehind is a brand of which the person is a member.
type BrandLeftBehind struct {
	Name   string
	Alone  bool // the person is the only member: the brand is erased too
	Needed bool // there are other members, and the person is the only owner: another one is needed
}

// CanErase says whether nothing stands in the way but deals that run, for which it waits.
func (l ErasurePreview) CanErase() bool {
	for _, b := range l.Brands {
		if b.Needed {
			return false
		}
	}
	return !l.LastAdmin
}

// PreviewErasure reads what stands in the way of erasing the actor, and what
// erasing would do.
func (s *Store) PreviewErasure(ctx context.Context, actor models.Actor) (ErasurePreview, error) {
	if !actor.SignedIn() {
		return ErasurePreview{}, models.SignInRequired()
	}
	l, err := previewErasure(s.db.Read(ctx), actor.PersonID)
	if err != nil {
		return l, err
	}
	return l, s.readWaiting(ctx, actor.PersonID, &l)
}

const (
	ofActor   = "(creator_id IN (" + profile + ") OR brand_id IN (" + lastIn + "))"
	obstacles = "SELECT (SELECT count(*) FROM deals WHERE ended_at IS NULL AND " + ofActor + `
			AND EXISTS (SELECT 1 FROM deliverables x WHERE x.deal_id = deals.id AND x.deadline_at IS NOT NULL)) AS running_deals,
		(SELECT count(*) FROM negotiations WHERE closed_at IS NULL AND ` + ofActor + `) AS open_negotiations,
		EXISTS (SELECT 1 FROM people WHERE id = @person AND admin AND suspended_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM people o WHERE o.admin AND o.suspended_at IS NULL AND o.id <> @person)) AS last_admin`
	left = `SELECT b.name,
			NOT EXISTS (SELECT 1 FROM members o WHERE o.brand_id = m.brand_id AND o.person_id <> @person) AS alone,
			m.role = 'owner' AND EXISTS (SELECT 1 FROM members o WHERE o.brand_id = m.brand_id AND o.person_id <> @person)
				AND NOT EXISTS (SELECT 1 FROM members o WHERE o.brand_id = m.brand_id AND o.person_id <> @person AND o.role = 'owner') AS needed
		FROM members m JOIN brands b ON b.id = m.brand_id WHERE m.person_id = @person ORDER BY b.name, b.id`
)

func previewErasure(q *gorm.DB, personID int64) (l ErasurePreview, err error) {
	person := map[string]any{"person": personID}
	var found struct {
		RunningDeals, OpenNegotiations int64
		LastAdmin                      bool
	}
	if err = q.Raw(obstacles, person).Scan(&found).Error; err == nil {
		err = q.Raw(left, person).Scan(&l.Brands).Error
	}
	if err != nil {
		return l, models.Internal("read what an erasure meets", err)
	}
	l.RunningDeals, l.OpenNegotiations, l.LastAdmin = found.RunningDeals, found.OpenNegotiations, found.LastAdmin
	return l, nil
}

// EraseActor deletes what is held on the actor, and pseudonymises what the other side of a
// deal needs as its record. Open proposals are declined with the farewell, or withdrawn. It
// is refused while deals run, or if a brand would be left without an owner or the instance
// without an administrator. It cannot be undone.
func (s *Store) EraseActor(ctx context.Context, actor models.Actor, farewell string) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	_, err := s.leave(ctx, actor.PersonID, farewell, false)
	return err
}

// AskErasure is EraseActor for an actor whose deals may run: the erasure then waits for these,
// which are held, and is done by EraseLeaving; erased says whether it was done at once.
// Asking again changes nothing.
func (s *Store) AskErasure(ctx context.Context, actor models.Actor, farewell string) (erased bool, err error) {
	if !actor.SignedIn() {
		return false, models.SignInRequired()
	}
	return s.leave(ctx, actor.PersonID, farewell, true)
}

// leave erases a person, or notes that their erasure waits where it may.
func (s *Store) leave(ctx context.Context, personID int64, farewell string, mayWait bool) (erased bool, err error) {
	l, err := previewErasure(s.db.Read(ctx), personID)
	if err == nil {
		err = l.refusalError(mayWait)
	}
	if err != nil {
		return false, err
	}
	now := s.clock().UTC()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		parties, err := lastParties(tx, personID)
		if err == nil && len(parties) > 0 {
			err = s.negotiations.LockParties(tx, parties)
		}
		if err == nil {
			err = lockForErasure(tx, personID)
		}
		if err != nil {
			return err
		}
		if l, err = previewErasure(tx.DB, personID); err == nil {
			err = l.refusalError(mayWait)
		}
		if err == nil {
			parties, err = lastParties(tx, personID) // somebody may have joined a brand
		}
		if err != nil {
			return err
		}
		if len(parties) == 0 {
			erased = true
			return s.eraseNow(ctx, tx, personID, now)
		}
		if err := s.negotiations.CloseOf(tx, personID, parties, farewell); err != nil {
			return err
		}
		owed, err := s.negotiations.Deals().OpenObligations(tx.DB, parties)
		if err != nil {
			return err
		}
		if erased = len(owed) == 0; erased {
			return s.eraseNow(ctx, tx, personID, now)
		}
		if !mayWait { // something that is owed
			return models.Conflict("privacy.error.running", "n", len(owed))
		}
		return s.markLeaving(ctx, tx, personID, parties, true)
	})
	return erased && err == nil, err
}

func (s *Store) eraseNow(ctx context.Context, tx *db.Tx, personID int64, now time.Time) error {
	named, err := rowsBelongingTo(ctx, tx.DB, personID)
	if err != nil {
		return err
	}
	return s.eraseRows(ctx, tx, named, now)
}

// lastParties are the parties that are erased with a person: their profile, and the brands
// without other members.
func lastParties(tx *db.Tx, personID int64) (all []contracts.Party, err error) {
	err = tx.Raw("SELECT 'brand' AS side, brand_id AS id FROM ("+lastIn+") b UNION ALL SELECT 'creator', id FROM ("+profile+") c ORDER BY 1, 2", map[string]any{"person": personID}).Scan(&all).Error
	return all, err
}

// lockForErasure locks what an erasure depends on until the transaction ends: nobody joins
// the person's brands, no deal of theirs or of the profile begins, and the last two
// administrators can't both leave at once.
func lockForErasure(tx *db.Tx, personID int64) error {
	for _, rows := range []*gorm.DB{
		tx.Table("brands").Where("id IN (SELECT brand_id FROM members WHERE person_id = ?)", personID),
		tx.Table("creators").Where("person_id = ?", personID),
		tx.Table("people").Where("admin"),
	} {
		var ids []int64
		if err := rows.Clauses(clause.Locking{Strength: "UPDATE"}).Order("id").Pluck("id", &ids).Error; err != nil {
			return models.Internal("hold what an erasure goes by", err)
		}
	}
	return nil
}

func (l ErasurePreview) refusalError(mayWait bool) error {
	if l.LastAdmin {
		return models.Conflict("privacy.error.last_admin")
	}
	if l.RunningDeals > 0 && !mayWait {
		return models.Conflict("privacy.error.running", "n", l.RunningDeals)
	}
	for _, b := range l.Brands {
		if b.Needed {
			return models.Conflict("privacy.error.owner", "brand", b.Name)
		}
	}
	return nil
}

func (s *Store) eraseRows(ctx context.Context, tx *db.Tx, named map[string]any, now time.Time) error {
	person := named["person"].(int64)
	named["now"], named["pseudonym"] = now, "∅ "+models.NewPublicID()[:6]
	if err := s.creators.PrepareErasure(tx, named["creators"].([]int64), now); err != nil {
		return err
	}
	for _, h := range Inventory() {
		for _, statement := range h.Erase {
			if err := tx.Exec(statement, named).Error; err != nil {
				return fmt.Errorf("erase from %s: %w", h.Table, err)
			}
		}
	}
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: person, Action: "privacy.erased", Subject: db.AuditSubject("person", person)})
}

// deleteUnclaimedProfiles deletes imported profiles that nobody has claimed and no
// import has updated since a time, a limited number at once. Profiles that were sent an
// offer stay.
func (s *Store) deleteUnclaimedProfiles(ctx context.Context, before time.Time) (n int64, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		var ids []int64
		err := tx.Raw(`SELECT id FROM creators WHERE person_id IS NULL AND created_at < @before
			AND NOT EXISTS (SELECT 1 FROM creator_accounts a WHERE a.creator_id = creators.id AND a.as_of >= @before)
			AND NOT EXISTS (SELECT 1 FROM negotiations p WHERE p.creator_id = creators.id)
			AND (id < (SELECT max(id) FROM creators) OR EXISTS (SELECT 1 FROM creator_accounts a WHERE a.creator_id = creators.id))
			ORDER BY id LIMIT @most`, map[string]any{"before": before, "most": deletedPerTransaction}).Scan(&ids).Error
		if err != nil || len(ids) == 0 {
			return err
		}
		n = int64(len(ids))
		return s.deleteProfiles(tx, ids)
	})
	return n, err
}

// deleteProfiles deletes whole unclaimed profiles. The one with the highest id
// stays as an empty row until there is a newer one: SQLite would reuse its id for
// the next creator, and a saved search that has stored the id would take them for a
// known one.
func (s *Store) deleteProfiles(tx *db.Tx, creatorIDs []int64) error {
	var accounts []int64
	if err := tx.Raw("SELECT id FROM creator_accounts WHERE creator_id IN ?", creatorIDs).Scan(&accounts).Error; err != nil {
		return err
	}
	if len(accounts) == 0 {
		accounts = []int64{0}
	}
	named := map[string]any{"creators": creatorIDs, "accounts": accounts, "pseudonym": "∅", "brands": []int64{0}, "person": 0} // nobody else is concerned
	for _, h := range Inventory() {
		if h.Purpose != ForMarket {
			continue
		}
		for _, statement := range h.Erase {
			if err := tx.Exec(statement, named).Error; err != nil {
				return fmt.Errorf("drop from %s: %w", h.Table, err)
			}
		}
	}
	return tx.Exec("DELETE FROM creators WHERE id IN @creators AND id < (SELECT max(id) FROM creators)", named).Error
}
