package demo

import (
	"context"

	"tribemarket/models/discovery"
)

// listed is a creator whom the first brand has put on its list, with what it
// says of her.
type listed struct {
	creator      int
	daysAgo      float64
	note, labels string
}

const listName = "Printemps, une seule poêle"

var listedCreators = []listed{
	{0, 11, "Travaille déjà avec nous ; le format d'une seule poêle lui va.", "demandée"},
	{1, 11, "", "demandée"},
	{6, 10, "Bon rythme, dîners en famille. Attendre la fin du partenariat.", "plus tard"},
	{10, 9, "", ""},
	{14, 9, "Contrat terminé en octobre.", "trop cher, plus tard"},
	{2, 8, "", ""},
}

// planLists lets the first brand keep a shortlist.
func (m *maker) planLists(ctx context.Context, _ *World) error {
	buyer, list := m.brands[0], ""
	m.at(12, func(ctx context.Context) (err error) {
		list, err = m.app.Discovery.CreateShortlist(ctx, buyer, listName)
		return err
	})
	for _, x := range listedCreators {
		if x.creator >= m.o.Creators {
			continue
		}
		_, id, err := m.creator(ctx, x.creator)
		if err != nil {
			return err
		}
		m.at(x.daysAgo, func(ctx context.Context) error {
			if err := m.app.Discovery.AddToShortlist(ctx, buyer, discovery.AddForm{Creator: id, Lists: []string{list}}); err != nil {
				return err
			}
			return m.app.Discovery.AnnotateItem(ctx, buyer, list, id, discovery.ItemForm{Note: x.note, Labels: x.labels})
		})
	}
	return nil
}
