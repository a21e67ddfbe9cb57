package jobs

import (
	"context"
	"errors"

	"tribemarket/internal/domains"
	"tribemarket/internal/i18n"
	"tribemarket/internal/mail"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/emails"
)

// invite mails the link by which somebody joins a brand, unless it leads nowhere
// by now.
func (j *Jobs) invite(ctx context.Context, args accounts.InviteArgs) error {
	o, open, err := j.Accounts.OfferByID(ctx, args.InvitationID, args.Secret)
	if err != nil || !open {
		return err
	}
	by, err := j.Accounts.Find(ctx, o.InvitedBy)
	if err != nil {
		return err
	}
	locale, _ := i18n.Parse(o.Locale)
	ctx = i18n.With(ctx, locale, by.Location())
	names := []any{"by", o.By, "brand", o.Brand, "site", j.SiteName}
	role := "accounts.role." + string(o.Role)
	return j.post(ctx, "invite-"+models.HashSecret(args.Secret), o.InvitedBy, o.Email, emails.Props{
		Site: j.site(), Headline: i18n.T(ctx, "accounts.mail.invite", names...),
		Lines:     []string{i18n.T(ctx, "accounts.mail.invite.role", "role", i18n.T(ctx, role), "does", i18n.T(ctx, role+".does"))},
		Waits:     i18n.T(ctx, "accounts.mail.invite.waits"),
		Until:     i18n.WeekdayDateTime(ctx, o.ExpiresAt),
		Otherwise: i18n.T(ctx, "accounts.mail.invite.otherwise"),
		Button:    emails.Button{Text: i18n.T(ctx, "accounts.mail.invite.button"), URL: j.site().Invitation(args.Secret)},
		Footer:    i18n.T(ctx, "accounts.mail.invite.footer", "by", o.By),
	})
}

// notify tells somebody what has happened in a brand.
func (j *Jobs) notify(ctx context.Context, args accounts.NoticeArgs) error {
	t, due, err := j.Accounts.Told(ctx, args.Notice)
	if err != nil || !due {
		return err
	}
	locale, _ := i18n.Parse(t.To.Locale)
	ctx = i18n.With(ctx, locale, t.To.Location())
	return j.post(ctx, "notice-"+t.Key, t.PersonID, t.To.Email, j.notice(ctx, t))
}

// notice puts into words what somebody is told of a brand.
func (j *Jobs) notice(ctx context.Context, t accounts.Told) emails.Props {
	role := ""
	if t.Role != "" {
		role = i18n.T(ctx, "accounts.role."+string(t.Role))
	}
	names := []any{"brand", t.Brand, "agency", t.Agency, "other", t.Other, "role", role, "domain", t.Domain}
	p := emails.Props{Site: j.site(), Name: t.To.Name, Headline: i18n.T(ctx, "accounts.mail."+string(t.Kind), names...)}
	if t.By != "" {
		p.Lines = append(p.Lines, i18n.T(ctx, "accounts.mail.by", "by", t.By))
	}
	p.Button = emails.Button{Text: i18n.T(ctx, "accounts.mail.members"), URL: p.Site.Members()}
	switch t.Kind {
	case accounts.NoticeRemoved:
		p.Button = emails.Button{Text: i18n.T(ctx, "accounts.mail.home", "site", j.SiteName), URL: p.Site.Home()}
	case accounts.NoticeDomainLost:
		p.Lines = append(p.Lines, i18n.T(ctx, "accounts.mail.domain_lost.text"))
		p.Button = emails.Button{Text: i18n.T(ctx, "accounts.mail.domain"), URL: p.Site.Domain()}
	case accounts.NoticeMandateOffered:
		p.Waits = i18n.T(ctx, "accounts.mail.mandate_offered.waits", names...)
		p.Otherwise = i18n.T(ctx, "accounts.mail.mandate_offered.otherwise", "time", i18n.Duration(ctx, accounts.MandateWithin))
	}
	return p
}

// post sends a mail once.
func (j *Jobs) post(ctx context.Context, key string, personID int64, to string, p emails.Props) error {
	html, err := emails.Render(ctx, emails.Announcement(p))
	if err != nil {
		return err
	}
	return j.send(ctx, key, personID, mail.Message{To: to, Subject: p.Headline, Text: p.Text(ctx), HTML: html})
}

// checkDomain looks for a brand's code, outside of any transaction.
func (j *Jobs) checkDomain(ctx context.Context, args accounts.CheckDomainArgs) error {
	d, err := j.Accounts.DomainOf(ctx, args.BrandID)
	if err != nil || d == nil || d.Code != args.Code {
		return err
	}
	method, err := j.Domains.Prove(ctx, d.Domain, d.Record())
	if err != nil && !errors.Is(err, domains.ErrMissing) {
		return err
	}
	return j.Accounts.KeepProof(ctx, d.BrandID, d.Code, method)
}

func (j *Jobs) sweepDomains(ctx context.Context, _ accounts.SweepDomainsArgs) error {
	return j.Accounts.SweepDomains(ctx)
}
