package creators

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// PresentTribes presents the administrators' list of the catalogue of tribes.
func PresentTribes(ctx context.Context, tribes []creators.Tribe) moderationview.AdminListProps {
	locale := string(i18n.LocaleOf(ctx))
	p := moderationview.AdminListProps{
		Title: i18n.T(ctx, "moderation.admin.nav.tribes"), Lead: i18n.T(ctx, "creators.tribes.lead"), Here: paths.AdminTribes(), Empty: i18n.T(ctx, "moderation.admin.empty"),
		Add:   components.Button{Href: paths.AdminNewTribe(), Label: i18n.T(ctx, "creators.tribes.add")},
		Table: moderationview.AdminTable{Caption: i18n.T(ctx, "moderation.admin.nav.tribes"), Columns: moderationview.AdminColumns(ctx, "tribe", "hashtags", "categories", "changed", "state")},
	}
	for _, t := range tribes {
		state, changed := moderationview.AdminCell{}, ""
		if t.Hidden {
			state = moderationview.AdminCell{Text: i18n.T(ctx, "creators.tribes.hidden"), Kind: components.Off, Sign: true}
		}
		if t.Edited {
			changed = i18n.T(ctx, "creators.tribes.edited")
		}
		p.Table.Rows = append(p.Table.Rows, []moderationview.AdminCell{
			{Text: t.Display, Href: paths.AdminTribe(t.Slug), Note: t.Name(locale)}, {Text: i18n.Number(ctx, int64(len(t.Hashtags)))},
			{Text: i18n.Number(ctx, int64(len(t.Categories)))}, {Text: changed}, state,
		})
	}
	return p
}

// tribeLabels are the labels of the form of a tribe.
var tribeLabels = map[string]string{
	"slug": "creators.tribe.slug", "display": "creators.tribe.display", "hue": "creators.tribe.hue", "hashtags": "creators.tribe.hashtags", "categories": "creators.tribe.categories",
	"name_en": "creators.tribe.name_en", "name_fr": "creators.tribe.name_fr", "name_nl": "creators.tribe.name_nl",
	"text_en": "creators.tribe.text_en", "text_fr": "creators.tribe.text_fr", "text_nl": "creators.tribe.text_nl",
}

// PresentTribeForm presents the form of a tribe as entered, with what is wrong with it.
func PresentTribeForm(ctx context.Context, f creators.TribeForm, isNew bool, fields models.Fields) TribeFormProps {
	p := TribeFormProps{
		Slug: f.Slug, Display: f.Display, Mark: f.Mark, Hue: f.Hue, Names: f.Names, Texts: f.Descriptions, Hashtags: f.Hashtags, Categories: f.Categories,
		Hidden: f.Hidden, New: isNew, Title: f.Display, Action: paths.AdminTribe(f.Slug),
		Errors: components.FieldTexts(ctx, fields), Problems: components.FieldProblems(ctx, fields, "", components.Labels(ctx, tribeLabels)),
	}
	for _, m := range creators.TribeMarks() {
		p.Marks = append(p.Marks, components.Option{Value: m, Label: i18n.T(ctx, "creators.mark."+m)})
	}
	if isNew {
		p.Title, p.Action = i18n.T(ctx, "creators.tribe.new"), paths.AdminTribes()
	}
	return p
}
