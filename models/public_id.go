package models

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// idAlphabet has no vowels, so that no id spells a word, and no characters that
// are easily confused.
const idAlphabet = "23456789bcdfghjkmnpqrstvwxyz"

// NewPublicID generates a random id of ten characters, which identifies a
// creator, a brand, a proposal or a deal in public (28^10, about 3·10^14).
func NewPublicID() string {
	var id [10]byte
	var b [32]byte
	for n := 0; n < len(id); {
		_, _ = rand.Read(b[:])
		for _, x := range b {
			if n < len(id) && x < 252 { // 252 = 9·28: no character is likelier than another
				id[n] = idAlphabet[x%28]
				n++
			}
		}
	}
	return string(id[:])
}

// IsPublicID says whether a text can be a public id, so that nothing else reaches the
// database.
func IsPublicID(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_' {
			return false
		}
	}
	return true
}

// NewSecret generates a random text of 256 bits for links and states. Only its
// HashSecret is stored.
func NewSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// HashSecret returns what is stored of a secret: its SHA-256 in hex. A secret
// has 256 random bits, so it needs no slow hash.
func HashSecret(secret string) string {
	h := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(h[:])
}
