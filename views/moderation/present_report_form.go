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

// PresentReportForm presents the report form as entered; refused is why the report cannot
// be sent, nil if it can.
func PresentReportForm(ctx context.Context, about moderation.ReportSubject, f moderation.ReportForm, fields models.Fields, refused *models.Error) ReportFormProps {
	p := ReportFormProps{
		About: string(f.About), ID: f.ID, Name: about.Name, Kind: i18n.T(ctx, "moderation.kind."+string(f.About)), Back: SubjectPath(about.PageKind(), about.Page),
		Reason: string(f.Reason), Words: f.Words, Errors: components.FieldTexts(ctx, fields), Problems: components.FieldProblems(ctx, fields, "", components.Labels(ctx, map[string]string{"words": "moderation.report.words"})),
	}
	if refused != nil {
		p.Refused = i18n.T(ctx, refused.Key, refused.Args...)
	}
	for _, r := range moderation.ReportReasonsFor(f.About) {
		p.Reasons = append(p.Reasons, components.Option{Value: string(r), Label: i18n.T(ctx, r.MessageKey())})
	}
	for _, x := range about.Pictures {
		c := PictureChoice{Picture: filesview.Picture(x, "square", "6rem")}
		c.Picture.Alt = ""
		if about.Kind != moderation.Picture {
			c.Href = paths.NewReport(string(moderation.Picture), x.PublicID)
			c.Name = i18n.T(ctx, "moderation.report.picture."+string(x.Use), "n", i18n.Number(ctx, x.Place))
		}
		p.Pictures = append(p.Pictures, c)
	}
	return p
}
