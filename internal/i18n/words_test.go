package i18n_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// wordsPage is the glossary: the words that are used, and those that are not.
const wordsPage = "../../docs/words.md"

var glossaryLanguages = map[string]string{"English": "en", "Français": "fr", "Nederlands": "nl"}

// glossaryRows are the cells of the table whose first column is headed by name.
func glossaryRows(t *testing.T, name string) [][]string {
	t.Helper()
	page, err := os.ReadFile(wordsPage)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	inside := false
	for line := range strings.Lines(string(page)) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			inside = false
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case cells[0] == name:
			inside = true
		case inside && !strings.HasPrefix(cells[0], "---"):
			rows = append(rows, cells)
		}
	}
	if len(rows) == 0 {
		t.Fatalf("%s has no table of %q", wordsPage, name)
	}
	return rows
}

// textsOf are all texts of one language by key, without their placeholders.
func textsOf(t *testing.T, language string) map[string]string {
	t.Helper()
	files, err := filepath.Glob("locales/*." + language + ".json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	texts := map[string]string{}
	for _, file := range files {
		for key, f := range readTexts(t, file) {
			texts[key] = placeholder.ReplaceAllString(strings.Join(slices.Sorted(maps.Values(f)), "\n"), "{}")
		}
	}
	return texts
}

// wholeWord matches a word of the glossary in a text: whole, in either case,
// and * for any letters.
func wholeWord(word string) *regexp.Regexp {
	parts := strings.Split(word, "*")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile(`(?i)(?:^|[^\pL\pN_-])(` + strings.Join(parts, `\pL*`) + `)(?:$|[^\pL\pN_-])`)
}

func TestOneWordForOneThing(t *testing.T) {
	t.Parallel()
	languages := []string{"en", "fr", "nl"}
	texts := map[string]string{}
	for _, l := range languages {
		texts[l] = strings.Join(slices.Sorted(maps.Values(textsOf(t, l))), "\n")
	}
	for _, row := range glossaryRows(t, "Thing") {
		if len(row) != 1+len(languages) {
			t.Errorf("%q has %d words", row[0], len(row)-1)
			continue
		}
		for i, l := range languages {
			if !strings.Contains(strings.ToLower(texts[l]), row[i+1]) {
				t.Errorf("%s: no text says %q", l, row[i+1])
			}
		}
	}
}

func TestDecidedTextsAreKept(t *testing.T) {
	t.Parallel()
	languages := []string{"en", "fr", "nl"}
	texts := map[string]string{} // by language, key and form
	for _, l := range languages {
		files, _ := filepath.Glob("locales/*." + l + ".json")
		for _, file := range files {
			for key, f := range readTexts(t, file) {
				for form, text := range f {
					texts[l+" "+key+"."+form] = placeholder.ReplaceAllString(text, "{}")
				}
				if len(f) == 1 {
					texts[l+" "+key] = texts[l+" "+key+".other"]
				}
			}
		}
	}
	for _, row := range glossaryRows(t, "Key") {
		if len(row) != 1+len(languages) {
			t.Errorf("%s has %d texts", row[0], len(row)-1)
			continue
		}
		for i, l := range languages {
			if got := texts[l+" "+row[0]]; got != row[i+1] {
				t.Errorf("%s: %s is %q, decided was %q", l, row[0], got, row[i+1])
			}
		}
	}
}

func TestRefusedWordsAreNotWritten(t *testing.T) {
	t.Parallel()
	texts := map[string]map[string]string{}
	for _, l := range glossaryLanguages {
		texts[l] = textsOf(t, l)
	}
	for _, row := range glossaryRows(t, "Language") {
		language, ok := glossaryLanguages[row[0]]
		if !ok || len(row) != 4 {
			t.Errorf("%q is no row of %s", row, wordsPage)
			continue
		}
		word, may := wholeWord(row[1]), strings.Fields(row[3])
		for _, key := range may {
			if !word.MatchString(texts[language][key]) {
				t.Errorf("%s may say %q, and does not", key, row[1])
			}
		}
		for key, text := range texts[language] {
			if !slices.Contains(may, key) && word.MatchString(text) {
				t.Errorf("%s: %q says %q instead of %q", key, text, row[1], row[2])
			}
		}
	}
}

func TestWholeWord(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		word, text string
		want       bool
	}{
		{"mail", "No mail yet", true}, {"mail", "No e-mail yet", false}, {"mail", "Mail", true}, {"mail", "mails", false},
		{"shortlist*", "Shortlists", true}, {"status", "Quel statut ?", false}, {"ils", "Qu’ils soient", true},
		{"hand on", "hand\non", false}, {"vorm", "platformvorm", false}, {"he", "thé", false},
	} {
		if got := wholeWord(c.word).MatchString(c.text); got != c.want {
			t.Errorf("%q in %q: %t", c.word, c.text, got)
		}
	}
}
