package deals_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/db"
)

// A deal that repeats, from the last look at its offer to the end of its notice. The clock is
// at 20 November 2026, and the creator lives in Paris.
func TestARepetitionFromItsOfferToItsNotice(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	repeats := url.Values{"repetition_months": {"4"}, "notice_days": {"10"}, "deliverables[0].count": {"1"}}
	look := h.AsBrand.Get("/c/"+h.CreatorID+"/negotiations/new").Submit("#offer", with(h.Offer(repeats), "look", "1"))
	if !look.HasTexts("Cycle 4", "28 Feb 2027", "The fee of €420.50 is for each month: €1,682.00 in all.", "The first begins when both agree") {
		t.Errorf("the last look: %s", look.Find("main").Text())
	}
	deal := h.AcceptedDeal(t, repeats)
	if !deal.HasTexts("Cycle 1 of 4", "The next cycle begins on 20 Dec 2026 unless notice is given by 9 Dec 2026.", "Cycle 4", "30 Dec 2026", "30 Jan 2027", "28 Feb 2027", "The repetition ends with it") {
		t.Fatalf("the first deal: %s", deal.Find("main").Text())
	}
	agreed := h.AsBrand.Get(deal.Find("main a[href^='/negotiations/']").First().AttrOr("href", ""))
	if !agreed.HasTexts("Cycle 4", "20 Feb 2027") || agreed.Find("a[href='"+deal.Path+"']").Length() < 2 {
		t.Errorf("the negotiation: %s", agreed.Find("main").Text())
	}
	forward := func(days int) { // sessions end meanwhile
		h.Clock.Advance(time.Duration(days) * 24 * time.Hour)
		h.AsBrand, h.AsCreator = h.SignedInBrand(t, "Fonte"), h.SignedInCreator(t, "penne.sandbox")
	}
	begin := func() {
		t.Helper()
		if _, err := h.Deals.BeginCycles(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	forward(30) // 20 December
	stale := h.AsCreator.Get(deal.Path)
	begin()
	first := h.AsBrand.Get(deal.Path)
	second := h.AsBrand.Get(first.Find(".sheet a[href^='/deals/'], main table a[href^='/deals/']").First().AttrOr("href", ""))
	if second.Path == deal.Path || !second.HasTexts("Cycle 2 of 4", "began 20 Dec 2026", "The next cycle begins on 20 Jan 2027 unless notice is given by 9 Jan 2027.") || second.Find("#cycles [aria-current=page], [aria-current=page]:contains('Cycle 2')").Length() != 1 {
		t.Fatalf("the second deal at %s: %s", second.Path, second.Find("main").Text())
	}
	if list := h.AsBrand.Get("/deals?status=all"); !list.HasTexts("Cycle 1 of 4", "Cycle 2 of 4") {
		t.Errorf("the list: %s", list.Find("main").Text())
	}
	if board := h.AsCreator.Get("/dashboard"); !board.HasTexts("Pan & lid (cycle 2)") {
		t.Errorf("the dashboard: %s", board.Find("main").Text())
	}
	if p := stale.Submit("form[action$='/notice']", nil); p.Status != http.StatusConflict || p.Find("#refused").Length() != 1 {
		t.Errorf("an old page led to %d", p.Status)
	}
	if p := second.Submit("form[action$='/notice']", url.Values{"reason": {strings.Repeat("x", 1001)}}); p.Status != http.StatusUnprocessableEntity || p.Find("#f-notice-reason-error").Length() != 1 || p.Find("#error-summary a[href='#f-notice-reason']").Length() != 1 {
		t.Errorf("a reason that is too long led to %d", p.Status)
	}
	forward(21) // 10 January: the notice ends on the day of the third
	second = h.AsBrand.Get(second.Path)
	if !second.HasTexts("Notice of 10 days that you give today ends on 20 Jan 2027. Cycle 3 still begins, on 20 Jan 2027. 1 cycle does not begin any more.", "This cannot be undone") {
		t.Errorf("the form says: %s", second.Find("form[action$='/notice']").Parent().Text())
	}
	for range 2 {
		if p := second.Submit("form[action$='/notice']", url.Values{"reason": {"The pan is sold out."}}); p.Status != http.StatusOK || !p.HasTexts("Fonte has given notice, which ends on 20 Jan 2027.", "The next cycle begins on 20 Jan 2027.", "The pan is sold out.") || p.Find("form[action$='/notice']").Length() != 0 {
			t.Fatalf("giving notice led to %d: %s", p.Status, p.Find("main").Text())
		}
	}
	if p := h.AsCreator.Get("/dashboard").Post(deal.Path+"/notice", url.Values{"last": {"3"}}); p.Status != http.StatusConflict {
		t.Errorf("the other side's notice led to %d", p.Status)
	}
	forward(10) // 20 January
	begin()
	if p := h.AsCreator.Get(deal.Path); !p.HasTexts("Cycle 1 of 3", "No further cycle begins.") || p.HasTexts("Cycle 4") {
		t.Errorf("after the notice: %s", p.Find("main").Text())
	}
	plain := h.AcceptedDeal(t, url.Values{"deliverables[0].due_on": {"2027-02-20"}})
	if p := plain.Post(plain.Path+"/notice", url.Values{"last": {"1"}}); p.Status != http.StatusNotFound {
		t.Errorf("notice of a deal that does not repeat led to %d", p.Status)
	}
	h.SignUpBrand(t, "Stranger")
	for _, path := range []string{deal.Path, second.Path, "/deals/2222222222"} {
		if p := h.SignedInBrand(t, "Stranger").Get("/dashboard").Post(path+"/notice", url.Values{"last": {"4"}}); p.Status != http.StatusNotFound {
			t.Errorf("a stranger's notice at %s led to %d", path, p.Status)
		}
	}
}

// More cycles ask the database nothing more.
func TestPagesOfARepetitionAskLittle(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	deal := h.AcceptedDeal(t, url.Values{"repetition_months": {"6"}, "notice_days": {"10"}})
	negotiation := deal.Find("main a[href^='/negotiations/']").First().AttrOr("href", "")
	count := func(path string) (n int) {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.AddCookie(&http.Cookie{Name: "session", Value: h.AsBrand.Cookie("session")})
		answer := httptest.NewRecorder()
		h.Handler().ServeHTTP(answer, r.WithContext(db.WithStatementObserver(r.Context(), func(string) { n++ })))
		if answer.Code != http.StatusOK || n > 14 {
			t.Errorf("%s gives %d after %d statements", path, answer.Code, n)
		}
		return n
	}
	before := map[string]int{}
	for _, path := range []string{deal.Path, negotiation, "/deals"} {
		before[path] = count(path)
	}
	for range 3 {
		h.Clock.Advance(34 * 24 * time.Hour)
		if n, err := h.Deals.BeginCycles(context.Background()); n != 1 || err != nil {
			t.Fatal(n, err)
		}
	}
	h.AsBrand = h.SignedInBrand(t, "Fonte")
	for path, was := range before {
		if n := count(path); n != was {
			t.Errorf("%s asks %d times, before %d", path, n, was)
		}
	}
}

func with(v url.Values, name, value string) url.Values {
	v.Set(name, value)
	return v
}
