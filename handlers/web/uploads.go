package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"tribemarket/models"
)

// MaxBody is how large a request may be that is no upload.
const MaxBody = "1M"

const (
	// uploadTime is how long an upload may take, over a slow line too.
	uploadTime = 10 * time.Minute
	// formInMemory is how much of an upload is held in memory; the rest is in a
	// temporary file. Where no more than this is taken, nothing is ever on a disk.
	formInMemory = 1 << 20
)

// ReadUpload reads a form with a file of up to so many bytes into a temporary file,
// which is gone after the answer. Whoever the guard stops may send as little as to any
// other route.
func (b *Base) ReadUpload(g Guard, maxFile int64) echo.MiddlewareFunc {
	tooLarge := &models.Error{Code: models.CodeInvalid, Key: "web.error.upload_too_large", Args: []any{"most", maxFile >> 20}}
	smallBody := middleware.BodyLimit(MaxBody)
	maxBody := maxFile + formInMemory // the other fields
	inMemory := int64(formInMemory)
	if maxFile <= formInMemory {
		inMemory = maxBody
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			if b.refusal(c, g&^recent) != nil {
				return smallBody(next)(c)
			}
			refusal := echo.NewHTTPError(http.StatusRequestEntityTooLarge).SetInternal(tooLarge)
			if r.ContentLength > maxBody {
				return refusal
			}
			until := models.SystemClock().Add(uploadTime) // by which the connection goes
			connection := http.NewResponseController(c.Response())
			for _, err := range []error{connection.SetReadDeadline(until), connection.SetWriteDeadline(until)} {
				if err != nil && !errors.Is(err, http.ErrNotSupported) { // a test's recorder has no connection
					return models.Internal("give an upload its time", err)
				}
			}
			r.Body = http.MaxBytesReader(nil, r.Body, maxBody)
			err := r.ParseMultipartForm(inMemory)
			if r.MultipartForm != nil {
				defer func() { _ = r.MultipartForm.RemoveAll() }()
			}
			var exceeded *http.MaxBytesError
			switch {
			case errors.As(err, &exceeded):
				return refusal
			case err != nil && !errors.Is(err, http.ErrNotMultipart):
				return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
			case r.MultipartForm != nil && hasFileOver(r.MultipartForm, maxFile):
				return refusal
			}
			return next(c)
		}
	}
}

func hasFileOver(form *multipart.Form, size int64) bool {
	for _, files := range form.File {
		if slices.ContainsFunc(files, func(f *multipart.FileHeader) bool { return f.Size > size }) {
			return true
		}
	}
	return false
}

// UploadedFile is the file of a form that ReadUpload has read.
type UploadedFile struct {
	Name string
	Size int64
	Open func() (io.ReadCloser, error)
}

// FormFile is the file that a field of the form holds; ok is false without one.
func FormFile(c echo.Context, field string) (f UploadedFile, ok bool) {
	head, err := c.FormFile(field)
	if err != nil {
		return UploadedFile{}, false
	}
	return UploadedFile{Name: CleanText(head.Filename), Size: head.Size, Open: func() (io.ReadCloser, error) { return head.Open() }}, true
}
