package imports

import (
	"context"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
	"tribemarket/views/components"
	"tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// accepted are the files that a browser offers.
const accepted = ".csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson"

// PresentList is the list of imports, with the form as it was filled in.
func PresentList(ctx context.Context, rows []imports.ImportLine, after, next string, f imports.FileChoices, wrong models.Fields) ListProps {
	wrong = pageFields(ctx, wrong)
	errs, most := components.FieldTexts(ctx, wrong), imports.MaxFileSize>>20
	p := ListProps{
		Lead: i18n.T(ctx, "imports.lead"), Problems: components.FieldProblems(ctx, wrong, "", components.Labels(ctx, map[string]string{"as_of": "imports.as_of"})), Choices: fileFields(ctx, f, errs),
		File: components.Field{
			Name: "file", Type: "file", Label: i18n.T(ctx, "imports.upload.file"), Hint: i18n.T(ctx, "imports.upload.file_hint", "most", most),
			Error: errs["file"], Required: true, Attrs: map[string]any{"accept": accepted},
		},
		Table: moderation.AdminTable{Caption: i18n.T(ctx, "imports.list"), Columns: texts(ctx, "imports.list.file", "imports.list.state", "imports.list.result", "imports.list.who", "imports.list.at")},
	}
	for _, r := range rows {
		p.Table.Rows = append(p.Table.Rows, []moderation.AdminCell{
			{Text: r.FileName, Href: paths.AdminImport(r.PublicID)}, stateCell(ctx, r.State), {Text: result(ctx, r.Import)},
			{Text: r.Person, Href: paths.AdminPerson(r.PersonID)}, {Text: i18n.DateTime(ctx, r.CreatedAt)},
		})
	}
	if next != "" {
		p.Pager.Next = paths.List(paths.AdminImports(), "", "", next)
	}
	if after != "" {
		p.Pager.First = paths.AdminImports()
	}
	return p
}

func texts(ctx context.Context, keys ...string) []string {
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = i18n.T(ctx, k)
	}
	return all
}

func stateCell(ctx context.Context, s imports.State) moderation.AdminCell {
	kind := map[imports.State]string{
		imports.StateUploaded: components.Late, imports.StateChecking: components.Plain, imports.StateChecked: components.Late,
		imports.StateImporting: components.Plain, imports.StateImported: components.Good, imports.StateFailed: components.Bad,
	}[s]
	return moderation.AdminCell{Text: i18n.T(ctx, "imports.state."+string(s)), Kind: kind, Sign: true}
}

// result is what came of the last run in a line, "" where none ended.
func result(ctx context.Context, i imports.Import) string {
	r := i.Report
	if len(r.Files) == 0 || i.State.Running() {
		return ""
	}
	return i18n.T(ctx, "imports.result", "created", r.Created, "updated", r.Updated, "unchanged", r.Unchanged, "skipped", r.Skipped)
}

// encodings are those that lists are found in; others can be read too, but from the
// command line.
var encodings = []components.Option{
	{Value: "utf-8", Label: "UTF-8"}, {Value: "windows-1252", Label: "Windows-1252"}, {Value: "iso-8859-1", Label: "ISO-8859-1 (Latin-1)"},
	{Value: "iso-8859-15", Label: "ISO-8859-15 (Latin-9)"}, {Value: "windows-1250", Label: "Windows-1250"}, {Value: "windows-1254", Label: "Windows-1254"},
	{Value: "utf-16le", Label: "UTF-16 LE"}, {Value: "utf-16be", Label: "UTF-16 BE"}, {Value: "shift_jis", Label: "Shift JIS"}, {Value: "gb18030", Label: "GB 18030"}, {Value: "euc-kr", Label: "EUC-KR"},
}

// fileFields ask for what a file doesn't say.
func fileFields(ctx context.Context, f imports.FileChoices, errs map[string]string) FileFields {
	all := FileFields{
		Platform: components.Field{
			Name: "platform", Label: i18n.T(ctx, "imports.platform"), Hint: i18n.T(ctx, "imports.platform.hint"), Placeholder: i18n.T(ctx, "imports.found"),
			Value: f.Platform, Error: errs["platform"],
		},
		AsOf:     components.Field{Name: "as_of", Label: i18n.T(ctx, "imports.as_of"), Hint: i18n.T(ctx, "imports.as_of.hint"), Value: f.AsOf, Error: errs["as_of"]},
		Encoding: components.Field{Name: "encoding", Label: i18n.T(ctx, "imports.encoding"), Hint: i18n.T(ctx, "imports.encoding.hint"), Placeholder: i18n.T(ctx, "imports.found"), Value: f.Encoding, Options: encodings, Error: errs["encoding"]},
	}
	for _, name := range platform.Names() {
		all.Platform.Options = append(all.Platform.Options, components.Option{Value: name, Label: components.PlatformName(name)})
	}
	return all
}

// fieldKey is the message key of a field's name.
func fieldKey(f imports.Field) string {
	if f == "" {
		return "imports.field.none"
	}
	return "imports.field." + strings.ReplaceAll(string(f), " ", "_")
}
