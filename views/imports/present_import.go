package imports

import (
	"context"
	"errors"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/imports"
	"tribemarket/models/text"
	"tribemarket/views/components"
)

// PresentImport is the page of an import, with rows that were left out, and the answers
// of a form that was refused.
func PresentImport(ctx context.Context, i imports.Import, skipped []imports.Note, f *imports.ColumnForm, refusal error) PageProps {
	p := PageProps{ID: i.PublicID, Name: i.FileName, Lead: lead(ctx, i), Run: i.State == imports.StateChecked && i.CanRun()}
	var e *models.Error
	if errors.As(refusal, &e) {
		fields := pageFields(ctx, e.Fields)
		p.Problems = components.FieldProblems(ctx, fields, "", nil)
		if len(fields) == 0 {
			p.Problems = []components.Problem{{Message: i18n.T(ctx, pageKey(e.Key), pageArgs(ctx, e.Args)...)}}
		}
	}
	if i.Problem != nil {
		p.Failed = i18n.T(ctx, "imports.failed", "why", messageText(ctx, *i.Problem))
	}
	if i.Preview.Problem != nil && i.CanChange() {
		p.Blocked = messageText(ctx, *i.Preview.Problem)
	}
	switch {
	case i.State.Running():
		p.Progress = presentProgress(ctx, i)
	case i.CanChange():
		p.Columns = presentColumns(ctx, i, f, e)
	}
	switch i.State {
	case imports.StateChecked:
		p.Done = i18n.T(ctx, "imports.done.checked")
	case imports.StateImported:
		p.Done = i18n.T(ctx, "imports.done.imported")
	default:
	}
	if len(i.Report.Files) > 0 && !i.State.Running() {
		p.Report = presentReport(ctx, i, skipped)
	}
	return p
}

// lead says what the file is.
func lead(ctx context.Context, i imports.Import) string {
	name := components.PlatformName(i.Preview.Platform)
	switch i.Preview.Kind {
	case imports.KindVideos:
		return i18n.T(ctx, "imports.about.videos", "platform", name, "line", i.Preview.HeaderLine)
	case imports.KindList:
		return i18n.T(ctx, "imports.about.list", "platform", name, "line", i.Preview.HeaderLine)
	}
	return i18n.T(ctx, "imports.about.unknown")
}

// presentProgress is how far a run is, and how long it takes to its end if it goes on so.
func presentProgress(ctx context.Context, i imports.Import) *Progress {
	p := &Progress{What: i18n.T(ctx, "imports.state."+string(i.State)), Left: i18n.T(ctx, "imports.progress.waits")}
	if i.BytesTotal <= 0 || i.Lease == "" {
		return p
	}
	p.PerCent = int(min(100*i.BytesDone/i.BytesTotal, 100))
	p.Left = i18n.T(ctx, "imports.progress.begins")
	if i.BytesDone > 0 && i.WorkedAt != nil && i.StartedAt != nil {
		took := i.WorkedAt.Sub(*i.StartedAt)
		left := time.Duration(float64(took) * float64(i.BytesTotal-i.BytesDone) / float64(i.BytesDone))
		p.Left = i18n.T(ctx, "imports.progress.left", "time", i18n.Duration(ctx, left))
	}
	return p
}

// groups are the fields as a select offers them.
var groups = []struct {
	name   string
	fields []imports.Field
}{
	{"imports.group.account", []imports.Field{imports.FieldHandle, imports.FieldLink, imports.FieldName, imports.FieldPlatform, imports.FieldCountry, imports.FieldLanguage, imports.FieldCategory}},
	{"imports.group.figures", []imports.Field{imports.FieldFollowers, imports.FieldFollowing, imports.FieldTotalLikes, imports.FieldTotalPosts, imports.FieldViews, imports.FieldLikes, imports.FieldComments, imports.FieldShares, imports.FieldAsOf}},
	{"imports.group.post", []imports.Field{imports.FieldPostID, imports.FieldPostedAt, imports.FieldDuration, imports.FieldCaption, imports.FieldHashtags}},
}

func presentColumns(ctx context.Context, i imports.Import, f *imports.ColumnForm, refusal *models.Error) *ColumnsForm {
	chosen, errs := imports.FileChoices{Platform: i.Platform, AsOf: i.AsOf, Encoding: i.Encoding}, map[string]string{}
	if f != nil {
		chosen = f.FileChoices
	}
	if refusal != nil {
		errs = components.FieldTexts(ctx, pageFields(ctx, refusal.Fields))
	}
	form := &ColumnsForm{Folded: i.State == imports.StateChecked && refusal == nil, Choices: fileFields(ctx, chosen, errs), Rows: len(i.Preview.Sample)}
	options := fieldOptions(ctx)
	for k, c := range i.Preview.Columns {
		title := columnTitle(ctx, c.Header, k)
		column := Column{Title: title, Choice: components.Field{
			Name: "columns[" + strconv.Itoa(k) + "].field", Label: i18n.T(ctx, "imports.column.choose", "column", title), HideLabel: true,
			Placeholder: i18n.T(ctx, "imports.field.none"), Value: string(c.Field), Options: options,
		}}
		if f != nil && k < len(f.Fields) {
			column.Choice.Value = f.Fields[k]
		}
		column.Choice.Error = errs[column.Choice.Name]
		if c.Other != "" {
			column.Note = i18n.T(ctx, "imports.column.other", "platform", components.PlatformName(c.Other))
		}
		for _, row := range i.Preview.Sample {
			column.Values = append(column.Values, text.Truncate(row[k], shownValue))
		}
		form.Columns = append(form.Columns, column)
	}
	if i.Preview.Left > 0 {
		form.Left = i18n.T(ctx, "imports.columns.left", "n", i.Preview.Left)
	}
	return form
}

// shownValue is how many characters of a value the columns show.
const shownValue = 60

func fieldOptions(ctx context.Context) []components.Option {
	var all []components.Option
	for _, g := range groups {
		for _, field := range g.fields {
			all = append(all, components.Option{Value: string(field), Label: i18n.T(ctx, fieldKey(field)), Group: i18n.T(ctx, g.name)})
		}
	}
	return all
}

// columnTitle is a column's title, or its place where it has none.
func columnTitle(ctx context.Context, header string, position int) string {
	if header == "" {
		return i18n.T(ctx, "imports.column.untitled", "nth", position+1)
	}
	return header
}
