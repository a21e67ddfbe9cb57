package contracts_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/platform"
	"tribemarket/models/workflow"
)

type triple struct {
	from   contracts.State
	action contracts.Action
	side   models.Side
	cond   workflow.Condition
}

// The whole of what may happen to a contract, written a second time; every other triple is
// refused.
var lawful = map[triple]contracts.State{
	{contracts.Preparing, "ready", "system", ""}:                  contracts.Ready,
	{contracts.Preparing, "remind", "brand", "other_awaited"}:     contracts.Preparing,
	{contracts.Preparing, "remind", "creator", "other_awaited"}:   contracts.Preparing,
	{contracts.Ready, "name", "brand", "unsigned"}:                contracts.Ready,
	{contracts.SignedByOne, "name", "brand", "unsigned"}:          contracts.SignedByOne,
	{contracts.Ready, "remind", "brand", "other_awaited"}:         contracts.Ready,
	{contracts.Ready, "remind", "creator", "other_awaited"}:       contracts.Ready,
	{contracts.SignedByOne, "remind", "brand", "other_awaited"}:   contracts.SignedByOne,
	{contracts.SignedByOne, "remind", "creator", "other_awaited"}: contracts.SignedByOne,
	{contracts.Preparing, "decline", "brand", ""}:                 contracts.Declined,
	{contracts.Preparing, "decline", "creator", ""}:               contracts.Declined,
	{contracts.Preparing, "void", "system", "late"}:               contracts.Void,
	{contracts.Preparing, "cancel", "system", ""}:                 contracts.Void,

	{contracts.Ready, "correct", "brand", ""}:           contracts.Preparing,
	{contracts.Ready, "correct", "creator", ""}:         contracts.Preparing,
	{contracts.Ready, "sign", "brand", "unsigned"}:      contracts.SignedByOne,
	{contracts.Ready, "sign", "creator", "unsigned"}:    contracts.SignedByOne,
	{contracts.Ready, "decline", "brand", "unsigned"}:   contracts.Declined,
	{contracts.Ready, "decline", "creator", "unsigned"}: contracts.Declined,
	{contracts.Ready, "void", "system", "late"}:         contracts.Void,
	{contracts.Ready, "cancel", "system", ""}:           contracts.Void,

	{contracts.SignedByOne, "sign", "brand", "unsigned"}:      contracts.Signed,
	{contracts.SignedByOne, "sign", "creator", "unsigned"}:    contracts.Signed,
	{contracts.SignedByOne, "decline", "brand", "unsigned"}:   contracts.Declined,
	{contracts.SignedByOne, "decline", "creator", "unsigned"}: contracts.Declined,
	{contracts.SignedByOne, "void", "system", "late"}:         contracts.Void,
	{contracts.SignedByOne, "cancel", "system", ""}:           contracts.Void,

	{contracts.Signed, "amend", "system", ""}: contracts.Amended,

	{contracts.Preparing, "withdraw", "brand", "proposed"}:     contracts.Void,
	{contracts.Preparing, "withdraw", "creator", "proposed"}:   contracts.Void,
	{contracts.Ready, "withdraw", "brand", "proposed"}:         contracts.Void,
	{contracts.Ready, "withdraw", "creator", "proposed"}:       contracts.Void,
	{contracts.SignedByOne, "withdraw", "brand", "proposed"}:   contracts.Void,
	{contracts.SignedByOne, "withdraw", "creator", "proposed"}: contracts.Void,
}

func TestEveryTripleOfAContract(t *testing.T) {
	t.Parallel()
	for _, s := range contracts.Table.States() {
		for _, a := range []contracts.Action{"prepare", "ready", "sign", "remind", "correct", "name", "decline", "void", "cancel", "amend", "propose", "withdraw"} {
			for _, side := range []models.Side{models.SideBrand, models.SideCreator, models.SideSystem} {
				for _, cond := range []workflow.Condition{workflow.Always, workflow.Late, contracts.Unsigned, contracts.OtherAwaited, contracts.Proposed} {
					want, ok := lawful[triple{s, a, side, workflow.Always}]
					if !ok {
						want, ok = lawful[triple{s, a, side, cond}]
					}
					if got, found := contracts.Table.Next(s, a, side, cond); found != ok || got.To != want {
						t.Errorf("%s, %s by %s when %q: %s %v, wanted %s %v", s, a, side, cond, got.To, found, want, ok)
					}
				}
			}
		}
	}
	rows := 0
	for _, row := range contracts.Table.Transitions {
		rows += len(row.By)
	}
	if rows != len(lawful) {
		t.Errorf("the table has %d triples, the test %d", rows, len(lawful))
	}
}

func TestWorkBeginsOnceBothSidesHaveSigned(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		deal := w.AgreeWithContract()
		if c := w.Contract(deal); c.State != contracts.Preparing || !c.Required || c.Waits() != workflow.BothSides || w.State(deal, 1) != deals.Waiting {
			t.Fatalf("begun: %+v, %s", c, w.State(deal, 1))
		}
		refused := w.SubmitDraft(w.Creator, deals.Ref{Deal: deal, Number: 1}, "", "early")
		dealtest.WantCode(t, refused, models.CodeConflict)
		w.SaveIdentity(w.Brand)
		if c := w.Contract(deal); c.Waits() != models.SideCreator || w.Jobs("contracts.prepare") != 0 {
			t.Errorf("one identity: waits for %s, %d jobs", c.Waits(), w.Jobs("contracts.prepare"))
		}
		w.SaveIdentity(w.Creator)
		if c := w.Contract(deal); c.Waits() != models.SideSystem || w.Jobs("contracts.prepare") != 1 {
			t.Errorf("both identities: waits for %s, %d jobs", c.Waits(), w.Jobs("contracts.prepare"))
		}
		draft, due, err := w.Contracts.ReadDraft(context.Background(), w.Contract(deal).ID)
		if err != nil || !due || draft.Brand.LegalName != "Legal brand" || draft.Creator.LegalName != "Legal creator" {
			t.Fatalf("the draft: %+v %v %v", draft, due, err)
		}
		c := w.PrepareContract(deal)
		if c.State != contracts.Ready || len(c.SHA256) != 64 || !c.DeadlineAt.Equal(dealtest.EndOfDay(dealtest.CreatorZone, w.Clock.Now(), 14)) {
			t.Fatalf("ready: %+v", c)
		}
		w.Clock.Advance(2 * dealtest.Day)
		w.Must(w.Contracts.MarkOpened(context.Background(), w.Brand, c, false))
		w.Must(w.Sign(w.Brand, c))
		if now := w.Contract(deal); now.State != contracts.SignedByOne || !now.DeadlineAt.Equal(*c.DeadlineAt) || now.Waits() != models.SideCreator || w.State(deal, 1) != deals.Waiting {
			t.Errorf("signed by one: %+v", now)
		}
		before := w.Events()
		w.Must(w.Sign(w.Brand, c)) // again
		if w.Events() != before {
			t.Error("the same signature again left a trace")
		}
		w.Clock.Advance(5 * dealtest.Day)
		w.Must(w.Sign(w.Creator, c))
		signed := w.Contract(deal)
		if signed.State != contracts.Signed || !signed.SignedAt.Equal(w.Clock.Now()) || signed.DeadlineAt != nil || w.Jobs("contracts.certify") != 1 {
			t.Errorf("signed: %+v", signed)
		}
		// Two days were everybody's, the five after the brand's signature the creator's own.
		if x := w.Deal(deal).Deliverable(1); x.State != deals.Drafting || x.DueOn.String() != "2026-12-06" || !x.DueNow().Equal(x.DueOn.EndIn(models.Zone(dealtest.CreatorZone))) {
			t.Errorf("the work: %s, due %s", x.State, x.DueOn)
		}
		for _, side := range []models.Side{models.SideBrand, models.SideCreator} {
			s := signed.SignatureOf(side)
			if s == nil || s.SHA256 != c.SHA256 || s.Name != "Noor Example" || s.Consent != "I agree." || s.Proof != string(accounts.MethodPassword) || s.Agent != "Browser" || s.Email == "" {
				t.Fatalf("the signature of the %s: %+v", side, s)
			}
			if (s.OpenedAt != nil) != (side == models.SideBrand) {
				t.Errorf("opened by the %s: %v", side, s.OpenedAt)
			}
			if n := w.Count("SELECT count(*) FROM audit_events WHERE id = ? AND action = 'contracts.signed' AND person_id = ?", s.AuditNumber, s.PersonID); n != 1 {
				t.Errorf("line %d of the audit log is not that of the %s", s.AuditNumber, side)
			}
		}
		w.Must(w.Sign(w.Brand, c)) // long after
		dealtest.WantCode(t, w.Contracts.Decline(context.Background(), w.Brand, c.PublicID, "late"), models.CodeConflict)
	})
}

func TestWhoMaySign(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.AgreeWithContract()
		w.SaveIdentities()
		c := w.PrepareContract(deal)
		sign := func(a models.Actor, change func(*contracts.SigningForm, *contracts.Proof)) error {
			f, p := dealtest.SigningForm(c), w.Proof()
			change(&f, &p)
			return w.Contracts.Sign(ctx, a, c.PublicID, f, p)
		}
		viewer := w.Brand
		viewer.Role = models.RoleViewer
		for name, x := range map[string]struct {
			actor  models.Actor
			change func(*contracts.SigningForm, *contracts.Proof)
			code   models.Code
		}{
			"a stranger":          {w.OtherBrand, func(*contracts.SigningForm, *contracts.Proof) {}, models.CodeNotFound},
			"another creator":     {w.OtherStar, func(*contracts.SigningForm, *contracts.Proof) {}, models.CodeNotFound},
			"a visitor":           {models.Actor{}, func(*contracts.SigningForm, *contracts.Proof) {}, models.CodeSignIn},
			"a viewer":            {viewer, func(*contracts.SigningForm, *contracts.Proof) {}, models.CodeForbidden},
			"an old proof":        {w.Brand, func(_ *contracts.SigningForm, p *contracts.Proof) { p.At = p.At.Add(-time.Hour) }, models.CodeForbidden},
			"a platform's word":   {w.Creator, func(_ *contracts.SigningForm, p *contracts.Proof) { p.Way = platform.TikTok }, models.CodeForbidden},
			"a provider's word":   {w.Brand, func(_ *contracts.SigningForm, p *contracts.Proof) { p.Way = accounts.WayOIDC }, models.CodeForbidden},
			"no proof":            {w.Brand, func(_ *contracts.SigningForm, p *contracts.Proof) { p.At = time.Time{} }, models.CodeForbidden},
			"another document":    {w.Brand, func(f *contracts.SigningForm, _ *contracts.Proof) { f.SHA256 = f.SHA256[1:] + "0" }, models.CodeConflict},
			"no document":         {w.Brand, func(f *contracts.SigningForm, _ *contracts.Proof) { f.SHA256 = "" }, models.CodeConflict},
			"no name":             {w.Brand, func(f *contracts.SigningForm, _ *contracts.Proof) { f.Name = " " }, models.CodeInvalid},
			"a lone emoji":        {w.Creator, func(f *contracts.SigningForm, _ *contracts.Proof) { f.Name = "😀" }, models.CodeInvalid},
			"no role for a brand": {w.Brand, func(f *contracts.SigningForm, _ *contracts.Proof) { f.Role = "" }, models.CodeInvalid},
			"no authority":        {w.Brand, func(f *contracts.SigningForm, _ *contracts.Proof) { f.Authority = false }, models.CodeInvalid},
			"under age":           {w.Creator, func(f *contracts.SigningForm, _ *contracts.Proof) { f.Adult = false }, models.CodeInvalid},
			"no consent":          {w.Creator, func(f *contracts.SigningForm, _ *contracts.Proof) { f.Agreed = false }, models.CodeInvalid},
		} {
			if err := sign(x.actor, x.change); models.CodeOf(err) != x.code || err == nil {
				t.Errorf("%s: %v, wanted %s", name, err, x.code)
			}
		}
		if w.Count("SELECT count(*) FROM contract_signatures") != 0 || w.Contract(deal).State != contracts.Ready {
			t.Error("a refused signature left a trace")
		}
		w.Must(w.DB.Read(ctx).Exec("UPDATE people SET email_confirmed_at = NULL WHERE id = ?", w.Creator.PersonID).Error)
		dealtest.WantCode(t, w.Sign(w.Creator, c), models.CodeForbidden)
		if got, _, err := w.Contracts.Get(ctx, w.OtherBrand, c.PublicID); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("a stranger reads %+v %v", got, err)
		}
		for _, certificate := range []bool{false, true} {
			_, err := w.Contracts.OpenPDF(ctx, w.OtherBrand, c.PublicID, certificate)
			dealtest.WantCode(t, err, models.CodeNotFound)
		}
	})
}

func TestFiftySignaturesAtOnceAreOne(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		deal := w.AgreeWithContract()
		w.SaveIdentities()
		c := w.PrepareContract(deal)
		before := w.Events()
		var clicks sync.WaitGroup
		for i := range 50 {
			clicks.Go(func() {
				if err := w.Sign([]models.Actor{w.Brand, w.Creator}[i%2], c); err != nil {
					t.Error(err)
				}
			})
		}
		clicks.Wait()
		if n := w.Count("SELECT count(*) FROM contract_signatures"); n != 2 || w.Contract(deal).State != contracts.Signed || w.State(deal, 1) != deals.Drafting || w.Jobs("contracts.certify") != 1 {
			t.Errorf("%d signatures, %s", n, w.Contract(deal).State)
		}
		if n := w.Events() - before; n != 3 { // two signatures, and the work that begins
			t.Errorf("%d lines in the history", n)
		}
	})
}

func TestAnUnsignedContractEndsTheDealThatNeedsIt(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		unnamed, unsigned, declined, asked := w.AgreeWithContract(), w.AgreeWithContract(), w.AgreeWithContract(), w.Agree()
		w.Must(w.Deals.AskForContract(ctx, w.Creator, asked))
		w.Must(w.Deals.AskForContract(ctx, w.Brand, asked)) // asking again
		w.SaveIdentities()
		for _, deal := range []string{unsigned, declined, asked} {
			w.PrepareContract(deal)
		}
		w.Must(w.Sign(w.Creator, w.Contract(unsigned)))
		dealtest.WantField(t, w.Contracts.Decline(ctx, w.Brand, w.Contract(declined).PublicID, " "), "reason", "accounts.error.required")
		for range 2 {
			w.Must(w.Contracts.Decline(ctx, w.Brand, w.Contract(declined).PublicID, "The fee is wrong."))
		}
		if x := w.Deal(declined); x.EndedAt == nil || x.EndedBy != models.SideSystem || x.EndedLate || x.EndReason != "The fee is wrong." || x.Contract.State != contracts.Declined || w.State(declined, 1) != deals.Ended {
			t.Errorf("declined: %+v", x)
		}
		w.ForwardTo(dealtest.EndOfDay(dealtest.CreatorZone, w.Clock.Now(), 14))
		w.Sweep()
		for _, deal := range []string{unnamed, unsigned} {
			if x := w.Deal(deal); x.EndedAt == nil || x.EndedBy != models.SideSystem || x.Contract.State != contracts.Void {
				t.Errorf("not signed in time: %+v", x)
			}
		}
		if x := w.Deal(asked); x.EndedAt != nil || x.Contract.State != contracts.Void || x.Contract.Required || w.State(asked, 1) != deals.Drafting {
			t.Errorf("a contract that was only asked for: %+v", x)
		}
		dealtest.WantCode(t, w.Sign(w.Brand, w.Contract(unsigned)), models.CodeConflict)
		if !deals.CanAskForContract(w.Brand, w.Deal(asked)) || deals.CanAskForContract(w.Brand, w.Deal(declined)) {
			t.Error("who may ask for a contract again is wrong")
		}
		w.Must(w.Deals.AskForContract(ctx, w.Brand, asked))
		if c := w.Contract(asked); c.Number != 2 || c.State != contracts.Preparing {
			t.Errorf("asked for again: %+v", c)
		}
		dealtest.WantCode(t, w.Deals.AskForContract(ctx, w.OtherBrand, asked), models.CodeNotFound)
	})
}

func TestEndingADealVoidsItsContract(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		deal := w.AgreeWithContract()
		w.SaveIdentities()
		c := w.PrepareContract(deal)
		w.Must(w.Deals.End(context.Background(), w.Brand, deal, dealtest.Sentence))
		if x := w.Deal(deal); x.Contract.State != contracts.Void || x.EndedBy != models.SideBrand || w.State(deal, 1) != deals.Ended {
			t.Errorf("%+v", x)
		}
		dealtest.WantCode(t, w.Sign(w.Creator, c), models.CodeConflict)
	})
}

func TestSignersAreRemindedOnDays3And7And12(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		deal := w.AgreeWithContract()
		w.SaveIdentities()
		w.Must(w.Sign(w.Creator, w.PrepareContract(deal)))
		var reminded []int
		for day := 1; day <= 13; day++ {
			w.ForwardTo(dealtest.EndOfDay(dealtest.CreatorZone, testkit.ClockStart, day))
			before := w.Jobs("workflow.remind")
			w.Sweep()
			if w.Jobs("workflow.remind") > before {
				reminded = append(reminded, day)
			}
		}
		if !slices.Equal(reminded, []int{3, 7, 12}) {
			t.Errorf("reminded on days %v", reminded)
		}
	})
}

func TestAnInterruptedJobLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.AgreeWithContract()
		w.SaveIdentities()
		_, err := w.Files.PutDocument(ctx, []byte("killed between the bytes and the contract"))
		w.Must(err)
		c := w.PrepareContract(deal)
		w.Must(w.Contracts.StoreDocument(ctx, contracts.Draft{Contract: c}, []byte("made a second time"), contracts.Text{}))
		if again := w.Contract(deal); again.SHA256 != c.SHA256 || again.Version != c.Version {
			t.Errorf("made again, the document is %s, it was %s", again.SHA256, c.SHA256)
		}
		w.Clock.Advance(2 * time.Hour)
		gone, _, err := w.Files.Sweep(ctx)
		if err != nil || gone != 2 || w.Count("SELECT count(*) FROM documents") != 1 {
			t.Errorf("%d swept, %v", gone, err)
		}
		pdf, err := w.Contracts.OpenPDF(ctx, w.Creator, c.PublicID, false)
		w.Must(err)
		w.Must(pdf.Close())
		if _, due, err := w.Contracts.ReadDraft(ctx, c.ID); due || err != nil {
			t.Errorf("a document that is there is due: %v %v", due, err)
		}
	})
}

func TestACertificateIsMadeOnce(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal, other := w.AgreeWithContract(), w.AgreeWithContract()
		unsigned := w.Contract(deal)
		if _, _, due, err := w.Contracts.ReadSigned(ctx, unsigned.ID); due || err != nil {
			t.Errorf("unsigned: %v %v", due, err)
		}
		c := w.SignBoth(deal)
		for range 2 {
			w.Must(w.Contracts.StoreCertificate(ctx, c.ID, []byte("certificate of "+c.SHA256)))
		}
		c = w.Contract(deal)
		if _, _, due, err := w.Contracts.ReadSigned(ctx, c.ID); due || err != nil || len(c.CertificateSHA256) != 64 {
			t.Errorf("certified: %v %v", due, err)
		}
		for _, hash := range []string{c.SHA256, c.CertificateSHA256} {
			if at, err := w.Contracts.CheckDocument(ctx, hash); err != nil || !at.SignedAt.Equal(*c.SignedAt) || at.Amended {
				t.Errorf("%s: %v %v", hash, at, err)
			}
		}
		ready := w.PrepareContract(other)
		for _, hash := range []string{ready.SHA256, "", c.SHA256[:63]} {
			if at, err := w.Contracts.CheckDocument(ctx, hash); err != nil || !at.SignedAt.IsZero() {
				t.Errorf("%q is known: %v %v", hash, at, err)
			}
		}
	})
}

func TestTheDatabaseGuardsSignatures(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		c := w.SignBoth(w.AgreeWithContract())
		copied := "INSERT INTO contract_signatures (contract_id, sha256, side, person_id, name, role, consent, consent_version, proof, proved_at, email, signed_at, address, agent, audit_number) SELECT contract_id, "
		rest := ", name, role, consent, consent_version, proof, proved_at, email, signed_at, address, agent, audit_number FROM contract_signatures WHERE side = 'brand'"
		for _, statement := range []string{
			copied + "sha256, side, " + "(SELECT min(id) FROM people)" + rest,
			copied + "sha256, 'other', person_id" + rest,
			copied + "'" + c.CertificateSHA256 + "', 'other', 1" + rest,
			copied + "NULL, 'other', 1" + rest,
			"UPDATE contract_signatures SET name = 'Another'",
			"UPDATE contract_signatures SET signed_at = '2020-01-01 00:00:00'",
			"UPDATE contracts SET sha256 = '0000000000000000000000000000000000000000000000000000000000000000'",
			"UPDATE contracts SET terms = '{}'",
			"UPDATE contracts SET signed_at = '2020-01-01 00:00:00'",
			"UPDATE documents SET sha256 = '0000000000000000000000000000000000000000000000000000000000000000'",
			"UPDATE deliverables SET due_on = '2020-01-01'",
			"UPDATE deliverables SET due_on = '2030-01-01'",
		} {
			if err := w.DB.Read(ctx).Exec(statement).Error; err == nil {
				t.Errorf("possible: %s", statement)
			}
		}
	})
}
