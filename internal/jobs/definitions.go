package jobs

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// tellDefinitions tells both sides whose terms name an earlier definition of figures than
// the one that holds today.
func (j *Jobs) tellDefinitions(ctx context.Context, _ negotiation.TellDefinitionsArgs) error {
	n, err := j.Negotiations.TellDefinition(ctx, terms.MetricDefinitionOn(models.DateOf(j.Clock().UTC())))
	if n > 0 {
		j.Log.InfoContext(ctx, "told both sides of a new definition of figures", "negotiations", n)
	}
	return err
}
