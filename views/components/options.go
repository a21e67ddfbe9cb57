package components

import (
	"context"
	"slices"
	"time"

	"tribemarket/internal/i18n"
)

// CountryOptions lists every country for a select.
func CountryOptions(ctx context.Context) []Option {
	var all []Option
	for _, e := range i18n.Countries(ctx) {
		all = append(all, Option{Value: e.Code, Label: e.Name})
	}
	return all
}

// TimeZoneOptions lists the time zones by region; the chosen one is included even if it
// is not in the list.
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
