package accounts

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/views/components"
)

// maxSells is the maximum length of what a brand says that it sells.
const maxSells = 300

// formAnswers are the answers entered in a form, and what is wrong with them.
type formAnswers struct {
	ctx    context.Context
	errors map[string]string
	whole  bool // an error concerns all answers together, so the summary names no question
}

func (a formAnswers) text(name, label, value string) components.Field {
	return components.Field{Name: name, Label: i18n.T(a.ctx, label), Value: value, Error: a.errors[name]}
}

func (a formAnswers) name(value string) components.Field {
	f := a.text("name", "accounts.field.name", value)
	f.Autocomplete, f.Required = "name", true
	return f
}

func (a formAnswers) email(value string) components.Field {
	f := a.text("email", "accounts.field.email", value)
	f.Type, f.Autocomplete, f.Required = "email", "email", true
	return f
}

func (a formAnswers) password(autocomplete string) components.Field {
	f := a.text("password", "accounts.field.password", "")
	f.Type, f.Autocomplete, f.Required = "password", autocomplete, true
	return f
}

func (a formAnswers) newPassword() components.Field {
	f := a.password("new-password")
	f.Hint = i18n.T(a.ctx, "accounts.field.password_hint", "least", accounts.PasswordLeast)
	return f
}

// brand are the questions about a brand; the name of the first differs by form.
func (a formAnswers) brand(nameField, name, site, country, sells string) []components.Field {
	n := a.text(nameField, "accounts.field.brand", name)
	n.Autocomplete, n.Required = "organization", true
	s := a.text("site", "accounts.field.site", site)
	s.Type, s.Autocomplete, s.Optional, s.InputMode = "url", "url", true, "url"
	c := a.text("country", "accounts.field.country", country)
	c.Autocomplete, c.Optional, c.Placeholder = "country", true, i18n.T(a.ctx, "accounts.field.country_none")
	c.Options = components.CountryOptions(a.ctx)
	w := a.text("sells", "accounts.field.sells", sells)
	w.Rows, w.Optional, w.Hint = 3, true, i18n.T(a.ctx, "accounts.field.sells_hint", "most", maxSells)
	return []components.Field{n, s, c, w}
}

func (a formAnswers) locale(value string) components.Field {
	f := a.text("locale", "accounts.field.locale", value)
	f.Hint = i18n.T(a.ctx, "accounts.field.locale_hint")
	for _, l := range i18n.Locales() {
		f.Options = append(f.Options, components.Option{Value: string(l), Label: i18n.LocaleName(l)})
	}
	return f
}

// zone is where the person lives. A script chooses the device's while the answer is UTC.
func (a formAnswers) zone(value string) components.Field {
	f := a.text("zone", "accounts.field.zone", value)
	f.Hint = i18n.T(a.ctx, "accounts.field.zone_hint")
	f.Options, f.Attrs = components.TimeZoneOptions(a.ctx, value), templ.Attributes{"data-device-zone": true}
	return f
}

// problems are the errors in the order in which the form asks, each with its
// question; what belongs to no question stands at the end.
func (a formAnswers) problems(fields ...components.Field) []components.Problem {
	all := components.NamedProblems(a.ctx, fields)
	if a.whole {
		for i := range all {
			all[i].Message = a.errors[all[i].Field]
		}
	}
	asked := map[string]bool{}
	for _, f := range fields {
		asked[f.Name] = true
	}
	var rest []string
	for name, message := range a.errors {
		if !asked[name] {
			rest = append(rest, message)
		}
	}
	slices.Sort(rest)
	for _, message := range rest {
		all = append(all, components.Problem{Message: message})
	}
	return all
}
