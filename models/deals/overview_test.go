package deals_test

import (
	"context"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
)

func TestTheOverviewCountsRunningDeals(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		for _, s := range deals.DeliverableTable.States() {
			if s != deals.Claimed {
				w.Bring(s)
			}
		}
		w.Agree(terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "3", DueOn: "2026-12-04"})
		want := map[deals.DealState][3]int{ // deals, of them waiting for the brand, for the creator
			deals.DealProduction: {5, 2, 4}, deals.DealPublication: {1, 0, 1}, deals.DealPublished: {1, 1, 0}, deals.DealObjected: {1, 0, 1},
		}
		for side, actor := range map[int]models.Actor{1: w.Brand, 2: w.Creator} {
			board, err := w.Negotiations.Board(ctx, actor, w.Clock.Now(), 5)
			w.Must(err)
			got := board.Standings
			if len(got) != len(want) {
				t.Errorf("%+v", got)
			}
			for _, s := range got {
				if s.Deals != want[s.State][0] || s.Waiting != want[s.State][side] || s.Worth[0].Minor != int64(s.Deals)*45000 {
					t.Errorf("%+v, wanted %v", s, want[s.State])
				}
			}
		}
		if got, err := w.Negotiations.Board(ctx, models.Actor{PersonID: 5}, w.Clock.Now(), 5); err != nil || len(got.Standings)+len(got.Waiting)+len(got.WaitingOnOthers)+len(got.Latest) != 0 {
			t.Error(got, err)
		}
		proposal := w.Propose()
		board, err := w.Negotiations.Board(ctx, w.Brand, w.Clock.Now(), 1)
		w.Must(err)
		elsewhere := board.WaitingOnOthers
		if len(board.Latest) != 1 || board.Latest[0].PublicID != proposal || len(board.Latest[0].Items()) != 1 {
			t.Errorf("%+v", board.Latest)
		}
		if len(elsewhere) != 8 || elsewhere[0].Negotiation != proposal || elsewhere[0].With.Handle != w.Star || elsewhere[1].MayEnd {
			t.Errorf("%+v", elsewhere)
		}
		if board, err = w.Negotiations.Board(ctx, w.Creator, w.Clock.Now(), 1); err != nil || len(board.WaitingOnOthers) != 2 || board.WaitingOnOthers[0].With.Name != "Example Oats" {
			t.Errorf("%+v %v", board.WaitingOnOthers, err)
		}
	})
}
