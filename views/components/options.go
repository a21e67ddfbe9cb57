package components

import (
	"context"
	"slices"
	"time"

	"tribemarket/internal/i18n"
)

// CountryOptions are every country, as a select offers them.
func CountryOptions(ctx context.Context) []Option {
	var all []Option
	for _, e := range i18n.Countries(ctx) {
		all = append(all, Option{Value: e.Code, Label: e.Name})
	}
	return all
}

// TimeZoneOptions are the time zones of the list by region; one that is chosen stands among
// them even if the list has it not.
func TimeZoneOptions(ctx context.Context, chosen string) []Option {
	var all []Option
	for _, z := range i18n.TimeZones(ctx) {
		all = append(all, Option{Value: z.Name, Label: z.City, Group: z.Region})
	}
	if !slices.ContainsFunc(all, func(o Option) bool { return o.Value == chosen }) {
		if _, err := time.LoadLocation(chosen); err == nil && chosen != "" {
			all = slices.Insert(all, 1, Option{Value: chosen, Label: i18n.TimeZoneCity(ctx, chosen)})
		}
	}
	return all
}
