package emails

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// ListingNotice says that an account has fallen below the floor, or is no longer
// listed.
func ListingNotice(ctx context.Context, site Site, n creators.FloorNotice) Mail {
	key := "creators.eligibility.mail.falls"
	if n.Unlisted {
		key = "creators.eligibility.mail.unlisted"
	}
	a := n.Account
	names := []any{"platform", components.PlatformName(a.Platform), "handle", a.Handle, "site", site.Name, "until", momentText(ctx, n.GraceUntil)}
	p := Props{
		Site: site, Name: n.To.Name, Headline: i18n.T(ctx, key, names...),
		Button: Button{i18n.T(ctx, "creators.eligibility.mail.button"), site.Link(paths.EligibilitySettings())},
	}
	for _, c := range n.MissingConditions {
		p.Lines = append(p.Lines, i18n.T(ctx, "creators.eligibility.missing."+c.Name, "has", *c.Actual, "asked", c.Required))
	}
	p.Lines = append(p.Lines, i18n.T(ctx, "creators.eligibility.mail.running"))
	if !n.Unlisted {
		p.Otherwise = i18n.T(ctx, "creators.eligibility.mail.otherwise", names...)
	}
	return Mail{subject(ctx, key+"_subject", names...), p}
}
