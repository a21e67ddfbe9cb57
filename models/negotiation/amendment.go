package negotiation

import (
	"cmp"
	"context"
	"slices"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
	"tribemarket/models/text"
)

// AmendmentPreview is an amendment as it would be proposed, with every check that this makes.
type AmendmentPreview struct {
	Before   terms.Terms // of the contract that it changes
	Terms    terms.Terms
	Note     string
	Contract contracts.Requirement // once it is signed
}

// Amendable is a deal whose contract in force the actor's side can amend now, as it is before
// anything changes, and who its sides are.
type Amendable struct {
	Contract contracts.InForce
	deals.Amendable
	Brand     string // its name
	Creator   creators.Creator
	Political bool // the brand may have political objectives
}

// amending is what an amendment is read against.
type amending struct {
	Amendable
	who standing
}

// lockAmendable reads and locks a contract, with what the offers of both sides are judged by.
func (w *work) lockAmendable(a models.Actor, contract string) (m amending, err error) {
	if m.Contract, err = contracts.LockInForce(w.Work, a, contract); err != nil {
		return m, err
	}
	if m.who, err = readStanding(w.DB, a, row{BrandID: m.Contract.BrandID, CreatorID: m.Contract.CreatorID}); err != nil {
		return m, err
	}
	m.Brand, m.Creator, m.Political = m.who.Names.BrandName, m.who.Creator, m.who.Political
	owner := m.Creator.PersonID
	return m, deals.CheckActing(a, m.Contract.BrandID, m.Contract.CreatorID, owner != nil && *owner == a.PersonID)
}

// require reads and locks the deal, and refuses to amend what is not in force, or over.
func (w *work) require(m *amending) (err error) {
	m.Amendable.Amendable, err = deals.LockAmendable(w.Work, m.Contract.DealID)
	return cmp.Or(m.Contract.CheckAmendable(), m.who.checkReachable(), err)
}

// FindAmendable reads what the actor's side may amend of a contract. One that cannot be amended
// now is a conflict, with what can still be read of it.
func (s *Store) FindAmendable(ctx context.Context, a models.Actor, contract string) (Amendable, error) {
	var m amending
	err := s.do(ctx, a, func(w *work) (err error) {
		if m, err = w.lockAmendable(a, contract); err != nil {
			return err
		}
		return w.require(&m)
	})
	return m.Amendable, err
}

// PreviewAmendment reads an amendment as ProposeAmendment would propose it.
func (s *Store) PreviewAmendment(ctx context.Context, a models.Actor, contract string, form OfferForm) (p AmendmentPreview, err error) {
	err = s.do(ctx, a, func(w *work) error {
		m, err := w.lockAmendable(a, contract)
		if err != nil {
			return err
		}
		if err := w.require(&m); err != nil {
			return err
		}
		o, err := w.readAmendment(a, m, form)
		if err != nil {
			return err
		}
		p = AmendmentPreview{Before: m.Contract.TermsIn(m.Cycle), Terms: o.terms, Note: o.message}
		p.Contract, err = deals.RequireContract(w.DB, s.db.Keys, m.ContractCase(m.Creator.Country, o.terms), w.Now)
		return err
	})
	return p, err
}

// ProposeAmendment proposes other terms in place of those of a contract in force, for both
// sides to sign, and returns the amendment's public id. The same form sent again makes the
// same amendment.
func (s *Store) ProposeAmendment(ctx context.Context, a models.Actor, contract string, form OfferForm, key string) (publicID string, err error) {
	err = s.do(ctx, a, func(w *work) error {
		m, err := w.lockAmendable(a, contract)
		if err != nil {
			return err
		}
		hashed := hashKey("amendment " + contract + " " + key)
		sent, same, err := m.Contract.FindAmendment(w.Work, hashed)
		if err != nil {
			return err
		}
		if sent != "" {
			publicID = sent
			return m.requireSame(same, form)
		}
		if err := w.require(&m); err != nil {
			return err
		}
		o, err := w.readAmendment(a, m, form)
		if err != nil {
			return err
		}
		publicID, err = m.Contract.BeginAmendment(w.Work, contracts.Amendment{Terms: o.terms, Cycle: m.Cycle, Note: o.message, Key: hashed})
		return err
	})
	if err != nil {
		return "", err
	}
	return publicID, nil
}

// requireSame refuses a form with other answers than the amendment that its key has made.
func (m amending) requireSame(sent contracts.SignedAmendment, form OfferForm) error {
	counted := terms.MetricDefinitionOn(m.Today)
	rules := terms.Rules{Political: true, Child: true, Definition: counted.Version, DefinedOn: counted.From}
	now, _, _ := form.ReadAmendment(rules, terms.Amending{Terms: m.Contract.TermsIn(sent.Cycle)})
	if len(sent.Terms.Differences(now)) > 0 {
		return models.Conflict("contracts.error.amendment_sent")
	}
	return nil
}

// readAmendment reads the terms of an amendment, with the checks of an offer of the same side.
func (w *work) readAmendment(a models.Actor, m amending, form OfferForm) (o offer, err error) {
	may, err := w.permissionOf(m.Contract.BrandID, m.Creator, form)
	if err != nil {
		return o, err
	}
	o = offer{message: text.Paragraphs(form.Message), category: form.Category}
	counted := terms.MetricDefinitionOn(m.Today)
	rules := terms.Rules{Today: m.Today, Political: may.political, Child: may.child, Definition: counted.Version, DefinedOn: counted.From, UnprintableLetter: may.unprintableLetter}
	var wrong models.Fields
	o.terms, o.lines, wrong = form.ReadAmendment(rules, m.Amending)
	if text.Length(o.message) > MaxMessage {
		wrong.Add("message", "terms.invalid.long", "most", MaxMessage)
	}
	if err := wrong.Err(); err != nil {
		return o, err
	}
	if len(m.Terms.Differences(o.terms)) == 0 {
		return o, models.Invalid("fee", "terms.amend.same")
	}
	if err := w.checkFurther(m, o); err != nil {
		return o, err
	}
	return o, contracts.CheckApproval(w.Work, a, m.Contract.BrandID, o.terms, "contracts.error.amendment_approval")
}

// checkFurther checks the deliverables that are new or move, as in an offer: the creator has an
// account on the platform, and a brand keeps to the creator's limits.
func (w *work) checkFurther(m amending, o offer) error {
	changed := m.Changed(o.terms)
	if w.Side == models.SideBrand {
		if err := w.checkAmendedLimits(m, o, changed); err != nil {
			return err
		}
	}
	asked := offer{terms: o.terms}
	asked.terms.Deliverables = changed
	for _, x := range changed {
		asked.lines = append(asked.lines, o.lines[slices.IndexFunc(o.terms.Deliverables, func(d terms.Deliverable) bool { return d.Number == x.Number })])
	}
	return m.who.checkPlatforms(asked)
}

// checkAmendedLimits is checkCreatorLimits for deliverables of which some are counted already.
// What stays as both agreed is not asked about again.
func (w *work) checkAmendedLimits(m amending, o offer, changed []terms.Deliverable) error {
	if !m.who.Limited {
		return nil
	}
	g, err := creators.LockLimits(w.Tx, m.Contract.CreatorID)
	if err != nil {
		return err
	}
	busy, err := w.deliverablesDuePerMonth(m.Contract.CreatorID, m.NegotiationID)
	if err != nil {
		return err
	}
	for _, x := range m.Carried(m.Terms).Deliverables {
		busy[monthOf(x.DueOn)]--
	}
	o.category, o.terms = o.terms.Category, m.Carried(o.terms)
	asked := map[string]bool{"fee": o.terms.Fee != m.Terms.Fee || len(o.terms.Deliverables) > len(m.Terms.Deliverables)}
	for i, x := range o.terms.Deliverables {
		if slices.ContainsFunc(changed, func(d terms.Deliverable) bool { return d.Number == x.Number }) {
			asked[creators.DeliverableFieldName(o.lines[i])+".due_on"] = true
		}
	}
	wrong := g.CheckProposedWork(o.proposedWork(m.Cycle, m.LastCycle(o.terms)), busy)
	return slices.DeleteFunc(wrong, func(f models.FieldError) bool { return !asked[f.Field] }).Err()
}
