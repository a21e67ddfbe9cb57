package sheets_test

import (
	"errors"
	"io"
	"runtime"
	"testing"

	"github.com/xuri/excelize/v2"

	"tribemarket/internal/sheets"
	"tribemarket/models"
)

// FuzzReaderEndsInBoundedMemory: no file makes the reader panic, go on for ever,
// or keep more than its longest row.
func FuzzReaderEndsInBoundedMemory(f *testing.F) {
	for _, s := range []string{
		"a,b\n1,\"2\n3\",4\n", "sep=;\na;b\r1;\"2", "\xff\xfea\x00,\x00b\x00", "a,\xe9\n", `[{"a":{"b":[1,"x"]}},`, "{\"a\":1}\n{\"a\":[}\n", `{"a":[{"b":1}]}`,
		"\x00\x00\x00", "<html>", "PK\x03\x04", "\"\"\"\n\"\",\"", workbook(f, func(x *excelize.File) error { return x.SetCellValue("Sheet1", "A1", 1) }),
	} {
		f.Add([]byte(s), "")
	}
	f.Add([]byte("a,b\n\xff"), "utf-8")
	f.Add([]byte("a,b\n\xff"), "windows-1252")
	f.Fuzz(func(t *testing.T, content []byte, charset string) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r, err := sheets.OpenReader("x", openBytes(content), sheets.ReadOptions{Encoding: charset})
		if err == nil {
			drain(t, r, len(content))
			err = r.Close()
		}
		if code := models.CodeOf(err); err != nil && code != models.CodeInvalid {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		if grown := after.HeapSys - before.HeapSys; after.HeapSys > before.HeapSys && grown > 200<<20 {
			t.Fatalf("%d MB for %d bytes", grown>>20, len(content))
		}
	})
}

func drain(t *testing.T, r sheets.Reader, size int) {
	t.Helper()
	last := 0
	for range size + 2_000_000 {
		line, _, err := r.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if models.CodeOf(err) == models.CodeInvalid && err != nil {
			return
		}
		if err != nil || line < last {
			t.Fatalf("line %d after %d, %v", line, last, err)
		}
		last = line
	}
	t.Fatal("it does not end")
}
