package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"tribemarket/internal/demo"
	"tribemarket/internal/sheets"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

// measureImport compares the import of a creator list with `sqlite3 .import` of
// the same file into one bare table without an index.
func measureImport(ctx context.Context, dir string, rows, rounds int) error {
	cli, err := exec.LookPath("sqlite3")
	if err != nil {
		return errors.New("the sqlite3 command is the peer of the import, and is not installed")
	}
	path := filepath.Join(dir, "list.csv")
	if err := writeListFile(path, rows); err != nil {
		return err
	}
	var speed []float64
	for i := range rounds {
		ours, err := importIntoNew(ctx, filepath.Join(dir, fmt.Sprintf("import%d", i)), path, rows)
		if err != nil {
			return err
		}
		begin := time.Now()
		out, err := exec.CommandContext(ctx, cli, filepath.Join(dir, fmt.Sprintf("peer%d.db", i)), ".mode csv", ".import "+path+" list").CombinedOutput()
		if err != nil {
			return fmt.Errorf("sqlite3: %w: %s", err, out)
		}
		speed = append(speed, time.Since(begin).Seconds()/ours.Seconds())
	}
	printMeasure("import, rows/s ratio", median(speed), 0.5, false)
	return nil
}

func writeListFile(path string, rows int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	catalogue, err := creators.NewTribeCatalogue()
	if err != nil {
		return err
	}
	list, err := demo.CreatorListFile(catalogue, 1, rows).Open(func(int) {})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, list.Close()) }()
	w := csv.NewWriter(f)
	for {
		_, cells, err := list.Next()
		if errors.Is(err, io.EOF) {
			w.Flush()
			return w.Error()
		}
		if err := errors.Join(err, w.Write(cells)); err != nil {
			return err
		}
	}
}

func importIntoNew(ctx context.Context, dir, path string, rows int) (time.Duration, error) {
	a, _, err := openApp(ctx, dir)
	if err != nil {
		return 0, err
	}
	defer a.Close()
	file := imports.File{Name: "list.csv", Open: func(read func(int)) (imports.RowReader, error) {
		return sheets.OpenReader("list.csv", func() (io.ReadCloser, error) { return os.Open(path) }, sheets.ReadOptions{OnRead: read})
	}}
	begin := time.Now()
	r, err := a.Imports.ImportFiles(ctx, []imports.File{file}, imports.Options{Platform: platform.TikTok, AsOf: models.Date{Year: 2026, Month: 10, Day: 1}})
	if err != nil {
		return 0, err
	}
	if r.Created != int64(rows) {
		return 0, fmt.Errorf("%d of %d rows were imported", r.Created, rows)
	}
	return time.Since(begin), nil
}
