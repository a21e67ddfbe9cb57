package discovery

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2/roaring64"
	"pgregory.net/rapid"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	x, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestMailsGoAtEightByTheClockOfWhoGetsThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ alert, zone, now, next string }{
		{"off", "UTC", "2026-11-20T09:00:00Z", ""},
		{"instant", "UTC", "2026-11-20T09:00:00Z", ""},
		{"daily", "UTC", "2026-11-20T07:59:59Z", "2026-11-20T08:00:00Z"},
		{"daily", "UTC", "2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z"}, // the one due now has gone
		{"daily", "Europe/Paris", "2026-11-20T06:59:00Z", "2026-11-20T07:00:00Z"},
		{"daily", "Europe/Paris", "2026-07-20T06:59:00Z", "2026-07-21T06:00:00Z"}, // in summer two hours before UTC
		{"daily", "Europe/Paris", "2026-10-24T12:00:00Z", "2026-10-25T07:00:00Z"}, // the night in which summer ends
		{"daily", "America/Los_Angeles", "2026-11-21T05:00:00Z", "2026-11-21T16:00:00Z"},
		{"daily", "Pacific/Kiritimati", "2026-12-31T17:00:00Z", "2026-12-31T18:00:00Z"},
		{"weekly", "UTC", "2026-11-20T09:00:00Z", "2026-11-23T08:00:00Z"}, // a Friday
		{"weekly", "UTC", "2026-11-23T07:00:00Z", "2026-11-23T08:00:00Z"},
		{"weekly", "UTC", "2026-11-23T08:00:00Z", "2026-11-30T08:00:00Z"},
		{"weekly", "Pacific/Auckland", "2026-11-22T18:00:00Z", "2026-11-22T19:00:00Z"}, // Monday there, Sunday in UTC
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if next := AlertFrequency(c.alert).NextMailTime(at(t, c.now), zone); next != nil {
			got = next.Format(time.RFC3339)
		}
		if got != c.next {
			t.Errorf("%s in %s after %s: %q, want %q", c.alert, c.zone, c.now, got, c.next)
		}
	}
}

func TestALookTellsWhoIsNewAndWhenToMail(t *testing.T) {
	t.Parallel()
	now := at(t, "2026-11-20T09:00:00Z")
	past, soon, far := new(now.Add(-time.Hour)), new(now.Add(time.Hour)), new(now.AddDate(4, 0, 0))
	tomorrow := new(at(t, "2026-11-21T08:00:00Z"))
	ids := roaring64.BitmapOf
	for _, c := range []struct {
		name string
		matchingInput
		fits    *roaring64.Bitmap
		found   string
		mail    bool
		next    *time.Time
		changes bool
	}{
		{"nobody new", matchingInput{alert: AlertInstant, known: ids(1, 2), isReachable: true}, ids(1), "[]", false, nil, false},
		{"one is new", matchingInput{alert: AlertInstant, known: ids(1, 2), isReachable: true}, ids(2, 3), "[3]", true, nil, true},
		{"new, but nobody can be mailed", matchingInput{alert: AlertInstant, known: ids(1)}, ids(2), "[2]", false, nil, true},
		{"left out of a mail before", matchingInput{alert: AlertInstant, known: ids(1), isReachable: true, hasUnmailed: true}, ids(1), "[]", true, nil, true},
		{"found before its time", matchingInput{alert: AlertDaily, known: ids(), nextMailAt: soon, isReachable: true}, ids(7), "[7]", false, soon, true},
		{"nothing before its time", matchingInput{alert: AlertDaily, known: ids(7), nextMailAt: soon, isReachable: true, hasUnmailed: true}, ids(7), "[]", false, soon, false},
		{"its time has come", matchingInput{alert: AlertDaily, known: ids(7), nextMailAt: past, isReachable: true, hasUnmailed: true}, ids(), "[]", true, tomorrow, true},
		{"its time has come, for nobody", matchingInput{alert: AlertDaily, known: ids(7), nextMailAt: past, isReachable: true}, ids(7), "[]", false, tomorrow, true},
		{"its time has come, and nobody can be mailed", matchingInput{alert: AlertDaily, known: ids(7), nextMailAt: past, hasUnmailed: true}, ids(7), "[]", false, tomorrow, true},
		{"a time from a clock that was ahead", matchingInput{alert: AlertDaily, known: ids(7), nextMailAt: far, isReachable: true, hasUnmailed: true}, ids(7), "[]", false, tomorrow, true},
	} {
		c.timeZone = time.UTC
		got := c.findNewMatches(c.fits, now)
		if fmt.Sprint(got.found) != c.found || got.mailDue != c.mail || got.hasChanges(c.matchingInput.nextMailAt) != c.changes {
			t.Errorf("%s: found %v, mail %v, changes %v", c.name, got.found, got.mailDue, got.hasChanges(c.matchingInput.nextMailAt))
		}
		if (got.nextMailAt == nil) != (c.next == nil) || got.nextMailAt != nil && !got.nextMailAt.Equal(*c.next) {
			t.Errorf("%s: next %v, want %v", c.name, got.nextMailAt, c.next)
		}
	}
}

func TestALookTakesSoManyAndTheNextOneTheRest(t *testing.T) {
	t.Parallel()
	fits := roaring64.New()
	fits.AddRange(1, 2*maxNewMatches+2)
	l, all := matchingInput{alert: AlertInstant, known: roaring64.New(), timeZone: time.UTC}, roaring64.New()
	for _, want := range []int{maxNewMatches, maxNewMatches, 1, 0} {
		s := l.findNewMatches(fits, time.Unix(0, 0))
		if len(s.found) != want {
			t.Fatalf("found %d, want %d", len(s.found), want)
		}
		all.AddMany(s.found)
		if s.known != nil {
			l.known = s.known
		}
	}
	if !all.Equals(fits) {
		t.Error("somebody is missing")
	}
}

// book is what the database keeps of a search, and what mails said of it.
type book struct {
	known   *roaring64.Bitmap
	next    *time.Time
	version int
	mailed  map[uint64]bool // found; whether in a mail
	told    map[uint64]int  // how often mails told of somebody
}

// write is keepSighting, on a map. A crash before the commit leaves all as it was.
func (b *book) write(s matchingResult, version int, shown func(uint64) bool) {
	if b.version != version {
		return
	}
	b.version++
	b.next = s.nextMailAt
	if s.known != nil {
		b.known = s.known
	}
	for _, id := range s.found {
		b.mailed[id] = false
	}
	for id, done := range b.mailed {
		if s.mailDue && !done && shown(id) {
			b.mailed[id] = true
			b.told[id]++
		}
	}
}

// TestNobodyIsMissedAndNobodyToldTwice replays 10,000 random events against a
// reference that knows who has been seen to fit.
func TestNobodyIsMissedAndNobodyToldTwice(t *testing.T) {
	t.Parallel()
	for _, alert := range []AlertFrequency{AlertInstant, AlertDaily, AlertWeekly} {
		r := rand.New(rand.NewPCG(14, uint64(len(alert))))
		replay(t, alert, 10_000, r.IntN)
	}
}

func TestNobodyIsMissedAndNobodyToldTwiceHoweverItGoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		alert := rapid.SampledFrom([]AlertFrequency{AlertInstant, AlertDaily, AlertWeekly}).Draw(rt, "alert")
		replay(rt, alert, 60, func(n int) int { return rapid.IntRange(0, n-1).Draw(rt, "n") })
	})
}

func replay(t interface {
	Errorf(string, ...any)
	Fatalf(string, ...any)
}, alert AlertFrequency, events int, pick func(int) int) {
	const people = 40
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	zone := time.FixedZone("somewhere", 5400)
	fits, listed, blocked := roaring64.New(), map[uint64]bool{}, map[uint64]bool{}
	for id := uint64(1); id <= people; id++ {
		listed[id] = true
		if pick(3) == 0 {
			fits.Add(id)
		}
	}
	shown := func(id uint64) bool { return listed[id] && !blocked[id] }
	match := func() *roaring64.Bitmap {
		m := roaring64.New()
		for it := fits.Iterator(); it.HasNext(); {
			if id := it.Next(); shown(id) {
				m.Add(id)
			}
		}
		return m
	}
	b := &book{known: match(), next: alert.NextMailTime(now, zone), mailed: map[uint64]bool{}, told: map[uint64]int{}}
	before, seenToFit := b.known.Clone(), roaring64.New() // the reference
	look := func(reaches bool, crash int) {
		waiting := false
		for id, done := range b.mailed {
			waiting = waiting || !done && shown(id)
		}
		m := match()
		s := matchingInput{alert: alert, known: b.known, nextMailAt: b.next, timeZone: zone, hasUnmailed: waiting, isReachable: reaches}.findNewMatches(m, now)
		if crash == 0 { // before the commit: nothing has happened
			return
		}
		version := b.version
		if s.hasChanges(b.next) {
			b.write(s, version, shown)
		}
		seenToFit.Or(m)
		if crash == 1 { // after it: the look that comes next is told nothing, another node's late one writes nothing
			b.write(s, version, shown)
		}
	}
	for range events {
		id := uint64(1 + pick(people))
		switch pick(12) {
		case 0, 1:
			fits.Add(id)
		case 2:
			fits.Remove(id)
		case 3:
			listed[id] = !listed[id]
		case 4:
			blocked[id] = !blocked[id]
		case 5:
			now = now.Add(time.Duration(pick(48)) * time.Hour)
		case 6:
			now = now.Add(-time.Duration(pick(24*30)) * time.Hour) // somebody sets the clock
		case 7:
			now = now.Add(time.Minute)
		default:
			look(pick(4) > 0, pick(4))
		}
	}
	// In the end all can be shown and mailed, and two weeks pass.
	for id := range listed {
		listed[id], blocked[id] = true, false
	}
	for range 2 * 24 * 15 {
		look(true, 2)
		now = now.Add(30 * time.Minute)
	}
	missed, twice, known := 0, 0, 0
	for id := uint64(1); id <= people; id++ {
		switch n := b.told[id]; {
		case n > 1:
			twice++
		case n == 1 && before.Contains(id):
			known++
		case n == 0 && seenToFit.Contains(id) && !before.Contains(id):
			missed++
		}
	}
	if missed+twice+known > 0 {
		t.Errorf("%s: %d missed, %d told twice, %d told who were there before", alert, missed, twice, known)
	}
	if events > 1000 && len(b.told) < people/3 {
		t.Fatalf("%s: only %d were told of: the events show nothing", alert, len(b.told))
	}
}
