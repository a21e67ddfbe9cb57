package contracts

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// Signer is a person who may sign for the brand of a contract.
type Signer struct {
	Ref   string // identifies them in the form
	Name  string
	Me    bool // the actor
	Asked bool // the brand waits for them, and for nobody else
}

// namedSigner is what a step writes of whom a brand asks to sign.
type namedSigner struct{ id *int64 }

// ListSigners lists who may sign for the brand of a contract: of its members, and of its
// agencies, those who agree to deals for it. To the creator it names only who is asked.
// Nobody is asked once the one who was may not sign any more.
func (s *Store) ListSigners(ctx context.Context, a models.Actor, c Contract) ([]Signer, error) {
	side := partyOf(a, c.BrandID, c.CreatorID)
	if side == "" || c.State == Preparing || !c.WaitsFor(models.SideBrand) || side == models.SideCreator && c.brandSigner == nil {
		return nil, nil
	}
	may, err := signersOf(s.db.Read(ctx), c.BrandID)
	if err != nil {
		return nil, err
	}
	var all []Signer
	for _, p := range may {
		x := Signer{Ref: s.signerRef(c.PublicID, p.PersonID), Name: p.Name, Me: p.PersonID == a.PersonID, Asked: c.brandSigner != nil && p.PersonID == *c.brandSigner}
		if x.Asked || side == models.SideBrand {
			all = append(all, x)
		}
	}
	return all, nil
}

// signersOf are the people who may sign for a brand.
func signersOf(q *gorm.DB, brandID int64) ([]accounts.Contact, error) {
	return accounts.Contacts(q, brandID, models.RoleManager)
}

// AskedOf finds, among the people who may sign for a brand, who was asked to; ok is false if
// nobody was, or may not sign any more.
func (c Contract) AskedOf(may []accounts.Contact) (asked accounts.Contact, ok bool) {
	if c.brandSigner == nil || !c.WaitsFor(models.SideBrand) {
		return asked, false
	}
	i := slices.IndexFunc(may, func(p accounts.Contact) bool { return p.PersonID == *c.brandSigner })
	if i < 0 {
		return asked, false
	}
	return may[i], true
}

// signerRef identifies a person in the form of one contract.
func (s *Store) signerRef(contract string, personID int64) string {
	return s.db.Keys.Digest("contract signer", fmt.Sprintf("%s %d", contract, personID))[:16]
}

// NameSigner asks one of those who may sign for the brand to do so, and nobody else; an
// empty ref asks whoever may sign. Version is that of the contract as the page showed it.
// Naming the same person again changes nothing. Field: signer.
func (s *Store) NameSigner(ctx context.Context, a models.Actor, publicID, ref string, version int) error {
	return s.act(ctx, a, publicID, func(w *run.Work, r contractRow) error {
		if w.Side != models.SideBrand {
			return models.Forbidden("contracts.error.signs_alone")
		}
		id, err := s.findSigner(w, r, ref)
		if err != nil {
			return err
		}
		if (id == nil) == (r.BrandSignerID == nil) && (id == nil || *id == *r.BrandSignerID) {
			return nil
		}
		if version != r.Version {
			return models.Conflict("contracts.error." + string(r.State))
		}
		holds, err := unsignedBy(w, r)
		if err != nil {
			return err
		}
		subject := r.subject()
		_, err = contracts.Do(w, &subject, run.Act{Action: ActionName, Version: version, Input: namedSigner{id}, Holds: holds})
		return err
	})
}

// findSigner finds who is meant in the form.
func (s *Store) findSigner(w *run.Work, r contractRow, ref string) (*int64, error) {
	if ref == "" {
		return nil, nil
	}
	may, err := signersOf(w.DB, r.BrandID)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(may, func(p accounts.Contact) bool { return s.signerRef(r.PublicID, p.PersonID) == ref })
	if i < 0 {
		return nil, models.Invalid("signer", "contracts.invalid.signer")
	}
	return &may[i].PersonID, nil
}

// checkAsked refuses the signature of somebody while another one of the brand is asked.
func checkAsked(w *run.Work, a models.Actor, r contractRow) error {
	if w.Side != models.SideBrand || r.BrandSignerID == nil || *r.BrandSignerID == a.PersonID {
		return nil
	}
	may, err := signersOf(w.DB, r.BrandID)
	if err == nil && slices.ContainsFunc(may, func(p accounts.Contact) bool { return p.PersonID == *r.BrandSignerID }) {
		err = models.Conflict("contracts.error.other_asked")
	}
	return err
}

// unsignedBy is the condition Unsigned if the side that acts has not signed.
func unsignedBy(w *run.Work, r contractRow) ([]workflow.Condition, error) {
	var own int64
	err := w.Model(&signatureRow{}).Where("contract_id = ? AND side = ?", r.ID, w.Side).Count(&own).Error
	if err != nil || own > 0 {
		return nil, err
	}
	return []workflow.Condition{Unsigned}, nil
}
