package terms

import (
	"time"

	"tribemarket/models"
)

// MetricDefinition is a version of how platforms count what Metrics lists. A clause that
// rests on a figure names it, so that a platform that counts differently later changes
// nothing about what was agreed. terms.definition.VERSION says in words what is counted.
type MetricDefinition struct {
	Version int
	From    models.Date
	Source  string // URL
}

// metricDefinitions are dated data, oldest first. A platform that counts differently is
// another line.
var metricDefinitions = []MetricDefinition{
	{Version: 1, From: models.Date{Year: 2025, Month: time.March, Day: 31}, Source: "https://developers.google.com/youtube/analytics/revision_history"},
	{Version: 2, From: models.Date{Year: 2026, Month: time.August, Day: 27}, Source: "https://developers.google.com/youtube/analytics/revision_history"},
}

// Supersedes says whether terms name an earlier definition, which stays the agreed one.
func (d MetricDefinition) Supersedes(t Terms) bool {
	return t.Guarantee.Definition > 0 && t.Guarantee.Definition < d.Version
}

// MetricDefinitionOn is the definition that holds on a day; the first one before it.
func MetricDefinitionOn(day models.Date) MetricDefinition {
	holds := metricDefinitions[0]
	for _, d := range metricDefinitions {
		if !day.Before(d.From) {
			holds = d
		}
	}
	return holds
}
