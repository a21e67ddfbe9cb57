package deals

import (
	"tribemarket/models"
	"tribemarket/models/platform"
	"tribemarket/models/text"
)

// Input is what an action asks of the person besides the click.
type Input string

// The inputs; a form's fields are named after them: draft_url and note, note,
// address, reason.
const (
	NoInput        Input = ""
	DraftInput     Input = "draft"   // a link, a note, or both
	NoteInput      Input = "note"    // what to change
	AddressInput   Input = "address" // where it is published
	ReasonInput    Input = "reason"
	OptionalReason Input = "optional_reason"
)

// InputOf is what an action asks of the person besides the click.
func InputOf(a Action) Input {
	switch a {
	case ActionSubmitDraft:
		return DraftInput
	case ActionRequestChanges:
		return NoteInput
	case ActionPublish:
		return AddressInput
	case ActionDecline, ActionRefuse, ActionObject, ActionEnd:
		return ReasonInput
	case ActionEndLate:
		return OptionalReason
	}
	return NoInput
}

// given is the input of an action, checked.
type given struct {
	note        string
	url         string
	publication Publication
}

// needed checks the text that an action asks for.
func needed(action Action, typed string) (string, error) {
	var wrong models.Fields
	typed = text.Paragraphs(typed)
	switch InputOf(action) {
	case NoteInput:
		checkText(&wrong, "note", typed, true, MaxNote)
	case ReasonInput:
		checkText(&wrong, "reason", typed, true, MaxReason)
	case OptionalReason:
		checkText(&wrong, "reason", typed, false, MaxReason)
	}
	return typed, wrong.Err()
}

// readDraft checks a draft: a link, a note, or both.
func readDraft(draftURL, note string) (given, error) {
	var wrong models.Fields
	g := given{note: text.Paragraphs(note), url: text.Line(draftURL)}
	if g.url != "" {
		u, ok := platform.ParseURL(g.url)
		if !ok || u.Scheme != "https" {
			wrong.Add("draft_url", "deals.invalid.draft_url")
		} else {
			g.url = u.String()
		}
	}
	checkText(&wrong, "note", g.note, false, MaxNote)
	if g.url == "" && g.note == "" {
		wrong.Add("draft_url", "deals.invalid.draft")
	}
	return g, wrong.Err()
}
