package deals_test

import (
	"context"
	"fmt"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
	"tribemarket/models/deals"
)

// What cannot be delivered is not proposed, and less than the creator asks for only by
// a brand that says so.
func TestProposalsFitTheCreator(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.must(d.Read(context.Background()).Exec("INSERT INTO creator_prices (creator_id, format, minor, currency) VALUES (?, 'video', 40000, 'EUR'), (?, 'story', 10000, 'USD')",
			w.creator.CreatorID, w.creator.CreatorID).Error)
		forms := 0
		propose := func(change func(*deals.ProposalForm), lines ...deals.DeliverableForm) error {
			f := form(lines...)
			change(&f)
			forms++
			_, err := w.store.Propose(context.Background(), w.brand, w.creatorID, f, fmt.Sprint("fits", forms))
			return err
		}
		line := func(format, on, count string) deals.DeliverableForm {
			return deals.DeliverableForm{ContentType: "review", Format: format, Platform: on, Count: count, DueOn: "2026-12-04"}
		}
		asIs := func(*deals.ProposalForm) {}
		wantField(t, propose(asIs, line("live", "twitch", "1")), "deliverables[0].platform", "deals.invalid.platform_creator")
		wantField(t, propose(asIs, line("video", "tiktok", "1"), line("video", "twitch", "1")), "deliverables[1].platform", "deals.invalid.platform_creator")
		wantField(t, propose(asIs, line("video", "tiktok", "2")), "below_price", "deals.invalid.below_price") // 450 for two at 400
		w.must(propose(func(f *deals.ProposalForm) { f.BelowPrice = "yes" }, line("video", "tiktok", "2")))
		w.must(propose(func(f *deals.ProposalForm) { f.InKind, f.InKindValue = "Oats", "350" }, line("video", "tiktok", "2")))
		w.must(propose(asIs, line("video", "tiktok", "1"), line("story", "instagram", "3"))) // the story's price is in dollars
		w.must(propose(func(f *deals.ProposalForm) { f.Currency = "USD" }, line("video", "tiktok", "2")))
	})
}
