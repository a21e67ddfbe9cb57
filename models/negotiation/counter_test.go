package negotiation_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// table is a negotiation around which a test sits.
type table struct {
	*dealtest.World
	id   string
	keys int
}

func newTable(t *testing.T, d *db.DB) *table {
	w := dealtest.New(t, d)
	return &table{World: w, id: w.Propose()}
}

// form is another offer: the latest with another fee.
func (x *table) form(fee string) negotiation.OfferForm {
	x.T.Helper()
	f := dealtest.Form()
	f.Fee = fee
	return f
}

// answer is an answer to an offer with another fee, from a form of its own.
func (x *table) answer(to int, fee string) negotiation.Answer {
	x.keys++
	return negotiation.Answer{To: to, Form: x.form(fee), Key: fmt.Sprint("answer", x.keys)}
}

func (x *table) counter(a models.Actor, to int, fee string) error {
	_, err := x.Negotiations.Counter(context.Background(), a, x.id, x.answer(to, fee))
	return err
}

func (x *table) replace(a models.Actor, to int, fee string) error {
	_, err := x.Negotiations.Replace(context.Background(), a, x.id, x.answer(to, fee))
	return err
}

func (x *table) accept(a models.Actor, number int) error {
	_, err := x.Negotiations.Accept(context.Background(), a, x.id, number)
	return err
}

func (x *table) get(a models.Actor) negotiation.Negotiation {
	x.T.Helper()
	n, err := x.Negotiations.Get(context.Background(), a, x.id)
	x.Must(err)
	return n
}

// wantConflict fails unless an error is a conflict that says a text.
func wantConflict(t *testing.T, err error, key string, args ...any) {
	t.Helper()
	var e *models.Error
	if !errors.As(err, &e) || e.Code != models.CodeConflict || e.Key != key || fmt.Sprint(e.Args...) != fmt.Sprint(args...) {
		t.Errorf("%v, wanted the conflict %s %v", err, key, args)
	}
}

func TestOffersGoBackAndForthUntilOneIsAgreed(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newTable(t, d)
		x.Must(x.counter(x.Creator, 1, "600"))
		x.Clock.Advance(3 * time.Hour)
		x.Must(x.counter(x.Brand, 2, "500"))
		x.Clock.Advance(3 * dealtest.Day)
		x.Must(x.counter(x.Creator, 3, "550"))
		n := x.get(x.Brand)
		if n.State != negotiation.WithBrand || len(n.Offers) != 4 || n.Latest.Number != 4 || n.Version != 4 || n.Latest.Terms.Fee.Content != 55000 {
			t.Fatalf("%s, %+v", n.State, n.Latest)
		}
		for i, want := range []models.Side{models.SideBrand, models.SideCreator, models.SideBrand, models.SideCreator} {
			if o := n.Offers[i]; o.Side != want || o.Number != i+1 {
				t.Errorf("offer %d is number %d of the %s", i+1, o.Number, o.Side)
			}
		}
		// The clock begins anew with each, and its day ends where the other side lives.
		if want := dealtest.EndOfDay(dealtest.BrandZone, x.Clock.Now(), 7); !n.ExpiresAt.Equal(want) || !n.Latest.ExpiresAt.Equal(want) {
			t.Errorf("it can be answered until %v, not %v", n.ExpiresAt, want)
		}
		wantConflict(t, x.accept(x.Brand, 2), "negotiation.error.new_offer", "number", 4)
		wantConflict(t, x.accept(x.Creator, 4), "negotiation.error.changed") // their own
		wantConflict(t, x.accept(x.Brand, 0), "negotiation.error.new_offer", "number", 4)
		wantConflict(t, x.accept(x.Brand, 5), "negotiation.error.new_offer", "number", 4)
		if x.Count("SELECT count(*) FROM deals") != 0 {
			t.Fatal("something was agreed")
		}
		x.Must(x.accept(x.Brand, 4))
		x.Must(x.accept(x.Brand, 4)) // the second click is the first
		n = x.get(x.Creator)
		if deal := x.Deal(n.Deal); n.State != negotiation.Agreed || deal.Terms.Hash() != n.Latest.Terms.Hash() || x.Events() != 5 || x.Jobs("notifications.deliver") != 5 {
			t.Errorf("%s, %d events: %+v", n.State, x.Events(), deal.Terms)
		}
		for _, late := range []error{x.counter(x.Creator, 4, "700"), x.replace(x.Creator, 4, "700"), x.Negotiations.Withdraw(t.Context(), x.Creator, x.id), x.Negotiations.Decline(t.Context(), x.Brand, x.id, 4, "No")} {
			wantConflict(t, late, "negotiation.error.changed")
		}
	})
}

// Who answers an offer that is no longer the latest is told which one is.
func TestAnAnswerToAnEarlierOfferIsAConflict(t *testing.T) {
	t.Parallel()
	x := newTable(t, testkit.NewSQLite(t))
	x.Must(x.replace(x.Brand, 1, "460"))
	for _, err := range []error{x.accept(x.Creator, 1), x.counter(x.Creator, 1, "600"), x.counter(x.Creator, 0, "600"), x.counter(x.Creator, 3, "600"), x.Negotiations.Decline(t.Context(), x.Creator, x.id, 1, "No")} {
		wantConflict(t, err, "negotiation.error.new_offer", "number", 2)
	}
	x.Must(x.counter(x.Creator, 2, "600"))
	wantConflict(t, x.replace(x.Brand, 2, "470"), "negotiation.error.changed")
	wantConflict(t, x.Negotiations.Withdraw(t.Context(), x.Brand, x.id), "negotiation.error.changed")
	wantConflict(t, x.counter(x.Creator, 2, "650"), "negotiation.error.changed") // it is the brand's turn
	if n := x.get(x.Brand); len(n.Offers) != 3 || x.Events() != 3 {
		t.Errorf("%d offers, %d events", len(n.Offers), x.Events())
	}
}

func TestAnUnansweredOfferIsReplacedOnceADay(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newTable(t, d)
		dealtest.WantCode(t, x.replace(x.Creator, 1, "460"), models.CodeForbidden)
		dealtest.WantCode(t, x.counter(x.Brand, 1, "460"), models.CodeForbidden)
		x.Clock.Advance(2 * dealtest.Day)
		first := x.answer(1, "460")
		for range 2 { // sent twice
			number, err := x.Negotiations.Replace(t.Context(), x.Brand, x.id, first)
			if err != nil || number != 2 {
				t.Fatal(number, err)
			}
		}
		n := x.get(x.Creator)
		if n.State != negotiation.WithCreator || len(n.Offers) != 2 || !n.ExpiresAt.Equal(dealtest.EndOfDay(dealtest.CreatorZone, x.Clock.Now(), 7)) {
			t.Errorf("%s until %v", n.State, n.ExpiresAt)
		}
		x.Clock.Advance(24*time.Hour - time.Second)
		wantConflict(t, x.replace(x.Brand, 2, "470"), "negotiation.error.replaced")
		x.Clock.Advance(time.Second)
		x.Must(x.replace(x.Brand, 2, "470"))
		// An offer in answer is not a replacement: it can be replaced on the same day.
		x.Must(x.counter(x.Creator, 3, "600"))
		x.Must(x.replace(x.Creator, 4, "590"))
		wantConflict(t, x.replace(x.Creator, 5, "580"), "negotiation.error.replaced")
		if n := x.get(x.Brand); n.State != negotiation.WithBrand || n.Latest.Terms.Fee.Content != 59000 {
			t.Errorf("%s, %+v", n.State, n.Latest)
		}
		x.Must(x.accept(x.Brand, 5))
	})
}

func TestANoteBelongsToItsClause(t *testing.T) {
	t.Parallel()
	x := newTable(t, testkit.NewSQLite(t))
	a := x.answer(1, "600")
	a.Notes = map[terms.Clause]string{
		terms.ClauseFee: " Two\r\ndays\x00 ", terms.ClauseDue: " \x00", "weather": "Sun", terms.ClauseAI: strings.Repeat("é", negotiation.MaxMessage+9),
	}
	_, err := x.Negotiations.Counter(t.Context(), x.Creator, x.id, a)
	x.Must(err)
	x.Must(x.counter(x.Brand, 2, "500"))
	notes := x.get(x.Brand).Offers[1].Notes
	if len(notes) != 2 || notes[terms.ClauseFee] != "Two\ndays" || notes[terms.ClauseAI] != strings.Repeat("é", negotiation.MaxMessage) {
		t.Errorf("%q", notes)
	}
	if n := x.get(x.Creator); len(n.Offers[0].Notes)+len(n.Offers[2].Notes) != 0 {
		t.Error("a note came with an offer that had none")
	}
}

func TestAnOfferSaysSomethingElseAndIsSentOnce(t *testing.T) {
	t.Parallel()
	x := newTable(t, testkit.NewSQLite(t))
	dealtest.WantField(t, x.counter(x.Creator, 1, "450"), "fee", "negotiation.invalid.same")
	dealtest.WantField(t, x.counter(x.Creator, 1, "much"), "fee", "common.amount_invalid")
	a := x.answer(1, "600")
	for range 2 {
		number, err := x.Negotiations.Counter(t.Context(), x.Creator, x.id, a)
		if err != nil || number != 2 {
			t.Fatal(number, err)
		}
	}
	a.Form.Fee = "700"
	_, err := x.Negotiations.Counter(t.Context(), x.Creator, x.id, a)
	wantConflict(t, err, "negotiation.error.sent_already")
	x.Must(x.accept(x.Brand, 2))
	a.Form.Fee = "600"
	if number, err := x.Negotiations.Counter(t.Context(), x.Creator, x.id, a); err != nil || number != 2 || x.Events() != 3 {
		t.Errorf("the same form, after the answer: %d %v", number, err)
	}
}

func TestAnExpiredOfferTakesNoAnswer(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		for name, do := range map[string]func(*table) error{
			"accept": func(x *table) error { return x.accept(x.Brand, 2) }, "counter": func(x *table) error { return x.counter(x.Brand, 2, "500") },
			"replace": func(x *table) error { return x.replace(x.Creator, 2, "500") }, "decline": func(x *table) error { return x.Negotiations.Decline(t.Context(), x.Brand, x.id, 2, "No") },
			"withdraw": func(x *table) error { return x.Negotiations.Withdraw(t.Context(), x.Creator, x.id) },
		} {
			x := newTable(t, d)
			x.Must(x.counter(x.Creator, 1, "600"))
			x.ForwardTo(x.get(x.Brand).ExpiresAt)
			wantConflict(t, do(x), "negotiation.error.expired")
			if n := x.get(x.Brand); n.State != negotiation.Expired || len(n.Offers) != 2 || n.Deal != "" || n.Events[len(n.Events)-1].Action != negotiation.ActionExpire {
				t.Errorf("%s: %s", name, n.State)
			}
		}
	})
}

func TestWhoMakesOffers(t *testing.T) {
	t.Parallel()
	x := newTable(t, testkit.NewSQLite(t))
	viewer := x.Brand
	viewer.Role = models.RoleViewer
	for _, err := range []error{x.counter(x.OtherBrand, 1, "500"), x.replace(x.OtherBrand, 1, "500"), x.counter(x.OtherStar, 1, "500"), x.accept(x.OtherStar, 1)} {
		dealtest.WantCode(t, err, models.CodeNotFound)
	}
	dealtest.WantCode(t, x.counter(models.Actor{}, 1, "500"), models.CodeSignIn)
	dealtest.WantCode(t, x.replace(viewer, 1, "500"), models.CodeForbidden)
	x.Must(x.counter(x.Creator, 1, "500"))
	dealtest.WantCode(t, x.accept(viewer, 2), models.CodeForbidden)
	if n := x.get(x.Brand); n.State != negotiation.WithBrand || len(n.Offers) != 2 {
		t.Errorf("%s", n.State)
	}
}
