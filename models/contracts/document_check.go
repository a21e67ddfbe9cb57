package contracts

import (
	"context"
	"encoding/hex"
	"strings"
	"time"

	"tribemarket/models"
)

// ParseHash reads a SHA-256 as people copy it; ok is false for anything else.
func ParseHash(typed string) (hash string, ok bool) {
	hash = strings.ToLower(strings.Join(strings.Fields(typed), ""))
	raw, err := hex.DecodeString(hash)
	return hash, err == nil && len(raw) == 32
}

// CheckDocument says since when a document with this hash has been signed by both sides, or
// certifies that; the zero time if there is none. It tells everybody no more than that.
func (s *Store) CheckDocument(ctx context.Context, hash string) (time.Time, error) {
	var signed []time.Time
	err := s.db.Read(ctx).Raw("SELECT signed_at FROM contracts WHERE signed_at IS NOT NULL AND (sha256 = ? OR certificate_sha256 = ?) LIMIT 1", hash, hash).Scan(&signed).Error
	if err != nil {
		return time.Time{}, models.Internal("check a document", err)
	}
	if len(signed) == 0 {
		return time.Time{}, nil
	}
	return signed[0].UTC(), nil
}
