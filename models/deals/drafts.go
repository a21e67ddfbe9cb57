package deals

import (
	"context"

	"tribemarket/models"
)

// SubmitDraft sends a draft; fields of the form: draft_url, note (at least one).
func (s *Store) SubmitDraft(ctx context.Context, a models.Actor, ref Ref, draftURL, note string) error {
	return s.act(ctx, a, ref, ActionSubmitDraft, func(*work, deliverableRow) (given, error) {
		return readDraft(draftURL, note)
	})
}

// Approve approves the draft.
func (s *Store) Approve(ctx context.Context, a models.Actor, ref Ref) error {
	return s.act(ctx, a, ref, ActionApprove, textInput(ActionApprove, ""))
}

// RequestChanges asks for changes; field: note.
func (s *Store) RequestChanges(ctx context.Context, a models.Actor, ref Ref, note string) error {
	return s.act(ctx, a, ref, ActionRequestChanges, textInput(ActionRequestChanges, note))
}

// text reads the input of an action that asks for a text or nothing.
func textInput(action Action, s string) func(*work, deliverableRow) (given, error) {
	return func(*work, deliverableRow) (given, error) {
		note, err := needed(action, s)
		return given{note: note}, err
	}
}
