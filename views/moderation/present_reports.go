package moderation

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/moderation"
	"tribemarket/views/components"
	filesview "tribemarket/views/files"
	"tribemarket/views/paths"
)

// DecisionAnswer is a decision as entered, with what is wrong with it.
type DecisionAnswer struct {
	Decision, Note string
	Fields         models.Fields
}

// PresentReports presents a page of the list of open or decided reports.
func PresentReports(ctx context.Context, f moderation.ReportFilter, rows []moderation.ReportLine, next string) AdminListProps {
	here, sorted, state := paths.AdminReports(), sortValue(f.Sort), ""
	if f.Decided {
		state = "decided"
	}
	at := func(state, sort, after string) string {
		return paths.WithQuery(here, knownValues("state", state, "sort", sort, "after", after))
	}
	p := AdminListProps{
		Title: i18n.T(ctx, "moderation.admin.nav.reports"), Here: here, Empty: i18n.T(ctx, "moderation.admin.reports.none"),
		Choices: []components.Tab{{Href: at("", sorted, ""), Label: i18n.T(ctx, "moderation.admin.reports.open"), Here: !f.Decided}, {Href: at("decided", sorted, ""), Label: i18n.T(ctx, "moderation.admin.reports.decided"), Here: f.Decided}},
	}
	p.Table = sortableTable(ctx, p.Title, []Column{{"about", Rising}, {"reason", Rising}, {"reporter", Rising}, {"on", Falling}, {"decision", NotSorted}}, f.Sort, func(sort string) string { return at(state, sort, "") })
	for _, r := range rows {
		kind := components.Late
		if r.Decision != moderation.Undecided {
			kind = components.Off
		}
		p.Table.Rows = append(p.Table.Rows, []AdminCell{
			{Text: r.Name, Href: paths.AdminReport(r.PublicID), Note: i18n.T(ctx, "moderation.kind."+string(r.Kind))}, {Text: i18n.T(ctx, r.Reason.MessageKey())},
			{Text: r.Reporter, Href: paths.AdminPerson(r.PersonID)}, {Text: i18n.Date(ctx, r.CreatedAt)}, {Text: i18n.T(ctx, r.Decision.MessageKey()), Kind: kind, Sign: true},
		})
	}
	if next != "" {
		p.Pager.Next = at(state, sorted, next)
	}
	if f.After != "" {
		p.Pager.First = at(state, sorted, "")
	}
	return p
}

// PresentReport presents the page of a report, with what is needed to decide it.
func PresentReport(ctx context.Context, r moderation.ReportCase, f DecisionAnswer) AdminDetailProps {
	about := components.Fact{Label: i18n.T(ctx, "moderation.admin.column.about"), Value: r.Name, Href: paths.AdminCreator(r.CreatorPublicID)}
	if r.BrandPublicID != "" {
		about.Href = paths.AdminBrand(r.BrandPublicID)
	}
	p := AdminDetailProps{
		Title: i18n.T(ctx, "moderation.admin.report.title", "name", r.Name), Here: paths.AdminReports(), HereName: i18n.T(ctx, "moderation.admin.nav.reports"), Problems: components.FieldProblems(ctx, f.Fields, "", components.Labels(ctx, map[string]string{"note": "moderation.admin.note"})),
		Parts: []DetailPart{{ID: "report", Name: i18n.T(ctx, "moderation.admin.part.report"), Text: r.Words, Facts: knownFacts([]components.Fact{
			about, columnFact(ctx, "reported", i18n.T(ctx, "moderation.kind."+string(r.Kind))), columnFact(ctx, "reason", i18n.T(ctx, r.Reason.MessageKey())),
			{Label: i18n.T(ctx, "moderation.admin.column.reporter"), Value: r.Reporter, Href: paths.AdminPerson(r.PersonID)},
			columnFact(ctx, "on", i18n.Date(ctx, r.CreatedAt)), columnFact(ctx, "before", i18n.Number(ctx, r.Before)), columnFact(ctx, "suspended_for", r.SuspendedReason),
		})}},
		Decision: presentDecision(ctx, r, f),
	}
	if r.Kind == moderation.Picture {
		p.Parts = append(p.Parts, reportedPicture(ctx, r))
	}
	if r.Product != "" {
		p.Parts = append(p.Parts, DetailPart{ID: "negotiation", Name: i18n.T(ctx, "moderation.kind."+string(r.Kind)), Text: r.Message, Facts: knownFacts([]components.Fact{
			columnFact(ctx, "product", r.Product), columnFact(ctx, "brand", r.BrandName), columnFact(ctx, "creator", r.CreatorName),
		})})
	}
	return p
}

// reportedPicture is the picture, as only its owner and administrators see it if it is
// hidden.
func reportedPicture(ctx context.Context, r moderation.ReportCase) DetailPart {
	part := DetailPart{ID: "picture", Name: i18n.T(ctx, "moderation.kind.picture")}
	if r.Picture == nil {
		part.Note = i18n.T(ctx, "moderation.admin.picture.gone")
		return part
	}
	part.Note = i18n.T(ctx, "moderation.admin.picture.shown")
	if r.Picture.HiddenAt != nil {
		part.Note = i18n.T(ctx, "files.hidden", "reason", r.Picture.HiddenReason)
	}
	part.Picture = new(filesview.Picture(*r.Picture, "reported-picture", "20rem"))
	return part
}

// presentDecision presents the form that decides a report, or undoes a decision.
func presentDecision(ctx context.Context, r moderation.ReportCase, f DecisionAnswer) *DecisionForm {
	d := &DecisionForm{Action: paths.AdminDecision(r.PublicID), Undo: paths.AdminReopening(r.PublicID), Note: f.Note, Chosen: f.Decision, Errors: components.FieldTexts(ctx, f.Fields)}
	if r.Decision != moderation.Undecided {
		d.Note, d.Decided = r.Note, i18n.T(ctx, "moderation.admin.decided", "what", i18n.T(ctx, r.Decision.MessageKey()), "who", r.DecidedByName, "on", i18n.Date(ctx, *r.DecidedAt))
	}
	for _, x := range moderation.DecisionsFor(r.Kind) {
		d.Options = append(d.Options, components.Option{Value: string(x), Label: i18n.T(ctx, x.MessageKey()), Note: i18n.T(ctx, x.MessageKey()+".note")})
	}
	return d
}
