package creators

import (
	"context"
	"strconv"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/creators"
)

// PresentLimits presents the form of what a creator does not want to be asked for, as
// stored, with room for every minimum fee.
func PresentLimits(ctx context.Context, l creators.CreatorLimits) ProposalLimitsProps {
	p := ProposalLimitsProps{Refused: l.RefusedCategories}
	if l.Capacity > 0 {
		p.Capacity = strconv.FormatInt(l.Capacity, 10)
	}
	for _, format := range content.Formats() {
		p.Minimums = append(p.Minimums, minimumFeeForms(ctx, format, l.Minimums)...)
	}
	for _, a := range l.Absences {
		p.Away = append(p.Away, creators.AbsenceForm{From: a.FromOn, To: a.ToOn})
	}
	return p
}

// minimumFeeForms are the minimum fees of a format, followed by empty ones up to the
// maximum number.
func minimumFeeForms(ctx context.Context, format string, minimums []creators.MinimumFee) []creators.MinimumFeeForm {
	var forms []creators.MinimumFeeForm
	for _, m := range minimums {
		if m.Format == format {
			amount := i18n.Decimal(ctx, m.Minor, models.CurrencyDecimals(m.Currency))
			forms = append(forms, creators.MinimumFeeForm{Format: format, Amount: amount, Currency: m.Currency, N: len(forms) + 1})
		}
	}
	for n := len(forms) + 1; n <= creators.MaxMinimumsPerFormat; n++ {
		forms = append(forms, creators.MinimumFeeForm{Format: format, Currency: models.Currencies()[n-1], N: n})
	}
	return forms
}
