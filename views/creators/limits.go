package creators

import (
	"context"
	"strconv"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/creators"
	"tribemarket/views/components"
)

// ProposalLimitsProps is what a creator does not want to be asked for, with every answer
// as entered.
type ProposalLimitsProps struct {
	Capacity string
	Refused  []string
	Minimums []creators.MinimumFeeForm
	Away     []creators.AbsenceForm
	Today    string // YYYY-MM-DD
	Errors   map[string]string
}

func (p ProposalLimitsProps) capacityField(ctx context.Context) components.Field {
	return components.Field{
		Name: "capacity", Label: i18n.T(ctx, "creators.limits.capacity"), Hint: i18n.T(ctx, "creators.limits.capacity_hint"),
		Value: p.Capacity, InputMode: "numeric", Optional: true, Class: "short", Error: p.Errors["capacity"],
	}
}

func (p ProposalLimitsProps) refusedField(ctx context.Context) components.Field {
	f := components.Field{Name: "refused", Label: i18n.T(ctx, "creators.limits.refused"), HideLabel: true, Values: p.Refused, Class: "columns", Error: p.Errors["refused"]}
	if len(f.Values) == 0 {
		f.Values = []string{"-"}
	}
	for _, c := range content.Categories() {
		if c != content.OtherCategory {
			f.Options = append(f.Options, components.Option{Value: c, Label: capitalise(i18n.T(ctx, "creators.category."+c))})
		}
	}
	return f
}

func (p ProposalLimitsProps) minimumField(ctx context.Context, m creators.MinimumFeeForm) components.Amount {
	f := components.Field{Name: m.FieldName(), Label: formatName(ctx, m.Format), Value: m.Amount, Error: p.Errors[m.FieldName()], Class: "w4"}
	if m.N > 1 {
		f.Label = i18n.T(ctx, "creators.limits.second", "format", f.Label)
	}
	return components.Amount{Field: f, Currency: m.Currency, Currencies: models.Currencies()}
}

// minimumRow is one row of minimum fees: the n-th of each format.
func (p ProposalLimitsProps) minimumRow(n int) []creators.MinimumFeeForm {
	var all []creators.MinimumFeeForm
	for _, m := range p.Minimums {
		if m.N == n {
			all = append(all, m)
		}
	}
	return all
}

func (p ProposalLimitsProps) absenceFields(ctx context.Context, i int) (from, to components.Field) {
	n := strconv.Itoa(i + 1)
	field := func(name, value, key string) components.Field {
		return components.Field{Name: name, Label: i18n.T(ctx, key, "n", n), Value: value, Error: p.Errors[name], Class: "w4"}
	}
	return field("away_from_"+n, p.Away[i].From, "creators.limits.away_from"), field("away_to_"+n, p.Away[i].To, "creators.limits.away_to")
}

// formProblems lists the errors in the order of the form.
func (p ProposalLimitsProps) formProblems(ctx context.Context) []components.Problem {
	var fields []components.Field
	for n := 1; n <= creators.MaxMinimumsPerFormat; n++ {
		for _, m := range p.minimumRow(n) {
			fields = append(fields, p.minimumField(ctx, m).Field)
		}
	}
	fields = append(fields, p.capacityField(ctx))
	for i := range p.Away {
		from, to := p.absenceFields(ctx, i)
		fields = append(fields, from, to)
	}
	return components.NamedProblems(ctx, append(fields, p.refusedField(ctx)))
}
