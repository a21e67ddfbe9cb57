package jobs

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/internal/mail"
	"tribemarket/models/discovery"
	"tribemarket/views/emails"
)

type lookArgs struct{}

// Kind is River's name of the job.
func (lookArgs) Kind() string { return "discovery.look" }

// look looks who has come to fit the saved searches. While one look runs here,
// another one has nothing to add.
func (j *Jobs) look(ctx context.Context, _ lookArgs) error {
	if !j.looking.TryLock() {
		return nil
	}
	defer j.looking.Unlock()
	found, err := j.Discovery.Look(ctx)
	if found > 0 {
		j.Log.InfoContext(ctx, "new creators for saved searches", "found", found)
	}
	return err
}

// alert mails the new creators of a saved search. What a mail tells of may have
// changed since it was decided, but not since it was sent.
func (j *Jobs) alert(ctx context.Context, args discovery.AlertArgs) error {
	if sent, err := j.Accounts.Mailed(ctx, args.Key()); err != nil || sent {
		return err
	}
	m, due, err := j.Discovery.AlertMail(ctx, args)
	if err != nil || !due {
		return err
	}
	locale, _ := i18n.Parse(m.To.Locale)
	ctx = i18n.With(ctx, locale, m.To.Location())
	p := emails.Alert(ctx, j.site(), m, args.Secret)
	html, err := emails.Render(ctx, emails.Announcement(p))
	if err != nil {
		return err
	}
	return j.send(ctx, args.Key(), m.To.ID, mail.Message{
		To: m.Email, Subject: p.Headline, Text: p.Text(ctx), HTML: html, Unsubscribe: p.Stop.URL,
	})
}
