package contracts

import (
	"context"
	"errors"
	"io"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/workflow/run"
)

// Get reads a contract for one of its sides, with what it says once its document is made. For
// a stranger there is none.
func (s *Store) Get(ctx context.Context, a models.Actor, publicID string) (Contract, Text, error) {
	r, err := s.findRow(ctx, a, publicID)
	if err != nil {
		return Contract{}, Text{}, err
	}
	c, err := s.fillContract(s.db.Read(ctx), r)
	if err != nil || r.Text == "" {
		return c, Text{}, err
	}
	t, err := openText(s.db.Keys, r)
	return c, t, err
}

func (s *Store) findRow(ctx context.Context, a models.Actor, publicID string) (r contractRow, err error) {
	switch {
	case !a.SignedIn():
		return r, models.SignInRequired()
	case !models.IsPublicID(publicID):
		return r, models.NotFound()
	}
	err = s.db.Read(ctx).Where("public_id = ?", publicID).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && !a.IsPartyOf(r.BrandID, r.CreatorID) {
		return contractRow{}, models.NotFound()
	}
	return r, err
}

// OpenPDF opens the document of a contract for one of its sides, or its certificate; the
// caller closes it.
func (s *Store) OpenPDF(ctx context.Context, a models.Actor, publicID string, certificate bool) (io.ReadSeekCloser, error) {
	r, err := s.findRow(ctx, a, publicID)
	if err != nil {
		return nil, err
	}
	id := r.DocumentID
	if certificate {
		id = r.CertificateID
	}
	if id == nil {
		return nil, models.NotFound()
	}
	pdf, _, err := s.files.OpenDocument(ctx, *id)
	return pdf, err
}

// ByID reads a contract for the program itself, such as a mail about it.
func (s *Store) ByID(ctx context.Context, id int64) (Contract, error) {
	q := s.db.Read(ctx)
	var r contractRow
	err := q.Where("id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Contract{}, models.NotFound()
	}
	if err != nil {
		return Contract{}, err
	}
	return s.fillContract(q, r)
}

// fillContract adds who has said who they are while the contract is being prepared, and who
// has signed after that.
func (s *Store) fillContract(q *gorm.DB, r contractRow) (Contract, error) {
	c, err := r.contract()
	if err != nil {
		return c, models.Internal("read what a contract is about", err)
	}
	if r.AmendsID != nil {
		var before contractRow
		if err := q.Take(&before, *r.AmendsID).Error; err != nil {
			return c, err
		}
		if err := c.amend(before); err != nil {
			return c, err
		}
	}
	return fillSides(q, r, c)
}

// amend adds the contract that an amendment changes.
func (c *Contract) amend(before contractRow) error {
	agreed, err := before.agreed()
	c.Amends = textOf(before.SHA256)
	c.Earlier = Earlier{PublicID: before.PublicID, Number: before.Number, SHA256: c.Amends, SignedAt: before.SignedAt.UTC(), Terms: agreed.OfCycle(1 + c.Cycle - before.Cycle)}
	return err
}

// fillSides adds what each side has done.
func fillSides(q *gorm.DB, r contractRow, c Contract) (_ Contract, err error) {
	if r.State == Preparing {
		c.Unnamed, err = unnamedSides(q, r)
		return c, err
	}
	if r.SHA256 == nil {
		return c, nil
	}
	var signed []signatureRow
	err = q.Where("contract_id = ?", r.ID).Order("id").Find(&signed).Error
	for _, x := range signed {
		c.Signatures = append(c.Signatures, x.signature())
	}
	return c, err
}

// unnamedSides are the sides that have not said who they are in contracts.
func unnamedSides(q *gorm.DB, r contractRow) ([]models.Side, error) {
	var all []models.Side
	for _, p := range []Party{{models.SideBrand, r.BrandID}, {models.SideCreator, r.CreatorID}} {
		var n int64
		if err := q.Model(&identityRow{}).Where(p.Column()+" = ?", p.ID).Count(&n).Error; err != nil {
			return nil, err
		}
		if n == 0 {
			all = append(all, p.Side)
		}
	}
	return all, nil
}

func (r contractRow) contract() (Contract, error) {
	agreed, err := r.agreed()
	return Contract{
		ID: r.ID, PublicID: r.PublicID, Deal: r.Deal, BrandID: r.BrandID, CreatorID: r.CreatorID, Number: r.Number, Cycle: r.Cycle, Required: r.Required,
		Product: r.Product, Terms: agreed, AgreedAt: r.AgreedAt.UTC(), Zone: r.Zone, BrandZone: r.BrandZone, State: r.State, Version: r.Version, BegunAt: r.BegunAt.UTC(), EnteredAt: r.EnteredAt.UTC(),
		DeadlineAt: utc(r.DeadlineAt), SHA256: textOf(r.SHA256), ReadyAt: utc(r.ReadyAt), SignedAt: utc(r.SignedAt),
		CertificateSHA256: textOf(r.CertificateSHA256), ClosedAt: utc(r.ClosedAt), CloseReason: r.CloseReason,
		brandSigner: r.BrandSignerID, ProposedBy: r.ProposedBy,
	}, err
}

// lockContract reads a contract and locks it until the transaction ends. Whoever locks a
// deal too locks its contracts first.
func lockContract(w *run.Work, where string, args ...any) (r contractRow, err error) {
	err = w.Clauses(clause.Locking{Strength: "UPDATE"}).Where(where, args...).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = models.NotFound()
	}
	return r, err
}
