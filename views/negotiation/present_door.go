package negotiation

import (
	"context"
	"slices"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/negotiation"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
)

// PresentShutDoor presents why a creator cannot pitch to a brand now.
func PresentShutDoor(ctx context.Context, e negotiation.Entrance, catalogue *creators.TribeCatalogue) DoorProps {
	p := DoorProps{
		Title: i18n.T(ctx, "negotiation.pitch.title", "brand", e.Brand.Name), Brand: e.Brand.Name, Crumbs: pitchCrumbs(ctx, e),
		Wants: DoorConditions(ctx, e.Door, e.Obstacles, catalogue),
	}
	for _, o := range e.Obstacles {
		p.Problems = append(p.Problems, obstacleText(ctx, o))
		p.Confirm = p.Confirm || o.Kind == negotiation.Unconfirmed
		if o.Negotiation != "" {
			p.Talks = paths.Negotiation(o.Negotiation)
		}
	}
	return p
}

func obstacleText(ctx context.Context, o negotiation.Obstacle) string {
	return i18n.T(ctx, "negotiation.obstacle."+string(o.Kind), "until", o.Until)
}

// DoorConditions lists what a door asks for, and which of it a creator has; nothing of a
// door that is closed or open to everybody.
func DoorConditions(ctx context.Context, d negotiation.Door, obstacles []negotiation.Obstacle, catalogue *creators.TribeCatalogue) []DoorCondition {
	if d.Closed {
		return nil
	}
	met := func(kind negotiation.ObstacleKind) bool {
		return !slices.ContainsFunc(obstacles, func(o negotiation.Obstacle) bool { return o.Kind == kind })
	}
	var all []DoorCondition
	if len(d.Tribes) > 0 {
		var names []string
		for _, slug := range d.Tribes {
			if t, ok := catalogue.TribeBySlug(slug); ok {
				names = append(names, t.Display)
			}
		}
		all = append(all, DoorCondition{i18n.T(ctx, "negotiation.door.tribes", "tribes", strings.Join(names, ", ")), met(negotiation.WrongTribe)})
	}
	if len(d.Countries) > 0 {
		names := make([]string, len(d.Countries))
		for i, code := range d.Countries {
			names[i] = i18n.Country(ctx, code)
		}
		all = append(all, DoorCondition{i18n.T(ctx, "negotiation.door.countries", "countries", strings.Join(names, ", ")), met(negotiation.WrongCountry)})
	}
	if d.Followers > 0 {
		all = append(all, DoorCondition{i18n.T(ctx, "negotiation.door.followers", "least", d.Followers), met(negotiation.TooSmall)})
	}
	return all
}

// PresentDoorOn presents a brand's door on its page: the button that leads to the form, or
// why there is none.
func PresentDoorOn(ctx context.Context, brandPublicID string, obstacles []negotiation.Obstacle) (components.Button, string) {
	if len(obstacles) == 0 {
		return PitchButton(ctx, brandPublicID), ""
	}
	if o := obstacles[0]; o.Kind == negotiation.DoorClosed || o.Kind == negotiation.OwnBrand {
		return components.Button{}, obstacleText(ctx, o)
	}
	return components.Button{Label: i18n.T(ctx, "negotiation.door.look"), Href: paths.NewPitch(brandPublicID)}, obstacleText(ctx, obstacles[0])
}

// PitchButton leads a creator to the form of a pitch to a brand.
func PitchButton(ctx context.Context, brandPublicID string) components.Button {
	return components.Button{Label: i18n.T(ctx, "negotiation.pitch.button"), Href: paths.NewPitch(brandPublicID)}
}

// PresentOpenDoors presents a page of the brands that take pitches.
func PresentOpenDoors(ctx context.Context, page negotiation.OpenDoorPage, after string, catalogue *creators.TribeCatalogue) OpenDoorsProps {
	var p OpenDoorsProps
	for _, d := range page.Doors {
		r := OpenDoorRow{
			Avatar: dealsview.PartyAvatar(d.Brand), Name: d.Brand.Name, Href: paths.Brand(d.Brand.PublicID), Line: dealsview.PartyLine(ctx, d.Brand), About: d.Brand.Sells,
			Wants: DoorConditions(ctx, d.Door, d.Obstacles, catalogue),
		}
		if len(d.Obstacles) == 0 {
			r.Pitch = PitchButton(ctx, d.Brand.PublicID)
			r.Pitch.More = d.Brand.Name
		} else {
			r.Instead, r.Talks = insteadOfPitch(ctx, d.Obstacles[0])
		}
		p.Rows = append(p.Rows, r)
	}
	if page.Next != "" {
		p.Pager.Next = paths.List(paths.OpenDoors(), "", "", page.Next)
	}
	if after != "" {
		p.Pager.First = paths.OpenDoors()
	}
	return p
}

// insteadOfPitch says why a creator cannot pitch to a brand now, and leads to the negotiation
// that is open, if that is why.
func insteadOfPitch(ctx context.Context, o negotiation.Obstacle) (text string, talks components.Button) {
	switch o.Kind {
	case negotiation.WrongTribe, negotiation.WrongCountry, negotiation.TooSmall: // the conditions say which
		return i18n.T(ctx, "negotiation.doors.not_you"), talks
	case negotiation.InTalks:
		talks = components.Button{Label: i18n.T(ctx, "negotiation.open"), Href: paths.Negotiation(o.Negotiation), Small: true}
	}
	return obstacleText(ctx, o), talks
}

// PresentDoorForm presents whose pitches a brand takes, as entered.
func PresentDoorForm(ctx context.Context, f negotiation.DoorForm, mayEdit bool, catalogue *creators.TribeCatalogue, fields models.Fields) DoorFormProps {
	errors := components.FieldTexts(ctx, fields)
	p := DoorFormProps{Closed: f.Closed == "yes", MayEdit: mayEdit, Problems: components.FieldProblems(ctx, fields, "", components.Labels(ctx, map[string]string{"followers": "negotiation.form.followers", "tribes": "negotiation.form.tribes", "countries": "negotiation.form.countries"}))}
	p.Followers = components.Field{
		Name: "followers", Label: i18n.T(ctx, "negotiation.form.followers"), Hint: i18n.T(ctx, "negotiation.form.followers.hint"), Value: f.Followers,
		InputMode: "numeric", Optional: true, Class: "short", Off: !mayEdit, Error: errors["followers"],
	}
	p.Tribes = components.Field{
		Name: "tribes", Label: i18n.T(ctx, "negotiation.form.tribes"), Hint: i18n.T(ctx, "negotiation.form.tribes.hint", "most", negotiation.MaxDoorTribes),
		Values: f.Tribes, Optional: true, Class: "columns", Off: !mayEdit, Error: errors["tribes"],
	}
	for _, t := range catalogue.VisibleTribes() {
		m := creatorsview.TribeMark(t)
		p.Tribes.Options = append(p.Tribes.Options, components.Option{Value: t.Slug, Label: t.Display, Mark: &m, Note: t.Name(string(i18n.LocaleOf(ctx)))})
	}
	for n, code := range oneMore(f.Countries) {
		c := components.Field{
			Name: "countries", ID: repeatedID("countries", n), Label: i18n.T(ctx, "negotiation.form.countries"), Value: code, Options: countries(ctx),
			Placeholder: i18n.T(ctx, "terms.form.no_other"), Class: "w4", Off: !mayEdit,
		}
		if n == 0 {
			c.Placeholder, c.Error = i18n.T(ctx, "negotiation.form.countries.any"), errors["countries"]
		}
		p.Countries = append(p.Countries, c)
	}
	return p
}
