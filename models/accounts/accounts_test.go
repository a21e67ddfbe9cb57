package accounts_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
)

var ctx = context.Background()

func newStore(d *db.DB, clock models.Clock) *accounts.Store {
	return accounts.NewStore(d, clock, creators.ProfileRows)
}

func form(email string) accounts.SignUpForm {
	return accounts.SignUpForm{
		Brand: accounts.BrandForm{Name: "Test Pans", Site: "pans.example", Country: "FR", Sells: "Pans"},
		Name:  "Test Person", Email: email, Password: "eight or more", Locale: "fr",
	}
}

func TestABrandSignsUpAndIn(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		s := newStore(d, testkit.NewClock().Now)
		actor, err := s.SignUp(ctx, form(" Someone@Brand.Example "))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.CheckSignIn(ctx, "someone@brand.example", "eight or more", ""); fieldOf(err, "password") == "" {
			t.Errorf("sign-in with an address that nobody confirmed gave %v", err)
		}
		if _, err := s.ConfirmEmail(ctx, actor, secretOf(t, d), ""); err != nil {
			t.Fatal(err)
		}
		id, err := s.CheckSignIn(ctx, "someone@brand.example", "eight or more", "")
		if err != nil || id != actor.PersonID {
			t.Fatalf("sign-in gave person %d, %v; want %d", id, err, actor.PersonID)
		}
		for _, try := range [][2]string{{"someone@brand.example", "eight or mor"}, {"nobody@brand.example", "eight or more"}, {"someone@brand.example", ""}, {"", ""}} {
			if _, err := s.CheckSignIn(ctx, try[0], try[1], ""); models.CodeOf(err) != models.CodeInvalid {
				t.Errorf("sign-in with %q gave %v", try, err)
			}
		}
		session, err := s.LoadSessionContext(ctx, actor.PersonID, "")
		if err != nil {
			t.Fatal(err)
		}
		if session.Brand == nil || session.Brand.Name != "Test Pans" || session.Role != models.RoleOwner || session.Person.Locale != "fr" || *session.Person.Email != "someone@brand.example" {
			t.Errorf("session is %+v", session)
		}
		if _, err := s.SignUp(ctx, form("SOMEONE@brand.example")); err != nil {
			t.Errorf("a second sign-up tells of the first: %v", err)
		}
	})
}

func TestEveryWrongFieldIsNamed(t *testing.T) {
	t.Parallel()
	s := newStore(testkit.NewSQLite(t), testkit.NewClock().Now)
	f := accounts.SignUpForm{
		Brand: accounts.BrandForm{Name: " ", Site: "javascript:alert(1)", Country: "XX", Sells: strings.Repeat("x", 301)},
		Name:  "", Email: "no", Password: "short", Locale: "xx",
	}
	_, err := s.SignUp(ctx, f)
	for _, field := range []string{"brand", "site", "country", "sells", "name", "email", "password"} {
		if fieldOf(err, field) == "" {
			t.Errorf("%s is not named in %v", field, err)
		}
	}
}

func TestOfManySignUpsWithOneAddressOneGetsIt(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		s := newStore(d, testkit.NewClock().Now)
		var actors []models.Actor
		var links []string
		from := models.WithOrigin(ctx, models.Origin{Address: "203.0.113.7"})
		for i := range models.MailsFrom.Most {
			actor, err := s.SignUp(models.WithOrigin(ctx, models.Origin{Address: fmt.Sprintf("198.51.100.%d", i)}), form("one@brand.example"))
			if err != nil {
				t.Fatal(err)
			}
			actors, links = append(actors, actor), append(links, secretOf(t, d))
		}
		for range models.MailsFrom.Most {
			if err := s.RequestPasswordReset(from, "one@brand.example"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.SignUp(from, form("one@brand.example")); models.CodeOf(err) != models.CodeTooMany {
			t.Errorf("one more mail to the address gave %v", err)
		}
		var wg sync.WaitGroup
		done := make(chan error, len(actors))
		for i := range actors {
			wg.Go(func() { _, err := s.ConfirmEmail(ctx, actors[i], links[i], ""); done <- err })
		}
		wg.Wait()
		close(done)
		made := 0
		for err := range done {
			if err == nil {
				made++
			} else if models.CodeOf(err) != models.CodeConflict {
				t.Error(err)
			}
		}
		if made != 1 {
			t.Errorf("%d people have the address", made)
		}
	})
}

// secretOf reads the newest confirmation link's secret out of its job, where
// alone it stands.
func secretOf(t *testing.T, d *db.DB) string {
	t.Helper()
	q := "SELECT args->>'secret' FROM river_job WHERE kind = 'accounts.confirm' ORDER BY id DESC LIMIT 1"
	if d.Dialect == db.SQLite {
		q = "SELECT json(args)->>'secret' FROM river_job WHERE kind = 'accounts.confirm' ORDER BY id DESC LIMIT 1"
	}
	var secret string
	if err := d.Read(ctx).Raw(q).Scan(&secret).Error; err != nil || secret == "" {
		t.Fatalf("no link: %v", err)
	}
	return secret
}

func TestAnAddressCountsOnceItsLinkWasUsed(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		var person accounts.Person
		err := d.Tx(ctx, func(tx *db.Tx) (err error) {
			person, err = accounts.CreatePerson(tx, accounts.Person{Name: "Creator", Locale: "nl", CreatedAt: clock.Now()})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		actor := models.Actor{PersonID: person.ID}
		if err := s.RequestEmailConfirmation(ctx, actor, "penne@creators.example"); err != nil {
			t.Fatal(err)
		}
		if p, _ := s.PersonByID(ctx, person.ID); p.Email != nil {
			t.Error("the address counts before its link was used")
		}
		if pending, _ := s.PendingEmail(ctx, person.ID); pending != "penne@creators.example" {
			t.Errorf("pending is %q", pending)
		}
		secret := secretOf(t, d)
		for range 2 { // a link that is pressed twice leads to the same
			if _, err := s.ConfirmEmail(ctx, actor, secret, ""); err != nil {
				t.Fatal(err)
			}
		}
		if p, _ := s.PersonByID(ctx, person.ID); p.Email == nil || *p.Email != "penne@creators.example" || p.EmailConfirmedAt == nil {
			t.Errorf("after the link: %+v", p)
		}
		if _, err := s.ConfirmEmail(ctx, actor, "guessed", ""); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("a guessed link gave %v", err)
		}

		if err := s.RequestEmailConfirmation(ctx, actor, "late@creators.example"); err != nil {
			t.Fatal(err)
		}
		secret = secretOf(t, d)
		clock.Advance(73 * time.Hour)
		if _, err := s.ConfirmEmail(ctx, actor, secret, ""); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("an expired link gave %v", err)
		}
	})
}

func TestSomebodyElsesAddressIsNotTakenOver(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		s := newStore(d, testkit.NewClock().Now)
		member(t, s, "first@brand.example")
		second, err := s.SignUp(ctx, form("second@brand.example"))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.RequestEmailConfirmation(ctx, second, "first@brand.example"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.ConfirmEmail(ctx, second, secretOf(t, d), ""); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("confirming somebody else's address gave %v", err)
		}
	})
}

func TestTooManyConfirmationMailsAreRefused(t *testing.T) {
	t.Parallel()
	s := newStore(testkit.NewSQLite(t), testkit.NewClock().Now)
	actor, err := s.SignUp(ctx, form("mails@brand.example")) // the first mail
	if err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		err := s.RequestEmailConfirmation(ctx, actor, fmt.Sprintf("other%d@brand.example", i))
		if (i < 4) != (err == nil) {
			t.Errorf("mail %d gave %v", i+2, err)
		}
	}
}

func TestASignInStateWorksOnceInItsBrowserInTime(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		begin := func(state string) {
			if err := s.BeginOAuth(ctx, models.Actor{}, accounts.OAuthStart{Provider: "tiktok", State: state, Browser: "browser", Session: "session", Next: "/deals", Purpose: accounts.ToSignIn}); err != nil {
				t.Fatal(err)
			}
		}
		begin("a")
		for _, wrong := range [][3]string{{"tiktok", "b", "browser"}, {"youtube", "a", "browser"}, {"tiktok", "a", "other"}, {"tiktok", "a", ""}, {"tiktok", "", "browser"}} {
			if _, err := s.EndOAuth(ctx, models.Actor{}, wrong[0], wrong[1], wrong[2]); models.CodeOf(err) != models.CodeInvalid {
				t.Errorf("%v gave %v", wrong, err)
			}
		}
		st, err := s.EndOAuth(ctx, models.Actor{}, "tiktok", "a", "browser")
		if err != nil || st.Next != "/deals" || st.Session != "session" {
			t.Errorf("the right one gave %+v, %v", st, err)
		}
		if _, err := s.EndOAuth(ctx, models.Actor{}, "tiktok", "a", "browser"); models.CodeOf(err) != models.CodeInvalid {
			t.Errorf("a replay gave %v", err)
		}
		begin("late")
		clock.Advance(10*time.Minute + time.Second)
		if _, err := s.EndOAuth(ctx, models.Actor{}, "tiktok", "late", "browser"); models.CodeOf(err) != models.CodeInvalid {
			t.Errorf("a late return gave %v", err)
		}
	})
}

func TestOnlyItsPeopleEditABrand(t *testing.T) {
	t.Parallel()
	s := newStore(testkit.NewSQLite(t), testkit.NewClock().Now)
	owner, err := s.SignUp(ctx, form("owner@brand.example"))
	if err != nil {
		t.Fatal(err)
	}
	edit := accounts.BrandForm{Name: "Renamed", Country: "BE"}
	for _, a := range []models.Actor{{}, {PersonID: 9, CreatorID: 3}} {
		if err := s.UpdateBrand(ctx, a, edit); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("%+v got %v", a, err)
		}
	}
	if err := s.UpdateBrand(ctx, owner, edit); err != nil {
		t.Fatal(err)
	}
	b, err := s.OwnBrand(ctx, owner)
	if err != nil || b.Name != "Renamed" || b.Country != "BE" {
		t.Errorf("brand is %+v, %v", b, err)
	}
	if _, err := s.BrandByPublicID(ctx, models.Actor{}, b.PublicID); models.CodeOf(err) != models.CodeSignIn {
		t.Errorf("a visitor got %v", err)
	}
	if got, err := s.BrandByPublicID(ctx, models.Actor{PersonID: 9, CreatorID: 3}, b.PublicID); err != nil || got.Name != "Renamed" {
		t.Errorf("a creator got %+v, %v", got, err)
	}
}

func TestAnIdentityIsOnePersons(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		err := d.Tx(ctx, func(tx *db.Tx) error {
			p, err := accounts.CreatePerson(tx, accounts.Person{Name: "A", CreatedAt: testkit.ClockStart})
			if err != nil {
				return err
			}
			return accounts.AddIdentity(tx, "tiktok", "open-1", p.ID, testkit.ClockStart)
		})
		if err != nil {
			t.Fatal(err)
		}
		err = d.Tx(ctx, func(tx *db.Tx) error {
			id, ok, err := accounts.FindIdentity(tx, "tiktok", "open-1")
			if err != nil || !ok {
				t.Errorf("found %d %v %v", id, ok, err)
			}
			return accounts.AddIdentity(tx, "tiktok", "open-1", id, testkit.ClockStart)
		})
		if !errors.Is(err, gorm.ErrDuplicatedKey) {
			t.Errorf("a second identity gave %v", err)
		}
	})
}

func fieldOf(err error, field string) string {
	var e *models.Error
	if errors.As(err, &e) {
		if f, ok := e.Fields.Get(field); ok {
			return f.Key
		}
	}
	return ""
}

func TestTheModelsAreTheTables(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		testkit.CheckSameColumns(t, d, accounts.Person{}, accounts.Identity{}, accounts.Brand{}, accounts.Member{}, accounts.EmailConfirmation{}, accounts.OAuthState{}, accounts.PasswordReset{}, accounts.SessionRow{}, accounts.TOTPFactor{}, accounts.RecoveryCode{}, accounts.SignInStep{}, accounts.Passkey{})
	})
}
