package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/carlos7ags/folio/core"
	"github.com/carlos7ags/folio/reader"
)

var arabic, hebrew, devanagari, symbols, han = fallbacks[0], fallbacks[1], fallbacks[2], fallbacks[3], fallbacks[5]

// scripts are names as people write them, with the fonts that print them.
var scripts = []struct {
	name, text string
	family     *family
}{
	{"Latin", "Œuvre Ślęża İstanbul Tiếng Việt Ǻ ñ ß", sans},
	{"Greek", "Γιώργος Παπαδόπουλος ᾧ", sans},
	{"Cyrillic", "Їжак Ольга Щербакова Ђорђе", sans},
	{"Arabic", "محمد بن سلمان لؤي", arabic},
	{"Hebrew", "שרה לוי־כהן", hebrew},
	{"Devanagari", "श्री विक्रम क्षत्रिय", devanagari},
	{"Chinese", "北京市朝陽區 张伟", han},
	{"Japanese", "山田 さくら ガブリエル 渋谷区", han},
	{"Korean", "김민수 서울특별시 강남구", han},
}

func TestNineScriptsPrintEveryLetter(t *testing.T) {
	t.Parallel()
	for _, s := range scripts {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			runs, err := splitByFont(s.text)
			if err != nil || len(runs) != 1 || runs[0].family != s.family {
				t.Fatalf("printed as %v, %v", runs, err)
			}
			words := wordsOf(t, render(t, documentOf(s.text)))
			if len(words) == 0 {
				t.Fatal("nothing is printed")
			}
			for _, w := range words {
				if len(w.glyphs) == 0 || slices.Contains(w.glyphs, 0) {
					t.Errorf("a word has the glyphs %v", w.glyphs)
				}
			}
			// A bold heading prints it as well, in the serif where that has its letters.
			bold := documentOf("")
			bold.HTML = `<html><head><style>h1 { font-family: Serif }</style></head><body><h1>` + s.text + `</h1></body></html>`
			for _, w := range wordsOf(t, render(t, bold)) {
				if len(w.glyphs) == 0 || slices.Contains(w.glyphs, 0) {
					t.Errorf("a word in bold has the glyphs %v", w.glyphs)
				}
			}
		})
	}
}

func TestArabicLettersJoinFromRightToLeft(t *testing.T) {
	t.Parallel()
	words := wordsOf(t, render(t, documentOf("كتاب 2026")))
	// From the left: the number, then beh alone, alef final, ta medial, kaf initial.
	if len(words) != 2 {
		t.Fatalf("%d words", len(words))
	}
	if want := glyphsOf(sans, "2026"); !slices.Equal(words[0].glyphs, want) {
		t.Errorf("the number shows %v, not %v", words[0].glyphs, want)
	}
	if want := glyphsOf(arabic, "\uFE8F\uFE8E\uFE98\uFEDB"); !slices.Equal(words[1].glyphs, want) {
		t.Errorf("the word shows %v, not %v", words[1].glyphs, want)
	}
}

func TestHebrewRunsFromRightToLeftInsideLatin(t *testing.T) {
	t.Parallel()
	words := wordsOf(t, render(t, documentOf("Acme שלום BV")))
	if len(words) != 3 {
		t.Fatalf("%d words", len(words))
	}
	for i, want := range [][]uint16{glyphsOf(sans, "Acme"), glyphsOf(hebrew, "םולש"), glyphsOf(sans, "BV")} {
		if !slices.Equal(words[i].glyphs, want) {
			t.Errorf("word %d shows %v, not %v", i+1, words[i].glyphs, want)
		}
	}
}

func TestDevanagariFormsConjuncts(t *testing.T) {
	t.Parallel()
	words := wordsOf(t, render(t, documentOf("कि क्ष")))
	if len(words) != 2 {
		t.Fatalf("%d words", len(words))
	}
	if sign, letter := glyphsOf(devanagari, "ि")[0], glyphsOf(devanagari, "क")[0]; len(words[0].glyphs) != 2 || words[0].glyphs[0] == letter || words[0].glyphs[1] != letter {
		t.Errorf("the vowel sign %d does not stand before the letter %d: %v", sign, letter, words[0].glyphs)
	}
	if len(words[1].glyphs) != 1 {
		t.Errorf("क्ष is not one letter: %v", words[1].glyphs)
	}
}

// TestMarksStandOnTheirLetter: a second Td in a word would count from its beginning.
func TestMarksStandOnTheirLetter(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"mq̃", "كتابةً", "שָׁלוֹם"} {
		for _, w := range wordsOf(t, render(t, documentOf(text))) {
			moves := len(slices.DeleteFunc(slices.Clone(w.ops), func(op string) bool { return op != "Td" }))
			if moves != 1 || !slices.Contains(w.ops, "TJ") || w.ops[len(w.ops)-1] == "Td" {
				t.Errorf("%s is printed by %v", text, w.ops)
			}
		}
	}
	got := string(mendContent([]byte("BT\n/F1 40 Tf\n50 700 Td\n<0001> Tj\n-12 4 Td\n<0002> Tj\n12 -4 Td\n<0003> Tj\nET\n")))
	want := "BT\n/F1 40 Tf\n50 700 Td\n<0001> Tj\n[300] TJ\n4 Ts\n<0002> Tj\n[-300] TJ\n0 Ts\n<0003> Tj\nET\n"
	if got != want {
		t.Errorf("mended to\n%s", got)
	}
}

func TestTheSameDocumentHasTheSameBytes(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	for _, s := range scripts {
		all.WriteString(s.text + " ")
	}
	d := documentOf(all.String() + "🔥 → ✓")
	d.Attachments = []Attachment{{Name: "terms.json", MediaType: "application/json", Data: []byte(`{}`)}}
	first := render(t, d)
	devanagari := documentOf("श्री विक्रम क्षत्रिय कीर्ति प्रौद्योगिकी") // whose glyphs have no characters of their own
	words := render(t, devanagari)
	for range 5 {
		if !bytes.Equal(render(t, d), first) || !bytes.Equal(render(t, devanagari), words) {
			t.Fatal("the bytes differ")
		}
	}
	d.Title = "Another"
	if bytes.Equal(render(t, d), first) {
		t.Error("another title has the same bytes")
	}
}

func TestFileIsTaggedPDFA3WithItsAttachment(t *testing.T) {
	t.Parallel()
	d := documentOf("Agreed: 500 €, שלום, 契約, कि")
	d.Title, d.Language = "Contract 契約", "fr"
	d.Attachments = []Attachment{{Name: "terms.json", MediaType: "application/json", Description: "The terms", Data: []byte(`{"fee":50000}`)}}
	file := render(t, d)
	read, err := reader.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>", "/GTS_PDFA1", "/Marked true", "/Lang (fr)", "/AFRelationship /Data", "/Subtype /application#2Fjson", "Contract 契約"} {
		if !bytes.Contains(file, []byte(part)) {
			t.Errorf("the file lacks %s", part)
		}
	}
	if title, author, _, _, _ := read.Info(); title != d.Title || author != d.Author {
		t.Errorf("its title is %q by %q", title, author)
	}
	if got := attached(t, read); !bytes.Equal(got, d.Attachments[0].Data) {
		t.Errorf("the attachment holds %q", got)
	}
	fonts, embedded := bytes.Count(file, []byte("/Type /FontDescriptor")), bytes.Count(file, []byte("/FontFile2"))
	if fonts < 4 || fonts != embedded {
		t.Errorf("%d of %d fonts are embedded", embedded, fonts)
	}
	if unembedded := regexp.MustCompile(`/Subtype /Type1\b`).Find(file); unembedded != nil {
		t.Error("a font of the reader's is used")
	}
}

// attached reads the one file that the catalogue names in AF.
func attached(t *testing.T, read *reader.PdfReader) []byte {
	t.Helper()
	var object core.PdfObject = read.Catalog()
	for _, key := range []string{"AF", "EF", "F"} {
		dict, ok := object.(*core.PdfDictionary)
		if !ok {
			t.Fatalf("%s stands in %T", key, object)
		}
		var err error
		if object, err = read.ResolveObject(dict.Get(key)); err != nil {
			t.Fatal(err)
		}
		if list, ok := object.(*core.PdfArray); ok {
			if object, err = read.ResolveObject(list.At(0)); err != nil {
				t.Fatal(err)
			}
		}
	}
	stream, ok := object.(*core.PdfStream)
	if !ok {
		t.Fatalf("the file is %T", object)
	}
	return stream.Data
}

func TestEveryPageHasItsNumber(t *testing.T) {
	t.Parallel()
	d := documentOf("")
	d.HTML = "<html><head></head><body>" + strings.Repeat("<p>A clause that takes some room.</p>", 80) + "</body></html>"
	read, err := reader.Parse(render(t, d))
	if err != nil {
		t.Fatal(err)
	}
	if read.PageCount() < 2 {
		t.Fatalf("%d pages", read.PageCount())
	}
	for i := range read.PageCount() {
		page, err := read.Page(i)
		if err != nil {
			t.Fatal(err)
		}
		content, err := page.ContentStream()
		if err != nil {
			t.Fatal(err)
		}
		_, foot, found := bytesCut(content, "/Artifact BMC")
		number := fmt.Sprintf("%d/%d", i+1, read.PageCount())
		if words := readWords(t, string(foot)); !found || len(words) != 1 || !slices.Equal(slices.DeleteFunc(words[0].glyphs, isSpaceGlyph), glyphsOf(sans, number)) {
			t.Errorf("page %d does not end with %s", i+1, number)
		}
	}
}

func isSpaceGlyph(g uint16) bool { return g == glyphsOf(sans, " ")[0] }

func TestUnprintableLettersAreRefusedByName(t *testing.T) {
	t.Parallel()
	for text, letter := range map[string]rune{"Anna ก": 'ก', "বাংলা": 'ব', "𠮷田": '𠮷', "x\uE000": '\uE000', "a\U00016AF0": '\U00016AF0'} {
		var refused *UnprintableError
		if err := CheckText(text); !errors.As(err, &refused) || refused.Letter != letter || refused.Text != text {
			t.Errorf("%q is checked with %v", text, err)
		}
		if _, err := Render(context.Background(), documentOf(text)); !errors.As(err, &refused) || refused.Letter != letter {
			t.Errorf("%q is printed with %v", text, err)
		}
	}
	if code := (&UnprintableError{Letter: 'ก'}).CodePoint(); code != "U+0E01" {
		t.Error(code)
	}
	for _, text := range []string{"", "Zoë\r\n\tO’Neill\u200b\u00ad", "naïve\u202e", "a\ufe0f", "→ ✓ ★ ≤ − • № ½ ① \u00a0\u202f"} {
		if err := CheckText(text); err != nil {
			t.Errorf("%q is refused: %v", text, err)
		}
	}
}

func TestEmojiAreDrawn(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"🔥": "🔥", "❤️": "❤", "👩🏽‍💻": "👩💻", "🇫🇷": "🇫🇷", "🏽": "🏽"} {
		words := wordsOf(t, render(t, documentOf(text)))
		if len(words) != 1 || !slices.Equal(words[0].glyphs, glyphsOf(emoji, want)) || slices.Contains(words[0].glyphs, 0) {
			t.Errorf("%s is printed as %v, not %v", text, words, glyphsOf(emoji, want))
		}
	}
	if words := wordsOf(t, render(t, documentOf("1️⃣"))); len(words) != 1 || !slices.Equal(words[0].glyphs, glyphsOf(sans, "1")) {
		t.Errorf("a framed digit is printed as %v", words)
	}
}

func TestLineBreaksInTextAreKept(t *testing.T) {
	t.Parallel()
	d := documentOf("")
	d.HTML = "<html><head></head><body><p style=\"white-space: pre-line\">one\ntwo\n文 字</p></body></html>"
	if words := wordsOf(t, render(t, d)); len(words) != 4 {
		t.Errorf("%d words", len(words))
	}
	runs, err := splitByFont("文\n字")
	if err != nil || len(runs) != 1 || runs[0].text != "文\n字" {
		t.Error(runs, err)
	}
}

func TestNothingIsFetched(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"http://127.0.0.1:1/a.png", "/etc/hostname", "file:///etc/hostname", "../fonts.go"} {
		d := documentOf("")
		d.HTML = `<html><head></head><body><img alt="" src="` + address + `"></body></html>`
		if _, err := Render(context.Background(), d); err == nil {
			t.Errorf("%s is read", address)
		}
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Render(stopped, documentOf("x")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestBoldAndSerifHaveTheLettersOfTheRegular(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]*typeface{
		{sans.regular, sans.bold}, {sans.regular, serif.regular}, {arabic.regular, arabic.bold},
		{hebrew.regular, hebrew.bold}, {devanagari.regular, devanagari.bold},
	} {
		for r := rune(1); r < 0x20000; r++ {
			if pair[0].has(r) && !pair[1].has(r) {
				t.Errorf("%s lacks %U of %s", pair[1].file, r, pair[0].file)
			}
		}
	}
	if !symbols.regular.has('✓') {
		t.Error("the symbols lack a check mark")
	}
}

func FuzzRender(f *testing.F) {
	for _, s := range scripts {
		f.Add(s.text)
	}
	f.Add("Việt \u05BA ñ") // a mark on a space
	f.Add("👩🏽‍💻 1️⃣ a\u0301\u0301 </p><style>@page { size: 1px }</style> \x00\xff ก")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 400 {
			t.Skip()
		}
		file, err := Render(t.Context(), documentOf(text))
		var refused *UnprintableError
		if errors.As(err, &refused) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range wordsOf(t, file) {
			if slices.Contains(w.glyphs, 0) {
				t.Errorf("%q prints a box", text)
			}
		}
	})
}

func FuzzMend(f *testing.F) {
	f.Add(render(f, documentOf("كتابةً")))
	f.Fuzz(func(_ *testing.T, file []byte) {
		_, _ = mend(file) // a broken file is an error, never a panic
	})
}

// A space between two scripts is seen as one between two words of the same script is.
func TestSpacesBetweenScriptsAreKept(t *testing.T) {
	t.Parallel()
	for _, style := range []string{"normal", "pre-line"} {
		last := func(text string) (x string) {
			d := documentOf(text)
			d.HTML = strings.Replace(d.HTML, "<p ", `<p style="white-space: `+style+`" `, 1)
			for line := range strings.Lines(contentOf(t, render(t, d))) {
				if fields := strings.Fields(line); len(fields) == 3 && fields[2] == "Td" {
					x = fields[0]
				}
			}
			return x
		}
		for apart, together := range map[string]string{"Hallo नमस्ते": "Halloनमस्ते", "안녕 Ωμέγα": "안녕Ωμέγα", "Привет 🎉": "Привет🎉"} {
			if a, b := last(apart), last(together); a == b {
				t.Errorf("%s, %s: the last word stands at %s, as without a space", style, apart, a)
			}
		}
	}
}

// contentOf is what the first page draws, without the page's number.
func contentOf(t testing.TB, file []byte) string {
	t.Helper()
	read, err := reader.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	page, err := read.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	content, err := page.ContentStream()
	if err != nil {
		t.Fatal(err)
	}
	content, _, _ = bytesCut(content, "/Artifact BMC")
	return string(content)
}
