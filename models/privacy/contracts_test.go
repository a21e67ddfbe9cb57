package privacy_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
)

// A signed contract is evidence of both sides: erasure leaves it, and it goes five years
// after its deal, but for its hash.
func TestContractsStayForBothSidesUntilTheirTimeIsOver(t *testing.T) {
	t.Parallel()
	ctx, a := context.Background(), apptest.New(t)
	creator, id := a.JoinCreator(t, "penne.sandbox")
	brand := a.SignUpBrand(t, "fonte")
	apptest.Must(t, a.Accounts.ConfirmEmailWithoutLink(ctx, creator.PersonID, "canary@mail.example"))
	signed := func(deal string) contracts.Contract {
		apptest.Must(t, a.Deals.AskForContract(ctx, brand, deal))
		d, err := a.Deals.GetDeal(ctx, brand, deal)
		apptest.Must(t, err)
		apptest.Must(t, a.Contracts.StoreDocument(ctx, contracts.Draft{Contract: *d.Contract}, []byte("%PDF of "+deal), contracts.Text{Title: "canary text"}))
		d, err = a.Deals.GetDeal(ctx, brand, deal)
		apptest.Must(t, err)
		form := contracts.SigningForm{SHA256: d.Contract.SHA256, Name: "canary signer", Role: "canary role", Authority: true, Adult: true, Agreed: true, Consent: "I agree."}
		for _, who := range []models.Actor{brand, creator} {
			apptest.Must(t, a.Contracts.MarkOpened(ctx, who, *d.Contract, false))
			apptest.Must(t, a.Contracts.Sign(ctx, who, d.Contract.PublicID, form, contracts.Proof{Way: accounts.MethodPassword, At: a.Clock.Now(), Agent: "canary browser"}))
		}
		apptest.Must(t, a.Contracts.StoreCertificate(ctx, d.Contract.ID, []byte("%PDF of the signatures of "+deal)))
		d, err = a.Deals.GetDeal(ctx, brand, deal)
		apptest.Must(t, err)
		return *d.Contract
	}
	const later = 5 * 24 * time.Hour
	over, longer := a.Agree(t, brand, creator, id), a.Agree(t, brand, creator, id)
	first, second := signed(over), signed(longer)
	apptest.Must(t, a.Deals.End(ctx, brand, over, "over"))
	a.Clock.Advance(later)
	apptest.Must(t, a.Deals.End(ctx, brand, longer, "over too"))

	x, err := a.Privacy.ExportPersonalData(ctx, creator)
	apptest.Must(t, err)
	for _, words := range []string{"canary signer", "canary role", "canary browser", first.SHA256} {
		if !strings.Contains(fmt.Sprint(x), words) {
			t.Errorf("the export lacks %q", words)
		}
	}
	apptest.Must(t, a.Privacy.EraseActor(ctx, creator, ""))
	readable := func(c contracts.Contract) bool {
		for _, certificate := range []bool{false, true} {
			pdf, err := a.Contracts.OpenPDF(ctx, brand, c.PublicID, certificate)
			if models.CodeOf(err) == models.CodeNotFound {
				return false
			}
			apptest.Must(t, err)
			apptest.Must(t, pdf.Close())
		}
		_, text, err := a.Contracts.Get(ctx, brand, c.PublicID)
		apptest.Must(t, err)
		return text.Title == "canary text"
	}
	names := func() int {
		return apptest.Count(t, a, "SELECT count(*) FROM contract_signatures WHERE name <> '' AND role <> '' AND email <> '' AND agent <> ''")
	}
	if !readable(first) || !readable(second) || names() != 4 {
		t.Errorf("erased, the brand has lost its evidence: %d signatures", names())
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM contract_openings WHERE person_id = ?", creator.PersonID); n != 0 {
		t.Errorf("%d openings of the erased person are left", n)
	}
	a.Clock.Advance((5*365+2)*24*time.Hour - later)
	_, err = a.Privacy.DeleteExpiredData(ctx)
	apptest.Must(t, err)
	if !readable(first) || names() != 4 {
		t.Error("it is gone before five years have passed")
	}
	a.Clock.Advance(time.Second)
	went, err := a.Privacy.DeleteExpiredData(ctx)
	apptest.Must(t, err)
	if went["contracts"] != 2 || went["contract_texts"] != 1 || went["signatures"] != 2 {
		t.Errorf("of one contract went %v", went)
	}
	if readable(first) || names() != 2 {
		t.Error("it is still there when its time is over")
	}
	if !readable(second) {
		t.Error("the contract of a deal that ended later is gone")
	}
	if since, err := a.Contracts.CheckDocument(ctx, first.SHA256); err != nil || since.SignedAt.IsZero() {
		t.Errorf("the check page has forgotten its hash: %v %v", since, err)
	}
	if _, _, err := a.Files.Sweep(ctx); err != nil || apptest.Count(t, a, "SELECT count(*) FROM documents WHERE state = 'deleted'") != 2 {
		t.Errorf("its bytes are not swept: %v", err)
	}
}
