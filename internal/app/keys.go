package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"tribemarket/internal/config"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/setup"
)

// checkKeys fails with a db.UnreadableError when the database needs keys that the ring,
// which may be nil, does not have. Where their loss is accepted it warns instead.
func checkKeys(ctx context.Context, cfg config.Config, d *db.DB, keys *models.Keyring, log *slog.Logger) error {
	err := findUnreadable(ctx, d, keys)
	if missing := (*db.UnreadableError)(nil); errors.As(err, &missing) && cfg.LostKeys == "accepted" {
		log.WarnContext(ctx, "these rows cannot be opened, and stay sealed (LOST_KEYS=accepted)", "rows", strings.Join(missing.Places, ", "))
		return nil
	}
	return err
}

func findUnreadable(ctx context.Context, d *db.DB, keys *models.Keyring) error {
	return d.CheckKeys(ctx, keys, slices.Concat(accounts.SealedColumns(), contracts.SealedColumns(), creators.SealedColumns(), setup.SealedColumns()), slices.Concat(accounts.KeyedHashes(), creators.KeyedHashes()))
}

// loadKeys finds the keys of this database, before anything is written to it, and makes
// some only where nothing needs earlier ones.
func loadKeys(ctx context.Context, cfg config.Config, d *db.DB, log *slog.Logger) (*models.Keyring, error) {
	keys, err := cfg.FindKeyring()
	if err != nil {
		return nil, err
	}
	err = checkKeys(ctx, cfg, d, keys, log)
	if missing := (*db.UnreadableError)(nil); errors.As(err, &missing) {
		from := "SECRET_KEYS and DIGEST_KEY have others"
		if cfg.SecretKeys == "" {
			path, _ := cfg.KeyFilePath()
			if from = "the file " + path + " has others"; keys == nil {
				from = "there is no file " + path
			}
		}
		return nil, fmt.Errorf("%w: %s. Put the keys back that belong to this database; nothing was changed. If they are lost for good, see LOST_KEYS", err, from)
	} else if err != nil {
		return nil, err
	}
	if keys == nil {
		return cfg.CreateKeyring()
	}
	return keys, nil
}
