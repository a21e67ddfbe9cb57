package components_test

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	c "tribemarket/views/components"
)

func draw(t *testing.T, l i18n.Locale, part templ.Component) *goquery.Document {
	t.Helper()
	ctx := i18n.WithMissingText(i18n.WithLocale(c.WithCSRF(t.Context(), "token"), l, nil), func(l i18n.Locale, key string) {
		t.Errorf("%s has no text %s", l, key)
	})
	var b strings.Builder
	if err := part.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func TestAFieldIsTiedToItsLabelHintAndError(t *testing.T) {
	t.Parallel()
	f := c.Field{
		Name: "deliverables[0].fee", Label: "Fee", Hint: "In euros", Error: "Enter €320 or more.", Value: `"250"`, Required: true,
		Options: []c.Option{{Value: "a", Label: "A"}, {Value: "b", Label: "B", Group: "More"}},
	}
	const id = "f-deliverables-0-fee"
	if got := c.FieldID(f.Name); got != id {
		t.Fatal(got)
	}
	for name, part := range map[string]templ.Component{
		"text": c.TextField(f), "number": c.NumberField(f), "date": c.DateField(f), "area": c.TextArea(f), "select": c.Select(f),
		"money":      c.MoneyField(c.Amount{Field: f, Currency: "EUR"}),
		"currencies": c.MoneyField(c.Amount{Field: f, Currency: "EUR", Currencies: []string{"EUR", "CHF"}}),
		"checkbox":   c.Checkbox(f, true),
	} {
		doc := draw(t, i18n.EN, part)
		control := doc.Find("#" + id)
		if control.Length() != 1 || control.AttrOr("name", "") != f.Name {
			t.Errorf("%s: %d controls with the id", name, control.Length())
			continue
		}
		if got := control.AttrOr("aria-describedby", ""); got != id+"-error "+id+"-hint" {
			t.Errorf("%s: described by %q", name, got)
		}
		if control.AttrOr("aria-invalid", "") != "true" || control.AttrOr("aria-required", "") != "true" {
			t.Errorf("%s: neither invalid nor required", name)
		}
		if words(doc.Find("label[for='"+id+"']")) != "Fee" || words(doc.Find("#"+id+"-hint")) != "In euros" || words(doc.Find("#"+id+"-error")) != f.Error {
			t.Errorf("%s: label, hint or error is missing", name)
		}
	}
	plain := draw(t, i18n.EN, c.TextField(c.Field{Name: "x", Label: "X"})).Find("input")
	for _, attr := range []string{"aria-describedby", "aria-invalid", "aria-required", "disabled", "maxlength", "autocomplete"} {
		if v, ok := plain.Attr(attr); ok {
			t.Errorf("a plain field has %s=%q", attr, v)
		}
	}
}

func TestASetOfAnswersHasOneNameAndItsOwnIDs(t *testing.T) {
	t.Parallel()
	f := c.Field{
		Name: "tribe", Label: "Tribe", Error: "Choose one.", Values: []string{"b"},
		Options: []c.Option{{Value: "a", Label: "A", Count: "3"}, {Value: "b", Label: "B"}},
	}
	for kind, part := range map[string]templ.Component{"radio": c.RadioSet(f), "checkbox": c.CheckboxSet(f)} {
		doc := draw(t, i18n.EN, part)
		if doc.Find("fieldset[aria-describedby='f-tribe-error'] legend").Length() != 1 {
			t.Errorf("%s: the set is not tied to its error", kind)
		}
		if n := doc.Find("input[type=" + kind + "][name=tribe]").Length(); n != 2 {
			t.Errorf("%s: %d answers", kind, n)
		}
		// The summary leads to the first answer.
		if doc.Find("#"+c.FieldID("tribe")).AttrOr("value", "") != "a" || doc.Find("#f-tribe-2").Length() != 1 {
			t.Errorf("%s: ids", kind)
		}
		if v := doc.Find("input[checked]"); v.Length() != 1 || v.AttrOr("value", "") != "b" {
			t.Errorf("%s: the chosen answer is not kept", kind)
		}
	}
}

func TestTheErrorSummaryLeadsToEachField(t *testing.T) {
	t.Parallel()
	doc := draw(t, i18n.FR, c.ErrorSummary([]c.Problem{{Field: "items[1].due", Message: "Une date"}, {Message: "Tout"}}))
	box := doc.Find("section[role=alert]")
	if _, ok := box.Attr("autofocus"); !ok || box.AttrOr("tabindex", "") != "-1" {
		t.Error("the summary does not take the focus")
	}
	if h := box.AttrOr("aria-labelledby", ""); words(doc.Find("#"+h)) != "2 réponses sont à corriger. Le reste est conservé." {
		t.Error(words(doc.Find("#" + h)))
	}
	if href := doc.Find("a").AttrOr("href", ""); href != "#f-items-1-due" {
		t.Error(href)
	}
	if got := draw(t, i18n.EN, c.ErrorSummary(nil)).Find("body").Children().Length(); got != 0 {
		t.Error("a summary without problems")
	}
}

func TestFormsCarryTheToken(t *testing.T) {
	t.Parallel()
	doc := draw(t, i18n.EN, c.PostButton("/deals/x/ending", c.Button{Label: "End", Kind: c.Danger}, c.Hidden{Name: "why", Value: "a&b"}))
	form := doc.Find("form[method=post][action='/deals/x/ending']")
	if form.Find("input[name=_csrf]").AttrOr("value", "") != "token" || form.Find("input[name=why]").AttrOr("value", "") != "a&b" {
		t.Error("a field is missing")
	}
	if words(form.Find("button.btn.danger")) != "End" {
		t.Error("no button")
	}
}

func TestAButtonIsALinkWhereItLeadsSomewhere(t *testing.T) {
	t.Parallel()
	rows := []struct {
		b    c.Button
		want string
	}{
		{c.Button{Label: "X", Href: "/a?b=1&c=2"}, "a.btn[href='/a?b=1&c=2']"},
		{c.Button{Label: "X", Href: "/a", Off: true}, "a.btn[aria-disabled=true][role=link]:not([href])"},
		{c.Button{Label: "X", Off: true}, "button[disabled]"},
		{c.Button{Label: "X", Name: "do", Value: "send", Form: "f"}, "button[name=do][value=send][form=f]:not([disabled])"},
		{c.Button{Label: "X", Toggle: "true", Busy: true, Kind: c.Primary}, "button.primary[aria-pressed=true][aria-busy=true]"},
		{c.Button{Label: "X", Href: "javascript:alert(1)"}, "a:not([href^=javascript])"},
	}
	for _, r := range rows {
		if draw(t, i18n.EN, r.b.Show()).Find(r.want).Length() != 1 {
			t.Errorf("%+v is not %s", r.b, r.want)
		}
	}
}

func TestATurnSaysWhoWhatAndOtherwise(t *testing.T) {
	t.Parallel()
	card := c.TurnCard{Who: "You", Title: "Approve", Otherwise: "Otherwise approved.", Left: "3 days left", Gone: 130}
	doc := draw(t, i18n.EN, card.Show())
	if words(doc.Find("section.turn-card:not(.theirs)[aria-labelledby=turn] #turn")) != "Approve" {
		t.Error("the heading")
	}
	if got := doc.Find(".gone").AttrOr("width", ""); got != "100" {
		t.Errorf("a clock of %s per cent", got)
	}
	card.Gone, card.Theirs = -1, true
	doc = draw(t, i18n.EN, card.Show())
	if doc.Find(".clock").Length() != 0 || doc.Find(".theirs").Length() != 1 {
		t.Error("a clock that was not asked for")
	}
}

func TestStagesAreReadOut(t *testing.T) {
	t.Parallel()
	doc := draw(t, i18n.NL, c.Stages("Weg", []c.Stage{{Name: "Een", Done: true}, {Name: "Twee", Here: true}, {Name: "Drie"}}))
	if got := words(doc.Find("ol[aria-label=Weg]")); got != "Een (afgerond)TweeDrie" && got != "Een (afgerond) Twee Drie" {
		t.Error(got)
	}
	if words(doc.Find("[aria-current=step]")) != "Twee" {
		t.Error("the step")
	}
}

func TestAFigureHasItsMakingOrSaysThatThereIsNone(t *testing.T) {
	t.Parallel()
	doc := draw(t, i18n.EN, c.FigureBox(c.Figure{Label: "Engagement", Value: "7.3%", Made: c.FigureExplanation{Formula: "a ÷ b", Age: "6 hours"}}))
	if got := words(doc.Find("details dl")); got != "Formula a ÷ b Age 6 hours" && got != "Formulaa ÷ bAge6 hours" {
		t.Error(got)
	}
	if got := words(doc.Find("summary")); got != "How this is made : Engagement" && got != "How this is made: Engagement" {
		t.Error(got)
	}
	doc = draw(t, i18n.EN, c.FigureBox(c.Figure{Label: "Engagement", Note: "Too few posts"}))
	if doc.Find("details").Length() != 0 || !strings.Contains(words(doc.Find("dd.figure")), "No figure") {
		t.Error("a missing figure is not said")
	}
}

func TestTheChartHasWordsAndATable(t *testing.T) {
	t.Parallel()
	chart := c.PostsChart{ID: "ch", Title: "Latest posts", Posts: []c.Post{
		{At: "1 Nov", Views: 0, Rate: -1}, {At: "2 Nov", Views: 100, Rate: 50_000}, {At: "3 Nov", Views: 400, Rate: 100_000, Sponsored: true},
	}}
	doc := draw(t, i18n.EN, chart.Show())
	img := doc.Find("svg[role=img]")
	for _, id := range strings.Fields(img.AttrOr("aria-labelledby", "")) {
		if words(doc.Find("#"+id)) == "" {
			t.Errorf("%s says nothing", id)
		}
	}
	if got := words(doc.Find("desc")); got != "Bars: views, from 0 to 400. Line: engagement, from 5.0% to 10.0%." {
		t.Error(got)
	}
	if n := doc.Find(".chart rect.bar").Length() - doc.Find(".legend rect.bar").Length(); n != 3 {
		t.Errorf("%d bars", n)
	}
	// Both scales start at zero, and so do the bars.
	labels := doc.Find(".chart text").Map(func(_ int, label *goquery.Selection) string { return label.Text() })
	var heights []float64
	doc.Find(".chart rect.bar").NotSelection(doc.Find(".legend rect")).Each(func(_ int, bar *goquery.Selection) {
		h, _ := strconv.ParseFloat(bar.AttrOr("height", ""), 64)
		heights = append(heights, h)
	})
	if !slices.Contains(labels, "0") || !slices.Contains(labels, "0%") || heights[0] != 0 || math.Abs(heights[2]-4*heights[1]) > 0.5 || heights[1] == 0 {
		t.Errorf("the scales are %q, the bars %v", labels, heights)
	}
	first := doc.Find("tbody tr").First()
	if !strings.HasPrefix(words(first), "3 Nov") || doc.Find("tbody tr").Length() != 3 {
		t.Error("the table is not newest first")
	}
	for _, empty := range []c.PostsChart{{ID: "a"}, {ID: "b", Posts: []c.Post{{At: "1 Nov", Rate: -1}}}} {
		doc := draw(t, i18n.EN, empty.Show())
		if html, _ := doc.Html(); strings.Contains(html, "NaN") || strings.Contains(html, "Inf") || doc.Find("path.line").Length() != 0 {
			t.Error("a chart without figures draws a line")
		}
	}
}

func TestAnAvatarIsAlwaysTheSame(t *testing.T) {
	t.Parallel()
	one := func(a c.Avatar) string {
		html, _ := draw(t, i18n.EN, a.Show()).Html()
		return html
	}
	for name, want := range map[string]string{"Ada de Berg": "AB", "Bo": "B", "jean-luc": "JL", "李明": "李", "★": "", "": ""} {
		a := c.Avatar{Name: name, Key: "h"}
		if got := words(draw(t, i18n.EN, a.Show()).Find("text")); got != want {
			t.Errorf("%q has the initials %q", name, got)
		}
		if first, second := one(a), one(a); first != second {
			t.Errorf("%q changes", name)
		}
	}
	if one(c.Avatar{Name: "A", Key: "one"}) == one(c.Avatar{Name: "A", Key: "two"}) {
		t.Error("two keys look the same")
	}
	if len(c.MarkNames()) < 30 {
		t.Error("fewer marks than tribes")
	}
	if draw(t, i18n.EN, c.TribeMark("nothing", -1)).Find("svg.tribe-35 path").AttrOr("d", "") == "" {
		t.Error("an unknown mark draws nothing")
	}
}

func TestThePagerIsThereWhereThereIsMore(t *testing.T) {
	t.Parallel()
	if draw(t, i18n.EN, c.Pager{Status: "3"}.Show()).Find("nav").Length() != 0 {
		t.Error("a pager of one page")
	}
	doc := draw(t, i18n.FR, c.Pager{Next: "/creators?after=x", Status: "214"}.Show())
	if words(doc.Find("nav[aria-label=Pages] a[rel=next]")) != "Suivant" {
		t.Error("no way on")
	}
}

// The content policy allows no style or script in the page.
func TestNoPartHasAStyleOrScriptOfItsOwn(t *testing.T) {
	t.Parallel()
	b := c.Button{Label: "x"}
	for _, part := range []templ.Component{
		c.Notice(c.Bad, "x"), c.Flash(c.Good, "x"), c.Empty("x", "y"), c.Loading(), c.Menu{Label: "x"}.Open(),
		c.Dialog("d", "x"), c.DialogButton("d", b), c.Histogram("x", []int64{1, 0, 3}, 0, 1), c.Band("x", 2000, -5, 900), c.Share(300),
	} {
		html, _ := draw(t, i18n.EN, part).Html()
		for _, bad := range []string{" style=", "<style", "<script", " onclick", " hx-on"} {
			if strings.Contains(html, bad) {
				t.Errorf("%s in %s", bad, html)
			}
		}
	}
}

func TestTextsOfOthersAreEscaped(t *testing.T) {
	t.Parallel()
	nasty := `<img src=x onerror=alert(1)>"'`
	for _, part := range []templ.Component{
		c.TextField(c.Field{Name: nasty, Label: nasty, Value: nasty}), c.Chip{Label: nasty, Href: nasty}.Show(),
		c.Timeline([]c.Event{{Title: nasty, Quote: nasty}}), c.Avatar{Name: nasty}.Show(), c.Facts([]c.Fact{{Label: nasty, Value: nasty}}),
	} {
		if draw(t, i18n.EN, part).Find("img").Length() != 0 {
			t.Error("a text became an element")
		}
	}
	if c.CSRF(context.Background()) != "" {
		t.Error("a token from nowhere")
	}
}
