package demo

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/internal/jobs"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	contractsview "tribemarket/views/contracts"
)

// planContract adds the steps of a deal's contract: both say who they are, its documents are
// made as the jobs make them, and its signers sign.
func (m *worldMaker) planContract(deal *string, s story, agreed float64, buyer, creator models.Actor) {
	m.addStep(agreed-0.05, func(ctx context.Context) error {
		if err := m.saveIdentities(ctx, s, buyer, creator); err != nil {
			return err
		}
		if err := m.app.Deals.AskForContract(ctx, buyer, *deal); err != nil {
			return err
		}
		c, err := m.contractOf(ctx, buyer, *deal)
		if err != nil {
			return err
		}
		return m.jobs().PrepareContract(ctx, contracts.PrepareArgs{ContractID: c.ID})
	})
	for i, side := range s.signers {
		signer, role := buyer, contractRoles[buyer.Locale]
		name := demoBrands[s.brand].member
		if side == models.SideCreator {
			signer, role, name = creator, "", m.generator.makePerson(s.creator, 0).name
		}
		m.addStep(agreed-0.3*float64(i+1), func(ctx context.Context) error {
			c, err := m.contractOf(ctx, signer, *deal)
			if err != nil {
				return err
			}
			return m.sign(ctx, signer, c, name, role)
		})
	}
	if s.amendedFee != "" {
		m.addStep(0.5, func(ctx context.Context) error { return m.amend(ctx, s, creator, *deal) })
	}
}

// amend has the creator propose another fee in a deal's contract, and sign that.
func (m *worldMaker) amend(ctx context.Context, s story, creator models.Actor, deal string) error {
	c, err := m.contractOf(ctx, creator, deal)
	if err != nil {
		return err
	}
	now, err := m.app.Negotiations.FindAmendable(ctx, creator, c.PublicID)
	if err != nil {
		return err
	}
	form := negotiation.OfferForm{Form: terms.AmendingForm(now.Amending, nil), Message: secondDay[creator.Locale]}
	form.Fee = s.amendedFee
	if _, err := m.app.Negotiations.ProposeAmendment(ctx, creator, c.PublicID, form, "demo-amendment"); err != nil {
		return err
	}
	d, err := m.app.Deals.GetDeal(ctx, creator, deal)
	if err != nil {
		return err
	}
	if err := m.jobs().PrepareContract(ctx, contracts.PrepareArgs{ContractID: d.Amendment.ID}); err != nil {
		return err
	}
	if d, err = m.app.Deals.GetDeal(ctx, creator, deal); err != nil {
		return err
	}
	return m.sign(ctx, creator, *d.Amendment, m.generator.makePerson(s.creator, 0).name, "")
}

// contractRoles are what members of brands sign as, by language.
var contractRoles = map[string]string{"en": "Head of partnerships", "fr": "Responsable des partenariats", "nl": "Hoofd partnerships"}

// jobs are those that make documents.
func (m *worldMaker) jobs() *jobs.Jobs {
	return &jobs.Jobs{Stores: m.app.Stores, BaseURL: m.app.Config.BaseURL, Clock: m.clock.Now}
}

func (m *worldMaker) contractOf(ctx context.Context, a models.Actor, deal string) (contracts.Contract, error) {
	d, err := m.app.Deals.GetDeal(ctx, a, deal)
	if err != nil {
		return contracts.Contract{}, err
	}
	return *d.Contract, nil
}

// saveIdentities says who both sides of a deal are in contracts.
func (m *worldMaker) saveIdentities(ctx context.Context, s story, buyer, creator models.Actor) error {
	b, p := demoBrands[s.brand], m.generator.makePerson(s.creator, 0)
	err := m.app.Contracts.SaveIdentity(ctx, buyer, contracts.Identity{LegalName: b.name + " SARL", PostalAddress: "1 rue des Exemples\n00000 Exempleville", Email: b.email(), TaxCountry: b.country, Registration: "000 000 000"})
	if err != nil {
		return err
	}
	return m.app.Contracts.SaveIdentity(ctx, creator, contracts.Identity{LegalName: p.name, PostalAddress: "2 rue des Exemples\n00000 Exempleville", Email: p.handle + "@creators.example", TaxCountry: p.place.country})
}

// sign signs a contract, after a look at it; the last signature has its certificate made.
func (m *worldMaker) sign(ctx context.Context, signer models.Actor, c contracts.Contract, name, role string) error {
	if err := m.app.Contracts.MarkOpened(ctx, signer, c, true); err != nil {
		return err
	}
	way := accounts.MethodPassword
	if signer.CreatorID != 0 {
		way = accounts.WayCode
	}
	consent := contractsview.Consent(i18n.WithLocale(ctx, i18n.Locale(signer.Locale), time.UTC))
	ctx = models.WithOrigin(ctx, models.Origin{Address: "192.0.2.7"}) // of no network that exists
	form := contracts.SigningForm{SHA256: c.SHA256, Name: name, Role: role, Authority: true, Adult: true, Agreed: true, Consent: consent}
	if err := m.app.Contracts.Sign(ctx, signer, c.PublicID, form, contracts.Proof{Way: way, At: m.clock.Now(), Agent: "An invented browser"}); err != nil {
		return err
	}
	return m.jobs().CertifyContract(ctx, contracts.CertifyArgs{ContractID: c.ID})
}
