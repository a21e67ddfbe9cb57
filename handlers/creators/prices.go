package creators

import (
	"context"
	"errors"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/creators"
	"tribemarket/models/text"
	creatorsview "tribemarket/views/creators"
)

// priceAnswers returns an answer for every format, filled in where there is a price.
func priceAnswers(kept []creators.StartingPrice) []creatorsview.PriceAnswer {
	var all []creatorsview.PriceAnswer
	for _, format := range content.Formats() {
		x := creatorsview.PriceAnswer{Format: format, Currency: models.Currencies()[0]}
		for _, k := range kept {
			if k.Format == format {
				x.Amount, x.Currency = k.Money().DecimalString(), k.Currency
			}
		}
		all = append(all, x)
	}
	return all
}

func readPrices(c echo.Context) []creatorsview.PriceAnswer {
	var all []creatorsview.PriceAnswer
	for _, format := range content.Formats() {
		name := creatorsview.PriceField(format)
		all = append(all, creatorsview.PriceAnswer{Format: format, Amount: web.CleanText(c.FormValue(name)), Currency: web.CleanText(c.FormValue(name + "_currency"))})
	}
	return all
}

// addOnAnswers are the prices of add-ons as they are typed.
func addOnAnswers(kept creators.AddOnPrices) map[creators.AddOn]string {
	typed := map[creators.AddOn]string{}
	for a, ppm := range kept {
		typed[a] = text.FormatPercent(ppm)
	}
	return typed
}

func readAddOns(c echo.Context) map[creators.AddOn]string {
	typed := map[creators.AddOn]string{}
	for _, a := range creators.AddOns() {
		typed[a] = web.CleanText(c.FormValue(creators.AddOnField(a)))
	}
	return typed
}

// invalidAmount is an amount that the area refuses, so that one which only the reader's
// notation finds wrong keeps the whole form from being saved.
const invalidAmount = "?"

// parsePrices reads amounts in the notation of the reader's language. Each invalid amount
// has an error of its own, at its field.
func parsePrices(ctx context.Context, answers []creatorsview.PriceAnswer) (forms []creators.StartingPriceForm, wrong models.Fields) {
	for _, x := range answers {
		f := creators.StartingPriceForm{Format: x.Format, Currency: x.Currency}
		if x.Amount != "" {
			switch m, err := i18n.ParseMoney(ctx, x.Amount, x.Currency); {
			case err == nil:
				f.Amount = m.DecimalString()
			case errors.Is(err, models.ErrOtherCurrency):
				f.Amount = invalidAmount
			default:
				f.Amount = invalidAmount
				wrong = append(wrong, web.AmountError(ctx, creatorsview.PriceField(x.Format), x.Currency, err))
			}
		}
		forms = append(forms, f)
	}
	return forms, wrong
}
