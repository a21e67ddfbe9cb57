package contracts

import (
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/terms"
)

// Contract is the contract of a deal as its sides see it.
type Contract struct {
	ID                int64
	PublicID          string
	Deal              string // public id
	BrandID           int64
	CreatorID         int64
	Number            int  // 1, and one more for each amendment
	Cycle             int  // of the deal, whose days its terms name
	Required          bool // the work waits for it
	Product           string
	Terms             terms.Terms
	AgreedAt          time.Time
	Zone, BrandZone   string // the time zones in which the days of both end
	State             State
	Version           int
	BegunAt           time.Time
	EnteredAt         time.Time
	DeadlineAt        *time.Time // nil in a final state
	SHA256            string     // of the document, "" while it is being prepared
	ReadyAt           *time.Time
	SignedAt          *time.Time
	CertificateSHA256 string
	ClosedAt          *time.Time
	CloseReason       string

	Amends     string        // the hash of the contract that it changes, "" for none
	Earlier    Earlier       // the contract that it changes
	ProposedBy models.Side   // the side that proposed the amendment
	Unnamed    []models.Side // the sides that have not said who they are
	Signatures []Signature

	brandSigner *int64 // who was asked to sign for the brand; see Store.ListSigners
}

// Earlier is the contract that an amendment changes.
type Earlier struct {
	PublicID string
	Number   int
	SHA256   string
	SignedAt time.Time
	Terms    terms.Terms // with the days that they mean in the cycle of the amendment
}

// IsAmendment says whether it changes another contract.
func (c Contract) IsAmendment() bool { return c.Amends != "" }

// IsInForce says whether it is what counts between its sides.
func (c Contract) IsInForce() bool { return c.State == Signed }

// WaitsFor says whether the contract waits for a side: to say who it is, or to sign.
func (c Contract) WaitsFor(side models.Side) bool {
	switch c.State {
	case Preparing:
		return slices.Contains(c.Unnamed, side)
	case Ready, SignedByOne:
		return c.SignatureOf(side) == nil
	}
	return false
}

// Waits is the side that the contract waits for: workflow.BothSides, one of them, or the
// system while it makes the document; "" in a final state.
func (c Contract) Waits() models.Side {
	brand, creator := c.WaitsFor(models.SideBrand), c.WaitsFor(models.SideCreator)
	switch {
	case !c.State.IsOpen():
		return ""
	case brand && creator:
		return Table.Rule(c.State).Waits
	case brand:
		return models.SideBrand
	case creator:
		return models.SideCreator
	}
	return models.SideSystem
}

// SignatureOf is the signature of a side, nil while it has not signed.
func (c Contract) SignatureOf(side models.Side) *Signature {
	for i := range c.Signatures {
		if c.Signatures[i].Side == side {
			return &c.Signatures[i]
		}
	}
	return nil
}

// EndsDeal says whether the deal has ended because it needed this contract.
func (c Contract) EndsDeal() bool {
	return c.Required && c.Amends == "" && (c.State == Declined || c.State == Void)
}

// IsSigned says whether both sides have signed.
func (c Contract) IsSigned() bool { return c.SignedAt != nil }
