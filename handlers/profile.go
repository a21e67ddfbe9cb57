package handlers

import (
	"context"
	"errors"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/views/creator"
	"tribemarket/views/paths"
)

type profileForm struct {
	Name         string   `form:"name"`
	Bio          string   `form:"bio"`
	Country      string   `form:"country"`
	Region       string   `form:"region"`
	Zone         string   `form:"zone"`
	Languages    []string `form:"languages"`
	Tribes       []string `form:"tribes"`
	ContentTypes []string `form:"content_types"`
	NoIndex      string   `form:"noindex"`
}

// showProfile shows what a creator says about herself, to be changed.
func (h *Handlers) showProfile(c echo.Context) error {
	kit, err := h.Creators.Own(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	p := creator.FormProps{Name: kit.Creator.Name, Bio: kit.Creator.Bio, Country: kit.Creator.Country, Region: kit.Creator.Region, Zone: kit.Creator.Zone,
		Languages: kit.Languages, ContentTypes: kit.ContentTypes, Prices: pricesOf(kit.Prices), NoIndex: kit.Creator.NoIndex}
	for _, t := range kit.Tribes {
		if t.Known == creators.KnownDeclared {
			p.Tribes = append(p.Tribes, t.Tribe.Slug)
		}
	}
	return h.profilePage(c, 200, p, kit)
}

// saveProfile keeps it.
func (h *Handlers) saveProfile(c echo.Context) error {
	var f profileForm
	if err := read(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	answers := readPrices(c)
	prices, wrong := priceForms(ctx, answers)
	err := h.Creators.EditProfile(ctx, actorOf(c), creators.ProfileForm{Name: f.Name, Bio: f.Bio, Country: f.Country, Region: f.Region, Zone: f.Zone,
		Languages: f.Languages, Tribes: f.Tribes, ContentTypes: f.ContentTypes, Prices: prices, NoIndex: f.NoIndex != ""})
	if fields, ok := invalid(err); ok {
		kit, err := h.Creators.Own(ctx, actorOf(c))
		if err != nil {
			return err
		}
		return h.profilePage(c, 422, creator.FormProps{Name: f.Name, Bio: f.Bio, Country: f.Country, Region: f.Region, Zone: f.Zone,
			Languages: f.Languages, Tribes: f.Tribes, ContentTypes: f.ContentTypes, Prices: answers, NoIndex: f.NoIndex != "", Errors: texts(ctx, append(fields, wrong...))}, kit)
	}
	if err != nil {
		return err
	}
	h.say(c, "creator.form.saved")
	return seeOther(c, paths.ProfileSettings())
}

func (h *Handlers) profilePage(c echo.Context, status int, p creator.FormProps, kit creators.MediaKit) error {
	p.PublicID, p.Seen, p.Catalogue = kit.Creator.PublicID, kit.Tribes, h.Creators.Catalogue().All()
	return h.render(c, view{Status: status, Title: i18n.T(c.Request().Context(), "creator.form.title"), Body: creator.Form(p)})
}

// pricesOf gives every format its field, filled where there is a price.
func pricesOf(kept []creators.Price) []creator.PriceAnswer {
	var all []creator.PriceAnswer
	for _, format := range creators.Formats() {
		x := creator.PriceAnswer{Format: format, Currency: models.Currencies()[0]}
		for _, k := range kept {
			if k.Format == format {
				x.Amount, x.Currency = k.Money().Plain(), k.Currency
			}
		}
		all = append(all, x)
	}
	return all
}

func readPrices(c echo.Context) []creator.PriceAnswer {
	var all []creator.PriceAnswer
	for _, format := range creators.Formats() {
		name := creator.PriceField(format)
		all = append(all, creator.PriceAnswer{Format: format, Amount: cleaned(c.FormValue(name)), Currency: cleaned(c.FormValue(name + "_currency"))})
	}
	return all
}

// notAnAmount is refused by the area, so that an amount which only the reader's
// language finds wrong keeps the whole form from being saved.
const notAnAmount = "?"

// priceForms reads amounts as the reader's language writes them. What it finds
// wrong has its own sentence, at the field.
func priceForms(ctx context.Context, answers []creator.PriceAnswer) (forms []creators.PriceForm, wrong models.Fields) {
	for _, x := range answers {
		f := creators.PriceForm{Format: x.Format, Currency: x.Currency}
		if x.Amount != "" {
			switch m, err := i18n.ParseMoney(ctx, x.Amount, x.Currency); {
			case err == nil:
				f.Amount = m.Plain()
			case errors.Is(err, models.ErrOtherCurrency):
				f.Amount = notAnAmount
			default:
				f.Amount = notAnAmount
				wrong = append(wrong, amountError(ctx, creator.PriceField(x.Format), x.Currency, err))
			}
		}
		forms = append(forms, f)
	}
	return forms, wrong
}

// amountError says what is wrong with an amount that was typed.
func amountError(ctx context.Context, field, currency string, err error) models.FieldError {
	f := models.FieldError{Field: field, Key: "common.amount_invalid", Args: []any{"example", i18n.Decimal(ctx, 25000, 2)}}
	switch {
	case errors.Is(err, models.ErrTooManyDecimals):
		f.Key, f.Args = "common.amount_decimals", []any{"n", models.Exponent(currency)}
	case errors.Is(err, models.ErrAmountTooLarge):
		f.Key, f.Args = "common.amount_large", nil
	case errors.Is(err, i18n.ErrAmbiguous):
		f.Key = "common.amount_ambiguous"
	}
	return f
}
