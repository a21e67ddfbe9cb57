package accounts_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// browser is what the session manager keeps of one browser.
type browser struct {
	t      *testing.T
	s      accounts.SessionStore
	token  string
	values map[string]any
}

func (b browser) save() {
	b.t.Helper()
	if err := b.commit(ctx); err != nil {
		b.t.Fatal(err)
	}
}

func (b browser) commit(ctx context.Context) error {
	b.t.Helper()
	data, err := accounts.SessionCodec{}.Encode(time.Time{}, b.values)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.s.CommitCtx(ctx, b.token, data, time.Time{})
}

func (b browser) there() bool {
	b.t.Helper()
	_, ok, err := b.s.FindCtx(ctx, b.token)
	if err != nil {
		b.t.Fatal(err)
	}
	return ok
}

func signedIn(t *testing.T, s *accounts.Store, token string, personID int64, now time.Time) browser {
	t.Helper()
	b := browser{t, s.SessionStore(), token, map[string]any{
		accounts.SessionPerson: personID, accounts.SessionID: "id-" + token, accounts.SessionWay: "password",
		accounts.SessionBegan: now.UnixMicro(), accounts.SessionSignedIn: now.UnixMicro(), accounts.SessionAddress: "192.0.2.0/24", accounts.SessionAgent: "Firefox, Linux",
	}}
	b.save()
	return b
}

func TestASessionEndsInTime(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		member, err := s.SignUp(ctx, form("member@brand.example"))
		if err != nil {
			t.Fatal(err)
		}
		admin, err := s.SignUp(ctx, form("admin@brand.example"))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error {
			return tx.Exec("UPDATE people SET admin = TRUE WHERE id = ?", admin.PersonID).Error
		}); err != nil {
			t.Fatal(err)
		}
		day := 24 * time.Hour
		for name, c := range map[string]struct {
			person int64
			visits []time.Duration // from one to the next
			ends   bool
		}{
			"not visited for less than 14 days":             {member.PersonID, []time.Duration{14*day - time.Second}, false},
			"not visited for 14 days":                       {member.PersonID, []time.Duration{14 * day}, true},
			"visited often, for less than 30 days":          {member.PersonID, []time.Duration{10 * day, 10 * day, 10*day - time.Second}, false},
			"visited often, for 30 days":                    {member.PersonID, []time.Duration{10 * day, 10 * day, 10 * day}, true},
			"an administrator's, for less than 12 hours":    {admin.PersonID, []time.Duration{12*time.Hour - time.Second}, false},
			"an administrator's, for 12 hours":              {admin.PersonID, []time.Duration{12 * time.Hour}, true},
			"an administrator's with a visit in between":    {admin.PersonID, []time.Duration{8 * time.Hour, 8 * time.Hour}, false},
			"an administrator's with a visit soon after it": {admin.PersonID, []time.Duration{5 * time.Minute, 12 * time.Hour}, true},
		} {
			b := signedIn(t, s, name, c.person, clock.Now())
			for i, wait := range c.visits {
				clock.Advance(wait)
				if got, last := b.there(), i == len(c.visits)-1; got != (!last || !c.ends) {
					t.Errorf("%s: visit %d finds it: %v", name, i+1, got)
				}
			}
		}
	})
}

func TestLimitsOfSessionsAreConfigured(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock()
	s := newStore(testkit.NewSQLite(t), clock.Now)
	s.SessionLimits = accounts.SessionLimits{Idle: 2 * time.Hour, Absolute: 3 * time.Hour}
	actor, err := s.SignUp(ctx, form("member@brand.example"))
	if err != nil {
		t.Fatal(err)
	}
	b := signedIn(t, s, "a", actor.PersonID, clock.Now())
	clock.Advance(2*time.Hour - time.Second)
	if !b.there() {
		t.Error("it ended before the idle limit")
	}
	if clock.Advance(time.Hour + time.Second); b.there() {
		t.Error("it goes on after the absolute limit")
	}
}

func TestAPageViewIsNoWrite(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor, err := s.SignUp(ctx, form("seen@brand.example"))
		if err != nil {
			t.Fatal(err)
		}
		b := signedIn(t, s, "a", actor.PersonID, clock.Now())
		visit := func() (reads, writes int) {
			t.Helper()
			watching := db.WithStatementObserver(ctx, func(statement string) {
				if strings.HasPrefix(strings.TrimSpace(statement), "SELECT") {
					reads++
				} else {
					writes++
				}
			})
			if _, ok, err := b.s.FindCtx(watching, "a"); err != nil || !ok {
				t.Fatalf("%v %v", ok, err)
			}
			return reads, writes
		}
		for i, c := range []struct {
			after  time.Duration
			writes int
		}{{0, 0}, {9 * time.Minute, 0}, {59 * time.Second, 0}, {time.Second, 2}, {9 * time.Minute, 0}, {time.Minute, 2}} {
			clock.Advance(c.after)
			if reads, writes := visit(); reads != 1 || writes != c.writes {
				t.Errorf("visit %d: %d reads and %d writes, want 1 and %d", i, reads, writes, c.writes)
			}
		}
		p, err := s.PersonByID(ctx, actor.PersonID)
		if err != nil || p.LastSeenAt == nil || !p.LastSeenAt.Equal(clock.Now()) {
			t.Errorf("the person was seen %v, %v", p.LastSeenAt, err)
		}
	})
}

func TestAnEndedSessionStaysEnded(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor, err := s.SignUp(ctx, form("a@brand.example"))
		if err != nil {
			t.Fatal(err)
		}
		other, err := s.SignUp(ctx, form("b@brand.example"))
		if err != nil {
			t.Fatal(err)
		}
		here, there := signedIn(t, s, "here", actor.PersonID, clock.Now()), signedIn(t, s, "there", actor.PersonID, clock.Now())
		foreign := signedIn(t, s, "foreign", other.PersonID, clock.Now())
		if list, err := s.BrowserSessions(ctx, actor); err != nil || len(list) != 2 || list[0].Agent != "Firefox, Linux" || list[0].Address != "192.0.2.0/24" {
			t.Fatalf("listed: %+v, %v", list, err)
		}
		for _, id := range []string{"id-foreign", "id-missing", ""} {
			if err := s.EndBrowserSession(ctx, actor, id); models.CodeOf(err) != models.CodeNotFound {
				t.Errorf("ending %q gave %v", id, err)
			}
		}
		if err := s.EndBrowserSession(ctx, actor, "id-there"); err != nil {
			t.Fatal(err)
		}
		if err := there.commit(ctx); !errors.Is(err, accounts.ErrSessionSuperseded) { // by a request that began before
			t.Errorf("saving an ended session gave %v", err)
		}
		if there.there() || !here.there() || !foreign.there() {
			t.Errorf("there %v, here %v, foreign %v", there.there(), here.there(), foreign.there())
		}
		again := signedIn(t, s, "again", actor.PersonID, clock.Now())
		if err := s.EndOtherBrowserSessions(ctx, actor, "id-again"); err != nil {
			t.Fatal(err)
		}
		if here.there() || !again.there() || !foreign.there() {
			t.Errorf("here %v, again %v, foreign %v", here.there(), again.there(), foreign.there())
		}
		var left int64
		d.Read(ctx).Raw("SELECT count(*) FROM sessions WHERE ended_at IS NOT NULL AND (address <> '' OR agent <> '' OR length(data) > 0)").Scan(&left)
		if left != 0 {
			t.Errorf("%d ended sessions still say from where", left)
		}
	})
}

func TestAnonymousSessionsAreKeptForADay(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := accounts.SessionStore{DB: d, Clock: clock.Now}
		a := browser{t, s, "a", map[string]any{"flash": "Saved."}}
		a.save()
		clock.Advance(24*time.Hour - time.Second)
		if !a.there() {
			t.Error("it is gone before a day has passed")
		}
		if clock.Advance(2 * time.Second); a.there() {
			t.Error("an expired session was found")
		}
		browser{t, s, "b", map[string]any{}}.save()
		if err := s.DeleteExpired(ctx); err != nil {
			t.Fatal(err)
		}
		var rows int64
		d.Read(ctx).Raw("SELECT count(*) FROM sessions").Scan(&rows)
		if rows != 1 {
			t.Errorf("%d sessions after the sweep", rows)
		}
	})
}

func TestAgentsAndNetworksInWords(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                                  "Firefox, Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0":               "Edge, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1": "Safari, iPhone",
		"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36":                            "Chrome, Android",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36":                   "Chrome, macOS",
		"<script>alert(1)</script>": "", "": "",
	} {
		if got := accounts.DescribeUserAgent(header); got != want {
			t.Errorf("%q is %q, want %q", header, got, want)
		}
	}
	for address, want := range map[string]string{
		"203.0.113.77": "203.0.113.0/24", "2001:db8:1234:5678::9": "2001:db8:1234::/48", "::ffff:203.0.113.77": "203.0.113.0/24",
		"fe80::1%eth0": "fe80::/48", "nowhere": "", "": "",
	} {
		if got := accounts.NetworkOfAddress(address); got != want {
			t.Errorf("%q is %q, want %q", address, got, want)
		}
	}
}

func TestAProofIsRecentForAQuarterOfAnHour(t *testing.T) {
	t.Parallel()
	for after, want := range map[time.Duration]bool{0: true, 15*time.Minute - 1: true, 15 * time.Minute: false, -time.Second: false, 24 * time.Hour: false} {
		if got := accounts.IsReauthenticationFresh(testkit.ClockStart, testkit.ClockStart.Add(after)); got != want {
			t.Errorf("after %s: %v", after, got)
		}
	}
}
