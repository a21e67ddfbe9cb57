package demo

import (
	"context"
	"slices"

	"tribemarket/models/discovery"
	"tribemarket/models/search"
)

// newMatchesOfSearch is the number of creators who start to match the saved search.
const newMatchesOfSearch = 3

// saveSearches saves two searches for the first brand, and then lets some creators name a
// tribe by which they match one of them.
func (m *worldMaker) saveSearches(ctx context.Context, _ *World) error {
	const tribe = "foodtok"
	save := func(name string, alert discovery.AlertFrequency, f search.Filter) error {
		_, err := m.app.Discovery.SaveSearch(ctx, m.brands[0], discovery.SavedSearchForm{Name: name, Alert: alert}, f)
		return err
	}
	m.clock.setTime(m.now.AddDate(0, 0, -3))
	if err := save("FoodTok, chiffres vérifiés", discovery.AlertDaily, search.Filter{Tribes: []string{tribe}, Verified: true}); err != nil {
		return err
	}
	if err := save("BookTok Belgique", discovery.AlertOff, search.Filter{Tribes: []string{"booktok"}, Countries: []string{"BE"}}); err != nil {
		return err
	}
	m.clock.setTime(m.now.AddDate(0, 0, -1))
	changed := 0
	for i := len(m.people) - 1; i >= 0 && changed < newMatchesOfSearch; i-- {
		form := m.profileForm(i)
		if slices.Contains(form.Tribes, tribe) {
			continue
		}
		form.Tribes = append(form.Tribes[:min(len(form.Tribes), 2)], tribe)
		if err := m.app.Creators.EditProfile(ctx, m.people[i], form); err != nil {
			return err
		}
		changed++
	}
	m.clock.setTime(m.now)
	_, err := m.app.Discovery.FindNewMatches(ctx)
	return err
}
