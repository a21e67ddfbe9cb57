package jobs_test

import (
	"io"
	"testing"
	"time"

	"tribemarket/internal/jobs"
	"tribemarket/internal/mail"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
)

// A contract's jobs make its document and then its certificate, in names of any script.
func TestContractsArePrintedAndCertified(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	w := newTold(t, a)
	j := &jobs.Jobs{Stores: a.Stores, DB: a.DB, APIs: a.PlatformProviders().APIs(), Domains: &answering{}, Mail: mail.FolderSender{Dir: t.TempDir()}, BaseURL: a.URL, Clock: a.Clock.Now, Log: a.Log}
	worker, err := j.NewWorker()
	w.must(err)
	w.must(worker.Start(ctx))
	defer func() { w.must(worker.Stop(ctx)) }()
	eventually := func(what string, is func() bool) {
		t.Helper()
		for range 150 {
			if is() {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Fatal("never " + what)
	}
	var deal string
	w.must(a.DB.Read(ctx).Raw("SELECT public_id FROM deals").Scan(&deal).Error)
	w.must(a.Deals.AskForContract(ctx, w.owner, deal))
	for who, name := range map[models.Actor]string{w.owner: "Fonte SARL Ταρτάρ Їжак", w.creator: "محمد שלום विक्रम 山田 김민수"} {
		w.must(a.Contracts.SaveIdentity(ctx, who, contracts.Identity{LegalName: name, PostalAddress: "1 Street", Email: "a@mail.example", TaxCountry: "FR"}))
	}
	contract := func() contracts.Contract {
		d, err := a.Deals.GetDeal(ctx, w.owner, deal)
		w.must(err)
		return *d.Contract
	}
	eventually("ready", func() bool { return contract().State == contracts.Ready })
	c := contract()
	for _, who := range []models.Actor{w.owner, w.creator} {
		w.must(a.Contracts.Sign(ctx, who, c.PublicID, contracts.SigningForm{SHA256: c.SHA256, Name: "A", Role: "B", Authority: true, Adult: true, Agreed: true, Consent: "C"},
			contracts.Proof{Way: accounts.MethodPassword, At: a.Clock.Now()}))
	}
	eventually("certified", func() bool { return contract().CertificateSHA256 != "" })
	for _, certificate := range []bool{false, true} {
		pdf, err := a.Contracts.OpenPDF(ctx, w.creator, c.PublicID, certificate)
		w.must(err)
		head := make([]byte, 5)
		if _, err := io.ReadFull(pdf, head); err != nil || string(head) != "%PDF-" {
			t.Errorf("what is kept begins with %q, %v", head, err)
		}
		w.must(pdf.Close())
	}
}
