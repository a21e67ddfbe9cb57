package deals

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
)

// Sent is what sending a proposal gives.
type Sent struct {
	Proposal   string // public id
	JoinSecret string // once, for a creator who has not joined: goes into the link that the brand passes on
}

// Propose sends a proposal to a creator. The same form sent twice leads to one
// proposal; formKey tells one form from another.
func (s *Store) Propose(ctx context.Context, a models.Actor, creatorPublicID string, form ProposalForm, formKey string) (Sent, error) {
	switch {
	case !a.SignedIn():
		return Sent{}, models.SignInRequired()
	case a.BrandID == 0:
		return Sent{}, models.Forbidden("deals.error.brands_only")
	case !CanPropose(a):
		return Sent{}, models.Forbidden("deals.error.role")
	case !isPublicID(creatorPublicID):
		return Sent{}, models.NotFound()
	}
	c, err := creators.FindCreatorByPublicID(s.db.Read(ctx), creatorPublicID)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Sent{}, models.NotFound()
	} else if err != nil {
		return Sent{}, err
	}
	if formKey == "" {
		formKey = models.NewSecret()
	}
	// The key comes from a page; its hash is a text that every database takes.
	formKey = models.HashSecret(formKey)
	if sent, err := s.sentBefore(ctx, a, c, form, formKey); err != nil || sent.Proposal != "" {
		return sent, err
	}
	// Only what would be sent counts; the same form again has been answered above.
	if _, err := form.read(c.Location(), s.now()); err != nil {
		return Sent{}, err
	}
	if err := s.mayPropose(ctx, a); err != nil {
		return Sent{}, err
	}
	sent, err := s.send(ctx, a, c, form, formKey)
	if errors.Is(err, errOtherClick) {
		return s.sentBefore(ctx, a, c, form, formKey)
	}
	return sent, err
}

var errOtherClick = errors.New("the same form was sent a moment ago")

// sentBefore finds what the same form led to. The same key with other answers
// is a page that was gone back to: it needs a new form.
func (s *Store) sentBefore(ctx context.Context, a models.Actor, c creators.Creator, form ProposalForm, formKey string) (Sent, error) {
	var p proposalRow
	err := s.db.Read(ctx).Where("brand_id = ? AND form_key = ?", a.BrandID, formKey).Limit(1).Find(&p).Error
	if err != nil || p.ID == 0 {
		return Sent{}, err
	}
	items, _, err := s.items(ctx, []int64{p.ID})
	if err != nil {
		return Sent{}, err
	}
	o, err := form.read(c.Location(), p.SentAt)
	if err != nil {
		return Sent{}, err
	}
	if p.CreatorID != c.ID || p.Message != o.message || p.Category != cmp.Or(o.category, creators.OtherCategory) || p.Terms.terms() != o.terms || !slices.Equal(items[p.ID], o.items) {
		return Sent{}, models.Conflict("deals.error.sent_already")
	}
	return Sent{Proposal: p.PublicID}, nil
}

func (s *Store) send(ctx context.Context, a models.Actor, c creators.Creator, form ProposalForm, formKey string) (sent Sent, err error) {
	err = s.do(ctx, a, func(w *work) error {
		w.Side = models.SideBrand
		if c.PersonID != nil { // nobody is both sides of a deal
			if own, err := accounts.ActsFor(w.DB, *c.PersonID, a.BrandID); err != nil {
				return err
			} else if own {
				return models.Forbidden("deals.error.own_profile")
			}
		}
		if err := w.reachable(a.BrandID, c); err != nil {
			return err
		}
		o, err := form.read(c.Location(), w.Now)
		if err != nil {
			return err
		}
		if err := w.checkCreatorLimits(c.ID, o); err != nil {
			return err
		}
		p := proposalRow{
			PublicID: models.NewPublicID(), BrandID: a.BrandID, CreatorID: c.ID, SentBy: a.PersonID, State: Open, Version: 1,
			Message: o.message, Category: cmp.Or(o.category, creators.OtherCategory), Terms: columnsOf(o.terms), FormKey: formKey, SentAt: w.Now, ExpiresAt: o.expiresAt,
		}
		p.RemindAt = ProposalTable.NextNotice(Open, p.ExpiresAt, c.Location(), w.Now)
		if !c.IsClaimed() {
			sent.JoinSecret, p.JoinHash = newJoinSecret()
		}
		res := w.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "brand_id"}, {Name: "form_key"}}, DoNothing: true}).Create(&p)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return errOtherClick
		}
		sent.Proposal = p.PublicID
		if err := w.createItems(p.ID, o.items); err != nil {
			return err
		}
		return proposals.Begin(w.Work, p.ID, root(p.ID))
	})
	if err != nil {
		return Sent{}, err
	}
	return sent, nil
}

func (w *work) createItems(proposalID int64, items []Item) error {
	rows := make([]itemRow, len(items))
	for i, it := range items {
		rows[i] = itemRow{
			ProposalID: proposalID, Number: it.Number, ContentType: it.ContentType,
			Format: it.Format, Platform: it.Platform, DueOn: it.DueOn.String(),
		}
	}
	return w.Create(&rows).Error
}
