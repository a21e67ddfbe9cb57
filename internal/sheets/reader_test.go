package sheets_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"tribemarket/internal/sheets"
	"tribemarket/models"
)

func openBytes(content []byte) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }
}

// readAll gives the rows of a file, each with its line before it.
func readAll(t testing.TB, content, charset string) []string {
	t.Helper()
	r, err := sheets.OpenReader("list", openBytes([]byte(content)), sheets.ReadOptions{Encoding: charset})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}()
	var all []string
	for {
		line, cells, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		row := strings.Join(cells, "¦")
		if cells == nil {
			row = "BAD"
		}
		all = append(all, strconv.Itoa(line)+" "+row)
	}
}

func encoded(t testing.TB, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCSVOfAnyKindIsRead(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 2<<20)
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"commas", "a,b\r\n1,2\r\n", []string{"1 a¦b", "2 1¦2"}},
		{"no end", "a,b\n\"one\ntwo\",2\n3,4", []string{"1 a¦b", "2 one\ntwo¦2", "4 3¦4"}},
		{"CR alone", "a,b\r1,2\r3,4\r", []string{"1 a¦b", "2 1¦2", "3 3¦4"}},
		{"CR alone and an open quote", "a,b\r\"1,2\r3,4", []string{"1 a¦b", "2 BAD", "3 3¦4"}},
		{"CR twice", "a,b\r\r\n1,\"2\"\r\r\n", []string{"1 a¦b", "2 1¦2"}},
		{"a mark", "\ufeff\"a\",b\n", []string{"1 a¦b"}},
		{"told", "sep=;\r\na;b,c\r\n1;2\r\n", []string{"2 a¦b,c", "3 1¦2"}},
		{"told after a mark", "\ufeff\"SEP=|\"\na|b\n", []string{"2 a¦b"}},
		{"semicolons with decimal commas", "a;b;c\n1,5;2,5;x\n2,5;3,5;y\n4,1;3,3;z\n", []string{"1 a¦b¦c", "2 1,5¦2,5¦x", "3 2,5¦3,5¦y", "4 4,1¦3,3¦z"}},
		{"tabs with commas", "a\tplace\n1\tLyon, France\n2\tGent, Belgium\n", []string{"1 a¦place", "2 1¦Lyon, France", "3 2¦Gent, Belgium"}},
		{"bars", "a|b\n1|2\n", []string{"1 a¦b", "2 1¦2"}},
		{"commas with semicolons in cells", "a,tags,n\nx,p;q,1\ny,r;s,2\n", []string{"1 a¦tags¦n", "2 x¦p;q¦1", "3 y¦r;s¦2"}},
		{"a title above", "Our list; spring\n\na,b,c\n1,2,3\n4,5,6\n", []string{"1 Our list; spring", "3 a¦b¦c", "4 1¦2¦3", "5 4¦5¦6"}},
		{"header on the second row", ",,\nRank,Name,Handle\n1,Ada,@ada\n", []string{"1 ¦¦", "2 Rank¦Name¦Handle", "3 1¦Ada¦@ada"}},
		{"an open quote", "a,b\n\"broken,1\nafter,2\nmore,3\n", []string{"1 a¦b", "2 BAD", "3 after¦2", "4 more¦3"}},
		{"an open quote before closed ones", "a,b\n\"broken,1\nafter,\"2\"\n\"more\",3\n", []string{"1 a¦b", "2 BAD", "3 after¦2", "4 more¦3"}},
		{"quotes inside", "a,b\nbro\"ken,\"The \"big\" one\"\n5\" screen,x\n", []string{"1 a¦b", "2 bro\"ken¦The \"big\" one", "3 5\" screen¦x"}},
		{"spaces around quotes", "a, \"b, c\" ,d\n x , y,z \n", []string{"1 a¦b, c¦d", "2  x ¦ y¦z "}},
		{"doubled quotes", "a,b\n\"=\"\"250\"\"\",\"\"\n", []string{"1 a¦b", "2 =\"250\"¦"}},
		{"short and long rows", "a,b,c\nx\ny,1,2,3,4\n", []string{"1 a¦b¦c", "2 x", "3 y¦1¦2¦3¦4"}},
		{"zero bytes", "a,b\nx\x00y,\"\x00\"\n", []string{"1 a¦b", "2 xy¦"}},
		{"a row that is too long", "a,b\n" + long + ",1\nx,2\n\"" + long + "\n" + long + "\",3\ny,4\n", []string{"1 a¦b", "2 BAD", "3 x¦2", "4 BAD", "5 BAD", "6 y¦4"}},
		{"nothing", "", nil},
		{"a bracket is no JSON", "[a],b\n1,2\n", []string{"1 [a]¦b", "2 1¦2"}},
	} {
		if got := readAll(t, c.file, ""); !slices.Equal(got, c.want) {
			t.Errorf("%s: is\n%.300q\nwant\n%.300q", c.name, got, c.want)
		}
	}
}

func TestAQuoteThatStaysOpenCostsOneLine(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("a,b\n\"open,1\n")
	for i := range 500 {
		fmt.Fprintf(&b, "x%d,2\n", i)
	}
	b.WriteString("\"last\",3\n")
	got := readAll(t, b.String(), "")
	if len(got) != 503 || got[1] != "2 BAD" || got[2] != "3 x0¦2" || got[502] != "503 last¦3" {
		t.Errorf("%d rows: %.200q", len(got), got)
	}
}

func TestEncodingsAreFoundOut(t *testing.T) {
	t.Parallel()
	const western = "handle,name\nzoe,Zoé Müller’s\nbrun,Marc Brûn – à “toi” Œ©\n"
	const japaneseText = "handle,name\nmiro,黒木ミロ\n"
	cp1252, utf16 := charmap.Windows1252, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	rows := func(s string) []string { return readAll(t, s, "utf-8") }
	noOE := strings.ReplaceAll(western, "Œ", "")
	for name, c := range map[string]struct {
		file, told, text string
	}{
		"UTF-8":                {western, "", western},
		"windows-1252":         {encoded(t, cp1252, noOE), "", noOE},
		"windows-1252 as told": {encoded(t, cp1252, western), "windows-1252", western},
		"Latin-1 as told":      {encoded(t, charmap.ISO8859_1, "a,é\n"), "ISO-8859-1", "a,é\n"},
		"UTF-16":               {encoded(t, utf16, japaneseText), "", japaneseText},
		"UTF-16 big":           {encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), japaneseText), "", japaneseText},
		"UTF-16 no mark":       {encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), western), "", western},
		"UTF-16 big no mark":   {encoded(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), western), "", western},
		"UTF-16 as told":       {encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), japaneseText), "utf-16le", japaneseText},
		"a mark goes first":    {"\ufeff" + western, "windows-1252", western},
		"Cyrillic as told":     {encoded(t, charmap.Windows1251, "a,Мария\n"), "windows-1251", "a,Мария\n"},
		"Shift-JIS as told":    {encoded(t, japanese.ShiftJIS, japaneseText), "shift_jis", japaneseText},
	} {
		if got, want := readAll(t, c.file, c.told), rows(c.text); !slices.Equal(got, want) {
			t.Errorf("%s: is %q, want %q", name, got, want)
		}
	}
}

func TestOneBrokenCharacterCostsItsRow(t *testing.T) {
	t.Parallel()
	file := "a,b\n" + strings.Repeat("Zoé,Renée\n", 10) + "cut,caf\xc3\nfine,\"x\"\nquoted,\"caf\xc3\"\n"
	got := readAll(t, file, "")
	if len(got) != 14 || got[11] != "12 BAD" || got[12] != "13 fine¦x" || got[13] != "14 BAD" {
		t.Errorf("%q", got)
	}
	if got := readAll(t, "a,b\ncut,caf\xc3\n", "utf-8"); !slices.Equal(got, []string{"1 a¦b", "2 BAD"}) {
		t.Errorf("as told: %q", got)
	}
}

// A broken cell costs its row, not the file.
func TestBrokenBytesOfAUTF8FileCostTheirRows(t *testing.T) {
	t.Parallel()
	plain := strings.Repeat("plain,1\n", 60)
	for name, file := range map[string]string{
		"with a mark":                       "\ufeffa,b\nx,\x81\x8d\n",
		"with a mark and no other":          "\ufeffa,b\nMar\xeda,1\n",
		"a few lines":                       "a,b\nZoë,1\nx,\xff\xfe bad\nfine,1\n",
		"one among many, all else is ASCII": "a,b\nx,\x81\x8d\n" + plain,
		"one whose row is open":             "a,b\nx,\"\xff\xfe\n\xff\"\n" + plain,
		"with CR alone":                     strings.ReplaceAll("a,b\nx,\xff\n"+plain, "\n", "\r"),
		"far behind":                        "a,b\n" + strings.Repeat("plain,1\n", 20_000) + "x,\xff\xff\xff\n" + plain,
	} {
		bad := 0
		for _, row := range readAll(t, file, "") {
			if strings.HasSuffix(row, " BAD") {
				bad++
			}
		}
		if bad != 1 {
			t.Errorf("%s: %d rows are broken", name, bad)
		}
	}
}

// refusal is the error of a file that is no table.
func refusal(t testing.TB, content, charset string) *models.Error {
	t.Helper()
	r, err := sheets.OpenReader("list.csv", openBytes([]byte(content)), sheets.ReadOptions{Encoding: charset})
	for err == nil {
		if _, _, err = r.Next(); errors.Is(err, io.EOF) {
			t.Fatalf("%.40q is read", content)
		}
	}
	if r != nil {
		_ = r.Close()
	}
	var e *models.Error
	if !errors.As(err, &e) || e.Code != models.CodeInvalid {
		t.Fatalf("%.40q: %v", content, err)
	}
	return e
}

func TestWhatIsNoTableIsRefusedByName(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, told, want string }{
		"old Excel":          {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "", "old_excel [file list.csv]"},
		"PDF":                {"%PDF-1.7\n", "", "not_a_table [file list.csv kind PDF]"},
		"gzip":               {"\x1f\x8b\x08\x00", "", "not_a_table [file list.csv kind gzip]"},
		"page":               {"\r\n<!DOCTYPE html><html>", "", "not_a_table [file list.csv kind HTML]"},
		"table":              {"\ufeff<table><tr>", "", "not_a_table [file list.csv kind HTML]"},
		"XML":                {"<?xml version=\"1.0\"?><Workbook>", "", "not_a_table [file list.csv kind XML]"},
		"broken ZIP":         {"PK\x03\x04 and no more", "", "unreadable [file list.csv]"},
		"unknown encoding":   {"a,b\n", "klingon", "unknown_encoding [file list.csv name klingon]"},
		"Cyrillic":           {"a,b\nx," + encoded(t, charmap.Windows1251, "Мария и Анна") + "\n", "", "encoding [file list.csv offset 6 line 2]"},
		"short Cyrillic":     {"a,b\r1,2\rx," + encoded(t, charmap.Windows1251, "Яна") + "\r", "", "encoding [file list.csv offset 10 line 3]"},
		"Mac Roman":          {"a,b\nx," + encoded(t, charmap.Macintosh, "Zoé") + "\n", "", "encoding [file list.csv offset 8 line 2]"},
		"Spanish Mac Roman":  {"a,b\nx," + encoded(t, charmap.Macintosh, "María") + "\n", "", "encoding [file list.csv offset 9 line 2]"},
		"Shift-JIS":          {"a,b\nx," + encoded(t, japanese.ShiftJIS, "黒木ミロ") + "\n", "", "encoding [file list.csv offset 6 line 2]"},
		"Polish":             {"a,b\nx," + encoded(t, charmap.Windows1250, "Małgorzata Łącka") + "\n", "", "encoding [file list.csv offset 8 line 2]"},
		"Turkish":            {"a,b\nx," + encoded(t, charmap.Windows1254, "Ayşe") + "\n", "", "encoding [file list.csv offset 8 line 2]"},
		"some Cyrillic":      {"a,b\n" + strings.Repeat("plain,1\n", 9) + "x," + encoded(t, charmap.Windows1251, "Анна") + "\n", "", "encoding [file list.csv offset 78 line 11]"},
		"half UTF-8":         {"a,é\nx,\xe9\n", "", "encoding [file list.csv offset 7 line 2]"},
		"no objects":         {`{"a": [1, 2]`, "", "bad_json [file list.csv offset 12]"},
		"an array cut short": {`[{"a": 1}, {"a": `, "", "bad_json [file list.csv offset 17]"},
		"an empty array":     {`[]`, "", "bad_json [file list.csv offset 2]"},
	} {
		e := refusal(t, c.file, c.told)
		if got := fmt.Sprint(strings.TrimPrefix(e.Key, "imports.error."), " ", e.Args); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestAFileThatCannotBeOpenedIsUnreadable(t *testing.T) {
	t.Parallel()
	gone := errors.New("gone")
	_, err := sheets.OpenReader("x", func() (io.ReadCloser, error) { return nil, gone }, sheets.ReadOptions{})
	var e *models.Error
	if !errors.As(err, &e) || e.Key != "imports.error.unreadable" || !errors.Is(err, gone) {
		t.Errorf("%v", err)
	}
}

func TestJSONIsRead(t *testing.T) {
	t.Parallel()
	header := "1 id¦author.uniqueId¦tags¦stats.n¦ok"
	object := func(id, name string) string {
		return `{"id": ` + id + `, "author": {"uniqueId": "` + name + `"}, "tags": ["a", {"name": "b"}, {"title": "c"}, 7, {}], "stats": {"n": 12.50}, "ok": true}`
	}
	row := func(id, name string) string { return id + "¦" + name + "¦a,b,c,7¦12.50¦true" }
	one, two := object("7123456789012345678", "ada"), object("2", "bo")
	rowOne, rowTwo := row("7123456789012345678", "ada"), row("2", "bo")
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"array":             {"[" + one + ",\n" + two + "]", []string{header, "1 " + rowOne, "2 " + rowTwo}},
		"lines":             {one + "\n\n" + two + "\n", []string{header, "1 " + rowOne, "3 " + rowTwo}},
		"in an object":      {`{"status": "ok", "none": [], "items": [` + one + "," + two + `], "n": 2}`, []string{header, "1 " + rowOne, "1 " + rowTwo}},
		"in two objects":    {`{"n": {"x": [1]}, "data": {"list": [` + one + `]}}`, []string{header, "1 " + rowOne}},
		"one":               {one, []string{header, "1 " + rowOne}},
		"written wide":      {"{\n\"a\": 1\n}\n{\n\"a\": 2\n}", []string{"1 a", "1 1", "4 2"}},
		"a mark":            {"\ufeff [" + one + "]", []string{header, "1 " + rowOne}},
		"UTF-16":            {encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "["+one+"]"), []string{header, "1 " + rowOne}},
		"other names":       {`[{"a":1},{"b":null,"a":"x\u0000\ny"},{"c":"{]\"\\"}]`, []string{"1 a¦b¦c", "1 1¦¦", "1 x\ny¦¦", "1 ¦¦{]\"\\"}},
		"a broken line":     {"{\"a\":1}\n{\"a\":\"x}\n{\"a\":3}\nnull\n", []string{"1 a", "1 1", "2 BAD", "3 3", "4 BAD"}},
		"a broken first":    {"{\"a\":1 \"b\"}\n{\"a\":3}\n", []string{"1 a", "1 BAD", "2 3"}},
		"a broken object":   {`[{"a":1},{"a" 2},{"a":3}]`, []string{"1 a", "1 1", "1 BAD", "1 3"}},
		"something else":    {`[{"a":1}, 5, "x", {"a":2}]`, []string{"1 a", "1 1", "1 BAD", "1 BAD", "1 2"}},
		"a long object":     {`[{"a":1},{"a":"` + strings.Repeat("x", 2<<20) + `"},{"a":3}]`, []string{"1 a", "1 1", "1 BAD", "1 3"}},
		"a long line":       {"{\"a\":1}\n{\"a\":\"" + strings.Repeat("x", 2<<20) + "\"}\n{\"a\":3}", []string{"1 a", "1 1", "2 BAD", "3 3"}},
		"too much nesting":  {"[{\"a\":1},{\"a\":" + strings.Repeat(`{"a":`, 99) + "1" + strings.Repeat("}", 99) + "}]", []string{"1 a", "1 1", "1 BAD"}},
		"lines with arrays": {"{\"a\":1,\"v\":[{\"id\":1}]}\n{\"a\":2,\"v\":[]}", []string{"1 a¦v", "1 1¦", "2 2¦"}},
	} {
		if got := readAll(t, c.file, ""); !slices.Equal(got, c.want) {
			t.Errorf("%s: is\n%.300q\nwant\n%.300q", name, got, c.want)
		}
	}
}

// TestWhatOthersWriteComesBack: whatever encoding/csv writes is read as it was.
func TestWhatOthersWriteComesBack(t *testing.T) {
	t.Parallel()
	cell := rapid.OneOf(rapid.StringN(0, 8, -1), rapid.StringMatching(`[ab"',;\t|\r\n é]{0,8}`))
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 4).Draw(t, "width")
		header := []string{"handle", "name", "followers", "country"}[:width]
		rows := append([][]string{header}, rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 0, 5).Draw(t, "rows")...)
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = rapid.SampledFrom([]rune(",;\t|")).Draw(t, "separator")
		w.UseCRLF = rapid.Bool().Draw(t, "CRLF")
		fmt.Fprintf(&b, "sep=%c\n", w.Comma)
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		r, err := sheets.OpenReader("x", openBytes(b.Bytes()), sheets.ReadOptions{Encoding: "utf-8"})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			_, got, err := r.Next()
			for i, s := range row {
				s = strings.ReplaceAll(strings.ReplaceAll(s, "\x00", ""), "\r\n", "\n")
				if w.UseCRLF {
					s = strings.ReplaceAll(s, "\r", "")
				}
				row[i] = s
			}
			if err != nil || !slices.Equal(got, row) {
				t.Fatalf("%q came back as %q, %v, from %q", row, got, err, b.String())
			}
		}
		if _, got, err := r.Next(); !errors.Is(err, io.EOF) {
			t.Fatalf("and then %q, %v", got, err)
		}
	})
}

func TestOurOwnExportComesBack(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := sheets.WriteCSV(&b, "", headings, rowsOf(sample)); err != nil {
		t.Fatal(err)
	}
	got := readAll(t, b.String(), "")
	want := []string{"1 " + strings.Join(headings, "¦"), "2 Léa, \"cuisine\"\nand more¦'=HYPERLINK(\"http://x\")¦-12345¦4.5¦1250.50¦900¦2026-11-21¦¦-0.0001¦"}
	if !slices.Equal(got, want) {
		t.Errorf("is %q, want %q", got, want)
	}
}

// repeated is a long file that nobody holds in memory.
type repeated struct {
	start, again string
	size, given  int
}

func (f *repeated) Read(p []byte) (int, error) {
	if f.given >= f.size {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) {
		part := f.start
		at := f.given
		if at >= len(f.start) {
			part, at = f.again, (at-len(f.start))%len(f.again)
		}
		copied := copy(p[n:], part[at:])
		n += copied
		f.given += copied
	}
	return n, nil
}

func TestALongFileNeedsLittleMemory(t *testing.T) {
	for name, f := range map[string]repeated{
		"rows":              {start: "a,b\n", again: "Zoé,\"2\"\n"},
		"one row":           {start: "a,b\n", again: strings.Repeat("x,", 500)},
		"one quote":         {start: "a,b\n\"", again: strings.Repeat("x", 1000)},
		"one JSON text":     {start: `[{"a":1},{"a":"`, again: strings.Repeat("x", 1000)},
		"one JSON object":   {start: `{"a":{"c":1},"b":{`, again: `"b":[1,{"x":2}],`},
		"one JSON array":    {start: `[{"a":[`, again: `[[[[{"x":"y",`},
		"names without end": {start: `[`, again: `{"` + strings.Repeat("x", 1000) + `":1},`},
	} {
		f.size = 12 << 20
		var w watched
		w.look()
		before := w.peak
		r, err := sheets.OpenReader("x", func() (io.ReadCloser, error) { long := f; return io.NopCloser(&long), nil }, sheets.ReadOptions{})
		rows := 0
		for err == nil {
			if rows++; rows%250_000 == 1 {
				w.look()
			}
			_, _, err = r.Next()
		}
		w.look()
		if !errors.Is(err, io.EOF) && models.CodeOf(err) != models.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
		if w.peak > before+(8<<20) {
			t.Errorf("%s: %d MB are kept", name, (w.peak-before)>>20)
		}
		if r != nil {
			_ = r.Close()
		}
	}
}
