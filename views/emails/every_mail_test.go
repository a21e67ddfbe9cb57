package emails_test

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/files"
	"tribemarket/models/negotiation"
	"tribemarket/models/notifications"
	"tribemarket/models/platform"
	"tribemarket/models/terms"
	"tribemarket/views/emails"
)

// Every mail has a text and a page that lead to the same places, loads nothing but pictures
// of the site, and closes what it opens.
func TestEveryMailIsPlainTextAndHTML(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Locales() {
		ctx := strict(t, l)
		for _, s := range allMails(usual) {
			m := s.mail(ctx)
			markup, err := m.HTML(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if what := unclosed(markup); what != "" {
				t.Errorf("%s, %s: %s", l, s.what, what)
			}
			doc, plain := page(t, markup), m.Text(ctx)
			doc.Find("a").Each(func(_ int, a *goquery.Selection) {
				if href := a.AttrOr("href", ""); !strings.HasPrefix(href, site.BaseURL+"/") || !strings.Contains(plain, href) {
					t.Errorf("%s, %s: the text does not lead to %q", l, s.what, href)
				}
			})
			for _, word := range strings.Fields(plain) {
				if i := strings.Index(word, site.BaseURL+"/"); i >= 0 && !strings.Contains(markup, strings.TrimRight(word[i:], ".,")) {
					t.Errorf("%s, %s: the page does not lead to %s", l, s.what, word)
				}
			}
			doc.Find("img").Each(func(_ int, x *goquery.Selection) {
				if what := pictureFault(x); what != "" {
					t.Errorf("%s, %s: %s", l, s.what, what)
				}
			})
			if n := doc.Find("picture, iframe, script, link, form, [background]").Length(); n > 0 || strings.Contains(markup, "url(") || strings.Contains(markup, "@import") {
				t.Errorf("%s, %s: it loads something, %d times", l, s.what, n)
			}
			if said := strings.Join(strings.Fields(doc.Find("body").Text()), " "); !strings.Contains(said, strings.Join(strings.Fields(m.Headline), " ")) || !strings.Contains(plain, m.Headline) {
				t.Errorf("%s, %s: the fact is not in both parts", l, s.what)
			}
			if doc.Find("meta[name=color-scheme]").AttrOr("content", "") != "light dark" || !strings.Contains(markup, "prefers-color-scheme: dark") {
				t.Errorf("%s, %s: it has no dark look", l, s.what)
			}
		}
	}
}

// storedPicture is the address of a stored picture, without a session, a person or a mail.
var storedPicture = regexp.MustCompile(`^` + regexp.QuoteMeta(site.BaseURL) + `/pictures/[\w-]+/(160|480|1600)$`)

// pictureFault says what is wrong with a picture in a mail; "" for nothing. Its address is
// the same in every mail, so that opening a mail says nothing about its reader.
func pictureFault(x *goquery.Selection) string {
	width, err := strconv.Atoi(x.AttrOr("width", ""))
	height, err2 := strconv.Atoi(x.AttrOr("height", ""))
	switch src := x.AttrOr("src", ""); {
	case !storedPicture.MatchString(src):
		return fmt.Sprintf("it loads %q", src)
	case x.AttrOr("alt", "") == "":
		return src + " has no alternative text"
	case errors.Join(err, err2) != nil, width < 1, height < 1, max(width, height) > 64:
		return fmt.Sprintf("%s is %q by %q", src, x.AttrOr("width", ""), x.AttrOr("height", ""))
	case x.AttrOr("srcset", "") != "":
		return src + " can be another one"
	}
	return ""
}

// A mail shows the portrait or the logo of the other side, and only one that everybody may
// see; the text says the same with it and without.
func TestAMailShowsThePictureOfTheOtherSide(t *testing.T) {
	t.Parallel()
	ctx := strict(t, i18n.EN)
	a := deals.Announcement{Brand: deals.Party{Name: "Brumelle"}, Creator: deals.Party{Name: "Luna Brisk"}, Product: "Copper pan", Item: deals.Item{Number: 1, Format: "video", ContentType: "review", Platform: platform.TikTok}}
	show := func(to models.Side) (*goquery.Selection, string) {
		a.Event.Side, a.Event.Action = models.SideBrand, deals.ActionApprove
		if to == models.SideBrand {
			a.Event.Side, a.Event.Action = models.SideCreator, deals.ActionSubmitDraft
		}
		m := emails.DealNotice(ctx, site, a, notifications.Receiver{Side: to})
		markup, err := m.HTML(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return page(t, markup).Find("img"), m.Text(ctx)
	}
	for _, side := range []models.Side{models.SideBrand, models.SideCreator} {
		bare, said := show(side)
		a.Brand.Logo, a.Creator.Face.Portrait = &files.Picture{PublicID: "l0go", Width: 300, Height: 150}, &files.Picture{PublicID: "f4ce", Width: 200, Height: 400}
		closed, _ := show(side)
		a.Brand.Public, a.Creator.Public = true, true
		shown, same := show(side)
		want := map[models.Side][]string{models.SideBrand: {"f4ce", "Luna Brisk", "32", "64"}, models.SideCreator: {"l0go", "Brumelle", "64", "32"}}[side]
		got := []string{strings.TrimSuffix(strings.TrimPrefix(shown.AttrOr("src", ""), site.BaseURL+"/pictures/"), "/160"), shown.AttrOr("alt", ""), shown.AttrOr("width", ""), shown.AttrOr("height", "")}
		if bare.Length() != 0 || closed.Length() != 0 || shown.Length() != 1 || !slices.Equal(got, want) || same != said {
			t.Errorf("to the %s: %d without pictures, %d of closed pages, %q, text %q", side, bare.Length(), closed.Length(), got, same)
		}
		a.Brand, a.Creator = deals.Party{Name: "Brumelle"}, deals.Party{Name: "Luna Brisk"}
	}
}

// unclosed says which element of a page is not closed where it should be; "" if all are.
func unclosed(markup string) string {
	void := []string{"meta", "br", "img", "hr", "link", "input"}
	var open []string
	for z := html.NewTokenizer(strings.NewReader(markup)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) {
				return z.Err().Error()
			}
			return strings.Join(open, ", ")
		case html.StartTagToken:
			if name, _ := z.TagName(); !slices.Contains(void, string(name)) {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				return "</" + string(name) + "> closes " + strings.Join(open, " ")
			}
			open = open[:len(open)-1]
		}
	}
}

// A mail is read anywhere, so that each moment in it names its zone.
func TestEveryMomentInAMailNamesItsZone(t *testing.T) {
	t.Parallel()
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	clock := strings.NewReplacer("12:00", "", "13:00", "", "23:59", "", "00:59", "", "01:00", "")
	for _, l := range i18n.Locales() {
		for zone, named := range map[*time.Location]string{time.UTC: "(UTC)", paris: "(" + map[i18n.Locale]string{i18n.EN: "Paris", i18n.FR: "Paris", i18n.NL: "Parijs"}[l] + ")"} {
			ctx, seen := i18n.WithLocale(t.Context(), l, zone), 0
			for _, s := range allMails(usual) {
				plain := s.mail(ctx).Text(ctx)
				times := (len(plain) - len(clock.Replace(plain))) / len("12:00")
				if n := strings.Count(plain, named); n < times {
					t.Errorf("%s, %s: %d moments, %d zones: %s", l, s.what, times, n, plain)
				}
				seen += times
			}
			if seen == 0 {
				t.Errorf("%s: no mail names a moment", l)
			}
		}
	}
}

// Where a day ends elsewhere, the subject too names the zone, as long as it fits.
func TestASubjectNamesTheZoneWhereItFits(t *testing.T) {
	t.Parallel()
	a := deals.Announcement{
		Notice: deals.Reminder, State: string(deals.Approved), Due: due, Deadline: due, Brand: deals.Party{Name: "Brumelle"}, Product: "Copper pan",
		Items: make([]deals.Item, 1), Item: deals.Item{Number: 1, Format: "video", ContentType: "review", Platform: platform.TikTok},
	}
	ctx := i18n.WithLocale(t.Context(), i18n.EN, time.FixedZone("America/New_York", -5*3600))
	write := func() emails.Mail {
		return emails.DealNotice(ctx, site, a, notifications.Receiver{Side: models.SideCreator})
	}
	if got := write().Subject; !strings.HasSuffix(got, "is due by Fri 4 Dec, 18:59 (New York)") {
		t.Errorf("the subject is %q", got)
	}
	a.Product = strings.Repeat("Copper ", 14)
	if m := write(); !strings.HasSuffix(m.Subject, "18:59") || !strings.HasSuffix(m.Headline, "18:59 (New York)") {
		t.Errorf("the subject is %q, the mail says %q", m.Subject, m.Headline)
	}
}

// A day to answer that ends elsewhere is told as the moment when it ends.
func TestAMailSaysWhenALaterDayToAnswerEnds(t *testing.T) {
	t.Parallel()
	a := negotiation.Announcement{Notice: deals.Happened, Open: true, Event: deals.Event{Action: negotiation.ActionAskExtension, Side: models.SideCreator, Note: "2026-12-05"}, Negotiation: negotiation.Negotiation{
		Brand: deals.Party{Name: "Brumelle"}, Creator: deals.Party{Name: "Noor"}, State: negotiation.WithCreator, ExpiresAt: due, Zone: "Europe/London", BrandZone: "Europe/Brussels",
		Extension: &negotiation.Extension{By: models.SideCreator, On: models.Date{Year: 2026, Month: time.December, Day: 5}},
		Latest:    negotiation.Offer{Number: 1, Terms: terms.Terms{Product: "Pan", Currency: "EUR", Fee: terms.Fee{Content: 42_000}}},
	}}
	ctx := i18n.WithLocale(t.Context(), i18n.EN, models.Zone("Europe/Brussels"))
	m := emails.NegotiationNotice(ctx, site, a, notifications.Receiver{Side: models.SideBrand})
	const ends = "Sun 6 Dec, 00:59 (Brussels)"
	if !strings.HasSuffix(m.Headline, "until "+ends) || m.Waits != "Say whether the offer may be answered until "+ends+"." {
		t.Errorf("%q, %q", m.Headline, m.Waits)
	}
}
