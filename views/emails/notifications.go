package emails

import (
	"context"
	"fmt"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/discovery"
	"tribemarket/models/moderation"
	"tribemarket/models/notifications"
	"tribemarket/views/paths"
)

// Notification is the mail that notifies the receiver of an event, with content from the
// event's area.
func Notification(ctx context.Context, site Site, content any, to notifications.Receiver) (Mail, error) {
	switch c := content.(type) {
	case deals.Announcement:
		return DealNotice(ctx, site, c, to), nil
	case discovery.AlertMail:
		return SearchAlert(ctx, site, c), nil
	case accounts.NoticeDetails:
		return BrandNotice(ctx, site, c), nil
	case accounts.SecurityNotice:
		return SecurityNotice(ctx, site, to.Name, c), nil
	case moderation.ReportDecision:
		return Decision(ctx, site, c, to), nil
	case creators.LostConnection:
		return LostConnection(ctx, site, c), nil
	case creators.FloorNotice:
		return ListingNotice(ctx, site, c), nil
	}
	return Mail{}, fmt.Errorf("no mail tells of a %T", content)
}

// Decision tells the reporter, or the person concerned, what was decided.
func Decision(ctx context.Context, site Site, j moderation.ReportDecision, to notifications.Receiver) Mail {
	side := "about"
	if j.Reported(to.PersonID) {
		side = "reporter"
	}
	p := Props{Site: site, Name: to.Name}
	if !j.Reported(to.PersonID) {
		p.Lines = append(p.Lines, i18n.T(ctx, "moderation.mail.note", "note", j.Note))
	}
	p.Button = Button{Text: i18n.T(ctx, "moderation.mail.open"), URL: site.Reports()}
	return writeMail(ctx, p, "moderation.mail."+side+"."+string(j.Decision), "name", j.Name)
}

// DailyDigest is the daily mail of one person's notifications.
func DailyDigest(ctx context.Context, site Site, name string, all []notifications.Notification) Mail {
	p := Props{
		Site: site, Name: name,
		Button: Button{i18n.T(ctx, "notifications.digest.button"), site.Link(paths.Notifications(nil))},
		Footer: i18n.T(ctx, "notifications.digest.footer", "site", site.Name),
	}
	for i, n := range all {
		if i == notifications.DigestShows {
			p.More = i18n.T(ctx, "notifications.digest.more", "n", len(all)-i)
			break
		}
		p.Entries = append(p.Entries, Entry{Name: n.Title, Line: momentText(ctx, n.At), URL: site.Link(paths.Subject(n.Subject.Kind, n.Subject.ID))})
	}
	return writeMail(ctx, p, "notifications.digest.headline", "n", len(all), "first", all[0].Title)
}

// Stopped adds the link that stops such mails, which also works with one click.
func (m Mail) Stopped(ctx context.Context, secret string) Mail {
	m.Stop = Button{i18n.T(ctx, "notifications.stop.link"), m.Site.Link(paths.StopMails(secret))}
	return m
}
