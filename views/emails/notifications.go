package emails

import (
	"context"
	"fmt"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/discovery"
	"tribemarket/models/files"
	"tribemarket/models/moderation"
	"tribemarket/models/negotiation"
	"tribemarket/models/notifications"
	"tribemarket/views/paths"
)

// Notification is the mail that notifies the receiver of an event, with content from the
// event's area.
func Notification(ctx context.Context, site Site, content any, to notifications.Receiver) (Mail, error) {
	switch c := content.(type) {
	case negotiation.Announcement:
		return NegotiationNotice(ctx, site, c, to), nil
	case negotiation.HeldAnnouncement:
		return HeldNotice(ctx, site, c, to), nil
	case deals.Announcement:
		return DealNotice(ctx, site, c, to), nil
	case deals.ContractAnnouncement:
		return ContractNotice(ctx, site, c, to), nil
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
	p := Props{Site: site, Name: to.Name, Button: Button{Text: i18n.T(ctx, "moderation.mail.open"), URL: site.Reports()}}
	if j.Reported(to.PersonID) {
		return writeMail(ctx, p, "moderation.mail.reporter."+string(j.Decision), "name", j.Name)
	}
	p.Lines = append(p.Lines, i18n.T(ctx, "moderation.mail.note", "note", j.Note))
	if j.Decision == moderation.Hide {
		p.Button = Button{Text: i18n.T(ctx, "moderation.mail.pictures"), URL: site.Link(paths.PictureSettings())}
		if j.BrandID != nil {
			p.Button = Button{Text: i18n.T(ctx, "moderation.mail.logo"), URL: site.Link(paths.LogoSettings())}
		}
	}
	switch {
	case j.BrandID != nil: // of which the reader may have several
		return writeMail(ctx, p, "moderation.mail.about."+string(j.Decision), "name", j.Name)
	case j.Decision == moderation.Hide && j.Picture != nil:
		return hiddenPicture(ctx, p, *j.Picture)
	}
	return writeMail(ctx, p, "moderation.mail.you."+string(j.Decision))
}

// hiddenPicture tells a creator which of their pictures was hidden.
func hiddenPicture(ctx context.Context, p Props, x files.Picture) Mail {
	switch {
	case x.Use == files.Work && x.Alt == "":
		return writeMail(ctx, p, "moderation.mail.you.hide.untitled", "n", i18n.Number(ctx, x.Place))
	case x.Use == files.Work:
		return writeMail(ctx, p, "moderation.mail.you.hide.work", "title", x.Alt)
	case x.Use == files.Thumbnail:
		return writeMail(ctx, p, "moderation.mail.you.hide.thumbnail")
	}
	return writeMail(ctx, p, "moderation.mail.you.hide.portrait")
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
