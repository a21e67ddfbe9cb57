package jobs

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/internal/mail"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/emails"
)

// resetPassword mails a link to a new password to whoever has the address.
func (j *Jobs) resetPassword(ctx context.Context, args accounts.ResetArgs) error {
	p, ok, err := j.Accounts.BeginReset(ctx, args)
	if err != nil || !ok {
		return err
	}
	return j.write(inLanguageOf(ctx, p), "reset-"+models.HashSecret(args.Secret), p.ID, args.Email,
		func(ctx context.Context) emails.Props { return emails.Reset(ctx, j.site(), p.Name, args.Secret) })
}

// tellOfSecurity tells a person that something about her signing in was changed.
func (j *Jobs) tellOfSecurity(ctx context.Context, args accounts.SecurityArgs) error {
	p, err := j.Accounts.Find(ctx, args.PersonID)
	if err != nil {
		return err
	}
	return j.write(inLanguageOf(ctx, p), "security-"+args.Key, p.ID, args.Email,
		func(ctx context.Context) emails.Props {
			return emails.Security(ctx, j.site(), p.Name, args.What, args.At)
		})
}

// known tells whoever has an address that it was entered for another account.
func (j *Jobs) known(ctx context.Context, p accounts.Person, args accounts.ConfirmArgs) error {
	return j.write(inLanguageOf(ctx, p), "confirm-"+models.HashSecret(args.Secret), p.ID, args.Email,
		func(ctx context.Context) emails.Props { return emails.Known(ctx, j.site(), p.Name, args.Email) })
}

// write sends a mail whose subject is its headline, in the language of the context.
func (j *Jobs) write(ctx context.Context, key string, personID int64, to string, props func(context.Context) emails.Props) error {
	p := props(ctx)
	html, err := emails.Render(ctx, emails.Announcement(p))
	if err != nil {
		return err
	}
	return j.send(ctx, key, personID, mail.Message{To: to, Subject: p.Headline, Text: p.Text(ctx), HTML: html})
}

func inLanguageOf(ctx context.Context, p accounts.Person) context.Context {
	locale, _ := i18n.Parse(p.Locale)
	return i18n.With(ctx, locale, p.Location())
}
