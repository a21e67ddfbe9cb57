package contracts

import (
	"context"
	"time"

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

// prepareWaiting does so for the contracts that waited for a party to say who it is.
func prepareWaiting(tx *db.Tx, p Party) error {
	var waiting []contractRow
	if err := tx.Where(p.column()+" = ? AND state = ?", p.ID, Preparing).Order("id").Find(&waiting).Error; err != nil {
		return err
	}
	for _, r := range waiting {
		if err := prepareIfNamed(tx, r); err != nil {
			return err
		}
	}
	return nil
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
		if err := q.Where(of.column()+" = ?", of.ID).Take(&i).Error; err != nil {
			return d, false, err
		}
		if *into, err = i.open(s.db.Keys); err != nil {
			return d, false, err
		}
	}
	return d, true, nil
}

// StoreDocument keeps the document of a contract and what it says; it can be signed from
// then on. One that was made twice is kept once.
func (s *Store) StoreDocument(ctx context.Context, contractID int64, pdf []byte, t Text) error {
	doc, err := s.files.PutDocument(ctx, pdf)
	if err != nil {
		return err
	}
	return s.engine.DoAsSystem(ctx, func(w *run.Work) error {
		r, err := lockContract(w, "id = ?", contractID)
		if err != nil || r.State != Preparing {
			return err
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
// say who they are.
func creatorsDelay(w *run.Work, r contractRow) (int64, error) {
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
