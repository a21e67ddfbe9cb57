package jobs

import (
	"context"
	"fmt"

	"tribemarket/internal/i18n"
	"tribemarket/internal/mail"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/deals"
	"tribemarket/models/workflow/run"
	"tribemarket/views/emails"
)

// confirm mails the link that makes an address somebody's own; one that is
// somebody's already is told so instead.
func (j *Jobs) confirm(ctx context.Context, args accounts.ConfirmArgs) error {
	if owner, taken, err := j.Accounts.Taken(ctx, args.Email, args.PersonID); err != nil || taken {
		if err != nil {
			return err
		}
		return j.known(ctx, owner, args)
	}
	p, err := j.Accounts.Find(ctx, args.PersonID)
	if err != nil {
		return err
	}
	locale, _ := i18n.Parse(p.Locale)
	ctx = i18n.With(ctx, locale, p.Location())
	props := emails.ConfirmProps{Site: j.site(), Name: p.Name, Email: args.Email, Secret: args.Secret}
	html, err := emails.Render(ctx, emails.Confirm(props))
	if err != nil {
		return err
	}
	m := mail.Message{To: args.Email, Subject: props.Subject(ctx), Text: props.Text(ctx), HTML: html}
	return j.send(ctx, "confirm-"+models.HashSecret(args.Secret), p.ID, m)
}

// announce tells the other side what has happened.
func (j *Jobs) announce(ctx context.Context, args run.NoticeArgs) error {
	a, err := j.Deals.Announcement(ctx, args.EventID)
	if err != nil {
		return err
	}
	return j.tell(ctx, a)
}

// remind tells of a deadline, unless something has happened meanwhile.
func (j *Jobs) remind(ctx context.Context, args run.RemindArgs) error {
	a, due, err := j.Deals.Reminder(ctx, args)
	if err != nil || !due {
		return err
	}
	return j.tell(ctx, a)
}

func (j *Jobs) tell(ctx context.Context, a deals.Announcement) error {
	for _, to := range a.To {
		locale, _ := i18n.Parse(to.Locale)
		ctx := i18n.With(ctx, locale, to.Location())
		props := j.announcement(ctx, a, to)
		html, err := emails.Render(ctx, emails.Announcement(props))
		if err != nil {
			return err
		}
		subject := i18n.T(ctx, "emails.announcement.subject", "product", a.Terms.Product, "what", props.Headline)
		m := mail.Message{To: to.Email, Subject: subject, Text: props.Text(ctx), HTML: html}
		if err := j.send(ctx, a.MailKey(to), to.PersonID, m); err != nil {
			return err
		}
	}
	return nil
}

// announcement puts into words what a receiver is told.
func (j *Jobs) announcement(ctx context.Context, a deals.Announcement, to accounts.Contact) emails.Props {
	names := []any{"brand", a.Brand.Name, "creator", a.Creator.Name, "product", a.Terms.Product}
	p := emails.Props{Site: j.site(), Name: to.Name}
	switch a.Notice {
	case deals.Happened:
		p.Headline = i18n.T(ctx, a.Event.Key(), names...)
	case deals.Reminder:
		p.Headline = i18n.T(ctx, "emails.reminder", "product", a.Terms.Product, "deadline", i18n.WeekdayDateTime(ctx, i18n.LastMinute(ctx, a.Deadline)))
	case deals.NowLate:
		p.Headline = i18n.T(ctx, "emails.late", names...)
	}
	if to.Side == models.SideBrand { // she may act for several
		p.Lines = append(p.Lines, i18n.T(ctx, "accounts.mail.for", "brand", a.Brand.Name))
	}
	if a.Item.Number > 0 {
		p.Lines = append(p.Lines, i18n.T(ctx, a.Item.TitleKey(), "type", i18n.T(ctx, a.Item.TypeKey()), "format", i18n.T(ctx, a.Item.FormatKey()), "platform", i18n.T(ctx, a.Item.PlatformKey())))
	}
	if a.Event.Note != "" {
		p.Lines = append(p.Lines, i18n.T(ctx, "emails.note", "note", a.Event.Note))
	}
	if a.Waits == to.Side {
		p.Waits = i18n.T(ctx, a.TodoKey, names...) + "."
		// What happens otherwise names the deadline; the day that was agreed comes before it.
		if a.Due.Before(a.Deadline) {
			p.Until = i18n.WeekdayDateTime(ctx, i18n.LastMinute(ctx, a.Due))
		}
	}
	if a.Waits != "" {
		p.Otherwise = i18n.T(ctx, a.OtherwiseKey, append(names, "deadline", i18n.WeekdayDateTime(ctx, i18n.LastMinute(ctx, a.Deadline)))...)
	}
	p.Button = emails.Button{Text: i18n.T(ctx, "emails.open_proposal"), URL: p.Site.Proposal(a.Proposal)}
	if a.Deal != "" {
		p.Button = emails.Button{Text: i18n.T(ctx, "emails.open_deal"), URL: p.Site.Deal(a.Deal)}
	}
	return p
}

// send hands a mail over once: the key is noted after the server has taken it,
// so that a crash in between sends it again rather than never.
func (j *Jobs) send(ctx context.Context, key string, personID int64, m mail.Message) error {
	sent, err := j.Accounts.Mailed(ctx, key)
	if err != nil || sent {
		return err
	}
	m.At = j.Clock()
	if err := j.Mail.Send(ctx, m); err != nil {
		return fmt.Errorf("send %s: %w", key, err)
	}
	return j.Accounts.NoteMail(ctx, key, personID, m.Subject, m.At)
}

func (j *Jobs) site() emails.Site { return emails.Site{Name: j.SiteName, BaseURL: j.BaseURL} }
