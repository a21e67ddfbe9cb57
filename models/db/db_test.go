package db_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
)

var ctx = context.Background()

type note struct {
	N int `json:"n"`
}

// Kind is the job's name, for River.
func (note) Kind() string { return "test.note" }

func count(t *testing.T, d *db.DB, query string) (n int64) {
	t.Helper()
	if err := d.Read(ctx).Raw(query).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

const insertPerson = "INSERT INTO people (name, email, created_at) VALUES (?, ?, ?)"

func TestAJobExistsOnlyIfItsTransactionCommits(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		failed := errors.New("changed my mind")
		write := func(result error) error {
			return d.Tx(ctx, func(tx *db.Tx) error {
				if err := tx.Exec(insertPerson, "A", nil, testkit.ClockStart).Error; err != nil {
					return err
				}
				if err := tx.Enqueue(note{1}, nil); err != nil {
					return err
				}
				return result
			})
		}
		if err := write(failed); !errors.Is(err, failed) {
			t.Fatal(err)
		}
		if p, j := count(t, d, "SELECT count(*) FROM people"), count(t, d, "SELECT count(*) FROM river_job"); p != 0 || j != 0 {
			t.Errorf("a rollback left %d people and %d jobs", p, j)
		}
		if err := write(nil); err != nil {
			t.Fatal(err)
		}
		if p, j := count(t, d, "SELECT count(*) FROM people"), count(t, d, "SELECT count(*) FROM river_job"); p != 1 || j != 1 {
			t.Errorf("a commit left %d people and %d jobs", p, j)
		}
	})
}

func TestATransactionThatPanicsIsRolledBack(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		func() {
			defer func() { _ = recover() }()
			_ = d.Tx(ctx, func(tx *db.Tx) error {
				tx.Exec(insertPerson, "A", nil, testkit.ClockStart)
				panic("in the middle")
			})
		}()
		if err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Exec(insertPerson, "B", nil, testkit.ClockStart).Error }); err != nil {
			t.Fatal(err)
		}
		if n := count(t, d, "SELECT count(*) FROM people"); n != 1 {
			t.Errorf("%d people", n)
		}
	})
}

func TestConstraintsHaveOneNameOnBothDatabases(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		exec := func(query string, args ...any) error {
			return d.Tx(ctx, func(tx *db.Tx) error { return tx.Exec(query, args...).Error })
		}
		if err := exec(insertPerson, "A", "a@b.example", testkit.ClockStart); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			err  error
			want error
		}{
			"unique":  {exec(insertPerson, "B", "a@b.example", testkit.ClockStart), gorm.ErrDuplicatedKey},
			"check":   {exec(insertPerson, "C", "UPPER@b.example", testkit.ClockStart), gorm.ErrCheckConstraintViolated},
			"foreign": {exec("INSERT INTO identities (provider, subject, person_id, created_at) VALUES ('p', 's', 99, ?)", testkit.ClockStart), gorm.ErrForeignKeyViolated},
		} {
			if !errors.Is(c.err, c.want) {
				t.Errorf("%s gave %v", name, c.err)
			}
		}
	})
}

func TestTimesCompareAsInstants(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		paris := time.FixedZone("CET", 3600)
		err := d.Tx(ctx, func(tx *db.Tx) error {
			return tx.Exec(insertPerson, "A", nil, testkit.ClockStart.In(paris)).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		var n int64
		d.Read(ctx).Raw("SELECT count(*) FROM people WHERE created_at <= ? AND created_at > ?", testkit.ClockStart, testkit.ClockStart.Add(-time.Second).In(paris)).Scan(&n)
		if n != 1 {
			t.Errorf("%d rows at this instant", n)
		}
	})
}

func TestReadersThenWritersDoNotFail(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 25 {
					err := d.Tx(ctx, func(tx *db.Tx) error {
						var n int64
						if err := tx.Raw("SELECT count(*) FROM people").Scan(&n).Error; err != nil {
							return err
						}
						return tx.Exec(insertPerson, "A", nil, testkit.ClockStart).Error
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n := count(t, d, "SELECT count(*) FROM people"); n != 200 {
			t.Errorf("%d of 200 written", n)
		}
	})
}

func TestMigrationsGoUpAndDownAndUp(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		all, err := d.ListMigrations(ctx)
		if err != nil || len(all) < 3 {
			t.Fatalf("%d migrations, %v", len(all), err)
		}
		for range all {
			if err := d.MigrateDown(ctx, true); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.MigrateDown(ctx, true); err != nil {
			t.Errorf("one more step down gave %v", err)
		}
		if n, err := d.CountPendingMigrations(ctx); err != nil || n != len(all) {
			t.Errorf("%d pending of %d, %v", n, len(all), err)
		}
		for range 2 {
			if err := d.MigrateUp(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := d.CountPendingMigrations(ctx); err != nil || n != 0 {
			t.Errorf("%d pending, %v", n, err)
		}
	})
}

func TestStatementsAreSeen(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		var seen []string
		watching := db.WithStatementObserver(ctx, func(statement string) { seen = append(seen, statement) })
		var people []struct{ ID int64 }
		d.Read(watching).Table("people").Find(&people)
		d.Read(watching).Raw("SELECT id FROM people").Scan(&people)
		d.Read(ctx).Raw("SELECT id FROM people").Scan(&people)
		if len(seen) != 2 || seen[1] != "SELECT id FROM people" {
			t.Errorf("seen: %q", seen)
		}
	})
}

func TestOpenRefusesWhatIsNoAddress(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "mysql://x", "sqlite:", "postgres://:wrong:port/"} {
		if d, err := db.Open(ctx, address); err == nil {
			t.Errorf("%q was opened", address)
			_ = d.Close()
		}
	}
}

func TestAPathMayHoldAnything(t *testing.T) {
	t.Parallel()
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "new folder", "a?b#c%20é.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var full int
	if err := d.SQLPool().QueryRow("PRAGMA synchronous").Scan(&full); err != nil || full != 2 {
		t.Errorf("synchronous is %d, %v; want FULL", full, err)
	}
	if err := d.MigrateUp(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestADemoDoesNotWaitForTheDisk(t *testing.T) {
	t.Parallel()
	d, err := db.OpenDemo(ctx, filepath.Join(t.TempDir(), "demo.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var normal int
	if err := d.SQLPool().QueryRow("PRAGMA synchronous").Scan(&normal); err != nil || normal != 1 {
		t.Errorf("synchronous is %d, %v; want NORMAL", normal, err)
	}
}

// Times are compared as text on SQLite, so that all ways of writing must agree.
func TestInsertRowsWritesAsTheDriverDoes(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		at := time.Date(2026, 1, 31, 23, 59, 58, 120_000_000, time.FixedZone("", 3600))
		const rows = 600 // by statements of several sizes
		err := d.Tx(ctx, func(tx *db.Tx) error {
			if err := tx.Exec(insertPerson, "driver", nil, at).Error; err != nil {
				return err
			}
			var people [][]any
			for range rows {
				people = append(people, []any{"bulk", (*string)(nil), &at})
			}
			return db.InsertRows(tx, "people", "name, email, created_at", people)
		})
		if err != nil {
			t.Fatal(err)
		}
		same := "SELECT count(*) FROM people b JOIN people p ON p.name = 'driver' AND CAST(p.created_at AS TEXT) = CAST(b.created_at AS TEXT) WHERE b.name = 'bulk' AND b.email IS NULL"
		if n := count(t, d, same); n != rows {
			t.Errorf("%d of %d rows are as the driver writes them", n, rows)
		}
	})
}
