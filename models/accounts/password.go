package accounts

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go"
	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"tribemarket/models"
)

// Bounds of a password's length, in characters. Every character counts, spaces included.
const (
	PasswordLeast = 8
	PasswordMost  = 128
)

// leastScore is the zxcvbn score that a password needs: 2 of 4, more than a
// million guesses. estimated is how many of its characters are scored, since
// the work grows faster than the length.
const (
	leastScore = 2
	estimated  = 48
)

// CheckPassword reports at the field what is wrong with a new password: its
// length, or that it is easy to guess, because it is common or made from the
// person's name, address or brand. The same rules apply wherever a password is
// chosen.
func CheckPassword(wrong *models.Fields, field, password string, about ...string) {
	switch n := utf8.RuneCountInString(password); {
	case n < PasswordLeast:
		wrong.Add(field, "accounts.error.password_short", "least", PasswordLeast)
		return
	case n > PasswordMost:
		wrong.Add(field, "accounts.error.long", "most", PasswordMost)
		return
	}
	known := []string{"tribemarket"}
	for _, text := range about {
		text = strings.ToLower(text)
		for _, part := range append(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" @.-_/:", r) }), text) {
			if utf8.RuneCountInString(part) > 2 {
				known = append(known, part)
			}
		}
	}
	looked := []rune(password)
	if len(looked) > estimated {
		looked = looked[:estimated]
	}
	if zxcvbn.PasswordStrength(string(looked), known).Score < leastScore {
		wrong.Add(field, "accounts.error.password_common")
	}
}

// argonWork is the cost of an argon2id hash.
type argonWork struct {
	memory, passes uint32 // KiB
	threads        uint8
}

// hashWork follows RFC 9106's recommendation for scarce memory: 64 MiB, three passes.
var hashWork = argonWork{memory: 64 * 1024, passes: 3, threads: 1}

const argonKey = 32

// noPassword is compared with if nobody has the address, so that the answer
// takes just as long.
const noPassword = "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// hashing bounds the memory and the time of hashes: each takes 64 MiB and, on one core,
// about a tenth of a second.
var hashing = models.NewWorkQueue(32, 5*time.Second, "accounts.error.busy", 3*time.Second)

// hashes counts them, so that a test can check that all refusals do the same work.
var hashes atomic.Int64

func (w argonWork) deriveKey(ctx context.Context, password string, salt []byte) ([]byte, error) {
	turn, err := hashing.Enter(ctx)
	if err != nil {
		return nil, err
	}
	defer turn.Leave()
	hashes.Add(1)
	return argon2.IDKey([]byte(password), salt, w.passes, w.memory, w.threads, argonKey), nil
}

// hashPassword hashes a password, in the PHC string format. Keyboards compose letters
// in different ways, so that its normal form is what counts (NFC).
func hashPassword(ctx context.Context, password string) (string, error) {
	var salt [16]byte
	_, _ = rand.Read(salt[:])
	w := hashWork
	key, err := w.deriveKey(ctx, norm.NFC.String(password), salt[:])
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, w.memory, w.passes, w.threads,
		b64.EncodeToString(salt[:]), b64.EncodeToString(key)), nil
}

// passwordMatches compares in constant time; a hash that it cannot read matches nothing.
// A password that was hashed before its normal form counted matches as it was typed.
func passwordMatches(ctx context.Context, hash, password string) (bool, error) {
	normal := norm.NFC.String(password)
	matches, err := hashMatches(ctx, hash, normal)
	if err != nil || matches || normal == password {
		return matches, err
	}
	return hashMatches(ctx, hash, password)
}

func hashMatches(ctx context.Context, hash, password string) (bool, error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, nil
	}
	var w argonWork
	if n, _ := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &w.memory, &w.passes, &w.threads); n != 3 || w.memory > 1<<20 || w.passes > 16 {
		return false, nil
	}
	salt, _ := base64.RawStdEncoding.DecodeString(parts[4])
	want, _ := base64.RawStdEncoding.DecodeString(parts[5])
	if len(salt) == 0 || len(want) != argonKey {
		return false, nil
	}
	key, err := w.deriveKey(ctx, password, salt)
	return err == nil && subtle.ConstantTimeCompare(key, want) == 1, err
}
