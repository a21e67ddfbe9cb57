package creators

import (
	"context"
	"strconv"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
	"tribemarket/views/components"
)

// ProgrammesFormProps are the programmes, to be changed by an administrator.
type ProgrammesFormProps struct {
	Programmes []creators.Programme
	Answer     FloorAnswer // the form that was refused, if one was
	Errors     map[string]string
}

// FloorAnswer is a floor as it was typed.
type FloorAnswer struct {
	Programme creators.ProgrammeKey // "" for none
	Form      creators.FloorForm
	New       bool // entered in the form that adds a floor
}

// floorEdit is the form of one floor.
type floorEdit struct {
	Programme creators.ProgrammeKey
	Form      creators.FloorForm
	New       bool
	Errors    map[string]string
}

// floorEdits are the forms of a programme: one for each floor, and one to add another.
func (p ProgrammesFormProps) floorEdits(x creators.Programme) []floorEdit {
	var all []floorEdit
	for _, f := range x.Floors {
		number := func(n int64) string { return strconv.FormatInt(n, 10) }
		all = append(all, floorEdit{Programme: x.Key, Form: creators.FloorForm{
			Platform: f.Platform, Country: f.Country, Followers: number(f.Followers), Views30: number(f.Views30), Posts30: number(f.Posts30), MinAge: number(f.MinAge),
		}})
	}
	all = append(all, floorEdit{Programme: x.Key, New: true})
	if p.Answer.Programme != x.Key {
		return all
	}
	for i, e := range all {
		if e.New == p.Answer.New && (e.New || e.Form.Platform == p.Answer.Form.Platform && e.Form.Country == p.Answer.Form.Country) {
			all[i].Form, all[i].Errors = p.Answer.Form, p.Errors
		}
	}
	return all
}

func (e floorEdit) forAll() bool { return !e.New && e.Form.Platform == "" && e.Form.Country == "" }

// scopeName names the platform and country of a floor.
func (e floorEdit) scopeName(ctx context.Context) string {
	switch f := e.Form; {
	case e.New:
		return i18n.T(ctx, "creators.programmes.add")
	case f.Platform == "" && f.Country == "":
		return i18n.T(ctx, "creators.programmes.for_all")
	case f.Country == "":
		return components.PlatformName(f.Platform)
	case f.Platform == "":
		return i18n.Country(ctx, f.Country)
	}
	return components.PlatformName(e.Form.Platform) + ", " + i18n.Country(ctx, e.Form.Country)
}

// formField is a field of one of the page's many forms; only in the refused form does it
// have the id to which the summary links.
func (e floorEdit) formField(ctx context.Context, name, value string) components.Field {
	f := components.Field{Name: name, Label: i18n.T(ctx, "creators.programmes."+name), Value: value, Error: e.Errors[name], InputMode: "numeric", Class: "w4"}
	if e.Errors == nil {
		where := e.Form.Platform + "-" + e.Form.Country
		if e.New {
			where = "new"
		}
		f.ID = components.FieldID(string(e.Programme) + "-" + where + "-" + name)
	}
	return f
}

func (e floorEdit) platformField(ctx context.Context) components.Field {
	f := e.formField(ctx, "platform", e.Form.Platform)
	f.Placeholder = i18n.T(ctx, "creators.programmes.all_platforms")
	for _, x := range platform.Names() {
		f.Options = append(f.Options, components.Option{Value: x, Label: components.PlatformName(x)})
	}
	f.Class = "w4"
	return f
}

func (e floorEdit) countryField(ctx context.Context) components.Field {
	f := e.formField(ctx, "country", e.Form.Country)
	f.Placeholder, f.Options, f.Class = i18n.T(ctx, "creators.programmes.all_countries"), components.CountryOptions(ctx), "w8"
	return f
}

func (e floorEdit) numberFields(ctx context.Context) []components.Field {
	return []components.Field{
		e.formField(ctx, "followers", e.Form.Followers), e.formField(ctx, "views", e.Form.Views30),
		e.formField(ctx, "posts", e.Form.Posts30), e.formField(ctx, "min_age", e.Form.MinAge),
	}
}

func (p ProgrammesFormProps) formProblems(ctx context.Context) []components.Problem {
	for _, x := range p.Programmes {
		for _, e := range p.floorEdits(x) {
			if e.Errors != nil {
				return components.NamedProblems(ctx, append([]components.Field{e.platformField(ctx), e.countryField(ctx)}, e.numberFields(ctx)...))
			}
		}
	}
	return nil
}
