package negotiation

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/creators"
)

func newJoinSecret() (secret string, hash *string) {
	secret = models.NewSecret()
	h := models.HashSecret(secret)
	return secret, &h
}

// NewJoinLink creates a new secret for the link by which the creator joins; the earlier
// link stops working.
func (s *Store) NewJoinLink(ctx context.Context, a models.Actor, negotiation string) (secret string, err error) {
	err = s.do(ctx, a, func(w *work) error {
		n, err := w.lock(a, negotiation)
		if err != nil {
			return err
		}
		c, err := creators.FindCreator(w.DB, n.CreatorID)
		if err != nil {
			return err
		}
		switch {
		case w.Side != models.SideBrand:
			return errNotYours()
		case c.IsClaimed():
			return models.Conflict("negotiation.error.joined")
		case !n.State.IsOpen() || !w.Now.Before(n.ExpiresAt):
			return errChanged()
		}
		var hash *string
		secret, hash = newJoinSecret()
		return w.Model(&row{}).Where("id = ?", n.ID).Update("join_hash", hash).Error
	})
	return secret, err
}

// ByJoinSecret finds the negotiation that a link leads to, with its latest offer. The link is
// the invitation: whoever has it reads the whole offer, and answers it only as the creator.
func (s *Store) ByJoinSecret(ctx context.Context, secret string) (Negotiation, error) {
	var r row
	err := s.db.Read(ctx).Where("join_hash = ?", models.HashSecret(secret)).Limit(1).Find(&r).Error
	if err != nil {
		return Negotiation{}, err
	}
	if r.ID == 0 {
		return Negotiation{}, models.NotFound()
	}
	all, err := s.withParties(ctx, []row{r})
	if err != nil {
		return Negotiation{}, err
	}
	return all[0], nil
}
