package app

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"

	"tribemarket/internal/storage"
	"tribemarket/models"
)

// Uploaded files stand behind the database in a backup: what the database names is then
// stored already. An earlier backup has none.
const (
	filesFolder  = "files/"
	filesEntry   = "files.json"
	filesPerPage = 500
)

type backupFiles struct {
	Count  int
	SHA256 string // of all keys and bytes, in the order of the keys
}

// addFiles writes all files, and last how many there are.
func (w *archiveWriter) addFiles(ctx context.Context, files storage.Store) error {
	var added backupFiles
	sum := sha256.New()
	for after := ""; ; {
		page, err := files.List(ctx, "", after, filesPerPage)
		if err != nil {
			return err
		}
		for _, o := range page {
			switch err := w.addFile(ctx, files, o, sum); {
			case errors.Is(err, storage.ErrNotFound): // removed meanwhile
			case err != nil:
				return fmt.Errorf("file %s: %w", o.Key, err)
			default:
				added.Count++
			}
		}
		if len(page) == 0 {
			added.SHA256 = hex.EncodeToString(sum.Sum(nil))
			return w.addJSON(filesEntry, added)
		}
		after = page[len(page)-1].Key
	}
}

func (w *archiveWriter) addFile(ctx context.Context, files storage.Store, o storage.Object, sum hash.Hash) (err error) {
	f, err := files.Open(ctx, o.Key)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := w.WriteHeader(&tar.Header{Name: filesFolder + o.Key, Mode: 0o600, Size: o.Size}); err != nil {
		return err
	}
	_, _ = io.WriteString(sum, o.Key)
	_, err = io.Copy(io.MultiWriter(w, sum), models.ContextReader{Context: ctx, Reader: f})
	return err
}

// readFiles reads the files of a backup, and gives each to put. It fails unless they are
// those that the backup names.
func (r *archiveReader) readFiles(ctx context.Context, put func(key string, content io.Reader) error) error {
	var found backupFiles
	sum := sha256.New()
	for !r.ended {
		key, isFile := strings.CutPrefix(r.entry.Name, filesFolder)
		if !isFile {
			break
		}
		_, _ = io.WriteString(sum, key)
		if err := put(key, io.TeeReader(models.ContextReader{Context: ctx, Reader: r.tar}, sum)); err != nil {
			return err
		}
		found.Count++
		if err := r.advance(); err != nil {
			return errors.Join(errNoBackup, err)
		}
	}
	if r.ended {
		return nil
	}
	found.SHA256 = hex.EncodeToString(sum.Sum(nil))
	var named backupFiles
	if err := json.NewDecoder(r.tar).Decode(&named); r.entry.Name != filesEntry || err != nil || named != found {
		return errors.Join(errNoBackup, err)
	}
	return r.expectEnd()
}

// restoreFiles stores the files of a backup.
func (r *archiveReader) restoreFiles(ctx context.Context, folder string) error {
	files, err := storage.OpenDirectory(folder)
	if err != nil {
		return fmt.Errorf("FILES_DIR: %w", err)
	}
	return r.readFiles(ctx, func(key string, content io.Reader) error { return files.Put(ctx, key, content, "") })
}
