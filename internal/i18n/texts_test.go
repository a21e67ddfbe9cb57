package i18n_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/i18n"
)

// forms are the plural forms of one text; a text without a plural has "other" alone.
type forms map[string]string

func readTexts(t *testing.T, path string) map[string]forms {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	texts := map[string]forms{}
	for key, v := range all {
		var s string
		f := forms{}
		if json.Unmarshal(v, &s) == nil {
			f = forms{"other": s}
		} else if err := json.Unmarshal(v, &f); err != nil {
			t.Errorf("%s: %s is neither a text nor plural forms", path, key)
		}
		texts[key] = f
	}
	return texts
}

var placeholder = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// placeholders are those of all forms together: "one" may leave the number out.
func placeholders(f forms) []string {
	names := map[string]bool{}
	for _, s := range f {
		for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
			names[m[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func TestLanguagesAreEqual(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("locales/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	areas, owner := map[string]bool{}, map[string]string{}
	for _, f := range files {
		area, l, _ := strings.Cut(strings.TrimSuffix(filepath.Base(f), ".json"), ".")
		if _, ok := i18n.ParseLocale(l); !ok {
			t.Errorf("%s: no such language", f)
		}
		areas[area] = true
	}
	for area := range areas {
		english := readTexts(t, "locales/"+area+".en.json")
		for key := range english {
			if other := owner[key]; other != "" {
				t.Errorf("%s is in %s and in %s", key, area, other)
			}
			owner[key] = area
			if prefix, _, _ := strings.Cut(key, "."); prefix != area {
				t.Errorf("%s.en.json has %s; a key begins with the name of its file", area, key)
			}
		}
		for _, l := range []string{"fr", "nl"} {
			compare(t, area+"."+l, english, readTexts(t, "locales/"+area+"."+l+".json"))
		}
	}
}

func compare(t *testing.T, name string, english, other map[string]forms) {
	t.Helper()
	for key, want := range english {
		got, ok := other[key]
		if !ok {
			t.Errorf("%s: %s is missing", name, key)
			continue
		}
		if a, b := slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)); !slices.Equal(a, b) {
			t.Errorf("%s: %s has the forms %v, English has %v", name, key, b, a)
		}
		if a, b := placeholders(want), placeholders(got); !slices.Equal(a, b) {
			t.Errorf("%s: %s has the placeholders %v, English has %v", name, key, b, a)
		}
	}
	for key := range other {
		if _, ok := english[key]; !ok {
			t.Errorf("%s: %s is not in English", name, key)
		}
	}
}

// Texts are plain: no exclamation mark, no straight quote or apostrophe, a narrow
// space before the French signs and inside French quotes, a number that stays with its
// unit, no space at an end, every placeholder closed.
func TestTextsAreWellSet(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("locales/*.json")
	french := regexp.MustCompile(`[^\x{202f}:/][:;?!%](\s|$)|«[^\x{202f}]|[^\x{202f}]»`)
	breaking := regexp.MustCompile(`[0-9X] (\d{3}|h|min|j|k|M|Md|Mo|€|%)([^\pL’]|$)`)
	for _, path := range files {
		for key, f := range readTexts(t, path) {
			for _, s := range f {
				bare := placeholder.ReplaceAllString(s, "X")
				switch {
				case s == "" || s != strings.TrimSpace(s):
					t.Errorf("%s: %s is empty or has a space at an end", path, key)
				case strings.Contains(bare, "!"):
					t.Errorf("%s: %s has an exclamation mark", path, key)
				case strings.ContainsAny(bare, `'"{}`):
					t.Errorf("%s: %s has a straight quote or an open placeholder: %s", path, key, s)
				case strings.HasSuffix(path, ".fr.json") && french.MatchString(bare):
					t.Errorf("%s: %s lacks a narrow space: %s", path, key, s)
				case strings.HasSuffix(path, ".fr.json") && breaking.MatchString(bare):
					t.Errorf("%s: %s may break between a number and its unit: %s", path, key, s)
				}
			}
		}
	}
}

var literal = regexp.MustCompile(`i18n\.T\(\s*[\w.()]+,\s*"([^"]+)"\s*[,)]`)

// Every text that a page or a handler names exists. A key that is put together
// ("state." + x) is checked up to the plus by whoever puts it together.
func TestEveryNamedTextExists(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, root := range []string{"../../views", "../../handlers"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_templ.go") ||
				!strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".templ") {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, m := range literal.FindAllStringSubmatch(string(raw), -1) {
				seen++
				if !i18n.HasText(m[1]) {
					t.Errorf("%s: no language has %q", path, m[1])
				}
			}
			return nil
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	t.Logf("%d texts are named", seen)
}

// A text about somebody unknown says "the creator" or "they".
func TestEnglishIsNeutral(t *testing.T) {
	t.Parallel()
	gendered := regexp.MustCompile(`(?i)\b(she|her|hers|herself|he|him|his|himself)\b`)
	files, _ := filepath.Glob("locales/*.en.json")
	for _, path := range files {
		for key, f := range readTexts(t, path) {
			for _, s := range f {
				if word := gendered.FindString(s); word != "" {
					t.Errorf("%s: %s has %q: %s", path, key, word, s)
				}
			}
		}
	}
}

// French says no gender of the reader, and of nobody unknown: no participle after
// "vous êtes", no "vous seul", no dots or brackets that write both.
var (
	frenchParticiple = regexp.MustCompile(`(?i)(?:^|[^\pL])vous (?:y |en |n’)?(?:êtes|serez|soyez|avez été)(?: (?:pas|plus|déjà|encore|ensuite|toujours|maintenant))* (?:\pL+(?:ée?|it|ite|is|ise|ue?|ert)|sûre?|prête?|seule?)(?:[^\pL]|$)`)
	frenchBothForms  = regexp.MustCompile(`\pL(?:[·•]\pL|\((?:e|ne|trice)\))`)
)

func TestFrenchIsNeutral(t *testing.T) {
	t.Parallel()
	for key, text := range textsOf(t, "fr") {
		if s := frenchParticiple.FindString(text); s != "" {
			t.Errorf("%s says %q: %s", key, s, text)
		}
		if s := frenchBothForms.FindString(text); s != "" {
			t.Errorf("%s writes both forms: %s", key, text)
		}
	}
}

func TestFrenchGendersAreFound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Vous êtes suspendu": true, "Vous y êtes déconnecté.": true, "Vous n’êtes pas encore inscrit.": true, "si vous en êtes sûr": true,
		"Vous n’êtes plus membre de {}": false, "Vous êtes propriétaire": false, "Vous êtes en retard": false, "où vous êtes connecté": true,
	} {
		if got := frenchParticiple.MatchString(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
	for text, want := range map[string]bool{"inscrit·e": true, "connecté(e)": true, "(facultatif)": false, "5 à 7 · Paris": false} {
		if got := frenchBothForms.MatchString(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
