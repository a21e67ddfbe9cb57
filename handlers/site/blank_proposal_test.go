package site_test

import (
	"archive/zip"
	"io"
	"net/http"
	"strings"
	"testing"

	"tribemarket/internal/i18n"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/pdftest"
	"tribemarket/models/terms"
	termsview "tribemarket/views/terms"
)

func TestABlankProposalAsksForEveryClauseInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	for locale, title := range map[i18n.Locale]string{"en": "Partnership proposal", "fr": "Proposition de partenariat", "nl": "Voorstel voor een deal"} {
		b := a.NewBrowser(t)
		b.Language = string(locale)
		for path, read := range map[string]func(*testing.T, string) string{
			"/proposal-template.pdf":  func(t *testing.T, file string) string { t.Helper(); return pdftest.Text(t, []byte(file)) },
			"/proposal-template.docx": readDOCX,
		} {
			p := b.Get(path)
			if p.Status != http.StatusOK || p.Header.Get("Content-Disposition") != `attachment; filename="`+path[1:]+`"` {
				t.Fatalf("%s is %d %v", path, p.Status, p.Header)
			}
			if again := b.Get(path); again.Body != p.Body {
				t.Errorf("%s is made anew", path)
			}
			text := read(t, p.Body)
			if !strings.HasPrefix(text, pdftest.Squeeze(title)) {
				t.Errorf("%s in %s begins with %.80s", path, locale, text)
			}
			from := strings.Index(text, pdftest.Squeeze(i18n.T(i18n.WithLocale(t.Context(), locale, nil), "documents.blank.terms")))
			for _, c := range terms.Clauses() {
				name := pdftest.Squeeze(termsview.Name(i18n.WithLocale(t.Context(), locale, nil), c))
				at := strings.Index(text[max(from, 0):], name)
				if from < 0 || at < 0 {
					t.Fatalf("%s in %s does not ask for %s after the clause before: %s", path, locale, name, text)
				}
				from += at + len(name)
			}
		}
	}
}

// readDOCX is the text of a word processor's document without its white space.
func readDOCX(t *testing.T, file string) string {
	t.Helper()
	archive, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := archive.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for piece := range strings.SplitSeq(string(content), "<w:t ") {
		if _, after, found := strings.Cut(piece, ">"); found {
			text, _, isText := strings.Cut(after, "</w:t>")
			if isText {
				all.WriteString(text)
			}
		}
	}
	return pdftest.Squeeze(strings.NewReplacer("&#39;", "'", "&amp;", "&").Replace(all.String()))
}

func TestBlankProposalsAreFoundWithoutAnAccount(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	if p := h.NewBrowser(t).Get("/"); p.Find("footer a[href='/proposal-template.pdf']").Length() != 1 {
		t.Error("the home page does not lead to it")
	}
	for _, format := range []string{"pdf", "docx"} {
		if p := h.AsCreator.Get("/negotiations"); p.Find("main a[href='/proposal-template."+format+"']").Length() != 1 {
			t.Errorf("the list of negotiations does not lead to the %s", format)
		}
	}
}
