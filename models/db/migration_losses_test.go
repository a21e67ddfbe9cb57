package db_test

import (
	"errors"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
)

func TestAStepDownNamesWhatItWouldDropAndDropsNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		version int64
		rows    []string
		want    string
	}{
		"a table": {26, []string{"INSERT INTO job_workers (id, seen_at) VALUES ('a', CURRENT_TIMESTAMP), ('b', CURRENT_TIMESTAMP)"},
			"job_workers (2 rows)"},
		"a column": {23, []string{"INSERT INTO sessions (token, data, expiry, created_at, last_seen_at, successor) VALUES ('t', '', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 's')"},
			"sessions.successor (1 row)"},
		"some rows": {7, []string{
			"INSERT INTO people (id, name, created_at) VALUES (1, 'A', CURRENT_TIMESTAMP), (2, 'B', CURRENT_TIMESTAMP)",
			"INSERT INTO brands (id, public_id, name, country, created_at) VALUES (1, 'b', 'Brand', 'FR', CURRENT_TIMESTAMP)",
			"INSERT INTO members (brand_id, person_id, role, created_at) VALUES (1, 1, 'owner', CURRENT_TIMESTAMP), (1, 2, 'viewer', CURRENT_TIMESTAMP)"},
			"members (1 row)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
				if err := d.MigrateTo(ctx, c.version); err != nil {
					t.Fatal(err)
				}
				for _, insert := range c.rows {
					exec(t, d, insert)
				}
				err := d.MigrateDown(ctx, false)
				if lost := (*db.LossError)(nil); !errors.As(err, &lost) || !strings.HasSuffix(err.Error(), "in "+c.want) {
					t.Errorf("the step gave %v, want a loss of %s", err, c.want)
				}
				version := func() int64 { return count(t, d, "SELECT max(version_id) FROM goose_db_version") }
				if v := version(); v != c.version {
					t.Errorf("the schema is at %d", v)
				}
				if err := d.MigrateDown(ctx, true); err != nil || version() != c.version-1 {
					t.Errorf("told to drop rows it gave %v, at %d", err, version())
				}
			})
		})
	}
}

func TestAStepDownThatLosesNothingIsTaken(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		if err := d.MigrateTo(ctx, 26); err != nil {
			t.Fatal(err)
		}
		exec(t, d, "INSERT INTO people (id, name, created_at) VALUES (1, 'A', CURRENT_TIMESTAMP)")
		if err := d.MigrateDown(ctx, false); err != nil {
			t.Error(err)
		}
	})
}
