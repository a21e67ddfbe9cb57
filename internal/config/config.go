// Package config reads one struct from the environment and checks it at start; secrets in
// it are never printed.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"tribemarket/models"
)

// Secret is a text that prints as asterisks.
type Secret string

// String hides the secret from logs.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "***"
}

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return s.String() }

// Config holds the settings of an instance. See .env.example.
type Config struct {
	Addr           string   `env:"ADDR" envDefault:"127.0.0.1:8080"`
	BaseURL        string   `env:"BASE_URL"` // "" for the listen address
	DatabaseURL    string   `env:"DATABASE_URL" envDefault:"sqlite:data/tribemarket.db"`
	DirectURL      string   `env:"DATABASE_DIRECT_URL"` // PostgreSQL past a pooler; "" for none
	InstanceName   string   `env:"INSTANCE_NAME"`       // "" for what the first start asked for
	Language       string   `env:"INSTANCE_LANGUAGE"`   // en, fr or nl; likewise
	TrustedProxies []string `env:"TRUSTED_PROXIES"`
	Development    bool     `env:"DEVELOPMENT"`
	ContactEmail   string   `env:"CONTACT_EMAIL"` // of the operator, shown to people; "" for none

	OperatorEmail string `env:"OPERATOR_EMAIL"` // is told of work that does not run; "" for ContactEmail

	MetricsAddr string `env:"METRICS_ADDR"` // "" for none

	// The keys that seal texts in the database, see models.NewKeyring. Without
	// SECRET_KEYS they are in a file, which the first start creates.
	SecretKeys Secret `env:"SECRET_KEYS"`
	DigestKey  Secret `env:"DIGEST_KEY"`
	KeyFile    string `env:"KEY_FILE"`                       // "" for a file named keys beside the SQLite file
	LostKeys   string `env:"LOST_KEYS" envDefault:"refused"` // accepted: start though rows cannot be opened

	// Without them, what the first start asked for counts.
	SMTPURL  Secret `env:"SMTP_URL"`
	MailFrom string `env:"MAIL_FROM"`
	MailDir  string `env:"MAIL_DIR" envDefault:"data/mails"`

	FilesDir string `env:"FILES_DIR"` // of uploaded pictures, shared by all nodes; "" for a folder named files beside the SQLite file

	TikTokClientKey    string `env:"TIKTOK_CLIENT_KEY"`
	TikTokClientSecret Secret `env:"TIKTOK_CLIENT_SECRET"`

	YouTubeClientID     string `env:"YOUTUBE_CLIENT_ID"`
	YouTubeClientSecret Secret `env:"YOUTUBE_CLIENT_SECRET"`

	InstagramClientID     string `env:"INSTAGRAM_CLIENT_ID"`
	InstagramClientSecret Secret `env:"INSTAGRAM_CLIENT_SECRET"`

	TwitchClientID     string `env:"TWITCH_CLIENT_ID"`
	TwitchClientSecret Secret `env:"TWITCH_CLIENT_SECRET"`

	PlatformsURL string `env:"PLATFORMS_URL"` // "" for the real platforms; otherwise one stand-in for all, see platforms.At

	// How long sessions last: without a visit, since sign-in, and without a visit for
	// administrators.
	SessionIdle      time.Duration `env:"SESSION_IDLE" envDefault:"336h"`
	SessionAbsolute  time.Duration `env:"SESSION_ABSOLUTE" envDefault:"720h"`
	SessionAdminIdle time.Duration `env:"SESSION_ADMIN_IDLE" envDefault:"12h"`

	// Signing in with OpenID Connect, sessions and limits
	OIDCIssuer       string `env:"OIDC_ISSUER"`
	OIDCClientID     string `env:"OIDC_CLIENT_ID"`
	OIDCClientSecret Secret `env:"OIDC_CLIENT_SECRET"`
	OIDCName         string `env:"OIDC_NAME"`              // "" for the issuer's host
	Limits           string `env:"LIMITS" envDefault:"on"` // off: only for tests and demos

	// Statistics and figures
	YouTubeDerivedMetrics string `env:"YOUTUBE_DERIVED_METRICS" envDefault:"refused"` // accepted: YouTube has accepted this operator's amendment
	Thumbnails            string `env:"THUMBNAILS" envDefault:"on"`                   // off: no thumbnails of posts are stored or shown

	// Retention of personal data, in days; 0 for the usual period
	KeepAddresses int `env:"KEEP_ADDRESSES_DAYS"`
	KeepMails     int `env:"KEEP_MAILS_DAYS"`
	KeepLinks     int `env:"KEEP_LINKS_DAYS"`
	KeepUnclaimed int `env:"KEEP_UNCLAIMED_DAYS"`

	// Demo is set only by the demo command: a page shows the mails that were sent.
	Demo bool `env:"-"`
}

// WithListenAddress fills in the actual listen address, which port 0 leaves open.
func (c Config) WithListenAddress(addr net.Addr) Config {
	name, _, err := net.SplitHostPort(c.Addr)
	c.Addr = addr.String()
	if c.BaseURL != "" {
		return c
	}
	c.BaseURL = "http://" + c.Addr
	if _, port, _ := net.SplitHostPort(c.Addr); err == nil && name == "localhost" {
		c.BaseURL = "http://" + net.JoinHostPort(name, port) // passkeys are bound to a host name, not to an IP address
	}
	return c
}

// FromEnvironment reads the environment. Its error names every invalid variable.
func FromEnvironment() (Config, error) { return parseEnvironment(env.ToMap(os.Environ())) }

func parseEnvironment(vars map[string]string) (Config, error) {
	var c Config
	err := env.ParseWithOptions(&c, env.Options{Environment: vars})
	var all env.AggregateError
	var wrong []error
	unread := map[string]bool{}
	if errors.As(err, &all) {
		for _, e := range all.Errors {
			var p env.ParseError
			if errors.As(e, &p) {
				name := variableName(p.Name)
				unread[name] = true
				wrong = append(wrong, fmt.Errorf("%s: %q is not %s", name, vars[name], describeType(p.Type)))
			} else {
				wrong = append(wrong, e)
			}
		}
	} else if err != nil {
		wrong = append(wrong, err)
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	for _, e := range c.validate() {
		if name, _, _ := strings.Cut(e.Error(), ":"); !unread[name] {
			wrong = append(wrong, e)
		}
	}
	return c, errors.Join(wrong...)
}

// variableName is the environment variable of a field that could not be parsed.
func variableName(field string) string {
	f, _ := reflect.TypeFor[Config]().FieldByName(field)
	return f.Tag.Get("env")
}

// describeType says what a variable of a type has to be.
func describeType(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[time.Duration]():
		return "a duration like 12h or 90m"
	case reflect.TypeFor[bool]():
		return "true or false"
	}
	return "a whole number"
}

func (c Config) validate() []error {
	var wrong []error
	bad := func(name, format string, args ...any) {
		wrong = append(wrong, fmt.Errorf(name+": "+format, args...))
	}
	if _, port, err := net.SplitHostPort(c.Addr); err != nil || port == "" {
		bad("ADDR", "%q is not HOST:PORT", c.Addr)
	}
	if u, err := url.Parse(c.BaseURL); c.BaseURL != "" && (err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.Path != "" || u.RawQuery != "") {
		bad("BASE_URL", "%q is not an address like https://market.example", c.BaseURL)
	}
	if !strings.HasPrefix(c.DatabaseURL, "sqlite:") && !isPostgres(c.DatabaseURL) {
		bad("DATABASE_URL", "starts neither with sqlite: nor with postgres://")
	}
	if c.DatabaseURL == "sqlite:" {
		bad("DATABASE_URL", "sqlite: needs a path")
	}
	if c.DirectURL != "" && (!isPostgres(c.DirectURL) || !isPostgres(c.DatabaseURL)) {
		bad("DATABASE_DIRECT_URL", "only goes, as a postgres:// address, with another one in DATABASE_URL")
	}
	for _, p := range c.TrustedProxies {
		if _, err := netip.ParsePrefix(p); err != nil {
			bad("TRUSTED_PROXIES", "%q is not a range like 10.0.0.0/8", p)
		}
	}
	if c.SMTPURL != "" {
		if u, err := url.Parse(string(c.SMTPURL)); err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") {
			bad("SMTP_URL", "is not smtp://USER:PASSWORD@HOST:PORT")
		} else if tls := u.Query().Get("tls"); tls != "" && tls != "required" && tls != "opportunistic" && tls != "off" {
			bad("SMTP_URL", "tls=%s is neither required, opportunistic nor off", tls)
		}
	}
	if (c.SecretKeys == "") != (c.DigestKey == "") {
		bad("SECRET_KEYS", "goes together with DIGEST_KEY")
	}
	if c.SecretKeys != "" {
		if _, err := c.FindKeyring(); err != nil {
			bad("SECRET_KEYS", "%w", err)
		}
	}
	if c.LostKeys != "" && c.LostKeys != "refused" && c.LostKeys != "accepted" {
		bad("LOST_KEYS", "%q is neither accepted nor refused", c.LostKeys)
	}
	if c.YouTubeDerivedMetrics != "" && c.YouTubeDerivedMetrics != "refused" && c.YouTubeDerivedMetrics != "accepted" {
		bad("YOUTUBE_DERIVED_METRICS", "%q is neither accepted nor refused", c.YouTubeDerivedMetrics)
	}
	if c.Thumbnails != "" && c.Thumbnails != "on" && c.Thumbnails != "off" {
		bad("THUMBNAILS", "%q is neither on nor off", c.Thumbnails)
	}
	if c.Limits != "on" && (c.Limits != "off" || !c.Development) {
		bad("LIMITS", "%q is neither on nor, with DEVELOPMENT, off", c.Limits)
	}
	for name, days := range map[string]int{"KEEP_ADDRESSES_DAYS": c.KeepAddresses, "KEEP_MAILS_DAYS": c.KeepMails, "KEEP_LINKS_DAYS": c.KeepLinks, "KEEP_UNCLAIMED_DAYS": c.KeepUnclaimed} {
		if days < 0 || days > 3650 {
			bad(name, "%d is not a number of days up to ten years", days)
		}
	}
	if c.ContactEmail != "" && !strings.Contains(c.ContactEmail, "@") {
		bad("CONTACT_EMAIL", "%q is not an e-mail address", c.ContactEmail)
	}
	if c.OperatorEmail != "" && !strings.Contains(c.OperatorEmail, "@") {
		bad("OPERATOR_EMAIL", "%q is not an e-mail address", c.OperatorEmail)
	}
	if _, port, err := net.SplitHostPort(c.MetricsAddr); c.MetricsAddr != "" && (err != nil || port == "") {
		bad("METRICS_ADDR", "%q is not HOST:PORT", c.MetricsAddr)
	}
	for name, d := range map[string]time.Duration{"SESSION_IDLE": c.SessionIdle, "SESSION_ABSOLUTE": c.SessionAbsolute, "SESSION_ADMIN_IDLE": c.SessionAdminIdle} {
		if d < time.Minute {
			bad(name, "%s is less than a minute", d)
		}
	}
	if set := c.OIDCIssuer != ""; set != (c.OIDCClientID != "") || set != (c.OIDCClientSecret != "") {
		bad("OIDC_ISSUER", "goes together with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET")
	}
	if u, err := url.Parse(c.OIDCIssuer); c.OIDCIssuer != "" && (err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" ||
		u.Scheme != "https" && (u.Scheme != "http" || !c.Development)) {
		bad("OIDC_ISSUER", "%q is not an address like https://id.example", c.OIDCIssuer)
	}
	if c.Language != "" && !slices.Contains(models.Locales(), c.Language) {
		bad("INSTANCE_LANGUAGE", "%q is not one of %v", c.Language, models.Locales())
	}
	if c.MailFrom != "" && !strings.Contains(c.MailFrom, "@") {
		bad("MAIL_FROM", "%q is not an e-mail address", c.MailFrom)
	}
	for _, p := range []struct {
		idName, secretName, id string
		secret                 Secret
	}{
		{"TIKTOK_CLIENT_KEY", "TIKTOK_CLIENT_SECRET", c.TikTokClientKey, c.TikTokClientSecret},
		{"YOUTUBE_CLIENT_ID", "YOUTUBE_CLIENT_SECRET", c.YouTubeClientID, c.YouTubeClientSecret},
		{"INSTAGRAM_CLIENT_ID", "INSTAGRAM_CLIENT_SECRET", c.InstagramClientID, c.InstagramClientSecret},
		{"TWITCH_CLIENT_ID", "TWITCH_CLIENT_SECRET", c.TwitchClientID, c.TwitchClientSecret},
	} {
		if (p.id == "") != (p.secret == "") {
			bad(p.idName, "goes together with %s", p.secretName)
		}
	}
	if u, err := url.Parse(c.PlatformsURL); c.PlatformsURL != "" && (err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.RawQuery != "") {
		bad("PLATFORMS_URL", "%q is not a web address", c.PlatformsURL)
	}
	return wrong
}

func isPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// IsHTTPS says whether people reach the instance over https.
func (c Config) IsHTTPS() bool { return strings.HasPrefix(c.BaseURL, "https://") }
