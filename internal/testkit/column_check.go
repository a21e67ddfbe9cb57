package testkit

import (
	"context"
	"slices"
	"sync"
	"testing"

	"gorm.io/gorm/schema"

	"tribemarket/models/db"
)

// CheckSameColumns compares GORM models with the tables created by the migrations:
// neither may have a column that the other lacks.
func CheckSameColumns(t *testing.T, d *db.DB, models ...any) {
	t.Helper()
	for _, m := range models {
		s, err := schema.Parse(m, &sync.Map{}, schema.NamingStrategy{})
		if err != nil {
			t.Errorf("%T: %v", m, err)
			continue
		}
		rows, err := d.Read(context.Background()).Table(s.Table).Limit(0).Rows()
		if err != nil {
			t.Errorf("table %s: %v", s.Table, err)
			continue
		}
		columns, err := rows.Columns()
		if err == nil {
			err = rows.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(columns)
		fields := slices.Sorted(slices.Values(s.DBNames))
		if !slices.Equal(columns, fields) {
			t.Errorf("table %s has the columns\n%v, but %T has\n%v", s.Table, columns, m, fields)
		}
	}
}
