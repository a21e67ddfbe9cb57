package imports

import (
	"context"
	"errors"
	"hash/maphash"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// A transaction takes between minBatchRows and maxBatchRows rows: as many as it can
// write in about targetBatchTime, since others wait for as long.
const (
	minBatchRows    = 1024
	maxBatchRows    = 8192
	targetBatchTime = 250 * time.Millisecond
)

// importRun is one import.
type importRun struct {
	*Importer
	catalogue  *creators.TribeCatalogue
	options    Options
	now        time.Time
	report     Report
	fileReport *FileReport
	outcomes   map[uint64]creators.ImportOutcome
	seed       maphash.Seed
	bytesRead  int64
	bytesTotal int64
	batchSize  int // rows of the next transaction
	isErased   func(platform, handleKey string) bool
}

func (im *Importer) newRun(ctx context.Context, files []File, o Options) (*importRun, error) {
	if err := checkPlatform(o.Platform); err != nil {
		return nil, err
	}
	r := &importRun{
		Importer: im, catalogue: im.creators.TribeCatalogue(), options: o, now: im.clock(),
		outcomes: map[uint64]creators.ImportOutcome{}, seed: maphash.MakeSeed(), batchSize: minBatchRows,
	}
	for _, f := range files {
		r.bytesTotal += 2 * f.Size
	}
	var err error
	r.isErased, err = im.creators.ErasedHandles(ctx)
	return r, err
}

// isErasedAccount says whether somebody who was erased would come back: by the handle,
// by one that only looks like it, or by the handle within a name.
func (r *importRun) isErasedAccount(on, handleKey, name string) bool {
	if r.isErased == nil {
		return false
	}
	return slices.ContainsFunc(append(handlesInName(name), handleKey), func(handle string) bool {
		key := creators.HandleKeyOf(handle)
		alike := text.LatinLookalike(key)
		return r.isErased(on, key) || alike != key && r.isErased(on, alike)
	})
}

// handlesInName gives what could be a handle in a name: the name itself, and each of its
// words without what stands around it, be it an @, brackets, an emoji or the rest of an
// address. A word with a capital first and letters only, beside others, is taken for a
// person's own name: half of the world would share it with somebody who was erased.
func handlesInName(name string) []string {
	if name == "" {
		return nil
	}
	handles := []string{name}
	words := strings.FieldsFunc(name, func(r rune) bool { return !isHandleRune(r) })
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		marked := strings.Contains(name, "@"+w) || strings.Contains(name, "/"+w) || strings.Contains(name, "("+w+")")
		letters := strings.IndexFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) < 0
		if len(words) > 1 && letters && unicode.IsUpper(first) && !marked {
			continue
		}
		handles = append(handles, w, strings.Trim(w, ".-·"), strings.Trim(w, "_.-·"))
	}
	slices.Sort(handles)
	return slices.Compact(handles)
}

func isHandleRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("_-.·", r)
}

func (r *importRun) beginFile(p filePlan) {
	r.fileReport = &FileReport{Name: p.file.Name, Kind: p.columns.kind, Platform: p.columns.platform, AsOf: models.DateOf(p.asOf), Sample: p.sample}
	for _, u := range p.columns.uses {
		r.fileReport.Columns = append(r.fileReport.Columns, ColumnReport{ColumnUse: u})
	}
}

func (r *importRun) addProgress(bytes int) {
	r.bytesRead += int64(bytes)
	if r.options.OnProgress != nil {
		r.options.OnProgress(min(r.bytesRead, r.bytesTotal), r.bytesTotal)
	}
}

func (r *importRun) skipRow(line int, why *problem) {
	r.fileReport.Skipped++
	r.report.Skipped++
	if r.options.OnSkippedRow != nil {
		r.options.OnSkippedRow(SkippedRow{r.fileReport.Name, line, why.key, why.args})
	}
}

func (r *importRun) unreadValue(line, position int, value string) {
	c := &r.fileReport.Columns[position]
	value = text.Truncate(text.SingleLine(value), 40)
	if c.Unread++; len(c.Examples) < 3 {
		c.Examples = append(c.Examples, value)
	}
	if r.options.OnUnreadValue != nil {
		r.options.OnUnreadValue(UnreadValue{r.fileReport.Name, line, c.Header, value})
	}
}

func (r *importRun) questionable(line int, key string) {
	r.fileReport.Questionable++
	if r.options.OnQuestionable != nil {
		r.options.OnQuestionable(Questionable{r.fileReport.Name, line, key})
	}
}

func (r *importRun) hashAccount(platform, handleKey string) uint64 {
	return maphash.String(r.seed, platform+"/"+handleKey)
}

func (r *importRun) recordOutcome(platform, handleKey string, o creators.ImportOutcome) {
	h := r.hashAccount(platform, handleKey)
	r.outcomes[h] = max(r.outcomes[h], o)
}

func (r *importRun) countOutcomes() Report {
	for _, o := range r.outcomes {
		switch o {
		case creators.AccountCreated:
			r.report.Created++
		case creators.AccountUpdated:
			r.report.Updated++
		case creators.AccountUnchanged:
			r.report.Unchanged++
		}
	}
	return r.report
}

var errDryRun = errors.New("nothing is written")

// runBatch runs one batch, and leaves the database to others for a moment. Two
// imports, or an import and a creator who signs in, can bring the same account
// at the same time: whoever is second reads it again.
func (r *importRun) runBatch(ctx context.Context, batch func(*db.Tx) error) error {
	began := time.Now() //nolint:forbidigo // how long the machine takes, not what time it is
	err := gorm.ErrDuplicatedKey
	for attempt := 0; attempt < 4 && creators.IsWriteConflict(err); attempt++ {
		err = r.db.Tx(ctx, func(tx *db.Tx) error {
			if err := batch(tx); err != nil || !r.options.DryRun {
				return err
			}
			return errDryRun
		})
	}
	if errors.Is(err, errDryRun) {
		return nil
	}
	if err != nil {
		return err
	}
	took := time.Since(began) //nolint:forbidigo // likewise
	switch {
	case took < targetBatchTime/2:
		r.batchSize = min(2*r.batchSize, maxBatchRows)
	case took > targetBatchTime:
		r.batchSize = max(r.batchSize/2, minBatchRows)
	}
	// Writers on SQLite ask for the lock a few times a second; the gap is long
	// enough that one of them soon finds it.
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(min(max(took/8, time.Millisecond), 20*time.Millisecond)):
		return nil
	}
}
