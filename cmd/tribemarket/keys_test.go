package main

import (
	"context"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// What an older key sealed is sealed with the first one, and then the older
// one can go.
func TestKeysAreRotated(t *testing.T) {
	address := testkit.NewSQLiteURL(t)
	d, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	if d.Keys, err = models.NewKeyring("test:"+testkit.SealingKey, testkit.SealingKey); err != nil {
		t.Fatal(err)
	}
	keys := d.Keys
	catalogue, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	clock := testkit.NewClock()
	store := creators.NewStore(d, clock.Now, catalogue)
	p := creators.PlatformProfile{Platform: platform.TikTok, UserID: "u1", Handle: "some.one", Followers: new(int64(20_000))}
	if _, err := store.SignInWithPlatform(t.Context(), platform.TikTok, p, creators.PlatformToken{Access: "a", Refresh: "r"}, "en"); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DATABASE_URL", address)
	t.Setenv("SECRET_KEYS", "next:"+models.NewSealingKey()+",test:"+testkit.SealingKey)
	t.Setenv("DIGEST_KEY", testkit.SealingKey)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	c := rootCommand()
	c.SetArgs([]string{"keys", "rotate"})
	if err := c.ExecuteContext(gone); err == nil || !strings.Contains(err.Error(), "interrupted. 0 are sealed anew") || !strings.Contains(err.Error(), "again") {
		t.Errorf("interrupted, it gave %v", err)
	}
	for _, want := range []string{"1 sealed anew", "0 sealed anew"} {
		if out, err := run(t, "keys", "rotate"); err != nil || !strings.Contains(out, want) {
			t.Errorf("want %q: %s, %v", want, out, err)
		}
	}
	t.Setenv("SECRET_KEYS", "lost:"+models.NewSealingKey())
	if _, err := run(t, "keys", "rotate"); err == nil {
		t.Error("it rotates without the keys")
	}
	d, err = db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	d.Keys = keys
	people := accounts.NewStore(d, clock.Now, creators.ProfileRows)
	if err := people.BeginTOTPEnrolment(t.Context(), models.Actor{PersonID: 1}); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	t.Setenv("LOST_KEYS", "accepted")
	if out, err := run(t, "keys", "rotate"); err != nil || !strings.Contains(out, "0 sealed anew") || !strings.Contains(out, "skipped") || !strings.Contains(out, "totp_factors.secret (1 row)") {
		t.Errorf("with lost keys: %s, %v", out, err)
	}
}
