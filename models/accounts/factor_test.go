package accounts_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

func codeAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// enrolled is a member with a second factor.
func enrolled(t *testing.T, s *accounts.Store, clock *testkit.Clock, email string) (actor models.Actor, secret string, recovery []string) {
	t.Helper()
	actor = member(t, s, email)
	if err := s.BeginTOTPEnrolment(ctx, actor); err != nil {
		t.Fatal(err)
	}
	e, err := s.PendingTOTPEnrolment(ctx, actor, "Test market", email)
	if err != nil {
		t.Fatal(err)
	}
	if recovery, err = s.ConfirmTOTPEnrolment(ctx, actor, codeAt(t, e.Secret, clock.Now()), ""); err != nil {
		t.Fatal(err)
	}
	clock.Advance(2 * time.Minute)
	return actor, e.Secret, recovery
}

func waiting(t *testing.T, s *accounts.Store, personID int64) string {
	t.Helper()
	step, waits, err := s.BeginSecondFactor(ctx, personID, accounts.MethodPassword, "/deals")
	if err != nil || !waits {
		t.Fatalf("waits: %v %v", waits, err)
	}
	return step
}

func TestASecondFactorIsSetUpWithACode(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor := member(t, s, "known@brand.example")
		here, there := signedIn(t, s, "here", actor.PersonID, clock.Now()), signedIn(t, s, "there", actor.PersonID, clock.Now())
		if _, err := s.ConfirmTOTPEnrolment(ctx, actor, "000000", ""); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("confirming none gave %v", err)
		}
		if err := s.BeginTOTPEnrolment(ctx, actor); err != nil {
			t.Fatal(err)
		}
		e, err := s.PendingTOTPEnrolment(ctx, actor, "Test: market?", "known@brand.example")
		if err != nil || !strings.HasPrefix(e.URL, "otpauth://totp/Test%20market:known%40brand.example?secret="+e.Secret) {
			t.Errorf("%+v %v", e, err)
		}
		var kept string
		d.Read(ctx).Raw("SELECT secret FROM totp_factors").Scan(&kept)
		if kept == "" || strings.Contains(kept, e.Secret) {
			t.Errorf("kept as %q", kept)
		}
		if _, waits, _ := s.BeginSecondFactor(ctx, actor.PersonID, accounts.MethodPassword, ""); waits {
			t.Error("a factor that was not confirmed is asked for")
		}
		if _, err := s.ConfirmTOTPEnrolment(ctx, actor, "000000", "id-here"); fieldOf(err, "code") == "" {
			t.Errorf("a wrong code gave %v", err)
		}
		recovery, err := s.ConfirmTOTPEnrolment(ctx, actor, codeAt(t, e.Secret, clock.Now()), "id-here")
		if err != nil || len(recovery) != 10 {
			t.Fatalf("%d recovery codes, %v", len(recovery), err)
		}
		if !here.there() || there.there() {
			t.Error("other sessions, which showed no second factor, go on")
		}
		if err := s.BeginTOTPEnrolment(ctx, actor); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("beginning another gave %v", err)
		}
		if log := audited(t, d, actor.PersonID); !strings.Contains(log, "factor_refused") || !strings.Contains(log, "factor_added") {
			t.Errorf("audited: %s", log)
		}
		if all := told(t, d, "accounts.security"); len(all) != 1 || !strings.Contains(all[0], "factor_added") {
			t.Errorf("told: %v", all)
		}
	})
}

func TestWhichWaysWaitForTheSecondFactor(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock()
	s := newStore(testkit.NewSQLite(t), clock.Now)
	with, _, _ := enrolled(t, s, clock, "with@brand.example")
	without := member(t, s, "without@brand.example")
	for way, want := range map[accounts.SignInMethod]bool{accounts.MethodPassword: true, accounts.WayOIDC: true, "tiktok": true, accounts.WayPasskey: false} {
		if _, waits, err := s.BeginSecondFactor(ctx, with.PersonID, way, ""); err != nil || waits != want {
			t.Errorf("%s waits: %v %v", way, waits, err)
		}
		if _, waits, err := s.BeginSecondFactor(ctx, without.PersonID, way, ""); err != nil || waits {
			t.Errorf("without a factor, %s waits: %v %v", way, waits, err)
		}
	}
}

func TestACodeIsRightInItsStepOnce(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor, secret, _ := enrolled(t, s, clock, "known@brand.example")
		try := func(code string) error {
			t.Helper()
			step, err := s.FinishSecondFactor(ctx, waiting(t, s, actor.PersonID), code)
			if err == nil && (*step.PersonID != actor.PersonID || step.Way != accounts.MethodPassword || step.Next != "/deals") {
				t.Errorf("the step is %+v", step)
			}
			return err
		}
		for _, c := range []struct {
			name string
			at   time.Duration
			ok   bool
		}{
			{"of two steps before", -60 * time.Second, false}, {"of two steps ahead", 60 * time.Second, false},
			{"of the step before", -30 * time.Second, true}, {"of the step before again", -30 * time.Second, false},
			{"of this step", 0, true}, {"of this step again", 0, false},
			{"of the next step", 30 * time.Second, true}, {"of this step, after the next one's", 0, false},
		} {
			if err := try(codeAt(t, secret, clock.Now().Add(c.at))); (err == nil) != c.ok {
				t.Errorf("the code %s: %v", c.name, err)
			}
		}
		err := d.Tx(ctx, func(tx *db.Tx) error {
			return tx.Exec("UPDATE totp_factors SET last_step = last_step WHERE person_id = ?", actor.PersonID).Error
		})
		if err == nil {
			t.Error("the database lets a step be used again")
		}
	})
}

func TestASignInTakesFiveWrongCodesAndTenMinutes(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor, secret, _ := enrolled(t, s, clock, "known@brand.example")
		right := func() string { return codeAt(t, secret, clock.Now()) }
		step := waiting(t, s, actor.PersonID)
		for i := range 5 {
			_, err := s.FinishSecondFactor(ctx, step, "000000")
			if want := models.CodeOf(err) == models.CodeInvalid; want != (i < 4) {
				t.Errorf("wrong code %d gave %v", i+1, err)
			}
		}
		if _, err := s.FinishSecondFactor(ctx, step, right()); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("the right code after five wrong ones gave %v", err)
		}
		late := waiting(t, s, actor.PersonID)
		clock.Advance(10 * time.Minute)
		if _, err := s.FinishSecondFactor(ctx, late, right()); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("the right code after ten minutes gave %v", err)
		}
		once := waiting(t, s, actor.PersonID)
		if _, err := s.FinishSecondFactor(ctx, once, right()); err != nil {
			t.Fatal(err)
		}
		clock.Advance(time.Minute)
		for name, secret := range map[string]string{"used": once, "guessed": "guess", "none": ""} {
			if _, err := s.FinishSecondFactor(ctx, secret, right()); models.CodeOf(err) != models.CodeConflict {
				t.Errorf("a step that is %s gave %v", name, err)
			}
		}
		for range models.SecondFactors.Most {
			_, _ = s.FinishSecondFactor(ctx, waiting(t, s, actor.PersonID), "000000")
		}
		if _, err := s.FinishSecondFactor(ctx, waiting(t, s, actor.PersonID), right()); models.CodeOf(err) != models.CodeTooMany {
			t.Errorf("begun anew again and again, it gave %v", err)
		}
	})
}

func TestARecoveryCodeIsForOneUse(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor, secret, recovery := enrolled(t, s, clock, "known@brand.example")
		other, _, _ := enrolled(t, s, clock, "other@brand.example")
		try := func(who int64, code string) error {
			_, err := s.FinishSecondFactor(ctx, waiting(t, s, who), code)
			return err
		}
		if err := try(other.PersonID, recovery[0]); err == nil {
			t.Error("it lets somebody else in")
		}
		if err := try(actor.PersonID, " "+strings.ToUpper(strings.ReplaceAll(recovery[0], "-", " "))+" "); err != nil {
			t.Errorf("typed another way, it gave %v", err)
		}
		if err := try(actor.PersonID, recovery[0]); fieldOf(err, "code") == "" {
			t.Errorf("used again, it gave %v", err)
		}
		if p, err := s.AccountProtectionOf(ctx, actor); err != nil || p != (accounts.AccountProtection{Factor: true, RecoveryLeft: 9}) {
			t.Errorf("protected by %+v, %v", p, err)
		}
		if p, err := s.AccountProtectionOf(ctx, models.Actor{PersonID: 4711}); err != nil || p != (accounts.AccountProtection{}) {
			t.Errorf("somebody else is protected by %+v, %v", p, err)
		}
		fresh, err := s.RenewRecoveryCodes(ctx, actor, codeAt(t, secret, clock.Now()))
		if err != nil || len(fresh) != 10 {
			t.Fatalf("%d new ones, %v", len(fresh), err)
		}
		if err := try(actor.PersonID, recovery[1]); err == nil {
			t.Error("one from before the renewal works")
		}
		if err := try(actor.PersonID, fresh[9]); err != nil {
			t.Errorf("a new one gave %v", err)
		}
		var kept []string
		d.Read(ctx).Raw("SELECT code_digest FROM recovery_codes").Scan(&kept)
		if all := strings.Join(kept, " "); strings.Contains(all, strings.ReplaceAll(fresh[0], "-", "")) {
			t.Error("the codes are kept in clear")
		}
		err = d.Tx(ctx, func(tx *db.Tx) error { return tx.Exec("UPDATE recovery_codes SET used_at = NULL").Error })
		if err == nil {
			t.Error("the database lets a used code be used again")
		}
		if log := audited(t, d, actor.PersonID); !strings.Contains(log, "recovery_used") || !strings.Contains(log, "recovery_renewed") {
			t.Errorf("audited: %s", log)
		}
	})
}

func TestTheSecondFactorIsTurnedOffWithACode(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor, secret, _ := enrolled(t, s, clock, "known@brand.example")
		if err := s.RemoveTOTPFactor(ctx, actor, "000000"); fieldOf(err, "code") == "" {
			t.Errorf("a wrong code gave %v", err)
		}
		if on, err := s.HasSecondFactor(ctx, actor.PersonID); err != nil || !on {
			t.Errorf("on: %v %v", on, err)
		}
		if err := s.RemoveTOTPFactor(ctx, actor, codeAt(t, secret, clock.Now())); err != nil {
			t.Fatal(err)
		}
		if on, err := s.HasSecondFactor(ctx, actor.PersonID); err != nil || on {
			t.Errorf("on: %v %v", on, err)
		}
		if all := told(t, d, "accounts.security"); len(all) != 2 || !strings.Contains(all[1], "factor_removed") {
			t.Errorf("told: %v", all)
		}
	})
}

func TestSecretsAreSealedAnew(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor, secret, _ := enrolled(t, s, clock, "known@brand.example")
		keys, err := models.NewKeyring("fresh:"+models.NewSealingKey()+",test:"+testkit.SealingKey, testkit.SealingKey)
		if err != nil {
			t.Fatal(err)
		}
		d.Keys = keys
		for i, want := range []int{1, 0} {
			if n, err := s.ResealSecrets(ctx); n != want || err != nil {
				t.Errorf("run %d sealed %d anew, %v", i+1, n, err)
			}
		}
		if _, err := s.FinishSecondFactor(ctx, waiting(t, s, actor.PersonID), codeAt(t, secret, clock.Now())); err != nil {
			t.Errorf("afterwards a code gave %v", err)
		}
	})
}

// Recovery codes are for when the app is gone: guesses of its codes don't use up their tries.
func TestWrongCodesOfTheAppLeaveTheRecoveryCodes(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock()
	s := newStore(testkit.NewSQLite(t), clock.Now)
	actor, _, recovery := enrolled(t, s, clock, "known@brand.example")
	finish := func(code string) error {
		secret, waits, err := s.BeginSecondFactor(ctx, actor.PersonID, accounts.MethodPassword, "")
		if err != nil || !waits {
			t.Fatal(waits, err)
		}
		_, err = s.FinishSecondFactor(ctx, secret, code)
		return err
	}
	tries, err := 0, error(nil)
	for ; tries <= models.SecondFactors.Most && models.CodeOf(err) != models.CodeTooMany; tries++ {
		err = finish("000000")
	}
	if models.CodeOf(err) != models.CodeTooMany {
		t.Errorf("after %d wrong codes of the app: %v", tries, err)
	}
	if err := finish(recovery[0]); err != nil {
		t.Errorf("a recovery code: %v", err)
	}
}

// With its key gone no code of the app is right; recovery codes are, and then the factor
// can be turned off and set up anew.
func TestASecondFactorWhoseKeyIsGoneLeavesTheRecoveryCodes(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor, secret, recovery := enrolled(t, s, clock, "known@brand.example")
		beginner := member(t, s, "other@brand.example")
		if err := s.BeginTOTPEnrolment(ctx, beginner); err != nil {
			t.Fatal(err)
		}
		var err error
		if d.Keys, err = models.NewKeyring("other:"+models.NewSealingKey(), testkit.SealingKey); err != nil {
			t.Fatal(err)
		}
		isSealed := func(err error) bool {
			var e *models.Error
			return errors.As(err, &e) && e.Fields[0].Key == "accounts.error.factor_sealed" && errors.Is(err, models.ErrCannotOpenSealed)
		}
		if _, err := s.FinishSecondFactor(ctx, waiting(t, s, actor.PersonID), codeAt(t, secret, clock.Now())); !isSealed(err) {
			t.Errorf("a code of the app gave %v", err)
		}
		if _, err := s.FinishSecondFactor(ctx, waiting(t, s, actor.PersonID), "wrong-codes"); !isSealed(err) {
			t.Errorf("a wrong recovery code gave %v", err)
		}
		if _, err := s.FinishSecondFactor(ctx, waiting(t, s, actor.PersonID), recovery[0]); err != nil {
			t.Errorf("a recovery code gave %v", err)
		}
		if _, err := s.RenewRecoveryCodes(ctx, actor, codeAt(t, secret, clock.Now())); !isSealed(err) {
			t.Errorf("renewing recovery codes gave %v", err)
		}
		if n, err := s.ResealSecrets(ctx); n != 0 || err != nil {
			t.Errorf("sealed %d anew, %v", n, err)
		}
		if err := s.RemoveTOTPFactor(ctx, actor, recovery[1]); err != nil {
			t.Errorf("turning it off gave %v", err)
		}
		if _, err := s.PendingTOTPEnrolment(ctx, beginner, "x", "x"); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("one that was begun gave %v", err)
		}
		if _, err := s.ConfirmTOTPEnrolment(ctx, beginner, "000000", ""); !isSealed(err) {
			t.Errorf("confirming it gave %v", err)
		}
		for _, who := range []models.Actor{actor, beginner} {
			if err := s.BeginTOTPEnrolment(ctx, who); err != nil {
				t.Errorf("beginning anew gave %v", err)
			}
			if _, err := s.PendingTOTPEnrolment(ctx, who, "x", "x"); err != nil {
				t.Errorf("the new one gave %v", err)
			}
		}
	})
}
