package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribemarket/internal/app"
)

func backupCommand() *cobra.Command {
	var o app.BackupOptions
	var passphraseFile string
	c := &cobra.Command{
		Use: "backup FOLDER", Short: "Write a verified backup into a folder, also while the instance runs", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) (err error) {
			if o.Passphrase, err = readPassphrase(passphraseFile); err != nil {
				return err
			}
			cfg, err := loadSettings("")
			if err != nil {
				return err
			}
			o.Folder = args[0]
			path, err := app.Backup(c.Context(), cfg, o, time.Now(), newLogger())
			if path != "" {
				fmt.Fprintf(c.OutOrStdout(), "written and verified: %s\n", path)
			}
			return explainInterruption(c.Context(), err, "backup: interrupted. There is no new backup, and the earlier ones are as they were. Run the same command again")
		},
	}
	c.Flags().StringVar(&o.KeysFile, "keys", "", "file for the keys, to be kept elsewhere than the backup")
	c.Flags().StringVar(&passphraseFile, "passphrase-file", "", "seal the backup, keys included, by the passphrase in this file")
	c.Flags().IntVar(&o.Keep, "keep", 0, "how many backups stay in the folder; 0 for all")
	c.MarkFlagsOneRequired("keys", "passphrase-file")
	c.MarkFlagsMutuallyExclusive("keys", "passphrase-file")
	return c
}

func restoreCommand() *cobra.Command {
	var keysFile, passphraseFile string
	c := &cobra.Command{
		Use: "restore FILE", Short: "Bring a backup into a new database, and verify it", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			passphrase, err := readPassphrase(passphraseFile)
			if err != nil {
				return err
			}
			var keys []byte
			if keysFile != "" {
				if keys, err = os.ReadFile(keysFile); err != nil { //nolint:gosec // the operator's own file
					return err
				}
			}
			cfg, err := loadSettings("")
			if err != nil {
				return err
			}
			if err := app.Restore(c.Context(), cfg, args[0], passphrase, string(keys)); err != nil {
				return explainInterruption(c.Context(), err, "restore: interrupted. Nothing of the backup is in the database. Run the same command again")
			}
			fmt.Fprintln(c.OutOrStdout(), "restored and verified")
			return nil
		},
	}
	c.Flags().StringVar(&keysFile, "keys", "", "file of the backup's keys, unless the keys are in place")
	c.Flags().StringVar(&passphraseFile, "passphrase-file", "", "file of the passphrase that the backup is sealed by")
	c.MarkFlagsMutuallyExclusive("keys", "passphrase-file")
	return c
}

// readPassphrase is the first line of a file; "" without a file.
func readPassphrase(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	b, err := os.ReadFile(path) //nolint:gosec // the operator's own file
	if err != nil {
		return "", err
	}
	first, _, _ := strings.Cut(string(b), "\n")
	if first = strings.TrimSpace(first); len(first) < 12 {
		return "", errors.New("--passphrase-file: at least 12 characters are needed")
	}
	return first, nil
}

// explainInterruption says how to go on after a signal.
func explainInterruption(ctx context.Context, err error, text string) error {
	if err != nil && ctx.Err() != nil {
		return errors.New(text)
	}
	return err
}
