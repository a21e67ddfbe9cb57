package discovery

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tribemarket/models"
	"tribemarket/models/text"
)

// listName reads the name of a list from a field.
func listName(field, typed string) (name, key string, err error) {
	name = text.Line(typed)
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return "", "", models.Invalid(field, "discovery.shortlists.error.name")
	case n > MaxListName:
		return "", "", models.Invalid(field, "discovery.shortlists.error.name_long", "most", MaxListName)
	}
	return name, text.Fold(name), nil
}

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
	note = text.Paragraphs(f.Note)
	if utf8.RuneCountInString(note) > MaxListNote {
		wrong.Add("note", "discovery.shortlists.error.note_long", "most", MaxListNote)
	}
	for _, part := range strings.FieldsFunc(text.Paragraphs(f.Labels), func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		label := text.Line(part)
		switch {
		case label == "", slices.ContainsFunc(labels, func(l string) bool { return text.Fold(l) == text.Fold(label) }):
		case utf8.RuneCountInString(label) > MaxLabel:
			wrong.Add("labels", "discovery.shortlists.error.label_long", "label", label, "most", MaxLabel)
		default:
			labels = append(labels, label)
		}
	}
	if len(labels) > MaxLabels {
		wrong.Add("labels", "discovery.shortlists.error.labels", "most", MaxLabels)
	}
	return note, labels, wrong.Err()
}
