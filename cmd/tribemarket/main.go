// Command tribemarket is the one program: it serves the marketplace, shows a
// demo of it, imports creators, and migrates the database.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // creators live in zones that a small machine may not have

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := rootCommand().ExecuteContext(ctx)
	stop()
	if errors.Is(err, context.Canceled) {
		err = errors.New("interrupted; what was asked for was not finished")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "tribemarket:", err)
		os.Exit(1)
	}
}

func rootCommand() *cobra.Command {
	c := &cobra.Command{
		Use:           "tribemarket",
		Short:         "An open, self-hosted marketplace for brands and creators",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	c.CompletionOptions.DisableDefaultCmd = true
	c.AddCommand(serveCommand(), demoCommand(), importCommand(), migrateCommand(), keysCommand(), auditCommand(), adminCommand(), backupCommand(), restoreCommand())
	return c
}

func newLogger() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{ReplaceAttr: shortenAttr}))
}
