package imports

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"tribemarket/models"
)

// Mapping says what columns hold where a person chose it: by their titles, or by their
// places, such as #3 for the third. A column with the field "" is not used.
type Mapping map[string]Field

// fieldAt is what was chosen for a column; chosen is false where nothing was.
func (m Mapping) fieldAt(position int, h header) (field Field, chosen bool) {
	if field, chosen = m[columnPlace(position)]; chosen {
		return field, true
	}
	for _, title := range slices.Sorted(maps.Keys(m)) {
		if h.full != "" && !isColumnPlace(title) && normaliseHeader(title) == h.full {
			return m[title], true
		}
	}
	return "", false
}

// has says whether a column was chosen for a field: then no other one becomes it by itself.
func (m Mapping) has(field Field) bool {
	for _, f := range m {
		if f == field && field != "" {
			return true
		}
	}
	return false
}

// columnPlace names a column by its place, as a Mapping does.
func columnPlace(position int) string { return "#" + strconv.Itoa(position+1) }

func isColumnPlace(title string) bool {
	n, err := strconv.Atoi(strings.TrimPrefix(title, "#"))
	return err == nil && n > 0 && strings.HasPrefix(title, "#")
}

// checkMapping refuses a field that doesn't exist, and a column that the file doesn't have.
func (c columns) checkMapping(m Mapping) error {
	for _, title := range slices.Sorted(maps.Keys(m)) {
		field := m[title]
		if field != "" && !slices.Contains(Fields(), field) {
			return &models.Error{Code: models.CodeInvalid, Key: "imports.error.unknown_field", Args: []any{"field", string(field)}}
		}
		there := slices.ContainsFunc(c.headers, func(h header) bool { return h.full != "" && normaliseHeader(title) == h.full })
		if isColumnPlace(title) {
			n, _ := strconv.Atoi(title[1:])
			there = there || n <= len(c.headers)
		}
		if !there {
			return &models.Error{Code: models.CodeInvalid, Key: "imports.error.unknown_column", Args: []any{"column", title}}
		}
	}
	return nil
}
