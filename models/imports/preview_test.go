package imports_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

func preview(t *testing.T, content string, o imports.Options) imports.Preview {
	t.Helper()
	w := newWorld(t, testkit.NewSQLite(t))
	p, err := imports.NewImporter(w.db, w.Store, w.clock.Now).Preview(context.Background(), importtest.File("a.csv", content), o)
	w.must(err)
	return p
}

// shown are the columns of a preview as KEY=FIELD.
func shown(p imports.Preview) string {
	all := make([]string, len(p.Columns))
	for i, c := range p.Columns {
		all[i] = c.Key + "=" + string(c.Field) + c.Other
	}
	return strings.Join(all, " ")
}

func TestPreviewSaysWhatColumnsBecome(t *testing.T) {
	t.Parallel()
	dated := imports.Options{AsOf: in2026}
	for name, c := range map[string]struct {
		content, columns, problem string
		options                   imports.Options
	}{
		"a list":                     {"Nick,Followers,Age\nmina,20K,31\n", "Nick=handle Followers=followers Age=", "", dated},
		"a list without a date":      {"Nick,Followers\nmina,20K\n", "Nick=handle Followers=followers", "as_of_needed", imports.Options{}},
		"a list with dates":          {"Nick,Followers,As of\nmina,20K,2026-01-02\n", "Nick=handle Followers=followers As of=as of", "", imports.Options{}},
		"a header nobody knows":      {"Wer,Wieviele\nmina,20K\nlea,3K\n", "Wer= Wieviele=", "header", dated},
		"that header, with a choice": {"Wer,Wieviele\nmina,20K\nlea,3K\n", "Wer=handle Wieviele=followers", "", imports.Options{AsOf: in2026, Columns: imports.Mapping{"Wer": imports.FieldHandle, "Wieviele": imports.FieldFollowers}}},
		"below a title":              {"Creators of May,\nWer,Wieviele\nmina,20K\n", "Wer=handle Wieviele=followers", "", imports.Options{AsOf: in2026, Columns: imports.Mapping{"Wer": imports.FieldHandle, "Wieviele": imports.FieldFollowers}}},
		"titles twice and none":      {"Name,Name,,Followers\nmina,Mina B,x,20K\n", "#1=handle #2=name #3= Followers=followers", "", imports.Options{AsOf: in2026, Columns: imports.Mapping{"#1": imports.FieldHandle}}},
		"a column left out by hand":  {"Login,Name,Followers\nmina,Mina B,20K\n", "Login=handle Name= Followers=followers", "", imports.Options{AsOf: in2026, Columns: imports.Mapping{"Name": ""}}},
		"another platform's":         {"Handle,YouTube followers,Instagram followers\nmina,10,20\n", "Handle=handle YouTube followers=followers Instagram followers=instagram", "", imports.Options{AsOf: in2026, Platform: platform.YouTube}},
		"another platform's by hand": {"Handle,YouTube followers,Instagram followers\nmina,10,20\n", "Handle=handle YouTube followers= Instagram followers=followers", "", imports.Options{AsOf: in2026, Platform: platform.YouTube, Columns: imports.Mapping{"Instagram followers": imports.FieldFollowers}}},
		"a column that is gone":      {"Nick,Followers\nmina,20K\n", "Nick= Followers=followers", "unknown_column", imports.Options{AsOf: in2026, Columns: imports.Mapping{"Login": imports.FieldHandle}}},
		"a place beyond the last":    {"Nick,Followers\nmina,20K\n", "Nick= Followers=followers", "unknown_column", imports.Options{AsOf: in2026, Columns: imports.Mapping{"#9": imports.FieldName}}},
		"nothing":                    {"", "", "header", dated},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := preview(t, c.content, c.options)
			if got := shown(p); got != c.columns {
				t.Errorf("the columns are %q, want %q", got, c.columns)
			}
			problem := ""
			if p.Problem != nil {
				problem = strings.TrimPrefix(p.Problem.Key, "imports.error.")
			}
			if problem != c.problem {
				t.Errorf("the problem is %q, want %q", problem, c.problem)
			}
		})
	}
}

func TestPreviewShowsFiveRows(t *testing.T) {
	t.Parallel()
	p := preview(t, "List of May\n\nNick,Followers\n"+strings.Repeat(strings.Repeat("x", 900)+",20K,beyond\n\n", 9), imports.Options{AsOf: in2026})
	if p.HeaderLine != 3 || len(p.Sample) != 5 || p.Kind != imports.KindList {
		t.Fatalf("line %d, %d rows, kind %q", p.HeaderLine, len(p.Sample), p.Kind)
	}
	if want := []string{strings.Repeat("x", 200), "20K"}; !slices.Equal(p.Sample[0], want) {
		t.Errorf("a row is %q, want %q", p.Sample[0], want)
	}
	wide := preview(t, strings.Repeat("a,", 150)+"b\n"+strings.Repeat("1,", 150)+"2\n", imports.Options{})
	if len(wide.Columns) != 100 || wide.Left != 51 || len(wide.Sample[0]) != 100 {
		t.Errorf("%d columns, %d left, %d cells", len(wide.Columns), wide.Left, len(wide.Sample[0]))
	}
}

func TestPreviewRefusesWhatIsNoTable(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	im := imports.NewImporter(w.db, w.Store, w.clock.Now)
	if _, err := im.Preview(context.Background(), importtest.File("a.pdf", "%PDF-1.7"), imports.Options{}); models.CodeOf(err) != models.CodeInvalid {
		t.Errorf("a PDF gives %v", err)
	}
	if _, err := im.Preview(context.Background(), importtest.File("a.csv", "Nick,Followers\n"), imports.Options{Platform: "myspace"}); models.CodeOf(err) != models.CodeInvalid {
		t.Errorf("an unknown platform gives %v", err)
	}
}
