package jobs_test

import (
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
)

// Mails tell of offers and pitches to the two sides alone, and of what waits for approval
// only to the brand itself.
func TestMailsOfOffersStayBetweenTheirSides(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	fonte, other := a.SignUpBrand(t, "fonte"), a.SignUpBrand(t, "other")
	manager := a.AddMember(t, fonte, models.RoleManager)
	creator, page := a.JoinCreator(t, "penne.sandbox")
	stranger, _ := a.JoinCreator(t, "chapter.sandbox")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(a.Accounts.ConfirmEmailWithoutLink(ctx, creator.PersonID, "penne@creators.example"))
	must(a.Accounts.ConfirmEmailWithoutLink(ctx, stranger.PersonID, "chapter@creators.example"))
	must(a.DB.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("UPDATE brands SET approver_id = ?, approval_minor = 10000, approval_currency = 'EUR' WHERE id = ?", fonte.PersonID, fonte.BrandID).Error
	}))

	// wantTold wants the mails that say a word to be for these addresses and no other.
	wantTold := func(kept []mailTo, word string, addresses ...string) {
		t.Helper()
		told := map[string]bool{}
		for _, m := range kept {
			if strings.Contains(m.text, word) {
				told[m.to] = true
			}
		}
		for _, address := range addresses {
			if !told[address] {
				t.Errorf("%s is not told of %s", address, word)
			}
			delete(told, address)
		}
		for address := range told {
			t.Errorf("%s is told of %s", address, word)
		}
	}

	held := form()
	held.Product, held.Message = "canary-held", "canary-message"
	asked, err := a.Negotiations.Propose(ctx, manager, page, held, "held")
	if err != nil || asked.Held == "" {
		t.Fatalf("the offer is not held: %+v, %v", asked, err)
	}
	kept := workOffAll(t, a)
	wantTold(kept, "canary-held", apptest.BrandEmail("fonte"))
	wantTold(kept, "canary-message")
	told := func(who models.Actor) int64 {
		return jobsOf(t, a, "SELECT count(*) FROM notifications WHERE title LIKE '%canary-held%' AND person_id = ?", who.PersonID)
	}
	if told(fonte) == 0 || told(creator) != 0 {
		t.Errorf("of what is held, %d notifications are the approver's, %d the creator's", told(fonte), told(creator))
	}

	waits, err := a.Negotiations.GetHeldProposal(ctx, fonte, asked.Held)
	must(err)
	sent, err := a.Negotiations.SendHeldProposal(ctx, fonte, asked.Held, waits.Version)
	must(err)
	pitched := form()
	pitched.Product, pitched.Message = "canary-pitch", "canary-words"
	brand, err := a.Accounts.OwnBrand(ctx, other)
	must(err)
	_, err = a.Negotiations.Pitch(ctx, creator, brand.PublicID, pitched, negotiation.PitchForm{About: "canary-about", Audience: "canary-audience"}, "pitch")
	must(err)
	kept = workOffAll(t, a)
	wantTold(kept, "canary-held", apptest.BrandEmail("fonte"), apptest.MemberEmail(manager.PersonID), "penne@creators.example")
	wantTold(kept, "canary-pitch", apptest.BrandEmail("other"))

	_, err = a.Negotiations.Accept(ctx, creator, sent.Negotiation, 1)
	must(err)
	wantTold(workOffAll(t, a), "canary-held", apptest.BrandEmail("fonte"), apptest.MemberEmail(manager.PersonID), "penne@creators.example")
}

// mailTo is what a mail says to whom.
type mailTo struct{ to, text string }

// workOffAll works off all that is due, and gives all mails until then.
func workOffAll(t *testing.T, a *apptest.App) []mailTo {
	t.Helper()
	var all []mailTo
	for _, m := range workOffDue(t, a) {
		all = append(all, mailTo{m.To, m.Subject + " " + m.Text + " " + m.HTML})
	}
	return all
}
