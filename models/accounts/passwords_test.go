package accounts_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// member is somebody who signed up and whose address is confirmed.
func member(t *testing.T, s *accounts.Store, email string) models.Actor {
	t.Helper()
	actor, err := s.SignUp(ctx, form(email))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ConfirmEmailWithoutLink(ctx, actor.PersonID, email); err != nil {
		t.Fatal(err)
	}
	return actor
}

func audited(t *testing.T, d *db.DB, personID int64) string {
	t.Helper()
	var actions []string
	err := d.Read(ctx).Raw("SELECT action FROM audit_events WHERE person_id = ? OR subject = ? ORDER BY id", personID, db.AuditSubject("person", personID)).Scan(&actions).Error
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(strings.Join(actions, " "), "accounts.", "")
}

// told is what was published of a kind.
func told(t *testing.T, d *db.DB, kind string) []string {
	t.Helper()
	var all []string
	if err := d.Read(ctx).Raw("SELECT data FROM notification_events WHERE kind = ? ORDER BY id", kind).Scan(&all).Error; err != nil {
		t.Fatal(err)
	}
	return all
}

func TestWhichPasswordsAreRefused(t *testing.T) {
	t.Parallel()
	about := []string{"Nora Vandenberghe", "nora@brumelle.example", "Brumelle", "https://brumelle.example"}
	for password, want := range map[string]string{
		"short77": "accounts.error.password_short", strings.Repeat("é", 7): "accounts.error.password_short", "": "accounts.error.password_short",
		strings.Repeat("xq7!", 32) + "x": "accounts.error.long",
		"password":                       "accounts.error.password_common", "Password1": "accounts.error.password_common", "P@ssw0rd!": "accounts.error.password_common",
		"12345678": "accounts.error.password_common", "qwertyuiop": "accounts.error.password_common", "iloveyou": "accounts.error.password_common",
		"aaaaaaaaaaaa": "accounts.error.password_common", "letmein123": "accounts.error.password_common", "sunshine": "accounts.error.password_common",
		"Brumelle2026": "accounts.error.password_common", "brumelle.example": "accounts.error.password_common", "vandenberghe": "accounts.error.password_common",
		"nora@brumelle.example": "accounts.error.password_common", "tribemarket1": "accounts.error.password_common",
		"correct horse battery": "", "eight or more": "", "kj3h4kj5": "", "un mot de passe assez long": "", strings.Repeat("xq7!", 32): "", "пароль на чужом языке": "",
	} {
		var wrong models.Fields
		accounts.CheckPassword(&wrong, "password", password, about...)
		if got, _ := wrong.Get("password"); got.Key != want {
			t.Errorf("%q: %q, want %q", password, got.Key, want)
		}
	}
}

func TestAWrongPasswordAndAnUnknownAddressAreTheSameWork(t *testing.T) {
	// Not parallel: it counts the hashes of the whole process.
	s := newStore(testkit.NewSQLite(t), testkit.NewClock().Now)
	member(t, s, "known@brand.example")
	for name, try := range map[string][2]string{
		"a wrong password": {"known@brand.example", "not the password"}, "an unknown address": {"unknown@brand.example", "not the password"},
		"the right one": {"known@brand.example", "eight or more"}, "what is kept of nobody": {"unknown@brand.example", ""},
	} {
		before := accounts.Hashes()
		_, err := s.CheckSignIn(ctx, try[0], try[1], "")
		if n := accounts.Hashes() - before; n != 1 {
			t.Errorf("%s: %d hashes", name, n)
		}
		if name != "the right one" && fieldOf(err, "password") != "accounts.error.sign_in" {
			t.Errorf("%s: %v", name, err)
		}
	}
	signUp := func(email string) int64 {
		before := accounts.Hashes()
		if _, err := s.SignUp(ctx, form(email)); err != nil {
			t.Fatal(err)
		}
		return accounts.Hashes() - before
	}
	if a, b := signUp("known@brand.example"), signUp("unknown@brand.example"); a != 1 || b != 1 {
		t.Errorf("signing up: %d hashes for a known address, %d for an unknown one", a, b)
	}
}

func TestASharedPasswordIsHashedOnce(t *testing.T) {
	// Not parallel: it counts the hashes of the whole process.
	s := newStore(testkit.NewSQLite(t), testkit.NewClock().Now)
	before := accounts.Hashes()
	shared := accounts.NewSharedPassword(ctx, "one for all of us")
	for _, email := range []string{"a@brand.example", "b@brand.example"} {
		f := form(email)
		f.Password = ""
		actor, err := s.SignUpWithSharedPassword(ctx, f, shared)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.ConfirmEmailWithoutLink(ctx, actor.PersonID, email); err != nil {
			t.Fatal(err)
		}
	}
	if n := accounts.Hashes() - before; n != 1 {
		t.Errorf("%d hashes of one password", n)
	}
	for _, email := range []string{"a@brand.example", "b@brand.example"} {
		if _, err := s.CheckSignIn(ctx, email, "one for all of us", ""); err != nil {
			t.Errorf("%s: %v", email, err)
		}
		if _, err := s.CheckSignIn(ctx, email, "another one", ""); fieldOf(err, "password") != "accounts.error.sign_in" {
			t.Errorf("%s with a wrong password: %v", email, err)
		}
	}
	if _, err := s.SignUpWithSharedPassword(ctx, form("c@brand.example"), accounts.NewSharedPassword(ctx, "12345678")); fieldOf(err, "password") != "accounts.error.password_common" {
		t.Errorf("a common password: %v", err)
	}
}

func TestHashesCostWhatTheyShould(t *testing.T) {
	t.Parallel()
	if memory, passes := accounts.WorkOutside(); memory < 64*1024 || passes < 3 {
		t.Errorf("%d KiB and %d passes", memory, passes)
	}
}

func TestFailedSignInsAreCountedAuditedAndForgotten(t *testing.T) {
	t.Parallel()
	d, clock := testkit.NewSQLite(t), testkit.NewClock()
	s := newStore(d, clock.Now)
	actor := member(t, s, "known@brand.example")
	fail := func(email string, times int) {
		t.Helper()
		for i := range times {
			if _, err := s.CheckSignIn(ctx, email, "not the password", ""); models.CodeOf(err) != models.CodeInvalid {
				t.Fatalf("%s: try %d gave %v", email, i+1, err)
			}
		}
	}
	fail("known@brand.example", models.SignInFailures.Most-1)
	if _, err := s.CheckSignIn(ctx, "known@brand.example", "eight or more", ""); err != nil {
		t.Errorf("after fewer failures: %v", err)
	}
	for _, email := range []string{"known@brand.example", "unknown@brand.example"} {
		fail(email, models.SignInFailures.Most)
		if _, err := s.CheckSignIn(ctx, email, "eight or more", ""); models.CodeOf(err) != models.CodeTooMany {
			t.Errorf("%s: one more try gave %v", email, err)
		}
	}
	if log := audited(t, d, actor.PersonID); strings.Count(log, "sign_in_failed") != 2*models.SignInFailures.Most-1 {
		t.Errorf("audited: %s", log)
	}
	clock.Advance(models.SignInFailures.Per)
	if _, err := s.CheckSignIn(ctx, "known@brand.example", "eight or more", ""); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}

func TestAResetIsForOneHourAndOneUse(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor := member(t, s, "known@brand.example")
		link := func(secret string) accounts.PasswordResetArgs {
			t.Helper()
			args := accounts.PasswordResetArgs{Email: "known@brand.example", Secret: secret}
			for range 2 { // a job may run twice
				if p, ok, err := s.ActivatePasswordReset(ctx, args); err != nil || !ok || p.ID != actor.PersonID {
					t.Fatalf("%v %v", ok, err)
				}
			}
			return args
		}
		if _, ok, err := s.ActivatePasswordReset(ctx, accounts.PasswordResetArgs{Email: "unknown@brand.example", Secret: "x"}); ok || err != nil {
			t.Errorf("an unknown address: %v %v", ok, err)
		}
		old, second, third := link("old"), link("second"), link("third")
		b := signedIn(t, s, "browser", actor.PersonID, clock.Now())
		if _, err := s.ResetPassword(ctx, second.Secret, "password"); fieldOf(err, "password") == "" {
			t.Errorf("a common password gave %v", err)
		}
		if _, err := s.ResetPassword(ctx, second.Secret, "quite another sentence"); err != nil {
			t.Fatal(err)
		}
		for name, secret := range map[string]string{"used": second.Secret, "unfinished": third.Secret, "older": old.Secret, "guessed": "guess"} {
			if _, err := s.ResetPassword(ctx, secret, "quite another sentence"); models.CodeOf(err) != models.CodeConflict && models.CodeOf(err) != models.CodeNotFound {
				t.Errorf("a link that was %s gave %v", name, err)
			}
		}
		if b.there() {
			t.Error("a session goes on after a reset")
		}
		if _, err := s.CheckSignIn(ctx, "known@brand.example", "eight or more", ""); err == nil {
			t.Error("the old password still works")
		}
		if _, err := s.CheckSignIn(ctx, "known@brand.example", "quite another sentence", ""); err != nil {
			t.Errorf("the new password gave %v", err)
		}
		late := link("late")
		if clock.Advance(accounts.PasswordResetLifetime); models.CodeOf(func() error { _, err := s.ResetPassword(ctx, late.Secret, "one more long sentence"); return err }()) != models.CodeConflict {
			t.Error("a link works after an hour")
		}
		if log := audited(t, d, actor.PersonID); !strings.Contains(log, "password_reset") {
			t.Errorf("audited: %s", log)
		}
		if all := told(t, d, "accounts.security"); len(all) != 1 || !strings.Contains(all[0], "accounts.password_reset") {
			t.Errorf("told: %v", all)
		}
	})
}

func TestAskingForAResetIsTheSameForEveryAddress(t *testing.T) {
	t.Parallel()
	d := testkit.NewSQLite(t)
	s := newStore(d, testkit.NewClock().Now)
	member(t, s, "known@brand.example")
	done := map[string][]string{}
	for _, email := range []string{"known@brand.example", "unknown@brand.example"} {
		watching := db.WithStatementObserver(ctx, func(statement string) { done[email] = append(done[email], strings.Fields(statement)[0]) })
		if err := s.RequestPasswordReset(watching, email); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := strings.Join(done["known@brand.example"], " "), strings.Join(done["unknown@brand.example"], " "); a != b || a == "" {
		t.Errorf("a known address: %s; an unknown one: %s", a, b)
	}
	from := func(address string) context.Context {
		return models.WithOrigin(ctx, models.Origin{Address: address})
	}
	for i := range models.MailsFrom.Most {
		if err := s.RequestPasswordReset(from("203.0.113.7"), "other@brand.example"); err != nil {
			t.Fatalf("mail %d: %v", i+1, err)
		}
	}
	if err := s.RequestPasswordReset(from("203.0.113.7"), "other@brand.example"); models.CodeOf(err) != models.CodeTooMany {
		t.Errorf("one more mail gave %v", err)
	}
	if err := s.RequestPasswordReset(from("203.0.113.8"), "other@brand.example"); err != nil {
		t.Errorf("another network: %v", err)
	}
	if err := s.RequestPasswordReset(from("203.0.113.7"), "third@brand.example"); err != nil {
		t.Errorf("another address: %v", err)
	}
}

func TestAFloodOfResetsIsWithheldAndEarlierLinksStayValid(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		member(t, s, "known@brand.example")
		activate := func() (accounts.PasswordResetArgs, bool) {
			t.Helper()
			args := accounts.PasswordResetArgs{Email: "known@brand.example", Secret: models.NewSecret()}
			_, ok, err := s.ActivatePasswordReset(ctx, args)
			if err != nil {
				t.Fatal(err)
			}
			return args, ok
		}
		var mailed []accounts.PasswordResetArgs
		for range models.ResetsTo.Most {
			args, ok := activate()
			if !ok {
				t.Fatalf("withheld after %d", len(mailed))
			}
			mailed = append(mailed, args)
		}
		if _, ok := activate(); ok {
			t.Error("one more was mailed")
		}
		if _, ok, err := s.ActivatePasswordReset(ctx, mailed[0]); err != nil || !ok {
			t.Errorf("a job that runs again: %v, %v", ok, err)
		}
		clock.Advance(models.ResetsTo.Per)
		if _, ok := activate(); !ok {
			t.Error("withheld half an hour later")
		}
		for i, args := range mailed {
			if _, err := s.PersonByResetSecret(ctx, args.Secret); err != nil {
				t.Errorf("link %d: %v", i+1, err)
			}
		}
		if _, err := s.ResetPassword(ctx, mailed[0].Secret, "quite another sentence"); err != nil {
			t.Fatal(err)
		}
		if _, ok := activate(); !ok {
			t.Error("withheld although no link works")
		}
	})
}

func TestAChangedPasswordEndsOtherSessions(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor := member(t, s, "known@brand.example")
		here, there := signedIn(t, s, "here", actor.PersonID, clock.Now()), signedIn(t, s, "there", actor.PersonID, clock.Now())
		for _, c := range []struct{ current, chosen, field string }{
			{"wrong", "quite another sentence", "password"}, {"eight or more", "short", "new_password"}, {"eight or more", "Test Pans", "new_password"},
		} {
			if err := s.ChangePassword(ctx, actor, c.current, c.chosen, "id-here"); fieldOf(err, c.field) == "" {
				t.Errorf("%+v gave %v", c, err)
			}
		}
		if !here.there() || !there.there() {
			t.Error("a refused change ended a session")
		}
		if err := s.ChangePassword(ctx, actor, "eight or more", "quite another sentence", "id-here"); err != nil {
			t.Fatal(err)
		}
		if !here.there() || there.there() {
			t.Errorf("here goes on: %v, there: %v", here.there(), there.there())
		}
		if all := told(t, d, "accounts.security"); len(all) != 1 || !strings.Contains(all[0], "accounts.password_changed") {
			t.Errorf("told: %v", all)
		}
		if log := audited(t, d, actor.PersonID); !strings.Contains(log, "password_changed") {
			t.Errorf("audited: %s", log)
		}
	})
}

func TestALinkInAnotherBrowserAsksForThePassword(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		s := newStore(d, testkit.NewClock().Now)
		actor, err := s.SignUp(ctx, form("victim@brand.example"))
		if err != nil {
			t.Fatal(err)
		}
		link := secretOf(t, d)
		for _, reader := range []models.Actor{{}, {PersonID: actor.PersonID + 7}} {
			if _, err := s.ConfirmEmail(ctx, reader, link, "not the password"); fieldOf(err, "password") == "" {
				t.Errorf("%+v confirmed somebody else's account: %v", reader, err)
			}
		}
		if p, _ := s.PersonByID(ctx, actor.PersonID); p.Email != nil {
			t.Error("the address counts")
		}
		if _, err := s.ConfirmEmail(ctx, models.Actor{}, link, "eight or more"); err != nil {
			t.Errorf("with the password: %v", err)
		}
	})
}

func TestTheOldAddressIsToldOfTheNewOne(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor := member(t, s, "old@brand.example")
		if _, _, err := s.ActivatePasswordReset(ctx, accounts.PasswordResetArgs{Email: "old@brand.example", Secret: "sent before"}); err != nil {
			t.Fatal(err)
		}
		clock.Advance(time.Minute)
		if err := s.RequestEmailConfirmation(ctx, actor, "new@brand.example"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.ConfirmEmail(ctx, actor, secretOf(t, d), ""); err != nil {
			t.Fatal(err)
		}
		if all := told(t, d, "accounts.security"); len(all) != 1 || !strings.Contains(all[0], "old@brand.example") {
			t.Errorf("told: %v", all)
		}
		if _, err := s.PersonByResetSecret(ctx, "sent before"); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("a link that was sent to the old address: %v", err)
		}
	})
}
