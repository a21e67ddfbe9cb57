package handlers_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/discovery"
	"tribemarket/models/search"
	"tribemarket/models/text"
)

// notTexts are the fields, by address, whose answers are amounts, codes and the like.
var notTexts = map[string][]string{
	"/admin/programmes/:key":             {"followers", "views", "posts", "min_age"},
	"/admin/relevance":                   {"weight_words", "weight_tribe", "weight_engagement", "weight_trust", "weight_price", "weight_response"},
	"/admin/tribes":                      {"slug", "hue", "hashtags", "categories"},
	"/brands":                            {"site"},
	"/c/:id/negotiations":                {"deliverables[0].count", "fee", "in_kind_value", "expires_days", "rounds", "review_days", "retention", "shipment_days", "exclusivity_days", "rights_fee", "whitelisting_fee", "exclusivity_fee", "rush_fee", "commission_share", "commission_sale", "payment_days", "kill_before_draft", "kill_after_draft", "kill_after_approval", "guarantee_least", "guarantee_days", "repetition_months", "notice_days"},
	"/deals/:id/deliverables/:n/draft":   {"draft_url"},
	"/forgot":                            {"email"},
	"/negotiations/:id/offers":           {"deliverables[0].count", "fee", "in_kind_value", "expires_days", "rounds", "review_days", "retention", "shipment_days", "exclusivity_days", "rights_fee", "whitelisting_fee", "exclusivity_fee", "rush_fee", "commission_share", "commission_sale", "payment_days", "kill_before_draft", "kill_after_draft", "kill_after_approval", "guarantee_least", "guarantee_days", "repetition_months", "notice_days"},
	"/negotiations/:id/template":         {"name"}, // the form that renames it comes after
	"/settings/brand":                    {"site"},
	"/settings/approval":                 {"above"},
	"/settings/budget":                   {"budget"},
	"/settings/business":                 {"vat"},
	"/settings/contract-identity":        {"legal_name", "address", "email", "registration", "vat"}, // sealed; see models/contracts
	"/settings/domain":                   {"domain"},
	"/settings/door":                     {"followers"},
	"/settings/limits":                   nil,
	"/settings/profile/audience":         nil,
	"/settings/members/agencies":         {"agency"},
	"/settings/profile":                  {"price_video", "price_live", "price_story", "add_on_rights", "add_on_whitelisting", "add_on_exclusivity", "add_on_rush"},
	"/settings/security/factor/end":      {"removal_code"},
	"/settings/security/factor/recovery": {"recovery_code"},
	"/settings/security/passkeys":        {"passkey_name"},
	"/signin":                            {"email"},
	"/signup":                            {"site"},
}

// otherAnswers are what forms need besides texts.
var otherAnswers = url.Values{
	"site": {"https://brand.example"}, "slug": {"newtok"}, "reason": {"impersonation"}, "mark": {"ring"}, "hue": {"4"}, "hashtags": {"newtok"}, "categories": {"New things"}, "country": {"FR"}, "kind": {"brand"}, "password": {"a long enough passphrase 7"},
	"deliverables[0].content_type": {"tutorial"}, "deliverables[0].format": {"video"}, "deliverables[0].platform": {"tiktok"}, "deliverables[0].count": {"1"},
	"fee": {"400"}, "currency": {"EUR"}, "fee_currency": {"EUR"}, "in_kind_value": {"10"}, "expires_days": {"7"}, "draft_url": {"https://brand.example/draft"}, "vat": {""}, "role": {"viewer"},
	"deliverables[0].due_on": {"2026-12-01"}, "alert": {"off"}, "zone": {"Europe/Paris"}, "price_video": {""},
}

// Any text that a person types is stored in NFC, without what is invisible and without
// what turns the direction of writing; and invisible characters alone are no answer.
func TestWhatPeopleTypeIsStoredAsItIsRead(t *testing.T) {
	t.Parallel()
	w := typist{App: apptest.New(t), done: map[string]bool{}, typed: map[string]string{}}
	brand := w.SignUpBrand(t, "fonte")
	creator, id := w.JoinCreator(t, "penne.sandbox")
	drawPicture(t, w.App, creator)
	list, err := w.Discovery.CreateShortlist(context.Background(), brand, "Pasta")
	apptest.Must(t, err)
	apptest.Must(t, w.Discovery.AddToShortlist(context.Background(), brand, discovery.AddToShortlistForm{Creator: id, Shortlists: []string{list}}))
	search, err := w.Discovery.SaveSearch(context.Background(), brand, discovery.SavedSearchForm{Name: "Pasta", Alert: discovery.AlertOff}, search.Filter{})
	apptest.Must(t, err)
	w.things = []string{w.Propose(t, brand, id), w.Agree(t, brand, creator, id), id, list, search}
	w.done["/brands"] = true // whoever creates one acts for it from then on
	for i, b := range []*apptest.Browser{w.SignedInCreator(t, "penne.sandbox"), w.SignedInBrand(t, "fonte"), w.SignedInAdmin(t), w.NewBrowser(t)} {
		w.done["/brands"] = i < 2
		for _, page := range []string{"/shortlists/add?creator=" + id, "/reports/new?about=creator&id=" + id} {
			w.fillForms(t, b.Get(page))
		}
		for _, route := range w.ListRoutes() {
			if route.Method == http.MethodGet && !strings.HasSuffix(route.Path, "*") {
				w.fillPages(t, b, route.Path)
			}
		}
	}
	stored := apptest.ListTexts(t, w.DB)
	for field, clean := range w.typed {
		if !slices.ContainsFunc(stored, func(s apptest.StoredText) bool { return strings.Contains(s.Text, clean) }) {
			t.Errorf("%s is not stored as %s", field, clean)
		}
	}
	for _, s := range stored {
		if utf8.ValidString(s.Text) && text.RemoveInvisible(s.Text) != s.Text {
			t.Errorf("%s holds %q", s.Column, s.Text)
		}
	}
	if len(w.typed) < 35 {
		t.Errorf("only %d fields were filled in: %v", len(w.typed), slices.Sorted(maps.Keys(w.typed)))
	}
}

// typist fills in every form that has texts, each once.
type typist struct {
	*apptest.App
	things []string
	done   map[string]bool
	typed  map[string]string // by address and field, what has to be stored
}

// fillPages fills in the forms of a route's pages, of each thing that it exists for.
func (w *typist) fillPages(t *testing.T, b *apptest.Browser, route string) {
	t.Helper()
	for _, thing := range w.things {
		p := b.Get(filled(route, thing))
		if w.fillForms(t, p); p.Status == http.StatusOK || !strings.Contains(route, ":") {
			return
		}
	}
}

func (w *typist) fillForms(t *testing.T, p *apptest.Page) {
	t.Helper()
	p.Find("form[method=post]").Each(func(_ int, f *goquery.Selection) {
		address := w.addressOf(f)
		if w.done[address] || f.Find("input[type=file]").Length() > 0 { // a form with a file has the fields of the one that edits it
			return
		}
		dirty, required := w.texts(address, f)
		if len(dirty) == 0 {
			return
		}
		w.done[address] = true
		answers := apptest.FormValues(f)
		for field, v := range otherAnswers {
			if f.Find("[name='"+field+"']").Length() > 0 {
				answers[field] = v
			}
		}
		maps.Copy(answers, dirty)
		for _, field := range required {
			blank := maps.Clone(answers)
			blank.Set(field, "\u202e \u200b\u3164")
			if got := p.Post(f.AttrOr("action", ""), blank); got.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %s of invisible characters answers %d", address, field, got.Status)
			}
		}
		if got := p.Post(f.AttrOr("action", ""), answers); got.Status >= 400 {
			t.Errorf("%s answers %d: %s", address, got.Status, strings.Join(strings.Fields(got.Find(".error, [role=alert]").Text()), " "))
		}
	})
}

// addressOf is where a form goes, with parameters in place of what the test has.
func (w *typist) addressOf(f *goquery.Selection) string {
	address := f.AttrOr("action", "")
	for _, x := range w.things {
		address = strings.ReplaceAll(address, "/"+x, "/:id")
	}
	return numbered.ReplaceAllString(programme.ReplaceAllString(address, "/:key"), "/:n$1")
}

var programme, numbered = regexp.MustCompile(`/(affiliate|marketplace|tips)$`), regexp.MustCompile(`/\d+(/|$)`)

// texts types into every text of a form, and notes what has to be stored of it.
func (w *typist) texts(address string, f *goquery.Selection) (dirty url.Values, required []string) {
	dirty = url.Values{}
	f.Find("textarea, input").Each(func(_ int, s *goquery.Selection) {
		field, kind := s.AttrOr("name", ""), s.AttrOr("type", "text")
		exempt, listed := notTexts[address]
		if !s.Is("textarea") && kind != "text" && kind != "email" || listed && (exempt == nil || slices.Contains(exempt, field)) {
			return
		}
		n := len(w.typed)
		clean, typed := fmt.Sprintf("zoé%dx", n), fmt.Sprintf("\u2066zo\u200be\u0301\u202e%dx\ufe0f\u00ad", n)
		if kind == "email" {
			clean, typed = fmt.Sprintf("zo%dx@brand.example", n), fmt.Sprintf("\u202ezo\u200b%dx\u00ad@brand.example\ufeff", n)
		}
		w.typed[address+" "+field] = clean
		dirty.Set(field, typed)
		if s.Is("[required]") {
			required = append(required, field)
		}
	})
	return dirty, required
}
