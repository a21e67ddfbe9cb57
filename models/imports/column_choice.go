package imports

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"tribemarket/models"
	"tribemarket/models/db"
)

// ColumnForm is what a person chose for each column that the preview shows, and what they
// say about the file.
type ColumnForm struct {
	FileChoices
	Fields []string // in the order of the preview's columns; "" for not used
}

// severalColumns are the fields that more than one column may hold.
var severalColumns = []Field{FieldCategory, FieldLanguage, FieldHashtags}

// ChooseColumns keeps what was chosen, and finds out anew what the columns are. What was
// left as it was is still found out.
func (s *Store) ChooseColumns(ctx context.Context, actor models.Actor, publicID string, f ColumnForm) error {
	i, err := s.FindImport(ctx, actor, publicID)
	if err != nil {
		return err
	}
	if !i.CanChange() {
		return models.Conflict("imports.error.not_now")
	}
	if err := f.check(s.clock()); err != nil {
		return err
	}
	if i.Mapping, err = i.Preview.mapping(i.Mapping, f.Fields); err != nil {
		return err
	}
	i.Platform, i.AsOf, i.Encoding = f.Platform, f.AsOf, f.Encoding
	if i.Preview, err = s.Preview(ctx, s.fileOf(ctx, i), i.options()); err != nil {
		return fieldOfFileError(err)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		now, err := findForChange(tx, publicID)
		if err != nil {
			return err
		}
		if !now.CanChange() {
			return models.Conflict("imports.error.not_now")
		}
		i.State, i.Report, i.Problem, i.UpdatedAt = StateUploaded, Report{}, nil, s.clock()
		return tx.Select("platform", "as_of", "encoding", "mapping", "preview", "state", "report", "problem", "updated_at").Updates(&i).Error
	})
}

// mapping adds to a mapping the columns whose field was changed. Where a field is one
// column's only, the changed one takes it from the others.
func (p Preview) mapping(old Mapping, fields []string) (Mapping, error) {
	m := maps.Clone(old)
	if m == nil {
		m = Mapping{}
	}
	changed := map[Field]int{}
	var wrong models.Fields
	for i, c := range p.Columns {
		if i >= len(fields) || Field(fields[i]) == c.Field {
			continue
		}
		field, name := Field(fields[i]), "columns["+strconv.Itoa(i)+"].field"
		if field != "" && !slices.Contains(Fields(), field) {
			wrong.Add(name, "imports.error.unknown_field", "field", fields[i])
			continue
		}
		if first, twice := changed[field]; twice && field != "" && !slices.Contains(severalColumns, field) {
			wrong.Add(name, "imports.error.field_twice", "column", p.Columns[first].Header)
			continue
		}
		changed[field], m[c.Key] = i, field
	}
	for i, c := range p.Columns {
		if i >= len(fields) || c.Field == "" || Field(fields[i]) != c.Field {
			continue
		}
		switch _, taken := changed[c.Field]; {
		case taken && slices.Contains(severalColumns, c.Field):
			m[c.Key] = c.Field
		case taken:
			delete(m, c.Key)
		}
	}
	return m, wrong.Err()
}
