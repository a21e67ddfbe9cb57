package negotiation_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/db"
)

// pitching is a partnership whose creator has confirmed their address, with the public id of
// its brand.
type pitching struct {
	apptest.Partnership
	brandID string
}

func newPitching(t *testing.T) pitching {
	t.Helper()
	h := pitching{Partnership: apptest.NewPartnership(t)}
	h.exec(t, "UPDATE people SET email = 'penne@mail.example', email_confirmed_at = ? WHERE id = (SELECT person_id FROM creators WHERE public_id = ?)", h.Clock.Now(), h.CreatorID)
	apptest.Must(t, h.DB.Read(context.Background()).Raw("SELECT public_id FROM brands WHERE id = ?", h.Brand.BrandID).Scan(&h.brandID).Error)
	return h
}

func (h pitching) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	apptest.Must(t, h.DB.Tx(context.Background(), func(tx *db.Tx) error { return tx.Exec(query, args...).Error }))
}

func (h pitching) form() string { return "/b/" + h.brandID + "/pitches/new" }

// pitch is a pitch as a creator enters it, with other values for some of its fields.
func (h pitching) pitch(over url.Values) url.Values {
	v := h.Offer(url.Values{
		"about": {"I cook what is left.\nEvery evening."}, "my_audience": {"Students in Lyon."}, "message": {"Four dinners from one pan."},
		"posts[0].url": {"https://www.tiktok.com/@penne.sandbox/video/7301234567890123456"},
	})
	for k, value := range over {
		v[k] = value
	}
	return v
}

func TestACreatorPitchesAndTheBrandAnswers(t *testing.T) {
	t.Parallel()
	h := newPitching(t)
	brand := h.AsCreator.Get("/b/" + h.brandID)
	if brand.Find("main a[href='"+h.form()+"']").Length() != 1 {
		t.Fatalf("the brand's page has no button: %s", brand.Find("main").Text())
	}
	if list := h.AsCreator.Get("/brands"); list.Find(".doors a[href='"+h.form()+"']").Length() != 1 || !list.HasTexts("Fonte") {
		t.Errorf("the list of brands: %s", list.Find("main").Text())
	}
	form, otherForm := h.AsCreator.Get(h.form()), h.AsCreator.Get(h.form())
	if !form.HasTexts("Pitch to Fonte", "These verified figures go with your pitch", "TikTok @penne.sandbox", "Verified by TikTok", "What you ask") || form.Find("#party, .party").Length() == 0 {
		t.Fatalf("the form says: %s", form.Find("main").Text())
	}
	wrong := form.Submit("#offer", h.pitch(url.Values{"about": {""}, "fee": {"much"}, "posts[0].url": {"https://www.tiktok.com/@somebody/video/7301234567890123456"}}))
	if wrong.Status != http.StatusUnprocessableEntity || wrong.Find("#f-my_audience").Text() != "Students in Lyon." || wrong.Find("#f-message").Text() != "Four dinners from one pan." ||
		wrong.Find("#error-summary a[href='#f-about']").Length() != 1 || wrong.Find("#error-summary a[href='#f-posts-0-url']").Length() != 1 || wrong.Find("#error-summary a[href='#f-fee']").Length() != 1 {
		t.Errorf("a bad form: %d %s", wrong.Status, wrong.Find("#error-summary").Text())
	}
	if more := wrong.Submit("#offer", h.pitch(url.Values{"add": {"deliverables"}})); more.Status != 200 || more.Find("fieldset legend").Length() < 2 || more.Find("#f-about").Text() == "" {
		t.Errorf("a line more: %d", more.Status)
	}
	look := wrong.Submit("#offer", h.pitch(url.Values{"look": {"1"}}))
	if look.Status != 200 || !look.HasTexts("Not sent yet", "I cook what is left.", "Students in Lyon.", "Four dinners from one pan.", "Verified by TikTok") {
		t.Errorf("the last look: %d %s", look.Status, look.Find("main").Text())
	}
	if change := look.Submit("main form:has([name=count])", nil); change.Status != 200 || change.Find("#f-my_audience").Text() != "Students in Lyon." || change.Find("#f-posts-0-url").AttrOr("value", "") == "" {
		t.Errorf("changing it once more: %d", change.Status)
	}
	sent := look.Submit("main form[action$='/pitches']:not(:has([name=count]))", nil)
	if sent.Status != 200 || !strings.HasPrefix(sent.Path, "/negotiations/") || !sent.HasTexts("Your pitch to Fonte", "Fonte answers by") {
		t.Fatalf("the pitch led to %d %s: %s", sent.Status, sent.Path, sent.Find("#error-summary").Text())
	}
	if again := otherForm.Submit("#offer", h.pitch(nil)); again.Status != http.StatusConflict || !again.HasTexts("You are already negotiating with this brand.") || again.Find("#f-about").Text() == "" {
		t.Errorf("another form: %d %s", again.Status, again.Find("main").Text())
	}
	if same := form.Submit("#offer", h.pitch(nil)); same.Path != sent.Path {
		t.Errorf("the same form once more led to %d %s", same.Status, same.Path)
	}
	if shut := h.AsCreator.Get(h.form()); shut.Find("#offer").Length() != 0 || shut.Find("main a[href='"+sent.Path+"']").Length() != 1 {
		t.Errorf("while it is open: %s", shut.Find("main").Text())
	}

	if list := h.AsCreator.Get("/brands"); list.Find(".doors a[href='"+h.form()+"']").Length() != 0 || list.Find(".doors a[href='"+sent.Path+"']").Length() != 1 || !list.HasTexts("You are already negotiating with this brand.") {
		t.Errorf("while it is open, the list of brands says: %s", list.Find(".doors").Text())
	}
	if p := h.AsBrand.Get("/dashboard"); !p.HasTexts("Answer the pitch of Penne Trial by") {
		t.Errorf("the dashboard says: %s", p.Find("main").Text())
	}
	if p := h.AsBrand.Get("/negotiations"); !p.HasTexts("Pitch", "followers") || p.Find("a[href='"+sent.Path+"']").Length() != 1 {
		t.Errorf("the list says: %s", p.Find("main").Text())
	}
	page := h.AsBrand.Get(sent.Path)
	if !page.HasTexts("A pitch from Penne Trial", "I cook what is left.", "Students in Lyon.", "Four dinners from one pan.", "Verified by TikTok") ||
		page.Find("#pitch ~ *, [aria-labelledby^=pitch] a[href='https://www.tiktok.com/@penne.sandbox/video/7301234567890123456']").Length() == 0 || page.Find("form[action$='/refusal']").Length() != 1 {
		t.Errorf("the brand reads: %s", page.Find("main").Text())
	}
	countered := h.AsBrand.Get(sent.Path+"/offers/new").Submit("#offer", url.Values{"fee": {"400"}})
	if countered.Status != 200 || countered.Path != sent.Path {
		t.Fatalf("the counter-offer led to %d %s: %s", countered.Status, countered.Path, countered.Find("#error-summary").Text())
	}
	deal := h.AsCreator.Get(sent.Path).Submit("form[action$='/acceptance']", nil)
	if deal.Status != 200 || !strings.HasPrefix(deal.Path, "/deals/") || !deal.HasTexts("€400.00") {
		t.Errorf("accepting led to %d %s", deal.Status, deal.Path)
	}
	other := h.SignUpBrand(t, "Other")
	if p := h.SignedInAs(t, apptest.BrandEmail("Other")).Get(sent.Path); p.Status != http.StatusNotFound || other.BrandID == 0 {
		t.Errorf("a stranger gets %d", p.Status)
	}
}

func TestNobodyWritesToAShutDoor(t *testing.T) {
	t.Parallel()
	h := newPitching(t)
	door := func(values url.Values) *apptest.Page {
		t.Helper()
		return h.AsBrand.Get("/settings/door").Submit("main form[action='/settings/door']", values)
	}
	open := h.AsCreator.Get(h.form()) // kept open while the door changes
	shut := func(text string) {
		t.Helper()
		if p := h.AsCreator.Get(h.form()); p.Status != 200 || p.Find("#offer").Length() != 0 || !p.HasTexts(text) {
			t.Errorf("%s: the form's page is %d %s", text, p.Status, p.Find("main").Text())
		}
		if p := open.Submit("#offer", h.pitch(nil)); p.Status != http.StatusConflict || !p.HasTexts(text) || p.Find("#f-about").Text() == "" {
			t.Errorf("%s: a form from before got %d %s", text, p.Status, p.Find(".notice").Text())
		}
		if p := h.AsCreator.Get("/b/" + h.brandID); !p.HasTexts(text) || p.Find("main a:contains('Propose a deal')").Length() != 0 {
			t.Errorf("%s: the brand's page says %s", text, p.Find("main").Text())
		}
	}
	if p := door(url.Values{"closed": {"yes"}}); p.Path != "/settings/door" || p.Find("#f-closed[checked]").Length() != 1 {
		t.Fatalf("closing led to %d %s", p.Status, p.Find("main").Text())
	}
	const closed = "This brand takes no pitches at the moment."
	shut(closed)
	if p := h.AsCreator.Get("/brands"); p.HasTexts("Fonte") {
		t.Error("a closed door is on the list")
	}
	door(url.Values{"closed": nil, "followers": {"900000000"}, "countries": {"JP"}, "tribes": {"booktok"}})
	shut("This brand takes pitches from other tribes.")
	if p := h.AsCreator.Get(h.form()); !p.HasTexts("One of these tribes: BookTok", "You live in: Japan", "At least 900,000,000 followers") || p.Find(".checks li.yes").Length() != 0 {
		t.Errorf("what the door asks for: %s", p.Find("main").Text())
	}
	if p := h.AsCreator.Get("/brands"); !p.HasTexts("Fonte", "Not open to you now") {
		t.Errorf("the list: %s", p.Find("main").Text())
	}
	door(url.Values{"followers": {"900000000"}, "countries": {""}, "tribes": nil})
	shut("This brand takes pitches from larger accounts.")
	for _, bad := range []url.Values{{"followers": {"many"}}, {"followers": {"-1"}}, {"countries": {"ZZ"}}} {
		if p := door(bad); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("%v got %d", bad, p.Status)
		}
	}
	door(url.Values{"followers": {"1"}, "countries": {""}, "tribes": nil})

	// Whoever is blocked reads what everybody reads of a closed door.
	h.AsBrand.Get("/c/"+h.CreatorID).Post("/c/"+h.CreatorID+"/block", nil)
	shut(closed)
	if p := h.AsCreator.Get("/brands"); p.HasTexts("Fonte") {
		t.Error("who is blocked sees the brand on the list")
	}
	h.exec(t, "DELETE FROM blocks")
	h.exec(t, "UPDATE brands SET suspended_at = ? WHERE id = ?", h.Clock.Now(), h.Brand.BrandID)
	shut(closed)
	h.exec(t, "UPDATE brands SET suspended_at = NULL")
	h.exec(t, "UPDATE people SET email_confirmed_at = NULL WHERE email = 'penne@mail.example'")
	shut("Confirm your e-mail address first")
	h.exec(t, "UPDATE people SET email_confirmed_at = ? WHERE email = 'penne@mail.example'", h.Clock.Now())
	h.exec(t, "INSERT INTO members (brand_id, person_id, role, created_at) SELECT ?, id, 'viewer', ? FROM people WHERE email = 'penne@mail.example'", h.Brand.BrandID, h.Clock.Now())
	h.exec(t, "DELETE FROM members WHERE person_id = (SELECT id FROM people WHERE email = 'penne@mail.example')")
	if p := open.Submit("#offer", h.pitch(nil)); p.Status != 200 || !strings.HasPrefix(p.Path, "/negotiations/") {
		t.Errorf("once the door is open: %d %s", p.Status, p.Find("main").Text())
	}
}

func TestWhoChoosesTheDoor(t *testing.T) {
	t.Parallel()
	h := newPitching(t)
	for role, may := range map[models.Role]bool{models.RoleManager: true, models.RoleFinance: false, models.RoleViewer: false} {
		b, _ := h.SignedInMember(t, h.Brand, role)
		p := b.Get("/settings/door")
		if saved := p.Submit("main form[action='/settings/door']", url.Values{"closed": {"yes"}}); (saved.Status == 200) != may || p.Find("main button.primary").Length() == 1 != may {
			t.Errorf("%s: %d", role, saved.Status)
		}
	}
}
