package deals_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/platform"
	"tribemarket/models/terms"
)

// Every (state, action, side) through the verbs: the lawful ones change the
// state and add one line to the history, sent again they change nothing more,
// and all others are refused and leave no trace.
func TestEveryTripleThroughTheVerbs(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		for _, s := range deals.DeliverableTable.States() {
			w := dealtest.New(t, d)
			deal := w.Bring(s)
			for _, action := range deliverableActions {
				for _, side := range []models.Side{models.SideBrand, models.SideCreator} {
					ref, address := deals.Ref{Deal: deal, Number: 1}, w.Address()
					want, ok := lawful[triple{s, action, side, ""}]
					if !ok {
						want, ok = lawful[triple{s, action, side, "proven"}]
					}
					before := w.Events()
					err := w.Act(w.Actor(side), ref, action, address)
					if !ok {
						road := dealtest.Roads[s]
						last := len(road) > 0 && action == road[len(road)-1] && err == nil // the click that led here
						if code := models.CodeOf(err); !last && (err == nil || code != models.CodeConflict && code != models.CodeForbidden) {
							t.Errorf("%s, %s by %s: %v", s, action, side, err)
						}
						if w.Events() != before || w.State(deal, 1) != s {
							t.Errorf("%s, %s by %s was refused and left a trace", s, action, side)
						}
						continue
					}
					added := linesOf(action)
					if s == deals.Waiting { // and its contract is void
						added++
					}
					if err != nil || w.State(deal, 1) != want || w.Events() != before+added {
						t.Errorf("%s, %s by %s: %v, %s, %d events", s, action, side, err, w.State(deal, 1), w.Events()-before)
					}
					if err := w.Act(w.Actor(side), ref, action, address); err != nil || w.Events() != before+added {
						t.Errorf("%s, %s by %s sent twice: %v, %d events", s, action, side, err, w.Events()-before)
					}
					w = dealtest.New(t, d)
					deal = w.Bring(s)
				}
			}
		}
	})
}

// linesOf is how many lines an action adds to the history of a deal with one
// deliverable: an ending is one of the deliverable and one of the deal.
func linesOf(action deals.Action) int {
	if action == deals.ActionEnd || action == deals.ActionEndLate || action == deals.ActionEndAway {
		return 2
	}
	return 1
}

func TestStrangersAndVisitorsFindNoDeal(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), dealtest.New(t, testkit.NewSQLite(t))
	deal := w.Bring(deals.Review)
	before := w.Events()
	for _, action := range deliverableActions {
		for _, stranger := range []models.Actor{w.OtherBrand, w.OtherStar, {PersonID: 77}} {
			dealtest.WantCode(t, w.Act(stranger, deals.Ref{Deal: deal, Number: 1}, action, ""), models.CodeNotFound)
		}
		for _, ref := range []deals.Ref{{Deal: "nothing", Number: 1}, {Deal: "x\x00'", Number: 1}, {Number: 1}} {
			dealtest.WantCode(t, w.Act(w.Brand, ref, action, ""), models.CodeNotFound)
		}
		if action != deals.ActionEnd && action != deals.ActionEndLate && action != deals.ActionEndAway {
			dealtest.WantCode(t, w.Act(w.Brand, deals.Ref{Deal: deal, Number: 2}, action, ""), models.CodeNotFound)
		}
		dealtest.WantCode(t, w.Act(models.Actor{}, deals.Ref{Deal: deal, Number: 1}, action, ""), models.CodeSignIn)
	}
	_, err := w.Deals.GetDeal(ctx, w.OtherBrand, deal)
	dealtest.WantCode(t, err, models.CodeNotFound)
	_, err = w.Deals.GetDeal(ctx, w.Brand, "nothing")
	dealtest.WantCode(t, err, models.CodeNotFound)
	_, err = w.Deals.GetDeal(ctx, models.Actor{}, deal)
	dealtest.WantCode(t, err, models.CodeSignIn)
	if w.Events() != before {
		t.Error("a stranger left a trace")
	}
}

func TestWhatAnActionAsksFor(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), dealtest.New(t, testkit.NewSQLite(t))
	draft := deals.Ref{Deal: w.Bring(deals.Drafting), Number: 1}
	dealtest.WantField(t, w.SubmitDraft(w.Creator, draft, "", " \n"), "draft_url", "deals.invalid.draft")
	for _, bad := range []string{"http://drive.example/x", "javascript:alert(1)", "https://user@drive.example", "drive"} {
		dealtest.WantField(t, w.SubmitDraft(w.Creator, draft, bad, ""), "draft_url", "deals.invalid.draft_url")
	}
	w.Must(w.SubmitDraft(w.Creator, draft, "https://drive.example/x", ""))
	dealtest.WantField(t, w.RequestChanges(w.Brand, draft, ""), "note", "deals.invalid.note")
	w.Must(w.RequestChanges(w.Brand, draft, "Lighter\x00 please"))
	w.Must(w.SubmitDraft(w.Creator, draft, "", "Only a note"))
	w.Must(w.RequestChanges(w.Brand, draft, "Once more"))
	if x := w.Deal(draft.Deal).Deliverable(1); x.Rounds != 2 || x.ChangesNote != "Once more" || x.DraftURL != "" || x.DraftNote != "Only a note" {
		t.Errorf("%+v", x)
	}
	published := deals.Ref{Deal: w.Bring(deals.Published), Number: 1}
	dealtest.WantField(t, w.Object(w.Brand, published, ""), "reason", "deals.invalid.reason")
	dealtest.WantField(t, w.Deals.End(ctx, w.Brand, published.Deal, ""), "reason", "deals.invalid.reason")
	dealtest.WantField(t, w.Publish(w.Creator, published, "https://vm.tiktok.com/Zx"), "address", "deals.address.short")
}

func TestFiftyClicksAreOneAction(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		for _, c := range []struct {
			from   deals.State
			action deals.Action
			actor  models.Actor
		}{
			{deals.Drafting, deals.ActionSubmitDraft, w.Creator}, {deals.Review, deals.ActionApprove, w.Brand},
			{deals.Approved, deals.ActionPublish, w.Creator}, {deals.Published, deals.ActionObject, w.Brand},
			{deals.Approved, deals.ActionEnd, w.Creator},
		} {
			ref := deals.Ref{Deal: w.Bring(c.from), Number: 1}
			ref.Version = w.Deal(ref.Deal).Deliverable(1).Version
			before, jobs, address := w.Events(), w.Jobs("notifications.deliver"), w.Address()
			var wg sync.WaitGroup
			for range 50 {
				wg.Go(func() {
					if err := w.Act(c.actor, ref, c.action, address); err != nil {
						t.Errorf("%s: %v", c.action, err)
					}
				})
			}
			wg.Wait()
			if w.Events() != before+linesOf(c.action) || w.Jobs("notifications.deliver") != jobs+1 {
				t.Errorf("%s: %d events, %d jobs", c.action, w.Events()-before, w.Jobs("notifications.deliver")-jobs)
			}
		}
	})
}

func TestOfActionsAtOnceOneWins(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		for range 15 {
			deal := w.Bring(deals.Review)
			version := w.Deal(deal).Deliverable(1).Version
			ref := deals.Ref{Deal: deal, Number: 1, Version: version}
			before := w.Events()
			var errs [2]error
			var wg sync.WaitGroup
			wg.Go(func() { errs[0] = w.Act(w.Brand, ref, deals.ActionApprove, "") })
			wg.Go(func() { errs[1] = w.Act(w.Brand, ref, deals.ActionRequestChanges, "") })
			wg.Wait()
			if (errs[0] == nil) == (errs[1] == nil) || w.Events() != before+1 {
				t.Fatalf("%v, %d events", errs, w.Events()-before)
			}
			for _, err := range errs {
				if err != nil {
					dealtest.WantCode(t, err, models.CodeConflict)
				}
			}
		}
		for range 15 { // an end and an approval may both happen, but only in this order
			deal := w.Bring(deals.Review)
			var errs [3]error
			var wg sync.WaitGroup
			wg.Go(func() { errs[0] = w.Act(w.Brand, deals.Ref{Deal: deal, Number: 1}, deals.ActionApprove, "") })
			wg.Go(func() { errs[1] = w.Deals.End(context.Background(), w.Creator, deal, "I moved") })
			wg.Go(func() { errs[2] = w.Deals.End(context.Background(), w.Brand, deal, "Sold out") })
			wg.Wait()
			if (errs[1] == nil) == (errs[2] == nil) || w.State(deal, 1) != deals.Ended {
				t.Fatalf("%v", errs)
			}
		}
	})
}

// What the page showed is what is acted on: an approval of a draft that has
// been replaced meanwhile is a conflict.
func TestAStalePageIsAConflict(t *testing.T) {
	t.Parallel()
	w := dealtest.New(t, testkit.NewSQLite(t))
	deal := w.Bring(deals.Review)
	seen := deals.Ref{Deal: deal, Number: 1, Version: w.Deal(deal).Deliverable(1).Version}
	now := deals.Ref{Deal: deal, Number: 1}
	w.Must(w.RequestChanges(w.Brand, now, "Shorter"))
	w.Must(w.SubmitDraft(w.Creator, now, "", "Shorter"))
	dealtest.WantCode(t, w.Approve(w.Brand, seen), models.CodeConflict)
	before := w.Events()
	w.Must(w.RequestChanges(w.Brand, seen, "Shorter")) // the slow second half of a double click
	dealtest.WantCode(t, w.RequestChanges(w.Brand, seen, "Longer"), models.CodeConflict)
	if w.Events() != before || w.State(deal, 1) != deals.Review {
		t.Error("a stale click did something")
	}
	seen.Version = 99
	dealtest.WantCode(t, w.Approve(w.Brand, seen), models.CodeConflict)
}

// Sent twice is sent alike: another draft or address would silently be lost.
func TestAnotherInputIsNotTheSameClick(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), dealtest.New(t, testkit.NewSQLite(t))
	ref := deals.Ref{Deal: w.Bring(deals.Drafting), Number: 1}
	w.Must(w.SubmitDraft(w.Creator, ref, "https://drive.example/1", "Cut"))
	w.Must(w.SubmitDraft(w.Creator, ref, "https://drive.example/1", "Cut"))
	dealtest.WantCode(t, w.SubmitDraft(w.Creator, ref, "https://drive.example/2", "Cut"), models.CodeConflict)
	dealtest.WantCode(t, w.SubmitDraft(w.Creator, ref, "https://drive.example/1", "Other cut"), models.CodeConflict)
	w.Must(w.Approve(w.Brand, ref))
	address := w.Address()
	w.Must(w.Publish(w.Creator, ref, address))
	w.Must(w.Publish(w.Creator, ref, address))
	dealtest.WantCode(t, w.Publish(w.Creator, ref, w.Address()), models.CodeConflict)
	ended := deals.Ref{Deal: w.Bring(deals.Review), Number: 1}
	w.Must(w.Deals.End(ctx, w.Brand, ended.Deal, "Sold out"))
	dealtest.WantCode(t, w.Act(w.Creator, ended, deals.ActionSubmitDraft, ""), models.CodeConflict)
}

func TestAddressesAreNewToTheMarketplace(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		address := w.Address()
		w.Must(w.Publish(w.Creator, deals.Ref{Deal: w.Bring(deals.Approved), Number: 1}, address))
		other := deals.Ref{Deal: w.Bring(deals.Approved), Number: 1}
		dealtest.WantField(t, w.Publish(w.Creator, other, address+"?lang=nl"), "address", "deals.address.taken")
		if w.State(other.Deal, 1) != deals.Approved {
			t.Error("published all the same")
		}
		for range 8 { // the same address for two deals at one moment
			refs := []deals.Ref{{Deal: w.Bring(deals.Approved), Number: 1}, {Deal: w.Bring(deals.Approved), Number: 1}}
			address, errs := w.Address(), make([]error, 2)
			var wg sync.WaitGroup
			for i := range refs {
				wg.Go(func() { errs[i] = w.Publish(w.Creator, refs[i], address) })
			}
			wg.Wait()
			if (errs[0] == nil) == (errs[1] == nil) {
				t.Fatalf("%v", errs)
			}
			for _, err := range errs {
				if err != nil {
					dealtest.WantField(t, err, "address", "deals.address.taken")
				}
			}
		}
	})
}

func TestAPublicationThatTheBrandConfirms(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.Agree(
			terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "youtube", Count: "2", DueOn: "2026-12-04"},
			terms.DeliverableForm{ContentType: "challenge", Format: "live", Platform: "tiktok", DueOn: "2026-12-04"},
		)
		for n := 1; n <= 3; n++ {
			w.Carry(deal, n, deals.Approved)
		}
		first, second, live := deals.Ref{Deal: deal, Number: 1}, deals.Ref{Deal: deal, Number: 2}, deals.Ref{Deal: deal, Number: 3}
		const video = "https://youtu.be/abcdefghijk"
		w.Must(w.Publish(w.Creator, first, video))
		w.Must(w.Publish(w.Creator, live, ""))
		dealtest.WantField(t, w.Publish(w.Creator, second, video), "address", "deals.address.taken")
		if x := w.Deal(deal).Deliverable(1); x.State != deals.Claimed || x.Proof != deals.NoProof || x.PublishedURL != "https://www.youtube.com/watch?v=abcdefghijk" {
			t.Errorf("%+v", x)
		}
		w.Must(w.Refuse(w.Brand, first, "This is not the oats"))
		if x := w.Deal(deal).Deliverable(1); x.State != deals.Approved || x.PublishedURL != "" || x.PublishedAt != nil {
			t.Errorf("%+v", x)
		}
		w.Must(w.Publish(w.Creator, second, video)) // free again
		w.Must(w.Confirm(w.Brand, second))
		if x := w.Deal(deal).Deliverable(2); x.State != deals.Published || x.Proof != deals.ByBrand {
			t.Errorf("%+v", x)
		}
		w.ForwardTo(dealtest.EndOfDay(dealtest.BrandZone, w.Clock.Now(), 5))
		if n := w.Sweep(); n != 1 || w.Deal(deal).Deliverable(3).Proof != deals.BySilence {
			t.Errorf("%d swept, %+v", n, w.Deal(deal).Deliverable(3))
		}
		w.Must(w.Object(w.Brand, second, "The link is missing"))
		if w.Deal(deal).State() != deals.DealObjected {
			t.Error(w.Deal(deal).State())
		}
		w.Must(w.Publish(w.Creator, second, video)) // the same address, put right
		if x := w.Deal(deal).Deliverable(2); x.State != deals.Claimed || x.Objection != "" || x.Proof != deals.NoProof {
			t.Errorf("%+v", x)
		}
		w.Must(w.Deals.End(ctx, w.Creator, deal, "I moved"))
		if n := w.Count("SELECT count(*) FROM deliverables WHERE post_key IS NOT NULL"); n != 0 {
			t.Error("an address that was only claimed stays taken")
		}
	})
}

func TestObjections(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), dealtest.New(t, testkit.NewSQLite(t))
	deal := w.Bring(deals.Objected)
	ref := deals.Ref{Deal: deal, Number: 1}
	if x := w.Deal(deal).Deliverable(1); x.Objection != dealtest.Sentence || x.Waits() != models.SideCreator {
		t.Errorf("%+v", x)
	}
	same := w.Deal(deal).Deliverable(1).PublishedURL
	w.Must(w.Publish(w.Creator, ref, same))
	if x := w.Deal(deal).Deliverable(1); x.State != deals.Published || !x.DeadlineAt.Equal(dealtest.EndOfDay(dealtest.BrandZone, w.Clock.Now(), 7)) {
		t.Errorf("%+v", x)
	}
	w.Must(w.Object(w.Brand, ref, "Still not"))
	w.Must(w.WithdrawObjection(w.Brand, ref))
	if d := w.Deal(deal); d.State() != deals.DealCompleted || d.Deliverables[0].CompletedAt == nil {
		t.Errorf("%+v", d)
	}
	dealtest.WantCode(t, w.Deals.End(ctx, w.Brand, deal, "Changed our mind"), models.CodeConflict)
}

// An objection after its seven days is refused, whether or not the sweep has
// been there, and the deliverable is completed.
func TestTooLateAnActionLetsTheDefaultHappen(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		for _, c := range []struct {
			from   deals.State
			days   int
			action deals.Action
			next   deals.State
			by     models.Side
		}{
			{deals.Review, 5, deals.ActionRequestChanges, deals.Approved, "brand"},
			{deals.Review, 5, deals.ActionApprove, deals.Approved, "brand"},
			{deals.Claimed, 5, deals.ActionRefuse, deals.Published, "brand"},
			{deals.Published, 7, deals.ActionObject, deals.Completed, "brand"},
			{deals.Published, 7, deals.ActionEnd, deals.Completed, "creator"},
		} {
			w := dealtest.New(t, d)
			deal := w.Bring(c.from)
			w.ForwardTo(dealtest.EndOfDay(dealtest.BrandZone, w.Clock.Now(), c.days).Add(-time.Second))
			if w.Sweep(); w.State(deal, 1) != c.from {
				t.Errorf("%s was over too early", c.from)
			}
			w.Clock.Advance(time.Second)
			err := w.Act(w.Actor(c.by), deals.Ref{Deal: deal, Number: 1}, c.action, "")
			dealtest.WantCode(t, err, models.CodeConflict)
			got := w.Deal(deal)
			last := got.Events[len(got.Events)-1]
			if got.Deliverables[0].State != c.next || last.Side != models.SideSystem || last.Person != "" {
				t.Errorf("%s after a late %s: %s, %+v", c.from, c.action, got.Deliverables[0].State, last)
			}
		}
	})
}

func TestEndingALateDeal(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		for _, c := range []struct {
			from deals.State
			by   []models.Side
		}{
			{deals.Drafting, []models.Side{"brand"}}, {deals.Changes, []models.Side{"brand"}}, {deals.Approved, []models.Side{"brand"}},
			{deals.Objected, []models.Side{"brand", "creator"}}, {deals.Review, nil},
		} {
			for _, side := range []models.Side{models.SideBrand, models.SideCreator} {
				w := dealtest.New(t, d)
				deal := w.Bring(c.from)
				deadline := *w.Deal(deal).Deliverable(1).DeadlineAt
				w.Clock.Advance(deadline.Sub(w.Clock.Now()) - time.Second)
				if deals.CanEndLate(w.Actor(side), w.Deal(deal), w.Clock.Now()) {
					t.Errorf("%s: the button is there too early", c.from)
				}
				dealtest.WantCode(t, w.Deals.EndLate(ctx, w.Actor(side), deal, ""), models.CodeConflict)
				w.Clock.Advance(time.Second)
				may := slices.Contains(c.by, side)
				if got := deals.CanEndLate(w.Actor(side), w.Deal(deal), w.Clock.Now()); got != may {
					t.Errorf("%s, %s: button %v", c.from, side, got)
				}
				err := w.Deals.EndLate(ctx, w.Actor(side), deal, "")
				if !may {
					dealtest.WantCode(t, err, models.CodeConflict)
					continue
				}
				w.Must(err)
				w.Must(w.Deals.EndLate(ctx, w.Actor(side), deal, ""))
				got := w.Deal(deal)
				if got.State() != deals.DealEnded || !got.EndedLate || got.EndedBy != side || got.EndedAt == nil {
					t.Errorf("%+v", got)
				}
			}
		}
	})
}

func TestEndingKeepsWhatIsDone(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), dealtest.New(t, testkit.NewSQLite(t))
	deal := w.Agree(terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "3", DueOn: "2026-12-04"})
	w.Carry(deal, 1, deals.Completed)
	w.Carry(deal, 2, deals.Published)
	w.Must(w.Deals.End(ctx, w.Brand, deal, "We close"))
	w.Must(w.Deals.End(ctx, w.Brand, deal, "We close"))
	dealtest.WantCode(t, w.Deals.End(ctx, w.Brand, deal, "Another reason"), models.CodeConflict)
	dealtest.WantCode(t, w.Deals.End(ctx, w.Creator, deal, "We close"), models.CodeConflict)
	got := w.Deal(deal)
	if got.State() != deals.DealEnded || got.EndReason != "We close" || got.EndedLate || got.EndedBy != models.SideBrand ||
		got.Deliverables[0].State != deals.Completed || got.Deliverables[1].State != deals.Ended || got.Deliverables[2].State != deals.Ended {
		t.Errorf("%+v", got)
	}
	var parts []int // of the ending, each by a step of its own
	for _, e := range got.Events {
		if e.IsPartOfEnding() {
			parts = append(parts, e.Number)
		}
	}
	last := got.Events[len(got.Events)-1]
	if !slices.Equal(parts, []int{2, 3}) || last.IsPartOfEnding() || last.Action != deals.ActionEnd || last.From != string(deals.DealProduction) || last.To != string(deals.DealEnded) || last.Number != 0 {
		t.Errorf("%+v", last)
	}
}

// A line of the history stays as it was, also when a side or a person is renamed.
func TestAHistoryKeepsTheNamesThatItHad(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		before := w.Deal(w.Agree())
		brand, creator := before.Brand.Name, before.Creator.Name
		for _, rename := range []string{"UPDATE brands SET name = 'New brand'", "UPDATE creators SET name = 'New creator'", "UPDATE people SET name = 'New person'"} {
			w.Must(d.Read(ctx).Exec(rename).Error)
		}
		w.Must(w.Deals.End(ctx, w.Brand, before.PublicID, "Enough"))
		after := w.Deal(before.PublicID)
		if after.Brand.Name != "New brand" || len(after.Events) <= len(before.Events) {
			t.Fatalf("%s, %d events", after.Brand.Name, len(after.Events))
		}
		for i, e := range after.Events {
			want := []string{"New brand", "New creator", "New person"}
			if i < len(before.Events) {
				want = []string{brand, creator, before.Events[i].Person}
			}
			if got := []string{e.BrandName, e.CreatorName, e.Person}; !slices.Equal(got, want) {
				t.Errorf("event %d is read under %q, want %q", i, got, want)
			}
		}
		if err := d.Read(ctx).Exec("UPDATE workflow_events SET brand_name = '', creator_name = '', person_name = ''").Error; err != nil {
			t.Errorf("names of erased people stay: %v", err)
		}
		if e := w.Deal(before.PublicID).Events[0]; e.BrandName != "" || e.Person != "New person" {
			t.Errorf("after an erasure it is read under %q and %q", e.BrandName, e.Person)
		}
	})
}

// The database itself refuses what the verbs would never ask for.
func TestTheDatabaseGuardsTheRules(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		done := w.Bring(deals.Completed)
		w.Must(w.Deals.End(ctx, w.Brand, w.Bring(deals.Published), "Enough"))
		running := w.Bring(deals.Drafting)
		for _, bad := range []string{
			"UPDATE workflow_events SET note = 'x'",
			"UPDATE workflow_events SET brand_name = 'x'",
			"UPDATE workflow_events SET creator_name = 'x'",
			"UPDATE workflow_events SET person_name = 'x'",
			"DELETE FROM workflow_events",
			"UPDATE negotiations SET state = 'with_creator', closed_at = NULL WHERE state = 'agreed'",
			"UPDATE negotiations SET state = 'declined' WHERE state = 'agreed'",
			"UPDATE negotiations SET creator_id = creator_id + 1",
			"UPDATE offers SET terms = '{}'",
			"UPDATE offers SET number = number + 1",
			"UPDATE offers SET expires_at = sent_at",
			"UPDATE offers SET message = 'x'",
			"UPDATE offers SET notes = '{\"fee\":\"x\"}'",
			"DELETE FROM offers",
			"UPDATE deals SET terms = '{}'",
			"UPDATE negotiations SET fee_minor = 1",
			"UPDATE negotiations SET expires_at = begun_at",
			"UPDATE deals SET fee_minor = 1",
			"UPDATE deals SET zone = 'UTC'",
			"UPDATE deals SET ended_at = NULL, ended_by = NULL, end_kind = '' WHERE ended_at IS NOT NULL",
			"UPDATE deliverables SET state = 'drafting', deadline_at = due_at, completed_at = NULL WHERE state = 'completed'",
			"UPDATE deliverables SET state = 'published' WHERE state = 'drafting'",
			"UPDATE deliverables SET state = 'completed' WHERE state = 'drafting'",
			"UPDATE deliverables SET deadline_at = NULL WHERE state = 'drafting'",
			"UPDATE deliverables SET proof = 'address' WHERE state = 'drafting'",
			"UPDATE deliverables SET due_at = entered_at",
			"UPDATE deliverables SET platform = 'twitch'",
			"UPDATE deliverables SET state = 'stolen'",
			"INSERT INTO workflow_events (subject_kind, subject_id, root_kind, root_id, at, version, side, action) SELECT subject_kind, subject_id, root_kind, root_id, at, version, side, action FROM workflow_events",
			"DELETE FROM negotiations",
			"DELETE FROM deals",
		} {
			if err := d.Read(ctx).Exec(bad).Error; err == nil {
				t.Errorf("the database lets through: %s", bad)
			}
		}
		if w.State(done, 1) != deals.Completed || w.State(running, 1) != deals.Drafting {
			t.Error("something has changed")
		}
	})
}

// A post that was there before the deal was not made for it, however its time is known.
func TestAPostOlderThanItsDealIsRefused(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		deal := w.Agree(
			terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", DueOn: "2026-12-04"},
			terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "youtube", DueOn: "2026-12-04"},
		)
		agreed := w.Clock.Now()
		w.Carry(deal, 1, deals.Approved)
		w.Carry(deal, 2, deals.Approved)
		onTikTok, onYouTube := deals.Ref{Deal: deal, Number: 1}, deals.Ref{Deal: deal, Number: 2}
		post := func(at time.Time) string {
			return fmt.Sprintf("https://www.tiktok.com/@%s/video/%s", w.Star, platform.PostKeyAt(platform.TikTok, at, 7))
		}
		dealtest.WantField(t, w.Publish(w.Creator, onTikTok, post(agreed.Add(-time.Hour))), "address", "deals.address.older")
		w.Must(w.Publish(w.Creator, onTikTok, post(agreed.Add(time.Second))))

		var account int64
		w.Must(d.Read(context.Background()).Raw("SELECT id FROM creator_accounts WHERE creator_id = ? AND platform = 'youtube'", w.Creator.CreatorID).Scan(&account).Error)
		w.Must(d.Read(context.Background()).Exec("INSERT INTO posts (account_id, platform_post_id, read_at, posted_at) VALUES (?, 'abcdefghijk', ?, ?)", account, agreed, agreed.AddDate(0, -2, 0)).Error)
		dealtest.WantField(t, w.Publish(w.Creator, onYouTube, "https://youtu.be/abcdefghijk"), "address", "deals.address.older")
		w.Must(w.Publish(w.Creator, onYouTube, "https://youtu.be/bcdefghijkl"))
	})
}
