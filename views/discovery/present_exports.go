package discovery

import (
	"context"

	"tribemarket/internal/i18n"
)

// ExportHeadings are the column headings of an export in the reader's language.
func ExportHeadings(ctx context.Context, columns []string) []string {
	headings := make([]string, len(columns))
	for i, name := range columns {
		headings[i] = i18n.T(ctx, "discovery.exports.column."+name)
	}
	return headings
}

// ExportTitle names the sheet of an export: creators, shortlist or comparison.
func ExportTitle(ctx context.Context, export string) string {
	return i18n.T(ctx, "discovery.exports.name."+export)
}
