package demo

import (
	"context"

	"tribemarket/models/discovery"
)

// shortlistedCreator is a creator whom the first brand has put on its list, with the
// brand's note and labels.
type shortlistedCreator struct {
	creator      int
	daysAgo      float64
	note, labels string
}

const shortlistName = "Printemps, une seule poêle"

var shortlistedCreators = []shortlistedCreator{
	{0, 11, "Travaille déjà avec nous\u202f; le format d’une seule poêle lui va.", "contact pris"},
	{1, 11, "", "contact pris"},
	{6, 10, "Bon rythme, dîners en famille. Attendre la fin du partenariat.", "plus tard"},
	{10, 9, "", ""},
	{15, 9, "Partenariat terminé en octobre.", "trop cher, plus tard"},
	{2, 8, "", ""},
}

// planShortlists lets the first brand keep a shortlist.
func (m *worldMaker) planShortlists(ctx context.Context, _ *World) error {
	buyer, list := m.brands[0], ""
	m.addStep(12, func(ctx context.Context) (err error) {
		list, err = m.app.Discovery.CreateShortlist(ctx, buyer, shortlistName)
		return err
	})
	for _, x := range shortlistedCreators {
		if x.creator >= m.options.Creators {
			continue
		}
		_, id, err := m.findCreator(ctx, x.creator, demoBrands[0].locale)
		if err != nil {
			return err
		}
		m.addStep(x.daysAgo, func(ctx context.Context) error {
			if err := m.app.Discovery.AddToShortlist(ctx, buyer, discovery.AddToShortlistForm{Creator: id, Shortlists: []string{list}}); err != nil {
				return err
			}
			return m.app.Discovery.AnnotateItem(ctx, buyer, list, id, discovery.ShortlistItemForm{Note: x.note, Labels: x.labels})
		})
	}
	return nil
}
