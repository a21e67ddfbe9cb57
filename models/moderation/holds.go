package moderation

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/workflow/run"
)

// ReadHeldDeals says for an administrator how many deals of a brand or a creator are held.
func (s *Store) ReadHeldDeals(ctx context.Context, actor models.Actor, kind Kind, id int64) (deals.HeldDeals, error) {
	return s.agreed.Deals().ReadHeldDeals(ctx, actor, partyOf(kind, id))
}

// ShortenHolds lets the other sides of the held deals of a brand or a creator end them without
// fault after an earlier day than they would otherwise; errors name the fields "until" and
// "hold_reason".
func (s *Store) ShortenHolds(ctx context.Context, actor models.Actor, kind Kind, publicID, until, reason string) error {
	return s.withSubject(ctx, actor, kind, publicID, func(t *tx, id int64) error {
		day, err := checkShorter(until, reason, s.now())
		if err != nil {
			return err
		}
		reason, _ := accounts.CleanSuspensionReason(reason)
		var n int
		err = s.agreed.Within(t.Tx, func(w *run.Work) (err error) {
			n, err = deals.ShortenHolds(w, partyOf(kind, id), day)
			return err
		})
		if err != nil {
			return err
		}
		if n == 0 {
			var wrong models.Fields
			wrong.Add("until", "moderation.error.no_later_hold")
			return wrong.Err()
		}
		return t.WriteAudit(ctx, db.AuditEntry{
			At: s.now(), PersonID: actor.PersonID, Action: "admin.holds_shortened", Subject: db.AuditSubject(string(kind), id),
			Detail: map[string]string{"until": day.String(), "reason": reason},
		})
	})
}

// checkShorter refuses a day that is over, and a missing reason.
func checkShorter(until, reason string, now time.Time) (day models.Date, err error) {
	var wrong models.Fields
	day, unreadable := models.ParseDate(until)
	if unreadable != nil || day.Before(models.DateOf(now.UTC())) {
		wrong.Add("until", "moderation.invalid.until")
	}
	if _, err := accounts.CleanSuspensionReason(reason); err != nil {
		wrong.Add("hold_reason", "moderation.invalid.hold_reason")
	}
	return day, wrong.Err()
}
