package discovery

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tribemarket/models"
	"tribemarket/models/text"
)

// parseShortlistName tidies and checks the name of a list.
func parseShortlistName(field, typed string) (name, key string, err error) {
	name = text.SingleLine(typed)
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return "", "", models.Invalid(field, "discovery.shortlists.error.name")
	case n > MaxShortlistName:
		return "", "", models.Invalid(field, "discovery.shortlists.error.name_long", "most", MaxShortlistName)
	}
	return name, text.Fold(name), nil
}

// ShortlistItemForm is the note and labels of a creator on a list, as typed. Its
// fields are called note and labels.
type ShortlistItemForm struct {
	Note   string
	Labels string // separated by commas
}

// parseNoteAndLabels parses the note and the labels: each label once regardless of case,
// in the order typed.
func (f ShortlistItemForm) parseNoteAndLabels() (note string, labels []string, err error) {
	var wrong models.Fields
	note = text.Paragraphs(f.Note)
	if utf8.RuneCountInString(note) > MaxShortlistNote {
		wrong.Add("note", "discovery.shortlists.error.note_long", "most", MaxShortlistNote)
	}
	for _, part := range strings.FieldsFunc(text.Paragraphs(f.Labels), func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		label := text.SingleLine(part)
		switch {
		case label == "", slices.ContainsFunc(labels, func(l string) bool { return text.Fold(l) == text.Fold(label) }):
		case utf8.RuneCountInString(label) > MaxLabelLength:
			wrong.Add("labels", "discovery.shortlists.error.label_long", "label", label, "most", MaxLabelLength)
		default:
			labels = append(labels, label)
		}
	}
	if len(labels) > MaxLabels {
		wrong.Add("labels", "discovery.shortlists.error.labels", "most", MaxLabels)
	}
	return note, labels, wrong.Err()
}
