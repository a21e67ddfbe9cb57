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
	if key = text.Fold(name); key == "" {
		return "", "", models.Invalid(field, "discovery.shortlists.error.name")
	}
	if long := lengthProblem(name, MaxShortlistName, "discovery.shortlists.error.name_long"); long != "" {
		return "", "", models.Invalid(field, long, "most", MaxShortlistName)
	}
	return name, key, nil
}

// lengthProblem is the text that says why a text is too long, "" for one that is not.
// The database counts code points; where characters made of several are to blame, it
// says so instead of what is usually said.
func lengthProblem(s string, most int, usual string) string {
	switch {
	case utf8.RuneCountInString(s) <= most:
		return ""
	case text.Length(s) <= most:
		return "discovery.error.combined"
	}
	return usual
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
	if long := lengthProblem(note, MaxShortlistNote, "discovery.shortlists.error.note_long"); long != "" {
		wrong.Add("note", long, "most", MaxShortlistNote)
	}
	for _, part := range strings.FieldsFunc(text.Paragraphs(f.Labels), func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		label := text.SingleLine(part)
		long := lengthProblem(label, MaxLabelLength, "discovery.shortlists.error.label_long")
		switch {
		case label == "", slices.ContainsFunc(labels, func(l string) bool { return text.Fold(l) == text.Fold(label) }):
		case long != "":
			wrong.Add("labels", long, "label", label, "most", MaxLabelLength)
		default:
			labels = append(labels, label)
		}
	}
	if len(labels) > MaxLabels {
		wrong.Add("labels", "discovery.shortlists.error.labels", "most", MaxLabels)
	}
	return note, labels, wrong.Err()
}
