package imports

import (
	"context"

	"tribemarket/models"
)

// ImportLine is an import in the list, with the name of who uploaded it.
type ImportLine struct {
	Import
	Person string
}

// listPageSize is how many lines a page of the list has.
const listPageSize = 25

// ListImports lists imports for an administrator, latest first, in one query; next is
// where the next page begins, "" on the last.
func (s *Store) ListImports(ctx context.Context, actor models.Actor, after string) (rows []ImportLine, next string, err error) {
	if !CanImport(actor) {
		return nil, "", models.NotFound()
	}
	c, _ := models.ParseCursor(after)
	if err := s.db.Read(ctx).Raw(importLines, c.ID, c.ID, listPageSize+1).Scan(&rows).Error; err != nil {
		return nil, "", models.Internal("list imports", err)
	}
	if len(rows) > listPageSize {
		rows = rows[:listPageSize]
		next = models.Cursor{ID: rows[listPageSize-1].ID}.String()
	}
	return rows, next, nil
}
