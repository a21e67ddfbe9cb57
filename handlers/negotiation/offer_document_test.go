package negotiation_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/pdftest"
)

// download returns the text of a PDF, or fails the test with what was answered instead.
func download(t *testing.T, b *apptest.Browser, path string) string {
	t.Helper()
	p := b.Get(path)
	if p.Status != http.StatusOK || p.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(p.Header.Get("Content-Disposition"), "attachment; filename=") {
		t.Fatalf("%s is %d %v: %s", path, p.Status, p.Header, p.Find("main").Text())
	}
	return pdftest.Text(t, []byte(p.Body))
}

func TestBothSidesDownloadAnOfferWithTheMediaKit(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	page := h.SendProposal(t, url.Values{"product": {"Pan & lid"}, "message": {"Two dinners, 🔥 契約."}})
	path := page.Path + "/offers/1/offer.pdf"
	if page.Find("a[href='"+path+"'][download]").Length() != 1 {
		t.Error("the negotiation does not lead to its offer as a PDF")
	}
	for side, b := range map[string]*apptest.Browser{"brand": h.AsBrand, "creator": h.AsCreator} {
		text := download(t, b, path)
		for _, part := range []string{"Pan & lid", "Two dinners", "契約", "From Fonte to Penne Trial", "€420.50", "Collaboration commerciale", "Video 2", "@penne.sandbox", "Followers", "1 / 2", "2 / 2"} {
			if !strings.Contains(text, pdftest.Squeeze(part)) {
				t.Errorf("the %s's file lacks %q: %s", side, part, text)
			}
		}
	}
	h.AsCreator.Get("/settings/profile").Post("/language", url.Values{"language": {"fr"}, "next": {"/settings/profile"}})
	if text := download(t, h.AsCreator, path); !strings.Contains(text, "DeFonteàPenneTrial") || !strings.Contains(text, "420,50€") {
		t.Errorf("in French it says: %s", text)
	}
}

func TestAnOfferDocumentHoldsThatOfferAlone(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	id := h.SendProposal(t, url.Values{"message": {"canary-first-message"}}).Path
	h.SendProposal(t, url.Values{"product": {"canary-other-negotiation"}})
	counter := h.AsCreator.Get(id+"/offers/new").Submit("#offer", url.Values{"fee": {"600"}, "message": {"canary-second-message"}, "note_fee": {"canary-note"}})
	if counter.Path != id {
		t.Fatalf("the counter-offer led to %d %s: %s", counter.Status, counter.Path, counter.Find("#error-summary").Text())
	}
	for number, want := range map[string]struct{ has, lacks []string }{
		"1": {[]string{"canary-first-message", "€420.50", "followed by offer 2"}, []string{"canary-second-message", "€600", "canary-note"}},
		"2": {[]string{"canary-second-message", "€600.00", "€420.50", "canary-note", "What this offer changes"}, []string{"canary-first-message"}},
	} {
		text := download(t, h.AsBrand, id+"/offers/"+number+"/offer.pdf")
		for _, part := range want.has {
			if !strings.Contains(text, pdftest.Squeeze(part)) {
				t.Errorf("offer %s lacks %q: %s", number, part, text)
			}
		}
		for _, part := range append(want.lacks, "canary-other-negotiation", "@brand.example", apptest.BrandEmail("Fonte")) {
			if strings.Contains(text, pdftest.Squeeze(part)) {
				t.Errorf("offer %s shows %q", number, part)
			}
		}
	}
	h.SignUpBrand(t, "Other")
	h.JoinCreator(t, "chapter.sandbox")
	for _, stranger := range []*apptest.Browser{h.SignedInBrand(t, "Other"), h.SignedInCreator(t, "chapter.sandbox")} {
		if p := stranger.Get(id + "/offers/1/offer.pdf"); p.Status != http.StatusNotFound || strings.Contains(p.Body, "canary") {
			t.Errorf("a stranger got %d", p.Status)
		}
	}
	for _, number := range []string{"0", "3", "-1", "1e0", "new"} {
		if p := h.AsBrand.Get(id + "/offers/" + number + "/offer.pdf"); p.Status != http.StatusNotFound {
			t.Errorf("offer %s is %d", number, p.Status)
		}
	}
}

func TestALetterThatNoFontHasIsNamed(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	id := h.SendProposal(t, url.Values{"message": {"Hello ขอบคุณ"}}).Path
	p := h.AsBrand.Get(id + "/offers/1/offer.pdf")
	if p.Status != http.StatusUnprocessableEntity || !p.HasTexts("The letter ข (U+0E02) cannot be printed. Take it out of: Hello ขอบคุณ") {
		t.Errorf("%d: %s", p.Status, p.Find("main").Text())
	}
}

// What will stand in a contract is refused while it can be mended.
func TestTermsThatNoContractPrintsAreRefused(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	p := h.AsBrand.Get("/c/"+h.CreatorID+"/negotiations/new").Submit("#offer", h.Offer(url.Values{"product": {"Pan กระทะ"}, "personal[0].title": {"Ταρτάρ"}, "personal[0].text": {"ดี"}}))
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Find("#f-product-error").Text(), "ก (U+0E01)") || p.Find("#f-product").AttrOr("value", "") != "Pan กระทะ" {
		t.Errorf("%d: %s", p.Status, p.Find("#error-summary").Text())
	}
	if e := p.Find("#error-summary").Text(); !strings.Contains(e, "ด (U+0E14)") || strings.Contains(e, "Ταρτάρ") {
		t.Errorf("the clause: %s", e)
	}
}

func TestAPitchIsPrintedWithWhatTheCreatorSaid(t *testing.T) {
	t.Parallel()
	h := newPitching(t)
	page := h.AsCreator.Get(h.form()).Submit("#offer", h.pitch(nil))
	if !strings.HasPrefix(page.Path, "/negotiations/") {
		t.Fatalf("the pitch led to %d %s: %s", page.Status, page.Path, page.Find("#error-summary").Text())
	}
	for side, b := range map[string]*apptest.Browser{"brand": h.AsBrand, "creator": h.AsCreator} {
		text := download(t, b, page.Path+"/offers/1/offer.pdf")
		for _, part := range []string{"From Penne Trial to Fonte", "I cook what is left.", "Students in Lyon.", "Four dinners from one pan.", "TikTok @penne.sandbox", "Followers 48,210", "/video/7301234567890123456"} {
			if !strings.Contains(text, pdftest.Squeeze(part)) {
				t.Errorf("the %s's file lacks %q: %s", side, part, text)
			}
		}
		if strings.Contains(text, "penne@mail.example") {
			t.Errorf("the %s's file shows an e-mail address", side)
		}
	}
}
