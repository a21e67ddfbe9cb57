package emails

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
)

// Invitation is the mail with the link by which a person joins a brand.
func Invitation(ctx context.Context, site Site, o accounts.InvitationDetails, secret string) Mail {
	role := "accounts.role." + string(o.Role)
	return writeMail(ctx, Props{
		Site:      site,
		Lines:     []string{i18n.T(ctx, "accounts.mail.invite.role", "role", i18n.T(ctx, role), "does", i18n.T(ctx, role+".does"))},
		Waits:     i18n.T(ctx, "accounts.mail.invite.waits"),
		Until:     momentText(ctx, o.ExpiresAt),
		Otherwise: i18n.T(ctx, "accounts.mail.invite.otherwise"),
		Button:    Button{Text: i18n.T(ctx, "accounts.mail.invite.button"), URL: site.Invitation(secret)},
		Footer:    i18n.T(ctx, "accounts.mail.invite.footer", "by", o.By),
	}, "accounts.mail.invite", "by", o.By, "brand", o.Brand, "site", site.Name)
}

// BrandNotice tells a person what has happened in a brand.
func BrandNotice(ctx context.Context, site Site, t accounts.NoticeDetails) Mail {
	role := ""
	if t.Role != "" {
		role = i18n.T(ctx, "accounts.role."+string(t.Role))
	}
	names := []any{"brand", t.Brand, "agency", t.Agency, "other", t.Other, "role", role, "domain", t.Domain, "email", t.Email}
	p := Props{Site: site, Name: t.To.Name}
	if t.By != "" {
		p.Lines = append(p.Lines, i18n.T(ctx, "accounts.mail.by", "by", t.By))
	}
	p.Button = Button{Text: i18n.T(ctx, "accounts.mail.members"), URL: site.Members()}
	switch t.Kind {
	case accounts.NoticeRemoved:
		p.Button = Button{Text: i18n.T(ctx, "accounts.mail.home", "site", site.Name), URL: site.Home()}
	case accounts.NoticeDomainLost:
		p.Lines = append(p.Lines, i18n.T(ctx, "accounts.mail.domain_lost.text"))
		p.Button = Button{Text: i18n.T(ctx, "accounts.mail.domain"), URL: site.Domain()}
	case accounts.NoticeMandateOffered:
		p.Waits = i18n.T(ctx, "accounts.mail.mandate_offered.waits", names...)
		p.Otherwise = i18n.T(ctx, "accounts.mail.mandate_offered.otherwise", "time", i18n.Duration(ctx, accounts.MandateOfferLifetime))
	}
	return writeMail(ctx, p, "accounts.mail."+string(t.Kind), names...)
}
