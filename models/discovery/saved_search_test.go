package discovery_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/discovery"
	"tribemarket/models/imports"
	"tribemarket/models/moderation"
	"tribemarket/models/platform"
	"tribemarket/models/search"
)

// market is a marketplace with a brand and creators whose followers a test sets.
type market struct {
	*apptest.App
	t     *testing.T
	brand models.Actor
	read  int64 // the last mail's job that was worked off
}

// onBoth runs a test on a whole marketplace on each database.
func onBoth(t *testing.T, test func(m *market)) {
	t.Helper()
	run := func(name string, start func(testing.TB, ...func(*config.Config)) *apptest.App) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := &market{App: start(t), t: t}
			m.brand = m.SignUpBrand(t, "looker")
			test(m)
		})
	}
	run("sqlite", apptest.New)
	run("postgres", apptest.NewOnPostgres)
}

func (m *market) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

// joins lets somebody join, or come back with other figures.
func (m *market) joins(handle string, followers int64) (publicID string) {
	m.t.Helper()
	joined, err := m.Creators.SignInWithPlatform(ctx, platform.TikTok, creators.PlatformProfile{
		Platform: platform.TikTok, UserID: "id-" + handle, Handle: handle, DisplayName: "Name of " + handle, Followers: &followers, ReadAt: m.Clock.Now(),
	}, creators.PlatformToken{}, "en")
	m.must(err)
	return joined.Creator.PublicID
}

func (m *market) exec(q string, args ...any) {
	m.t.Helper()
	m.must(m.DB.Tx(ctx, func(tx *db.Tx) error { return tx.Exec(q, args...).Error }))
}

func (m *market) filter(query string) search.Filter {
	m.t.Helper()
	v, err := url.ParseQuery(query)
	m.must(err)
	f, _, err := m.Search.ReadFilter(ctx, v)
	m.must(err)
	return f
}

func (m *market) save(name string, alert discovery.AlertFrequency, query string) string {
	m.t.Helper()
	id, err := m.Discovery.SaveSearch(ctx, m.brand, discovery.SavedSearchForm{Name: name, Alert: alert}, m.filter(query))
	m.must(err)
	return id
}

func (m *market) look() int64 {
	m.t.Helper()
	n, err := m.Discovery.FindNewMatches(ctx)
	m.must(err)
	return n
}

// newOnes are the handles of the new creators of a search, as its page shows them.
func (m *market) newOnes(id string) string {
	m.t.Helper()
	x, found, _, err := m.Discovery.ListNewMatches(ctx, m.brand, id, nil)
	m.must(err)
	if int(x.New) != len(found) {
		m.t.Errorf("%d new creators are counted, %d shown", x.New, len(found))
	}
	return handles(found)
}

func handles(all []creators.CreatorSummary) string {
	var names []string
	for _, b := range all {
		names = append(names, b.Account.Handle)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// jobs are the mails that wait to be sent, each given once.
func (m *market) jobs() (all []discovery.AlertMailArgs) {
	m.t.Helper()
	var rows []struct {
		ID   int64
		Data []byte
	}
	m.must(m.DB.Read(ctx).Raw("SELECT id, data FROM notification_events WHERE kind = 'discovery.match' AND id > ? ORDER BY id", m.read).Scan(&rows).Error)
	for _, r := range rows {
		var args discovery.AlertMailArgs
		m.must(json.Unmarshal(r.Data, &args))
		all, m.read = append(all, args), r.ID
	}
	return all
}

// oldLink gives a mail the link of its own that mails had before.
func (m *market) oldLink(args discovery.AlertMailArgs) (secret string) {
	m.t.Helper()
	secret = models.NewSecret()
	m.exec("UPDATE saved_search_mails SET token_hash = ? WHERE id = ?", models.HashSecret(secret), args.MailID)
	return secret
}

// mailed is whom the mails tell of that are due now, a mail after the other.
func (m *market) mailed() string {
	m.t.Helper()
	var all []string
	for _, args := range m.jobs() {
		mail, due, err := m.Discovery.ReadAlertMail(ctx, args)
		m.must(err)
		if due {
			all = append(all, handles(mail.FirstCreators))
		}
	}
	return strings.Join(all, "; ")
}

func TestTheModelsOfSavedSearchesAreTheTables(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		testkit.CheckSameColumns(t, d, discovery.SavedSearch{}, discovery.SearchMatch{}, discovery.SearchMail{})
	})
}

func TestWhoComesToFitIsFoundOnceAndMailedOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		m.joins("there", 80_000)
		m.joins("small", 20_000)
		id := m.save("Big ones", discovery.AlertInstant, "followers_min=50000&sort=followers&after=x")
		if n := m.look(); n != 0 || m.newOnes(id) != "" {
			m.t.Errorf("%d were new who were there before", n)
		}
		m.joins("late", 60_000)
		m.joins("small", 70_000) // has grown
		if n := m.look(); n != 2 || m.newOnes(id) != "late small" {
			m.t.Errorf("found %d: %s", n, m.newOnes(id))
		}
		if got := m.mailed(); got != "late small" {
			m.t.Errorf("mailed %q", got)
		}
		m.joins("late", 12_000)
		m.look()
		m.joins("late", 90_000) // fits again
		if n := m.look(); n != 0 || m.mailed() != "" {
			m.t.Errorf("%d were told of again", n)
		}
		x, err := m.Discovery.ReadSavedSearch(ctx, m.brand, id)
		m.must(err)
		if x.Query != "followers_min=50000&sort=followers" || x.New != 2 || x.CreatedByName != "Member of looker" || !x.Mine || !x.Reaches || x.NextAt != nil {
			m.t.Errorf("the search is %+v", x)
		}
	})
}

func TestDailyMailsWaitForEightAndTellOfAllSince(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		m.exec("UPDATE people SET zone = 'Europe/Paris' WHERE id = ?", m.brand.PersonID)
		id := m.save("Daily", discovery.AlertDaily, "followers_min=50000")
		x, err := m.Discovery.ReadSavedSearch(ctx, m.brand, id)
		m.must(err)
		if want := testkit.ClockStart.Add(22 * time.Hour); x.NextAt == nil || !x.NextAt.Equal(want) { // 8:00 in Paris
			m.t.Fatalf("the next mail comes %v, want %v", x.NextAt, want)
		}
		for i := range 12 {
			m.joins(fmt.Sprintf("c%02d", i), 60_000)
			m.look()
			m.Clock.Advance(time.Hour)
		}
		if got := m.mailed(); got != "" {
			m.t.Errorf("mailed before its time: %s", got)
		}
		if n := strings.Count(m.newOnes(id), "c"); n != 12 {
			m.t.Errorf("%d of 12 are shown before the mail", n)
		}
		m.Clock.Advance(10 * time.Hour)
		m.look()
		jobs := m.jobs()
		if len(jobs) != 1 {
			m.t.Fatalf("%d mails", len(jobs))
		}
		mail, due, err := m.Discovery.ReadAlertMail(ctx, jobs[0])
		m.must(err)
		if !due || mail.CreatorCount != 12 || len(mail.FirstCreators) != discovery.MaxMailCreators || mail.Search.Name != "Daily" || mail.To.Email != apptest.BrandEmail("looker") || mail.Brand != "looker" {
			m.t.Errorf("the mail is %+v", mail)
		}
		m.look()
		m.Clock.Advance(24 * time.Hour)
		m.look()
		if got := m.mailed(); got != "" {
			m.t.Errorf("mailed again: %s", got)
		}
	})
}

func TestCreatorsWhoCannotBeShownAreLeftOutUntilTheyCan(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		id := m.save("Big ones", discovery.AlertInstant, "followers_min=50000")
		suspended, blocked := m.joins("suspended", 60_000), m.joins("blocked", 60_000)
		m.joins("stays", 60_000)
		m.look()
		jobs := m.jobs()
		m.SuspendCreator(m.t, suspended)
		m.must(m.Moderation.BlockParty(ctx, m.brand, blocked))
		if got := m.newOnes(id); got != "stays" {
			m.t.Errorf("shown: %s", got)
		}
		for range 2 { // the job may run twice
			mail, due, err := m.Discovery.ReadAlertMail(ctx, jobs[0])
			if m.must(err); !due || handles(mail.FirstCreators) != "stays" || mail.CreatorCount != 1 {
				m.t.Errorf("mailed %s", handles(mail.FirstCreators))
			}
		}
		m.look()
		if got := m.mailed(); got != "" {
			m.t.Errorf("mailed %s", got)
		}
		m.must(m.Moderation.RestoreSubject(ctx, m.CreateAdmin(m.t), moderation.Creator, suspended))
		m.must(m.Moderation.UnblockParty(ctx, m.brand, blocked))
		m.look()
		if got := m.mailed(); got != "blocked suspended" {
			m.t.Errorf("mailed %q once they can be shown", got)
		}
	})
}

func TestWhoBlocksTheBrandIsNeverFound(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		id := m.save("Big ones", discovery.AlertInstant, "followers_min=50000")
		m.joins("shy", 60_000)
		m.exec("INSERT INTO blocks (brand_id, creator_id, side, person_id, created_at) SELECT ?, id, 'creator', person_id, ? FROM creators", m.brand.BrandID, m.Clock.Now())
		if n := m.look(); n != 0 || m.newOnes(id) != "" {
			m.t.Errorf("found %d", n)
		}
		if n, err := m.Discovery.CountMatchingCreators(ctx, m.brand, m.filter("followers_min=50000")); err != nil || n != 0 {
			m.t.Errorf("%d fit, %v", n, err)
		}
		m.exec("DELETE FROM blocks")
		if n := m.look(); n != 1 || m.newOnes(id) != "shy" {
			m.t.Errorf("found %d once the block was gone", n)
		}
	})
}

func TestOnlyWhoMayStillReadThemGetsTheMails(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		member := m.AddMember(m.t, m.brand, models.RoleManager)
		id, err := m.Discovery.SaveSearch(ctx, member, discovery.SavedSearchForm{Name: "Member's", Alert: discovery.AlertInstant}, m.filter("followers_min=50000"))
		m.must(err)
		for i, c := range []struct{ off, on string }{
			{"UPDATE people SET suspended_at = created_at WHERE id = @colleague", "UPDATE people SET suspended_at = NULL WHERE id = @colleague"},
			{"UPDATE people SET email_confirmed_at = NULL WHERE id = @colleague", "UPDATE people SET email_confirmed_at = created_at WHERE id = @colleague"},
			{"DELETE FROM members WHERE person_id = @colleague", "INSERT INTO members (brand_id, person_id, role, created_at) SELECT brand_id, @colleague, 'viewer', created_at FROM members WHERE brand_id = @brand"},
			{"UPDATE brands SET suspended_at = created_at WHERE id = @brand", "UPDATE brands SET suspended_at = NULL WHERE id = @brand"},
			{"UPDATE saved_searches SET alert = 'off'", "UPDATE saved_searches SET alert = 'instant'"},
		} {
			named := strings.NewReplacer("@colleague", fmt.Sprint(member.PersonID), "@brand", fmt.Sprint(m.brand.BrandID))
			m.joins(fmt.Sprintf("before%d", i), 60_000)
			m.look() // in a mail that is not out yet
			m.exec(named.Replace(c.off))
			m.joins(fmt.Sprintf("after%d", i), 60_000)
			m.look()
			if got := m.mailed(); got != "" {
				m.t.Errorf("%s: mailed %s", c.off, got)
			}
			if i < 3 && !strings.Contains(m.newOnes(id), fmt.Sprintf("after%d", i)) {
				m.t.Errorf("%s: the others don't see the creator in the app: %s", c.off, m.newOnes(id))
			}
			m.exec(named.Replace(c.on))
			m.look()
			if got, want := m.mailed(), fmt.Sprintf("after%d before%d", i, i); got != want {
				m.t.Errorf("%s: mailed %q, want %q", c.on, got, want)
			}
		}
	})
}

func TestSomebodyOfAnAgencyGetsTheMailsWhileItMayActForTheBrand(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		agency := m.SignUpBrand(m.t, "agency")
		m.exec("INSERT INTO agency_mandates (public_id, agency_id, brand_id, role, offered_by, offered_at, expires_at, accepted_at) VALUES ('m', ?, ?, 'manager', ?, ?, ?, ?)",
			agency.BrandID, m.brand.BrandID, m.brand.PersonID, m.Clock.Now(), m.Clock.Now(), m.Clock.Now())
		consultant := models.Actor{PersonID: agency.PersonID, BrandID: m.brand.BrandID, AgencyID: agency.BrandID, Role: models.RoleManager}
		_, err := m.Discovery.SaveSearch(ctx, consultant, discovery.SavedSearchForm{Name: "For the client", Alert: discovery.AlertInstant}, m.filter(""))
		m.must(err)
		m.joins("one", 60_000)
		m.look()
		if got := m.mailed(); got != "one" {
			m.t.Errorf("mailed %q", got)
		}
		m.exec("UPDATE agency_mandates SET ended_at = offered_at")
		m.joins("two", 60_000)
		m.look()
		if got := m.mailed(); got != "" {
			m.t.Errorf("mailed %q after the end", got)
		}
	})
}

func TestSeenIsSeenUpToWhatThePageShowed(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		id := m.save("Weekly", discovery.AlertWeekly, "followers_min=50000")
		m.joins("one", 60_000)
		m.look()
		page, err := m.Discovery.ReadSavedSearch(ctx, m.brand, id)
		m.must(err)
		m.joins("two", 60_000)
		m.look()
		m.must(m.Discovery.MarkMatchesSeen(ctx, m.brand, id, page.Version))
		if got := m.newOnes(id); got != "two" {
			m.t.Errorf("new are %q", got)
		}
		m.Clock.Advance(7 * 24 * time.Hour)
		m.look()
		if got := m.mailed(); got != "two" {
			m.t.Errorf("mailed %q; what was seen needs no mail", got)
		}
	})
}

func TestChangingTheAlertKeepsWhoIsKnown(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		m.joins("there", 60_000)
		id := m.save("Big ones", discovery.AlertOff, "followers_min=50000")
		m.joins("meanwhile", 60_000)
		if n := m.look(); n != 0 {
			m.t.Errorf("found %d for a search that is off", n)
		}
		m.must(m.Discovery.SetAlert(ctx, m.brand, id, discovery.AlertDaily))
		m.look()
		m.must(m.Discovery.SetAlert(ctx, m.brand, id, discovery.AlertInstant))
		m.look()
		if got := m.mailed(); got != "meanwhile" {
			m.t.Errorf("mailed %q", got)
		}
		if err := m.Discovery.SetAlert(ctx, m.brand, id, "hourly"); models.CodeOf(err) != models.CodeInvalid {
			m.t.Errorf("an alert that is none gave %v", err)
		}
	})
}

func TestASearchThatLostWhatItAskedForFindsNobody(t *testing.T) {
	t.Parallel()
	m := &market{App: apptest.New(t), t: t}
	m.brand = m.SignUpBrand(t, "looker")
	id := m.save("A tribe", discovery.AlertInstant, "tribe=booktok")
	m.exec("DROP TRIGGER saved_searches_query")
	m.exec("UPDATE saved_searches SET query = 'tribe=gonetok'")
	m.joins("one", 60_000)
	if n := m.look(); n != 0 {
		t.Errorf("found %d: everybody", n)
	}
	if x, err := m.Discovery.ReadSavedSearch(ctx, m.brand, id); err != nil || !x.Broken {
		t.Errorf("the search is not said to be broken: %+v %v", x, err)
	}
}

// A query that was stored with an older code asks for the one in use, once.
func TestASavedSearchListsEachThingOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		id := m.save("Languages", discovery.AlertInstant, "language=he&language=en&country=CD")
		if m.DB.Dialect == db.SQLite {
			m.exec("DROP TRIGGER saved_searches_query")
		} else {
			m.exec("DROP TRIGGER saved_searches_query ON saved_searches")
		}
		m.exec("UPDATE saved_searches SET query = 'country=CD&country=ZR&language=en&language=he&language=iw'")
		x, err := m.Discovery.ReadSavedSearch(ctx, m.brand, id)
		if err != nil || x.Broken || x.Filter.Values().Encode() != "country=CD&language=en&language=he" {
			m.t.Errorf("it asks for %s, broken %v, %v", x.Filter.Values().Encode(), x.Broken, err)
		}
	})
}

func TestNamesAreUniqueAndABrandHasAHundredSearches(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		id := m.save("  Cooks\tof Lyon ", discovery.AlertOff, "tribe=foodtok")
		other := m.save("Others", discovery.AlertOff, "tribe=foodtok")
		wrong := func(what, field string, err error) {
			m.t.Helper()
			if models.CodeOf(err) != models.CodeInvalid || !strings.Contains(fmt.Sprint(err), field) {
				m.t.Errorf("%s gave %v", what, err)
			}
		}
		save := func(name string, alert discovery.AlertFrequency) error {
			_, err := m.Discovery.SaveSearch(ctx, m.brand, discovery.SavedSearchForm{Name: name, Alert: alert}, m.filter(""))
			return err
		}
		wrong("a name twice", "name", save("COOKS of Lyon", discovery.AlertOff))
		wrong("no name", "name", save(" \x00 ", discovery.AlertOff))
		wrong("a long name", "name", save(strings.Repeat("é", 81), discovery.AlertOff))
		wrong("no alert", "alert", save("Fine", ""))
		wrong("another's name", "name", m.Discovery.RenameSearch(ctx, m.brand, other, "cooks of lyon"))
		m.must(m.Discovery.RenameSearch(ctx, m.brand, id, "Cooks of Paris"))
		if x, err := m.Discovery.ReadSavedSearch(ctx, m.brand, id); err != nil || x.Name != "Cooks of Paris" {
			m.t.Errorf("renamed to %q, %v", x.Name, err)
		}
		m.must(save("Cooks of Lyon", discovery.AlertOff))
		for i := range discovery.MaxSavedSearches - 3 {
			m.must(save(fmt.Sprintf("Number %d", i), discovery.AlertOff))
		}
		wrong("one too many", "many", save("The last straw", discovery.AlertOff))
		m.must(m.Discovery.DeleteSearch(ctx, m.brand, id))
		m.must(save("The last straw", discovery.AlertOff))
	})
}

func TestWhatASavedSearchAsksIsFixed(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		m.save("Fixed", discovery.AlertOff, "tribe=foodtok")
		err := m.DB.Tx(ctx, func(tx *db.Tx) error { return tx.Exec("UPDATE saved_searches SET query = ''").Error })
		if err == nil {
			m.t.Error("its query could be changed")
		}
	})
}

func TestMembersReadAndThoseWhoManageWrite(t *testing.T) {
	t.Parallel()
	m := &market{App: apptest.New(t), t: t}
	m.brand = m.SignUpBrand(t, "looker")
	stranger := m.SignUpBrand(t, "stranger")
	id := m.save("Ours", discovery.AlertOff, "tribe=foodtok")
	for role, code := range map[models.Role]models.Code{models.RoleOwner: "", models.RoleManager: "", models.RoleFinance: models.CodeForbidden, models.RoleViewer: models.CodeForbidden, "": models.CodeNotFound} {
		a := models.Actor{PersonID: m.brand.PersonID, BrandID: m.brand.BrandID, Role: role}
		if role == "" {
			a = stranger
		}
		_, err := m.Discovery.ReadSavedSearch(ctx, a, id)
		if (models.CodeOf(err) == models.CodeNotFound && err != nil) != (role == "") {
			t.Errorf("%s reads: %v", role, err)
		}
		for what, err := range map[string]error{
			"rename": m.Discovery.RenameSearch(ctx, a, id, "Ours "+string(role)), "alert": m.Discovery.SetAlert(ctx, a, id, discovery.AlertDaily),
			"seen": m.Discovery.MarkMatchesSeen(ctx, a, id, 1),
		} {
			if code == "" && err != nil || code != "" && (err == nil || models.CodeOf(err) != code) {
				t.Errorf("%s, %s: %v", role, what, err)
			}
		}
	}
	if err := m.Discovery.DeleteSearch(ctx, stranger, id); models.CodeOf(err) != models.CodeNotFound {
		t.Errorf("a stranger deletes: %v", err)
	}
	if all, err := m.Discovery.ListSavedSearches(ctx, stranger); err != nil || len(all) != 0 {
		t.Errorf("a stranger sees %+v, %v", all, err)
	}
	if _, err := m.Discovery.SaveSearch(ctx, models.Actor{PersonID: 1, BrandID: 1, Role: models.RoleViewer}, discovery.SavedSearchForm{}, search.Filter{}); models.CodeOf(err) != models.CodeForbidden {
		t.Errorf("a viewer saves: %v", err)
	}
}

func TestALinkStopsTheMailsOfItsSearchAloneAndStaysGood(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		id, other := m.save("One", discovery.AlertInstant, "followers_min=50000"), m.save("Two", discovery.AlertDaily, "")
		m.joins("new", 60_000)
		m.look()
		secret := m.oldLink(m.jobs()[0])
		if x, err := m.Discovery.SubscriptionBySecret(ctx, secret); err != nil || x != (discovery.Subscription{Search: "One", Brand: "looker", On: true}) {
			m.t.Errorf("the link stops %+v, %v", x, err)
		}
		for range 2 {
			m.must(m.Discovery.Unsubscribe(ctx, secret))
		}
		x, err := m.Discovery.ReadSavedSearch(ctx, m.brand, id)
		m.must(err)
		y, err := m.Discovery.ReadSavedSearch(ctx, m.brand, other)
		m.must(err)
		if x.MailsTo != nil || x.Reaches || x.MailsToName != "" || x.Mine || !y.Mine || y.MailsToName != "Member of looker" {
			m.t.Errorf("the mails go to %q and %q", x.MailsToName, y.MailsToName)
		}
		if x.Alert != discovery.AlertInstant || y.Alert != discovery.AlertDaily {
			m.t.Errorf("the alerts are %s and %s: the brand's own", x.Alert, y.Alert)
		}
		m.joins("later", 60_000)
		if m.look(); m.newOnes(id) != "later new" || m.mailed() != "" {
			m.t.Errorf("after the click the app shows %q", m.newOnes(id))
		}
		m.must(m.Discovery.SetAlert(ctx, m.brand, id, discovery.AlertInstant))
		m.look()
		if got := m.mailed(); got != "later" {
			m.t.Errorf("mailed %q once the mails were asked for again", got)
		}
		m.must(m.Discovery.DeleteSearch(ctx, m.brand, id))
		m.must(m.Discovery.Unsubscribe(ctx, secret))
		if x, err := m.Discovery.SubscriptionBySecret(ctx, secret); err != nil || x.On || x.Search != "" {
			m.t.Errorf("of a search that is gone: %+v, %v", x, err)
		}
		if err := m.Discovery.Unsubscribe(ctx, "guessed"); models.CodeOf(err) != models.CodeNotFound {
			m.t.Errorf("a guess gave %v", err)
		}
		var n int64
		m.must(m.DB.Read(ctx).Raw("SELECT count(*) FROM saved_search_mails WHERE token_hash LIKE ?", "%"+secret+"%").Scan(&n).Error)
		if n != 0 {
			m.t.Error("the secret is kept")
		}
	})
}

// mailedTo are the addresses of the mails that are due now.
func (m *market) mailedTo() string {
	m.t.Helper()
	var all []string
	for _, args := range m.jobs() {
		mail, due, err := m.Discovery.ReadAlertMail(ctx, args)
		m.must(err)
		if due {
			all = append(all, mail.To.Email)
		}
	}
	return strings.Join(all, " ")
}

func TestMailsGoToWhoeverSetTheAlertAndToNobodyElse(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		id := m.save("One", discovery.AlertInstant, "followers_min=50000")
		bob := m.AddMember(m.t, m.brand, models.RoleManager)
		var annsEmail, bobsEmail string
		m.must(m.DB.Read(ctx).Raw("SELECT email FROM people WHERE id = ?", m.brand.PersonID).Scan(&annsEmail).Error)
		m.must(m.DB.Read(ctx).Raw("SELECT email FROM people WHERE id = ?", bob.PersonID).Scan(&bobsEmail).Error)
		m.joins("one", 60_000)
		m.look()
		jobs := m.jobs()
		link := m.oldLink(jobs[0])
		m.must(m.Discovery.Unsubscribe(ctx, link))
		m.must(m.Discovery.SetAlert(ctx, bob, id, discovery.AlertInstant))
		if _, due, err := m.Discovery.ReadAlertMail(ctx, jobs[0]); err != nil || due {
			m.t.Errorf("Ann stopped the mails and gets one: %v", err)
		}
		m.look()
		if got := m.mailedTo(); got != bobsEmail {
			m.t.Errorf("the mail goes to %q, not to %s", got, bobsEmail)
		}
		m.must(m.Discovery.Unsubscribe(ctx, link))
		if x, err := m.Discovery.ReadSavedSearch(ctx, bob, id); err != nil || !x.Mine || !x.Reaches {
			m.t.Errorf("Ann's link stops Bob's mails: %+v, %v", x, err)
		}
		m.must(m.Discovery.SetAlert(ctx, m.brand, id, discovery.AlertInstant)) // the same, but for Ann
		m.joins("two", 60_000)
		m.look()
		if got := m.mailedTo(); got != annsEmail {
			m.t.Errorf("the mail goes to %q, not to %s", got, annsEmail)
		}
		m.must(m.Discovery.SetAlert(ctx, bob, id, discovery.AlertOff))
		m.must(m.Discovery.RenameSearch(ctx, bob, id, "Two"))
		if x, err := m.Discovery.ReadSavedSearch(ctx, m.brand, id); err != nil || x.MailsTo != nil || x.CreatedByName != "Member of looker" {
			m.t.Errorf("off, and mails go to %q, %v", x.MailsToName, err)
		}
	})
}

// A guess must not hold the one write lock of a database.
func TestAGuessedLinkWritesNothing(t *testing.T) {
	t.Parallel()
	m := &market{App: apptest.New(t), t: t}
	m.must(m.DB.Tx(ctx, func(*db.Tx) error {
		short, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		if err := m.Discovery.Unsubscribe(short, "guessed"); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("a guess waits for the write lock: %v", err)
		}
		return nil
	}))
}

// SQLite gives the highest number again once its row is gone.
func TestWhoComesAfterSomebodyKnownWasDroppedIsNew(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		_, err := m.Imports.ImportFiles(ctx, []imports.File{importtest.File("list.csv", "handle,followers\nlong.gone,60000\n")}, imports.Options{AsOf: models.DateOf(m.Clock.Now()), Platform: platform.TikTok})
		m.must(err)
		filter := m.filter("followers_min=50000")
		id := m.save("Big ones", discovery.AlertInstant, "followers_min=50000")
		if n, err := m.Discovery.CountMatchingCreators(ctx, m.brand, filter); n != 1 || err != nil {
			m.t.Fatalf("%d are known, %v", n, err)
		}
		rows := func(table string) (n int64) {
			m.must(m.DB.Read(ctx).Raw("SELECT count(*) FROM " + table).Scan(&n).Error)
			return n
		}
		m.Clock.Advance(3 * 365 * 24 * time.Hour)
		for _, dropped := range []int64{1, 0} { // what remains of the person cannot be dropped again
			went, err := m.Privacy.DeleteExpiredData(ctx)
			m.must(err)
			if went["unclaimed"] != dropped || rows("creator_accounts") != 0 || rows("creators WHERE name <> '∅' OR listed") != 0 {
				m.t.Errorf("%d profiles were dropped", went["unclaimed"])
			}
		}
		m.joins("newcomer", 60_000)
		if n := m.look(); n != 1 || m.newOnes(id) != "newcomer" {
			m.t.Errorf("found %d: %q", n, m.newOnes(id))
		}
		_, err = m.Privacy.DeleteExpiredData(ctx)
		if m.must(err); rows("creators") != 1 {
			m.t.Errorf("%d profiles are left", rows("creators"))
		}
	})
}

// A look that has time for one search, and is stopped in the second, comes to
// all of them in the end.
func TestLooksThatEndEarlyComeToEverySearch(t *testing.T) {
	t.Parallel()
	m := &market{App: apptest.New(t), t: t}
	m.brand = m.SignUpBrand(t, "looker")
	var ids []string
	for i := range 5 {
		ids = append(ids, m.save(fmt.Sprint("Number ", i), discovery.AlertDaily, ""))
	}
	m.joins("late", 60_000)
	var stop context.CancelFunc
	asked := 0
	s := discovery.NewStore(m.DB, func() time.Time {
		if asked++; asked == 2 {
			stop()
		}
		return m.Clock.Now()
	}, m.Creators, m.Search)
	for range 6 {
		var brief context.Context
		brief, stop = context.WithCancel(ctx)
		asked = 0
		if _, err := s.FindNewMatches(brief); !errors.Is(err, context.Canceled) {
			t.Errorf("a look that was stopped gave %v", err)
		}
		stop()
	}
	for _, id := range ids {
		if got := m.newOnes(id); got != "late" {
			t.Errorf("a search at the end finds %q", got)
		}
	}
	asked = 2
	if n, err := s.FindNewMatches(ctx); n != 0 || err != nil || asked != 2+len(ids) {
		t.Errorf("a whole look came to %d searches, %d found, %v", asked-2, n, err)
	}
}

// TestRandomEventsMissNobodyAndTellNobodyTwice is the replay of the rules on
// real databases, with two nodes that look at once.
func TestRandomEventsMissNobodyAndTellNobodyTwice(t *testing.T) {
	t.Parallel()
	onBoth(t, func(m *market) {
		r := rand.New(rand.NewPCG(4, 14))
		const people = 8
		ids, told, were := make([]string, people), map[string]int{}, map[string]bool{}
		for i := range people {
			ids[i] = m.joins(fmt.Sprintf("p%d", i), []int64{20_000, 60_000}[i%2])
			were[fmt.Sprintf("p%d", i)] = i%2 == 1
		}
		m.save("Replayed", discovery.AlertDaily, "followers_min=50000")
		send := func() {
			for _, h := range strings.FieldsFunc(m.mailed(), func(r rune) bool { return r == ' ' || r == ';' }) {
				told[h]++
			}
		}
		suspended := make([]bool, people)
		for range 60 {
			i := r.IntN(people)
			switch r.IntN(8) {
			case 0, 1:
				m.joins(fmt.Sprintf("p%d", i), 60_000+r.Int64N(9_000))
			case 2:
				m.joins(fmt.Sprintf("p%d", i), 20_000)
			case 3:
				if suspended[i] {
					m.must(m.Moderation.RestoreSubject(ctx, m.CreateAdmin(m.t), moderation.Creator, ids[i]))
				} else {
					m.SuspendCreator(m.t, ids[i])
				}
				suspended[i] = !suspended[i]
			case 4:
				if err := m.Moderation.BlockParty(ctx, m.brand, ids[i]); err != nil && models.CodeOf(err) != models.CodeNotFound {
					m.t.Fatal(err)
				}
			case 5:
				m.exec("DELETE FROM blocks")
			case 6:
				m.Clock.Advance(time.Duration(r.IntN(30)) * time.Hour)
			case 7:
				m.crash()
			}
			m.lookTwice()
			if r.IntN(3) == 0 {
				send()
			}
		}
		m.exec("DELETE FROM blocks")
		for i := range people {
			if suspended[i] {
				m.must(m.Moderation.RestoreSubject(ctx, m.CreateAdmin(m.t), moderation.Creator, ids[i]))
			}
			m.joins(fmt.Sprintf("p%d", i), 99_000)
		}
		for range 3 {
			m.lookTwice()
			m.Clock.Advance(25 * time.Hour)
			send()
		}
		for i := range people {
			h := fmt.Sprintf("p%d", i)
			if want := map[bool]int{true: 0, false: 1}[were[h]]; told[h] != want {
				m.t.Errorf("%s was told of %d times, want %d", h, told[h], want)
			}
		}
	})
}

// lookTwice is two nodes that look at the same time.
func (m *market) lookTwice() {
	m.t.Helper()
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if _, err := m.Discovery.FindNewMatches(ctx); err != nil {
				m.t.Error(err)
			}
		})
	}
	both.Wait()
}

// crash is a look that ends somewhere in the middle.
func (m *market) crash() {
	ends, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	_, _ = m.Discovery.FindNewMatches(ends)
}
