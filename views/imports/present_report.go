package imports

import (
	"context"
	"slices"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models/imports"
	"tribemarket/views/components"
	"tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// ShownRows is how many of the rows that were left out the page shows.
const ShownRows = 50

func presentReport(ctx context.Context, i imports.Import, skipped []imports.Note) *ReportProps {
	r := i.Report
	p := &ReportProps{Figures: figures(ctx, i), Download: paths.AdminImportReport(i.PublicID)}
	if i.State == imports.StateImported {
		p.Note = i18n.T(ctx, "imports.report.kept")
	}
	p.Columns = moderation.AdminTable{Caption: i18n.T(ctx, "imports.report.columns"), Columns: texts(ctx, "imports.column.title", "imports.report.became", "imports.report.unread")}
	for k, c := range r.Files[0].Columns {
		unread := ""
		if c.Unread > 0 {
			unread = i18n.T(ctx, "imports.report.values", "n", c.Unread, "examples", strings.Join(slices.Compact(slices.Sorted(slices.Values(c.Examples))), ", "))
		}
		p.Columns.Rows = append(p.Columns.Rows, []moderation.AdminCell{{Text: columnTitle(ctx, c.Header, k)}, {Text: became(ctx, c.ColumnUse)}, {Text: unread}})
	}
	p.Rows = moderation.AdminTable{Caption: i18n.T(ctx, "imports.report.rows"), Columns: texts(ctx, "imports.report.line", "imports.report.reason")}
	for _, n := range skipped {
		p.Rows.Rows = append(p.Rows.Rows, []moderation.AdminCell{{Text: i18n.T(ctx, "imports.report.at_line", "line", n.Line)}, {Text: messageText(ctx, n.Message())}})
	}
	if r.Skipped > int64(len(skipped)) {
		p.More = i18n.T(ctx, "imports.report.more", "shown", len(skipped), "all", r.Skipped)
	}
	return p
}

// figures count what became of accounts and rows, or what would.
func figures(ctx context.Context, i imports.Import) []components.Figure {
	created, updated, unchanged := "imports.figure.created", "imports.figure.updated", "imports.figure.unchanged"
	if i.DryRun {
		created, updated, unchanged = "imports.figure.to_create", "imports.figure.to_update", "imports.figure.to_leave"
	}
	r, doubtful := i.Report, int64(0)
	for _, f := range r.Files {
		doubtful += f.Questionable
	}
	var all []components.Figure
	for _, f := range []struct {
		key string
		n   int64
	}{{created, r.Created}, {updated, r.Updated}, {unchanged, r.Unchanged}, {"imports.figure.skipped", r.Skipped}, {"imports.figure.questionable", doubtful}} {
		all = append(all, components.Figure{Label: i18n.T(ctx, f.key), Value: i18n.Number(ctx, f.n)})
	}
	return all
}

// became is what a column was read as.
func became(ctx context.Context, c imports.ColumnUse) string {
	if c.Other != "" {
		return i18n.T(ctx, "imports.column.other", "platform", components.PlatformName(c.Other))
	}
	return i18n.T(ctx, fieldKey(c.Field))
}

// ReportLine is a line of the report as a file.
type ReportLine struct {
	Line       int64 // 0 for none
	Kind, Text string
}

// ReportHeadings are the names of its columns.
func ReportHeadings(ctx context.Context) []string {
	return texts(ctx, "imports.report.line", "imports.report.kind", "imports.report.text")
}

// ReportSummary are the lines before those of rows: what came of the run, and what each
// column became.
func ReportSummary(ctx context.Context, i imports.Import) []ReportLine {
	var all []ReportLine
	for _, f := range figures(ctx, i) {
		all = append(all, ReportLine{Kind: f.Label, Text: f.Value})
	}
	for _, f := range i.Report.Files {
		for k, c := range f.Columns {
			all = append(all, ReportLine{Kind: i18n.T(ctx, "imports.report.column"), Text: columnTitle(ctx, c.Header, k) + ": " + became(ctx, c.ColumnUse)})
		}
	}
	if found, kept := i.Report.CountNotes(); found > kept {
		all = append(all, ReportLine{Kind: i18n.T(ctx, "imports.report.rest"), Text: i18n.T(ctx, "imports.report.more", "shown", kept, "all", found)})
	}
	return all
}

// ReportNote is the line of a note.
func ReportNote(ctx context.Context, n imports.Note) ReportLine {
	return ReportLine{Line: n.Line, Kind: i18n.T(ctx, "imports.kind."+string(n.Kind)), Text: messageText(ctx, n.Message())}
}
