package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"tribemarket/internal/app"
	"tribemarket/internal/i18n"
	"tribemarket/internal/sheets"
	"tribemarket/models"
	"tribemarket/models/imports"
)

func importCommand() *cobra.Command {
	var asOf, encoding string
	var mapping []string
	var o imports.Options
	c := &cobra.Command{
		Use:   "import FILE...",
		Short: "Import creators from creator lists and per-video statistics (CSV, XLSX, JSON)",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, files []string) (err error) {
			if asOf != "" {
				if o.AsOf, err = models.ParseDate(asOf); err != nil {
					return fmt.Errorf("--as-of: %w", err)
				}
			}
			if o.Columns, err = parseMapping(mapping); err != nil {
				return err
			}
			return importFiles(c.Context(), files, encoding, o, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	c.Flags().StringVar(&o.Platform, "platform", "", "platform of the accounts: tiktok, youtube, instagram or twitch; without it the one that the file names, else tiktok")
	c.Flags().StringVar(&asOf, "as-of", "", "day of the figures, like 2026-01-31; creator lists need it, unless a column has it")
	c.Flags().StringSliceVar(&mapping, "map", nil, "columns by their titles, like handle=Nick,name=Name; the report says which column became what")
	c.Flags().StringVar(&encoding, "encoding", "", "how the text is written, like windows-1252, where the file doesn't tell")
	c.Flags().BoolVar(&o.DryRun, "dry-run", false, "read and report, write nothing")
	return c
}

// parseMapping reads FIELD=TITLE pairs.
func parseMapping(pairs []string) (imports.Mapping, error) {
	columns := imports.Mapping{}
	for _, pair := range pairs {
		field, title, ok := strings.Cut(pair, "=")
		if !ok || strings.TrimSpace(title) == "" {
			return nil, fmt.Errorf("--map: %q is not of the form FIELD=TITLE", pair)
		}
		columns[strings.TrimSpace(title)] = imports.Field(strings.ReplaceAll(strings.TrimSpace(field), "_", " "))
	}
	return columns, nil
}

func importFiles(ctx context.Context, paths []string, encoding string, o imports.Options, out, progress io.Writer) (err error) {
	files := make([]imports.File, len(paths))
	for i, p := range paths {
		if files[i], err = fileOf(p, encoding); err != nil {
			return err
		}
	}
	cfg, err := loadSettings("")
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, cfg, models.SystemClock, newLogger())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	shown := newProgress(progress, "import")
	o.OnProgress = shown.show
	o.OnSkippedRow = func(l imports.SkippedRow) {
		fmt.Fprintf(out, "%s:%d: %s\n", l.File, l.Line, i18n.T(ctx, l.MessageKey, l.Args...))
	}
	o.OnQuestionable = func(q imports.Questionable) {
		fmt.Fprintf(out, "%s:%d: %s\n", q.File, q.Line, i18n.T(ctx, q.MessageKey))
	}
	var unread int
	o.OnUnreadValue = func(v imports.UnreadValue) {
		if unread++; unread <= namedValues {
			fmt.Fprintf(out, "%s:%d: %q under %q was not understood\n", v.File, v.Line, v.Value, v.Header)
		}
	}
	report, err := a.Imports.ImportFiles(ctx, files, o)
	shown.end()
	if unread > namedValues {
		fmt.Fprintf(out, "and %s more not understood\n", countOf(int64(unread-namedValues), "value"))
	}
	if err == nil || len(report.Files) > 0 {
		printReport(out, report, o.DryRun)
	}
	var m *models.Error
	switch {
	case errors.Is(err, context.Canceled):
		if len(report.Files) == 0 {
			return errors.New("import: interrupted before anything was written. Run the same command again")
		}
		return errors.New("import: interrupted. What is counted above is in the database. Run the same command again to go on: nothing is imported twice")
	case errors.As(err, &m) && m.Code != models.CodeInternal:
		return errors.New(i18n.T(ctx, m.Key, m.Args...))
	}
	return err
}

// fileOf is the file at a path, in whatever format it is.
func fileOf(path, encoding string) (imports.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return imports.File{}, err
	}
	return imports.File{Name: path, Size: info.Size(), Open: func(read func(int)) (imports.RowReader, error) {
		open := func() (io.ReadCloser, error) { return os.Open(path) } //nolint:gosec // the file that was asked for
		return sheets.OpenReader(path, open, sheets.ReadOptions{Encoding: encoding, OnRead: read})
	}}, nil
}

// namedValues is how many values that were not understood are named one by one.
const namedValues = 20

// countOf is a number of things, such as 1 row or 2 rows.
func countOf(n int64, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

func printReport(out io.Writer, r imports.Report, dryRun bool) {
	for _, f := range r.Files {
		asOf := "each row’s own date"
		if f.AsOf.Year > 1 {
			asOf = f.AsOf.String()
		}
		fmt.Fprintf(out, "%s: %s of %s as of %s, %s, %d left out", f.Name, f.Kind, f.Platform, asOf, countOf(f.Rows, "row"), f.Skipped)
		if f.Questionable > 0 {
			fmt.Fprintf(out, ", %d that cannot be right", f.Questionable)
		}
		fmt.Fprintln(out)
		for _, c := range f.Columns {
			printColumn(out, c)
		}
	}
	fmt.Fprintf(out, "%s created, %d updated, %d unchanged, %s left out\n", countOf(r.Created, "account"), r.Updated, r.Unchanged, countOf(r.Skipped, "row"))
	if dryRun {
		fmt.Fprintln(out, "Nothing was written: --dry-run.")
	}
}

func printColumn(out io.Writer, c imports.ColumnReport) {
	switch {
	case c.Header == "":
		return
	case c.Other != "":
		fmt.Fprintf(out, "  %q is of %s, not used", c.Header, c.Other)
	case c.Field == "":
		fmt.Fprintf(out, "  %q is not used", c.Header)
	default:
		fmt.Fprintf(out, "  %q is the %s", c.Header, c.Field)
	}
	if c.Unread > 0 {
		fmt.Fprintf(out, "; not understood: %s, like %q", countOf(c.Unread, "value"), c.Examples)
	}
	fmt.Fprintln(out)
}
