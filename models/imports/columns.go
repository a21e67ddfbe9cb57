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
}

// columns says where the fields of a file stand. A header that stands twice, as a text
// and as a number, gives two positions.
type columns struct {
	kind       string
	platform   string // of rows that don't name theirs
	headerLine int
	headers    []header
	positions  map[Field][]int
	uses       []ColumnUse
}

// readColumns finds the header among the first rows of a file, and what its columns
// mean by their titles and by what stands in them.
func readColumns(rows []sampleRow, o Options) (columns, error) {
	for i, r := range rows[:min(len(rows), headerSearchRows)] {
		c := newColumns(r, rows[i+1:], o)
		if c.kind == "" {
			continue
		}
		if err := c.checkMapping(o); err != nil {
			return c, err
		}
		return c, c.chooseIdentity(rows[i+1:], o)
	}
	return columns{}, headerError(rows)
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
		if h.platform != "" && h.platform != c.platform {
			c.uses[i].Other = h.platform
			continue
		}
		if field, mapped := o.fieldOfHeader(h); mapped {
			c.use(i, field)
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
		if field != "" && !o.isMapped(field) {
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
		if _, ok := h.identityRank(); ok && c.uses[i].Field == "" && c.uses[i].Other == "" {
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

// headerError names the headers that were found, what is missing, and what a file needs.
func headerError(rows []sampleRow) error {
	found, missing := "–", []string{string(FieldHandle), string(FieldFollowers)}
	if len(rows) > 0 {
		best := rows[0]
		for _, r := range rows[:min(len(rows), headerSearchRows)] {
			if countFilled(r.cells) > countFilled(best.cells) {
				best = r
			}
		}
		var titles []string
		c := newColumns(best, nil, Options{})
		for _, u := range c.uses[:min(len(c.uses), 30)] {
			if u.Header != "" {
				titles = append(titles, u.Header)
			}
		}
		if len(titles) > 0 {
			found = text.Truncate(strings.Join(titles, ", "), 400)
		}
		missing = nil
		if !c.hasIdentity() {
			missing = append(missing, string(FieldHandle))
		}
		if !c.hasAll(FieldFollowers) {
			missing = append(missing, string(FieldFollowers))
		}
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

// checkMapping refuses a choice of a column that the file doesn't have.
func (c columns) checkMapping(o Options) error {
	for field, title := range o.Columns {
		if title != "" && !slices.Contains(Fields(), field) {
			return &models.Error{Code: models.CodeInvalid, Key: "imports.error.unknown_field", Args: []any{"field", string(field)}}
		}
		if title != "" && len(c.positions[field]) == 0 {
			return &models.Error{Code: models.CodeInvalid, Key: "imports.error.unknown_column", Args: []any{"column", title}}
		}
	}
	return nil
}
