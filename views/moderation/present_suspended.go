package moderation

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/models/deals"
)

// PresentSuspended presents the page of a person who is suspended, or whose brand or
// profile is; name is the name shown. It returns false if none of them is suspended.
func PresentSuspended(ctx context.Context, s accounts.SessionContext, name, contact string) (SuspendedProps, bool) {
	what, since, reason := "moderation.suspended.person", s.Person.SuspendedAt, s.Person.SuspendedReason
	if since == nil && s.Brand != nil {
		what, since, reason = "moderation.suspended.brand", s.Brand.SuspendedAt, s.Brand.SuspendedReason
	} else if own := s.Profile; since == nil && own != nil {
		what, since, reason = "moderation.suspended.creator", own.SuspendedAt, own.SuspendedReason
	}
	if since == nil {
		return SuspendedProps{}, false
	}
	return SuspendedProps{
		What: i18n.T(ctx, what, "name", name), Since: i18n.T(ctx, "moderation.suspended.since", "on", i18n.Date(ctx, *since)),
		Reason: reason, Contact: contact, Days: deals.HoldDays,
	}, true
}
