// Package authenticator is a passkey in software, for tests.
package authenticator

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"net/url"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// Authenticator is a software one, as WebAuthn level 2, sections 6 and 8.7
// ("none" attestation) describe it.
type Authenticator struct {
	Key      *ecdsa.PrivateKey
	Count    uint32
	Verified bool   // says that it knew its user, by a finger or a PIN
	Origin   string // of the site

	host string
	id   []byte
	user string // base64url, as the site gave it
}

var b64 = base64.RawURLEncoding

// New returns an authenticator for the site of an origin.
func New(t testing.TB, origin string) *Authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id)
	u, err := url.Parse(origin)
	if err != nil {
		t.Fatal(err)
	}
	return &Authenticator{Key: key, id: id, Verified: true, Origin: origin, host: u.Hostname()}
}

func (a *Authenticator) data(t testing.TB, made bool) []byte {
	t.Helper()
	rp := sha256.Sum256([]byte(a.host))
	flags := byte(0x01)
	if a.Verified {
		flags |= 0x04
	}
	if made {
		flags |= 0x40
	}
	a.Count++
	out := append(rp[:], flags)
	out = binary.BigEndian.AppendUint32(out, a.Count)
	if !made {
		return out
	}
	point, err := a.Key.PublicKey.ECDH()
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

func (a *Authenticator) client(t testing.TB, kind, challenge string) []byte {
	t.Helper()
	b, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": a.Origin, "crossOrigin": false})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (a *Authenticator) answer(t testing.TB, response map[string]string) []byte {
	t.Helper()
	b, err := json.Marshal(map[string]any{"id": b64.EncodeToString(a.id), "rawId": b64.EncodeToString(a.id), "type": "public-key", "response": response, "clientExtensionResults": map[string]any{}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Create makes a passkey for the site's options.
func (a *Authenticator) Create(t testing.TB, options []byte) []byte {
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

// Get shows the passkey for the site's options.
func (a *Authenticator) Get(t testing.TB, options []byte) []byte {
	t.Helper()
	var o struct{ Challenge string }
	if err := json.Unmarshal(options, &o); err != nil {
		t.Fatal(err)
	}
	data, client := a.data(t, false), a.client(t, "webauthn.get", o.Challenge)
	hashed := sha256.Sum256(client)
	digest := sha256.Sum256(append(append([]byte{}, data...), hashed[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.Key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	return a.answer(t, map[string]string{"clientDataJSON": b64.EncodeToString(client), "authenticatorData": b64.EncodeToString(data),
		"signature": b64.EncodeToString(signature), "userHandle": a.user})
}
