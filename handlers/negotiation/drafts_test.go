package negotiation_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
)

// What is typed is kept without being asked for, comes back when the form is opened again, is
// only its writer's, and is gone once it is sent.
func TestADraftKeepsItself(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	path := "/c/" + h.CreatorID + "/negotiations/new"
	form := h.AsBrand.Get(path)
	typed := h.Offer(url.Values{"count": {"aside"}, "product": {"Half a sen"}, "fee": {"4,2"}, "deliverables[0].due_on": {""}})
	if p := form.Submit("#offer", typed); p.Find("#draft[role=status]:contains('Draft kept')").Length() != 1 {
		t.Fatalf("typing says: %s", p.Find("#beside").Text())
	}
	again := h.AsBrand.Get(path)
	got := apptest.FormValues(again.Find("#offer"))
	if got.Get("product") != "Half a sen" || got.Get("fee") != "4,2" || got.Get("message") != "Two dinners.\nYour own words." || got.Get("key") != apptest.FormValues(form.Find("#offer")).Get("key") || !again.HasTexts("Filled in with your draft of") {
		t.Errorf("opened again, the form has %v", got)
	}
	member, _ := h.SignedInMember(t, h.Brand, models.RoleManager)
	if p := member.Get(path); p.HasTexts("Half a sen") || p.Find("[value='Half a sen']").Length() != 0 {
		t.Error("another member reads it")
	}
	if p := again.Submit("#offer", url.Values{"count": {"draft"}, "product": {"Half a sentence"}}); !p.HasTexts("Draft kept") {
		t.Error("the button does not say that it is kept")
	}
	if n := countRows(t, h, "offer_drafts"); n != 1 {
		t.Errorf("there are %d drafts of one offer", n)
	}
	fresh := h.AsBrand.Get(path).Submit("form:has([value=discard])", nil)
	if fresh.Path != path || fresh.HasTexts("Filled in with your draft") || countRows(t, h, "offer_drafts") != 0 {
		t.Errorf("starting anew led to %s", fresh.Path)
	}

	last := fresh.Submit("#offer", h.Offer(url.Values{"look": {"1"}}))
	if countRows(t, h, "offer_drafts") != 1 {
		t.Error("the last look keeps nothing")
	}
	sent := last.Submit("form:not(:has([name=count])):has([name=key])", nil)
	late := fresh.Submit("#offer", h.Offer(url.Values{"count": {"aside"}})) // typed before, arriving after
	if !strings.HasPrefix(sent.Path, "/negotiations/") || late.Status != http.StatusOK || countRows(t, h, "offer_drafts") != 0 {
		t.Errorf("after sending there are %d drafts", countRows(t, h, "offer_drafts"))
	}

	counter := h.AsCreator.Get(sent.Path + "/offers/new")
	counter.Submit("#offer", url.Values{"count": {"1"}, "fee": {"500"}, "note_fee": {"Two days."}})
	back := h.AsCreator.Get(sent.Path + "/offers/new")
	if got := apptest.FormValues(back.Find("#offer")); got.Get("fee") != "500" || got.Get("note_fee") != "Two days." || got.Get("to") != "1" {
		t.Errorf("the counter-offer comes back with %v", got)
	}
	if p := back.Submit("#offer", nil); p.Path != sent.Path || countRows(t, h, "offer_drafts") != 0 {
		t.Errorf("sending it led to %s", p.Path)
	}
}

func TestAPersonWritesSoManyOffersAtATime(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	path := "/c/" + h.CreatorID + "/negotiations/new"
	apptest.Must(t, h.DB.Tx(context.Background(), func(tx *db.Tx) error {
		for i := range negotiation.MaxDrafts {
			if err := tx.Exec("INSERT INTO creators (public_id, name, created_at, updated_at) VALUES (?, 'Other', ?, ?)", fmt.Sprintf("other%05d", i), h.Clock.Now(), h.Clock.Now()).Error; err != nil {
				return err
			}
		}
		return tx.Exec("INSERT INTO offer_drafts (person_id, brand_id, creator_id, form, saved_at) SELECT ?, ?, id, '{}', ? FROM creators WHERE name = 'Other'", h.Brand.PersonID, h.Brand.BrandID, h.Clock.Now()).Error
	}))
	if p := h.AsBrand.Get(path).Submit("#offer", h.Offer(url.Values{"count": {"draft"}})); p.Status != http.StatusOK || !p.HasTexts("Not kept: you already have 50 drafts.") || countRows(t, h, "offer_drafts") != negotiation.MaxDrafts {
		t.Errorf("one more is %d: %s", p.Status, p.Find("#beside").Text())
	}
}

// A pitch keeps itself as an offer does, with what the creator says of themselves; one to
// another brand is another draft.
func TestAPitchKeepsItself(t *testing.T) {
	t.Parallel()
	h := newPitching(t)
	form := h.AsCreator.Get(h.form())
	if p := form.Submit("#offer", h.pitch(url.Values{"count": {"aside"}, "fee": {"4,2"}})); p.Find("#draft[role=status]:contains('Draft kept')").Length() != 1 {
		t.Fatalf("typing says: %s", p.Find("#beside").Text())
	}
	again := h.AsCreator.Get(h.form())
	got := apptest.FormValues(again.Find("#offer"))
	if got.Get("about") != "I cook what is left.\nEvery evening." || got.Get("my_audience") != "Students in Lyon." || got.Get("posts[0].url") == "" || got.Get("fee") != "4,2" || !again.HasTexts("Filled in with your draft of") {
		t.Errorf("opened again, the form has %v", got)
	}
	h.SignUpBrand(t, "other")
	var other string
	apptest.Must(t, h.DB.Read(context.Background()).Raw("SELECT public_id FROM brands WHERE public_id <> ?", h.brandID).Scan(&other).Error)
	if p := h.AsCreator.Get("/b/" + other + "/pitches/new"); p.Status != http.StatusOK || p.HasTexts("Filled in with your draft") || p.Find("#f-about").Text() != "" {
		t.Errorf("a pitch to another brand begins with %q", p.Find("#f-about").Text())
	}
	h.AsCreator.Get("/b/"+other+"/pitches/new").Submit("#offer", h.pitch(url.Values{"count": {"draft"}}))
	if n := countRows(t, h.Partnership, "offer_drafts"); n != 2 {
		t.Errorf("there are %d drafts", n)
	}
	sent := again.Submit("#offer", h.pitch(nil))
	late := form.Submit("#offer", h.pitch(url.Values{"count": {"aside"}})) // typed before, arriving after
	if n := countRows(t, h.Partnership, "offer_drafts"); !strings.HasPrefix(sent.Path, "/negotiations/") || late.Status != http.StatusOK || n != 1 {
		t.Errorf("after sending, to %s, there are %d drafts", sent.Path, n)
	}
	if p := h.AsCreator.Get("/b/"+other+"/pitches/new").Submit("form:has([value=discard])", nil); p.HasTexts("Filled in with your draft") || countRows(t, h.Partnership, "offer_drafts") != 0 {
		t.Errorf("starting anew led to %s", p.Path)
	}
}
