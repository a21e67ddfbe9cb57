package web

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/models"
)

// exportTimeout is how long sending an export may take, in place of the server's usual
// limit.
const exportTimeout = 5 * time.Minute

// NewExportQueue is the queue in which exports are made.
func NewExportQueue() *models.WorkQueue {
	return models.NewWorkQueue(32, 20*time.Second, "web.error.busy", 10*time.Second)
}

// SendExport sends a file that write makes. It is made in turn, in the system's temporary
// folder, so that neither its size nor a slow client takes memory or somebody's turn, and
// sent once it is complete. What takes long calls share often, outside of transactions.
func (b *Base) SendExport(c echo.Context, name, contentType string, write func(w io.Writer, share func()) error) error {
	if err := http.NewResponseController(c.Response()).SetWriteDeadline(models.SystemClock().Add(exportTimeout)); err != nil {
		b.Log.DebugContext(c.Request().Context(), "an export has the usual time", "error", err)
	}
	f, size, err := b.makeExport(c, write)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // which frees its room
	head := c.Response().Header()
	head.Set(echo.HeaderContentType, contentType)
	head.Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	head.Set(echo.HeaderContentLength, strconv.FormatInt(size, 10))
	c.Response().WriteHeader(http.StatusOK)
	if _, err = io.Copy(c.Response(), f); err != nil {
		b.Log.DebugContext(c.Request().Context(), "an export broke off", "error", err)
		panic(http.ErrAbortHandler) // otherwise half a file would look complete
	}
	return nil
}

// makeExport makes the file, whose name is gone already, and gives its size.
func (b *Base) makeExport(c echo.Context, write func(io.Writer, func()) error) (f *os.File, size int64, err error) {
	turn, err := b.Exports.Enter(c.Request().Context())
	if err != nil {
		return nil, 0, err
	}
	defer turn.Leave()
	if f, err = os.CreateTemp("", "tribemarket-export-"); err != nil {
		return nil, 0, models.Internal("make room for an export", err)
	}
	err = errors.Join(os.Remove(f.Name()), write(f, turn.Share))
	if err == nil {
		if size, err = f.Seek(0, io.SeekCurrent); err == nil {
			_, err = f.Seek(0, io.SeekStart)
		}
	}
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, size, nil
}
