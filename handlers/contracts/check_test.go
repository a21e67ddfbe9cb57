package contracts_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// The check page knows a signed PDF by its bytes, says nothing of any other, and keeps none.
func TestAPDFIsCheckedByItsBytes(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	path, unsigned := readyContract(t, h), readyContract(t, h)
	bytesOf := func(path string) string { return h.AsBrand.Get(path + "/contract.pdf").Body }
	person := apptest.Count(t, h.App, "SELECT person_id FROM creators WHERE public_id = ?", h.CreatorID)
	apptest.Must(t, h.Accounts.ConfirmEmailWithoutLink(t.Context(), int64(person), "penne@mail.example"))
	h.AsCreator.ProveByCode(path)
	answers := url.Values{"name": {"A. Signer"}, "role": {"Owner"}, "authority": {"yes"}, "adult": {"yes"}, "agreed": {"yes"}}
	for _, b := range []*apptest.Browser{h.AsCreator, h.AsBrand} {
		b.Get(path).Submit("#signature", answers)
	}
	signed := bytesOf(path)
	rows, files := countStored(t, h)
	visitor := h.NewBrowser(t)
	const mark = "canary-of-the-check"
	for _, c := range []struct {
		what, content, says string
		status              int
	}{
		{"the signed document", signed, "Valid: signed by both sides on", http.StatusOK},
		{"one byte changed", signed[:len(signed)-1] + "!", "Unknown document", http.StatusOK},
		{"one byte more", signed + "\n", "Unknown document", http.StatusOK},
		{"a contract that nobody has signed", bytesOf(unsigned), "Unknown document", http.StatusOK},
		{"no PDF", mark, "Unknown document", http.StatusOK},
		{"all that fits", mark + strings.Repeat("x", 1<<20-len(mark)), "Unknown document", http.StatusOK},
		{"a byte more than fits", mark + strings.Repeat("x", 1<<20-len(mark)+1), "1 MB", http.StatusRequestEntityTooLarge},
		{"far more than fits", mark + strings.Repeat("x", 3<<20), "1 MB", http.StatusRequestEntityTooLarge},
		{"nothing", "", "Choose a PDF", http.StatusUnprocessableEntity},
	} {
		p := visitor.Get("/check").SubmitFile("main form[action='/check']", url.Values{}, "file", mark+".pdf", c.content)
		if p.Status != c.status || !p.HasTexts(c.says) || strings.Contains(p.Body, "Fonte") || strings.Contains(p.Body, strings.TrimPrefix(path, "/contracts/")) {
			t.Errorf("%s: %d %s", c.what, p.Status, p.Find("main").Text())
		}
	}
	if found := apptest.FindText(t, h.DB, mark); len(found) != 0 {
		t.Errorf("what was checked is kept in %v", found)
	}
	if r, f := countStored(t, h); r != rows || f != files {
		t.Errorf("%d documents and %d files became %d and %d", rows, files, r, f)
	}
	hash := strings.TrimSpace(h.AsBrand.Get(path).Find("#document code").Text())
	for typed, says := range map[string]string{
		strings.ToUpper(hash): "Valid: signed", " " + hash[:32] + " " + hash[32:] + " ": "Valid: signed", strings.Repeat("0", 64): "Unknown document",
	} {
		if p := visitor.Get("/check").Submit("main form[action='/check']", url.Values{"hash": {typed}}); !p.HasTexts(says) {
			t.Errorf("%q: %s", typed, p.Find("main").Text())
		}
	}
}

// countStored counts the documents and the files that are kept.
func countStored(t *testing.T, h apptest.Partnership) (rows, files int) {
	t.Helper()
	apptest.Must(t, filepath.WalkDir(h.Config.FilesFolder(), func(_ string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files++
		}
		return err
	}))
	return apptest.Count(t, h.App, "SELECT count(*) FROM documents"), files
}
