package notifications_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
)

var ctx = context.Background()

// world is a person, and an area that tells them of every event while told holds.
type world struct {
	*notifications.Store
	t     *testing.T
	db    *db.DB
	clock *testkit.Clock
	who   models.Actor
	other models.Actor
	zone  string
	told  bool
}

func onBoth(t *testing.T, test func(w *world)) {
	t.Helper()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := &world{t: t, db: d, clock: testkit.NewClock(), told: true, zone: "Europe/Brussels"}
		rules := notifications.Rules{}
		for _, k := range notifications.Kinds() {
			rules[k] = w.rule
		}
		var err error
		w.Store, err = notifications.NewStore(d, w.clock.Now, rules)
		w.must(err)
		w.who, w.other = w.person("ada"), w.person("bob")
		test(w)
	})
}

func (w *world) rule(context.Context, notifications.Event) (notifications.Answer, error) {
	if !w.told {
		return notifications.Answer{}, nil
	}
	return notifications.Answer{To: []notifications.Receiver{w.receiver()}}, nil
}

func (w *world) receiver() notifications.Receiver {
	return notifications.Receiver{PersonID: w.who.PersonID, Name: "Ada", Email: "ada@brand.example", Zone: w.zone}
}

func (w *world) person(name string) models.Actor {
	w.t.Helper()
	var p accounts.Person
	w.must(w.db.Tx(ctx, func(tx *db.Tx) (err error) {
		p, err = accounts.CreatePerson(tx, accounts.Person{Name: name, CreatedAt: testkit.ClockStart})
		return err
	}))
	return models.Actor{PersonID: p.ID}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) count(query string, args ...any) (n int) {
	w.t.Helper()
	w.must(w.db.Read(ctx).Raw(query, args...).Scan(&n).Error)
	return n
}

// publish publishes an event and gives it back as the job reads it.
func (w *world) publish(k notifications.Kind, key string) notifications.Event {
	w.t.Helper()
	e := notifications.Event{Key: &key, Kind: k, Subject: notifications.Subject{Kind: "deal", ID: "d-" + key}, At: w.clock.Now()}
	w.must(w.db.Tx(ctx, func(tx *db.Tx) error { return notifications.Publish(tx, e, map[string]int{"n": 7}) }))
	e, a, found, err := w.Event(ctx, int64(w.count("SELECT id FROM notification_events WHERE key = ?", key)))
	w.must(err)
	if !found || a.Includes(w.who.PersonID) != w.told {
		w.t.Fatalf("%s: found %t, told %+v", key, found, a)
	}
	return e
}

// tell publishes an event, tells the person of it, and says whether a mail goes.
func (w *world) tell(k notifications.Kind, key string) bool {
	w.t.Helper()
	mail, err := w.Keep(ctx, w.publish(k, key), w.receiver(), "Title of "+key)
	w.must(err)
	return mail
}

func (w *world) choose(k notifications.Kind, c notifications.Channel) {
	w.t.Helper()
	w.must(w.SetPreferences(ctx, w.who, map[notifications.Kind]notifications.Channel{k: c}))
}

func (w *world) titles(unread bool) (all []string) {
	w.t.Helper()
	rows, _, err := w.List(ctx, w.who, unread, nil)
	w.must(err)
	for _, n := range rows {
		all = append(all, n.Title)
	}
	return all
}

func TestTheModelsAreTheTables(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		testkit.CheckSameColumns(t, d, notifications.Event{}, notifications.Notification{}, notifications.Preference{}, notifications.Link{})
	})
}

func TestAStoreWithoutAllRulesDoesNotStart(t *testing.T) {
	t.Parallel()
	rule := func(context.Context, notifications.Event) (notifications.Answer, error) {
		return notifications.Answer{}, nil
	}
	for _, missing := range notifications.Kinds() {
		rules := notifications.Rules{}
		for _, k := range notifications.Kinds() {
			if k != missing {
				rules[k] = rule
			}
		}
		if _, err := notifications.NewStore(nil, nil, rules); err == nil {
			t.Errorf("it starts without a rule of %s", missing)
		}
	}
}

func TestAnEventIsPublishedWithItsTransactionAndOnceByKey(t *testing.T) {
	t.Parallel()
	onBoth(t, func(w *world) {
		key := "event-1"
		e := notifications.Event{Key: &key, Kind: notifications.DealProgress, At: w.clock.Now()}
		failed := w.db.Tx(ctx, func(tx *db.Tx) error {
			w.must(notifications.Publish(tx, e, nil))
			return fmt.Errorf("the deed failed")
		})
		if failed == nil || w.count("SELECT count(*) FROM notification_events") != 0 {
			w.t.Error("an event of a deed that never was")
		}
		for range 2 {
			w.must(w.db.Tx(ctx, func(tx *db.Tx) error { return notifications.Publish(tx, e, nil) }))
		}
		if events, jobs := w.count("SELECT count(*) FROM notification_events"), w.count("SELECT count(*) FROM river_job WHERE kind = 'notifications.deliver'"); events != 1 || jobs != 1 {
			w.t.Errorf("%d events, %d jobs", events, jobs)
		}
		e.Key, e.Kind = nil, "nobody.knows"
		if err := w.db.Tx(ctx, func(tx *db.Tx) error { return notifications.Publish(tx, e, nil) }); err == nil {
			w.t.Error("an unknown kind is published")
		}
		var data struct{ N int }
		w.must(w.publish(notifications.DealProgress, "event-2").Read(&data))
		if data.N != 7 {
			w.t.Errorf("data %+v", data)
		}
		if _, _, found, err := w.Event(ctx, 1<<40); found || err != nil {
			w.t.Errorf("an event that is gone: %t, %v", found, err)
		}
	})
}

func TestEachChannelTellsAsItSays(t *testing.T) {
	t.Parallel()
	onBoth(t, func(w *world) {
		for c, want := range map[notifications.Channel]struct{ mail, app, daily bool }{
			notifications.ByMail:  {true, true, false},
			notifications.ByDaily: {false, true, true},
			notifications.InApp:   {false, true, false},
			notifications.Off:     {},
		} {
			w.choose(notifications.DealProgress, c)
			mail := w.tell(notifications.DealProgress, string(c))
			app := slices.Contains(w.titles(false), "Title of "+string(c))
			daily := w.count("SELECT count(*) FROM notifications WHERE title = ? AND daily_at IS NOT NULL", "Title of "+string(c)) == 1
			if mail != want.mail || app != want.app || daily != want.daily {
				w.t.Errorf("%s: mail %t, app %t, daily %t", c, mail, app, daily)
			}
		}
		// Without a choice, and for what has to come, it is a mail.
		if !w.tell(notifications.DealProposal, "usual") || !w.tell(notifications.SignInSecurity, "security") || !w.tell(notifications.ReportDecision, "decision") {
			w.t.Error("no mail goes")
		}
		err := w.SetPreferences(ctx, w.who, map[notifications.Kind]notifications.Channel{notifications.SignInSecurity: notifications.Off})
		if models.CodeOf(err) != models.CodeInvalid {
			w.t.Errorf("security is turned off: %v", err)
		}
		err = w.SetPreferences(ctx, w.who, map[notifications.Kind]notifications.Channel{notifications.DealProposal: "pigeon"})
		if models.CodeOf(err) != models.CodeInvalid {
			w.t.Errorf("a channel that is none: %v", err)
		}
		// Somebody without an address finds it in the app alone.
		to := w.receiver()
		to.Email = ""
		if mail, err := w.Keep(ctx, w.publish(notifications.DealProposal, "no address"), to, "Without"); mail || err != nil || !slices.Contains(w.titles(false), "Without") {
			w.t.Errorf("without an address: mail %t, %v", mail, err)
		}
	})
}

func TestTellingTwiceIsTellingOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(w *world) {
		e := w.publish(notifications.DealProgress, "one")
		for range 2 {
			if mail, err := w.Keep(ctx, e, w.receiver(), "One"); !mail || err != nil {
				w.t.Errorf("a second try: mail %t, %v", mail, err)
			}
		}
		if got := w.titles(false); len(got) != 1 {
			w.t.Errorf("told %v", got)
		}
		for range 2 {
			w.must(w.KeepMail(ctx, e.MailKey(w.who.PersonID), w.who.PersonID, "One", w.clock.Now()))
		}
		if sent, err := w.Mailed(ctx, "one-p"+fmt.Sprint(w.who.PersonID)); err != nil || !sent {
			w.t.Errorf("mailed %t, %v", sent, err)
		}
		if sent, _ := w.Mailed(ctx, e.MailKey(w.other.PersonID)); sent {
			w.t.Error("a mail that was never sent counts as sent")
		}
	})
}

func TestAListGoesOnAndIsRead(t *testing.T) {
	t.Parallel()
	onBoth(t, func(w *world) {
		for i := range notifications.PageSize + 3 {
			w.tell(notifications.DealProgress, fmt.Sprintf("n%02d", i))
		}
		first, next, err := w.List(ctx, w.who, false, nil)
		w.must(err)
		if len(first) != notifications.PageSize || next == nil || first[0].Title != "Title of n27" {
			w.t.Fatalf("%d on the first page, next %v", len(first), next)
		}
		rest, end, err := w.List(ctx, w.who, false, next)
		w.must(err)
		if len(rest) != 3 || end != nil || rest[2].Title != "Title of n00" {
			w.t.Errorf("%d on the last page, next %v", len(rest), end)
		}
		if unread := w.count("SELECT " + notifications.UnreadSQL(fmt.Sprint(w.who.PersonID))); unread != 28 {
			w.t.Errorf("%d unread", unread)
		}
		w.must(w.MarkRead(ctx, w.who, first[0].PublicID))
		w.must(w.MarkRead(ctx, w.who, first[0].PublicID))
		if err := w.MarkRead(ctx, w.other, first[1].PublicID); models.CodeOf(err) != models.CodeNotFound {
			w.t.Errorf("somebody else reads it: %v", err)
		}
		w.must(w.MarkAllRead(ctx, w.other, first[1].PublicID))
		w.must(w.MarkAllRead(ctx, w.who, ""))
		if unread := w.titles(true); len(unread) != notifications.PageSize {
			w.t.Errorf("%d unread on a page", len(unread))
		}
		w.must(w.MarkAllRead(ctx, w.who, first[5].PublicID))
		if unread := w.titles(true); len(unread) != 4 { // those after the sixth, but for the first
			w.t.Errorf("unread are %v", unread)
		}
		if got, _, err := w.List(ctx, w.other, false, nil); err != nil || len(got) != 0 {
			w.t.Errorf("somebody else sees %d, %v", len(got), err)
		}
		if _, _, err := w.List(ctx, models.Actor{}, false, nil); err == nil {
			w.t.Error("a visitor sees notifications")
		}
	})
}

func TestALinkStopsTheMailsOfItsKindAlone(t *testing.T) {
	t.Parallel()
	onBoth(t, func(w *world) {
		secret, err := w.StopSecret(ctx, w.who.PersonID, notifications.DealProgress)
		w.must(err)
		again, err := w.StopSecret(ctx, w.who.PersonID, notifications.DealProgress)
		w.must(err)
		other, err := w.StopSecret(ctx, w.other.PersonID, notifications.DealProgress)
		w.must(err)
		if secret == "" || secret != again || secret == other {
			w.t.Errorf("links %q, %q, and of somebody else %q", secret, again, other)
		}
		if s, err := w.StopSecret(ctx, w.who.PersonID, notifications.SignInSecurity); s != "" || err != nil {
			w.t.Errorf("security mails are stopped by %q, %v", s, err)
		}
		if w.count("SELECT count(*) FROM notification_links WHERE token_hash = ?", secret) != 0 {
			w.t.Error("the secret is kept")
		}
		if x, err := w.Subscription(ctx, secret); err != nil || x != (notifications.Subscription{Kind: notifications.DealProgress, On: true}) {
			w.t.Errorf("the link stops %+v, %v", x, err)
		}
		for range 2 {
			w.must(w.Unsubscribe(ctx, secret))
		}
		if w.tell(notifications.DealProgress, "after") || !slices.Contains(w.titles(false), "Title of after") {
			w.t.Error("after the click a mail goes, or the app is silent")
		}
		if !w.tell(notifications.DealProposal, "another kind") {
			w.t.Error("another kind was stopped")
		}
		all, err := w.Preferences(ctx, w.other)
		w.must(err)
		if all[notifications.DealProgress] != notifications.ByMail {
			w.t.Error("somebody else's mails were stopped")
		}
		if err := w.Unsubscribe(ctx, "guessed"); models.CodeOf(err) != models.CodeNotFound {
			w.t.Errorf("a guess gave %v", err)
		}
		// Asked for again, the same link stops them again.
		w.choose(notifications.DealProgress, notifications.ByDaily)
		w.tell(notifications.DealProgress, "daily")
		w.must(w.Unsubscribe(ctx, secret))
		if w.count("SELECT count(*) FROM notifications WHERE daily_at IS NOT NULL") != 0 {
			w.t.Error("a daily mail is still due")
		}
	})
}

func TestADailyMailComesOnceInTheMorningOfItsReader(t *testing.T) {
	t.Parallel()
	onBoth(t, func(w *world) {
		w.choose(notifications.DealProgress, notifications.ByDaily)
		w.zone = "America/New_York"
		w.tell(notifications.DealProgress, "one")
		w.clock.Advance(time.Minute)
		w.tell(notifications.DealProgress, "two")
		zone, err := time.LoadLocation(w.zone)
		w.must(err)
		var due []notifications.Notification
		w.must(w.db.Read(ctx).Find(&due).Error)
		for _, n := range due {
			if local := n.DailyAt.In(zone); local.Hour() != 8 || local.Minute() != 0 || n.DailyAt.Sub(w.clock.Now()) > 24*time.Hour {
				w.t.Errorf("due at %s", local)
			}
		}
		if people, err := w.DuePeople(ctx); err != nil || len(people) != 0 {
			w.t.Errorf("due before the morning: %v, %v", people, err)
		}
		w.clock.Advance(24 * time.Hour)
		people, err := w.DuePeople(ctx)
		w.must(err)
		if !slices.Equal(people, []int64{w.who.PersonID}) {
			w.t.Fatalf("due for %v", people)
		}
		first, err := w.OpenDigest(ctx, w.who.PersonID)
		w.must(err)
		again, err := w.OpenDigest(ctx, w.who.PersonID)
		w.must(err)
		if len(first.All) != 2 || first.Key == "" || again.Key != first.Key || first.To.Email != "ada@brand.example" {
			w.t.Errorf("%+v, and again %s", first, again.Key)
		}
		w.must(w.CloseDigest(ctx, first))
		if people, _ := w.DuePeople(ctx); len(people) != 0 {
			w.t.Errorf("due again for %v", people)
		}
		// What is read, and what they are told no longer, is in no mail.
		w.tell(notifications.DealProgress, "read")
		rows, _, err := w.List(ctx, w.who, true, nil)
		w.must(err)
		w.must(w.MarkRead(ctx, w.who, rows[0].PublicID))
		w.tell(notifications.DealProgress, "told no longer")
		w.clock.Advance(24 * time.Hour)
		w.told = false
		none, err := w.OpenDigest(ctx, w.who.PersonID)
		w.must(err)
		if len(none.All) != 0 {
			w.t.Errorf("mailed of %+v", none.All)
		}
		w.must(w.CloseDigest(ctx, none))
		// Its link stops all daily mails.
		secret, err := w.StopSecret(ctx, w.who.PersonID, notifications.Digest)
		w.must(err)
		w.must(w.Unsubscribe(ctx, secret))
		all, err := w.Preferences(ctx, w.who)
		w.must(err)
		if all[notifications.DealProgress] != notifications.InApp {
			w.t.Errorf("it is still told by %s", all[notifications.DealProgress])
		}
	})
}
