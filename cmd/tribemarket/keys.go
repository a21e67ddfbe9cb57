package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"tribemarket/internal/config"
)

func keysCommand() *cobra.Command {
	c := &cobra.Command{Use: "keys", Short: "The keys that seal what stands in the database"}
	c.AddCommand(&cobra.Command{
		Use: "new", Short: "Print fresh keys for the environment or for KEY_FILE", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprint(c.OutOrStdout(), config.NewKeys())
			return err
		},
	})
	return c
}
