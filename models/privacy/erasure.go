package privacy

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
)

// ErasurePreview is what stands in the way of erasing a person, and what erasing will do.
type ErasurePreview struct {
	RunningDeals     int64 // have to end first, since the other side depends on them
	OpenNegotiations int64 // are declined or withdrawn by it
	Brands           []BrandLeftBehind
	LastAdmin        bool // there is no other administrator: one has to be added first
}

// BrandLeftBehind is a brand of which the person is a member.
type BrandLeftBehind struct {
	Name   string
	Alone  bool // the person is the only member: the brand is erased too
	Needed bool // there are other members, and the person is the only owner: another one is needed
}

// CanErase says whether nothing stands in the way.
func (l ErasurePreview) CanErase() bool {
	for _, b := range l.Brands {
		if b.Needed {
			return false
		}
	}
	return l.RunningDeals == 0 && !l.LastAdmin
}

// PreviewErasure reads what stands in the way of erasing the actor, and what
// erasing would do.
func (s *Store) PreviewErasure(ctx context.Context, actor models.Actor) (ErasurePreview, error) {
	if !actor.SignedIn() {
		return ErasurePreview{}, models.SignInRequired()
	}
	return previewErasure(s.db.Read(ctx), actor.PersonID)
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
	l, err := s.PreviewErasure(ctx, actor)
	if err != nil {
		return err
	}
	if err := l.refusalError(); err != nil {
		return err
	}
	if err := s.closeOpenNegotiations(ctx, actor.PersonID, farewell); err != nil {
		return err
	}
	now := s.clock().UTC()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := lockForErasure(tx, actor.PersonID); err != nil {
			return err
		}
		if l, err = previewErasure(tx.DB, actor.PersonID); err == nil {
			err = l.refusalError()
		}
		if err != nil {
			return err
		}
		named, err := rowsBelongingTo(ctx, tx.DB, actor.PersonID)
		if err != nil {
			return err
		}
		return s.eraseRows(ctx, tx, named, now)
	})
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

func (l ErasurePreview) refusalError() error {
	if l.LastAdmin {
		return models.Conflict("privacy.error.last_admin")
	}
	if l.RunningDeals > 0 {
		return models.Conflict("privacy.error.running", "n", l.RunningDeals)
	}
	for _, b := range l.Brands {
		if b.Needed {
			return models.Conflict("privacy.error.owner", "brand", b.Name)
		}
	}
	return nil
}

// closeOpenNegotiations declines or withdraws open offers through the area of negotiations,
// as the side that leaves.
func (s *Store) closeOpenNegotiations(ctx context.Context, personID int64, farewell string) error {
	var open []struct {
		PublicID           string
		BrandID, CreatorID int64
		State              negotiation.State
		IsOwnProfile       bool
	}
	err := s.db.Read(ctx).Raw("SELECT public_id, brand_id, creator_id, state, creator_id IN ("+profile+") AS is_own_profile FROM negotiations WHERE closed_at IS NULL AND "+ofActor,
		map[string]any{"person": personID}).Scan(&open).Error
	if err != nil {
		return models.Internal("find open negotiations", err)
	}
	for _, p := range open {
		leaving := models.Actor{PersonID: personID, BrandID: p.BrandID, Role: models.RoleOwner}
		if p.IsOwnProfile {
			leaving = models.Actor{PersonID: personID, CreatorID: p.CreatorID}
		}
		if negotiation.Table.Rule(p.State).Waits == leaving.Side() {
			err = s.negotiations.Decline(ctx, leaving, p.PublicID, 0, farewell)
		} else {
			err = s.negotiations.Withdraw(ctx, leaving, p.PublicID)
		}
		if err != nil && models.CodeOf(err) != models.CodeConflict { // answered meanwhile
			return err
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
