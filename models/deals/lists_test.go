package deals_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
)

// A page of a list has a fixed number of queries, however much is on it.
func TestListsHaveAFixedNumberOfQueries(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		proposal, deal := w.propose(), w.agree()
		statements := func(ask func(context.Context) error) (n int) {
			t.Helper()
			w.must(ask(db.WithStatementObserver(context.Background(), func(string) { n++ })))
			return n
		}
		asks := []struct {
			name string
			most int
			ask  func(context.Context) error
		}{
			{"proposals", 3, func(ctx context.Context) error {
				_, err := w.store.ListProposals(ctx, w.brand, deals.ProposalFilter{})
				return err
			}},
			{"proposal", 4, func(ctx context.Context) error { _, err := w.store.GetProposal(ctx, w.brand, proposal); return err }},
			{"deals", 3, func(ctx context.Context) error {
				_, err := w.store.ListDeals(ctx, w.brand, deals.DealFilter{})
				return err
			}},
			{"deal", 4, func(ctx context.Context) error { _, err := w.store.GetDeal(ctx, w.brand, deal); return err }},
			{"board", 4, func(ctx context.Context) error {
				_, err := w.store.Board(ctx, w.creator, w.clock.Now(), 5)
				return err
			}},
			{"badge", 1, func(ctx context.Context) error {
				_, err := w.store.WaitingCount(ctx, w.creator, w.clock.Now())
				return err
			}},
			{"partnerships", 1, func(ctx context.Context) error {
				_, err := w.store.ReadTrackRecord(ctx, w.brand, w.creator.CreatorID, w.clock.Now())
				return err
			}},
		}
		w.bring(deals.Completed)
		few := make([]int, len(asks))
		for i, a := range asks {
			if few[i] = statements(a.ask); few[i] == 0 || few[i] > a.most {
				t.Errorf("%s: %d queries, at most %d are expected", a.name, few[i], a.most)
			}
		}
		for range 5 {
			w.propose()
			w.bring(deals.Completed)
			w.agree(deals.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "9", DueOn: "2026-12-04"})
		}
		for i, a := range asks {
			if n := statements(a.ask); n != few[i] {
				t.Errorf("%s: %d queries with more rows, %d before", a.name, n, few[i])
			}
		}
	})
}

func TestListsGoOnWhereThePageEnded(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		var sent, agreed []string
		for i := range deals.PageSize + 3 {
			if i%5 == 0 {
				w.clock.Advance(time.Millisecond) // several stand at one moment
			}
			sent = append([]string{w.propose()}, sent...)
		}
		for range deals.PageSize + 2 {
			deal := w.agree()
			agreed = append([]string{deal}, agreed...)
		}
		ended := agreed[:3]
		for _, deal := range ended {
			w.must(w.store.End(ctx, w.brand, deal, "Sold out"))
		}
		var got []string
		for f := (deals.ProposalFilter{State: deals.Open}); ; {
			page, err := w.store.ListProposals(ctx, w.creator, f)
			w.must(err)
			for _, p := range page.Proposals {
				got = append(got, p.PublicID)
			}
			if f.After = page.Next; f.After == "" {
				break
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(sent) {
			t.Errorf("%d proposals of %d, or another order", len(got), len(sent))
		}
		for status, want := range map[deals.DealStatus][]string{deals.AnyDeal: agreed, deals.Running: agreed[3:], deals.Finished: ended} {
			got = nil
			for f := (deals.DealFilter{Status: status}); ; {
				page, err := w.store.ListDeals(ctx, w.brand, f)
				w.must(err)
				for _, p := range page.Deals {
					got = append(got, p.PublicID)
				}
				if f.After = page.Next; f.After == "" {
					break
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%q: %d deals of %d, or another order", status, len(got), len(want))
			}
		}
		for _, a := range []models.Actor{w.otherBrand, w.otherStar, {PersonID: 9}} {
			ps, err := w.store.ListProposals(ctx, a, deals.ProposalFilter{After: "nonsense"})
			w.must(err)
			ds, err := w.store.ListDeals(ctx, a, deals.DealFilter{})
			w.must(err)
			if len(ps.Proposals)+len(ds.Deals) != 0 {
				t.Error("a stranger's")
			}
		}
		_, err := w.store.ListDeals(ctx, models.Actor{}, deals.DealFilter{})
		wantCode(t, err, models.CodeSignIn)
	})
}

func TestPastPartnershipsAreTheCompletedOnes(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		first := w.bring(deals.Completed)
		w.clock.Advance(time.Hour)
		w.bring(deals.Completed)
		w.bring(deals.Published)
		w.bring(deals.Ended)
		record, err := w.store.ReadTrackRecord(ctx, w.brand, w.creator.CreatorID, w.clock.Now())
		w.must(err)
		got := record.Past
		if len(got) != 2 || !got[0].CompletedAt.After(got[1].CompletedAt) || got[1].Brand.Name != "Example Oats" || got[1].Items[0].Format != "video" ||
			got[1].Addresses[0] != w.deal(first).Deliverables[0].PublishedURL || got[1].Addresses[0] == "" {
			t.Errorf("%+v", got)
		}
		if record, err = w.store.ReadTrackRecord(ctx, w.brand, w.otherStar.CreatorID, w.clock.Now()); err != nil || len(record.Past) != 0 {
			t.Error(record, err)
		}
	})
}
