package accounts_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

func TestACodeByMailIsGoodOnceForOneSessionAndPurpose(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		person := func(email string, confirmed bool) models.Actor {
			p := accounts.Person{Name: "Noor Example", Email: &email, Locale: "en", Zone: "UTC", CreatedAt: clock.Now()}
			if confirmed {
				now := clock.Now()
				p.EmailConfirmedAt = &now
			}
			must(d.Read(ctx).Create(&p).Error)
			return models.Actor{PersonID: p.ID, CreatorID: 1}
		}
		noor, unconfirmed, other := person("noor.code@mail.example", true), person("lou.code@mail.example", false), person("sam.code@mail.example", true)
		here := accounts.CodeRequest{Session: "this", Purpose: "/contracts/x"}
		send := func(r accounts.CodeRequest) (code string) {
			t.Helper()
			must(s.SendIdentityCode(ctx, noor, r))
			must(d.Read(ctx).Raw("SELECT args->>'code' FROM river_job WHERE kind = 'accounts.identity_code' ORDER BY id DESC LIMIT 1").Scan(&code).Error)
			return code
		}
		refused := func(a models.Actor, r accounts.CodeRequest, code, key string) {
			t.Helper()
			proven, err := s.VerifyIdentityCode(ctx, a, r, code)
			if models.CodeOf(err) != models.CodeInvalid || proven || !strings.HasSuffix(err.Error(), "="+key+"]") {
				t.Errorf("%q gave %v %v, wanted %s", code, proven, err, key)
			}
		}
		for name, a := range map[string]models.Actor{"an unconfirmed address": unconfirmed, "a password": member(t, s, "pass.code@mail.example")} {
			if err := s.SendIdentityCode(ctx, a, here); models.CodeOf(err) != models.CodeForbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
		code := send(here)
		if len(code) != accounts.IdentityCodeDigits {
			t.Fatalf("the code is %q", code)
		}
		var stored int
		must(d.Read(ctx).Raw("SELECT count(*) FROM identity_codes WHERE digest LIKE ?", "%"+code+"%").Scan(&stored).Error)
		if stored != 0 {
			t.Error("the code itself is stored")
		}
		refused(noor, accounts.CodeRequest{Session: "another", Purpose: here.Purpose}, code, "accounts.error.identity_code_over")
		refused(noor, accounts.CodeRequest{Session: here.Session, Purpose: "/settings"}, code, "accounts.error.identity_code_over")
		refused(other, here, code, "accounts.error.identity_code_over")
		refused(noor, here, "", "accounts.error.identity_code")
		refused(noor, here, code[1:]+"x", "accounts.error.identity_code")

		var clicks sync.WaitGroup
		var proofs atomic.Int64
		for range 50 {
			clicks.Go(func() {
				proven, err := s.VerifyIdentityCode(ctx, noor, here, code[:4]+" "+code[4:])
				if err != nil {
					t.Error(err)
				}
				if proven {
					proofs.Add(1)
				}
			})
		}
		clicks.Wait()
		if proofs.Load() != 1 {
			t.Errorf("fifty clicks proved it %d times", proofs.Load())
		}
		clock.Advance(accounts.SessionGrace)
		refused(noor, here, code, "accounts.error.identity_code_over") // it was used

		earlier := send(here)
		code = send(here) // the earlier one is worthless
		refused(noor, here, earlier, "accounts.error.identity_code")
		for range accounts.IdentityCodeTries - 1 {
			refused(noor, here, "00", "accounts.error.identity_code")
		}
		refused(noor, here, code, "accounts.error.identity_code_over") // too many tries

		code = send(here)
		clock.Advance(accounts.IdentityCodeLifetime)
		refused(noor, here, code, "accounts.error.identity_code_over") // too late
		if waits, err := s.AwaitsIdentityCode(ctx, noor, here); err != nil || waits {
			t.Errorf("a code that is over is still asked for: %v", err)
		}
		send(here)
		if err := s.SendIdentityCode(ctx, noor, here); models.CodeOf(err) != models.CodeTooMany {
			t.Errorf("a sixth mail within an hour: %v", err)
		}
	})
}
