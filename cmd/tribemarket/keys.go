package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"tribemarket/internal/app"
	"tribemarket/internal/config"
	"tribemarket/models"
)

func keysCommand() *cobra.Command {
	c := &cobra.Command{Use: "keys", Short: "The keys that seal what stands in the database"}
	c.AddCommand(&cobra.Command{
		Use: "new", Short: "Print fresh keys for the environment or for KEY_FILE", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprint(c.OutOrStdout(), config.GenerateKeys())
			return err
		},
	})
	c.AddCommand(&cobra.Command{
		Use: "rotate", Short: "Seal anew what an older key sealed; then that key can be taken out of SECRET_KEYS", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := loadSettings("")
			if err != nil {
				return err
			}
			return rotateKeys(c.Context(), cfg, c.OutOrStdout())
		},
	})
	return c
}

func rotateKeys(ctx context.Context, cfg config.Config, out io.Writer) (err error) {
	n := 0
	defer func() {
		err = explainInterruption(ctx, err, fmt.Sprintf("keys rotate: interrupted. %d are sealed anew; the others still need the older keys. Keep all keys, and run the same command again", n))
	}()
	a, err := app.Open(ctx, cfg, models.SystemClock, newLogger())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if n, err = a.ResealSecrets(ctx); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d sealed anew\n", n)
	left, err := a.ListSealedRows(ctx)
	if err == nil && len(left) > 0 {
		fmt.Fprintf(out, "skipped, since no key here opens them: %s\n", strings.Join(left, ", "))
	}
	return err
}
