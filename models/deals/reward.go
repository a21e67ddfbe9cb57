package deals

import (
	"errors"
	"strings"

	"tribemarket/models"
)

// readReward reads what the creator receives: a fee, something in kind, or both.
func (f ProposalForm) readReward(wrong *models.Fields, t *Terms) {
	currency := strings.ToUpper(strings.TrimSpace(f.Currency))
	t.Fee, t.InKindValue = models.Money{Currency: currency}, models.Money{Currency: currency}
	if !models.IsKnownCurrency(currency) {
		wrong.Add("currency", "deals.invalid.currency")
	} else {
		t.Fee = f.readAmount(wrong, "fee", f.Fee, currency)
		t.InKindValue = f.readAmount(wrong, "in_kind_value", f.InKindValue, currency)
	}
	checkText(wrong, "in_kind", t.InKind, !t.InKindValue.IsZero(), MaxInKind)
	if t.Fee.IsZero() && t.InKind == "" && models.IsKnownCurrency(currency) {
		wrong.Add("fee", "deals.invalid.fee")
	}
}

func (f ProposalForm) readAmount(wrong *models.Fields, field, s, currency string) models.Money {
	none := models.Money{Currency: currency}
	if s = strings.TrimSpace(s); s == "" {
		return none
	}
	read := f.ReadMoney
	if read == nil {
		read = models.ParseMoney
	}
	m, err := read(s, currency)
	example := models.Money{Minor: 1234 * pow10(models.CurrencyDecimals(currency)), Currency: currency}
	switch {
	case err == nil:
		return m
	case errors.Is(err, models.ErrNotAnAmount):
		wrong.Add(field, "common.amount_invalid", "example", example)
	case errors.Is(err, models.ErrTooManyDecimals):
		wrong.Add(field, "common.amount_decimals", "n", models.CurrencyDecimals(currency))
	case errors.Is(err, models.ErrAmountTooLarge):
		wrong.Add(field, "common.amount_large")
	default:
		wrong.Add(field, "common.amount_ambiguous", "example", example)
	}
	return none
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}
