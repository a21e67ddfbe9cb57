package deals

import (
	"context"

	"tribemarket/models"
)

// Publish says that the deliverable is public; field: address, which may be
// empty for a live or a story.
func (s *Store) Publish(ctx context.Context, a models.Actor, ref Ref, address string) error {
	return s.act(ctx, a, ref, ActionPublish, func(w *work, x deliverableRow) (given, error) {
		p, err := w.publication(x, address)
		return given{url: p.URL, publication: p}, err
	})
}

// publication reads an address and sees that it is new to the marketplace.
func (w *work) publication(x deliverableRow, address string) (Publication, error) {
	var own []string
	err := w.Table("creator_accounts").
		Where("creator_id = (SELECT creator_id FROM deals WHERE id = ?) AND platform = ?", x.DealID, x.Platform).
		Order("followers DESC, id").Pluck("handle_key", &own).Error
	if err != nil {
		return Publication{}, err
	}
	p, err := ReadPublication(x.Platform, x.Format, address, own)
	if err != nil || p.Key == "" {
		return p, err
	}
	var taken int64
	err = w.Model(&deliverableRow{}).Where("platform = ? AND post_key = ? AND id <> ?", x.Platform, p.Key, x.ID).Count(&taken).Error
	if err == nil && taken > 0 {
		err = models.Invalid("address", "deals.address.taken")
	}
	return p, err
}

// Confirm says that the brand has seen the publication.
func (s *Store) Confirm(ctx context.Context, a models.Actor, ref Ref) error {
	return s.act(ctx, a, ref, ActionConfirm, textInput(ActionConfirm, ""))
}

// Refuse says that the brand cannot find the publication; field: reason. The
// creator publishes again.
func (s *Store) Refuse(ctx context.Context, a models.Actor, ref Ref, reason string) error {
	return s.act(ctx, a, ref, ActionRefuse, textInput(ActionRefuse, reason))
}

// Object objects to a publication; field: reason.
func (s *Store) Object(ctx context.Context, a models.Actor, ref Ref, reason string) error {
	return s.act(ctx, a, ref, ActionObject, textInput(ActionObject, reason))
}

// WithdrawObjection accepts the publication after all, which completes it.
func (s *Store) WithdrawObjection(ctx context.Context, a models.Actor, ref Ref) error {
	return s.act(ctx, a, ref, ActionWithdrawObjection, textInput(ActionWithdrawObjection, ""))
}

// Complete accepts the publication before its time is over.
func (s *Store) Complete(ctx context.Context, a models.Actor, ref Ref) error {
	return s.act(ctx, a, ref, ActionComplete, textInput(ActionComplete, ""))
}
