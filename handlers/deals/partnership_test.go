package deals_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
	"tribemarket/models/platform"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/db"
)

func headline(p *apptest.Page) string {
	return strings.Join(strings.Fields(p.Find("#turn").Text()), " ")
}

func TestFromProposalToCompleted(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	sent := h.SendProposal(t, url.Values{"deliverables[0].count": {"1"}})
	if !sent.HasTexts("Penne Trial answers by Sat 28 Nov, 00:59", "€420.50", "Collaboration commerciale", "Video 1", "30 Nov 2026") || sent.Find("form[action$='/acceptance']").Length() != 0 {
		t.Errorf("the brand reads: %s", sent.Find("main").Text())
	}
	inbox := h.AsCreator.Get("/negotiations")
	if !inbox.HasTexts("Pan & lid", "Fonte", "until Fri 27 Nov") {
		t.Errorf("the inbox says: %s", inbox.Find("main").Text())
	}
	got := h.AsCreator.Get(sent.Path)
	if headline(got) == "" || !got.HasTexts("Answer the proposal of Fonte by Fri 27 Nov", "Two dinners.", "Pans") {
		t.Errorf("the creator reads: %s", got.Find("main").Text())
	}
	deal := got.Submit("form[action$='/acceptance']", nil)
	path := deal.Path
	if !deal.HasTexts("Send a draft of video 1 by Mon 30 Nov") {
		t.Errorf("after accepting: %s", headline(deal))
	}
	steps := []struct {
		who    *apptest.Browser
		form   string
		answer url.Values
		says   string // to the other side afterwards
	}{
		{h.AsCreator, "/draft", url.Values{"draft_url": {"https://drafts.example/one"}, "note": {"A first look"}}, "Approve the draft of video 1 by Wed 25 Nov"},
		{h.AsBrand, "/changes", url.Values{"note": {"Show the lid"}}, "Send a new draft of video 1"},
		{h.AsCreator, "/draft", url.Values{"draft_url": {"https://drafts.example/two"}}, "Approve the draft of video 1"},
		{h.AsBrand, "/approval", nil, "Publish video 1 by"},
		{h.AsCreator, "/publication", url.Values{"address": {"https://www.tiktok.com/@penne.sandbox/video/" + platform.PostKeyAt(platform.TikTok, h.Clock.Now().Add(24*time.Hour), 1)}}, "Check video 1 by Fri 27 Nov"},
		{h.AsBrand, "/completion", nil, "Completed on 20 Nov 2026"},
	}
	for _, s := range steps {
		p := s.who.Get(path).Submit(".turn-card form[action$='"+s.form+"']", s.answer)
		if p.Status != http.StatusOK || p.Path != path {
			t.Fatalf("%s led to %d %s: %s", s.form, p.Status, p.Path, p.Find("#error-summary, #refused").Text())
		}
		other := h.AsBrand
		if s.who == h.AsBrand {
			other = h.AsCreator
		}
		if got := headline(other.Get(path)); !strings.Contains(got, s.says) {
			t.Errorf("after %s the other side reads %q, want %q", s.form, got, s.says)
		}
	}
	end := h.AsBrand.Get(path)
	if !end.HasTexts("Confirmed by its link", "Draft 2 by Penne Trial", "Fonte asked for changes.", "Show the lid") || end.Find("main form:not(:has([name=again]))").Length() != 0 {
		t.Errorf("the completed deal reads: %s", end.Find("main").Text())
	}
	if n := end.Find(".timeline li").Length(); n != 8 {
		t.Errorf("the history has %d lines, want 8", n)
	}
}

func TestARefusedProposalKeepsEveryAnswer(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	page := h.AsBrand.Get("/c/" + h.CreatorID + "/negotiations/new")
	if page.Find("#f-deliverables fieldset.row-set").Length() != 1 || page.Find("input[name=disclosure]").AttrOr("value", "") == "" || page.Find("input[name=expires_days]").AttrOr("value", "") != "7" {
		t.Fatalf("the empty form reads: %s", page.Find("main").Text())
	}
	typed := h.Offer(url.Values{"product": {""}, "fee": {"12.345"}, "deliverables[0].due_on": {"2026-11-01"}, "deliverables[0].count": {"x"}, "in_kind": {"A <b>pan</b>"}})
	p := page.Submit("#offer", typed)
	if p.Status != http.StatusUnprocessableEntity || !strings.HasPrefix(p.Find("title").Text(), "Error:") {
		t.Fatalf("led to %d %q", p.Status, p.Find("title").Text())
	}
	for _, field := range []string{"product", "fee", "deliverables-0-due_on", "deliverables-0-count"} {
		id := "f-" + field
		if p.Find("#error-summary a[href='#"+id+"']").Length() != 1 || p.Find("#"+id).AttrOr("aria-invalid", "") != "true" || p.Find("#"+id+"-error").Text() == "" {
			t.Errorf("%s has no error: %s", field, p.Find("#error-summary").Text())
		}
	}
	kept := apptest.FormValues(p.Find("#offer"))
	for k, v := range typed {
		if kept.Get(k) != v[0] {
			t.Errorf("%s was %q and is %q", k, v[0], kept.Get(k))
		}
	}
	if ok := p.Submit("#offer", h.Offer(nil)); !strings.HasPrefix(ok.Path, "/negotiations/") {
		t.Errorf("put right, it led to %d %s", ok.Status, ok.Path)
	}
}

func TestLinesComeAndGoWithoutAScript(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	page := h.AsBrand.Get("/c/" + h.CreatorID + "/negotiations/new")
	more := h.Offer(url.Values{"add": {"deliverables"}})
	page = page.Submit("#offer", more)
	if page.Status != http.StatusOK || page.Find("#f-deliverables fieldset.row-set").Length() != 2 || page.Find("#error-summary").Length() != 0 {
		t.Fatalf("adding led to %d with %d lines", page.Status, page.Find("#f-deliverables fieldset.row-set").Length())
	}
	if page.Find("#f-deliverables-1-content_type[autofocus]").Length() != 1 || page.Find("#f-product").AttrOr("value", "") != "Pan & lid" {
		t.Error("the new line has no focus, or the answers are gone")
	}
	page = page.Submit("#offer", url.Values{"deliverables[1].format": {"story"}, "deliverables[1].count": {"3"}, "count": {"1"}})
	if !page.HasTexts("5 deliverables") {
		t.Errorf("adding up gives: %s", page.Find("#beside").Text())
	}
	page = page.Submit("#offer", url.Values{"remove": {"deliverables.1"}})
	if page.Find("#f-deliverables fieldset.row-set").Length() != 1 || page.Find("#f-deliverables-0-format option[selected]").AttrOr("value", "") != "story" {
		t.Errorf("removing the first line left %s", page.Find("#f-deliverables fieldset.row-set").Text())
	}
	// htmx asks for the piece alone, and gets it with the title.
	r, _ := http.NewRequest(http.MethodPost, h.URL+"/c/"+h.CreatorID+"/negotiations", strings.NewReader(apptest.FormValues(page.Find("#offer")).Encode()+"&count=aside"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("HX-Request", "true")
	r.Header.Set("HX-Request-Type", "partial")
	if piece := h.AsBrand.Do(r); piece.Find("#beside").Length() != 1 || piece.Find(".masthead").Length() != 0 || piece.Find("#offer").Length() != 0 {
		t.Errorf("htmx got %.300s", piece.Body)
	}
}

func TestAmountsAreReadAsTheReaderWritesThem(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	p := h.AsBrand.Get("/c/"+h.CreatorID+"/negotiations/new").Post("/language", url.Values{"language": {"fr"}, "next": {"/negotiations"}})
	if p.Find("html").AttrOr("lang", "") != "fr" {
		t.Fatalf("the language is %q", p.Find("html").AttrOr("lang", ""))
	}
	sent := h.SendProposal(t, url.Values{"fee": {"1 234,50"}})
	if !sent.HasTexts("1\u202f234,50\u00a0€") && !strings.Contains(sent.Find(".money").Text(), "1\u202f234,50\u00a0€") {
		t.Errorf("the fee reads %q", sent.Find(".money").Text())
	}
	p = h.AsBrand.Get("/c/"+h.CreatorID+"/negotiations/new").Submit("#offer", h.Offer(url.Values{"fee": {"1.234"}}))
	if p.Status != http.StatusUnprocessableEntity || p.Find("#f-fee-error").Text() == "" || p.Find("#f-fee").AttrOr("value", "") != "1.234" {
		t.Errorf("1.234 in French led to %d: %q", p.Status, p.Find("#f-fee-error").Text())
	}
}

func TestTheSameFormTwiceIsOneProposal(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	page := h.AsBrand.Get("/c/" + h.CreatorID + "/negotiations/new")
	first, second := page.Submit("#offer", h.Offer(nil)), page.Submit("#offer", h.Offer(nil))
	if first.Path != second.Path || !strings.HasPrefix(first.Path, "/negotiations/") {
		t.Errorf("two clicks led to %s and %s", first.Path, second.Path)
	}
	other := page.Submit("#offer", h.Offer(url.Values{"fee": {"999"}}))
	if other.Status != http.StatusConflict || other.Find("#refused a[href='/negotiations']").Length() != 1 || other.Find("#f-fee").AttrOr("value", "") != "999" {
		t.Errorf("the same form with other answers led to %d", other.Status)
	}
	if anew := other.Submit("#offer", nil); !strings.HasPrefix(anew.Path, "/negotiations/") || anew.Path == first.Path {
		t.Errorf("sent on purpose, it led to %d %s", anew.Status, anew.Path)
	}
}

func TestADeclineNeedsAReason(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	path := h.SendProposal(t, nil).Path
	p := h.AsCreator.Get(path).Submit("form[action$='/refusal']", url.Values{"reason": {"  "}})
	if p.Status != http.StatusUnprocessableEntity || p.Find("details.ask[open] #f-answer-reason-error").Length() != 1 || p.Find("#error-summary a[href='#f-answer-reason']").Length() != 1 {
		t.Fatalf("no reason led to %d", p.Status)
	}
	p = p.Submit("form[action$='/refusal']", url.Values{"reason": {"No time\nthis month"}})
	if p.Status != http.StatusOK || !p.HasTexts("Penne Trial declined on 20 Nov 2026", "No time") || p.Find("main form").Length() != 0 {
		t.Errorf("declining led to %d: %s", p.Status, p.Find("main").Text())
	}
	if list := h.AsBrand.Get("/negotiations?state=declined"); !list.HasTexts("Pan & lid") || h.AsBrand.Get("/negotiations?state=with_creator").HasTexts("Pan & lid") {
		t.Error("the tabs don't tell declined from open")
	}
}

func TestWhatChangedMeanwhileIsAConflict(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	path := h.SendProposal(t, nil).Path
	stale := h.AsCreator.Get(path)
	h.AsBrand.Get(path).Submit("form[action$='/withdrawal']", nil)
	p := stale.Submit("form[action$='/acceptance']", nil)
	if p.Status != http.StatusConflict || !p.HasTexts("Fonte withdrew the proposal.") || p.Find("#refused a[href='"+path+"']").Length() != 1 {
		t.Errorf("accepting what was withdrawn led to %d: %s", p.Status, p.Find("main").Text())
	}

	deal := h.AcceptedDeal(t, nil).Path
	h.AsCreator.Get(deal).Submit("form[action$='/1/draft']", url.Values{"note": {"one"}})
	old := h.AsBrand.Get(deal) // shows the first draft
	h.AsBrand.Get(deal).Submit("form[action$='/1/changes']", url.Values{"note": {"again"}})
	h.AsCreator.Get(deal).Submit("form[action$='/1/draft']", url.Values{"note": {"two"}})
	p = old.Submit("form[action$='/1/approval']", nil)
	if p.Status != http.StatusConflict || !p.HasTexts("Penne Trial sent a draft.") {
		t.Errorf("approving an unseen draft led to %d: %s", p.Status, p.Find("#refused").Text())
	}
	if !strings.Contains(headline(h.AsBrand.Get(deal)), "Approve the draft of video 1") {
		t.Error("the unseen draft was approved")
	}
	// The same click twice leads to its one result.
	now := h.AsBrand.Get(deal)
	for range 2 {
		if p := now.Submit("form[action$='/1/approval']", nil); p.Status != http.StatusOK || p.Path != deal {
			t.Errorf("approving led to %d %s", p.Status, p.Path)
		}
	}
}

func TestStrangersSeeNothing(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	proposal := h.SendProposal(t, nil).Path
	deal := h.AcceptedDeal(t, nil).Path
	h.SignUpBrand(t, "Stranger")
	h.JoinCreator(t, "solder.sandbox")
	body := func(p *apptest.Page) string { return p.Find("main").Text() }
	for name, b := range map[string]*apptest.Browser{"brand": h.SignedInBrand(t, "Stranger"), "creator": h.SignedInCreator(t, "solder.sandbox")} {
		for _, path := range []string{proposal, deal} {
			missing := path[:strings.LastIndex(path, "/")] + "/2222222222"
			a, m := b.Get(path), b.Get(missing)
			if a.Status != http.StatusNotFound || m.Status != http.StatusNotFound || body(a) != body(m) {
				t.Errorf("a strange %s at %s gets %d, at a missing one %d", name, path, a.Status, m.Status)
			}
			for _, action := range []string{"/acceptance", "/refusal", "/withdrawal", "/link", "/ending", "/deliverables/1/draft", "/deliverables/1/approval", "/deliverables/x/approval"} {
				if p := b.Get("/dashboard").Post(path+action, url.Values{"reason": {"x"}, "note": {"x"}}); p.Status != http.StatusNotFound && p.Status != http.StatusForbidden {
					t.Errorf("a strange %s at %s%s gets %d", name, path, action, p.Status)
				}
			}
		}
	}
	for _, path := range []string{proposal, deal, "/dashboard"} {
		if p := h.NewBrowser(t).Get(path); p.Path != "/signin" || p.Find("main input[name=next]").AttrOr("value", "") != path {
			t.Errorf("signed out, %s leads to %s with next %q", path, p.Path, p.Find("main input[name=next]").AttrOr("value", ""))
		}
	}
}

func TestAWrongAddressIsExplained(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	path := h.AcceptedDeal(t, url.Values{"deliverables[0].count": {"1"}}).Path
	h.AsCreator.Get(path).Submit("form[action$='/draft']", url.Values{"note": {"x"}})
	h.AsBrand.Get(path).Submit("form[action$='/approval']", nil)
	page := h.AsCreator.Get(path)
	for address, says := range map[string]string{
		"":                                "Enter the link",
		"https://vm.tiktok.com/ZMabcdef/": "short link",
		"https://www.tiktok.com/@other/video/7301234567890123456": "@other",
		"https://youtu.be/abcdefghijk":                            "a platform other than the one agreed",
	} {
		p := page.Submit("form[action$='/publication']", url.Values{"address": {address}})
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Find("#f-p1-address-error").Text(), says) || p.Find("#f-p1-address").AttrOr("value", "-") != address {
			t.Errorf("%q led to %d: %q", address, p.Status, p.Find("#f-p1-address-error").Text())
		}
		if p.Find("#error-summary a[href='#f-p1-address']").Length() != 1 {
			t.Errorf("%q is not in the summary", address)
		}
	}
}

func TestEndingADealSaysItsCost(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	path := h.AcceptedDeal(t, nil).Path
	p := h.AsCreator.Get(path)
	if !p.HasTexts("2 deliverables end without being completed", "what is owed of €420.50") {
		t.Errorf("the cost reads: %s", p.Find("#ending").Text())
	}
	p = p.Submit("form[action$='/ending']", nil)
	if p.Status != http.StatusUnprocessableEntity || p.Find("#f-end-reason-error").Length() != 1 {
		t.Fatalf("without a reason it led to %d", p.Status)
	}
	p = p.Submit("form[action$='/ending']", url.Values{"reason": {"The pan broke"}})
	if p.Status != http.StatusOK || !p.HasTexts("Penne Trial ended it on 20 Nov 2026", "The pan broke") || p.Find("main form").Length() != 0 {
		t.Errorf("ending led to %d: %s", p.Status, p.Find("main").Text())
	}

	late := h.AcceptedDeal(t, nil).Path
	h.Clock.Advance(7 * 24 * time.Hour)
	h.AsBrand.Get("/dashboard") // a session that nobody uses ends after 14 days
	h.Clock.Advance(7 * 24 * time.Hour)
	p = h.AsBrand.Get(late)
	if !p.HasTexts("Penne Trial is late with video 1", "It was due Tue 1 Dec, 00:59", "Penne Trial is late: you can end the deal because of this") {
		t.Errorf("late, the brand reads: %s", p.Find("main").Text())
	}
	if !h.AsBrand.Get("/dashboard").HasTexts("Penne Trial is late with video 1") {
		t.Errorf("the dashboard reads: %s", h.AsBrand.Get("/dashboard").Find("main").Text())
	}
	if p = p.Submit("form[action$='/ending']", nil); p.Status != http.StatusOK || !p.HasTexts("Fonte ended it as late") {
		t.Errorf("ending for lateness led to %d: %s", p.Status, p.Find("main").Text())
	}
}

func TestAProposalWaitsForACreatorToJoin(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	h.CreatorID = h.ImportUnclaimed(t, "solder.sandbox")
	if form := h.AsBrand.Get("/c/" + h.CreatorID + "/negotiations/new"); !form.HasTexts("Solder has not joined yet.") {
		t.Errorf("the form says nothing of joining: %s", form.Find("#beside").Text())
	}
	sent := h.SendProposal(t, nil)
	link := sent.Find("#join-link").AttrOr("value", "")
	if !strings.HasPrefix(link, h.URL+"/join/") {
		t.Fatalf("the link is %q", link)
	}
	again := h.AsBrand.Get(sent.Path)
	if again.Find("#join-link").Length() != 0 || !again.HasTexts("Make a new link") {
		t.Error("the link is shown twice, or there is no way to a new one")
	}
	path := strings.TrimPrefix(link, h.URL)
	guest := h.NewBrowser(t)
	p := guest.Get(path)
	if p.Status != http.StatusOK || !p.HasTexts("Answer the proposal of Fonte", "Two dinners.", "€420.50", "Video 2", "Sign in with TikTok as @solder.sandbox") {
		t.Errorf("the link shows %d: %s", p.Status, p.Find("main").Text())
	}
	if p := h.AsBrand.Get(path); !p.HasTexts("This is what the creator sees") {
		t.Error("the brand is not told what it looks at")
	}
	if p := h.AsCreator.Get(path); !p.HasTexts("You are signed in as Penne Trial. Only @solder.sandbox can answer") || p.Find("main form[action='/signout']").Length() != 1 {
		t.Errorf("somebody else reads: %s", p.Find("main").Text())
	}
	if p := guest.Get("/join/" + strings.Repeat("x", 43)); p.Status != http.StatusNotFound {
		t.Errorf("a wrong link leads to %d", p.Status)
	}

	// A new link makes the first one worthless.
	renewed := again.Submit("form[action$='/link']", nil).Find("#join-link").AttrOr("value", "")
	if renewed == "" || renewed == link || guest.Get(path).Status != http.StatusNotFound {
		t.Fatalf("the new link is %q, the old one answers %d", renewed, guest.Get(path).Status)
	}
	path = strings.TrimPrefix(renewed, h.URL)
	solder := h.SignedInCreator(t, "solder.sandbox")
	mine := solder.Get(path)
	if mine.Find("main a[href='"+sent.Path+"']").Length() != 1 {
		t.Errorf("joined, the creator reads: %s", mine.Find("main").Text())
	}
	if p := solder.Get(sent.Path); p.Find("form[action$='/acceptance']").Length() != 1 {
		t.Errorf("joined, the creator cannot answer: %s", p.Find("main").Text())
	}
	h.AsBrand.Get(sent.Path).Submit("form[action$='/withdrawal']", nil)
	if p := guest.Get(path); !p.HasTexts("Fonte withdrew it") || p.Find("main form").Length() != 0 {
		t.Errorf("a withdrawn one reads: %s", p.Find("main").Text())
	}
}

// A page asks the database a few questions, however much it shows.
func TestPagesOfAPartnershipAskLittle(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	proposal, deal := h.SendProposal(t, nil).Path, h.AcceptedDeal(t, nil).Path
	h.AsCreator.Get(deal).Submit("form[action$='/1/draft']", url.Values{"note": {"x"}})
	most := map[string]int{"/dashboard": 9, "/negotiations": 8, "/deals": 8, proposal: 14, deal: 14}
	count := func(b *apptest.Browser, path string) (n int) {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.AddCookie(&http.Cookie{Name: "session", Value: b.Cookie("session")})
		answer := httptest.NewRecorder()
		h.Handler().ServeHTTP(answer, r.WithContext(db.WithStatementObserver(r.Context(), func(string) { n++ })))
		if answer.Code != http.StatusOK || n == 0 {
			t.Errorf("%s gives %d after %d statements", path, answer.Code, n)
		}
		return n
	}
	before := map[string]int{}
	for range 2 {
		for side, b := range map[string]*apptest.Browser{"brand": h.AsBrand, "creator": h.AsCreator} {
			for _, path := range []string{"/dashboard", "/negotiations", "/deals", proposal, deal} {
				n := count(b, path)
				if was, again := before[side+path]; n > most[path] || again && n != was {
					t.Errorf("%s asks %d times for the %s, before %d", path, n, side, was)
				}
				before[side+path] = n
			}
		}
		h.SendProposal(t, url.Values{"product": {"More"}})
		h.AcceptedDeal(t, url.Values{"deliverables[0].count": {"9"}})
	}
}
