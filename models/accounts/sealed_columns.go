package accounts

import (
	"strconv"

	"tribemarket/models/db"
)

// SealedColumns are the columns of sealed texts.
func SealedColumns() []db.SealedColumn {
	return []db.SealedColumn{{
		Name: "totp_factors.secret", Table: "totp_factors", Text: "secret", Row: "person_id",
		Purpose: func(row string) string { id, _ := strconv.ParseInt(row, 10, 64); return totpKeyPurpose(id) },
	}}
}

// KeyedHashes are the columns of hashes that need the key of hashes. The handle by which
// an authenticator knows its person is one too.
func KeyedHashes() []string { return []string{"recovery_codes.code_digest", "passkeys.credential"} }
