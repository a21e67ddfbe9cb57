package discovery

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tribemarket/models"
)

// listName reads the name of a list from a field.
func listName(field, text string) (name, key string, err error) {
	name = oneLine(text)
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return "", "", models.Invalid(field, "shortlists.error.name")
	case n > MaxListName:
		return "", "", models.Invalid(field, "shortlists.error.name_long", "most", MaxListName)
	}
	return name, nameKey(name), nil
}

// nameKey is what two names are compared by.
func nameKey(name string) string { return norm.NFKC.String(strings.ToLower(norm.NFKC.String(name))) }

// ItemForm is what a brand says of a creator on a list, as typed. Its fields
// are called note and labels.
type ItemForm struct {
	Note   string
	Labels string // between commas
}

// read is the note and the labels: each once whatever its case, in the order
// in which they were typed.
func (f ItemForm) read() (note string, labels []string, err error) {
	var wrong models.Fields
	note = paragraphs(f.Note)
	if utf8.RuneCountInString(note) > MaxListNote {
		wrong.Add("note", "shortlists.error.note_long", "most", MaxListNote)
	}
	for _, part := range strings.FieldsFunc(paragraphs(f.Labels), func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		label := oneLine(part)
		switch {
		case label == "", slices.ContainsFunc(labels, func(l string) bool { return nameKey(l) == nameKey(label) }):
		case utf8.RuneCountInString(label) > MaxLabel:
			wrong.Add("labels", "shortlists.error.label_long", "label", label, "most", MaxLabel)
		default:
			labels = append(labels, label)
		}
	}
	if len(labels) > MaxLabels {
		wrong.Add("labels", "shortlists.error.labels", "most", MaxLabels)
	}
	return note, labels, wrong.Err()
}

// oneLine is a text of one line as it is kept: NFC, no control characters,
// single spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(paragraphs(s)), " ") }

// paragraphs is a longer text as it is kept: line breaks stay.
func paragraphs(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, ""))
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return ' '
		}
		return r
	}, s)
	return strings.TrimSpace(norm.NFC.String(s))
}
