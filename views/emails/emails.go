// Package emails writes the mails: what happened, what waits for the reader, by when,
// what happens otherwise, and one link, as HTML and as plain text.
package emails

import (
	"bytes"
	"context"
	"strings"
	"time"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/views/paths"
)

// Site is the instance that sends the mails; links begin with its BaseURL.
type Site struct {
	Name    string
	BaseURL string
}

// Link is the full URL of a path of the site.
func (s Site) Link(path string) string { return strings.TrimSuffix(s.BaseURL, "/") + path }

// Negotiation is the full URL of a negotiation.
func (s Site) Negotiation(id string) string { return s.Link(paths.Negotiation(id)) }

// Deal is the full URL of a deal.
func (s Site) Deal(id string) string { return s.Link(paths.Deal(id)) }

// DocumentCheck is the full URL of the page that checks signed documents.
func (s Site) DocumentCheck() string { return s.Link(paths.CheckDocument()) }

// Reports is the full URL of the results of reports.
func (s Site) Reports() string { return s.Link(paths.BlockSettings()) }

// Invitation is the URL of an invitation to a brand.
func (s Site) Invitation(secret string) string { return s.Link(paths.Invitation(secret)) }

// Members is the URL of a brand's members.
func (s Site) Members() string { return s.Link(paths.Members()) }

// Home is the URL of the page that a person sees first.
func (s Site) Home() string { return s.Link(paths.Dashboard()) }

// Domain is the URL of a brand's domain page.
func (s Site) Domain() string { return s.Link(paths.DomainSettings()) }

// Button is the main link of a mail.
type Button struct {
	Text string
	URL  string // full
}

// Props is a mail to one person, in the language of the context.
type Props struct {
	Site      Site
	Name      string   // whom it greets
	Headline  string   // what happened, in one sentence
	Picture   *Picture // of whom it is about, beside the headline; nil for none
	Lines     []string // further details
	Entries   []Entry  // what it is about, each with a link
	More      string   // how many more entries there are, "" for none
	Waits     string   // what the reader has to do, "" for nothing
	Until     string   // the deadline in words; "" for none
	Otherwise string   // what happens if the reader does nothing
	Button    Button
	Footer    string // why the mail is sent; the usual sentence unless set
	Stop      Button // stops such mails, where that is possible
}

// Entry is one of several things that a mail is about.
type Entry struct {
	Name    string
	Line    string   // what it is
	URL     string   // full
	Picture *Picture // nil for none
}

// Render renders a component as HTML, for the reader of the context.
func Render(ctx context.Context, c templ.Component) (string, error) {
	var b bytes.Buffer
	err := c.Render(ctx, &b)
	return b.String(), err
}

// Text is the mail as plain text: the same words in the same order.
func (p Props) Text(ctx context.Context) string {
	parts := append([]string{p.greeting(ctx), p.Headline}, p.Lines...)
	for _, e := range p.Entries {
		parts = append(parts, e.Name+"\n"+e.Line+"\n"+e.URL)
	}
	if p.More != "" {
		parts = append(parts, p.More)
	}
	if wait := strings.Join(p.wait(ctx), " "); wait != "" {
		parts = append(parts, wait)
	}
	if p.Button.URL != "" {
		parts = append(parts, i18n.T(ctx, "emails.link_of", "text", p.Button.Text, "url", p.Button.URL))
	}
	footer := "-- \n" + p.footer(ctx)
	if p.Stop.URL != "" {
		footer += "\n" + i18n.T(ctx, "emails.link_of", "text", p.Stop.Text, "url", p.Stop.URL)
	}
	return strings.Join(append(parts, footer), "\n\n") + "\n"
}

func (p Props) greeting(ctx context.Context) string {
	if p.Name == "" {
		return i18n.T(ctx, "emails.hello_nobody")
	}
	return i18n.T(ctx, "emails.hello", "name", p.Name)
}

// wait says what the reader has to do, by when, and what happens otherwise.
func (p Props) wait(ctx context.Context) []string {
	var all []string
	if p.Waits != "" {
		all = append(all, p.Waits)
	}
	if p.Until != "" {
		all = append(all, i18n.T(ctx, "emails.until", "until", p.Until))
	}
	if p.Otherwise != "" {
		all = append(all, p.Otherwise)
	}
	return all
}

func (p Props) footer(ctx context.Context) string {
	if p.Footer != "" {
		return p.Footer
	}
	return i18n.T(ctx, "emails.footer", "site", p.Site.Name, "url", p.Site.BaseURL)
}

// momentText is a moment in the reader's time zone, which it names: a mail is read anywhere,
// and often by somebody else than planned.
func momentText(ctx context.Context, t time.Time) string {
	return i18n.InZone(ctx, i18n.WeekdayDateTime(ctx, i18n.LastMinute(ctx, t)))
}

// dayEndText is the end of a side's day in the reader's time zone, as the last minute before it.
func dayEndText(ctx context.Context, t time.Time) string {
	return i18n.InZone(ctx, dayEnd(ctx, t))
}

func dayEnd(ctx context.Context, t time.Time) string {
	return i18n.WeekdayDateTime(ctx, t.Add(-time.Minute))
}

// Mail is a mail ready to be sent, in the language of the context.
type Mail struct {
	Subject string // the deed and its object: see writeMail
	Props
}

// HTML is the mail as HTML.
func (m Mail) HTML(ctx context.Context) (string, error) {
	return Render(ctx, Announcement(m.Props))
}

// EmailConfirmation asks the reader to confirm that an address is theirs; the secret is
// part of the link.
func EmailConfirmation(ctx context.Context, site Site, name, email, secret string) Mail {
	return Mail{subject(ctx, "emails.confirm.subject", "email", email, "site", site.Name), Props{
		Site:      site,
		Name:      name,
		Headline:  i18n.T(ctx, "emails.confirm.headline", "email", email, "site", site.Name),
		Waits:     i18n.T(ctx, "emails.confirm.waits"),
		Otherwise: i18n.T(ctx, "emails.confirm.until", "time", i18n.Duration(ctx, accounts.EmailConfirmationLifetime)) + " " + i18n.T(ctx, "emails.confirm.otherwise"),
		Button:    Button{i18n.T(ctx, "emails.confirm.button"), site.Link(paths.EmailConfirmation(secret))},
		Footer:    i18n.T(ctx, "emails.confirm.footer"),
	}}
}
