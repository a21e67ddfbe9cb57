package words_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tribemarket/models/text/words"
)

// terms are of rows whose texts are in the form of Text.
func terms(texts ...string) *words.Terms {
	b := words.NewBuilder()
	for row, text := range texts {
		b.Add(uint32(row), text)
	}
	return b.Build()
}

func TestARowIsGradedByItsBestWord(t *testing.T) {
	texts := []string{
		" food | paris ",           // the word on the side of the names
		" foodtok | ",              // a beginning there
		" lea | food ",             // the word elsewhere
		" lea | foodie ",           // a beginning elsewhere
		" fodo | ",                 // near
		" foodie | food ",          // a beginning of a name outdoes the word elsewhere
		" food foodtok | foodies ", // the best of several
		" lea | drink ",
		" lea | food foot foodie ",
	}
	want := []int{1000, 800, 600, 400, 200, 800, 1000, 0, 600}
	check := func(kind string, terms *words.Terms) {
		near := terms.Near("food")
		if !slices.Equal(near, []string{"fodo", "foot"}) {
			t.Errorf("%s: near food are %q", kind, near)
		}
		g := terms.Grades("food", near)
		for row, w := range want {
			if got := g.Of(uint32(row)); got != w {
				t.Errorf("%s: %q is graded %d, want %d", kind, texts[row], got, w)
			}
		}
		if got := g.Of(1 << 30); got != 0 {
			t.Errorf("%s: a row that isn't there is graded %d", kind, got)
		}
		if got := terms.Rows("food", near).ToArray(); !slices.Equal(got, []uint32{0, 1, 2, 3, 4, 5, 6, 8}) {
			t.Errorf("%s: rows are %v", kind, got)
		}
		if got := terms.Rows("food", nil).ToArray(); !slices.Equal(got, []uint32{0, 1, 2, 3, 5, 6, 8}) {
			t.Errorf("%s: rows without the near are %v", kind, got)
		}
	}
	check("a byte per row", terms(texts...))
	check("a sorted list", terms(append(slices.Clone(texts), make([]string, 20_000)...)...))
}

func TestNothingIsFoundInNothing(t *testing.T) {
	for _, empty := range []*words.Terms{words.NewBuilder().Build(), terms(" | ", "")} {
		if empty.Has("a") || empty.Has("") || empty.Len() != 0 || empty.Near("beauty") != nil {
			t.Error("words are found where there are none")
		}
		if !empty.Rows("a", []string{"b"}).IsEmpty() || empty.Grades("a", nil).Of(0) != 0 {
			t.Error("rows are found where there are none")
		}
	}
	if (words.Grades{}).Of(3) != 0 {
		t.Error("the zero Grades grade a row")
	}
}

func TestRowsComeInOrder(t *testing.T) {
	for _, rows := range [][]uint32{{1, 1}, {2, 1}, {1 << 31}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("rows %v are taken", rows)
				}
			}()
			b := words.NewBuilder()
			for _, r := range rows {
				b.Add(r, " a | ")
			}
		}()
	}
}

// Has and Rows agree with what SQL's LIKE finds in the texts, and Grades with
// the definition, whatever the words.
func TestTermsAgreeWithALoopOverTheTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[abé美]{1,4}`)
		list := rapid.SliceOfN(word, 0, 4)
		texts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
			return words.Text([]string{strings.Join(list.Draw(t, "names"), " ")}, list.Draw(t, "rest"))
		}), 0, 30).Draw(t, "texts")
		gap := rapid.SampledFrom([]uint32{1, 700}).Draw(t, "gap") // with few rows among many a list is sorted
		b := words.NewBuilder()
		for i, text := range texts {
			b.Add(uint32(i)*gap, text)
		}
		all := b.Build()
		w := words.Query(word.Draw(t, "word"))[0]
		grades := all.Grades(w, nil)
		var want []uint32
		for i, text := range texts {
			row := uint32(i) * gap
			if strings.Contains(text, " "+w) {
				want = append(want, row)
			}
			if got, want := grades.Of(row), grade(text, w); got != want {
				t.Errorf("%q is graded %d for %q, want %d", text, got, w, want)
			}
		}
		if got := all.Rows(w, nil).ToArray(); !slices.Equal(got, want) {
			t.Errorf("%q stands in rows %v of %q, want %v", w, got, texts, want)
		}
		if all.Has(w) != (len(want) > 0) {
			t.Errorf("of %q in %q: %v", w, texts, all.Has(w))
		}
	})
}

func grade(text, w string) int {
	names, rest, _ := strings.Cut(text, "|")
	switch {
	case strings.Contains(names, " "+w+" "):
		return 1000
	case strings.Contains(names, " "+w):
		return 800
	case strings.Contains(rest, " "+w+" "):
		return 600
	case strings.Contains(rest, " "+w):
		return 400
	}
	return 0
}
