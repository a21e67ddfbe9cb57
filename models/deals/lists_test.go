package deals_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// A page of a list has a fixed number of queries, however much is on it.
func TestListsHaveAFixedNumberOfQueries(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		proposal, deal := w.Propose(), w.Agree()
		statements := func(ask func(context.Context) error) (n int) {
			t.Helper()
			w.Must(ask(db.WithStatementObserver(context.Background(), func(string) { n++ })))
			return n
		}
		asks := []struct {
			name string
			most int
			ask  func(context.Context) error
		}{
			{"proposals", 3, func(ctx context.Context) error {
				_, err := w.Negotiations.List(ctx, w.Brand, negotiation.Filter{})
				return err
			}},
			{"proposal", 6, func(ctx context.Context) error { _, err := w.Negotiations.Get(ctx, w.Brand, proposal); return err }},
			{"deals", 4, func(ctx context.Context) error {
				_, err := w.Deals.ListDeals(ctx, w.Brand, deals.DealFilter{})
				return err
			}},
			{"deal", 6, func(ctx context.Context) error { _, err := w.Deals.GetDeal(ctx, w.Brand, deal); return err }},
			{"board", 5, func(ctx context.Context) error {
				_, err := w.Negotiations.Board(ctx, w.Creator, w.Clock.Now(), 5)
				return err
			}},
			{"badge", 1, func(ctx context.Context) error {
				_, err := w.Negotiations.WaitingCount(ctx, w.Creator, w.Clock.Now())
				return err
			}},
			{"partnerships", 1, func(ctx context.Context) error {
				_, err := w.Deals.ReadTrackRecord(ctx, w.Brand, w.Creator.CreatorID, w.Clock.Now())
				return err
			}},
		}
		w.Bring(deals.Completed)
		few := make([]int, len(asks))
		for i, a := range asks {
			if few[i] = statements(a.ask); few[i] == 0 || few[i] > a.most {
				t.Errorf("%s: %d queries, at most %d are expected", a.name, few[i], a.most)
			}
		}
		for range 5 {
			w.Propose()
			w.Bring(deals.Completed)
			w.Agree(terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "9", DueOn: "2026-12-04"})
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
		ctx, w := context.Background(), dealtest.New(t, d)
		var sent, agreed []string
		for i := range deals.PageSize + 3 {
			if i%5 == 0 {
				w.Clock.Advance(time.Millisecond) // several stand at one moment
			}
			sent = append([]string{w.Propose()}, sent...)
		}
		for range deals.PageSize + 2 {
			deal := w.Agree()
			agreed = append([]string{deal}, agreed...)
		}
		ended := agreed[:3]
		for _, deal := range ended {
			w.Must(w.Deals.End(ctx, w.Brand, deal, "Sold out"))
		}
		var got []string
		for f := (negotiation.Filter{State: negotiation.WithCreator}); ; {
			page, err := w.Negotiations.List(ctx, w.Creator, f)
			w.Must(err)
			for _, p := range page.Negotiations {
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
				page, err := w.Deals.ListDeals(ctx, w.Brand, f)
				w.Must(err)
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
		for _, a := range []models.Actor{w.OtherBrand, w.OtherStar, {PersonID: 9}} {
			ps, err := w.Negotiations.List(ctx, a, negotiation.Filter{After: "nonsense"})
			w.Must(err)
			ds, err := w.Deals.ListDeals(ctx, a, deals.DealFilter{})
			w.Must(err)
			if len(ps.Negotiations)+len(ds.Deals) != 0 {
				t.Error("a stranger's")
			}
		}
		_, err := w.Deals.ListDeals(ctx, models.Actor{}, deals.DealFilter{})
		dealtest.WantCode(t, err, models.CodeSignIn)
	})
}

func TestPastPartnershipsAreTheCompletedOnes(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		first := w.Bring(deals.Completed)
		w.Clock.Advance(time.Hour)
		w.Bring(deals.Completed)
		w.Bring(deals.Published)
		w.Bring(deals.Ended)
		record, err := w.Deals.ReadTrackRecord(ctx, w.Brand, w.Creator.CreatorID, w.Clock.Now())
		w.Must(err)
		got := record.Past
		if len(got) != 2 || !got[0].CompletedAt.After(got[1].CompletedAt) || got[1].Brand.Name != "Example Oats" || got[1].Items[0].Format != "video" ||
			got[1].Addresses[0] != w.Deal(first).Deliverables[0].PublishedURL || got[1].Addresses[0] == "" {
			t.Errorf("%+v", got)
		}
		if record, err = w.Deals.ReadTrackRecord(ctx, w.Brand, w.OtherStar.CreatorID, w.Clock.Now()); err != nil || len(record.Past) != 0 {
			t.Error(record, err)
		}
	})
}

// A list says of a contract that work waits for whose turn it is, as the deal's page does.
func TestAListKnowsWhoTheContractWaitsFor(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.Bring(deals.Waiting)
		check := func(step string) {
			t.Helper()
			page, err := w.Deals.ListDeals(ctx, w.Brand, deals.DealFilter{})
			w.Must(err)
			listed, read := page.Deals[0].Contract, w.Contract(deal)
			if listed == nil || listed.PublicID != read.PublicID || listed.Waits() != read.Waits() || !listed.DeadlineAt.Equal(*read.DeadlineAt) {
				t.Errorf("%s: the list has %+v, the deal %+v", step, listed, read)
			}
		}
		check("begun")
		w.SaveIdentities()
		check("named")
		c := w.PrepareContract(deal)
		check("made")
		w.Must(w.Sign(w.Brand, c))
		check("signed by the brand")
		w.Must(w.Sign(w.Creator, c))
		if page, err := w.Deals.ListDeals(ctx, w.Creator, deals.DealFilter{}); err != nil || page.Deals[0].Contract != nil {
			t.Errorf("signed, the list has %+v, %v", page.Deals[0].Contract, err)
		}
	})
}

// A list says with which cycle a repetition ends, as the deal's page does.
func TestAListKnowsTheLastCycle(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		r := repeat(t, d, 3, 10)
		last := func() int {
			page, err := r.Deals.ListDeals(context.Background(), r.Brand, deals.DealFilter{})
			r.Must(err)
			return page.Deals[0].LastCycle
		}
		if n := last(); n != 0 {
			t.Errorf("while it goes on: %d", n)
		}
		r.Must(r.Deals.GiveNotice(context.Background(), r.Brand, r.first, deals.RepetitionNotice{LastCycle: 1}))
		if n, read := last(), r.Deal(r.first).Cycles.Last; n != 1 || read != 1 {
			t.Errorf("after notice: %d in the list, %d on the page", n, read)
		}
	})
}
