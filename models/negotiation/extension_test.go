package negotiation_test

import (
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
)

// laterDay can be asked for in these tests: the offers end on 27 November, and what they are
// about is due on 4 December.
const laterDay = "2026-12-01"

func (x *table) other(a models.Actor) models.Actor {
	if a.Side() == models.SideBrand {
		return x.Creator
	}
	return x.Brand
}

func (x *table) askExtension(a models.Actor, number int, until string) error {
	return x.Negotiations.AskExtension(x.T.Context(), a, x.id, number, until)
}

func TestALaterLastDayCountsOnceTheOtherSideAcceptsIt(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, x := t.Context(), newTable(t, d)
		ends := x.get(x.Brand).ExpiresAt
		x.Must(x.askExtension(x.Creator, 1, laterDay))
		n := x.get(x.Brand)
		if n.Extension == nil || n.Extension.By != models.SideCreator || n.Extension.On.String() != laterDay || !n.ExpiresAt.Equal(ends) {
			t.Fatalf("%+v until %v", n.Extension, n.ExpiresAt)
		}
		now := x.Clock.Now()
		for _, a := range []models.Actor{x.Brand, x.Creator} {
			if got := negotiation.Allowed(a, n, negotiation.ActionAcceptExtension, now); got != (a == x.Brand) {
				t.Errorf("accepting is a button of the %s: %v", a.Side(), got)
			}
			if negotiation.Allowed(a, n, negotiation.ActionAskExtension, now) {
				t.Errorf("the %s can ask once more", a.Side())
			}
			dealtest.WantCode(t, x.askExtension(a, 1, n.LastDay().AddDays(2).String()), models.CodeConflict)
		}
		if n, err := x.Negotiations.WaitingCount(ctx, x.Brand, now); err != nil || n != 1 {
			t.Errorf("%d things wait for the brand: %v", n, err)
		}
		board, err := x.Negotiations.Board(ctx, x.Brand, now, 5)
		x.Must(err)
		if len(board.Waiting) != 1 || board.Waiting[0].Turn != "negotiation.turn.extension" {
			t.Errorf("the brand's board: %+v", board.Waiting)
		}
		dealtest.WantCode(t, x.Negotiations.AcceptExtension(ctx, x.Creator, x.id, 1, laterDay), models.CodeForbidden)
		dealtest.WantCode(t, x.Negotiations.AcceptExtension(ctx, x.Brand, x.id, 1, n.LastDay().AddDays(2).String()), models.CodeConflict)
		dealtest.WantCode(t, x.Negotiations.AcceptExtension(ctx, x.OtherBrand, x.id, 1, laterDay), models.CodeNotFound)
		x.Must(x.Negotiations.AcceptExtension(ctx, x.Brand, x.id, 1, laterDay))
		n = x.get(x.Creator)
		want, err := models.ParseDate(laterDay)
		x.Must(err)
		if n.Extension != nil || !n.ExpiresAt.Equal(want.EndIn(n.AnswerZone())) || n.LastDay() != want || n.State != negotiation.WithCreator || n.Latest.Number != 1 {
			t.Errorf("%+v until %v", n.Extension, n.ExpiresAt)
		}
		last := n.Events[len(n.Events)-1]
		if day, ok := negotiation.ExtensionDay(last); !ok || day != want || last.Side != models.SideBrand {
			t.Errorf("the history ends with %+v", last)
		}
		x.Clock.Advance(ends.Sub(now))
		x.Sweep()
		x.Must(x.accept(x.Creator, 1)) // on a day that the first date had closed
	})
}

func TestWithoutAYesTheOldDayStands(t *testing.T) {
	t.Parallel()
	ctx, x := t.Context(), newTable(t, testkit.NewSQLite(t))
	ends := x.get(x.Brand).ExpiresAt
	x.Must(x.askExtension(x.Brand, 1, laterDay)) // one's own offer can be open for longer too
	x.Must(x.Negotiations.RefuseExtension(ctx, x.Creator, x.id, 1, laterDay))
	if n := x.get(x.Brand); n.Extension != nil || !n.ExpiresAt.Equal(ends) {
		t.Errorf("%+v until %v", n.Extension, n.ExpiresAt)
	}
	x.Must(x.askExtension(x.Brand, 1, laterDay))
	x.Must(x.counter(x.Creator, 1, "600"))
	if n := x.get(x.Brand); n.Extension != nil || n.Extensions != 0 {
		t.Errorf("a counter-offer leaves %+v, %d", n.Extension, n.Extensions)
	}
	dealtest.WantCode(t, x.Negotiations.AcceptExtension(ctx, x.Creator, x.id, 1, laterDay), models.CodeConflict)
	dealtest.WantCode(t, x.Negotiations.AcceptExtension(ctx, x.Creator, x.id, 2, laterDay), models.CodeConflict)
	x.Must(x.askExtension(x.Creator, 2, x.get(x.Brand).LastDay().AddDays(1).String()))
	x.Clock.Advance(x.get(x.Brand).ExpiresAt.Sub(x.Clock.Now()))
	dealtest.WantCode(t, x.Negotiations.AcceptExtension(ctx, x.Brand, x.id, 2, x.get(x.Brand).Extension.On.String()), models.CodeConflict)
	if n := x.get(x.Brand); n.State != negotiation.Expired || n.Extension != nil {
		t.Errorf("it is %s, %+v", n.State, n.Extension)
	}
}

func TestHowLateAndHowOftenALaterDayCanBeAskedFor(t *testing.T) {
	t.Parallel()
	ctx, x := t.Context(), newTable(t, testkit.NewSQLite(t))
	first, last, ok := x.get(x.Creator).ExtensionDays(x.Clock.Now())
	if due := x.get(x.Creator).Latest.Terms.FirstDue(); !ok || last != due || first != x.get(x.Creator).LastDay().AddDays(1) {
		t.Fatalf("from %v to %v, due on %v", first, last, due)
	}
	for _, day := range []string{"", "soon", first.AddDays(-1).String(), last.AddDays(1).String(), "2027-02-30"} {
		dealtest.WantField(t, x.askExtension(x.Creator, 1, day), "until", "negotiation.invalid.until")
	}
	dealtest.WantCode(t, x.askExtension(x.Creator, 2, last.String()), models.CodeConflict)
	for range negotiation.MaxExtensions {
		x.Must(x.askExtension(x.Creator, 1, first.String()))
		x.Must(x.Negotiations.RefuseExtension(ctx, x.Brand, x.id, 1, first.String()))
	}
	dealtest.WantCode(t, x.askExtension(x.Creator, 1, first.String()), models.CodeConflict)
	if _, _, ok := x.get(x.Creator).ExtensionDays(x.Clock.Now()); ok {
		t.Error("the page offers another one")
	}
}

func TestTheOtherSideIsToldOfALaterDay(t *testing.T) {
	t.Parallel()
	ctx, x := t.Context(), newTable(t, testkit.NewSQLite(t))
	x.Must(x.askExtension(x.Creator, 1, laterDay))
	a, err := x.Negotiations.Announcement(ctx, x.get(x.Brand).Events[1].ID)
	x.Must(err)
	if len(a.To) == 0 || a.To[0].Side != models.SideBrand || a.Notice != deals.Happened || !a.Open || a.Negotiation.Extension == nil || x.Jobs("notifications.deliver") != 2 {
		t.Errorf("%+v", a)
	}
}
