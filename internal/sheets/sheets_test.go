package sheets_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"tribemarket/internal/sheets"
	"tribemarket/models"
)

func rowsOf(all ...[]sheets.Cell) sheets.EachRow {
	return func(take func([]sheets.Cell) error) error {
		for _, r := range all {
			if err := take(r); err != nil {
				return err
			}
		}
		return nil
	}
}

func n(v int64) *int64 { return &v }

var sample = []sheets.Cell{
	sheets.TextCell("Léa, \"cuisine\"\nand more"), sheets.TextCell("=HYPERLINK(\"http://x\")"), sheets.WholeNumberCell(n(-12_345)), sheets.PercentCell(n(45_000)),
	sheets.AmountCell(&models.Money{Minor: 125_050, Currency: "EUR"}), sheets.AmountCell(&models.Money{Minor: 900, Currency: "JPY"}),
	sheets.DayCell(models.Date{Year: 2026, Month: 11, Day: 21}), sheets.WholeNumberCell(nil), sheets.PercentCell(n(-1)), sheets.TextCell(""),
}

var headings = []string{"text", "formula", "whole", "share", "price", "yen", "day", "none", "small", "empty"}

func TestCSVIsRFC4180AndHoldsNoFormula(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := sheets.WriteCSV(&b, "", headings, rowsOf(sample)); err != nil {
		t.Fatal(err)
	}
	want := "\ufefftext,formula,whole,share,price,yen,day,none,small,empty\r\n" +
		"\"Léa, \"\"cuisine\"\"\r\nand more\",\"'=HYPERLINK(\"\"http://x\"\")\",-12345,4.5,1250.50,900,2026-11-21,,-0.0001,\r\n"
	if b.String() != want {
		t.Errorf("is\n%q\nwant\n%q", b.String(), want)
	}
}

// formula is what a program computes that splits at commas, semicolons, tabs or line breaks.
var formula = regexp.MustCompile(`^[\t\r\n]|(^|[;\t\r\n])[\s"]*[=+\-@＝＋－＠]`)

func TestCSVHoldsNoFormulaForWhoSplitsAtOtherSigns(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Ann;=cmd|'/C calc'!A0;x": "Ann;'=cmd|'/C calc'!A0;x",
		"a; +1":                   "a; '+1",
		"a\t@b":                   "a\t'@b",
		"a\r-1":                   "a\r'-1",
		"a\n\n =1":                "a\n\n '=1",
		"\t=1":                    "'\t'=1",
		" =1":                     " '=1",
		"a;\"=1":                  "a;\"'=1",
		"a - b; c = d 'e'":        "a - b; c = d 'e'",
		"broken \xff;=1":          "broken \xff;'=1",
	} {
		var b bytes.Buffer
		if err := sheets.WriteCSV(&b, "", []string{"x"}, rowsOf([]sheets.Cell{sheets.TextCell(text)})); err != nil {
			t.Fatal(err)
		}
		read := strings.TrimSuffix(strings.TrimPrefix(b.String(), "\ufeffx\r\n"), "\r\n")
		if inner, ok := strings.CutPrefix(read, `"`); ok {
			read = strings.ReplaceAll(strings.TrimSuffix(inner, `"`), `""`, `"`)
		}
		if read = strings.ReplaceAll(read, "\r\n", "\n"); read != want && strings.ReplaceAll(want, "\r", "") != read {
			t.Errorf("%q is %q, want %q", text, read, want)
		}
	}
}

// A text comes back as it was: without the apostrophes that make it harmless.
func TestCSVTextsComeBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"=1+1", "+3", "-x", "@a", "\tx", "'q", "＝1", "a\"b", "a,b", "a\nb", "Ann;=1", "a; \t'+1\n\n@b", "\t=1", " \"-1"})), 1, 4).Draw(t, "texts")
		for i := range texts {
			texts[i] = strings.ReplaceAll(texts[i], "\r", "") // encoding/csv reads CR LF as one line break
		}
		cells := make([]sheets.Cell, len(texts))
		for i, s := range texts {
			cells[i] = sheets.TextCell(s)
		}
		var b bytes.Buffer
		if err := sheets.WriteCSV(&b, "", make([]string, len(cells)), rowsOf(slices.Concat(cells, []sheets.Cell{sheets.TextCell("beyond")}))); err != nil {
			t.Fatal(err)
		}
		read, err := csv.NewReader(&b).ReadAll()
		if len(texts) == 1 && texts[0] == "" {
			return // a line of one empty field is an empty line
		}
		if err != nil || len(read) == 0 {
			t.Fatalf("%v, %d lines", err, len(read))
		}
		got := slices.Clone(read[len(read)-1])
		for i, s := range got {
			if formula.MatchString(s) {
				t.Fatalf("%q holds a formula", s)
			}
			got[i] = models.UnprotectText(s)
		}
		if !slices.Equal(got, texts) {
			t.Fatalf("%q came back as %q", texts, got)
		}
	})
}

func TestXLSXCellsHaveTheirKind(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := sheets.WriteXLSX(&b, "Creators in a very long list of names", headings, rowsOf(sample)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	sheet := f.GetSheetName(0)
	if sheet != "Creators in a very long list of" {
		t.Errorf("the sheet is called %q", sheet)
	}
	for cell, want := range map[string]struct {
		shown, raw string
		kind       excelize.CellType
	}{
		"A1": {"text", "text", excelize.CellTypeInlineString},
		"B2": {"=HYPERLINK(\"http://x\")", "=HYPERLINK(\"http://x\")", excelize.CellTypeInlineString},
		"C2": {"-12,345", "-12345", excelize.CellTypeUnset},
		"D2": {"4.5%", "0.045", excelize.CellTypeUnset},
		"E2": {"1,250.50", "1250.5", excelize.CellTypeUnset},
		"F2": {"900", "900", excelize.CellTypeUnset},
		"G2": {"2026-11-21", "46347", excelize.CellTypeUnset},
		"H2": {"", "", excelize.CellTypeUnset},
	} {
		shown, err := f.GetCellValue(sheet, cell)
		raw, err2 := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		kind, err3 := f.GetCellType(sheet, cell)
		if err := errors.Join(err, err2, err3); err != nil {
			t.Fatal(err)
		}
		if shown != want.shown || raw != want.raw || kind != want.kind {
			t.Errorf("%s shows %q of %q, kind %d; want %q of %q, kind %d", cell, shown, raw, kind, want.shown, want.raw, want.kind)
		}
		if formula, _ := f.GetCellFormula(sheet, cell); formula != "" {
			t.Errorf("%s computes %s", cell, formula)
		}
	}
}

func TestAnErrorOfTheRowsIsTold(t *testing.T) {
	t.Parallel()
	broken := errors.New("gone")
	for name, write := range map[string]sheets.TableWriter{"csv": sheets.WriteCSV, "xlsx": sheets.WriteXLSX} {
		if err := write(io.Discard, "x", headings, func(func([]sheets.Cell) error) error { return broken }); !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// watched is a writer that keeps nothing, and looks at what others keep.
type watched struct {
	written, looked, longest int
	peak                     uint64
}

func (w *watched) Write(p []byte) (int, error) {
	w.written += len(p)
	w.longest = max(w.longest, len(p))
	if w.written-w.looked >= 8<<20 {
		w.looked = w.written
		w.look()
	}
	return len(p), nil
}

func (w *watched) look() {
	var now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&now)
	w.peak = max(w.peak, now.HeapAlloc)
}

// TestALongTableNeedsLittleMemory: what is alive while 100,000 rows are read and
// sent doesn't grow with them.
func TestALongTableNeedsLittleMemory(t *testing.T) {
	const most = 50 << 20
	row := slices.Clone(sample)
	random := rand.New(rand.NewPCG(1, 2))
	for name, write := range map[string]sheets.TableWriter{"csv": sheets.WriteCSV, "xlsx": sheets.WriteXLSX} {
		var w watched
		w.look()
		before := w.peak
		err := write(&w, "x", headings, func(take func([]sheets.Cell) error) error {
			for i := range 100_000 {
				var note [500]byte // which nothing makes much shorter
				for j := range note {
					note[j] = 'A' + byte(random.IntN(58))
				}
				row[9] = sheets.TextCell(string(note[:]))
				if err := take(row); err != nil {
					return err
				}
				if i%25_000 == 24_999 {
					w.look()
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		w.look()
		if w.peak > before+most {
			t.Errorf("%s keeps %d MB", name, (w.peak-before)>>20)
		}
		if w.written < 30<<20 || w.longest > 1<<20 {
			t.Errorf("%s sends %d bytes, %d of them at once", name, w.written, w.longest)
		}
	}
}
