package negotiation_test

import (
	"context"
	"fmt"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// What cannot be delivered is not proposed; that an offer is below the starting prices is said
// before it is sent.
func TestProposalsFitTheCreator(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		w.Must(d.Read(context.Background()).Exec("INSERT INTO creator_prices (creator_id, format, minor, currency) VALUES (?, 'video', 40000, 'EUR'), (?, 'story', 10000, 'USD')",
			w.Creator.CreatorID, w.Creator.CreatorID).Error)
		forms := 0
		propose := func(change func(*negotiation.OfferForm), lines ...terms.DeliverableForm) error {
			f := dealtest.Form(lines...)
			change(&f)
			forms++
			_, err := w.Negotiations.Propose(context.Background(), w.Brand, w.CreatorID, f, fmt.Sprint("fits", forms))
			return err
		}
		line := func(format, on, count string) terms.DeliverableForm {
			return terms.DeliverableForm{ContentType: "review", Format: format, Platform: on, Count: count, DueOn: "2026-12-04"}
		}
		asIs := func(*negotiation.OfferForm) {}
		dealtest.WantField(t, propose(asIs, line("live", "twitch", "1")), "deliverables[0].platform", "negotiation.invalid.platform_creator")
		dealtest.WantField(t, propose(asIs, line("video", "tiktok", "1"), line("video", "twitch", "1")), "deliverables[1].platform", "negotiation.invalid.platform_creator")
		below := func(want int64, change func(*negotiation.OfferForm), lines ...terms.DeliverableForm) {
			t.Helper()
			f := dealtest.Form(lines...)
			change(&f)
			p, err := w.Negotiations.PreviewFirstOffer(context.Background(), w.Brand, w.CreatorID, f)
			w.Must(err)
			if p.StartingPrices.Minor != want {
				t.Errorf("the starting prices are %v above, not %d", p.StartingPrices, want)
			}
			w.Must(propose(change, lines...))
		}
		below(80_000, asIs, line("video", "tiktok", "2")) // 450 for two at 400
		below(80_000, func(f *negotiation.OfferForm) { f.InKind, f.InKindValue = "Oats", "350" }, line("video", "tiktok", "2"))
		below(0, asIs, line("video", "tiktok", "1"), line("story", "instagram", "3")) // the story's price is in dollars
		below(0, func(f *negotiation.OfferForm) { f.Currency = "USD" }, line("video", "tiktok", "2"))
	})
}
