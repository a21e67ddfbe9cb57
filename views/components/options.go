package components

import (
	"context"
	"slices"

	"tribemarket/internal/i18n"
	"tribemarket/models/places"
)

// CountryOptions lists every country for a select.
func CountryOptions(ctx context.Context) []Option {
	var all []Option
	for _, e := range i18n.Countries(ctx) {
		all = append(all, Option{Value: e.Code, Label: e.Name})
	}
	return all
}

// TimeZoneOptions lists the time zones by region, each once; the chosen one is included
// even if it is not in the list, and selected if it is given by an older name.
func TimeZoneOptions(ctx context.Context, chosen string) []Option {
	var all []Option
	current, known := places.ParseTimeZone(chosen)
	listed := chosen == ""
	for _, z := range i18n.TimeZones(ctx) {
		o := Option{Value: z.Name, Label: z.City, Group: z.Region}
		if known && z.Name == current {
			o.Value, listed = chosen, true
		}
		all = append(all, o)
	}
	if !listed {
		all = slices.Insert(all, 1, Option{Value: chosen, Label: i18n.TimeZoneCity(ctx, chosen)})
	}
	return all
}
