package imports

import (
	"context"
	"slices"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/imports"
	"tribemarket/views/components"
)

// pageKeys are the errors that the command line words in a way of its own: with the name
// of the file, and with what to write on the command line.
var pageKeys = map[string]string{
	"imports.error.ambiguous_handle": "imports.page.ambiguous_handle",
	"imports.error.as_of_needed":     "imports.page.as_of_needed",
	"imports.error.encoding":         "imports.page.encoding",
	"imports.error.header":           "imports.page.header",
	"imports.error.no_handle_column": "imports.page.no_handle_column",
	"imports.error.too_large":        "imports.page.workbook_too_large",
}

func pageKey(key string) string {
	if own, ok := pageKeys[key]; ok {
		return own
	}
	return key
}

// pageFields words field errors as a page does.
func pageFields(ctx context.Context, fields models.Fields) models.Fields {
	all := slices.Clone(fields)
	for i, f := range all {
		all[i].Key, all[i].Args = pageKey(f.Key), pageArgs(ctx, f.Args)
	}
	return all
}

// pageArgs names platforms and fields as people do.
func pageArgs(ctx context.Context, args []any) []any {
	all := slices.Clone(args)
	for i := 0; i+1 < len(all); i += 2 {
		name, _ := all[i+1].(string)
		switch all[i] {
		case "platform":
			all[i+1] = components.PlatformName(name)
		case "missing":
			all[i+1] = fieldNames(ctx, name)
		}
	}
	return all
}

// fieldNames translates the fields of a list with commas.
func fieldNames(ctx context.Context, list string) string {
	names := strings.Split(list, ", ")
	for i, n := range names {
		names[i] = i18n.T(ctx, fieldKey(imports.Field(n)))
	}
	return strings.Join(names, ", ")
}

// messageText is a kept text, as a page words it.
func messageText(ctx context.Context, m imports.Message) string {
	return i18n.T(ctx, pageKey(m.Key), pageArgs(ctx, m.Values())...)
}
