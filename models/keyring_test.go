package models_test

import (
	"errors"
	"strings"
	"testing"

	"tribemarket/models"
)

func TestASealedTextOpensForItsPurposeAlone(t *testing.T) {
	t.Parallel()
	old, digest := models.NewSealingKey(), models.NewSealingKey()
	k1, err := models.NewKeyring("a:"+old, digest)
	if err != nil {
		t.Fatal(err)
	}
	k2, err := models.NewKeyring("b:"+models.NewSealingKey()+", a:"+old, digest)
	if err != nil {
		t.Fatal(err)
	}
	sealed := k1.Seal("token of 7", []byte("secret"))
	if strings.Contains(sealed, "secret") || sealed == k1.Seal("token of 7", []byte("secret")) {
		t.Error("sealing is readable or repeats itself")
	}
	if plain, err := k2.Open("token of 7", sealed); err != nil || string(plain) != "secret" || k2.IsSealedWithCurrentKey(sealed) || !k1.IsSealedWithCurrentKey(sealed) {
		t.Errorf("after rotation: %q, %v", plain, err)
	}
	fresh := k2.Seal("token of 7", []byte("secret"))
	flipped := sealed[:len(sealed)-2] + map[bool]string{true: "BB", false: "AA"}[strings.HasSuffix(sealed, "AA")]
	for name, try := range map[string]string{"another purpose": sealed, "a newer key": fresh, "flipped": flipped, "cut": sealed[:10], "empty": "", "no key": "z:" + sealed[2:]} {
		purpose := map[bool]string{true: "token of 8", false: "token of 7"}[name == "another purpose"]
		if plain, err := k1.Open(purpose, try); !errors.Is(err, models.ErrCannotOpenSealed) {
			t.Errorf("%s opened as %q, %v", name, plain, err)
		}
	}
	if k1.Digest("handle", "x") != k2.Digest("handle", "x") || k1.Digest("handle", "x") == k1.Digest("email", "x") {
		t.Error("hashes change with the sealing key, or not with the purpose")
	}
}

func TestWrongKeysAreRefused(t *testing.T) {
	t.Parallel()
	good := models.NewSealingKey()
	for _, keys := range []string{"", good, "a:", "a:short", "A:" + good, "a:" + good + ",a:" + good, "a:" + good + ","} {
		if _, err := models.NewKeyring(keys, good); err == nil {
			t.Errorf("%.20q was taken", keys)
		}
	}
	if _, err := models.NewKeyring("a:"+good, ""); err == nil {
		t.Error("no key of hashes was taken")
	}
}
