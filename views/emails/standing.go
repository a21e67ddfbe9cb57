package emails

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// StandingProps is the mail that says that an account has fallen below the
// floor, or is no longer listed.
type StandingProps struct {
	Site   Site
	Name   string
	Notice creators.StandingNotice
}

// Subject is the mail's subject.
func (p StandingProps) Subject(ctx context.Context) string {
	return i18n.T(ctx, p.key()+"_subject", p.names(ctx)...)
}

func (p StandingProps) key() string {
	if p.Notice.Unlisted {
		return "creators.eligibility.mail.unlisted"
	}
	return "creators.eligibility.mail.falls"
}

func (p StandingProps) names(ctx context.Context) []any {
	a := p.Notice.Account
	return []any{"platform", components.Platform(a.Platform), "handle", a.Handle, "site", p.Site.Name, "until", i18n.WeekdayDateTime(ctx, p.Notice.Until)}
}

// Props is the mail as any mail has it.
func (p StandingProps) Props(ctx context.Context) Props {
	out := Props{
		Site: p.Site, Name: p.Name, Headline: i18n.T(ctx, p.key(), p.names(ctx)...),
		Button: Button{i18n.T(ctx, "creators.eligibility.mail.button"), p.Site.Link(paths.EligibilitySettings())},
	}
	for _, c := range p.Notice.Conditions {
		out.Lines = append(out.Lines, i18n.T(ctx, "creators.eligibility.missing."+c.Name, "has", *c.Has, "asked", c.Asked))
	}
	out.Lines = append(out.Lines, i18n.T(ctx, "creators.eligibility.mail.running"))
	if !p.Notice.Unlisted {
		out.Otherwise = i18n.T(ctx, "creators.eligibility.mail.otherwise", p.names(ctx)...)
	}
	return out
}
