package components

import (
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// shapes are the marks of tribes, each drawn on a grid of 12 by 12.
var shapes = map[string]string{
	"arch":      "M1 11V6a5 5 0 0 1 10 0v5H8V6a2 2 0 0 0-4 0v5z",
	"arrow":     "M6 .6 11.4 6H8.2v5.4H3.8V6H.6z",
	"bars":      "M1 1h4v10H1zM7 1h4v10H7z",
	"bolt":      "M7.4.4 1.6 7h3.2L3.6 11.6 10.4 5H6.8z",
	"bowl":      "M.5 4h11a5.5 5.5 0 0 1-11 0z",
	"bowtie":    "M.6 1.4 6 4.6l5.4-3.2v9.2L6 7.4.6 10.6z",
	"chevron":   "M.6 3.4 6 .6l5.4 2.8v3L6 3.6.6 6.4zM.6 8 6 5.2 11.4 8v3L6 8.2.6 11z",
	"circle":    "M11 6A5 5 0 1 1 1 6a5 5 0 0 1 10 0z",
	"crescent":  "M7.6.8a5.3 5.3 0 1 0 3.6 7.4A4.4 4.4 0 0 1 7.6.8z",
	"cross":     "M4 1h4v3h3v4H8v3H4V8H1V4h3z",
	"crown":     "M.8 2.4 3.6 5 6 .8 8.4 5l2.8-2.6V11H.8z",
	"diamond":   "M6 0l6 6-6 6-6-6z",
	"dots":      "M5 3a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM11 3a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM5 9a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM11 9a2 2 0 1 1-4 0 2 2 0 0 1 4 0z",
	"drop":      "M6 .4c2.4 3 4.2 5 4.2 7A4.2 4.2 0 0 1 6 11.6a4.2 4.2 0 0 1-4.2-4.2c0-2 1.8-4 4.2-7z",
	"eye":       "M.4 6C2 3.4 3.8 2.2 6 2.2S10 3.4 11.6 6C10 8.6 8.2 9.8 6 9.8S2 8.6.4 6z",
	"fan":       "M1 11A10 10 0 0 1 11 1v10z",
	"flag":      "M1 1h10L8.4 4.5 11 8H3.4v3.4H1z",
	"flower":    "M6 3.4a2.5 2.5 0 1 1 3.9 2.6A2.5 2.5 0 1 1 6 8.6 2.5 2.5 0 1 1 2.1 6 2.5 2.5 0 1 1 6 3.4z",
	"gate":      "M.8 1h10.4v10H8.4V4H3.6v7H.8z",
	"heart":     "M6 11 1.2 6a3 3 0 0 1 4.3-4.2l.5.6.5-.6A3 3 0 0 1 10.8 6z",
	"hexagon":   "M3.2.9h5.6L11.6 6l-2.8 5.1H3.2L.4 6z",
	"hourglass": "M1.2.8h9.6L7.4 6l3.4 5.2H1.2L4.6 6z",
	"house":     "M6 .8 11.4 6v5.2H.6V6z",
	"kite":      "M6 .2 10.4 4.6 6 11.8 1.6 4.6z",
	"leaf":      "M1 11V6a5 5 0 0 1 5-5h5v5a5 5 0 0 1-5 5z",
	"lines":     "M.8 1h10.4v2.4H.8zM.8 4.8h10.4v2.4H.8zM.8 8.6h10.4V11H.8z",
	"moon":      "M1 6a5 5 0 0 1 10 0z",
	"octagon":   "M3.7.6h4.6l3.1 3.1v4.6l-3.1 3.1H3.7L.6 8.3V3.7z",
	"peaks":     "M.2 11 4 2.4l2.2 4.4 1.6-3L11.8 11z",
	"pentagon":  "M6 .6 11.6 4.8 9.4 11.4H2.6L.4 4.8z",
	"pill":      "M3.6 2.6h4.8a3.4 3.4 0 0 1 0 6.8H3.6a3.4 3.4 0 0 1 0-6.8z",
	"pin":       "M6 .4a4.4 4.4 0 0 1 4.4 4.4C10.4 7.6 6 11.8 6 11.8S1.6 7.6 1.6 4.8A4.4 4.4 0 0 1 6 .4z",
	"ring":      "M6 .6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 0 0 6 .6zM6 3.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2z",
	"shield":    "M1.2 1h9.6v5c0 2.6-2 4.4-4.8 5.4C3.2 10.4 1.2 8.6 1.2 6z",
	"slant":     "M3.6 1h8L8.4 11h-8z",
	"square":    "M1.3 1.3h9.4v9.4H1.3z",
	"star":      "M6 .4 7.6 4.2l4.1.3-3.1 2.7 1 4L6 9l-3.6 2.2 1-4L.3 4.5l4.1-.3z",
	"steps":     "M.8 11.2V8h3.4V4.6h3.4V1.2h3.6v10z",
	"sun":       "M6 0l1.3 2.9L10.2 1.8 9.1 4.7 12 6 9.1 7.3l1.1 2.9-2.9-1.1L6 12 4.7 9.1 1.8 10.2l1.1-2.9L0 6l2.9-1.3-1.1-2.9 2.9 1.1z",
	"target":    "M.8.8h10.4v10.4H.8zM3.4 3.4v5.2h5.2V3.4z",
	"triangle":  "M6 .8 11.6 11H.4z",
	"wave":      "M.4 4.2c1.9-3 3.7-3 5.6-1 1.9 2 3.7 2 5.6-1v5.6c-1.9 3-3.7 3-5.6 1-1.9-2-3.7-2-5.6 1z",
	"wedge":     "M1 1h10L1 11z",
	"ex":        "M3 .8 6 3.8 9 .8 11.2 3l-3 3 3 3L9 11.2l-3-3-3 3L.8 9l3-3-3-3z",
}

// Hues is how many hues there are; they are ten degrees apart.
const Hues = 36

// MarkNames lists the marks that a tribe can have.
func MarkNames() []string { return slices.Sorted(maps.Keys(shapes)) }

// Mark is a tribe's mark with its hue, 0 to 35.
type Mark struct {
	Name string
	Hue  int
}

// pathData is the drawing of the mark; an unknown name is a circle.
func (m Mark) pathData() string {
	if d, ok := shapes[m.Name]; ok {
		return d
	}
	return shapes["circle"]
}

// Path is the drawing of the mark on a grid of 12 by 12, as SVG path data.
func (m Mark) Path() string { return m.pathData() }

func (m Mark) class() string {
	return "tribe-" + strconv.Itoa(((m.Hue%Hues)+Hues)%Hues)
}

// Avatar stands for a creator or a brand, beside its name: its picture or, without one,
// initials and the marks of its tribes, arranged by a key that never changes.
type Avatar struct {
	Name    string
	Key     string   // its public id
	Marks   []Mark   // of its tribes, the main one first
	Picture *Picture // a portrait or a logo, nil without one
	Size    string   // Small, "" or Large
}

// The sizes of an avatar other than the usual one.
const (
	Small = "small"
	Large = "large"
)

func (a Avatar) seed() uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(a.Key))
	return h.Sum32()
}

// pickMarks returns the two marks to draw, derived from the key where tribes are
// missing.
func (a Avatar) pickMarks() (first, second Mark) {
	names, seed := MarkNames(), a.seed()
	first = Mark{names[seed%uint32(len(names))], int(seed / 64 % Hues)}
	if len(a.Marks) > 0 {
		first = a.Marks[0]
	}
	second = Mark{names[seed/8%uint32(len(names))], first.Hue}
	if len(a.Marks) > 1 {
		second.Name = a.Marks[1].Name
	}
	if second.Name == first.Name {
		second.Name = names[(seed/8+1)%uint32(len(names))]
	}
	return first, second
}

// isTurned says whether the large mark is on the right.
func (a Avatar) isTurned() bool { return a.seed()&1 == 0 }

// Parts returns what is drawn: two marks, whether the first is on the right, and the
// initials.
func (a Avatar) Parts() (first, second Mark, turned bool, initials string) {
	first, second = a.pickMarks()
	return first, second, a.isTurned(), a.initials()
}

// initials are the first letters of the first and the last word of the name.
func (a Avatar) initials() string {
	var letters []rune
	for _, word := range strings.FieldsFunc(a.Name, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '_' || r == '.' }) {
		for _, r := range word {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				letters = append(letters, unicode.ToUpper(r))
				break
			}
		}
	}
	switch n := len(letters); n {
	case 0:
		return ""
	case 1:
		return string(letters)
	default:
		return string([]rune{letters[0], letters[n-1]})
	}
}
