package search

import (
	"context"
	"strconv"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/search"
	"tribemarket/views/components"
)

// PresentRelevanceForm presents the form of the weights, with those that were entered, or
// those in use if entered is nil.
func PresentRelevanceForm(ctx context.Context, weights []search.RelevanceWeight, entered map[string]string, fields models.Fields) RelevanceFormProps {
	wrong, total := components.FieldTexts(ctx, fields), int64(0)
	p := RelevanceFormProps{}
	for _, w := range weights {
		total += w.Weight
		p.Version = strconv.FormatInt(w.Version, 10)
		f := components.Field{
			Name: "weight_" + w.Part, Label: i18n.T(ctx, "search.relevance.part."+w.Part), Hint: i18n.T(ctx, "search.relevance.formula."+w.Part), Class: "weight",
			Value: strconv.FormatInt(w.Weight, 10), Error: wrong["weight_"+w.Part], Min: "0", Max: "1000", Required: true,
		}
		if entered != nil {
			f.Value = entered[w.Part]
		}
		p.Parts = append(p.Parts, f)
	}
	p.Problems = components.NamedProblems(ctx, p.Parts)
	p.Total = i18n.T(ctx, "search.relevance.total", "n", i18n.Number(ctx, total))
	return p
}
