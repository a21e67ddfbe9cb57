package app

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"filippo.io/age"

	"tribemarket/models/db"
)

// A backup is a tar file: its head, the keys if it is sealed, the database, what the
// database consists of, and the uploaded files. It is compressed, and with a passphrase sealed by age.
const (
	headEntry     = "backup.json"
	keysEntry     = "keys"
	sqliteEntry   = "database.sqlite"
	tablesFolder  = "tables/"
	contentsEntry = "contents.json"
)

// workFactor makes each guess of a passphrase take 128 MB, which small machines have.
const workFactor = 17

// chunkSize is how much of a table is held in memory, since tar wants sizes first.
const chunkSize = 4 << 20

// The first bytes of a sealed backup and of an open one.
const sealMark = "age-encryption.org/"

var gzipMark = []byte{0x1f, 0x8b}

type backupHead struct {
	Dialect db.Dialect
	Schema  int64
	At      time.Time
}

type backupContents struct {
	Tables []db.TableDump `json:",omitempty"`
	SHA256 string         `json:",omitempty"` // of SQLite's file
}

type archiveWriter struct {
	*tar.Writer
	layers []io.Closer // from the inside
}

func newArchiveWriter(f *os.File, passphrase string) (*archiveWriter, error) {
	w := &archiveWriter{}
	var out io.Writer = f
	if passphrase != "" {
		to, err := age.NewScryptRecipient(passphrase)
		if err != nil {
			return nil, err
		}
		to.SetWorkFactor(workFactor)
		sealed, err := age.Encrypt(f, to)
		if err != nil {
			return nil, err
		}
		w.layers, out = []io.Closer{sealed}, sealed
	}
	z, err := gzip.NewWriterLevel(out, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	w.Writer = tar.NewWriter(z)
	w.layers = append([]io.Closer{w.Writer, z}, w.layers...)
	return w, nil
}

// finish writes what is still buffered.
func (w *archiveWriter) finish() error {
	for _, l := range w.layers {
		if err := l.Close(); err != nil {
			return err
		}
	}
	return nil
}

func (w *archiveWriter) add(name string, content []byte) error {
	if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content))}); err != nil {
		return err
	}
	_, err := w.Write(content)
	return err
}

func (w *archiveWriter) addJSON(name string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return w.add(name, b)
}

// chunkWriter writes a table as entries of one name.
type chunkWriter struct {
	w       *archiveWriter
	name    string
	buffer  bytes.Buffer
	written bool
}

// Write is part of io.WriteCloser.
func (c *chunkWriter) Write(p []byte) (int, error) {
	c.buffer.Write(p)
	if c.buffer.Len() < chunkSize {
		return len(p), nil
	}
	return len(p), c.flush()
}

func (c *chunkWriter) flush() error {
	c.written = true
	err := c.w.add(c.name, c.buffer.Bytes())
	c.buffer.Reset()
	return err
}

// Close is part of io.WriteCloser.
func (c *chunkWriter) Close() error {
	if c.written && c.buffer.Len() == 0 {
		return nil
	}
	return c.flush()
}

type archiveReader struct {
	tar      *tar.Reader
	entry    *tar.Header // that is read
	Head     backupHead
	Keys     string
	Contents *backupContents // once the database was read
	ended    bool            // there are no more entries
}

var errNoBackup = errors.New("this is not a whole backup of Tribemarket")

// openSeal takes the seal off, if there is one. Its errors never repeat what is in the
// file, which may be one of keys.
func openSeal(in *bufio.Reader, passphrase string) (io.Reader, error) {
	begin, _ := in.Peek(len(sealMark))
	sealed, open := string(begin) == sealMark, bytes.HasPrefix(begin, gzipMark)
	switch {
	case !sealed && !open:
		return nil, errNoBackup
	case open && passphrase != "":
		return nil, errors.New("this backup is not sealed: it needs no passphrase, but its keys, in place or named with --keys")
	case sealed && passphrase == "":
		return nil, errors.New("this backup is sealed: name the file of its passphrase with --passphrase-file")
	case open:
		return in, nil
	}
	with, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, err
	}
	out, err := age.Decrypt(in, with)
	if wrong := (*age.NoIdentityMatchError)(nil); errors.As(err, &wrong) {
		return nil, errors.New("the passphrase is not the one of this backup")
	}
	if err != nil {
		return nil, errNoBackup
	}
	return out, nil
}

// openArchive reads the head of a backup.
func openArchive(f *os.File, passphrase string) (*archiveReader, error) {
	in, err := openSeal(bufio.NewReader(f), passphrase)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, errNoBackup
	}
	r := &archiveReader{tar: tar.NewReader(z)}
	if err := r.advance(); err != nil || r.entry.Name != headEntry {
		return nil, errors.Join(errNoBackup, err)
	}
	if err := json.NewDecoder(r.tar).Decode(&r.Head); err != nil {
		return nil, errors.Join(errNoBackup, err)
	}
	if err := r.advance(); err != nil {
		return nil, errors.Join(errNoBackup, err)
	}
	if r.entry.Name == keysEntry {
		text, err := io.ReadAll(r.tar)
		if err != nil {
			return nil, err
		}
		r.Keys = string(text)
		return r, r.advance()
	}
	return r, nil
}

func (r *archiveReader) advance() (err error) {
	r.entry, err = r.tar.Next()
	return err
}

// next gives the name and the bytes of SQLite's file, or of the next table; io.EOF after
// the last.
func (r *archiveReader) next() (string, io.Reader, error) {
	if r.entry.Name != contentsEntry {
		return strings.TrimPrefix(r.entry.Name, tablesFolder), &chunkReader{r, r.entry.Name}, nil
	}
	r.Contents = &backupContents{}
	if err := json.NewDecoder(r.tar).Decode(r.Contents); err != nil {
		return "", nil, errors.Join(errNoBackup, err)
	}
	if err := r.advance(); errors.Is(err, io.EOF) {
		r.ended = true
	} else if err != nil {
		return "", nil, errors.Join(errNoBackup, err)
	}
	return "", nil, io.EOF
}

// expectEnd fails unless the marks come that nothing was cut off.
func (r *archiveReader) expectEnd() error {
	if _, err := r.tar.Next(); !errors.Is(err, io.EOF) {
		return errors.Join(errNoBackup, err)
	}
	return nil
}

// chunkReader reads on through entries of the same name.
type chunkReader struct {
	r    *archiveReader
	name string
}

// Read is part of io.Reader.
func (c *chunkReader) Read(p []byte) (int, error) {
	for {
		if c.r.entry.Name != c.name {
			return 0, io.EOF
		}
		n, err := c.r.tar.Read(p)
		if !errors.Is(err, io.EOF) {
			return n, err
		}
		if n > 0 {
			return n, nil
		}
		if err := c.r.advance(); err != nil {
			return 0, errors.Join(errNoBackup, err)
		}
	}
}
