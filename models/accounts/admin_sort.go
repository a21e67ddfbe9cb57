package accounts

import "tribemarket/models"

// AdminSort is the column by which an administrator sorts a list.
type AdminSort struct {
	Column     string // "" for none: the newest come first
	Descending bool
}

// AdminOrder is how an administrator's list can be sorted.
type AdminOrder struct {
	From    string            // the table and its alias, with what the columns need
	ID      string            // the column that names a row
	Columns map[string]string // SQL expressions, which are never NULL, by the columns' names
}

// After is the condition that rows come after the one at the cursor, with its arguments, and
// the order of the list. The cursor holds the row alone and the database looks up what it is
// sorted by, so that one cursor serves texts, numbers and times.
func (o AdminOrder) After(sort AdminSort, cursor string) (where string, args []any, order string) {
	value, known := o.Columns[sort.Column]
	direction, than := "", " > "
	if sort.Descending || !known {
		direction, than = " DESC", " < "
	}
	if order = o.ID + direction; known {
		order = value + direction + ", " + order
	}
	at, err := models.ParseCursor(cursor)
	switch {
	case err != nil:
		return "1 = 1", nil, order
	case !known:
		return o.ID + than + "?", []any{at.ID}, order
	}
	key := value + ", " + o.ID
	return "(" + key + ")" + than + "(SELECT " + key + " FROM " + o.From + " WHERE " + o.ID + " = ?)", []any{at.ID}, order
}
