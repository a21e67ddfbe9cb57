package accounts_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/notifications"
)

func newMember(t *testing.T, d *db.DB, brandID int64, email string, role models.Role) models.Actor {
	t.Helper()
	var id int64
	err := d.Tx(context.Background(), func(tx *db.Tx) error {
		p, err := accounts.CreatePerson(tx, accounts.Person{Name: email, Email: &email, CreatedAt: testkit.ClockStart})
		if err != nil {
			return err
		}
		id = p.ID
		return tx.Create(&accounts.Member{BrandID: brandID, PersonID: id, Role: role, CreatedAt: testkit.ClockStart}).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return models.Actor{PersonID: id, BrandID: brandID, Role: role}
}

func TestASessionSaysWhomThePersonActsFor(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		s := newStore(d, testkit.NewClock().Now)
		founder, err := s.SignUp(ctx, form("both@brand.example"))
		if err != nil {
			t.Fatal(err)
		}
		pots, err := s.FoundBrand(ctx, founder, accounts.BrandForm{Name: "Pots"})
		if err != nil {
			t.Fatal(err)
		}
		member := newMember(t, d, founder.BrandID, "member@brand.example", models.RoleViewer)
		var alone accounts.Person
		err = d.Tx(ctx, func(tx *db.Tx) error {
			if alone, err = accounts.CreatePerson(tx, accounts.Person{Name: "Alone", CreatedAt: testkit.ClockStart}); err != nil {
				return err
			}
			const profile = "INSERT INTO creators (id, public_id, person_id, name, listed, suspended_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
			if err := tx.Exec(profile, 71, "cboth", founder.PersonID, "Both", true, testkit.ClockStart, testkit.ClockStart, testkit.ClockStart).Error; err != nil {
				return err
			}
			return tx.Exec(profile, 72, "calone", alone.ID, "Alone", false, nil, testkit.ClockStart, testkit.ClockStart).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, tc := range []struct {
			who       string
			person    int64
			acting    string
			brand     string // "" for none
			brands    int
			profile   string
			listed    bool
			suspended bool
		}{
			{"who chose nothing", founder.PersonID, "", "Test Pans", 2, "Both", true, false},
			{"who chose another brand", founder.PersonID, pots.PublicID, "Pots", 2, "Both", true, false},
			{"who chose a brand of somebody else", founder.PersonID, "nobodys", "Test Pans", 2, "Both", true, false},
			{"who chose their suspended profile", founder.PersonID, accounts.ActingAsCreator, "", 2, "Both", true, true},
			{"who has a profile alone", alone.ID, "", "", 0, "Alone", false, false},
			{"who chose a profile without having one", member.PersonID, accounts.ActingAsCreator, "Test Pans", 1, "", false, false},
		} {
			x, err := s.LoadSessionContext(ctx, tc.person, tc.acting)
			if err != nil {
				t.Fatal(tc.who, err)
			}
			brand := ""
			if x.Brand != nil {
				brand = x.Brand.Name
			}
			var profile accounts.OwnProfile
			if x.Profile != nil {
				profile = *x.Profile
			}
			if brand != tc.brand || len(x.Brands) != tc.brands || profile.Name != tc.profile || profile.Listed != tc.listed || x.Suspended() != tc.suspended {
				t.Errorf("%s acts for %q of %d brands, profile %+v, suspended %v", tc.who, brand, len(x.Brands), profile, x.Suspended())
			}
		}
	})
}

// Whatever the code does, the database keeps the last owner.
func TestABrandAlwaysHasAnOwner(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), newStore(d, testkit.NewClock().Now)
		owner, err := s.SignUp(ctx, form("kept-owner@brand.example"))
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range []string{"DELETE FROM members WHERE brand_id = ?", "UPDATE members SET role = 'viewer' WHERE brand_id = ?"} {
			err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Exec(q, owner.BrandID).Error })
			if !errors.Is(err, gorm.ErrCheckConstraintViolated) {
				t.Errorf("%s: %v", q, err)
			}
		}
		if err := s.LeaveBrand(ctx, owner); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("the last owner leaves: %v", err)
		}
		// Of two owners who leave at once, one stays.
		second := newMember(t, d, owner.BrandID, "second-owner@brand.example", models.RoleOwner)
		var all sync.WaitGroup
		left := make([]error, 2)
		for i, a := range []models.Actor{owner, second} {
			all.Go(func() { left[i] = s.LeaveBrand(ctx, a) })
		}
		all.Wait()
		if (left[0] == nil) == (left[1] == nil) {
			t.Errorf("both or neither left: %v", left)
		}
	})
}

func TestTwoPeopleDoNotUseOneInvitation(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), newStore(d, testkit.NewClock().Now)
		owner, err := s.SignUp(ctx, form("inviter@brand.example"))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.InviteMember(ctx, owner, "one@brand.example", models.RoleManager); err != nil {
			t.Fatal(err)
		}
		var raw string
		if err := d.Read(ctx).Raw("SELECT args FROM river_job WHERE kind = 'accounts.invite'").Scan(&raw).Error; err != nil {
			t.Fatal(err)
		}
		var args accounts.InvitationMailArgs
		if err := json.Unmarshal([]byte(raw), &args); err != nil {
			t.Fatal(err)
		}
		var joined int
		for _, email := range []string{"first-guest@other.example", "second-guest@other.example"} {
			a, err := s.SignUp(ctx, form(email))
			if err != nil {
				t.Fatal(err)
			}
			if err := s.ConfirmEmailWithoutLink(ctx, a.PersonID, email); err != nil {
				t.Fatal(err)
			}
			if _, err := s.AcceptInvitation(ctx, a, args.Secret, false); models.CodeOf(err) != models.CodeConflict {
				t.Errorf("joining with another address, without a word: %v", err)
			}
			if _, err := s.AcceptInvitation(ctx, a, args.Secret, true); err == nil {
				joined++
			} else if models.CodeOf(err) != models.CodeConflict {
				t.Error(err)
			}
		}
		if joined != 1 {
			t.Errorf("%d people joined by one invitation", joined)
		}
		var told [][]byte
		if err := d.Read(ctx).Raw("SELECT data FROM notification_events WHERE kind = ?", notifications.BrandMembership).Scan(&told).Error; err != nil {
			t.Fatal(err)
		}
		told = slices.DeleteFunc(told, func(data []byte) bool { return !strings.Contains(string(data), string(accounts.NoticeJoinedAs)) })
		if len(told) != 1 || !strings.Contains(string(told[0]), "one@brand.example") {
			t.Errorf("the inviter is told %d times: %s", len(told), told)
		}
		var stored int
		if err := d.Read(ctx).Raw("SELECT count(*) FROM invitations WHERE token_hash = ?", args.Secret).Scan(&stored).Error; err != nil || stored != 0 {
			t.Errorf("the secret itself is stored: %d %v", stored, err)
		}
	})
}

func TestInvitationsAreLimited(t *testing.T) {
	t.Parallel()
	d := testkit.NewSQLite(t)
	ctx, s := context.Background(), newStore(d, testkit.NewClock().Now)
	owner, err := s.SignUp(ctx, form("limited@brand.example"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range models.Invitations.Most + 1 {
		err = s.InviteMember(ctx, owner, strings.Repeat("x", i+1)+"@brand.example", models.RoleViewer)
		if i < models.Invitations.Most && err != nil {
			t.Fatal(i, err)
		}
	}
	if models.CodeOf(err) != models.CodeTooMany {
		t.Errorf("one more a day: %v", err)
	}
}

// The mark comes with the code, outlasts two checks that fail, goes with the
// third, and its owner is told once.
func TestADomainsMarkComesAndGoes(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		ctx, s := context.Background(), newStore(d, clock.Now)
		owner, err := s.SignUp(ctx, form("domain@brand.example"))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.ClaimDomain(ctx, owner, "https://www.Pans.example/shop"); err != nil {
			t.Fatal(err)
		}
		state := func() accounts.BrandDomain {
			dom, err := s.DomainOfBrand(ctx, owner.BrandID)
			if err != nil || dom == nil {
				t.Fatal(dom, err)
			}
			return *dom
		}
		keep := func(code, method string) {
			if err := s.RecordDomainCheck(ctx, owner.BrandID, code, method); err != nil {
				t.Fatal(err)
			}
		}
		code := state().Code
		if state().Domain != "pans.example" || state().VerifiedAt != nil {
			t.Errorf("%+v", state())
		}
		keep("another code", "dns")
		keep(code, "")
		if state().VerifiedAt != nil || state().CheckAt != nil {
			t.Error("a mark without its code")
		}
		keep(code, "file")
		if state().VerifiedAt == nil || !state().CheckAt.Equal(clock.Now().Add(7*24*time.Hour)) {
			t.Errorf("%+v", state())
		}
		for range 2 {
			keep(code, "")
		}
		if state().VerifiedAt == nil || state().Missed != 2 {
			t.Errorf("two misses: %+v", state())
		}
		keep(code, "")
		if state().VerifiedAt != nil || state().LostAt == nil || state().CheckAt != nil {
			t.Errorf("three misses: %+v", state())
		}
		jobs := 0
		if err := d.Read(ctx).Raw("SELECT count(*) FROM notification_events WHERE kind = 'accounts.domain'").Scan(&jobs).Error; err != nil || jobs != 1 {
			t.Errorf("%d notices, %v", jobs, err)
		}
		keep(code, "dns")
		clock.Advance(8 * 24 * time.Hour)
		for range 2 { // the second sweep finds that the first has taken it
			if err := s.EnqueueDueDomainChecks(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Read(ctx).Raw("SELECT count(*) FROM river_job WHERE kind = 'accounts.check_domain'").Scan(&jobs).Error; err != nil || jobs != 1 {
			t.Errorf("%d checks, %v", jobs, err)
		}
	})
}

func TestDomainsAreReadAsHosts(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"pans.example": "pans.example", "https://www.Pans.Example/x?y": "pans.example", "pâté.example": "xn--pt-pia3a.example", "pans.example.": "pans.example",
		"localhost": "", "127.0.0.1": "", "[::1]": "", "a.local": "", "pans.example:8443": "", "user@pans.example": "", "a b.example": "", "-.example": "", "0x7f.1": "", "": "",
	} {
		if got, ok := accounts.ParseDomain(in); got != want && (ok || want != "") || ok != (want != "") {
			t.Errorf("%q: %q %v, wanted %q", in, got, ok, want)
		}
	}
}

func TestRowsOfMembersAreTheirTables(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		testkit.CheckSameColumns(t, d, accounts.Invitation{}, accounts.Mandate{}, accounts.BrandDomain{}, accounts.Member{}, accounts.Brand{})
	})
}

func TestTheLesserRoleHolds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ own, granted, want models.Role }{
		{models.RoleOwner, models.RoleManager, models.RoleManager}, {models.RoleOwner, models.RoleViewer, models.RoleViewer},
		{models.RoleManager, models.RoleManager, models.RoleManager}, {models.RoleManager, models.RoleFinance, models.RoleViewer},
		{models.RoleFinance, models.RoleManager, models.RoleViewer}, {models.RoleViewer, models.RoleManager, models.RoleViewer},
		{models.RoleFinance, models.RoleFinance, models.RoleFinance}, {models.RoleFinance, models.RoleOwner, models.RoleFinance},
	} {
		if got := c.own.LimitedTo(c.granted); got != c.want {
			t.Errorf("%s within %s is %s, wanted %s", c.own, c.granted, got, c.want)
		}
	}
}
