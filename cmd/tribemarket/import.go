package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"tribemarket/internal/app"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
)

func importCommand() *cobra.Command {
	var platform, asOf string
	var dryRun bool
	c := &cobra.Command{
		Use:   "import FILE...",
		Short: "Import creators from per-video statistics and creator lists (CSV)",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, files []string) error {
			o := creators.ImportOptions{Platform: platform, DryRun: dryRun}
			if asOf != "" {
				day, err := models.ParseDate(asOf)
				if err != nil {
					return fmt.Errorf("--as-of: %w", err)
				}
				o.AsOf = day
			}
			return importFiles(c.Context(), files, o, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	c.Flags().StringVar(&platform, "platform", "tiktok", "platform of the accounts: tiktok, youtube, instagram or twitch")
	c.Flags().StringVar(&asOf, "as-of", "", "day of the figures, like 2026-01-31; creator lists need it, since they carry no date")
	c.Flags().BoolVar(&dryRun, "dry-run", false, "read and report, write nothing")
	return c
}

func importFiles(ctx context.Context, paths []string, o creators.ImportOptions, out, progress io.Writer) (err error) {
	files := make([]creators.ImportFile, len(paths))
	for i, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return err
		}
		files[i] = creators.ImportFile{Name: p, Size: info.Size(), Open: func() (io.ReadCloser, error) { return os.Open(p) }} //nolint:gosec // the files that were asked for
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
	bar := progressBar(progress, "import")
	o.OnProgress = func(done, total int64) { bar.ChangeMax64(total); _ = bar.Set64(done) }
	o.OnSkippedRow = func(l creators.SkippedRow) {
		fmt.Fprintf(out, "%s:%d: %s\n", l.File, l.Line, i18n.T(ctx, l.MessageKey, l.Args...))
	}
	report, err := creators.NewImporter(a.Creators).ImportFiles(ctx, files, o)
	_ = bar.Finish()
	if err != nil {
		var m *models.Error
		if errors.As(err, &m) {
			return errors.New(i18n.T(ctx, m.Key, m.Args...))
		}
		return err
	}
	printReport(out, report, o.DryRun)
	return nil
}

func printReport(out io.Writer, r creators.ImportReport, dryRun bool) {
	for _, f := range r.Files {
		fmt.Fprintf(out, "%s: %s as of %s, %d rows, %d left out", f.Name, f.Kind, f.AsOf, f.Rows, f.Skipped)
		if len(f.IgnoredColumns) > 0 {
			fmt.Fprintf(out, ", columns not used: %q", f.IgnoredColumns)
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "%d accounts created, %d updated, %d unchanged, %d rows left out\n", r.Created, r.Updated, r.Unchanged, r.Skipped)
	if dryRun {
		fmt.Fprintln(out, "Nothing was written: --dry-run.")
	}
}

func progressBar(w io.Writer, what string) *progressbar.ProgressBar {
	return progressbar.NewOptions64(-1, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionThrottle(200_000_000), progressbar.OptionClearOnFinish())
}
