package contracts

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/files"
	"tribemarket/models/workflow/run"
)

// PrepareArgs is the job that makes the document of a contract.
type PrepareArgs struct {
	ContractID int64 `json:"contract_id"`
}

// Kind is the job's name, for River.
func (PrepareArgs) Kind() string { return "contracts.prepare" }

// Draft is everything that a contract's document is made from.
type Draft struct {
	Contract Contract
	Brand    Identity
	Creator  Identity

	savedAt []int64 // when both said who they are
}

// madeDocument is what a step to Ready writes of the document.
type madeDocument struct {
	id           int64
	sha256       string
	text         string
	creatorDelay int64
}

// prepareIfNamed enqueues the making of the document if both sides have said who they are.
func prepareIfNamed(tx *db.Tx, r contractRow) error {
	var n int64
	err := tx.Model(&identityRow{}).Where("brand_id = ? OR creator_id = ?", r.BrandID, r.CreatorID).Count(&n).Error
	if err != nil || n < int64(len(parties)) {
		return err
	}
	return tx.Enqueue(PrepareArgs{r.ID}, nil)
}

// ReadDraft reads what a contract's document is made from; due is false if there is nothing
// to make any more, or not yet.
func (s *Store) ReadDraft(ctx context.Context, contractID int64) (d Draft, due bool, err error) {
	q := s.db.Read(ctx)
	var r contractRow
	if err := q.Where("id = ? AND state = ?", contractID, Preparing).Limit(1).Find(&r).Error; err != nil || r.ID == 0 {
		return d, false, err
	}
	if d.Contract, err = s.fillContract(q, r); err != nil || len(d.Contract.Unnamed) > 0 {
		return d, false, err
	}
	for of, into := range map[Party]*Identity{{models.SideBrand, r.BrandID}: &d.Brand, {models.SideCreator, r.CreatorID}: &d.Creator} {
		var i identityRow
		if err := q.Where(of.Column()+" = ?", of.ID).Take(&i).Error; err != nil {
			return d, false, err
		}
		if *into, err = i.open(s.db.Keys); err != nil {
			return d, false, err
		}
	}
	d.savedAt, err = identitiesSavedAt(q, r)
	return d, err == nil, err
}

// identitiesSavedAt tells apart what the sides of a contract have said about who they are.
func identitiesSavedAt(q *gorm.DB, r contractRow) ([]int64, error) {
	var saved []identityRow
	err := q.Where("brand_id = ? OR creator_id = ?", r.BrandID, r.CreatorID).Order("id").Find(&saved).Error
	var all []int64
	for _, i := range saved {
		all = append(all, i.SavedAt.UnixMicro())
	}
	return all, err
}

// StoreDocument keeps the document of a contract, made from a draft, and what it says; it
// can be signed from then on. One that was made twice is kept once, and one that names a
// side as it no longer is, not at all.
func (s *Store) StoreDocument(ctx context.Context, d Draft, pdf []byte, t Text) error {
	doc, err := s.files.PutDocument(ctx, pdf)
	if err != nil {
		return err
	}
	return s.engine.DoAsSystem(ctx, func(w *run.Work) error {
		r, err := lockContract(w, "id = ?", d.Contract.ID)
		if err != nil || r.State != Preparing {
			return err
		}
		if now, err := identitiesSavedAt(w.DB, r); err != nil || !slices.Equal(now, d.savedAt) {
			return err // another job makes it
		}
		delay, err := creatorsDelay(w, r)
		if err != nil {
			return err
		}
		text, err := sealText(s.db.Keys, r.PublicID, t)
		if err != nil {
			return err
		}
		subject := r.subject()
		done, err := contracts.Do(w, &subject, run.Act{Action: ActionReady, Input: madeDocument{doc.ID, doc.SHA256, text, delay}})
		if err != nil || !done {
			return err
		}
		return files.KeepDocument(w.Tx, doc.ID)
	})
}

// creatorsDelay is for how many seconds the contract waited for nobody but the creator to
// say who they are. What a side says anew later delays nobody.
func creatorsDelay(w *run.Work, r contractRow) (int64, error) {
	var corrected int64
	err := w.Model(&run.Event{}).Where("subject_kind = ? AND subject_id = ? AND action = ?", Table.Subject, r.ID, ActionCorrect).Count(&corrected).Error
	if err != nil || corrected > 0 {
		return r.CreatorDelay, err
	}
	var saved []identityRow
	if err := w.Where("brand_id = ? OR creator_id = ?", r.BrandID, r.CreatorID).Find(&saved).Error; err != nil {
		return 0, err
	}
	since, until := r.BegunAt, r.BegunAt
	for _, i := range saved {
		if i.BrandID != nil && i.SavedAt.After(since) {
			since = i.SavedAt
		}
		if i.CreatorID != nil {
			until = i.SavedAt
		}
	}
	return max(0, int64(until.Sub(since)/time.Second)), nil
}
