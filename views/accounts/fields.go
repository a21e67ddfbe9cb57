package accounts

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/views/components"
)

// maxSells is the bound that accounts has for what a brand sells.
const maxSells = 300

// formAnswers is what a form was given, and what was wrong with it.
type formAnswers struct {
	ctx    context.Context
	errors map[string]string
	whole  bool // an error is about all answers together, so the summary names no question
}

func (a formAnswers) textField(name, label, value string) components.Field {
	return components.Field{Name: name, Label: i18n.T(a.ctx, label), Value: value, Error: a.errors[name]}
}

func (a formAnswers) nameField(value string) components.Field {
	f := a.textField("name", "accounts.field.name", value)
	f.Autocomplete, f.Required = "name", true
	return f
}

func (a formAnswers) emailField(value string) components.Field {
	f := a.textField("email", "accounts.field.email", value)
	f.Type, f.Autocomplete, f.Required = "email", "email", true
	return f
}

func (a formAnswers) passwordField(autocomplete string) components.Field {
	f := a.textField("password", "accounts.field.password", "")
	f.Type, f.Autocomplete, f.Required = "password", autocomplete, true
	return f
}

func (a formAnswers) newPassword() components.Field {
	f := a.passwordField("new-password")
	f.Hint = i18n.T(a.ctx, "accounts.field.password_hint", "least", accounts.PasswordLeast)
	return f
}

// brandFields are the questions about a brand; the name of the first differs by form.
func (a formAnswers) brandFields(nameField, name, site, country, sells string) []components.Field {
	n := a.textField(nameField, "accounts.field.brand", name)
	n.Autocomplete, n.Required = "organization", true
	s := a.textField("site", "accounts.field.site", site)
	s.Type, s.Autocomplete, s.Optional, s.InputMode = "url", "url", true, "url"
	c := a.textField("country", "accounts.field.country", country)
	c.Autocomplete, c.Optional, c.Placeholder = "country", true, i18n.T(a.ctx, "accounts.field.country_none")
	c.Options = components.CountryOptions(a.ctx)
	w := a.textField("sells", "accounts.field.sells", sells)
	w.Rows, w.Optional, w.Hint = 3, true, i18n.T(a.ctx, "accounts.field.sells_hint", "most", maxSells)
	return []components.Field{n, s, c, w}
}

func (a formAnswers) localeField(value string) components.Field {
	f := a.textField("locale", "accounts.field.locale", value)
	f.Hint = i18n.T(a.ctx, "accounts.field.locale_hint")
	for _, l := range i18n.Locales() {
		f.Options = append(f.Options, components.Option{Value: string(l), Label: i18n.LocaleName(l)})
	}
	return f
}

// timeZoneField is where the person lives. A script chooses the device's while the answer is UTC.
func (a formAnswers) timeZoneField(value string) components.Field {
	f := a.textField("zone", "accounts.field.zone", value)
	f.Hint = i18n.T(a.ctx, "accounts.field.zone_hint")
	f.Options, f.Attrs = components.TimeZoneOptions(a.ctx, value), templ.Attributes{"data-device-zone": true}
	return f
}

// formProblems are the errors in the order in which the form asks, each with its
// question; what belongs to no question stands at the end.
func (a formAnswers) formProblems(fields ...components.Field) []components.Problem {
	var all []components.Problem
	asked := map[string]bool{}
	for _, f := range fields {
		asked[f.Name] = true
		if f.Error != "" {
			p := components.Problem{Field: f.Name, Message: f.Error}
			if !a.whole {
				p.Message = i18n.T(a.ctx, "accounts.problem_at", "field", f.Label, "message", f.Error)
			}
			all = append(all, p)
		}
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
