package contracts_test

import (
	"context"
	"fmt"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
)

// Until somebody has signed, what a side says anew about who it is goes into the contract.
func TestACorrectedIdentityMakesTheDocumentAnew(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		correct := func(a models.Actor, name string) {
			t.Helper()
			w.Clock.Advance(dealtest.Day)
			w.Must(w.Contracts.SaveIdentity(ctx, a, contracts.Identity{LegalName: name, PostalAddress: "1 Street\nTown", Email: "legal@mail.example", TaxCountry: "BE"}))
		}
		receivers := func(action string) int {
			var id int64
			w.Must(d.Read(ctx).Raw("SELECT max(id) FROM workflow_events WHERE subject_kind = 'contract' AND action = ?", action).Scan(&id).Error)
			answer, err := w.Deals.ContractReceivers(ctx, notifications.Event{Data: fmt.Appendf(nil, `{"event_id":%d}`, id)})
			w.Must(err)
			return len(answer.To)
		}
		deal := w.AgreeWithContract()
		if n := receivers("prepare"); n == 0 {
			t.Error("nobody is told that the contract waits for who they are")
		}
		w.SaveIdentities()
		if n := receivers("prepare"); n != 0 {
			t.Errorf("%d people are told that it waits for who they are, which they have said", n)
		}
		stale, due, err := w.Contracts.ReadDraft(ctx, w.Contract(deal).ID)
		if w.Must(err); !due {
			t.Fatal("no document is due")
		}
		if shared, err := w.Deals.SharedLanguage(ctx, w.Brand.BrandID, w.Creator.CreatorID); err != nil || shared != "" {
			t.Errorf("both read %q, %v", shared, err)
		}
		w.Must(d.Read(ctx).Exec("UPDATE people SET locale = 'nl' WHERE id = ?", w.Creator.PersonID).Error)
		if shared, err := w.Deals.SharedLanguage(ctx, w.Brand.BrandID, w.Creator.CreatorID); err != nil || shared != "nl" {
			t.Errorf("both read %q, %v", shared, err)
		}
		correct(w.Creator, "While it was made")
		w.Must(w.Contracts.StoreDocument(ctx, stale, []byte("%PDF of what was said before"), contracts.Text{}))
		if c := w.Contract(deal); c.State != contracts.Preparing {
			t.Fatalf("a document with the name of before is kept: %+v", c)
		}
		first := w.PrepareContract(deal)
		if receivers("ready") == 0 {
			t.Error("nobody is told that it is ready")
		}
		w.Must(w.Contracts.MarkOpened(ctx, w.Brand, first, true))
		jobs := w.Jobs("contracts.prepare")
		correct(w.Brand, "Corrected")
		c := w.Contract(deal)
		if c.State != contracts.Preparing || c.SHA256 != "" || c.ReadyAt != nil || !c.DeadlineAt.Equal(*first.DeadlineAt) || c.Waits() != models.SideSystem || w.Jobs("contracts.prepare") != jobs+1 {
			t.Errorf("corrected: %+v", c)
		}
		if n := receivers("correct"); n != 1 {
			t.Errorf("%d people are told of the correction", n)
		}
		dealtest.WantCode(t, w.Sign(w.Creator, first), models.CodeConflict)
		second := w.PrepareContract(deal)
		if second.State != contracts.Ready || second.SHA256 == first.SHA256 || receivers("ready") != 0 {
			t.Errorf("made anew: %+v", second)
		}
		dealtest.WantCode(t, w.Sign(w.Creator, first), models.CodeConflict)
		w.Must(w.Contracts.MarkOpened(ctx, w.Creator, second, false))
		w.Must(w.Sign(w.Brand, second))
		if s := w.Contract(deal).SignatureOf(models.SideBrand); s == nil || s.OpenedAt != nil {
			t.Errorf("the brand opened another document, and signed: %+v", s)
		}
		use, err := w.Contracts.OwnIdentityUse(ctx, w.Creator)
		if err != nil || len(use.Follows) != 0 || len(use.Stays) != 1 {
			t.Errorf("the contracts that name the creator: %+v %v", use, err)
		}
		correct(w.Creator, "Too late")
		if now := w.Contract(deal); now.SHA256 != second.SHA256 || now.State != contracts.SignedByOne {
			t.Errorf("what is signed has changed: %+v", now)
		}
		if n := w.Count("SELECT count(*) FROM documents WHERE state = 'removed'"); n != 1 {
			t.Errorf("%d documents are taken back", n)
		}
		if err := d.Read(ctx).Exec("UPDATE contracts SET document_id = NULL, sha256 = NULL, ready_at = NULL, state = 'preparing'").Error; err == nil {
			t.Error("a signed document can be taken back")
		}
	})
}
