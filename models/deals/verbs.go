package deals

import (
	"context"

	"tribemarket/models"
)

// Sent is what sending a proposal gives.
type Sent struct {
	Proposal   string // public id
	JoinSecret string // once, for a creator who has not joined: goes into the link that the brand passes on
}

func (s *Store) todo() error { return models.Unavailable("error.internal", nil) }

// Propose sends a proposal. The same form sent twice leads to one proposal.
func (s *Store) Propose(ctx context.Context, a models.Actor, creatorPublicID string, form ProposalForm, formKey string) (Sent, error) {
	return Sent{}, s.todo()
}

// Accept makes the proposal a deal and gives the deal's public id.
func (s *Store) Accept(ctx context.Context, a models.Actor, proposal string) (deal string, err error) {
	return "", s.todo()
}

// Decline turns the proposal down; field of the form: reason.
func (s *Store) Decline(ctx context.Context, a models.Actor, proposal, reason string) error {
	return s.todo()
}

// Withdraw takes the proposal back.
func (s *Store) Withdraw(ctx context.Context, a models.Actor, proposal string) error { return s.todo() }

// NewJoinLink gives a new secret for the creator's link; the earlier one stops working.
func (s *Store) NewJoinLink(ctx context.Context, a models.Actor, proposal string) (secret string, err error) {
	return "", s.todo()
}

// SubmitDraft sends a draft; fields of the form: draft_url, note (at least one).
func (s *Store) SubmitDraft(ctx context.Context, a models.Actor, ref Ref, draftURL, note string) error {
	return s.todo()
}

// Approve approves the draft.
func (s *Store) Approve(ctx context.Context, a models.Actor, ref Ref) error { return s.todo() }

// RequestChanges asks for changes; field: note.
func (s *Store) RequestChanges(ctx context.Context, a models.Actor, ref Ref, note string) error {
	return s.todo()
}

// Publish says that it is published; field: address (may be empty for a live or a story).
func (s *Store) Publish(ctx context.Context, a models.Actor, ref Ref, address string) error {
	return s.todo()
}

// Confirm says that the brand has seen the publication.
func (s *Store) Confirm(ctx context.Context, a models.Actor, ref Ref) error { return s.todo() }

// Refuse says that the brand cannot find the publication; field: reason.
func (s *Store) Refuse(ctx context.Context, a models.Actor, ref Ref, reason string) error {
	return s.todo()
}

// Object objects to a publication; field: reason.
func (s *Store) Object(ctx context.Context, a models.Actor, ref Ref, reason string) error {
	return s.todo()
}

// WithdrawObjection accepts the publication after all.
func (s *Store) WithdrawObjection(ctx context.Context, a models.Actor, ref Ref) error {
	return s.todo()
}

// Complete accepts the publication before its time is over.
func (s *Store) Complete(ctx context.Context, a models.Actor, ref Ref) error { return s.todo() }

// End ends the running deal; field: reason.
func (s *Store) End(ctx context.Context, a models.Actor, deal, reason string) error { return s.todo() }

// EndLate ends the deal because the other side is late; reason may be empty.
func (s *Store) EndLate(ctx context.Context, a models.Actor, deal, reason string) error {
	return s.todo()
}
