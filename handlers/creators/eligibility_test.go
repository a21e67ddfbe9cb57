package creators_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

func TestACreatorSeesWhatProgrammesRequireAndTheBirthDateStaysPrivate(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	_, id := a.JoinCreator(t, "penne.sandbox")
	b := a.SignedInCreator(t, "penne.sandbox")
	page := b.Get("/settings/eligibility")
	if page.Status != http.StatusOK || page.Find("table.judged").Length() != 3 || !page.HasTexts("Marketplace", "Affiliate", "Tips", "Not known yet") {
		t.Fatalf("the page is %d: %s", page.Status, page.Find("main").Text())
	}
	page = page.Submit("form[action='/settings/eligibility/birth']", url.Values{"born_on": {"1066-10-14"}})
	if page.Status != http.StatusUnprocessableEntity || page.Find("input[name=born_on]").AttrOr("value", "") != "1066-10-14" || page.Find("#error-summary li").Length() != 1 {
		t.Errorf("a date of long ago gave %d", page.Status)
	}
	page = page.Submit("form[action='/settings/eligibility/birth']", url.Values{"born_on": {"1994-03-02"}})
	if page.Status != http.StatusOK || !page.HasTexts("32 years") {
		t.Errorf("a birth date gave %d: %s", page.Status, page.Find("main").Text())
	}
	if public := a.NewBrowser(t).Get("/c/" + id); strings.Contains(public.Body, "1994") || strings.Contains(public.Body, "32 years") {
		t.Error("others see when the creator was born")
	}
}

func TestLimitsStopAProposalBeforeItIsSent(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	_, id := a.JoinCreator(t, "penne.sandbox")
	a.SignUpBrand(t, "fonte")
	c, b := a.SignedInCreator(t, "penne.sandbox"), a.SignedInBrand(t, "fonte")
	form := c.Get("/settings/limits")
	page := form.Submit("form[action='/settings/limits']", url.Values{"capacity": {"0"}, "minimum_video_1": {"4,5,6"}, "away_from_1": {"2026-12-31"}, "away_to_1": {"2026-12-24"}})
	if page.Status != http.StatusUnprocessableEntity || page.Find("#error-summary li").Length() != 3 || page.Find("input[name=away_from_1]").AttrOr("value", "") != "2026-12-31" {
		t.Fatalf("wrong limits gave %d: %s", page.Status, page.Find("#error-summary").Text())
	}
	page = page.Submit("form[action='/settings/limits']", url.Values{
		"capacity": {"1"}, "refused": {"alcohol"}, "minimum_video_1": {"400"}, "minimum_video_1_currency": {"EUR"}, "away_from_1": {"2026-12-24"}, "away_to_1": {"2026-12-31"},
	})
	if page.Status != http.StatusOK || page.Find("input[name=capacity]").AttrOr("value", "") != "1" || page.Find("input[name=refused][checked]").Length() != 1 {
		t.Fatalf("limits gave %d: %s", page.Status, page.Find("main").Text())
	}
	offer := url.Values{
		"product": {"Oat box"}, "category": {"food"}, "fee": {"450"}, "currency": {"EUR"}, "usage_days": {"30"}, "disclosure": {"Publicité"},
		"deliverables[0].content_type": {"review"}, "deliverables[0].format": {"video"}, "deliverables[0].platform": {"tiktok"}, "deliverables[0].count": {"1"}, "deliverables[0].due_on": {"2026-12-04"},
	}
	with := func(field, value string) url.Values {
		v := url.Values{}
		for k, x := range offer {
			v[k] = x
		}
		v.Set(field, value)
		return v
	}
	if page := b.Get("/c/" + id + "/negotiations/new"); !page.HasTexts("The creator’s limits", "alcohol", "€400", "at most 1 deliverable") {
		t.Errorf("the limits beside the form: %s", page.Find("#beside").Text())
	}
	for _, tc := range []struct{ field, value, at, says string }{
		{"category", "alcohol", "category", "does not accept proposals in this category"},
		{"category", "", "category", "Choose the category of the product"},
		{"fee", "399", "fee", "€400.00"},
		{"currency", "USD", "currency", "only in EUR"},
		{"deliverables[0].due_on", "2026-12-24", "deliverables-0-due_on", "is away"},
		{"deliverables[0].count", "2", "fee", "€800.00"},
	} {
		page := b.Get("/c/"+id+"/negotiations/new").Submit("#offer", with(tc.field, tc.value))
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Find("#f-"+tc.at+"-error").Text(), tc.says) || page.Find("input[name=product]").AttrOr("value", "") != "Oat box" {
			t.Errorf("%s %q gave %d: %s", tc.field, tc.value, page.Status, page.Find("#error-summary").Text())
		}
	}
	if page := b.Get("/c/"+id+"/negotiations/new").Submit("#offer", offer); !strings.HasPrefix(page.Path, "/negotiations/") {
		t.Fatalf("within the limits: %d %s %s", page.Status, page.Path, page.Find("#error-summary").Text())
	} else if terms := page.Find("dl.clauses").Text(); !strings.Contains(strings.ToLower(terms), "food and drink without alcohol") {
		t.Errorf("the proposal does not say its category: %s", terms)
	}
	page = b.Get("/c/"+id+"/negotiations/new").Submit("#offer", offer)
	if page.Status != http.StatusUnprocessableEntity || !page.HasTexts("at most 1 deliverables a month") {
		t.Errorf("beyond the capacity: %d %s", page.Status, page.Find("#error-summary").Text())
	}
}

func TestAnAudienceIsDeclaredAndShownWithItsSource(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	_, id := a.JoinCreator(t, "penne.sandbox")
	c := a.SignedInCreator(t, "penne.sandbox")
	form := c.Get("/settings/profile/audience")
	page := form.Submit("form[action='/settings/profile/audience']", url.Values{"audience_age_18_24": {"70"}, "audience_age_25_34": {"40"}})
	if page.Status != http.StatusUnprocessableEntity || page.Find("input[name=audience_age_18_24]").AttrOr("value", "") != "70" || !page.HasTexts("more than 100") {
		t.Errorf("more than all gave %d: %s", page.Status, page.Find("#error-summary").Text())
	}
	page = page.Submit("form[action='/settings/profile/audience']", url.Values{"audience_country_1": {"BE"}, "audience_country_1_share": {"62.5"}, "audience_age_18_24": {"70"}, "audience_age_25_34": {"20"}})
	if page.Status != http.StatusOK || page.Find("input[name=audience_country_1_share]").AttrOr("value", "") != "62.50" {
		t.Errorf("kept: %d %q", page.Status, page.Find("input[name=audience_country_1_share]").AttrOr("value", ""))
	}
	public := a.NewBrowser(t).Get("/c/" + id)
	if !strings.Contains(public.Find("#audience").Text(), "62.5%") || !strings.Contains(public.Find("#audience").Text(), "Declared") {
		t.Errorf("shown: %s", public.Find("#audience").Text())
	}
	if trust := public.Find("#trust").Text(); !strings.Contains(trust, "with the owner’s consent") || !strings.Contains(trust, "posts") {
		t.Errorf("how far to trust: %s", trust)
	}
}

func TestAnAdministratorEditsProgrammes(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.SignedInAdmin(t)
	page := b.Get("/admin/programmes")
	if page.Status != http.StatusOK || page.Find("input[name=followers]").First().AttrOr("value", "") != "10000" {
		t.Fatalf("the page is %d: %s", page.Status, page.Find("main").Text())
	}
	page = page.Submit("form[action='/admin/programmes/marketplace']", url.Values{"followers": {"lots"}, "min_age": {"18"}})
	if page.Status != http.StatusUnprocessableEntity || page.Find("#f-followers").AttrOr("value", "") != "lots" {
		t.Errorf("a wrong number gave %d", page.Status)
	}
	page = page.Submit("form[action='/admin/programmes/marketplace']", url.Values{"followers": {"25000"}, "min_age": {"18"}})
	if page.Status != http.StatusOK || page.Find("input[name=followers]").First().AttrOr("value", "") != "25000" {
		t.Errorf("a floor gave %d", page.Status)
	}
	if home := a.NewBrowser(t).Get("/"); !home.HasTexts("25,000") {
		t.Error("the first page goes by the old floor")
	}
}
