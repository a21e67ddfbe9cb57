package imports

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/platform"
	"tribemarket/models/text"
)

// identityColumn is what stands in a column that may hold handles or names.
type identityColumn struct {
	position int
	rank     int     // how clearly its header says that it is the handle
	filled   int     // cells with something in them
	valid    float64 // share that the platform allows as a handle
	lower    float64 // share that has no capital letters or an at sign, as handles mostly do
	named    float64 // share that is allowed, and is a capitalised word all the same: Madonna
	words    float64 // share of several capitalised words: Luna Brisk
	links    float64 // share of addresses
	looks    []look  // of each row
}

// look is what a cell looks like.
type look struct {
	handle     string // in lower case, "" where the platform allows none such
	isClear    bool   // written as handles are
	isDoubtful bool   // a name, or no handle
}

// The shares from which on a column is taken for one of handles, or of addresses.
const (
	clearHandleShare = 0.2  // of a header that says so: "username"
	vagueHandleShare = 0.95 // of one that may mean something else, standing alone: "name"
	comparedShare    = 0.6  // of one beside which another one is worse
	clearDifference  = 0.2
	someNameShare    = 0.3 // of capitalised words under a title that may mean a name
)

// chooseIdentity decides by their contents which columns hold the handle, the address
// of the profile, and the name. Where two could be the handle, nothing is guessed: by
// a wrong guess a row would be read into somebody else's profile.
func (c *columns) chooseIdentity(sample []sampleRow, o Options) error {
	var some []identityColumn
	for _, i := range c.identityColumns() {
		x := c.describeIdentity(i, sample)
		besideOthers := len(c.identityColumns()) > 1 || c.hasAll(FieldHandle)
		isID := c.headers[i].words == "channel id" && c.platform == platform.YouTube && besideOthers
		if (x.links > 0.5 || isID) && !o.Columns.has(FieldLink) {
			c.use(i, FieldLink)
			continue
		}
		some = append(some, x)
	}
	if !o.Columns.has(FieldHandle) {
		handle, err := c.chooseHandle(some)
		if err != nil {
			return err
		}
		if handle >= 0 {
			c.use(handle, FieldHandle)
			some = slices.DeleteFunc(some, func(x identityColumn) bool { return x.position == handle })
		}
	}
	if !o.Columns.has(FieldName) {
		if name, ok := chooseName(some); ok {
			c.use(name, FieldName)
		}
	}
	if !c.hasAll(FieldHandle) && !c.hasAll(FieldLink) {
		return &models.Error{Code: models.CodeInvalid, Key: "imports.error.no_handle_column", Args: []any{"columns", c.titles(some), "platform", c.platform}}
	}
	return nil
}

func (c *columns) describeIdentity(i int, sample []sampleRow) identityColumn {
	x := identityColumn{position: i}
	x.rank, _ = c.headers[i].identityRank()
	x.looks = make([]look, min(len(sample), sampleRows))
	for row, r := range sample[:len(x.looks)] {
		if i >= len(r.cells) || isMissingHandle(r.cells[i]) {
			continue
		}
		cell := text.SingleLine(r.cells[i])
		x.filled++
		x.looks[row].isDoubtful = true
		switch handle, _, err := splitNamedHandle(c.platform, cell); {
		case strings.Contains(cell, "/") && platform.OfURL(cell) != "":
			x.links++
		case err == nil:
			x.valid++
			x.looks[row] = look{handle: strings.ToLower(handle)}
			switch {
			case handle == strings.ToLower(handle), strings.HasPrefix(cell, "@"):
				x.lower++
				x.looks[row].isClear = true
			case c.platform != platform.Twitch && isCapitalised(handle): // names on Twitch are the handles in other capitals
				x.named++
				x.looks[row].isDoubtful = true
			}
		case strings.Contains(cell, " ") && capitalisedWords.MatchString(cell):
			x.words++
		}
	}
	if n := float64(x.filled); n > 0 {
		x.valid, x.lower, x.links, x.named, x.words = x.valid/n, x.lower/n, x.links/n, x.named/n, x.words/n
	}
	return x
}

// chooseHandle is the column of handles, -1 for none.
func (c *columns) chooseHandle(some []identityColumn) (int, error) {
	some = slices.DeleteFunc(slices.Clone(some), func(x identityColumn) bool { return x.filled == 0 })
	all := some
	switch {
	case len(some) == 0:
		return c.emptyHandleColumn(), nil
	case c.hasAll(FieldLink) && !slices.ContainsFunc(some, func(x identityColumn) bool { return x.valid >= vagueHandleShare && x.named < clearHandleShare }):
		return -1, nil // the addresses are the safer way
	}
	sure := slices.ContainsFunc(some, func(x identityColumn) bool {
		return x.rank > 0 && x.filled >= 3 && x.valid >= vagueHandleShare && x.lower >= 1-clearHandleShare
	})
	named := slices.DeleteFunc(slices.Clone(some), func(x identityColumn) bool { return x.rank > 0 || sure && x.valid < clearHandleShare })
	if len(named) > 0 {
		some = named
	}
	slices.SortFunc(some, func(a, b identityColumn) int {
		return cmp.Or(cmp.Compare(b.score(), a.score()), cmp.Compare(a.rank, b.rank), cmp.Compare(a.position, b.position))
	})
	best := some[0]
	switch {
	case best.rank > 0 && best.valid < comparedShare, len(some) == 1 && best.rank > 1 && best.valid < vagueHandleShare:
		return -1, nil
	case len(some) > 1 && best.rank == some[1].rank && best.score()-some[1].score() < clearDifference && some[1].valid >= comparedShare:
		return -1, &models.Error{Code: models.CodeInvalid, Key: "imports.error.ambiguous_handle", Args: []any{"columns", c.titles(some[:2])}}
	case len(some) > 1 && best.rank > some[1].rank && best.score()-some[1].score() < clearDifference:
		best = some[1]
	}
	rivals := slices.DeleteFunc(slices.Clone(all), func(x identityColumn) bool { return x.position == best.position })
	for _, x := range rivals {
		if c.ownExport {
			break // whose titles are to be believed
		}
		switch best.compareRival(x) {
		case rivalWins:
			return x.position, nil
		case rivalMayBeIt:
			return -1, &models.Error{Code: models.CodeInvalid, Key: "imports.error.ambiguous_handle", Args: []any{"columns", c.titles([]identityColumn{best, x})}}
		case rivalLoses:
		}
	}
	if best.holdsNames() && !c.ownExport {
		return -1, nil
	}
	return best.position, nil
}

type rivalry int

const (
	rivalLoses rivalry = iota
	rivalMayBeIt
	rivalWins
)

// compareRival says whether another column is rather the one of handles than this one,
// whose title says that it is: where this one has a name or what cannot be a handle, the
// other has what looks like one.
func (x identityColumn) compareRival(rival identityColumn) rivalry {
	doubtful, swapped := 1-x.valid+x.named, 0
	for i, l := range x.looks {
		if other := rival.looks[i]; l.isDoubtful && other.isClear && other.handle != l.handle {
			swapped++
		}
	}
	switch {
	case float64(swapped) < clearHandleShare*float64(x.filled):
		return rivalLoses
	case rival.lower >= vagueHandleShare && doubtful > 0.5 && x.lower < clearHandleShare:
		return rivalWins
	}
	return rivalMayBeIt
}

// holdsNames says whether a column is of names, some of which the platform would allow as
// handles. A title that clearly says handle is only doubted where names of several words
// stand in it too.
func (x identityColumn) holdsNames() bool {
	if x.rank > 0 {
		return x.named >= someNameShare
	}
	return x.named > 0 && x.words > 0 && x.named+x.words >= 0.5
}

// score is how much a column looks like one of handles.
func (x identityColumn) score() float64 { return x.valid + x.lower/2 }

// emptyHandleColumn is the first column whose header says handle, where no row tells.
func (c *columns) emptyHandleColumn() int {
	best, rank := -1, 0
	for _, i := range c.identityColumns() {
		if r, _ := c.headers[i].identityRank(); best < 0 || r < rank {
			best, rank = i, r
		}
	}
	return best
}

// chooseName is the column of display names: what looks least like handles.
func chooseName(some []identityColumn) (int, bool) {
	some = slices.DeleteFunc(slices.Clone(some), func(x identityColumn) bool { return x.filled == 0 })
	if len(some) == 0 {
		return 0, false
	}
	best := slices.MinFunc(some, func(a, b identityColumn) int {
		return cmp.Or(cmp.Compare(a.score(), b.score()), cmp.Compare(b.rank, a.rank), cmp.Compare(a.position, b.position))
	})
	return best.position, true
}

func (c *columns) titles(some []identityColumn) string {
	titles := make([]string, len(some))
	for i, x := range some {
		titles[i] = c.uses[x.position].Header
	}
	return strings.Join(titles, ", ")
}

// isMissingHandle says whether a cell stands for no handle, as programs write it. Whoever
// has such a word for a handle is written with an @.
func isMissingHandle(cell string) bool {
	s := strings.ToLower(strings.TrimSpace(cell))
	return text.IsMissing(s) || slices.Contains([]string{"undefined", "true", "false", "(null)", "(none)", "(blank)"}, s)
}

// capitalisedWords are what a name looks like.
var capitalisedWords = regexp.MustCompile(`^\p{Lu}[\p{L}\p{M}’'. -]*$`)

// isCapitalised says whether a word is written as a name is: Mina or MINA.
func isCapitalised(word string) bool {
	if len(word) < 2 || !capitalisedWords.MatchString(word) {
		return false
	}
	return word[1:] == strings.ToLower(word[1:]) || word == strings.ToUpper(word)
}

var namedHandle = regexp.MustCompile(`^(.+?)\s*[(（]@?([^()（）\s]+)[)）]$`)

// splitNamedHandle reads a handle, or "Name (handle)" as lists of Twitch write it.
func splitNamedHandle(on, cell string) (handle, name string, err error) {
	if handle, err = platform.ParseHandle(on, cell); err == nil {
		return handle, "", nil
	}
	if m := namedHandle.FindStringSubmatch(strings.TrimSpace(cell)); m != nil {
		if inner, wrong := platform.ParseHandle(on, m[2]); wrong == nil {
			return inner, m[1], nil
		}
	}
	return "", "", err
}
