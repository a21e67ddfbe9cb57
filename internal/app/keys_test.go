package app_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/app"
	"tribemarket/internal/config"
	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
)

// sealedRows makes a row for each column that needs keys; @ is a sealed text.
var sealedRows = map[string][]string{
	"totp_factors.secret": {"INSERT INTO people (id, name, created_at) VALUES (7, 'A', CURRENT_TIMESTAMP)",
		"INSERT INTO totp_factors (person_id, secret, created_at) VALUES (7, @, CURRENT_TIMESTAMP)"},
	"account_tokens.access":  {creator, account, "INSERT INTO account_tokens (account_id, state, granted_at, read_at, access) VALUES (7, 'good', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, @)"},
	"account_tokens.refresh": {creator, account, "INSERT INTO account_tokens (account_id, state, granted_at, read_at, access, refresh) VALUES (7, 'good', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 'none', @)"},
	"contract_identities.sealed": {creator, "INSERT INTO people (id, name, created_at) VALUES (7, 'A', CURRENT_TIMESTAMP)",
		"INSERT INTO contract_identities (creator_id, sealed, saved_by, saved_at) VALUES (7, @, 7, CURRENT_TIMESTAMP)"},
	"contracts.text": {creator,
		"INSERT INTO people (id, name, created_at) VALUES (7, 'A', CURRENT_TIMESTAMP)",
		"INSERT INTO brands (id, public_id, name, country, created_at) VALUES (7, 'b', 'Brand', 'FR', CURRENT_TIMESTAMP)",
		"INSERT INTO negotiations (id, public_id, brand_id, creator_id, begun_by, state, offered_at, product, category, currency, fee_minor, form_key, zone, brand_zone, begun_at, expires_at, closed_at) VALUES (7, 'n', 7, 7, 7, 'agreed', CURRENT_TIMESTAMP, 'P', 'food', 'EUR', 1, 'k', 'UTC', 'UTC', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
		"INSERT INTO deals (id, public_id, negotiation_id, brand_id, creator_id, product, currency, fee_minor, zone, brand_zone, agreed_at) VALUES (7, 'd', 7, 7, 7, 'P', 'EUR', 1, 'UTC', 'UTC', CURRENT_TIMESTAMP)",
		"INSERT INTO contracts (public_id, deal_id, deal, negotiation_id, brand_id, creator_id, number, required, product, terms, zone, brand_zone, agreed_at, state, begun_at, entered_at, text) VALUES ('7', 7, 'd', 7, 7, 7, 1, TRUE, 'P', '{}', 'UTC', 'UTC', CURRENT_TIMESTAMP, 'ready', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, @)"},
	"river_job.args.access":  nil,
	"river_job.args.refresh": nil,
	"recovery_codes.code_digest": {"INSERT INTO people (id, name, created_at) VALUES (7, 'A', CURRENT_TIMESTAMP)",
		"INSERT INTO recovery_codes (person_id, code_digest, created_at) VALUES (7, 'x', CURRENT_TIMESTAMP)"},
	"passkeys.credential": {"INSERT INTO people (id, name, created_at) VALUES (7, 'A', CURRENT_TIMESTAMP)",
		"INSERT INTO passkeys (public_id, person_id, name, credential_id, credential, created_at) VALUES ('p', 7, 'Key', 'c', '{}', CURRENT_TIMESTAMP)"},
	"erased_handles.digest": {"INSERT INTO erased_handles (platform, digest, erased_at) VALUES ('tiktok', 'x', CURRENT_TIMESTAMP)"},
	"removals.user_digest":  {"INSERT INTO removals (code, platform, user_digest, kind, at, received_at, done_at) VALUES ('c', 'tiktok', 'x', 'data', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)"},
}

// sealedOwners are the columns whose row is not called by its number.
var sealedOwners = map[string]string{"contract_identities.sealed": "creator:7"}

const creator = "INSERT INTO creators (id, public_id, name, created_at, updated_at) VALUES (7, 'c7', 'C', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)"

const account = "INSERT INTO creator_accounts (id, creator_id, platform, handle, handle_key, source, as_of, followers, created_at, updated_at) VALUES (7, 7, 'tiktok', 'h', 'h', 'imported', CURRENT_TIMESTAMP, 5, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)"

func TestAStartRefusesADatabaseWhoseKeysAreMissing(t *testing.T) {
	t.Parallel()
	sealed := slices.Concat(accounts.SealedColumns(), contracts.SealedColumns(), creators.SealedColumns())
	hashed := slices.Concat(accounts.KeyedHashes(), creators.KeyedHashes())
	names := slices.Clone(hashed)
	for _, c := range sealed {
		names = append(names, c.Name)
	}
	if len(names) != len(sealedRows) {
		t.Fatalf("%d columns, and rows for %d", len(names), len(sealedRows))
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testkit.OnBothDatabaseURLs(t, func(t *testing.T, address string) {
				right := config.Config{DatabaseURL: address, SecretKeys: config.Secret("k1:" + testkit.SealingKey), DigestKey: testkit.SealingKey, MailDir: t.TempDir(), FilesDir: t.TempDir()}
				openAndClose(t, right, "")
				seal(t, address, name, sealed)
				openAndClose(t, right, "")
				other := right
				other.SecretKeys, other.DigestKey = config.Secret("k1:"+models.NewSealingKey()), config.Secret(models.NewSealingKey())
				openAndClose(t, other, name+" (1 row)")
				other.SecretKeys = config.Secret("k2:" + models.NewSealingKey())
				openAndClose(t, other, name+" (1 row)")
				if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
					openAndClose(t, config.Config{DatabaseURL: address, MailDir: right.MailDir, FilesDir: right.FilesDir}, name+" (1 row): there is no file ")
					if _, err := os.Stat(filepath.Join(filepath.Dir(path), "keys")); err == nil {
						t.Error("it made new keys")
					}
				}
				openAndClose(t, right, "")
				other.LostKeys = "accepted"
				backUpWithLostKeys(t, other, name+" (1 row)")
			})
		})
	}
}

// backUpWithLostKeys backs up, restores and starts, and wants the first and the last to
// warn with the words.
func backUpWithLostKeys(t *testing.T, cfg config.Config, want string) {
	t.Helper()
	var said bytes.Buffer
	log := slog.New(slog.NewTextHandler(&said, nil))
	warned := func() bool {
		defer said.Reset()
		return strings.Contains(said.String(), "level=WARN") && strings.Contains(said.String(), want)
	}
	path, err := app.Backup(t.Context(), cfg, app.BackupOptions{Folder: t.TempDir(), KeysFile: filepath.Join(t.TempDir(), "keys")}, time.Unix(1, 0), log)
	if err != nil || !warned() {
		t.Fatalf("the backup gave %v", err)
	}
	restored := cfg
	restored.DatabaseURL = newTarget(t, cfg.DatabaseURL)
	if err := app.Restore(t.Context(), restored, path, "", ""); err != nil {
		t.Fatalf("restoring gave %v", err)
	}
	a, err := app.Open(t.Context(), cfg, testkit.NewClock().Now, log)
	if err == nil {
		err = a.Close()
	}
	if err != nil || !warned() {
		t.Errorf("the start gave %v", err)
	}
}

// openAndClose wants a start to fail with the words, or to succeed for "".
func openAndClose(t *testing.T, cfg config.Config, want string) {
	t.Helper()
	a, err := app.Open(context.Background(), cfg, testkit.NewClock().Now, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err == nil {
		err = a.Close()
	} else if missing := (*db.UnreadableError)(nil); want != "" && errors.As(err, &missing) && strings.Contains(err.Error(), want) {
		return
	}
	if err != nil || want != "" {
		t.Fatalf("the start gave %v, want %q", err, want)
	}
}

func seal(t *testing.T, address, name string, sealed []db.SealedColumn) {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := models.NewKeyring("k1:"+testkit.SealingKey, testkit.SealingKey)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, c := range sealed {
		if c.Name == name {
			text = keys.Seal(c.Purpose(cmp.Or(sealedOwners[name], "7")), []byte("secret"))
		}
	}
	if err := d.Tx(ctx, func(tx *db.Tx) error {
		if column, ok := strings.CutPrefix(name, "river_job.args."); ok {
			args := creators.RevokeTokenArgs{Nonce: "7", Access: text}
			if column == "refresh" {
				args.Access, args.Refresh = "", text
			}
			return tx.Enqueue(args, nil)
		}
		for _, row := range sealedRows[name] {
			if err := tx.Exec(strings.ReplaceAll(row, "@", "'"+text+"'")).Error; err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}
