package deals_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/platform"
)

// Every (state, action, side) through the verbs: the lawful ones change the
// state and add one line to the history, sent again they change nothing more,
// and all others are refused and leave no trace.
func TestEveryTripleThroughTheVerbs(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		for _, s := range deals.DeliverableTable.States() {
			w := newWorld(t, d)
			deal := w.bring(s)
			for _, action := range deliverableActions {
				for _, side := range []models.Side{models.SideBrand, models.SideCreator} {
					ref, address := deals.Ref{Deal: deal, Number: 1}, w.address()
					want, ok := lawful[triple{s, action, side, ""}]
					if !ok {
						want, ok = lawful[triple{s, action, side, "proven"}]
					}
					before := w.events()
					err := w.act(w.actor(side), ref, action, address)
					if !ok {
						last := s != deals.Drafting && action == roads[s][len(roads[s])-1] && err == nil // the click that led here
						if code := models.CodeOf(err); !last && (err == nil || code != models.CodeConflict && code != models.CodeForbidden) {
							t.Errorf("%s, %s by %s: %v", s, action, side, err)
						}
						if w.events() != before || w.state(deal, 1) != s {
							t.Errorf("%s, %s by %s was refused and left a trace", s, action, side)
						}
						continue
					}
					added := linesOf(action)
					if err != nil || w.state(deal, 1) != want || w.events() != before+added {
						t.Errorf("%s, %s by %s: %v, %s, %d events", s, action, side, err, w.state(deal, 1), w.events()-before)
					}
					if err := w.act(w.actor(side), ref, action, address); err != nil || w.events() != before+added {
						t.Errorf("%s, %s by %s sent twice: %v, %d events", s, action, side, err, w.events()-before)
					}
					w = newWorld(t, d)
					deal = w.bring(s)
				}
			}
		}
	})
}

// linesOf is how many lines an action adds to the history of a deal with one
// deliverable: an ending is one of the deliverable and one of the deal.
func linesOf(action deals.Action) int {
	if action == deals.ActionEnd || action == deals.ActionEndLate {
		return 2
	}
	return 1
}

func TestStrangersAndVisitorsFindNoDeal(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newWorld(t, testkit.NewSQLite(t))
	deal := w.bring(deals.Review)
	before := w.events()
	for _, action := range deliverableActions {
		for _, stranger := range []models.Actor{w.otherBrand, w.otherStar, {PersonID: 77}} {
			wantCode(t, w.act(stranger, deals.Ref{Deal: deal, Number: 1}, action, ""), models.CodeNotFound)
		}
		for _, ref := range []deals.Ref{{Deal: "nothing", Number: 1}, {Deal: "x\x00'", Number: 1}, {Number: 1}} {
			wantCode(t, w.act(w.brand, ref, action, ""), models.CodeNotFound)
		}
		if action != deals.ActionEnd && action != deals.ActionEndLate {
			wantCode(t, w.act(w.brand, deals.Ref{Deal: deal, Number: 2}, action, ""), models.CodeNotFound)
		}
		wantCode(t, w.act(models.Actor{}, deals.Ref{Deal: deal, Number: 1}, action, ""), models.CodeSignIn)
	}
	_, err := w.store.GetDeal(ctx, w.otherBrand, deal)
	wantCode(t, err, models.CodeNotFound)
	_, err = w.store.GetDeal(ctx, w.brand, "nothing")
	wantCode(t, err, models.CodeNotFound)
	_, err = w.store.GetDeal(ctx, models.Actor{}, deal)
	wantCode(t, err, models.CodeSignIn)
	if w.events() != before {
		t.Error("a stranger left a trace")
	}
}

func TestWhatAnActionAsksFor(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newWorld(t, testkit.NewSQLite(t))
	draft := deals.Ref{Deal: w.bring(deals.Drafting), Number: 1}
	wantField(t, w.submitDraft(w.creator, draft, "", " \n"), "draft_url", "deals.invalid.draft")
	for _, bad := range []string{"http://drive.example/x", "javascript:alert(1)", "https://user@drive.example", "drive"} {
		wantField(t, w.submitDraft(w.creator, draft, bad, ""), "draft_url", "deals.invalid.draft_url")
	}
	w.must(w.submitDraft(w.creator, draft, "https://drive.example/x", ""))
	wantField(t, w.requestChanges(w.brand, draft, ""), "note", "deals.invalid.note")
	w.must(w.requestChanges(w.brand, draft, "Lighter\x00 please"))
	w.must(w.submitDraft(w.creator, draft, "", "Only a note"))
	w.must(w.requestChanges(w.brand, draft, "Once more"))
	if x := w.deal(draft.Deal).Deliverable(1); x.Rounds != 2 || x.ChangesNote != "Once more" || x.DraftURL != "" || x.DraftNote != "Only a note" {
		t.Errorf("%+v", x)
	}
	published := deals.Ref{Deal: w.bring(deals.Published), Number: 1}
	wantField(t, w.object(w.brand, published, ""), "reason", "deals.invalid.reason")
	wantField(t, w.store.End(ctx, w.brand, published.Deal, ""), "reason", "deals.invalid.reason")
	wantField(t, w.publish(w.creator, published, "https://vm.tiktok.com/Zx"), "address", "deals.address.short")
}

func TestFiftyClicksAreOneAction(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, c := range []struct {
			from   deals.State
			action deals.Action
			actor  models.Actor
		}{
			{deals.Drafting, deals.ActionSubmitDraft, w.creator}, {deals.Review, deals.ActionApprove, w.brand},
			{deals.Approved, deals.ActionPublish, w.creator}, {deals.Published, deals.ActionObject, w.brand},
			{deals.Approved, deals.ActionEnd, w.creator},
		} {
			ref := deals.Ref{Deal: w.bring(c.from), Number: 1}
			ref.Version = w.deal(ref.Deal).Deliverable(1).Version
			before, jobs, address := w.events(), w.jobs("notifications.deliver"), w.address()
			var wg sync.WaitGroup
			for range 50 {
				wg.Go(func() {
					if err := w.act(c.actor, ref, c.action, address); err != nil {
						t.Errorf("%s: %v", c.action, err)
					}
				})
			}
			wg.Wait()
			if w.events() != before+linesOf(c.action) || w.jobs("notifications.deliver") != jobs+1 {
				t.Errorf("%s: %d events, %d jobs", c.action, w.events()-before, w.jobs("notifications.deliver")-jobs)
			}
		}
	})
}

func TestOfActionsAtOnceOneWins(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for range 15 {
			deal := w.bring(deals.Review)
			version := w.deal(deal).Deliverable(1).Version
			ref := deals.Ref{Deal: deal, Number: 1, Version: version}
			before := w.events()
			var errs [2]error
			var wg sync.WaitGroup
			wg.Go(func() { errs[0] = w.act(w.brand, ref, deals.ActionApprove, "") })
			wg.Go(func() { errs[1] = w.act(w.brand, ref, deals.ActionRequestChanges, "") })
			wg.Wait()
			if (errs[0] == nil) == (errs[1] == nil) || w.events() != before+1 {
				t.Fatalf("%v, %d events", errs, w.events()-before)
			}
			for _, err := range errs {
				if err != nil {
					wantCode(t, err, models.CodeConflict)
				}
			}
		}
		for range 15 { // an end and an approval may both happen, but only in this order
			deal := w.bring(deals.Review)
			var errs [3]error
			var wg sync.WaitGroup
			wg.Go(func() { errs[0] = w.act(w.brand, deals.Ref{Deal: deal, Number: 1}, deals.ActionApprove, "") })
			wg.Go(func() { errs[1] = w.store.End(context.Background(), w.creator, deal, "I moved") })
			wg.Go(func() { errs[2] = w.store.End(context.Background(), w.brand, deal, "Sold out") })
			wg.Wait()
			if (errs[1] == nil) == (errs[2] == nil) || w.state(deal, 1) != deals.Ended {
				t.Fatalf("%v", errs)
			}
		}
	})
}

// What the page showed is what is acted on: an approval of a draft that has
// been replaced meanwhile is a conflict.
func TestAStalePageIsAConflict(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	deal := w.bring(deals.Review)
	seen := deals.Ref{Deal: deal, Number: 1, Version: w.deal(deal).Deliverable(1).Version}
	now := deals.Ref{Deal: deal, Number: 1}
	w.must(w.requestChanges(w.brand, now, "Shorter"))
	w.must(w.submitDraft(w.creator, now, "", "Shorter"))
	wantCode(t, w.approve(w.brand, seen), models.CodeConflict)
	before := w.events()
	w.must(w.requestChanges(w.brand, seen, "Shorter")) // the slow second half of a double click
	wantCode(t, w.requestChanges(w.brand, seen, "Longer"), models.CodeConflict)
	if w.events() != before || w.state(deal, 1) != deals.Review {
		t.Error("a stale click did something")
	}
	seen.Version = 99
	wantCode(t, w.approve(w.brand, seen), models.CodeConflict)
}

// Sent twice is sent alike: another draft or address would silently be lost.
func TestAnotherInputIsNotTheSameClick(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newWorld(t, testkit.NewSQLite(t))
	ref := deals.Ref{Deal: w.bring(deals.Drafting), Number: 1}
	w.must(w.submitDraft(w.creator, ref, "https://drive.example/1", "Cut"))
	w.must(w.submitDraft(w.creator, ref, "https://drive.example/1", "Cut"))
	wantCode(t, w.submitDraft(w.creator, ref, "https://drive.example/2", "Cut"), models.CodeConflict)
	wantCode(t, w.submitDraft(w.creator, ref, "https://drive.example/1", "Other cut"), models.CodeConflict)
	w.must(w.approve(w.brand, ref))
	address := w.address()
	w.must(w.publish(w.creator, ref, address))
	w.must(w.publish(w.creator, ref, address))
	wantCode(t, w.publish(w.creator, ref, w.address()), models.CodeConflict)
	ended := deals.Ref{Deal: w.bring(deals.Review), Number: 1}
	w.must(w.store.End(ctx, w.brand, ended.Deal, "Sold out"))
	wantCode(t, w.act(w.creator, ended, deals.ActionSubmitDraft, ""), models.CodeConflict)
}

func TestAddressesAreNewToTheMarketplace(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		address := w.address()
		w.must(w.publish(w.creator, deals.Ref{Deal: w.bring(deals.Approved), Number: 1}, address))
		other := deals.Ref{Deal: w.bring(deals.Approved), Number: 1}
		wantField(t, w.publish(w.creator, other, address+"?lang=nl"), "address", "deals.address.taken")
		if w.state(other.Deal, 1) != deals.Approved {
			t.Error("published all the same")
		}
		for range 8 { // the same address for two deals at one moment
			refs := []deals.Ref{{Deal: w.bring(deals.Approved), Number: 1}, {Deal: w.bring(deals.Approved), Number: 1}}
			address, errs := w.address(), make([]error, 2)
			var wg sync.WaitGroup
			for i := range refs {
				wg.Go(func() { errs[i] = w.publish(w.creator, refs[i], address) })
			}
			wg.Wait()
			if (errs[0] == nil) == (errs[1] == nil) {
				t.Fatalf("%v", errs)
			}
			for _, err := range errs {
				if err != nil {
					wantField(t, err, "address", "deals.address.taken")
				}
			}
		}
	})
}

func TestAPublicationThatTheBrandConfirms(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		deal := w.agree(
			deals.DeliverableForm{ContentType: "review", Format: "video", Platform: "youtube", Count: "2", DueOn: "2026-12-04"},
			deals.DeliverableForm{ContentType: "challenge", Format: "live", Platform: "tiktok", DueOn: "2026-12-04"},
		)
		for n := 1; n <= 3; n++ {
			w.carry(deal, n, deals.Approved)
		}
		first, second, live := deals.Ref{Deal: deal, Number: 1}, deals.Ref{Deal: deal, Number: 2}, deals.Ref{Deal: deal, Number: 3}
		const video = "https://youtu.be/abcdefghijk"
		w.must(w.publish(w.creator, first, video))
		w.must(w.publish(w.creator, live, ""))
		wantField(t, w.publish(w.creator, second, video), "address", "deals.address.taken")
		if x := w.deal(deal).Deliverable(1); x.State != deals.Claimed || x.Proof != deals.NoProof || x.PublishedURL != "https://www.youtube.com/watch?v=abcdefghijk" {
			t.Errorf("%+v", x)
		}
		w.must(w.refuse(w.brand, first, "This is not the oats"))
		if x := w.deal(deal).Deliverable(1); x.State != deals.Approved || x.PublishedURL != "" || x.PublishedAt != nil {
			t.Errorf("%+v", x)
		}
		w.must(w.publish(w.creator, second, video)) // free again
		w.must(w.confirm(w.brand, second))
		if x := w.deal(deal).Deliverable(2); x.State != deals.Published || x.Proof != deals.ByBrand {
			t.Errorf("%+v", x)
		}
		w.forwardTo(endOfDay(brandZone, w.clock.Now(), 5))
		if n := w.sweep(); n != 1 || w.deal(deal).Deliverable(3).Proof != deals.BySilence {
			t.Errorf("%d swept, %+v", n, w.deal(deal).Deliverable(3))
		}
		w.must(w.object(w.brand, second, "The link is missing"))
		if w.deal(deal).State() != deals.DealObjected {
			t.Error(w.deal(deal).State())
		}
		w.must(w.publish(w.creator, second, video)) // the same address, put right
		if x := w.deal(deal).Deliverable(2); x.State != deals.Claimed || x.Objection != "" || x.Proof != deals.NoProof {
			t.Errorf("%+v", x)
		}
		w.must(w.store.End(ctx, w.creator, deal, "I moved"))
		if n := w.count("SELECT count(*) FROM deliverables WHERE post_key IS NOT NULL"); n != 0 {
			t.Error("an address that was only claimed stays taken")
		}
	})
}

func TestObjections(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newWorld(t, testkit.NewSQLite(t))
	deal := w.bring(deals.Objected)
	ref := deals.Ref{Deal: deal, Number: 1}
	if x := w.deal(deal).Deliverable(1); x.Objection != sentence || x.Waits() != models.SideCreator {
		t.Errorf("%+v", x)
	}
	same := w.deal(deal).Deliverable(1).PublishedURL
	w.must(w.publish(w.creator, ref, same))
	if x := w.deal(deal).Deliverable(1); x.State != deals.Published || !x.DeadlineAt.Equal(endOfDay(brandZone, w.clock.Now(), 7)) {
		t.Errorf("%+v", x)
	}
	w.must(w.object(w.brand, ref, "Still not"))
	w.must(w.withdrawObjection(w.brand, ref))
	if d := w.deal(deal); d.State() != deals.DealCompleted || d.Deliverables[0].CompletedAt == nil {
		t.Errorf("%+v", d)
	}
	wantCode(t, w.store.End(ctx, w.brand, deal, "Changed our mind"), models.CodeConflict)
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
			w := newWorld(t, d)
			deal := w.bring(c.from)
			w.forwardTo(endOfDay(brandZone, w.clock.Now(), c.days).Add(-time.Second))
			if w.sweep(); w.state(deal, 1) != c.from {
				t.Errorf("%s was over too early", c.from)
			}
			w.clock.Advance(time.Second)
			err := w.act(w.actor(c.by), deals.Ref{Deal: deal, Number: 1}, c.action, "")
			wantCode(t, err, models.CodeConflict)
			got := w.deal(deal)
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
				w := newWorld(t, d)
				deal := w.bring(c.from)
				deadline := *w.deal(deal).Deliverable(1).DeadlineAt
				w.clock.Advance(deadline.Sub(w.clock.Now()) - time.Second)
				if deals.CanEndLate(w.actor(side), w.deal(deal), w.clock.Now()) {
					t.Errorf("%s: the button is there too early", c.from)
				}
				wantCode(t, w.store.EndLate(ctx, w.actor(side), deal, ""), models.CodeConflict)
				w.clock.Advance(time.Second)
				may := slices.Contains(c.by, side)
				if got := deals.CanEndLate(w.actor(side), w.deal(deal), w.clock.Now()); got != may {
					t.Errorf("%s, %s: button %v", c.from, side, got)
				}
				err := w.store.EndLate(ctx, w.actor(side), deal, "")
				if !may {
					wantCode(t, err, models.CodeConflict)
					continue
				}
				w.must(err)
				w.must(w.store.EndLate(ctx, w.actor(side), deal, ""))
				got := w.deal(deal)
				if got.State() != deals.DealEnded || !got.EndedLate || got.EndedBy != side || got.EndedAt == nil {
					t.Errorf("%+v", got)
				}
			}
		}
	})
}

func TestEndingKeepsWhatIsDone(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newWorld(t, testkit.NewSQLite(t))
	deal := w.agree(deals.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "3", DueOn: "2026-12-04"})
	w.carry(deal, 1, deals.Completed)
	w.carry(deal, 2, deals.Published)
	w.must(w.store.End(ctx, w.brand, deal, "We close"))
	w.must(w.store.End(ctx, w.brand, deal, "We close"))
	wantCode(t, w.store.End(ctx, w.brand, deal, "Another reason"), models.CodeConflict)
	wantCode(t, w.store.End(ctx, w.creator, deal, "We close"), models.CodeConflict)
	got := w.deal(deal)
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
		ctx, w := context.Background(), newWorld(t, d)
		before := w.deal(w.agree())
		brand, creator := before.Brand.Name, before.Creator.Name
		for _, rename := range []string{"UPDATE brands SET name = 'New brand'", "UPDATE creators SET name = 'New creator'", "UPDATE people SET name = 'New person'"} {
			w.must(d.Read(ctx).Exec(rename).Error)
		}
		w.must(w.store.End(ctx, w.brand, before.PublicID, "Enough"))
		after := w.deal(before.PublicID)
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
		if e := w.deal(before.PublicID).Events[0]; e.BrandName != "" || e.Person != "New person" {
			t.Errorf("after an erasure it is read under %q and %q", e.BrandName, e.Person)
		}
	})
}

// The database itself refuses what the verbs would never ask for.
func TestTheDatabaseGuardsTheRules(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		done := w.bring(deals.Completed)
		w.must(w.store.End(ctx, w.brand, w.bring(deals.Published), "Enough"))
		running := w.bring(deals.Drafting)
		for _, bad := range []string{
			"UPDATE workflow_events SET note = 'x'",
			"UPDATE workflow_events SET brand_name = 'x'",
			"UPDATE workflow_events SET creator_name = 'x'",
			"UPDATE workflow_events SET person_name = 'x'",
			"DELETE FROM workflow_events",
			"UPDATE proposals SET state = 'open', closed_at = NULL WHERE state = 'accepted'",
			"UPDATE proposals SET state = 'declined' WHERE state = 'accepted'",
			"UPDATE proposals SET fee_minor = 1",
			"UPDATE proposals SET message = 'x'",
			"UPDATE proposals SET expires_at = sent_at",
			"UPDATE proposal_deliverables SET due_on = '2030-01-01'",
			"DELETE FROM proposal_deliverables",
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
			"DELETE FROM proposals",
			"DELETE FROM deals",
		} {
			if err := d.Read(ctx).Exec(bad).Error; err == nil {
				t.Errorf("the database lets through: %s", bad)
			}
		}
		if w.state(done, 1) != deals.Completed || w.state(running, 1) != deals.Drafting {
			t.Error("something has changed")
		}
	})
}

// A post that was there before the deal was not made for it, however its time is known.
func TestAPostOlderThanItsDealIsRefused(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		deal := w.agree(
			deals.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", DueOn: "2026-12-04"},
			deals.DeliverableForm{ContentType: "review", Format: "video", Platform: "youtube", DueOn: "2026-12-04"},
		)
		agreed := w.clock.Now()
		w.carry(deal, 1, deals.Approved)
		w.carry(deal, 2, deals.Approved)
		onTikTok, onYouTube := deals.Ref{Deal: deal, Number: 1}, deals.Ref{Deal: deal, Number: 2}
		post := func(at time.Time) string {
			return fmt.Sprintf("https://www.tiktok.com/@%s/video/%s", w.star, platform.PostKeyAt(platform.TikTok, at, 7))
		}
		wantField(t, w.publish(w.creator, onTikTok, post(agreed.Add(-time.Hour))), "address", "deals.address.older")
		w.must(w.publish(w.creator, onTikTok, post(agreed.Add(time.Second))))

		var account int64
		w.must(d.Read(context.Background()).Raw("SELECT id FROM creator_accounts WHERE creator_id = ? AND platform = 'youtube'", w.creator.CreatorID).Scan(&account).Error)
		w.must(d.Read(context.Background()).Exec("INSERT INTO posts (account_id, platform_post_id, read_at, posted_at) VALUES (?, 'abcdefghijk', ?, ?)", account, agreed, agreed.AddDate(0, -2, 0)).Error)
		wantField(t, w.publish(w.creator, onYouTube, "https://youtu.be/abcdefghijk"), "address", "deals.address.older")
		w.must(w.publish(w.creator, onYouTube, "https://youtu.be/bcdefghijkl"))
	})
}
