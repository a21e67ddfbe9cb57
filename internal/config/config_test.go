package config

import (
	"fmt"
	"net"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestDefaultsServeOnThisMachine(t *testing.T) {
	c, err := parseEnvironment(map[string]string{})
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != "127.0.0.1:8080" || c.WithListenAddress(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 81}).BaseURL != "http://127.0.0.1:81" || c.DatabaseURL != "sqlite:data/tribemarket.db" || c.IsHTTPS() {
		t.Errorf("defaults are %+v", c)
	}
}

func TestABaseAddressKeepsTheName(t *testing.T) {
	at := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 81}
	for addr, want := range map[string]string{"localhost:0": "http://localhost:81", "127.0.0.1:0": "http://127.0.0.1:81", ":0": "http://127.0.0.1:81"} {
		if got := (Config{Addr: addr}).WithListenAddress(at).BaseURL; got != want {
			t.Errorf("%s: %s, want %s", addr, got, want)
		}
	}
	if got := (Config{Addr: "localhost:0", BaseURL: "https://market.example"}).WithListenAddress(at).BaseURL; got != "https://market.example" {
		t.Errorf("a base address that is set becomes %s", got)
	}
}

func TestEveryErrorAtOnceAndByName(t *testing.T) {
	_, err := parseEnvironment(map[string]string{
		"ADDR": "nowhere", "BASE_URL": "ftp://x/y", "DATABASE_URL": "mysql://x", "TRUSTED_PROXIES": "10.0.0.0/8,all",
		"DEVELOPMENT": "perhaps", "SMTP_URL": "mail.example", "MAIL_FROM": "nobody", "TIKTOK_CLIENT_KEY": "k", "YOUTUBE_CLIENT_ID": "k", "INSTAGRAM_CLIENT_SECRET": "s",
		"TWITCH_CLIENT_ID": "k", "PLATFORMS_URL": "x", "LIMITS": "off", "THUMBNAILS": "maybe", "DATABASE_DIRECT_URL": "postgres://x", "METRICS_ADDR": "9100", "OPERATOR_EMAIL": "me", "INSTANCE_LANGUAGE": "de",
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, name := range []string{"ADDR", "BASE_URL", "DATABASE_URL", "TRUSTED_PROXIES", "DEVELOPMENT", "SMTP_URL", "MAIL_FROM", "TIKTOK_CLIENT_KEY", "YOUTUBE_CLIENT_ID",
		"INSTAGRAM_CLIENT_ID", "TWITCH_CLIENT_ID", "PLATFORMS_URL", "LIMITS", "THUMBNAILS", "INSTANCE_LANGUAGE"} {
		if !strings.Contains(err.Error(), name+": ") {
			t.Errorf("%s is not named in %q", name, err)
		}
	}
}

func TestAValueOfAnotherTypeIsNamedByItsVariable(t *testing.T) {
	fields := reflect.TypeFor[Config]()
	n := 0
	for i := range fields.NumField() {
		f := fields.Field(i)
		name := f.Tag.Get("env")
		if kind := f.Type.Kind(); name == "-" || kind == reflect.String || kind == reflect.Slice {
			continue
		}
		n++
		_, err := parseEnvironment(map[string]string{name: "x"})
		if err == nil || !strings.HasPrefix(err.Error(), name+`: "x" is not `) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n < 8 {
		t.Errorf("%d variables", n)
	}
}

func TestAMissingKeyFileSaysHowToMakeOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	_, err := Config{DatabaseURL: "postgres://x", KeyFile: path}.FindKeyring()
	if err == nil || !strings.Contains(err.Error(), "tribemarket keys new > "+path) {
		t.Error(err)
	}
	_, err = Config{DatabaseURL: "postgres://x", SecretKeys: "hunter2hunter2hunter2", DigestKey: "x"}.FindKeyring()
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a key without an id: %v", err)
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	c, err := parseEnvironment(map[string]string{"SMTP_URL": "smtp://u:hunter2@mail.example:587", "TIKTOK_CLIENT_KEY": "k", "TIKTOK_CLIENT_SECRET": "hunter2",
		"YOUTUBE_CLIENT_ID": "k", "YOUTUBE_CLIENT_SECRET": "hunter2", "INSTAGRAM_CLIENT_ID": "k", "INSTAGRAM_CLIENT_SECRET": "hunter2",
		"TWITCH_CLIENT_ID": "k", "TWITCH_CLIENT_SECRET": "hunter2"})
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if s := fmt.Sprintf(verb, c); strings.Contains(s, "hunter2") {
			t.Errorf("%s prints a secret: %s", verb, s)
		}
	}
}
