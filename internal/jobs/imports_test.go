package jobs_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/imports"
)

func TestAnImportIsWorkedOffAndGoesOnAfterACrash(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	admin := a.CreateAdmin(t)
	const list = "Username,Followers\nmina,20K\nlea,3K\n"
	id, err := a.Imports.Upload(ctx, admin, imports.UploadForm{
		FileName: "list.csv", Size: int64(len(list)), FileChoices: imports.FileChoices{AsOf: "2026-10-01"},
		Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(list)), nil },
	})
	apptest.Must(t, err)
	apptest.Must(t, a.Imports.StartDryRun(ctx, admin, id))
	workOff(t, a, 0)
	i, err := a.Imports.FindImport(ctx, admin, id)
	if err != nil || i.State != imports.StateChecked || i.Report.Created != 2 {
		t.Fatalf("%s, %+v, %v", i.State, i.Report, err)
	}
	// A node takes the job, and dies: its job counts as running, and nobody works on it.
	apptest.Must(t, a.Imports.StartImport(ctx, admin, id))
	apptest.Must(t, a.DB.Read(ctx).Exec("UPDATE imports SET lease = 'gone', worked_at = ? WHERE public_id = ?", a.Clock.Now(), id).Error)
	apptest.Must(t, a.DB.Read(ctx).Exec("DELETE FROM river_job WHERE kind = 'imports.run'").Error)
	workOff(t, a, 0)
	if i, _ = a.Imports.FindImport(ctx, admin, id); i.State != imports.StateImporting {
		t.Fatalf("it is %s while the lease holds", i.State)
	}
	a.Clock.Advance(2 * time.Minute)
	workOff(t, a, 0)
	if i, _ = a.Imports.FindImport(ctx, admin, id); i.State != imports.StateImported || i.Report.Created != 2 {
		t.Fatalf("%s, %+v", i.State, i.Report)
	}
}
