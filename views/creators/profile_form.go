package creators

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/creators"
	"tribemarket/views/components"
)

// usual are the languages that are always shown; the others are behind "more".
var usual = []string{"en", "fr", "nl", "de", "es", "it", "pt", "pl", "ar", "tr", "ru", "uk", "hi", "id", "ja", "ko", "zh", "vi"}

// ProfileFormProps is what creators say about themselves, with every answer as entered.
type ProfileFormProps struct {
	PublicID                         string
	Name, Bio, Country, Region, Zone string
	Languages, Tribes, ContentTypes  []string
	Prices                           []PriceAnswer
	AddOns                           map[creators.AddOn]string
	NoIndex                          bool
	Seen                             []creators.TribeOf // known from other sources than the creator
	Catalogue                        []creators.Tribe
	Errors                           map[string]string
}

// PriceAnswer is a starting price as it was typed.
type PriceAnswer struct{ Format, Amount, Currency string }

// PriceField is the name of the field of a format's starting price.
func PriceField(format string) string { return "price_" + format }

func (p ProfileFormProps) formField(ctx context.Context, name, value string) components.Field {
	f := components.Field{Name: name, Label: i18n.T(ctx, "creators.form."+name), Value: value, Error: p.Errors[name]}
	if key := "creators.form." + name + "_hint"; i18n.HasText(key) {
		f.Hint = i18n.T(ctx, key, "most", map[string]int{"tribes": creators.MaxDeclaredTribes, "languages": creators.MaxLanguages}[name])
	}
	return f
}

func (p ProfileFormProps) nameField(ctx context.Context) components.Field {
	f := p.formField(ctx, "name", p.Name)
	f.Required, f.Autocomplete = true, "name"
	return f
}

func (p ProfileFormProps) bioField(ctx context.Context) components.Field {
	f := p.formField(ctx, "bio", p.Bio)
	f.Optional, f.Rows = true, 4
	return f
}

func (p ProfileFormProps) countryField(ctx context.Context) components.Field {
	f := p.formField(ctx, "country", p.Country)
	f.Optional, f.Autocomplete, f.Options = true, "country", components.CountryOptions(ctx)
	f.Placeholder = i18n.T(ctx, "creators.form.country_none")
	return f
}

func (p ProfileFormProps) regionField(ctx context.Context) components.Field {
	f := p.formField(ctx, "region", p.Region)
	f.Optional, f.Placeholder = true, i18n.T(ctx, "creators.form.country_none")
	for _, c := range components.CountryOptions(ctx) {
		for _, x := range creators.Regions() {
			if x.Country != c.Value || p.Country != "" && x.Country != p.Country {
				continue
			}
			for _, r := range x.Regions {
				f.Options = append(f.Options, components.Option{Value: r.Code, Label: r.Name, Group: c.Label})
			}
		}
	}
	return f
}

func (p ProfileFormProps) timeZoneField(ctx context.Context) components.Field {
	f := p.formField(ctx, "zone", p.Zone)
	f.Options, f.Attrs = components.TimeZoneOptions(ctx, p.Zone), templ.Attributes{"data-device-zone": true}
	return f
}

// languageFields returns the languages that are shown and the rest. A chosen one is
// always shown.
func (p ProfileFormProps) languageFields(ctx context.Context) (first, rest components.Field) {
	first = p.formField(ctx, "languages", "")
	first.Values, first.Class = p.chosenValues(p.Languages), "columns"
	rest = components.Field{Name: "languages", ID: "f-languages-more", Values: first.Values, Class: "columns", Label: i18n.T(ctx, "creators.form.languages_more"), HideLabel: true}
	for _, e := range i18n.Languages(ctx) {
		o := components.Option{Value: e.Code, Label: e.Name}
		if slices.Contains(usual, e.Code) || slices.Contains(p.Languages, e.Code) {
			first.Options = append(first.Options, o)
		} else {
			rest.Options = append(rest.Options, o)
		}
	}
	return first, rest
}

func (p ProfileFormProps) tribesField(ctx context.Context) components.Field {
	f := p.formField(ctx, "tribes", "")
	f.Values, f.Class = p.chosenValues(p.Tribes), "columns"
	for _, t := range p.Catalogue {
		m := TribeMark(t)
		o := components.Option{Value: t.Slug, Label: t.Display, Mark: &m, Note: t.Name(string(i18n.LocaleOf(ctx)))}
		for _, s := range p.Seen {
			if s.Tribe.Slug == t.Slug {
				o.Note = i18n.T(ctx, "creators.form.seen."+string(s.Known))
			}
		}
		f.Options = append(f.Options, o)
	}
	return f
}

func (p ProfileFormProps) contentTypes(ctx context.Context) components.Field {
	f := p.formField(ctx, "content_types", "")
	f.Values, f.Class = p.chosenValues(p.ContentTypes), "columns"
	for _, k := range content.Types() {
		f.Options = append(f.Options, components.Option{Value: k, Label: capitalise(typeName(ctx, k))})
	}
	return f
}

func (p ProfileFormProps) priceField(ctx context.Context, x PriceAnswer) components.Amount {
	f := components.Field{Name: PriceField(x.Format), Label: formatName(ctx, x.Format), Value: x.Amount, Error: p.Errors[PriceField(x.Format)], Class: "w4"}
	return components.Amount{Field: f, Currency: x.Currency, Currencies: models.Currencies()}
}

// addOnField asks for the price of an add-on, in per cent of the content's.
func (p ProfileFormProps) addOnField(ctx context.Context, a creators.AddOn) components.Field {
	f := components.Field{Name: creators.AddOnField(a), Label: i18n.T(ctx, "creators.form.add_on_"+string(a)), Value: p.AddOns[a], InputMode: "decimal", Suffix: "%", Class: "w4"}
	f.Error = p.Errors[f.Name]
	f.Hint = i18n.T(ctx, "creators.form.add_on_each")
	if a == creators.AddOnRush {
		f.Hint = i18n.T(ctx, "creators.form.add_on_once", "n", creators.RushDays)
	}
	return f
}

// chosenValues is never empty: a field without Values compares with its Value, and "" is
// not an option of any set.
func (ProfileFormProps) chosenValues(values []string) []string {
	if len(values) == 0 {
		return []string{"-"}
	}
	return values
}

// formProblems lists the errors in the order of the form.
func (p ProfileFormProps) formProblems(ctx context.Context) []components.Problem {
	first, _ := p.languageFields(ctx)
	fields := []components.Field{p.nameField(ctx), p.bioField(ctx), p.countryField(ctx), p.regionField(ctx), p.timeZoneField(ctx), first, p.tribesField(ctx), p.contentTypes(ctx)}
	for _, x := range p.Prices {
		fields = append(fields, p.priceField(ctx, x).Field)
	}
	for _, a := range creators.AddOns() {
		fields = append(fields, p.addOnField(ctx, a))
	}
	return components.NamedProblems(ctx, fields)
}
