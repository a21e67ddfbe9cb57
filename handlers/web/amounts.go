package web

import (
	"context"
	"errors"

	"tribemarket/internal/i18n"
	"tribemarket/models"
)

// AmountError says what is wrong with an entered amount.
func AmountError(ctx context.Context, field, currency string, err error) models.FieldError {
	f := models.FieldError{Field: field, Key: "common.amount_invalid", Args: []any{"example", i18n.Decimal(ctx, 25000, 2)}}
	switch {
	case errors.Is(err, models.ErrTooManyDecimals):
		f.Key, f.Args = "common.amount_decimals", []any{"n", models.CurrencyDecimals(currency)}
	case errors.Is(err, models.ErrAmountTooLarge):
		f.Key, f.Args = "common.amount_large", nil
	case errors.Is(err, i18n.ErrAmbiguous):
		f.Key = "common.amount_ambiguous"
	}
	return f
}
