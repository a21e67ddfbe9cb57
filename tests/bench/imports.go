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
	"strconv"
	"sync"
	"time"

	"tribemarket/internal/demo"
	"tribemarket/internal/sheets"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

// importKind is one way of importing a creator list.
type importKind struct {
	name  string
	file  string // of the two lists
	asOf  models.Date
	goal  float64 // of the ratio to the peer
	count func(imports.Report) int64
}

// The goals into a filled database are twice the ratios of the import before it wrote in
// sorted windows, see docs/performance.md.
var importKinds = []importKind{
	{"an empty database", "list.csv", models.Date{Year: 2026, Month: 9, Day: 1}, 0.08, func(r imports.Report) int64 { return r.Created }},
	{"a filled one, same file", "list.csv", models.Date{Year: 2026, Month: 9, Day: 1}, 0.106, func(r imports.Report) int64 { return r.Unchanged }},
	{"a filled one, newer file", "newer.csv", models.Date{Year: 2026, Month: 10, Day: 1}, 0.034, func(r imports.Report) int64 { return r.Updated }},
}

// maxImportMemory bounds what an import of a million rows may hold resident.
const maxImportMemory = 400 << 20

// measureImport compares imports of a creator list with `sqlite3 .import` of the same
// file into one bare table without an index.
func measureImport(ctx context.Context, dir string, rows, rounds int) error {
	cli, err := exec.LookPath("sqlite3")
	if err != nil {
		return errors.New("the sqlite3 command is the peer of the import, and is not installed")
	}
	for _, name := range []string{"list.csv", "newer.csv"} {
		if err := writeListFile(filepath.Join(dir, name), rows, name == "newer.csv"); err != nil {
			return err
		}
	}
	ratios, speeds := make([][]float64, len(importKinds)), make([][]float64, len(importKinds))
	var peak int64
	for i := range rounds {
		world := filepath.Join(dir, fmt.Sprintf("import%d", i))
		for k, kind := range importKinds {
			path := filepath.Join(dir, kind.file)
			ours, memory, err := importList(ctx, world, path, rows, kind)
			if err != nil {
				return err
			}
			peer, err := importByPeer(ctx, cli, filepath.Join(dir, "peer.db"), path)
			if err != nil {
				return err
			}
			peak = max(peak, memory)
			speeds[k] = append(speeds[k], float64(rows)/ours.Seconds())
			ratios[k] = append(ratios[k], peer.Seconds()/ours.Seconds())
		}
		if err := os.RemoveAll(world); err != nil {
			return err
		}
	}
	for k, kind := range importKinds {
		fmt.Fprintf(os.Stderr, "import into %s: %.0f rows/s\n", kind.name, median(speeds[k]))
		printMeasure("import into "+kind.name, median(ratios[k]), kind.goal, false)
	}
	printMeasure("import, peak memory, MB", float64(peak>>20), maxImportMemory>>20, true)
	return nil
}

// writeListFile writes a list of invented creators; the newer one has the same of them
// with other numbers.
func writeListFile(path string, rows int, newer bool) (err error) {
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
		for i, cell := range cells {
			if n, err := strconv.ParseInt(cell, 10, 64); newer && err == nil {
				cells[i] = strconv.FormatInt(n+n/50+1, 10)
			}
		}
		if err := errors.Join(err, w.Write(cells)); err != nil {
			return err
		}
	}
}

// importList imports a list, and gives how long that took and the memory of the process at most.
func importList(ctx context.Context, dir, path string, rows int, kind importKind) (took time.Duration, peak int64, err error) {
	a, _, err := openApp(ctx, dir)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	file := imports.File{Name: "list.csv", Open: func(read func(int)) (imports.RowReader, error) {
		return sheets.OpenReader("list.csv", func() (io.ReadCloser, error) { return os.Open(path) }, sheets.ReadOptions{OnRead: read})
	}}
	stop := watchMemory(&peak)
	before, begin := processorUsage(), time.Now()
	r, err := a.Imports.ImportFiles(ctx, []imports.File{file}, imports.Options{Platform: platform.TikTok, AsOf: kind.asOf})
	took = time.Since(begin)
	stop()
	if err != nil {
		return 0, 0, err
	}
	if n := kind.count(r); n != int64(rows) {
		return 0, 0, fmt.Errorf("%s: %d of %d rows: %+v", kind.name, n, rows, r)
	}
	fmt.Fprintf(os.Stderr, "import into %s: %.0f rows/s, %.1f µs of processor time a row, %d MB\n", kind.name, float64(rows)/took.Seconds(),
		float64((processorUsage()-before).Microseconds())/float64(rows), peak>>20)
	return took, peak, nil
}

// importByPeer imports a list by `sqlite3 .import`.
func importByPeer(ctx context.Context, cli, database, path string) (time.Duration, error) {
	defer func() { _ = os.Remove(database) }()
	begin := time.Now()
	out, err := exec.CommandContext(ctx, cli, database, ".mode csv", ".import "+path+" list").CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("sqlite3: %w: %s", err, out)
	}
	return time.Since(begin), nil
}

// watchMemory notes the most memory that the process has resident until it is stopped.
func watchMemory(peak *int64) (stop func()) {
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		for {
			if n, err := residentMemory(os.Getpid()); err == nil {
				*peak = max(*peak, n)
			}
			select {
			case <-done:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	})
	return func() { close(done); watching.Wait() }
}
