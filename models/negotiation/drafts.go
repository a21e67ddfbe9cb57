package negotiation

import (
	"cmp"
	"context"
	"encoding/json"
	"net/url"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

const (
	// MaxDrafts is how many offers a person can be writing.
	MaxDrafts = 50
	// DraftDays is how long what nobody goes on writing is kept.
	DraftDays = 30
	// maxDraft is how long a draft is at most, in bytes.
	maxDraft = 100_000
)

// DraftKey is what a person writes an offer about: a first offer to a creator, or an answer in
// a negotiation with them, or a pitch of the creator to a brand.
type DraftKey struct{ CreatorID, NegotiationID, ToBrandID int64 }

// Draft is an offer that is being written.
type Draft struct {
	Answers url.Values // as typed
	SavedAt time.Time
}

type draftRow struct {
	ID            int64
	PersonID      int64
	BrandID       *int64
	CreatorID     int64
	NegotiationID *int64
	ToBrandID     *int64
	Form          string
	SavedAt       time.Time
}

func (draftRow) TableName() string { return "offer_drafts" }

// ownDraft selects the draft of an actor.
func ownDraft(q *gorm.DB, a models.Actor, k DraftKey) *gorm.DB {
	return q.Where("person_id = ? AND coalesce(brand_id, 0) = ? AND creator_id = ? AND coalesce(negotiation_id, 0) = ? AND coalesce(to_brand_id, 0) = ?", a.PersonID, a.BrandID, k.CreatorID, k.NegotiationID, k.ToBrandID)
}

// ReadDraft reads what the actor has written so far; nil if nothing is kept.
func (s *Store) ReadDraft(ctx context.Context, a models.Actor, k DraftKey) (*Draft, error) {
	var r draftRow
	err := ownDraft(s.db.Read(ctx), a, k).Limit(1).Find(&r).Error
	if err != nil || r.ID == 0 {
		return nil, err
	}
	d := &Draft{SavedAt: r.SavedAt.UTC()}
	return d, json.Unmarshal([]byte(r.Form), &d.Answers)
}

// KeepDraft keeps what the actor has written so far in place of what was kept before.
func (s *Store) KeepDraft(ctx context.Context, a models.Actor, k DraftKey, answers url.Values) (time.Time, error) {
	form, err := json.Marshal(answers)
	if err != nil {
		return time.Time{}, err
	}
	if len(form) > maxDraft {
		return time.Time{}, models.Conflict("negotiation.draft.long")
	}
	now := s.now()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if sent, err := isSent(tx, a, k, answers.Get("key")); sent || err != nil {
			return err
		}
		var others int64
		q := tx.Model(&draftRow{}).Where("person_id = ? AND NOT (coalesce(brand_id, 0) = ? AND creator_id = ? AND coalesce(negotiation_id, 0) = ? AND coalesce(to_brand_id, 0) = ?)",
			a.PersonID, a.BrandID, k.CreatorID, k.NegotiationID, k.ToBrandID)
		if err := q.Count(&others).Error; err != nil {
			return err
		}
		if others >= MaxDrafts {
			return models.Conflict("negotiation.draft.full", "most", MaxDrafts)
		}
		return tx.Exec(`INSERT INTO offer_drafts (person_id, brand_id, creator_id, negotiation_id, to_brand_id, form, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (person_id, coalesce(brand_id, 0), creator_id, coalesce(negotiation_id, 0), coalesce(to_brand_id, 0)) DO UPDATE SET form = excluded.form, saved_at = excluded.saved_at`,
			a.PersonID, idOrNil(a.BrandID), k.CreatorID, idOrNil(k.NegotiationID), idOrNil(k.ToBrandID), string(form), now).Error
	})
	return now, err
}

// isSent says whether a form has been sent: what was typed last may arrive after that.
func isSent(tx *db.Tx, a models.Actor, k DraftKey, formKey string) (sent bool, err error) {
	hash, brand := hashKey(formKey), cmp.Or(k.ToBrandID, a.BrandID)
	err = tx.Raw(`SELECT EXISTS (SELECT 1 FROM negotiations WHERE brand_id = ? AND form_key = ?) OR EXISTS (SELECT 1 FROM held_proposals WHERE brand_id = ? AND form_key = ?)
		OR EXISTS (SELECT 1 FROM offers WHERE negotiation_id = ? AND form_key = ?)`, brand, hash, brand, hash, k.NegotiationID, hash).Scan(&sent).Error
	return sent, err
}

// DiscardDraft deletes what the actor has written so far.
func (s *Store) DiscardDraft(ctx context.Context, a models.Actor, k DraftKey) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error { return deleteDraft(tx, a, k) })
}

// deleteDraft deletes the draft of what has been sent.
func deleteDraft(tx *db.Tx, a models.Actor, k DraftKey) error {
	return ownDraft(tx.DB, a, k).Delete(&draftRow{}).Error
}

func idOrNil(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}
