package moderation

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// CanBlock says whether the actor may block the other side: a creator may, and
// whoever runs proposals for a brand.
func CanBlock(a models.Actor) bool {
	return a.Side() == models.SideCreator || a.Side() == models.SideBrand && a.Role.ManagesDeals()
}

// BlockedParty is a party that the actor's side has blocked.
type BlockedParty struct {
	PublicID  string // of the other side
	Name      string
	CreatedAt time.Time
}

// BlockParty prevents new proposals between the actor's side and a creator or a
// brand. Running deals go on. Blocking twice has no further effect.
func (s *Store) BlockParty(ctx context.Context, actor models.Actor, publicID string) error {
	return s.changeBlock(ctx, actor, publicID, "moderation.blocked", func(t *tx, b db.Block) (int64, error) {
		res := t.Exec("INSERT INTO blocks (brand_id, creator_id, side, person_id, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
			b.BrandID, b.CreatorID, b.Side, b.PersonID, b.CreatedAt)
		return res.RowsAffected, res.Error
	})
}

// UnblockParty undoes BlockParty.
func (s *Store) UnblockParty(ctx context.Context, actor models.Actor, publicID string) error {
	return s.changeBlock(ctx, actor, publicID, "moderation.unblocked", func(t *tx, b db.Block) (int64, error) {
		res := t.Exec("DELETE FROM blocks WHERE brand_id = ? AND creator_id = ? AND side = ?", b.BrandID, b.CreatorID, b.Side)
		return res.RowsAffected, res.Error
	})
}

func (s *Store) changeBlock(ctx context.Context, actor models.Actor, publicID, action string, do func(*tx, db.Block) (int64, error)) error {
	switch {
	case !actor.SignedIn():
		return models.SignInRequired()
	case actor.Side() == "":
		return models.NotFound()
	case !CanBlock(actor):
		return models.Forbidden("moderation.error.block_role")
	}
	return s.tx(ctx, func(t *tx) error {
		b := db.Block{BrandID: actor.BrandID, CreatorID: actor.CreatorID, Side: actor.Side(), PersonID: actor.PersonID, CreatedAt: s.now()}
		var err error
		other := Creator
		if b.Side == models.SideBrand {
			b.CreatorID, err = t.findVisibleParty(blockableCreator, publicID, b.BrandID)
		} else {
			b.BrandID, err = t.findVisibleParty(blockableBrand, publicID)
			other = Brand
		}
		if err != nil {
			return err
		}
		n, err := do(t, b)
		if err != nil || n == 0 {
			return err
		}
		subject := db.AuditSubject(string(other), map[Kind]int64{Creator: b.CreatorID, Brand: b.BrandID}[other])
		return t.WriteAudit(ctx, db.AuditEntry{At: b.CreatedAt, PersonID: actor.PersonID, Action: action, Subject: subject})
	})
}

// ListBlocks lists whom the actor's side has blocked, latest first.
func (s *Store) ListBlocks(ctx context.Context, actor models.Actor) ([]BlockedParty, error) {
	var all []BlockedParty
	q := s.db.Read(ctx)
	switch actor.Side() {
	case models.SideBrand:
		q = q.Raw(blockedCreators, actor.BrandID)
	case models.SideCreator:
		q = q.Raw(blockedBrands, actor.CreatorID)
	default:
		return nil, nil
	}
	if err := q.Scan(&all).Error; err != nil {
		return nil, models.Internal("read blocks", err)
	}
	return all, nil
}

// HasBlocked says whether the creator that the actor acts for has blocked a
// brand; for a brand, creators.MediaKit says it.
func (s *Store) HasBlocked(ctx context.Context, actor models.Actor, brandID int64) (bool, error) {
	if actor.CreatorID == 0 {
		return false, nil
	}
	var n int64
	err := s.db.Read(ctx).Model(&db.Block{}).Where("brand_id = ? AND creator_id = ? AND side = 'creator'", brandID, actor.CreatorID).Count(&n).Error
	return n > 0, err
}

// CreatorsHiddenFrom returns the creators that searches hide from the actor: those who
// have blocked the brand that the actor acts for.
func (s *Store) CreatorsHiddenFrom(ctx context.Context, actor models.Actor) ([]int64, error) {
	if actor.BrandID == 0 {
		return nil, nil
	}
	var ids []int64
	err := s.db.Read(ctx).Model(&db.Block{}).Where("brand_id = ? AND side = 'creator'", actor.BrandID).Order("creator_id").Pluck("creator_id", &ids).Error
	return ids, err
}

// findVisibleParty finds the other side among those whose page the actor can see, or
// with whom they have had a proposal.
func (t *tx) findVisibleParty(query string, args ...any) (id int64, err error) {
	if err = t.Raw(query, args...).Scan(&id).Error; err == nil && id == 0 {
		err = models.NotFound()
	}
	return id, err
}
