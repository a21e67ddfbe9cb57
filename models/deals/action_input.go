package deals

import (
	"tribemarket/models"
	"tribemarket/models/platform"
	"tribemarket/models/text"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// Answers are what a person filled in for an action, keyed by the names of the fields
// that the table describes.
type Answers map[string]string

// ReadFields checks and reads the fields of an action: a URL, a text, or both.
func ReadFields(d workflow.Description, answers Answers) (act run.Act, wrong models.Fields) {
	act.Action = d.Action
	for _, f := range d.Fields {
		switch f.Kind {
		case workflow.URLField:
			act.URL = readURL(&wrong, f, answers[f.Name])
		default:
			act.Note = text.Paragraphs(answers[f.Name])
			checkText(&wrong, f.Name, act.Note, f.Required, f.Max)
		}
	}
	return act, wrong
}

// readURL reads a complete https URL.
func readURL(wrong *models.Fields, f workflow.Field, typed string) string {
	typed = text.SingleLine(typed)
	if typed == "" && !f.Required {
		return ""
	}
	u, ok := platform.ParseURL(typed)
	if !ok || u.Scheme != "https" {
		wrong.Add(f.Name, "deals.invalid."+f.Name)
		return ""
	}
	return u.String()
}

// readDraft checks a draft: a link, a note, or both.
func readDraft(answers Answers) (run.Act, error) {
	act, wrong := ReadFields(DeliverableTable.Describe(ActionSubmitDraft), answers)
	if len(wrong) == 0 && act.URL == "" && act.Note == "" {
		wrong.Add("draft_url", "deals.invalid.draft")
	}
	return act, wrong.Err()
}
