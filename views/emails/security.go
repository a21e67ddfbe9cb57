package emails

import (
	"context"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/views/paths"
)

// PasswordReset is the mail with a link to a new password.
func PasswordReset(ctx context.Context, site Site, name, secret string) Mail {
	return writeMail(ctx, Props{
		Site: site, Name: name,
		Waits:     i18n.T(ctx, "accounts.mail.reset.waits"),
		Otherwise: i18n.T(ctx, "accounts.mail.reset.otherwise", "time", i18n.Duration(ctx, accounts.PasswordResetLifetime)),
		Button:    Button{i18n.T(ctx, "accounts.mail.reset.button"), site.Link(paths.PasswordReset(secret))},
		Footer:    i18n.T(ctx, "accounts.mail.reset.footer"),
	}, "accounts.mail.reset.headline", "site", site.Name)
}

// IdentityCode is the mail with a code that proves who somebody is. Its subject does not
// hold the code, which would be shown on a locked screen.
func IdentityCode(ctx context.Context, site Site, name, code string) Mail {
	half := len(code) / 2
	return writeMail(ctx, Props{
		Site: site, Name: name,
		Lines:     []string{i18n.T(ctx, "accounts.mail.code.text", "code", code[:half]+" "+code[half:])},
		Otherwise: i18n.T(ctx, "accounts.mail.code.otherwise", "time", i18n.Duration(ctx, accounts.IdentityCodeLifetime)),
		Footer:    i18n.T(ctx, "accounts.mail.code.footer"),
	}, "accounts.mail.code.headline", "site", site.Name)
}

// KnownEmail is the mail to an address that belongs to an account and was entered for
// another one.
func KnownEmail(ctx context.Context, site Site, name, email string) Mail {
	return writeMail(ctx, Props{
		Site: site, Name: name,
		Lines:  []string{i18n.T(ctx, "accounts.mail.known.text", "email", email), i18n.T(ctx, "accounts.mail.known.reset", "url", site.Link(paths.ForgottenPassword()))},
		Button: Button{i18n.T(ctx, "accounts.mail.known.button"), site.Link(paths.SignIn(""))},
		Footer: i18n.T(ctx, "emails.confirm.footer"),
	}, "accounts.mail.known.headline", "site", site.Name, "email", email)
}

// SecurityNotice reports a change to how the person signs in, or to whether their account stays.
func SecurityNotice(ctx context.Context, site Site, name string, n accounts.SecurityNotice) Mail {
	p := Props{
		Site: site, Name: name,
		Lines:  []string{i18n.T(ctx, "accounts.mail.when", "when", momentText(ctx, n.At)), i18n.T(ctx, "accounts.mail.not_you", "url", site.Link(paths.ForgottenPassword()))},
		Button: Button{i18n.T(ctx, "accounts.mail.look"), site.Link(paths.SecuritySettings())},
	}
	switch n.What {
	case accounts.NoticeLeaving:
		p.Otherwise = i18n.T(ctx, "privacy.leaving.waits")
		p.Button = Button{i18n.T(ctx, "privacy.leaving.link"), site.Link(paths.PrivacySettings())}
	case accounts.NoticeStaying:
		p.Button = Button{i18n.T(ctx, "accounts.mail.staying.button"), site.Link(paths.PrivacySettings())}
	}
	return writeMail(ctx, p, "accounts.mail."+strings.TrimPrefix(n.What, "accounts."), "site", site.Name)
}
