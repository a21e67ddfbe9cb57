package imports

import (
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/platform"
	"tribemarket/models/text"
)

// The kinds of files.
const (
	KindVideos = "videos" // a row for each post
	KindList   = "list"   // a row for each creator
)

// How many rows are looked at to find the header, and to find out what columns hold.
const (
	headerSearchRows = 25
	sampleRows       = 300
)

// ColumnUse says what a column of a file became.
type ColumnUse struct {
	Header string
	Field  Field  // "" when it isn't used
	Other  string // the platform that the header names, where that is another one
	Chosen bool   // by hand
}

// columns says where the fields of a file stand. A header that stands twice, as a text
// and as a number, gives two positions.
type columns struct {
	kind       string
	platform   string // of rows that don't name theirs
	headerRow  int    // its place among the rows of the file, from 0
	headerLine int
	headers    []header
	positions  map[Field][]int
	ownExport  bool // the site itself wrote the file
	uses       []ColumnUse
	addresses  []int // see addressColumns
}

// readColumns finds the header among the first rows of a file, and what its columns
// mean by their titles and by what stands in them.
func readColumns(rows []sampleRow, o Options) (columns, error) {
	for i, r := range rows[:min(len(rows), headerSearchRows)] {
		c := newColumns(r, rows[i+1:], o)
		c.headerRow = i
		if c.kind == "" {
			continue
		}
		if err := c.checkMapping(o.Columns); err != nil {
			return c, err
		}
		err := c.chooseIdentity(rows[i+1:], o)
		c.addresses = c.addressColumns()
		return c, err
	}
	likeliest := fullestRow(rows)
	below := rowsBelow(rows, likeliest)
	var header sampleRow
	if len(rows) > 0 {
		header = rows[likeliest]
	}
	c := newColumns(header, below, o)
	c.headerRow = likeliest
	err := headerError(c)
	_ = c.chooseIdentity(below, o) // what can be guessed all the same
	return c, err
}

// sampleRow is a row among the first of a file.
type sampleRow struct {
	line  int
	cells []string
}

// newColumns reads a row as a header; its kind is empty where it is none.
func newColumns(r sampleRow, sample []sampleRow, o Options) columns {
	c := columns{headerLine: r.line, headers: make([]header, len(r.cells)), positions: map[Field][]int{}}
	for i, cell := range r.cells {
		c.headers[i] = parseHeaderCell(cell)
		c.uses = append(c.uses, ColumnUse{Header: text.Truncate(text.SingleLine(cell), 60)})
	}
	c.ownExport = isOwnExport(c.headers)
	c.choosePlatform(sample, o)
	if videos := c.assign(o, true, accountSynonyms, videoSynonyms); videos.hasAll(FieldPostID, FieldPostedAt, FieldFollowers, FieldViews) && videos.hasIdentity() {
		videos.kind = KindVideos
		return videos
	}
	list := c.assign(o, false, accountSynonyms, listSynonyms)
	if list.hasAll(FieldFollowers) && list.hasIdentity() {
		list.kind = KindList
	}
	return list
}

// assign gives the fields of one kind of file their positions. In a file of posts what
// says something of the post goes before what could name the account.
func (c columns) assign(o Options, postFirst bool, known ...headerSynonyms) columns {
	c.positions, c.uses = map[Field][]int{}, slices.Clone(c.uses)
	for i, h := range c.headers {
		if field, chosen := o.Columns.fieldAt(i, h); chosen {
			c.uses[i].Chosen = true
			c.use(i, field)
			continue
		}
		if h.platform != "" && h.platform != c.platform {
			c.uses[i].Other = h.platform
			continue
		}
		if _, ok := h.identityRank(); ok && !(postFirst && fieldOf(h.words, videoSynonyms) != "") {
			continue
		}
		field := fieldOf(h.full, known...)
		for _, words := range []string{h.words, h.inner()} {
			if field == "" && words != "" {
				field = fieldOf(words, known...)
			}
		}
		if field != "" && !o.Columns.has(field) {
			c.use(i, field)
		}
	}
	return c
}

func (c *columns) use(i int, field Field) {
	if field == "" {
		return
	}
	c.positions[field], c.uses[i].Field = append(c.positions[field], i), field
}

// identityRank is the rank of a header among those that may hold a handle or a name.
func (h header) identityRank() (int, bool) {
	if rank, ok := identityHeaders[h.words]; ok {
		return rank, true
	}
	rank, ok := identityHeaders[h.inner()]
	return rank, ok
}

func (c columns) hasIdentity() bool {
	return len(c.identityColumns()) > 0 || c.hasAll(FieldHandle) || c.hasAll(FieldLink)
}

// identityColumns may hold the handle or the name, and are not used yet.
func (c columns) identityColumns() []int {
	var some []int
	for i, h := range c.headers {
		if _, ok := h.identityRank(); ok && c.uses[i].Field == "" && c.uses[i].Other == "" && !c.uses[i].Chosen {
			some = append(some, i)
		}
	}
	return some
}

func (c columns) hasAll(all ...Field) bool {
	for _, f := range all {
		if len(c.positions[f]) == 0 {
			return false
		}
	}
	return true
}

// choosePlatform finds the platform of the rows: the one that was told, else the one
// that the headers name, else that of the addresses in the first rows.
func (c *columns) choosePlatform(sample []sampleRow, o Options) {
	if c.platform = o.Platform; c.platform != "" {
		return
	}
	var named []string
	for _, h := range c.headers {
		if h.platform != "" && !slices.Contains(named, h.platform) {
			named = append(named, h.platform)
		}
	}
	if len(named) == 0 {
		for _, r := range sample[:min(len(sample), sampleRows)] {
			for _, cell := range r.cells {
				if strings.Contains(cell, "/") && !strings.ContainsRune(strings.TrimSpace(cell), ' ') {
					if p := platform.OfURL(strings.TrimSpace(cell)); p != "" && !slices.Contains(named, p) {
						named = append(named, p)
					}
				}
			}
		}
	}
	if c.platform = platform.TikTok; len(named) == 1 {
		c.platform = named[0]
	}
}

// fullestRow is the place of the one among the first rows that is the likeliest header
// where none is known: the one with most titles.
func fullestRow(rows []sampleRow) int {
	best := 0
	for i, r := range rows[:min(len(rows), headerSearchRows)] {
		if countFilled(r.cells) > countFilled(rows[best].cells) {
			best = i
		}
	}
	return best
}

// rowsBelow are the rows after one of them.
func rowsBelow(rows []sampleRow, row int) []sampleRow { return rows[min(row+1, len(rows)):] }

// headerError names the headers of the likeliest row, what is missing, and what a file
// needs.
func headerError(c columns) error {
	var titles, missing []string
	for _, u := range c.uses[:min(len(c.uses), 30)] {
		if u.Header != "" {
			titles = append(titles, u.Header)
		}
	}
	found := "–"
	if len(titles) > 0 {
		found = text.Truncate(strings.Join(titles, ", "), 400)
	}
	if !c.hasIdentity() {
		missing = append(missing, string(FieldHandle))
	}
	if !c.hasAll(FieldFollowers) {
		missing = append(missing, string(FieldFollowers))
	}
	return &models.Error{Code: models.CodeInvalid, Key: "imports.error.header", Args: []any{"found", found, "missing", strings.Join(missing, ", ")}}
}

func countFilled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}
