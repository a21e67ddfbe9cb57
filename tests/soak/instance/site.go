package instance

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"tribemarket/internal/app"
	"tribemarket/internal/config"
	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
)

// Site is what the nodes of one marketplace share.
type Site struct {
	Program     string
	Dir         string // for logs and keys
	DatabaseURL string
	Mail        *MailServer
	Box         *sandbox.Sandbox
	Public      string   // the address in front of the nodes, "" where each has its own
	Settings    []string // further variables of the environment, as NAME=VALUE

	platforms *sandbox.Server
}

// client is how the site is registered with the sandbox.
const client = "soak"

// NewSite starts what a marketplace reaches outside, on a database.
func NewSite(program, dir, database string, mailDelay time.Duration) (Site, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return Site{}, err
	}
	s := Site{Program: program, Dir: dir, DatabaseURL: cmp.Or(database, "sqlite:"+filepath.Join(dir, "market.db"))}
	s.Box = sandbox.New(models.SystemClock, sandbox.DefaultAccounts(models.SystemClock()), sandbox.Options{ClientKey: client, ClientSecret: client})
	var err error
	if s.platforms, err = s.Box.Listen(); err != nil {
		return s, err
	}
	s.Mail, err = StartMailServer(mailDelay)
	return s, err
}

// Close ends them.
func (s Site) Close(ctx context.Context) error {
	return errors.Join(s.platforms.Stop(ctx), s.Mail.Close())
}

// BaseURL is the address that people use.
func (s Site) BaseURL(node string) string { return cmp.Or(s.Public, node) }

// filesFolder is where the site's files are, whichever its database.
func (s Site) filesFolder() string { return filepath.Join(s.Dir, "files") }

// Environment is that of the site's commands.
func (s Site) Environment() []string {
	env := []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + s.Dir, "TMPDIR=" + s.Dir,
		"DATABASE_URL=" + s.DatabaseURL, "SECRET_KEYS=soak:" + testkit.SealingKey, "DIGEST_KEY=" + testkit.SealingKey,
		"SMTP_URL=" + s.Mail.URL, "MAIL_FROM=market@soak.example", "MAIL_DIR=" + filepath.Join(s.Dir, "mails"), "FILES_DIR=" + s.filesFolder(),
		"TIKTOK_CLIENT_KEY=" + client, "TIKTOK_CLIENT_SECRET=" + client, "PLATFORMS_URL=" + s.platforms.URL,
		"DEVELOPMENT=true", "LIMITS=off",
	}
	return append(env, s.Settings...)
}

// Run runs another command of the program, and gives what it printed.
func (s Site) Run(ctx context.Context, args ...string) (string, error) {
	c := exec.CommandContext(ctx, s.Program, args...)
	c.Env = s.Environment()
	out, err := c.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("tribemarket %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return string(out), err
}

// Open opens the database beside its nodes, to prepare it and to look into it.
func (s Site) Open(ctx context.Context) (*app.App, error) {
	cfg := config.Config{
		DatabaseURL: s.DatabaseURL, SecretKeys: config.Secret("soak:" + testkit.SealingKey), DigestKey: testkit.SealingKey,
		MailDir: s.Dir, FilesDir: s.filesFolder(), MailFrom: "market@soak.example", Limits: "off",
	}
	return app.Open(ctx, cfg, models.SystemClock, slog.New(slog.DiscardHandler))
}

// Password is that of all members of brands.
const Password = "a soak needs no secret"

// SignUpBrand signs up a brand whose member's address is confirmed, and gives the address.
func SignUpBrand(ctx context.Context, a *app.App, name string) (email string, err error) {
	email = name + "@brand.example"
	who, err := a.Accounts.SignUp(ctx, accounts.SignUpForm{
		Brand: accounts.BrandForm{Name: name, Site: "https://brand.example", Country: "FR", Sells: "Pans"},
		Name:  "Member of " + name, Email: email, Password: Password, Locale: "en", Zone: "Europe/Paris",
	})
	if err != nil {
		return "", err
	}
	return email, a.Accounts.ConfirmEmailWithoutLink(ctx, who.PersonID, email)
}
