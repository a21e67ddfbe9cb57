package emails

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/moderation"
	"tribemarket/views/paths"
)

// WorkAlert tells the operator that background work does not run, and which, or that it
// runs again.
func WorkAlert(ctx context.Context, site Site, alert moderation.WorkAlert, r moderation.WorkReport) Mail {
	p := Props{
		Site:   site,
		Button: Button{i18n.T(ctx, "moderation.work.mail.button"), site.Link(paths.AdminWork())},
		Footer: i18n.T(ctx, "moderation.work.mail.footer", "url", site.BaseURL),
	}
	if alert == moderation.WorkRunsAlert {
		return writeMail(ctx, p, "moderation.work.mail.again", "site", site.Name)
	}
	for _, k := range r.NotRunning() {
		name := k.Name()
		if key := k.NameKey(); key != "" {
			name = i18n.T(ctx, key)
		}
		p.Lines = append(p.Lines, i18n.T(ctx, k.WhyKey(), "work", name, "since", i18n.Duration(ctx, k.StoppedFor(r.At))))
	}
	p.Waits = i18n.T(ctx, "moderation.work.mail.waits")
	return writeMail(ctx, p, "moderation.work.mail.stopped", "site", site.Name)
}
