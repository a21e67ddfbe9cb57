package web

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/models"
)

// An export is sent whole or not at all, and leaves no file behind.
func TestExportsAreSentWholeOrNotAtAll(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	full := models.NewWorkQueue(0, time.Second, "web.error.busy", 10*time.Second)
	broken := errors.New("the database went away")
	write := func(err error) func(io.Writer, func()) error {
		return func(w io.Writer, _ func()) error {
			_, _ = io.WriteString(w, "name,followers\r\n")
			return err
		}
	}
	for what, x := range map[string]struct {
		queue *models.WorkQueue
		write func(io.Writer, func()) error
		check func(*httptest.ResponseRecorder, error) bool
	}{
		"whole": {NewExportQueue(), write(nil), func(w *httptest.ResponseRecorder, err error) bool {
			return err == nil && w.Body.String() == "name,followers\r\n" && w.Header().Get("Content-Length") == "16" && w.Header().Get("Content-Disposition") == `attachment; filename="list.csv"`
		}},
		"broken": {NewExportQueue(), write(broken), func(w *httptest.ResponseRecorder, err error) bool {
			return errors.Is(err, broken) && w.Body.Len() == 0 && len(w.Header()) == 0
		}},
		"busy": {full, write(nil), func(w *httptest.ResponseRecorder, err error) bool {
			var e *models.Error
			return errors.As(err, &e) && e.Code == models.CodeUnavailable && e.After == 10*time.Second && len(w.Header()) == 0
		}},
	} {
		b := &Base{Exports: x.queue, Log: slog.New(slog.DiscardHandler)}
		w := httptest.NewRecorder()
		err := b.SendExport(echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/", nil), w), "list.csv", "text/csv", x.write)
		if !x.check(w, err) {
			t.Errorf("%s: %d, %q, %v, %v", what, w.Code, w.Body, w.Header(), err)
		}
		if running, waiting := x.queue.Length(); running+waiting != 0 {
			t.Errorf("%s: a turn is not given back", what)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("it leaves %v, %v", left, err)
	}
}
