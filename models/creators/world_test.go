package creators_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
)

// world is a store on a fresh database.
type world struct {
	*creators.Store
	t     testing.TB
	db    *db.DB
	clock *testkit.Clock
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	c, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	clock := testkit.NewClock()
	return &world{creators.NewStore(d, clock.Now, c), t, d, clock}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

var in2026 = models.Date{Year: 2026, Month: 6, Day: 1}

// load imports a text as one file and gives the rows that were left out.
func (w *world) load(content string, o imports.Options) (imports.Report, []string) {
	w.t.Helper()
	var out []string
	o.OnSkippedRow = func(l imports.SkippedRow) {
		out = append(out, fmt.Sprintf("%d %s", l.Line, strings.TrimPrefix(l.MessageKey, "imports.row.")))
	}
	r, err := imports.NewImporter(w.db, w.Store, w.clock.Now).ImportFiles(context.Background(), []imports.File{importtest.File("a.csv", content)}, o)
	w.must(err)
	return r, out
}

func (w *world) account(platform, handle string) creators.Account {
	w.t.Helper()
	var a creators.Account
	w.must(w.db.Read(context.Background()).Where("platform = ? AND handle_key = ?", platform, handle).Take(&a).Error)
	return a
}

func (w *world) creator(a creators.Account) creators.Creator {
	w.t.Helper()
	var c creators.Creator
	w.must(w.db.Read(context.Background()).Take(&c, a.CreatorID).Error)
	return c
}

func (w *world) count(table string) int64 {
	w.t.Helper()
	var n int64
	w.must(w.db.Read(context.Background()).Table(table).Count(&n).Error)
	return n
}
