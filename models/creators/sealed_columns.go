package creators

import (
	"strconv"

	"tribemarket/models/db"
)

// SealedColumns are the columns of sealed texts: tokens, and those that jobs hold.
func SealedColumns() (all []db.SealedColumn) {
	for _, column := range []string{"access", "refresh"} {
		all = append(all, db.SealedColumn{
			Name: "account_tokens." + column, Table: "account_tokens", Text: column, Row: "account_id",
			Purpose: func(row string) string { id, _ := strconv.ParseInt(row, 10, 64); return tokenPurpose(column, id) },
		}, db.SealedColumn{
			Name: "river_job.args." + column, Table: "river_job", Text: "(args ->> '" + column + "')", Row: "(args ->> 'nonce')",
			Where:   "kind = '" + RevokeTokenArgs{}.Kind() + "' AND finalized_at IS NULL",
			Purpose: func(nonce string) string { return RevokeTokenArgs{Nonce: nonce}.sealPurpose(column) },
		})
	}
	return all
}

// KeyedHashes are the columns of hashes that need the key of hashes.
func KeyedHashes() []string { return []string{"erased_handles.digest", "removals.user_digest"} }
