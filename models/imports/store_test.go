package imports_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/privacy"
)

var ctx = context.Background()

// desk is a world in which an administrator imports files.
type desk struct {
	*world
	*imports.Store
	admin models.Actor
}

func newDesk(t *testing.T, d *db.DB) *desk {
	t.Helper()
	w := newWorld(t, d)
	x := &desk{world: w, Store: w.imports(importtest.OpenTable), admin: models.Actor{Admin: true}}
	w.must(d.Tx(ctx, func(tx *db.Tx) error {
		p, err := accounts.CreatePerson(tx, accounts.Person{Name: "Ada", Admin: true, CreatedAt: testkit.ClockStart})
		x.admin.PersonID = p.ID
		return err
	}))
	return x
}

func (w *world) imports(open imports.OpenTable) *imports.Store {
	return imports.NewStore(imports.NewImporter(w.db, w.Store, w.clock.Now), open)
}

func upload(name, content string) imports.UploadForm {
	return imports.UploadForm{FileName: name, Size: int64(len(content)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(content)), nil
	}}
}

// uploaded is the public id of a list as of a day.
func (x *desk) uploaded(content string) string {
	x.t.Helper()
	f := upload("list.csv", content)
	f.AsOf = in2026.String()
	id, err := x.Upload(ctx, x.admin, f)
	x.must(err)
	return id
}

func (x *desk) find(id string) imports.Import {
	x.t.Helper()
	i, err := x.FindImport(ctx, x.admin, id)
	x.must(err)
	return i
}

// jobs are how many jobs were added.
func (x *desk) jobs() (n int64) {
	x.t.Helper()
	x.must(x.db.Read(ctx).Raw("SELECT count(*) FROM river_job WHERE kind = 'imports.run'").Scan(&n).Error)
	return n
}

func (x *desk) run(id string) {
	x.t.Helper()
	x.must(x.RunImport(ctx, imports.RunArgs{ImportID: x.find(id).ID}))
}

const list = "Username,Followers,Country\nmina,20K,Nowhereland\nlea,3K,France\n,5K,FR\nnot a handle,1K,FR\n"

func TestAFileIsUploadedCheckedAndImported(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		testkit.CheckSameColumns(t, d, imports.Import{}, imports.Note{})
		id := x.uploaded(list)
		if i := x.find(id); i.State != imports.StateUploaded || shown(i.Preview) != "Username=handle Followers=followers Country=country" || len(i.Preview.Sample) != 4 {
			t.Fatalf("it is %s with %s", i.State, shown(i.Preview))
		}
		x.must(x.StartDryRun(ctx, x.admin, id))
		x.must(x.StartDryRun(ctx, x.admin, id)) // once more changes nothing
		if n := x.jobs(); n != 1 || x.find(id).State != imports.StateChecking {
			t.Fatalf("%d jobs, %s", n, x.find(id).State)
		}
		if err := x.StartImport(ctx, x.admin, id); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("importing while it is checked gives %v", err)
		}
		x.run(id)
		i := x.find(id)
		if r := i.Report; i.State != imports.StateChecked || r.Created != 2 || r.Skipped != 2 || r.Files[0].Columns[2].Unread != 1 || x.count("creator_accounts") != 0 {
			t.Fatalf("it is %s with %+v and %d accounts", i.State, r, x.count("creator_accounts"))
		}
		x.must(x.StartImport(ctx, x.admin, id))
		x.run(id)
		x.run(id)                               // a job that comes twice
		x.must(x.StartImport(ctx, x.admin, id)) // and an answer that comes twice
		i = x.find(id)
		if i.State != imports.StateImported || i.Report.Created != 2 || x.count("creator_accounts") != 2 || x.jobs() != 2 {
			t.Fatalf("it is %s with %+v and %d accounts after %d jobs", i.State, i.Report, x.count("creator_accounts"), x.jobs())
		}
		if x.count("import_chunks") != 0 || i.Preview.Sample != nil || i.Report.Files[0].Sample != nil {
			t.Error("the file or its rows are still here")
		}
		x.wantNotes(i, "", "2 unread imports.note.unread [column Country value Nowhereland]", "4 skipped imports.row.no_handle []", "5 skipped imports.row.not_a_handle [value not a handle platform tiktok]")
		x.wantNotes(i, imports.NoteSkipped, "4 skipped imports.row.no_handle []", "5 skipped imports.row.not_a_handle [value not a handle platform tiktok]")
		x.wantAudit("uploaded", "started", "imported")
		if err := x.ChooseColumns(ctx, x.admin, id, imports.ColumnForm{}); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("choosing columns afterwards gives %v", err)
		}
		rows, next, err := x.ListImports(ctx, x.admin, "")
		if err != nil || next != "" || len(rows) != 1 || rows[0].Person != "Ada" || rows[0].Report.Created != 2 {
			t.Errorf("the list is %+v, %q, %v", rows, next, err)
		}
	})
}

func (x *desk) wantNotes(i imports.Import, kind imports.NoteKind, want ...string) {
	x.t.Helper()
	notes, err := x.ListNotes(ctx, x.admin, i, kind, 0, 100)
	x.must(err)
	var got []string
	for _, n := range notes {
		got = append(got, fmt.Sprint(n.Line, " ", n.Kind, " ", n.MessageKey, " ", n.Args))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		x.t.Errorf("the notes are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func (x *desk) wantAudit(want ...string) {
	x.t.Helper()
	var got []string
	x.must(x.db.Read(ctx).Raw("SELECT action FROM audit_events WHERE action LIKE 'admin.import%' ORDER BY id").Scan(&got).Error)
	for i := range got {
		got[i] = strings.TrimPrefix(got[i], "admin.import_")
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		x.t.Errorf("the audit log has %q, want %q", got, want)
	}
}

func TestOnlyAdministratorsImport(t *testing.T) {
	t.Parallel()
	x := newDesk(t, testkit.NewSQLite(t))
	id := x.uploaded(list)
	for _, who := range []models.Actor{{}, {PersonID: x.admin.PersonID}, {PersonID: x.admin.PersonID, BrandID: 1, Role: models.RoleOwner}} {
		_, uploading := x.Upload(ctx, who, upload("a.csv", list))
		_, finding := x.FindImport(ctx, who, id)
		_, _, listing := x.ListImports(ctx, who, "")
		_, reading := x.ListNotes(ctx, who, x.find(id), "", 0, 9)
		for what, err := range map[string]error{
			"upload": uploading, "find": finding, "list": listing, "notes": reading, "columns": x.ChooseColumns(ctx, who, id, imports.ColumnForm{}),
			"dry run": x.StartDryRun(ctx, who, id), "import": x.StartImport(ctx, who, id), "remove": x.Remove(ctx, who, id),
		} {
			if models.CodeOf(err) != models.CodeNotFound || err == nil {
				t.Errorf("%s as %+v gives %v", what, who, err)
			}
		}
	}
}

func TestUploadRefusesWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	x := newDesk(t, testkit.NewSQLite(t))
	for name, c := range map[string]struct {
		form  imports.UploadForm
		field string
	}{
		"no file":          {imports.UploadForm{}, "file"},
		"an empty file":    {upload("a.csv", ""), "file"},
		"a PDF":            {upload("a.pdf", "%PDF-1.7 and so on"), "file"},
		"too large":        {imports.UploadForm{FileName: "a.csv", Size: imports.MaxFileSize + 1, Open: upload("", "a").Open}, "file"},
		"a wrong encoding": {func() imports.UploadForm { f := upload("a.csv", list); f.Encoding = "klingon"; return f }(), "encoding"},
		"a wrong platform": {func() imports.UploadForm { f := upload("a.csv", list); f.Platform = "myspace"; return f }(), "platform"},
		"no such day":      {func() imports.UploadForm { f := upload("a.csv", list); f.AsOf = "2026-02-30"; return f }(), "as_of"},
		"a day to come":    {func() imports.UploadForm { f := upload("a.csv", list); f.AsOf = "2099-01-01"; return f }(), "as_of"},
	} {
		_, err := x.Upload(ctx, x.admin, c.form)
		var e *models.Error
		if !errors.As(err, &e) || e.Code != models.CodeInvalid || len(e.Fields) != 1 || e.Fields[0].Field != c.field {
			t.Errorf("%s gives %v", name, err)
		}
	}
	if x.count("imports") != 0 {
		t.Error("something was stored")
	}
}

func TestColumnsAreCorrectedByHand(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		id, err := x.Upload(ctx, x.admin, upload("list.csv", "Wer,Klarname,Wieviele,Niche,Topic\nmina.flute,Mina B,20K,food,books\n"))
		x.must(err)
		if p := x.find(id).Preview.Problem; p == nil || p.Key != "imports.error.header" {
			t.Fatalf("the problem is %+v", p)
		}
		if err := x.StartImport(ctx, x.admin, id); models.CodeOf(err) != models.CodeInvalid {
			t.Errorf("it starts: %v", err)
		}
		choose := func(asOf string, fields ...string) error {
			return x.ChooseColumns(ctx, x.admin, id, imports.ColumnForm{FileChoices: imports.FileChoices{AsOf: asOf}, Fields: fields})
		}
		if err := choose("2026-05-01", "handle", "handle", "followers", "category", "category"); models.CodeOf(err) != models.CodeInvalid {
			t.Errorf("two handles give %v", err)
		}
		if err := choose("2026-05-01", "handle", "nonsense"); models.CodeOf(err) != models.CodeInvalid {
			t.Errorf("an unknown field gives %v", err)
		}
		x.must(choose("", "handle", "", "followers", "category", "category"))
		if p := x.find(id).Preview.Problem; p == nil || p.Key != "imports.error.as_of_needed" {
			t.Fatalf("without a day the problem is %+v", p)
		}
		x.must(choose("2026-05-01", "handle", "name", "followers", "category", "category"))
		if i := x.find(id); i.Preview.Problem != nil || shown(i.Preview) != "Wer=handle Klarname=name Wieviele=followers Niche=category Topic=category" {
			t.Fatalf("%+v %s", i.Preview.Problem, shown(i.Preview))
		}
		// The choice of a column for a field takes it from the one that had it.
		x.must(choose("2026-05-01", "name", "name", "followers", "category", "category"))
		if i := x.find(id); shown(i.Preview) != "Wer=name Klarname= Wieviele=followers Niche=category Topic=category" {
			t.Fatalf("%+v %s", i.Preview.Problem, shown(i.Preview))
		}
		x.must(choose("2026-05-01", "handle", "name", "followers", "", "category"))
		x.must(x.StartImport(ctx, x.admin, id))
		x.run(id)
		if i := x.find(id); i.State != imports.StateImported || x.account("tiktok", "mina.flute").Name != "Mina B" {
			t.Errorf("%s %+v", i.State, i.Problem)
		}
	})
}

// hangingTable reads a file as it is, and from some row on not at all until it is let go:
// as in a process that died.
func hangingTable(after int, reached, letGo chan struct{}) imports.OpenTable {
	rows := 0
	return func(name, encoding string, open func() (io.ReadCloser, error), read func(int)) (imports.RowReader, error) {
		r, err := importtest.OpenTable(name, encoding, open, read)
		return hangingReader{r, func() {
			if rows++; rows == after {
				close(reached)
				<-letGo
			}
		}}, err
	}
}

type hangingReader struct {
	imports.RowReader
	before func()
}

func (r hangingReader) Next() (int, []string, error) { r.before(); return r.RowReader.Next() }

func longList(rows int) string {
	var b strings.Builder
	b.WriteString("Nick,Followers\n")
	for i := range rows {
		fmt.Fprintf(&b, "creator.%d,%d\n", i, 10_000+i)
	}
	return b.String()
}

func TestAnImportThatDiedHalfWayIsRunAgain(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		const rows = 6000
		id := x.uploaded(longList(rows))
		x.must(x.StartImport(ctx, x.admin, id))
		args := imports.RunArgs{ImportID: x.find(id).ID}
		reached, letGo, died := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() {
			died <- x.world.imports(hangingTable(rows+5000, reached, letGo)).RunImport(ctx, args)
		}()
		<-reached
		if half := x.count("creator_accounts"); half == 0 || half == rows {
			t.Fatalf("%d accounts are there when it dies", half)
		}
		x.must(x.RunImport(ctx, args)) // the lease holds
		if n, err := x.ResumeImports(ctx); n != 0 || err != nil {
			t.Fatalf("%d resumed, %v", n, err)
		}
		x.clock.Advance(2 * time.Minute)
		for want := range 2 { // once
			if n, err := x.ResumeImports(ctx); n != 1-want || err != nil {
				t.Fatalf("%d resumed, %v", n, err)
			}
		}
		x.must(x.RunImport(ctx, args))
		i := x.find(id)
		if i.State != imports.StateImported || i.Report.Created+i.Report.Unchanged != rows || i.Report.Created == rows || x.count("creator_accounts") != rows {
			t.Fatalf("%s, %+v, %d accounts", i.State, i.Report, x.count("creator_accounts"))
		}
		before := importtest.Content(t, d)
		close(letGo)
		x.must(<-died)
		importtest.SameContent(t, "the one that came back", importtest.Content(t, d), before)
		if again := x.find(id); again.Report.Created != i.Report.Created || again.State != i.State {
			t.Errorf("it wrote over the report: %+v", again.Report)
		}
	})
}

func TestAnImportThatDiesAlwaysIsGivenUp(t *testing.T) {
	t.Parallel()
	x := newDesk(t, testkit.NewSQLite(t))
	id := x.uploaded(list)
	x.must(x.StartImport(ctx, x.admin, id))
	broken := errors.New("no disk")
	s := x.world.imports(func(string, string, func() (io.ReadCloser, error), func(int)) (imports.RowReader, error) {
		return nil, broken
	})
	for range 5 {
		if err := s.RunImport(ctx, imports.RunArgs{ImportID: x.find(id).ID}); !errors.Is(err, broken) {
			t.Fatal(err)
		}
	}
	x.must(s.RunImport(ctx, imports.RunArgs{ImportID: x.find(id).ID}))
	if i := x.find(id); i.State != imports.StateFailed || i.Problem.Key != "imports.error.gave_up" || !i.CanRun() {
		t.Errorf("%s %+v", i.State, i.Problem)
	}
	x.must(x.StartImport(ctx, x.admin, id))
	x.run(id)
	if i := x.find(id); i.State != imports.StateImported || i.Problem != nil {
		t.Errorf("%s %+v", i.State, i.Problem)
	}
}

func TestARemovedImportStops(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		id := x.uploaded(longList(3000))
		x.must(x.StartDryRun(ctx, x.admin, id))
		args := imports.RunArgs{ImportID: x.find(id).ID}
		reached, letGo, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() { ended <- x.world.imports(hangingTable(3100, reached, letGo)).RunImport(ctx, args) }()
		<-reached
		x.must(x.Remove(ctx, x.admin, id))
		close(letGo)
		x.must(<-ended)
		x.must(x.RunImport(ctx, args))
		for _, table := range []string{"imports", "import_chunks", "import_notes"} {
			if n := x.count(table); n != 0 {
				t.Errorf("%s has %d rows", table, n)
			}
		}
		if err := x.Remove(ctx, x.admin, id); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("removing it again gives %v", err)
		}
	})
}

func TestALargeFileComesBackAsItWas(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		content := longList(60_000) // more than one chunk
		id := x.uploaded(content)
		var read bytes.Buffer
		s := x.world.imports(func(_, _ string, open func() (io.ReadCloser, error), _ func(int)) (imports.RowReader, error) {
			f, err := open()
			x.must(err)
			_, err = io.Copy(&read, f)
			x.must(err)
			return nil, errors.New("enough")
		})
		x.must(x.StartDryRun(ctx, x.admin, id))
		_ = s.RunImport(ctx, imports.RunArgs{ImportID: x.find(id).ID})
		if read.String() != content {
			t.Errorf("%d bytes came back of %d", read.Len(), len(content))
		}
	})
}

func TestFilesAndReportsGoAfterTheirTime(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		x := newDesk(t, d)
		left, done := x.uploaded(list), x.uploaded(list)
		x.must(x.StartImport(ctx, x.admin, done))
		x.run(done)
		expire := func(days int) {
			x.clock.Advance(time.Duration(days) * 24 * time.Hour)
			_, err := privacy.NewStore(d, x.clock.Now, x.world.Store, nil, privacy.RetentionPeriods{}).DeleteExpiredData(ctx)
			x.must(err)
		}
		expire(6)
		x.find(left)
		expire(2)
		if _, err := x.FindImport(ctx, x.admin, left); models.CodeOf(err) != models.CodeNotFound || x.count("import_chunks") != 0 {
			t.Errorf("the file is still here: %v", err)
		}
		x.find(done)
		expire(30)
		if x.count("imports") != 0 || x.count("import_notes") != 0 {
			t.Error("the report is still here")
		}
	})
}
