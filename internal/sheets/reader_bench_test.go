package sheets_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/xuri/excelize/v2"

	"tribemarket/internal/sheets"
)

// BenchmarkReader reads lists of creators; ns/row is what to look at.
func BenchmarkReader(b *testing.B) {
	const rows = 200_000
	write := func(format string) []byte {
		var out bytes.Buffer
		for i := range rows {
			fmt.Fprintf(&out, format, i, i, i*37%9_000_000)
		}
		return out.Bytes()
	}
	plain := append([]byte("handle,name,followers,country,language,views,likes,comments\n"), write("handle%d,Name of %d,%d,France,fr,12000,1100,37\n")...)
	lists := map[string][]byte{
		"plain":  plain,
		"quoted": append([]byte("handle,name,followers,country\n"), write("\"handle%d\",\"Name, of %d\",\"%d\",\"France\"\n")...),
		"cp1252": append([]byte("handle,name,followers,country\n"), write("handle%d,Zo\xe9 of %d,%d,France\n")...),
		"JSON":   write("{\"handle\":\"handle%d\",\"author\":{\"name\":\"Name of %d\"},\"followers\":%d}\n"),
	}
	lists["XLSX"] = []byte(workbook(b, func(f *excelize.File) error {
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			return err
		}
		for i := range rows {
			if err := w.SetRow(fmt.Sprintf("A%d", i+1), []any{fmt.Sprintf("handle%d", i), "Name", i * 37, "France"}); err != nil {
				return err
			}
		}
		return w.Flush()
	}))
	for name, list := range lists {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n += countRows(b, list)
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func countRows(b *testing.B, list []byte) (n int) {
	b.Helper()
	r, err := sheets.OpenReader("x", openBytes(list), sheets.ReadOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	for {
		_, cells, err := r.Next()
		if errors.Is(err, io.EOF) {
			return n
		}
		if err != nil || cells == nil {
			b.Fatal(cells, err)
		}
		n++
	}
}
