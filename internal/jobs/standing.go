package jobs

import (
	"context"
	"fmt"

	"tribemarket/internal/i18n"
	"tribemarket/internal/mail"
	"tribemarket/models/creators"
	"tribemarket/views/emails"
)

func (j *Jobs) rejudge(ctx context.Context, args creators.RejudgeArgs) error {
	return j.Creators.Rejudge(ctx, args)
}

func (j *Jobs) sweepStanding(ctx context.Context, _ creators.SweepStandingArgs) error {
	n, err := j.Creators.SweepStanding(ctx)
	if n > 0 {
		j.Log.InfoContext(ctx, "standing of accounts", "changed", n)
	}
	return err
}

func (j *Jobs) computeBands(ctx context.Context, _ creators.BandsArgs) error {
	return j.Creators.ComputeBands(ctx)
}

// standing tells a creator that an account has fallen below the floor, or is no
// longer listed. Without a confirmed address it stands on her dashboard alone.
func (j *Jobs) standing(ctx context.Context, args creators.StandingArgs) error {
	n, due, err := j.Creators.StandingNotice(ctx, args)
	if err != nil || !due {
		return err
	}
	locale, _ := i18n.Parse(n.To.Locale)
	ctx = i18n.With(ctx, locale, n.To.Location())
	mailed := emails.StandingProps{Site: j.site(), Name: n.To.Name, Notice: n}
	props := mailed.Props(ctx)
	html, err := emails.Render(ctx, emails.Announcement(props))
	if err != nil {
		return err
	}
	m := mail.Message{To: n.To.Email, Subject: mailed.Subject(ctx), Text: props.Text(ctx), HTML: html}
	return j.send(ctx, fmt.Sprintf("standing-%d-%d-%t", args.AccountID, args.At.Unix(), args.Unlisted), n.To.PersonID, m)
}
