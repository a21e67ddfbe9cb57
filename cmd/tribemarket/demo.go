package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribemarket/internal/app"
	"tribemarket/internal/config"
	"tribemarket/internal/demo"
	"tribemarket/internal/i18n"
	"tribemarket/internal/platforms/sandbox"
	"tribemarket/views/paths"
)

func demoCommand() *cobra.Command {
	var addr, dir string
	o := demo.Options{}
	c := &cobra.Command{
		Use:   "demo",
		Short: "Show the marketplace with invented creators, brands and deals",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if o.Creators < 100 || o.Creators > demo.MaxCreators {
				return fmt.Errorf("--creators: between 100 and %d", demo.MaxCreators)
			}
			return runDemo(c.Context(), addr, dir, o, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	c.Flags().StringVar(&addr, "addr", "localhost:8080", "HOST:PORT to listen on; port 0 picks a free one")
	c.Flags().StringVar(&dir, "data", "", "folder that keeps the world; without one it is gone afterwards")
	c.Flags().IntVar(&o.Creators, "creators", 2_000, "how many creators, up to 1000000")
	c.Flags().Uint64Var(&o.Seed, "seed", 1, "another seed makes other creators")
	return c
}

// demoDatabase is the database's file in the demo's folder.
const demoDatabase = "demo.db"

// demoInterrupted says how to go on after a signal that came before the demo was there.
const demoInterrupted = "demo: interrupted before it was ready. Run the same command again: a world that was not finished is made anew"

// demoClient is the client of the sandbox, which no other program reaches.
const demoClient = "demo"

func runDemo(ctx context.Context, addr, dir string, o demo.Options, out, progress io.Writer) (err error) {
	if dir == "" {
		if dir, err = os.MkdirTemp("", "tribemarket-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	cfg := config.Config{
		Addr: addr, DatabaseURL: "sqlite:" + filepath.Join(dir, demoDatabase), InstanceName: "Tribemarket demo",
		MailDir: filepath.Join(dir, "mails"), MailFrom: "tribemarket@demo.example", Development: true, Demo: true, Limits: "off",
		TikTokClientKey: demoClient, TikTokClientSecret: demoClient, YouTubeClientID: demoClient, YouTubeClientSecret: demoClient,
		InstagramClientID: demoClient, InstagramClientSecret: demoClient, TwitchClientID: demoClient, TwitchClientSecret: demoClient,
	}
	world, ready, err := demo.LoadWorld(dir)
	if err != nil {
		return err
	}
	if !ready {
		if err := demo.BeginWorld(dir, demoDatabase); err != nil {
			return err
		}
	}
	clock := &demo.Clock{}
	log := slog.New(slog.NewTextHandler(progress, &slog.HandlerOptions{Level: slog.LevelWarn}))
	a, err := app.Open(ctx, cfg, clock.Now, log)
	if err != nil {
		return explainInterruption(ctx, err, demoInterrupted)
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	ln, err := a.Listen() // before the world is made: its contracts name the address of the site
	if err != nil {
		return err
	}
	if !ready {
		if world, err = makeWorld(ctx, a, clock, dir, o, progress); err != nil {
			return errors.Join(explainInterruption(ctx, err, demoInterrupted), ln.Close())
		}
	}
	return serveDemo(ctx, a, ln, world, dir, out)
}

func makeWorld(ctx context.Context, a *app.App, clock *demo.Clock, dir string, o demo.Options, out io.Writer) (demo.World, error) {
	var bar progress
	shown := ""
	o.Progress = func(what string, done, total int64) {
		if o.Creators <= 10_000 {
			return // ready before a bar could be read
		}
		if what != shown {
			bar, shown = newProgress(out, what), what
		}
		bar.show(done, total)
	}
	if o.Creators <= 10_000 { // what is live is so little that collecting it often costs a second
		defer debug.SetGCPercent(debug.SetGCPercent(400))
	}
	w, err := demo.MakeWorld(ctx, a, clock, o)
	if err != nil {
		return w, err
	}
	return w, w.Save(dir)
}

func serveDemo(ctx context.Context, a *app.App, ln net.Listener, w demo.World, dir string, out io.Writer) (err error) {
	box := sandbox.New(a.Clock, w.SandboxAccounts(a.Creators.TribeCatalogue()), sandbox.Options{
		ClientKey: demoClient, ClientSecret: demoClient, RedirectURIs: sandbox.CallbackURLs(a.Config.BaseURL), SlowFor: 20 * time.Second, GrowingSince: w.MadeAt,
	})
	all, err := box.Listen()
	if err != nil {
		return err
	}
	a.Config.PlatformsURL = all.URL
	w.URL, w.Sandbox = a.Config.BaseURL, all.URL
	if err := w.Save(dir); err != nil {
		return err
	}
	if err := a.Search.CatchUp(ctx); err != nil { // so that whoever follows the address finds it ready
		return explainInterruption(ctx, err, demoInterrupted)
	}
	if err := a.Start(ctx, ln); err != nil {
		return err
	}
	printWorld(out, w)
	<-ctx.Done()
	last, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	return errors.Join(a.Stop(last), all.Stop(last))
}

// signInsShown is how many creators are printed: one of every place where the demo's
// languages are spoken.
const signInsShown = 5

func printWorld(out io.Writer, w demo.World) {
	fmt.Fprintf(out, "\nTribemarket, a demo with %d invented creators: %s\n\n", w.Creators, w.URL)
	fmt.Fprintf(out, "Sign in as a brand at %s/signin\n", w.URL)
	for _, b := range w.Brands {
		fmt.Fprintln(out, strings.TrimRight(fmt.Sprintf("  %-20s %-28s %s  %s", b.Brand, b.Email, b.Password, b.Note), " "))
	}
	fmt.Fprintf(out, "  %-20s %-28s %s\n", w.Admin.Brand, w.Admin.Email, w.Admin.Password)
	fmt.Fprintf(out, "The administrator is asked for a second factor: enter one of these codes, each works once\n  %s\nor take %s into an authenticator app. Then open %s%s\n",
		strings.Join(w.Admin.Recovery, "  "), w.Admin.Secret, w.URL, paths.Admin())
	fmt.Fprintf(out, "\nSign in as a creator with TikTok, and choose one of\n")
	for _, p := range w.People[:min(signInsShown, len(w.People))] {
		fmt.Fprintf(out, "  @%-24s %s  %s, %d followers\n", p.Handle, w.URL+p.Path, i18n.LocaleName(i18n.Locale(p.Locale)), p.Followers)
	}
	for _, p := range w.People {
		if p.Note != "" {
			fmt.Fprintf(out, "  @%-24s %s\n", p.Handle, p.Note)
		}
	}
	fmt.Fprintf(out, "Or with YouTube or Instagram as @penne.sandbox, with Twitch as @penne_sandbox\n")
	fmt.Fprintf(out, "\nMails: %s/demo/mails    Stop with Ctrl+C\n", w.URL)
}
