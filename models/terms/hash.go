package terms

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Encode returns the stored form: JSON with its fields in the order of the type, so that
// the same terms have the same bytes.
func (t Terms) Encode() string {
	t.Version = FormatVersion
	return string(canonical(t))
}

// Decode reads what Encode wrote.
func Decode(stored string) (Terms, error) {
	var t Terms
	if err := json.Unmarshal([]byte(stored), &t); err != nil {
		return Terms{}, fmt.Errorf("terms: %w", err)
	}
	if t.Version < 1 || t.Version > FormatVersion {
		return Terms{}, fmt.Errorf("terms: version %d is of another program", t.Version)
	}
	return t, nil
}

// Hash names the terms: the SHA-256 of their stored form, in hexadecimal.
func (t Terms) Hash() string {
	sum := sha256.Sum256([]byte(t.Encode()))
	return hex.EncodeToString(sum[:])
}
