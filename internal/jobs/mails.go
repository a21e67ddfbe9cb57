package jobs

import (
	"context"
	"fmt"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/internal/mail"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/notifications"
	"tribemarket/views/emails"
)

// Mails with a secret link are sent to an address, whoever owns it. They are not
// notifications, and their secret is only in the job.

// mailEmailConfirmation mails the link that confirms an address. If the address already
// belongs to another person, that person is told so instead.
func (j *Jobs) mailEmailConfirmation(ctx context.Context, args accounts.EmailConfirmationArgs) error {
	p, taken, err := j.Accounts.EmailOwnerOtherThan(ctx, args.Email, args.PersonID)
	if err != nil {
		return err
	}
	if !taken {
		if p, err = j.Accounts.PersonByID(ctx, args.PersonID); err != nil {
			return err
		}
	}
	limit := models.ConfirmationsTo
	if taken {
		limit = models.KnownEmailsTo
	}
	switch err := j.Accounts.CountUse(ctx, limit, args.Email); {
	case models.CodeOf(err) == models.CodeTooMany:
		return nil // so that strangers cannot fill a mailbox
	case err != nil:
		return err
	}
	ctx = reading(ctx, p.Locale, p.Location())
	m := emails.EmailConfirmation(ctx, j.emailSite(), p.Name, args.Email, args.Secret)
	if taken {
		m = emails.KnownEmail(ctx, j.emailSite(), p.Name, args.Email)
	}
	return j.sendOnce(ctx, "confirm-"+models.HashSecret(args.Secret), p.ID, args.Email, m)
}

// resetPassword mails a link for a new password to the owner of the address.
func (j *Jobs) resetPassword(ctx context.Context, args accounts.PasswordResetArgs) error {
	p, ok, err := j.Accounts.ActivatePasswordReset(ctx, args)
	if err != nil || !ok {
		return err
	}
	ctx = reading(ctx, p.Locale, p.Location())
	return j.sendOnce(ctx, "reset-"+models.HashSecret(args.Secret), p.ID, args.Email, emails.PasswordReset(ctx, j.emailSite(), p.Name, args.Secret))
}

// mailIdentityCode mails a code, unless it is of no use any more.
func (j *Jobs) mailIdentityCode(ctx context.Context, args accounts.IdentityCodeArgs) error {
	p, ok, err := j.Accounts.IdentityCodeForMail(ctx, args)
	if err != nil || !ok {
		return err
	}
	ctx = reading(ctx, p.Locale, p.Location())
	return j.sendOnce(ctx, "code-"+args.Digest, p.ID, args.Email, emails.IdentityCode(ctx, j.emailSite(), p.Name, args.Code))
}

// mailInvitation mails the link by which a person joins a brand, unless the invitation is
// no longer open.
func (j *Jobs) mailInvitation(ctx context.Context, args accounts.InvitationMailArgs) error {
	o, open, err := j.Accounts.InvitationForMail(ctx, args.InvitationID, args.Secret)
	if err != nil || !open {
		return err
	}
	by, err := j.Accounts.PersonByID(ctx, o.InvitedBy)
	if err != nil {
		return err
	}
	ctx = reading(ctx, o.Locale, by.Location())
	return j.sendOnce(ctx, "invite-"+models.HashSecret(args.Secret), o.InvitedBy, o.Email, emails.Invitation(ctx, j.emailSite(), o, args.Secret))
}

// reading returns a context with the language and time zone of a mail's reader.
func reading(ctx context.Context, locale string, zone *time.Location) context.Context {
	l, _ := i18n.ParseLocale(locale)
	return i18n.WithLocale(ctx, l, zone)
}

func readingOf(ctx context.Context, to notifications.Receiver) context.Context {
	return reading(ctx, to.Locale, to.Location())
}

// sendOnce sends a mail once: the key is recorded after the server has accepted it, so
// that after a crash in between it is sent again rather than never, under the same id.
func (j *Jobs) sendOnce(ctx context.Context, key string, personID int64, to string, m emails.Mail) error {
	sent, err := j.Notifications.Mailed(ctx, key)
	if err != nil || sent {
		return err
	}
	html, err := m.HTML(ctx)
	if err != nil {
		return err
	}
	now := j.Clock()
	err = j.Mail.Send(ctx, mail.Message{ID: j.DB.Keys.Digest("message id", key), To: to, Subject: m.Subject, Text: m.Text(ctx), HTML: html, Unsubscribe: m.Stop.URL, At: now})
	if err != nil {
		return fmt.Errorf("send %s: %w", key, err)
	}
	return j.Notifications.KeepMail(ctx, key, personID, m.Subject, now)
}

func (j *Jobs) emailSite() emails.Site {
	return emails.Site{Name: j.Setup.Current().Name, BaseURL: j.BaseURL}
}
