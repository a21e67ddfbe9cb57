package imports

import (
	"context"
	"errors"
	"io"
	"path"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// MaxFileSize is how many bytes a file may have that is imported in the browser. The
// import command takes larger ones.
const MaxFileSize = 64 << 20

var errTooLarge = errors.New("the file is larger than it said")

// FileChoices are what a person says about a file, as they enter it.
type FileChoices struct {
	Platform, AsOf, Encoding string
}

// check refuses what is no day or no platform.
func (c FileChoices) check(now time.Time) error {
	var wrong models.Fields
	if checkPlatform(c.Platform) != nil {
		wrong.Add("platform", "imports.error.platform", "platform", text.Truncate(c.Platform, 40))
	}
	if c.AsOf != "" {
		switch day, err := models.ParseDate(c.AsOf); {
		case err != nil:
			wrong.Add("as_of", "imports.error.as_of_invalid")
		case day.StartIn(time.UTC).After(now):
			wrong.Add("as_of", "imports.error.as_of_future", "date", day)
		}
	}
	return wrong.Err()
}

// UploadForm is a file with what a person says about it.
type UploadForm struct {
	FileChoices
	FileName string
	Size     int64
	Open     func() (io.ReadCloser, error) // nil without a file
}

// Upload stores a file and finds out what its columns are; nothing is imported yet. It
// gives the import's public id.
func (s *Store) Upload(ctx context.Context, actor models.Actor, f UploadForm) (publicID string, err error) {
	if !CanImport(actor) {
		return "", models.NotFound()
	}
	if err := f.check(s.clock()); err != nil {
		return "", err
	}
	switch {
	case f.Open == nil || f.Size == 0:
		return "", models.Invalid("file", "imports.error.no_file")
	case f.Size > MaxFileSize:
		return "", models.Invalid("file", "imports.error.file_size", "most", MaxFileSize>>20)
	}
	i := Import{
		PublicID: models.NewPublicID(), PersonID: actor.PersonID, FileName: cleanFileName(f.FileName), Size: f.Size,
		Platform: f.Platform, AsOf: f.AsOf, Encoding: f.Encoding, State: StateReceiving, CreatedAt: s.clock(), UpdatedAt: s.clock(),
	}
	if i.Preview, err = s.Preview(ctx, s.tableFile(i.FileName, i.Size, i.Encoding, f.Open), i.options()); err != nil {
		return "", fieldOfFileError(err)
	}
	return i.PublicID, s.saveUpload(ctx, i, f.Open)
}

// saveUpload stores the row, the bytes, and then that they are complete.
func (s *Store) saveUpload(ctx context.Context, i Import, open func() (io.ReadCloser, error)) error {
	if err := s.db.Tx(ctx, func(tx *db.Tx) error { return tx.Create(&i).Error }); err != nil {
		return models.Internal("store an import", err)
	}
	file, err := open()
	if err != nil {
		return models.Internal("open an upload", err)
	}
	defer func() { _ = file.Close() }()
	if i.Size, err = s.saveChunks(ctx, i.ID, file); err != nil {
		return models.Internal("store an upload", err)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Exec("UPDATE imports SET size = ?, state = ? WHERE id = ?", i.Size, StateUploaded, i.ID).Error; err != nil {
			return err
		}
		return i.audit(ctx, tx, i.PersonID, "uploaded", i.CreatedAt, nil)
	})
}

// cleanFileName is a file's name without its folders, as far as it can be shown.
func cleanFileName(name string) string {
	name = text.Truncate(text.SingleLine(path.Base(strings.ReplaceAll(name, `\`, "/"))), 120)
	if name == "" || name == "." || name == "/" {
		return "file"
	}
	return name
}

// fieldOfFileError says which answer of a form a file's error belongs to.
func fieldOfFileError(err error) error {
	var e *models.Error
	if !errors.As(err, &e) || e.Code != models.CodeInvalid || len(e.Fields) > 0 {
		return err
	}
	field := "file"
	if e.Key == "imports.error.unknown_encoding" || e.Key == "imports.error.encoding" {
		field = "encoding"
	}
	return &models.Error{Code: e.Code, Key: e.Key, Cause: e, Fields: models.Fields{{Field: field, Key: e.Key, Args: e.Args}}}
}
