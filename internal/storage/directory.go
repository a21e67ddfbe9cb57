package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tribemarket/models"
)

// Directory is a Store in a folder: the file of the key abcd… is ab/cd/abcd….
type Directory struct{ root string }

// unfinished is the folder of files that are being written. It is in the same file
// system, so that a finished one can be renamed into its place.
const unfinished = "unfinished"

// unfinishedFor is how long a file may be written; older ones are what a crash left.
const unfinishedFor = 24 * time.Hour

// OpenDirectory opens a folder, which it creates if it is missing, and removes what
// a crash has left in it unfinished.
func OpenDirectory(root string) (*Directory, error) {
	dir := filepath.Join(root, unfinished)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("folder of files: %w", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("folder of files: %w", err)
	}
	for _, f := range left {
		if i, err := f.Info(); err == nil && time.Since(i.ModTime()) > unfinishedFor { //nolint:forbidigo // the file system's clock, not the product's
			_ = os.Remove(filepath.Join(dir, f.Name()))
		}
	}
	return &Directory{root}, nil
}

func (d *Directory) path(key string) (string, error) {
	if !isKey(key) {
		return "", errBadKey
	}
	return filepath.Join(d.root, key[:2], key[2:4], key), nil
}

// Put writes a file beside its place, has it and its folder reach the disk, and renames it.
func (d *Directory) Put(ctx context.Context, key string, r io.Reader, _ string) (err error) {
	path, err := d.path(key)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Join(d.root, unfinished), "*") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = io.Copy(f, models.ContextReader{Context: ctx, Reader: r})
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(path string) error {
	f, err := os.Open(path) //nolint:gosec // a folder of the store
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Open opens a file.
func (d *Directory) Open(_ context.Context, key string) (io.ReadSeekCloser, error) {
	path, err := d.path(key)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path) //nolint:gosec // made of a key by path, which checks it
	if err != nil {
		return nil, notFound(err)
	}
	return f, nil
}

// Stat looks at a file.
func (d *Directory) Stat(_ context.Context, key string) (Object, error) {
	path, err := d.path(key)
	if err != nil {
		return Object{}, err
	}
	i, err := os.Stat(path)
	if err != nil {
		return Object{}, notFound(err)
	}
	return Object{key, i.Size(), i.ModTime()}, nil
}

// Delete removes a file.
func (d *Directory) Delete(_ context.Context, key string) error {
	path, err := d.path(key)
	if err != nil {
		return err
	}
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// URL is "": nobody reads the folder but the program.
func (d *Directory) URL(context.Context, string, time.Duration) (string, error) { return "", nil }

// List walks over the folders, whose order is that of the keys.
func (d *Directory) List(ctx context.Context, prefix, after string, most int) (found []Object, err error) {
	err = filepath.WalkDir(d.root, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case len(found) >= most:
			return fs.SkipAll
		case e.IsDir():
			return d.skipFolder(path, prefix, after)
		case !isKey(e.Name()) || !strings.HasPrefix(e.Name(), prefix) || e.Name() <= after:
			return nil
		}
		i, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // deleted meanwhile
		}
		if err == nil {
			found = append(found, Object{e.Name(), i.Size(), i.ModTime()})
		}
		return err
	})
	return found, err
}

// skipFolder leaves out folders in which no key is wanted.
func (d *Directory) skipFolder(path, prefix, after string) error {
	inside, err := filepath.Rel(d.root, path)
	if err != nil || inside == "." {
		return err
	}
	begin := strings.ReplaceAll(filepath.ToSlash(inside), "/", "") // of all keys in it
	unwanted := !strings.HasPrefix(begin, prefix) && !strings.HasPrefix(prefix, begin)
	if inside == unfinished || unwanted || begin < after[:min(len(begin), len(after))] {
		return fs.SkipDir
	}
	return nil
}

func notFound(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNotFound
	}
	return err
}
