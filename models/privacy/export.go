package privacy

import (
	"archive/zip"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// PersonalDataExport is everything that is held on a person.
type PersonalDataExport struct {
	MadeAt time.Time
	Tables []ExportedTable
}

// ExportedTable is one table's rows that are the person's.
type ExportedTable struct {
	Name    string
	Purpose Purpose
	Columns []string
	Rows    []map[string]any
}

// ExportPersonalData reads everything that is held on the actor, at one moment in
// time, and audits the export.
func (s *Store) ExportPersonalData(ctx context.Context, actor models.Actor) (PersonalDataExport, error) {
	if !actor.SignedIn() {
		return PersonalDataExport{}, models.SignInRequired()
	}
	out := PersonalDataExport{MadeAt: s.clock().UTC()}
	err := s.db.CountUseOf(ctx, out.MadeAt, models.Exports, strconv.FormatInt(actor.PersonID, 10))
	if err != nil {
		return PersonalDataExport{}, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		named, err := rowsBelongingTo(ctx, tx.DB, actor.PersonID)
		if err != nil {
			return err
		}
		for _, h := range Inventory() {
			if h.Of == "" {
				continue
			}
			t, err := exportTable(tx.DB, s.db.Keys, h, named)
			if err != nil {
				return fmt.Errorf("%s: %w", h.Table, err)
			}
			out.Tables = append(out.Tables, t)
		}
		if err := nameReferences(tx.DB, out.Tables, named); err != nil {
			return err
		}
		return tx.WriteAudit(ctx, db.AuditEntry{At: out.MadeAt, PersonID: actor.PersonID, Action: "privacy.exported", Subject: db.AuditSubject("person", actor.PersonID)})
	})
	if err != nil {
		return PersonalDataExport{}, models.Internal("export what is held on a person", err)
	}
	return out, nil
}

func exportTable(q *gorm.DB, keys *models.Keyring, h Holding, named map[string]any) (ExportedTable, error) {
	t := ExportedTable{Name: h.Table, Purpose: h.Purpose, Rows: []map[string]any{}}
	rows, err := q.Raw("SELECT * FROM "+h.Table+" WHERE "+h.Of, named).Rows()
	if err != nil {
		return t, err
	}
	defer func() { _ = rows.Close() }()
	all, err := rows.Columns()
	if err != nil {
		return t, err
	}
	for _, c := range all {
		if !slices.Contains(h.Leave, c) {
			t.Columns = append(t.Columns, c)
		}
	}
	var sealed []string
	for rows.Next() {
		cells, into := make([]any, len(all)), make([]any, len(all))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			return t, err
		}
		row := map[string]any{}
		for i, c := range all {
			row[c] = exportValue(cells[i])
		}
		if h.Open != nil {
			var opened map[string]any
			sealed, opened = h.Open(keys, row)
			maps.Copy(row, opened)
		}
		for _, c := range h.Leave {
			delete(row, c)
		}
		t.Rows = append(t.Rows, row)
	}
	t.Columns = append(t.Columns, sealed...)
	return t, rows.Err()
}

func exportValue(v any) any {
	switch v := v.(type) {
	case []byte:
		return string(v)
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	}
	return v
}

// WriteZip writes the export as a zip: one JSON file with everything, and a CSV
// file for each table with rows. about is a text for the reader.
func (e PersonalDataExport) WriteZip(w io.Writer, about string) error {
	z := zip.NewWriter(w)
	file := func(name string) (io.Writer, error) {
		return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: e.MadeAt})
	}
	f, err := file("README.txt")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(f, about); err != nil {
		return err
	}
	if f, err = file("everything.json"); err != nil {
		return err
	}
	tables := map[string]any{}
	for _, t := range e.Tables {
		tables[t.Name] = t.Rows
	}
	enc := json.NewEncoder(f)
	enc.SetIndent("", "\t")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(map[string]any{"made_at": e.MadeAt, "tables": tables}); err != nil {
		return err
	}
	for _, t := range e.Tables {
		if len(t.Rows) == 0 {
			continue
		}
		if f, err = file(t.Name + ".csv"); err != nil {
			return err
		}
		if err := t.writeCSV(f); err != nil {
			return err
		}
	}
	return z.Close()
}

func (t ExportedTable) writeCSV(w io.Writer) error {
	if _, err := io.WriteString(w, models.SpreadsheetMark); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	if err := c.Write(t.Columns); err != nil {
		return err
	}
	for _, row := range t.Rows {
		cells := make([]string, len(t.Columns))
		for i, name := range t.Columns {
			if v := row[name]; v != nil {
				cells[i] = fmt.Sprint(v)
				if text, ok := v.(string); ok { // numbers stay numbers
					cells[i] = models.EscapeSpreadsheetCell(text)
				}
			}
		}
		if err := c.Write(cells); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
