package contracts

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/terms"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// InForce is the contract in force of a deal, locked together with the deal's others so that
// it can be amended.
type InForce struct {
	PublicID  string
	Deal      string // public id
	DealID    int64
	BrandID   int64
	CreatorID int64
	Terms     terms.Terms

	row      contractRow
	amending bool // an amendment can still be signed
}

// Amendment is terms that take the place of those of a contract in force, once both sides
// have signed them too.
type Amendment struct {
	Terms terms.Terms
	Cycle int    // of the deal that runs, whose days they name
	Note  string // why, to the other side
	Key   string // identifies the form, hashed
}

// LockInForce reads a contract that the actor's side wants to amend, and locks all of its deal.
// It sets the side that acts. For a stranger there is none.
func LockInForce(w *run.Work, a models.Actor, publicID string) (c InForce, err error) {
	if !models.IsPublicID(publicID) {
		return c, models.NotFound()
	}
	var all []contractRow
	ofDeal := w.Model(&contractRow{}).Where("deal_id = (SELECT x.deal_id FROM contracts x WHERE x.public_id = ?)", publicID).Order("id").Session(&gorm.Session{})
	var locked []int64 // read anew once they are locked: another amendment may have been proposed meanwhile
	if err = ofDeal.Clauses(clause.Locking{Strength: "UPDATE"}).Pluck("id", &locked).Error; err == nil {
		err = ofDeal.Find(&all).Error
	}
	i := slices.IndexFunc(all, func(r contractRow) bool { return r.PublicID == publicID })
	if err != nil || i < 0 {
		return c, cmp.Or(err, models.NotFound())
	}
	r := all[i]
	if w.Side = partyOf(a, r.BrandID, r.CreatorID); w.Side == "" {
		return c, models.NotFound()
	}
	agreed, err := r.agreed()
	isOpen := func(x contractRow) bool { return x.State.IsOpen() }
	return InForce{r.PublicID, r.Deal, r.DealID, r.BrandID, r.CreatorID, agreed, r, slices.ContainsFunc(all, isOpen)}, err
}

// TermsIn are the terms of the contract, with the days that they mean in a cycle.
func (c InForce) TermsIn(cycle int) terms.Terms { return c.Terms.OfCycle(1 + cycle - c.row.Cycle) }

// FindAmendment finds the amendment of the deal that a form has made before, with its public
// id; "" for none.
func (c InForce) FindAmendment(w *run.Work, key string) (publicID string, am SignedAmendment, err error) {
	var r contractRow
	if err := w.Where("deal_id = ? AND form_key = ?", c.DealID, key).Limit(1).Find(&r).Error; err != nil || r.ID == 0 {
		return "", am, err
	}
	am, err = r.amendment()
	return r.PublicID, am, err
}

// CheckAmendable refuses to amend a contract that is not in force, or while another amendment
// can still be signed.
func (c InForce) CheckAmendable() error {
	switch {
	case c.row.State == Amended:
		return models.Conflict("contracts.error.amended")
	case c.row.State != Signed:
		return models.Conflict("contracts.error.not_signed")
	case c.amending:
		return models.Conflict("contracts.error.amending")
	}
	return nil
}

// BeginAmendment makes an amendment of a contract, on behalf of the side of the work, and
// returns its public id.
func (c InForce) BeginAmendment(w *run.Work, am Amendment) (string, error) {
	r := contractRow{
		PublicID: models.NewPublicID(), DealID: c.DealID, Deal: c.Deal, NegotiationID: c.row.NegotiationID, BrandID: c.BrandID, CreatorID: c.CreatorID,
		AmendsID: &c.row.ID, Cycle: am.Cycle, Product: am.Terms.Product, Terms: am.Terms.Encode(), Zone: c.row.Zone, BrandZone: c.row.BrandZone, AgreedAt: w.Now,
		ProposedBy: w.Side, FormKey: am.Key,
	}
	return r.PublicID, begin(w, r, run.Act{Action: ActionPropose, Note: am.Note})
}

// ReadApproval reads by which rule somebody else has to approve terms that the actor offers or
// accepts for a brand; nil where nobody has to.
func ReadApproval(q *gorm.DB, a models.Actor, brandID int64, t terms.Terms) (*accounts.Approval, error) {
	rule, err := accounts.ReadApproval(q, brandID)
	if worth, known := t.Worth(); err != nil || !rule.IsNeeded(a, worth, known) {
		return nil, err
	}
	return &rule, nil
}

// CheckApproval refuses a member of a brand for whom terms have to be approved: whoever
// approves proposes and signs such an amendment. The other side learns nothing of it.
func CheckApproval(w *run.Work, a models.Actor, brandID int64, t terms.Terms, key string) error {
	if w.Side != models.SideBrand {
		return nil
	}
	if rule, err := ReadApproval(w.DB, a, brandID, t); err != nil || rule == nil {
		return err
	}
	may, err := accounts.ApprovalContacts(w.DB, brandID)
	if err != nil {
		return err
	}
	names := make([]string, len(may))
	for i, p := range may {
		names[i] = p.Name
	}
	return models.Conflict(key, "names", strings.Join(names, ", "))
}

// checkAmendmentApproval is CheckApproval for whoever signs an amendment.
func checkAmendmentApproval(w *run.Work, a models.Actor, r contractRow) error {
	if r.AmendsID == nil {
		return nil
	}
	t, err := r.agreed()
	if err != nil {
		return err
	}
	return CheckApproval(w, a, r.BrandID, t, "contracts.error.signing_approval")
}

// Withdraw takes back an amendment that the actor's side has proposed, before the other side
// has signed it. Withdrawing it again changes nothing.
func (s *Store) Withdraw(ctx context.Context, a models.Actor, publicID string) error {
	return s.act(ctx, a, publicID, func(w *run.Work, r contractRow) error {
		holds, err := proposedBy(w, r)
		if err != nil {
			return err
		}
		subject := r.subject()
		_, err = contracts.Do(w, &subject, run.Act{Action: ActionWithdraw, Holds: holds})
		return err
	})
}

// CanWithdraw says whether the actor may take back an amendment.
func CanWithdraw(a models.Actor, side models.Side, c Contract) bool {
	return CanSign(a, side) && c.IsAmendment() && c.State.IsOpen() && c.ProposedBy == side && c.SignatureOf(side.Other()) == nil
}

// proposedBy is the condition Proposed, if it holds for the side that acts.
func proposedBy(w *run.Work, r contractRow) ([]workflow.Condition, error) {
	if r.AmendsID == nil || r.ProposedBy != w.Side {
		return nil, nil
	}
	var theirs int64
	err := w.Model(&signatureRow{}).Where("contract_id = ? AND side = ?", r.ID, w.Side.Other()).Count(&theirs).Error
	if err != nil || theirs > 0 {
		return nil, err
	}
	return []workflow.Condition{Proposed}, nil
}

// SignedAmendment is an amendment as its deal follows it.
type SignedAmendment struct {
	DealID int64
	Cycle  int // of the deal that it was proposed for
	Terms  terms.Terms

	amends int64
}

// ReadAmendment reads the amendment that a contract is; ok is false for any other contract.
func ReadAmendment(w *run.Work, contractID int64) (am SignedAmendment, ok bool, err error) {
	var r contractRow
	if err := w.Take(&r, contractID).Error; err != nil || r.AmendsID == nil {
		return am, false, err
	}
	am, err = r.amendment()
	return am, true, err
}

// amendment is the amendment as which a row is stored.
func (r contractRow) amendment() (SignedAmendment, error) {
	t, err := r.agreed()
	return SignedAmendment{r.DealID, r.Cycle, t, *r.AmendsID}, err
}

// CloseAmended says of the contract that an amendment changes that it is no longer in force.
func (am SignedAmendment) CloseAmended(w *run.Work) error {
	r, err := lockContract(w, "id = ?", am.amends)
	if err != nil {
		return err
	}
	subject := r.subject()
	_, err = contracts.Do(w, &subject, run.Act{Action: ActionAmend})
	return err
}

// lockAmended locks the contract that an amendment changes, before the amendment itself: all
// who lock several contracts of a deal do so in the order in which they were made.
func lockAmended(w *run.Work, publicID string) error {
	var ids []int64
	return w.Model(&contractRow{}).Clauses(clause.Locking{Strength: "UPDATE"}).
		Where("id = (SELECT x.amends_id FROM contracts x WHERE x.public_id = ?)", publicID).Pluck("id", &ids).Error
}

// AmendmentEventKey is the sentence that says what a side did with an amendment.
func AmendmentEventKey(a Action, by models.Side) string {
	if a == ActionPropose || a == ActionWithdraw { // done to nothing else
		return Table.EventKey(a, by)
	}
	return "contracts.amendment.event." + string(a) + "." + string(by)
}
