package accounts_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// authenticator is a software one, as WebAuthn level 2, sections 6 and 8.7
// ("none" attestation) describe it.
type authenticator struct {
	key      *ecdsa.PrivateKey
	id       []byte
	user     string // base64url, as the site gave it
	count    uint32
	verified bool // says that it knew its user, by a finger or a PIN
	origin   string
}

var b64 = base64.RawURLEncoding

func newAuthenticator(t *testing.T) *authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id)
	return &authenticator{key: key, id: id, verified: true, origin: site.BaseURL}
}

func (a *authenticator) data(t *testing.T, made bool) []byte {
	t.Helper()
	rp := sha256.Sum256([]byte("market.example"))
	flags := byte(0x01)
	if a.verified {
		flags |= 0x04
	}
	if made {
		flags |= 0x40
	}
	a.count++
	out := append(rp[:], flags)
	out = binary.BigEndian.AppendUint32(out, a.count)
	if !made {
		return out
	}
	point, err := a.key.PublicKey.ECDH()
	if err != nil {
		t.Fatal(err)
	}
	raw := point.Bytes() // 4, x, y
	public, err := cbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: raw[1:33], -3: raw[33:]})
	if err != nil {
		t.Fatal(err)
	}
	out = append(out, make([]byte, 16)...)
	out = binary.BigEndian.AppendUint16(out, uint16(len(a.id)))
	return append(append(out, a.id...), public...)
}

func (a *authenticator) client(t *testing.T, kind, challenge string) []byte {
	t.Helper()
	b, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": a.origin, "crossOrigin": false})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (a *authenticator) answer(t *testing.T, response map[string]string) []byte {
	t.Helper()
	b, err := json.Marshal(map[string]any{"id": b64.EncodeToString(a.id), "rawId": b64.EncodeToString(a.id), "type": "public-key", "response": response, "clientExtensionResults": map[string]any{}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// create makes a passkey for the site's options.
func (a *authenticator) create(t *testing.T, options []byte) []byte {
	t.Helper()
	var o struct {
		Challenge string
		User      struct{ ID string }
	}
	if err := json.Unmarshal(options, &o); err != nil {
		t.Fatal(err)
	}
	a.user = o.User.ID
	attestation, err := cbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": a.data(t, true)})
	if err != nil {
		t.Fatal(err)
	}
	return a.answer(t, map[string]string{"clientDataJSON": b64.EncodeToString(a.client(t, "webauthn.create", o.Challenge)), "attestationObject": b64.EncodeToString(attestation)})
}

// get shows the passkey for the site's options.
func (a *authenticator) get(t *testing.T, options []byte) []byte {
	t.Helper()
	var o struct{ Challenge string }
	if err := json.Unmarshal(options, &o); err != nil {
		t.Fatal(err)
	}
	data, client := a.data(t, false), a.client(t, "webauthn.get", o.Challenge)
	hashed := sha256.Sum256(client)
	digest := sha256.Sum256(append(append([]byte{}, data...), hashed[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	return a.answer(t, map[string]string{"clientDataJSON": b64.EncodeToString(client), "authenticatorData": b64.EncodeToString(data),
		"signature": b64.EncodeToString(signature), "userHandle": a.user})
}

var site = accounts.RelyingParty{Name: "Test market", BaseURL: "https://market.example"}

// withPasskey gives the person a passkey.
func withPasskey(t *testing.T, s *accounts.Store, actor models.Actor, name string) *authenticator {
	t.Helper()
	options, step, err := s.BeginPasskeyRegistration(ctx, actor, site)
	if err != nil {
		t.Fatal(err)
	}
	a := newAuthenticator(t)
	if err := s.FinishPasskeyRegistration(ctx, actor, site, step, name, a.create(t, options)); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAPasskeySignsIn(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor, other := member(t, s, "known@brand.example"), member(t, s, "other@brand.example")
		a, second := withPasskey(t, s, actor, "Phone"), withPasskey(t, s, actor, "Key on the ring")
		show := func(who models.Actor, with *authenticator) (int64, error) {
			t.Helper()
			options, step, err := s.BeginPasskeySignIn(ctx, who, site)
			if err != nil {
				t.Fatal(err)
			}
			return s.FinishPasskeySignIn(ctx, who, site, step, with.get(t, options))
		}
		for name, with := range map[string]*authenticator{"the first": a, "the second": second} {
			if id, err := show(models.Actor{}, with); err != nil || id != actor.PersonID {
				t.Errorf("%s signs in person %d, %v", name, id, err)
			}
		}
		if id, err := show(actor, a); err != nil || id != actor.PersonID {
			t.Errorf("as a proof: %d, %v", id, err)
		}
		if _, err := show(other, a); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("as a proof of somebody else: %v", err)
		}
		if _, err := show(models.Actor{}, newAuthenticator(t)); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("one that nobody added: %v", err)
		}
		unverified, elsewhere, forged, cloned := *a, *a, *a, *a
		unverified.verified, elsewhere.origin, forged.key, cloned.count = false, "https://market.example.evil", newAuthenticator(t).key, 0
		for name, with := range map[string]*authenticator{"without its user known": &unverified, "on another site": &elsewhere, "with another key": &forged, "whose count went back": &cloned} {
			if _, err := show(models.Actor{}, with); models.CodeOf(err) != models.CodeConflict {
				t.Errorf("one %s: %v", name, err)
			}
		}
		options, step, err := s.BeginPasskeySignIn(ctx, models.Actor{}, site)
		if err != nil {
			t.Fatal(err)
		}
		answer := second.get(t, options)
		if _, err := s.FinishPasskeySignIn(ctx, models.Actor{}, site, step, answer); err != nil {
			t.Fatal(err)
		}
		if _, err := s.FinishPasskeySignIn(ctx, models.Actor{}, site, step, answer); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("an answer that was used: %v", err)
		}
		options, step, _ = s.BeginPasskeySignIn(ctx, models.Actor{}, site)
		clock.Advance(10 * time.Minute)
		if _, err := s.FinishPasskeySignIn(ctx, models.Actor{}, site, step, second.get(t, options)); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("an answer after ten minutes: %v", err)
		}
		if log := audited(t, d, actor.PersonID); strings.Count(log, "passkey_added") != 2 {
			t.Errorf("audited: %s", log)
		}
	})
}

func TestAPasskeyIsMadeOnceAndRemoved(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		s := newStore(d, testkit.NewClock().Now)
		actor, other := member(t, s, "known@brand.example"), member(t, s, "other@brand.example")
		options, step, err := s.BeginPasskeyRegistration(ctx, actor, site)
		if err != nil {
			t.Fatal(err)
		}
		unverified := newAuthenticator(t)
		unverified.verified = false
		if err := s.FinishPasskeyRegistration(ctx, actor, site, step, "Phone", unverified.create(t, options)); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("one that doesn't know its user: %v", err)
		}
		if err := s.FinishPasskeyRegistration(ctx, actor, site, step, "Phone", newAuthenticator(t).create(t, options)); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("a challenge that was used: %v", err)
		}
		options, step, _ = s.BeginPasskeyRegistration(ctx, actor, site)
		if err := s.FinishPasskeyRegistration(ctx, other, site, step, "Phone", newAuthenticator(t).create(t, options)); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("somebody else's challenge: %v", err)
		}
		if err := s.FinishPasskeyRegistration(ctx, actor, site, step, " ", nil); fieldOf(err, "passkey_name") == "" {
			t.Errorf("without a name: %v", err)
		}
		withPasskey(t, s, actor, "Phone")
		all, err := s.ListPasskeys(ctx, actor)
		if err != nil || len(all) != 1 || all[0].Name != "Phone" {
			t.Fatalf("%+v %v", all, err)
		}
		if err := s.RemovePasskey(ctx, other, all[0].PublicID); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("somebody else removes it: %v", err)
		}
		if err := s.RemovePasskey(ctx, actor, all[0].PublicID); err != nil {
			t.Fatal(err)
		}
		if all, _ := s.ListPasskeys(ctx, actor); len(all) != 0 {
			t.Errorf("left: %+v", all)
		}
		if all := told(t, d, "accounts.security"); len(all) != 2 || !strings.Contains(all[1], "passkey_removed") {
			t.Errorf("told: %v", all)
		}
	})
}
