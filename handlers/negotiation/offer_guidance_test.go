package negotiation_test

import (
	"context"
	"net/url"
	"slices"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/db"
)

// The form offers the creator's platforms and what those can carry, and says on which days
// nothing can be due.
func TestTheOfferFormOffersWhatCanBe(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	today := models.DateOf(h.Clock.Now())
	apptest.Must(t, h.DB.Tx(context.Background(), func(tx *db.Tx) error {
		return tx.Exec("INSERT INTO creator_absences (creator_id, from_on, to_on) SELECT id, ?, ? FROM creators WHERE public_id = ?", today.AddDays(-2).String(), today.AddDays(5).String(), h.CreatorID).Error
	}))
	page := h.AsBrand.Get("/c/" + h.CreatorID + "/negotiations/new")
	if got := optionsOf(page, "deliverables[0].platform"); !slices.Equal(got, []string{"", "tiktok"}) {
		t.Errorf("the platforms are %q", got)
	}
	if got := page.Find("[name='deliverables[0].due_on']").AttrOr("min", ""); got != today.AddDays(6).String() {
		t.Errorf("the first day is %s", got)
	}
	if !page.HasTexts("Not while the creator is away") {
		t.Errorf("the form says: %s", page.Find("#pieces").Text())
	}
	away := h.Offer(url.Values{"look": {"1"}, "deliverables[0].due_on": {today.AddDays(3).String()}})
	if p := page.Submit("#offer", away); p.Status != 422 || p.Find("#f-deliverables-0-due_on-error, [id^='f-deliverables'][id$='-error']").Length() == 0 {
		t.Errorf("a day on which the creator is away is %d", p.Status)
	}
}

// What is given in kind stands beside what is owed, and is in no sum.
func TestGiftsInKindAreInNoSum(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	p := h.SendProposal(t, url.Values{"in_kind": {"A pan"}, "in_kind_value": {"80"}})
	if !p.HasTexts("€420.50 and goods in kind for 2 deliverables", "As well, in kind", "€80.00") || p.HasTexts("€500.50") {
		t.Errorf("the page says: %s", p.Find("main").Text())
	}
	if list := h.AsBrand.Get("/negotiations"); list.HasTexts("€500.50") || !list.HasTexts("€420.50 and goods in kind") {
		t.Errorf("the list says: %s", list.Find("main").Text())
	}
}

func optionsOf(p *apptest.Page, name string) []string {
	return p.Find("select[name='" + name + "'] option").Map(func(_ int, o *goquery.Selection) string { return o.AttrOr("value", "?") })
}
