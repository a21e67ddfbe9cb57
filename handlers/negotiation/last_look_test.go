package negotiation_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/db"
)

// A first offer is shown as the creator will read it. Changing it loses nothing, and sending
// it twice sends one.
func TestTheLastLookAtAFirstOffer(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	setStartingPrice(t, h, 40_000)
	form := h.AsBrand.Get("/c/" + h.CreatorID + "/negotiations/new")
	if button := form.Find("button.primary[form=offer]"); button.AttrOr("name", "") != "look" {
		t.Fatalf("the form's button is %s", button.Text())
	}
	typed := h.Offer(url.Values{"look": {"1"}, "fee": {"1,420.50"}, "in_kind": {"A pan"}, "in_kind_value": {"80"}, "rounds": {"2"}, "personal[0].title": {"Tone"}, "personal[0].text": {"Dry.\nAnd short."}})
	look := form.Submit("#offer", typed)
	if look.Status != http.StatusOK || !look.HasTexts("This is what Penne Trial will read. Nothing has been sent yet.", "Pan & lid", "Two dinners.", "€1,420.50", "A pan", "Collaboration commerciale", "And short.") {
		t.Fatalf("the last look is %d: %s", look.Status, look.Find("main").Text())
	}
	if look.HasTexts("Below the starting prices") {
		t.Error("1,420.50 is said to be below 800")
	}
	if n := countRows(t, h, "negotiations"); n != 0 {
		t.Fatalf("looking has sent %d", n)
	}

	changed := look.Submit("form:has([name=count])", nil)
	back := apptest.FormValues(changed.Find("#offer"))
	for name, want := range typed {
		if got := back[name]; name != "look" && strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s comes back as %q, not %q", name, got, want)
		}
	}
	below := changed.Submit("#offer", url.Values{"look": {"1"}, "fee": {"700"}})
	if !below.HasTexts("Below the starting prices", "The fee is €700.00.", "add up to €800.00") {
		t.Errorf("700 for two at 400: %s", below.Find("main").Text())
	}
	const send = "form:not(:has([name=count])):has([name=key])"
	first, second := below.Submit(send, nil), below.Submit(send, nil)
	if first.Status != http.StatusOK || !strings.HasPrefix(first.Path, "/negotiations/") || second.Path != first.Path || countRows(t, h, "offers") != 1 {
		t.Errorf("sending twice led to %s and %s, with %d offers", first.Path, second.Path, countRows(t, h, "offers"))
	}
	if wrong := form.Submit("#offer", h.Offer(url.Values{"look": {"1"}, "product": {""}})); wrong.Status != http.StatusUnprocessableEntity || wrong.Find("#offer").Length() != 1 {
		t.Errorf("an offer of nothing is %d", wrong.Status)
	}
}

// A counter-offer is shown beside the offer that it answers.
func TestTheLastLookAtACounterOffer(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	sent := h.SendProposal(t, nil)
	form := h.AsCreator.Get(sent.Path + "/offers/new")
	look := form.Submit("#offer", url.Values{"look": {"1"}, "fee": {"520.50"}, "note_fee": {"A second day."}, "message": {"Gladly."}})
	if look.Status != http.StatusOK || !look.HasTexts("This is what Fonte will read.", "€520.50 instead of", "A second day.", "Gladly.") {
		t.Fatalf("the last look is %d: %s", look.Status, look.Find("main").Text())
	}
	if n := countRows(t, h, "offers"); n != 1 {
		t.Fatalf("there are %d offers before one is sent", n)
	}
	if back := apptest.FormValues(look.Submit("form:has([name=count])", nil).Find("#offer")); back.Get("note_fee") != "A second day." || back.Get("to") != "1" {
		t.Errorf("changing it comes back with %v", back)
	}
	const send = "form:not(:has([name=count])):has([name=key])"
	first, second := look.Submit(send, nil), look.Submit(send, nil)
	if first.Path != sent.Path || second.Path != sent.Path || countRows(t, h, "offers") != 2 {
		t.Errorf("sending twice led to %s and %s, with %d offers", first.Path, second.Path, countRows(t, h, "offers"))
	}
	if late := look.Submit(send, url.Values{"key": {"another"}}); late.Status != http.StatusForbidden && late.Status != http.StatusConflict {
		t.Errorf("an answer to what is no longer the latest is %d", late.Status)
	}
}

func countRows(t *testing.T, h apptest.Partnership, table string) (n int) {
	t.Helper()
	apptest.Must(t, h.DB.Read(context.Background()).Raw("SELECT count(*) FROM "+table).Scan(&n).Error)
	return n
}

// setStartingPrice gives the creator a starting price in euros for a video.
func setStartingPrice(t *testing.T, h apptest.Partnership, minor int64) {
	t.Helper()
	apptest.Must(t, h.DB.Tx(context.Background(), func(tx *db.Tx) error {
		return tx.Exec("INSERT INTO creator_prices (creator_id, format, minor, currency) SELECT id, 'video', ?, 'EUR' FROM creators WHERE public_id = ?", minor, h.CreatorID).Error
	}))
}
