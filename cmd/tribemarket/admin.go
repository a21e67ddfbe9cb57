package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"tribemarket/internal/app"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/views/paths"
)

func adminCommand() *cobra.Command {
	c := &cobra.Command{Use: "admin", Short: "Who administers the instance"}
	c.AddCommand(
		adminSubcommand("add EMAIL", "Let somebody administer; who is not here gets a link to set a password", 1, addAdmin),
		adminSubcommand("remove EMAIL", "Take it back; one administrator stays", 1, removeAdmin),
		adminSubcommand("list", "List the administrators", 0, listAdmins),
	)
	return c
}

func adminSubcommand(use, short string, args int, step func(context.Context, *app.App, []string, io.Writer) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: cobra.ExactArgs(args),
		RunE: func(c *cobra.Command, args []string) (err error) {
			cfg, err := loadSettings("")
			if err != nil {
				return err
			}
			a, err := app.Open(c.Context(), cfg, models.SystemClock, slog.New(slog.DiscardHandler))
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, a.Close()) }()
			return readableError(step(c.Context(), a, args, c.OutOrStdout()))
		},
	}
}

func addAdmin(ctx context.Context, a *app.App, args []string, out io.Writer) error {
	secret, err := a.Accounts.AddAdmin(ctx, args[0])
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s administers this instance. After signing in, the site asks for a second factor.\n", args[0])
	if secret == "" {
		return nil
	}
	base := a.Config.BaseURL
	if base == "" {
		base = "http://" + a.Config.Addr
	}
	fmt.Fprintf(out, "There was nobody with this address. Whoever opens this link within an hour sets the password, once:\n%s%s\n", base, paths.PasswordReset(secret))
	return nil
}

func removeAdmin(ctx context.Context, a *app.App, args []string, out io.Writer) error {
	if err := a.Accounts.RemoveAdmin(ctx, args[0]); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s no longer administers this instance.\n", args[0])
	return nil
}

func listAdmins(ctx context.Context, a *app.App, _ []string, out io.Writer) error {
	all, err := a.Accounts.ListAdmins(ctx)
	for _, p := range all {
		state := ""
		if p.SuspendedAt != nil {
			state = "  suspended"
		}
		email := "-"
		if p.Email != nil {
			email = *p.Email
		}
		fmt.Fprintf(out, "%-40s %s%s\n", email, p.Name, state)
	}
	return err
}

// readableError turns an error that a person may be shown into its sentence.
func readableError(err error) error {
	var e *models.Error
	if !errors.As(err, &e) || e.Code == models.CodeInternal {
		return err
	}
	ctx := i18n.WithLocale(context.Background(), i18n.EN, time.UTC)
	if len(e.Fields) > 0 {
		return errors.New(i18n.T(ctx, e.Fields[0].Key, e.Fields[0].Args...))
	}
	if e.Code == models.CodeNotFound {
		return errors.New("there is no administrator with this address")
	}
	return errors.New(i18n.T(ctx, e.Key, e.Args...))
}
