package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"tribemarket/internal/app"
	"tribemarket/internal/config"
	"tribemarket/models"
	"tribemarket/models/setup"
	"tribemarket/views/paths"
)

// leaveTime is how long a node goes on after a signal, so that a proxy that asks every second
// whether it is ready has stopped sending requests when it stops taking them.
const leaveTime = 2 * time.Second

// stopTimeout is how long requests and jobs may still take after a signal.
const stopTimeout = 20 * time.Second

func serveCommand() *cobra.Command {
	var addr string
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the marketplace; settings come from the environment, see .env.example",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := loadSettings(addr)
			if err != nil {
				return err
			}
			return serveSite(c.Context(), cfg, c.OutOrStdout())
		},
	}
	c.Flags().StringVar(&addr, "addr", "", "HOST:PORT to listen on, instead of ADDR; port 0 picks a free one")
	return c
}

func loadSettings(addr string) (config.Config, error) {
	cfg, err := config.FromEnvironment()
	if err != nil {
		return cfg, fmt.Errorf("these settings are wrong:\n%w", err)
	}
	if addr != "" {
		cfg.Addr = addr
	}
	return cfg, nil
}

func serveSite(ctx context.Context, cfg config.Config, out io.Writer) (err error) {
	a, err := app.Open(ctx, cfg, models.SystemClock, newLogger())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	ln, err := a.Listen()
	if err != nil {
		return err
	}
	if err := a.Start(ctx, ln); err != nil {
		return err
	}
	fmt.Fprintf(out, "Tribemarket answers at %s\n", a.Config.BaseURL)
	if err := printSetupLink(ctx, a, out); err != nil {
		return errors.Join(err, stopApp(a))
	}
	<-ctx.Done()
	a.LeaveProxy(leaveTime)
	return stopApp(a)
}

// printSetupLink prints where an instance that nobody administers is set up. Each start
// prints a new link, and the one before no longer works.
func printSetupLink(ctx context.Context, a *app.App, out io.Writer) error {
	secret, err := a.Setup.NewLink(ctx)
	if err != nil || secret == "" {
		return err
	}
	fmt.Fprintf(out, "Nobody administers it yet. Whoever opens this link within %d hours sets it up, once:\n%s%s\n", int(setup.LinkLifetime.Hours()), a.Config.BaseURL, paths.Setup(secret))
	return nil
}

func stopApp(a *app.App) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	return a.Stop(ctx)
}
