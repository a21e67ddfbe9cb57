package negotiation

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/negotiation"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
	termsview "tribemarket/views/terms"
)

// SavingTemplate is the action whose refusal the page of a negotiation shows at the form that
// keeps its terms as a template.
const SavingTemplate negotiation.Action = "template"

// PresentTemplates presents the templates of a brand, with what is wrong with a new name.
func PresentTemplates(ctx context.Context, all []negotiation.Template, mayChange bool, renamed, name string, wrong models.Fields) TemplatesProps {
	p := TemplatesProps{}
	for _, t := range all {
		r := TemplateRow{Name: t.Name, Line: t.Terms.Product + ", " + termsview.Reward(ctx, t.Terms) + ", " + i18n.T(ctx, "deals.pieces.count", "n", len(t.Terms.Deliverables))}
		if mayChange {
			rename := nameForm(ctx, "template-"+t.PublicID+"-", paths.TermsTemplate(t.PublicID), "negotiation.template.rename", t.Name)
			if t.PublicID == renamed {
				rename.KeepAnswers(map[string]string{"name": name}, components.FieldTexts(ctx, wrong))
				p.Problems = components.FieldProblems(ctx, wrong, "template-"+t.PublicID+"-", components.Labels(ctx, map[string]string{"name": "negotiation.template.name"}))
			}
			r.Actions = []dealsview.ActionForm{rename, {
				Path: paths.TermsTemplateRemoval(t.PublicID), Ask: i18n.T(ctx, "negotiation.template.remove"), Lead: i18n.T(ctx, "negotiation.template.remove.ask"),
				Button: components.Button{Label: i18n.T(ctx, "negotiation.template.remove.yes"), Kind: components.Danger},
			}}
			for i := range r.Actions {
				r.Actions[i].Button.More = ": " + t.Name
			}
		}
		p.Rows = append(p.Rows, r)
	}
	return p
}

// nameForm asks for the name of a template.
func nameForm(ctx context.Context, prefix, path, key, name string) dealsview.ActionForm {
	return dealsview.ActionForm{
		Path: path, Ask: i18n.T(ctx, key), Button: components.Button{Label: i18n.T(ctx, "negotiation.template.submit")},
		Fields: []dealsview.ActionField{{Field: components.Field{
			Name: "name", ID: components.FieldID(prefix + "name"), Label: i18n.T(ctx, "negotiation.template.name"), Value: name, Required: true, MaxLength: negotiation.MaxTemplateName,
		}}},
	}
}

// templateForm keeps the terms of a negotiation under a name, for who sends offers.
func templateForm(ctx context.Context, a models.Actor, n negotiation.Negotiation, r dealsview.Refusal) dealsview.ActionForm {
	if a.BrandID != n.Brand.ID || !negotiation.CanPropose(a) {
		return dealsview.ActionForm{}
	}
	f := nameForm(ctx, "answer-", paths.NegotiationTemplate(n.PublicID), "negotiation.template.save", "")
	if r.Action == SavingTemplate {
		f.KeepAnswers(r.Answers, components.FieldTexts(ctx, r.Fields))
	}
	return f
}

// PresentTemplateLinks lead to the form of an offer that begins with a template.
func PresentTemplateLinks(creator string, all []negotiation.Template) []components.Option {
	links := make([]components.Option, len(all))
	for i, t := range all {
		links[i] = components.Option{Value: paths.NewNegotiationWith(creator, t.PublicID), Label: t.Name}
	}
	return links
}
