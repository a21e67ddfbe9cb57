package dealtest

import (
	"context"
	"fmt"
	"time"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// AgreeWithContract agrees on a deal whose work waits for a contract: the creator is in
// France at that moment, and has not said otherwise for contracts.
func (w *World) AgreeWithContract(lines ...terms.DeliverableForm) string {
	w.T.Helper()
	form := Form(lines...)
	form.CommissionShare, form.RepetitionMonths = "5", w.Months
	w.Forms++
	sent, err := w.Negotiations.Propose(context.Background(), w.Brand, w.CreatorID, form, fmt.Sprint("form", w.Forms))
	w.Must(err)
	move := func(country string) {
		w.Must(w.DB.Read(context.Background()).Exec("UPDATE creators SET country = ? WHERE id = ?", country, w.Creator.CreatorID).Error)
	}
	move("FR")
	defer move("BE")
	deal, err := w.Negotiations.Accept(context.Background(), w.Creator, sent.Negotiation, 1)
	w.Must(err)
	return deal
}

// SaveIdentities says who both sides are in contracts.
func (w *World) SaveIdentities() {
	w.T.Helper()
	for _, a := range []models.Actor{w.Brand, w.Creator} {
		w.SaveIdentity(a)
	}
}

// SaveIdentity says who one side is in contracts.
func (w *World) SaveIdentity(a models.Actor) {
	w.T.Helper()
	w.Must(w.Contracts.SaveIdentity(context.Background(), a, contracts.Identity{LegalName: fmt.Sprint("Legal ", a.Side()), PostalAddress: "1 Street\nTown", Email: "legal@mail.example", TaxCountry: "BE"}))
}

// PrepareContract makes a document for the contract of a deal, as the job does.
func (w *World) PrepareContract(deal string) contracts.Contract {
	w.T.Helper()
	w.prepare(w.Contract(deal))
	return w.Contract(deal)
}

func (w *World) prepare(c contracts.Contract) {
	w.T.Helper()
	ctx := context.Background()
	d, due, err := w.Contracts.ReadDraft(ctx, c.ID)
	if w.Must(err); !due {
		w.T.Fatal("nothing is to be made")
	}
	w.Must(w.Contracts.StoreDocument(ctx, d, []byte("%PDF of "+d.Contract.PublicID+d.Brand.LegalName+d.Creator.LegalName), contracts.Text{Title: "Contract"}))
}

// AmendingForm is the form of an amendment of a deal's terms, before anything changes in it.
func (w *World) AmendingForm(deal string) negotiation.OfferForm {
	w.T.Helper()
	d := w.Deal(deal)
	a := terms.Amending{Terms: d.Terms}
	for i := range d.Terms.Deliverables {
		a.Due = append(a.Due, d.Deliverable(i+1).DueOn)
	}
	return negotiation.OfferForm{Form: terms.AmendingForm(a, nil)}
}

// ProposeAmendment proposes other terms of a deal for both to sign, and makes the document.
func (w *World) ProposeAmendment(a models.Actor, deal string, change func(*negotiation.OfferForm)) contracts.Contract {
	w.T.Helper()
	form := w.AmendingForm(deal)
	change(&form)
	w.Forms++
	_, err := w.Negotiations.ProposeAmendment(context.Background(), a, w.Contract(deal).PublicID, form, fmt.Sprint("form", w.Forms))
	w.Must(err)
	return w.PrepareAmendment(deal)
}

// PrepareAmendment makes a document for the open amendment of a deal's contract.
func (w *World) PrepareAmendment(deal string) contracts.Contract {
	w.T.Helper()
	w.prepare(w.Amendment(deal))
	return w.Amendment(deal)
}

// Amendment is the open amendment of a deal's contract.
func (w *World) Amendment(deal string) contracts.Contract {
	w.T.Helper()
	c := w.Deal(deal).Amendment
	if c == nil {
		w.T.Fatal("the deal's contract has no amendment")
	}
	return *c
}

// Contract is the contract of a deal.
func (w *World) Contract(deal string) contracts.Contract {
	w.T.Helper()
	c := w.Deal(deal).Contract
	if c == nil {
		w.T.Fatal("the deal has no contract")
	}
	return *c
}

// SigningForm is a form that nothing is wrong with.
func SigningForm(c contracts.Contract) contracts.SigningForm {
	return contracts.SigningForm{SHA256: c.SHA256, Name: "Noor Example", Role: "Owner", Authority: true, Adult: true, Agreed: true, Consent: "I agree."}
}

// Proof is one given a minute ago.
func (w *World) Proof() contracts.Proof {
	return contracts.Proof{Way: accounts.MethodPassword, At: w.Clock.Now().Add(-time.Minute), Agent: "Browser"}
}

// Sign signs the contract of a deal for the actor's side.
func (w *World) Sign(a models.Actor, c contracts.Contract) error {
	return w.Contracts.Sign(context.Background(), a, c.PublicID, SigningForm(c), w.Proof())
}

// SignBoth carries a deal with a contract to where its work begins.
func (w *World) SignBoth(deal string) contracts.Contract {
	w.T.Helper()
	w.SaveIdentities()
	c := w.PrepareContract(deal)
	w.Must(w.Sign(w.Brand, c))
	w.Must(w.Sign(w.Creator, c))
	return w.Contract(deal)
}
