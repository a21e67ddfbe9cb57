package creators

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/views/components"
)

// fewReadings is the minimum number of readings for a line of followers.
const fewReadings = 5

// growthFigures say by how much the followers grew, or why that is not known. There are
// none for an account that nobody has connected.
func (p MediaKitProps) growthFigures(ctx context.Context) []components.Figure {
	if p.Kit.Account.Source != creators.SourceVerified {
		return nil
	}
	var all []components.Figure
	for _, g := range p.Kit.Growth {
		f := components.Figure{Label: i18n.T(ctx, "creators.growth.days", "n", g.Days), Made: p.figureExplanation(ctx)}
		if g.PPM == nil {
			f.Note = i18n.T(ctx, g.ReasonKey(), "since", dateText(ctx, g.FirstReading), "from", dateText(ctx, g.MeasurableFrom), "at", dateText(ctx, g.ComparedDay))
			all = append(all, f)
			continue
		}
		from, to := dateText(ctx, snapshotDay(*g.From)), dateText(ctx, snapshotDay(*g.To))
		f.Value = i18n.SignedPercent(ctx, *g.PPM)
		f.Made.Formula = i18n.T(ctx, "creators.growth.formula", "from", from, "to", to,
			"now", i18n.Number(ctx, g.To.Followers), "before", i18n.Number(ctx, g.From.Followers))
		f.Made.Window = i18n.T(ctx, "creators.growth.window", "from", from, "to", to, "tolerance", g.ToleranceDays(), "n", g.Days)
		all = append(all, f)
	}
	return all
}

// followersChart is the chart of followers; false if there are too few readings.
func (p MediaKitProps) followersChart(ctx context.Context) (components.LineChart, bool) {
	h := p.Kit.Snapshots
	if len(h) < fewReadings {
		return components.LineChart{}, false
	}
	from, to := dateText(ctx, snapshotDay(h[0])), dateText(ctx, snapshotDay(h[len(h)-1]))
	c := components.LineChart{
		ID: "followers-chart", Title: i18n.T(ctx, "creators.history.title", "handle", p.Kit.Account.Handle, "from", from, "to", to),
		Description: i18n.T(ctx, "creators.history.description", "from", from, "to", to,
			"first", i18n.Number(ctx, h[0].Followers), "last", i18n.Number(ctx, h[len(h)-1].Followers)),
		Column: i18n.T(ctx, "creators.followers"), DayColumn: i18n.T(ctx, "creators.history.day"),
	}
	for _, s := range h {
		c.Readings = append(c.Readings, components.Reading{Day: snapshotDay(s).StartIn(time.UTC).Add(12 * time.Hour), Value: s.Followers})
	}
	return c, true
}

func snapshotDay(s creators.AccountSnapshot) models.Date {
	d, _ := models.ParseDate(s.Day)
	return d
}

// dateText formats the day of a reading, which is a day in UTC.
func dateText(ctx context.Context, d models.Date) string {
	if d.IsZero() {
		return ""
	}
	return i18n.Date(ctx, d.StartIn(time.UTC).Add(12*time.Hour))
}
