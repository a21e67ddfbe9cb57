package deals

// Rows are the rows as the database keeps them, for the test of the columns.
func Rows() []any { return []any{dealRow{}, deliverableRow{}} }
