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

// CheckedDocument is what everybody is told of a document.
type CheckedDocument struct {
	SignedAt time.Time // zero for one that both sides have not signed here
	Amended  bool      // a later contract changes it
}

// CheckDocument says since when a document with this hash has been signed by both sides, or
// certifies that, and whether a later contract amends it. It tells everybody no more than that.
func (s *Store) CheckDocument(ctx context.Context, hash string) (CheckedDocument, error) {
	var found []contractRow
	err := s.db.Read(ctx).Select("signed_at", "state").Where("signed_at IS NOT NULL AND (sha256 = ? OR certificate_sha256 = ?)", hash, hash).Limit(1).Find(&found).Error
	if err != nil {
		return CheckedDocument{}, models.Internal("check a document", err)
	}
	if len(found) == 0 {
		return CheckedDocument{}, nil
	}
	return CheckedDocument{found[0].SignedAt.UTC(), found[0].State == Amended}, nil
}
