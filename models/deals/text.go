package deals

import (
	"strings"

	"tribemarket/models"
	"tribemarket/models/text"
)

// How long texts may be, in characters.
const (
	MaxMessage    = 2000
	MaxNote       = 2000
	MaxReason     = 1000
	MaxProduct    = 120
	MaxInKind     = 200
	MaxDisclosure = 120
)

// checkText adds an error when a text is missing or too long.
func checkText(wrong *models.Fields, field, s string, required bool, most int) {
	switch n := text.Length(s); {
	case n == 0 && required:
		wrong.Add(field, "deals.invalid."+fieldName(field))
	case n > most:
		wrong.Add(field, "deals.invalid.long", "most", most)
	}
}

// fieldName is a field's name without its line: that of deliverables[2].due_on is due_on.
func fieldName(field string) string {
	return field[strings.LastIndexByte(field, '.')+1:]
}
