package paths

import "net/url"

// ExportCreators is a search as a file of a format, csv or xlsx.
func ExportCreators(format string, query url.Values) string {
	return with("/creators/export."+format, query)
}

// ExportShortlist is a list as a file; query is its filter and order.
func ExportShortlist(id, format string, query url.Values) string {
	return with(Shortlist(id, nil)+"/export."+format, query)
}

// ExportComparison is a comparison as a file; query has the ids as c.
func ExportComparison(format string, query url.Values) string {
	return with("/compare/export."+format, query)
}
