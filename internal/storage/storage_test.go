package storage_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"tribemarket/internal/storage"
)

func open(t *testing.T) (*storage.Directory, string) {
	t.Helper()
	root := filepath.Join(t.TempDir(), "files")
	d, err := storage.OpenDirectory(root)
	if err != nil {
		t.Fatal(err)
	}
	return d, root
}

func key(n int) string { return fmt.Sprintf("%032x", n*7919) }

func put(t *testing.T, s storage.Store, k, content string) {
	t.Helper()
	if err := s.Put(context.Background(), k, strings.NewReader(content), "image/png"); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsPutCanBeRead(t *testing.T) {
	t.Parallel()
	s, root := open(t)
	ctx := context.Background()
	put(t, s, key(1), "a picture")
	f, err := s.Open(ctx, key(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Seek(2, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil || string(b) != "picture" {
		t.Errorf("%q, %v", b, err)
	}
	o, err := s.Stat(ctx, key(1))
	if err != nil || o.Key != key(1) || o.Size != 9 || time.Since(o.StoredAt) > time.Hour {
		t.Errorf("%+v, %v", o, err)
	}
	path := filepath.Join(root, key(1)[:2], key(1)[2:4], key(1))
	if i, err := os.Stat(path); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", i, err)
	}
	for range 2 {
		if err := s.Delete(ctx, key(1)); err != nil {
			t.Error(err)
		}
	}
	if _, err := s.Open(ctx, key(1)); !errors.Is(err, storage.ErrNotFound) {
		t.Error(err)
	}
	if _, err := s.Stat(ctx, key(1)); !errors.Is(err, storage.ErrNotFound) {
		t.Error(err)
	}
}

func TestWhatBreaksOffIsNotStored(t *testing.T) {
	t.Parallel()
	s, root := open(t)
	cut := errors.New("cut off")
	err := s.Put(context.Background(), key(1), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(cut)), "")
	if !errors.Is(err, cut) {
		t.Error(err)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Put(gone, key(2), bytes.NewReader(make([]byte, 1<<20)), ""); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	all, err := s.List(context.Background(), "", "", 10)
	left, readErr := os.ReadDir(filepath.Join(root, "unfinished"))
	if err := errors.Join(err, readErr); err != nil || len(all) != 0 || len(left) != 0 {
		t.Errorf("%v, %v, %v", all, left, err)
	}
}

func TestACrashLeavesNothing(t *testing.T) {
	t.Parallel()
	_, root := open(t)
	old, fresh := filepath.Join(root, "unfinished", "1"), filepath.Join(root, "unfinished", "2")
	for _, path := range []string{old, fresh} {
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	yesterday := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(old, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.OpenDirectory(root); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Error("what a crash left yesterday is still there")
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Error("what another node is writing is gone")
	}
}

func TestKeysLeadNowhereElse(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	ctx := context.Background()
	for _, bad := range []string{"", "../../../../etc/passwd", strings.Repeat("../", 11), strings.Repeat("a", 31), strings.Repeat("a", 65), strings.Repeat("G", 32), strings.Repeat("a", 31) + "/", "unfinished"} {
		_, opening := s.Open(ctx, bad)
		_, looking := s.Stat(ctx, bad)
		for what, err := range map[string]error{"put": s.Put(ctx, bad, strings.NewReader("x"), ""), "open": opening, "stat": looking, "delete": s.Delete(ctx, bad)} {
			if err == nil || errors.Is(err, storage.ErrNotFound) {
				t.Errorf("%s %q: %v", what, bad, err)
			}
		}
	}
}

func TestListGoesOnWhereItEnded(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	var want []string
	for n := range 60 {
		k := fmt.Sprintf("%02x%02x%028x", n%7, n%3, n)
		want = append(want, k)
		put(t, s, k, "x")
	}
	slices.Sort(want)
	var got []string
	for after := ""; ; {
		page, err := s.List(context.Background(), "", after, 7)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range page {
			got = append(got, o.Key)
		}
		if len(page) < 7 {
			break
		}
		after = page[6].Key
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d of %d: %v", len(got), len(want), got)
	}
	for _, prefix := range []string{"03", "0", "0301", "030", "ff"} {
		var fits []string
		for _, k := range want {
			if strings.HasPrefix(k, prefix) {
				fits = append(fits, k)
			}
		}
		page, err := s.List(context.Background(), prefix, "", 100)
		if err != nil || len(page) != len(fits) {
			t.Errorf("%s: %d of %d, %v", prefix, len(page), len(fits), err)
		}
	}
}

func TestManyPutTheSame(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { put(t, s, key(1), "the same") })
	}
	all.Wait()
	if o, err := s.Stat(context.Background(), key(1)); err != nil || o.Size != 8 {
		t.Errorf("%+v, %v", o, err)
	}
}
