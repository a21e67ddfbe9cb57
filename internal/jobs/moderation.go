package jobs

import (
	"context"
	"fmt"

	"tribemarket/internal/i18n"
	"tribemarket/internal/mail"
	"tribemarket/models/moderation"
	"tribemarket/views/emails"
)

// judged tells who reported something, and whom it is about, what was decided.
func (j *Jobs) judged(ctx context.Context, args moderation.JudgedArgs) error {
	d, err := j.Moderation.Judged(ctx, args)
	if err != nil {
		return err
	}
	for _, to := range d.To {
		locale, _ := i18n.Parse(to.Locale)
		ctx := i18n.With(ctx, locale, to.Location())
		side := "about"
		if to.Reporter {
			side = "reporter"
		}
		p := emails.Props{Site: j.site(), Name: to.Name, Headline: i18n.T(ctx, "moderation.mail."+side+"."+string(d.Decision), "name", d.Name)}
		if !to.Reporter {
			p.Lines = append(p.Lines, i18n.T(ctx, "moderation.mail.note", "note", d.Note))
		}
		p.Button = emails.Button{Text: i18n.T(ctx, "moderation.mail.open"), URL: p.Site.Reports()}
		html, err := emails.Render(ctx, emails.Announcement(p))
		if err != nil {
			return err
		}
		m := mail.Message{To: to.Email, Subject: p.Headline, Text: p.Text(ctx), HTML: html}
		if err := j.send(ctx, fmt.Sprintf("judged-%d-%d-%d", d.ID, d.Version, to.PersonID), to.PersonID, m); err != nil {
			return err
		}
	}
	return nil
}
