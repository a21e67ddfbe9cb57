package negotiation

// Rows are the rows as the database keeps them, for the test of the columns.
func Rows() []any { return []any{row{}, offerRow{}, offeredDay{}, heldRow{}} }
