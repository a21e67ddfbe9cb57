package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tribemarket/models/db"
)

func migrateCommand() *cobra.Command {
	c := &cobra.Command{Use: "migrate", Short: "Bring the database's schema up to date, or a step back"}
	var dropRows bool
	down := migrateSubcommand("down", "Take the newest migration back", func(ctx context.Context, d *db.DB) error {
		err := d.MigrateDown(ctx, dropRows)
		if lost := (*db.LossError)(nil); errors.As(err, &lost) {
			return fmt.Errorf("%w. Nothing was changed. Make a backup, then run it with --drop-rows", err)
		}
		return err
	})
	down.Flags().BoolVar(&dropRows, "drop-rows", false, "take it back even where rows are lost by it")
	c.AddCommand(
		down,
		migrateSubcommand("up", "Apply everything that is missing", func(ctx context.Context, d *db.DB) error { return d.MigrateUp(ctx) }),
		migrateSubcommand("status", "List the migrations", func(context.Context, *db.DB) error { return nil }),
	)
	return c
}

func migrateSubcommand(use, short string, step func(context.Context, *db.DB) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			cfg, err := loadSettings("")
			if err != nil {
				return err
			}
			d, err := db.Open(c.Context(), cfg.DatabaseURL)
			if err != nil {
				return fmt.Errorf("DATABASE_URL: %w", err)
			}
			defer func() { err = errors.Join(err, d.Close()) }()
			if err := step(c.Context(), d); err != nil {
				return err
			}
			return printMigrations(c.Context(), d, c.OutOrStdout())
		},
	}
}

func printMigrations(ctx context.Context, d *db.DB, out io.Writer) error {
	all, err := d.ListMigrations(ctx)
	for _, m := range all {
		state := "pending"
		if m.Applied {
			state = "applied"
		}
		fmt.Fprintf(out, "%05d  %-8s %s\n", m.Version, state, m.Name)
	}
	return err
}
