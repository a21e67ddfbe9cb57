package contracts

import (
	"context"

	"tribemarket/models/files"
	"tribemarket/models/workflow/run"
)

// CertifyArgs is the job that makes the certificate of a signed contract.
type CertifyArgs struct {
	ContractID int64 `json:"contract_id"`
}

// Kind is the job's name, for River.
func (CertifyArgs) Kind() string { return "contracts.certify" }

// ReadSigned reads a signed contract that has no certificate yet, with what it says; due is
// false otherwise.
func (s *Store) ReadSigned(ctx context.Context, contractID int64) (c Contract, t Text, due bool, err error) {
	q := s.db.Read(ctx)
	var r contractRow
	err = q.Where("id = ? AND signed_at IS NOT NULL AND certificate_id IS NULL", contractID).Limit(1).Find(&r).Error
	if err != nil || r.ID == 0 {
		return c, t, false, err
	}
	if t, err = openText(s.db.Keys, r); err != nil {
		return c, t, false, err
	}
	c, err = s.fillContract(q, r)
	return c, t, err == nil, err
}

// StoreCertificate keeps the certificate of a signed contract. One that was made twice is
// kept once.
func (s *Store) StoreCertificate(ctx context.Context, contractID int64, pdf []byte) error {
	doc, err := s.files.PutDocument(ctx, pdf)
	if err != nil {
		return err
	}
	return s.engine.DoAsSystem(ctx, func(w *run.Work) error {
		r, err := lockContract(w, "id = ?", contractID)
		if err != nil || r.SignedAt == nil || r.CertificateID != nil {
			return err
		}
		err = w.Model(&contractRow{}).Where("id = ?", r.ID).Updates(map[string]any{"certificate_id": doc.ID, "certificate_sha256": doc.SHA256}).Error
		if err != nil {
			return err
		}
		return files.KeepDocument(w.Tx, doc.ID)
	})
}
