package main

import (
	"errors"
	"fmt"

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
		RunE: func(c *cobra.Command, _ []string) (err error) {
			cfg, err := loadSettings("")
			if err != nil {
				return err
			}
			a, err := app.Open(c.Context(), cfg, models.SystemClock, newLogger())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, a.Close()) }()
			n, err := a.ResealSecrets(c.Context())
			fmt.Fprintf(c.OutOrStdout(), "%d sealed anew\n", n)
			return err
		},
	})
	return c
}
