package models

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Keyring seals what a copy of the database must not reveal, such as tokens,
// and makes keyed hashes of what must be recognised but not readable. Sealing
// is AES-256-GCM with the first key, whose id precedes the sealed text; any of
// the keys can open it.
type Keyring struct {
	order  []string
	keys   map[string]cipher.AEAD
	digest []byte
}

// ErrCannotOpenSealed says that a sealed text cannot be opened: its key is gone, it was
// altered, or it was sealed for another purpose.
var ErrCannotOpenSealed = errors.New("a sealed text cannot be opened")

var keyID = regexp.MustCompile(`^[a-z0-9]{1,16}$`)

// NewKeyring parses keys written as ID:KEY,ID:KEY, the sealing key first, and
// the key for keyed hashes, which never changes. Each key is 32 bytes in
// base64; an id is up to 16 of a-z and 0-9.
func NewKeyring(keys, digest string) (*Keyring, error) {
	k := &Keyring{keys: map[string]cipher.AEAD{}}
	for i, one := range strings.Split(keys, ",") {
		id, text, _ := strings.Cut(strings.TrimSpace(one), ":")
		if !keyID.MatchString(id) || k.keys[id] != nil {
			// What stands there may be the key itself.
			return nil, fmt.Errorf("key number %d: it does not begin with a unique id of a-z and 0-9 and a colon", i+1)
		}
		raw, err := decodeKey(text)
		if err != nil {
			return nil, fmt.Errorf("key %s: %w", id, err)
		}
		block, err := aes.NewCipher(raw)
		if err != nil {
			return nil, err
		}
		if k.keys[id], err = cipher.NewGCMWithRandomNonce(block); err != nil {
			return nil, err
		}
		k.order = append(k.order, id)
	}
	var err error
	if k.digest, err = decodeKey(digest); err != nil {
		return nil, fmt.Errorf("the digest key: %w", err)
	}
	return k, nil
}

func decodeKey(text string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) != 32 {
		return nil, errors.New("not 32 bytes in base64")
	}
	return raw, nil
}

// NewSealingKey generates a random key in the form that NewKeyring parses.
func NewSealingKey() string {
	var b [32]byte
	_, _ = rand.Read(b[:])
	return base64.StdEncoding.EncodeToString(b[:])
}

// Seal makes a text unreadable without the keys. purpose says what it is and
// whose; what was sealed for one purpose cannot be opened for another.
func (k *Keyring) Seal(purpose string, plain []byte) string {
	id := k.order[0]
	return id + ":" + base64.RawStdEncoding.EncodeToString(k.keys[id].Seal(nil, nil, plain, []byte(purpose))) //nolint:gosec // the cipher draws a random nonce itself
}

// Open returns what was sealed. Its error is ErrCannotOpenSealed.
func (k *Keyring) Open(purpose, sealed string) ([]byte, error) {
	id, text, _ := strings.Cut(sealed, ":")
	key := k.keys[id]
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if key == nil || err != nil {
		return nil, ErrCannotOpenSealed
	}
	plain, err := key.Open(nil, nil, raw, []byte(purpose))
	if err != nil {
		return nil, ErrCannotOpenSealed
	}
	return plain, nil
}

// IsSealedWithCurrentKey says whether a text is sealed with the first key.
func (k *Keyring) IsSealedWithCurrentKey(sealed string) bool {
	return strings.HasPrefix(sealed, k.order[0]+":")
}

// Digest returns the keyed hash (HMAC-SHA-256, in hex) of a text for a purpose.
func (k *Keyring) Digest(purpose, text string) string {
	h := hmac.New(sha256.New, k.digest)
	h.Write([]byte(purpose + "\x00" + text))
	return hex.EncodeToString(h.Sum(nil))
}
