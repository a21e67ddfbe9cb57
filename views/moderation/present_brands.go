package moderation

import (
	"context"
	"fmt"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/models/files"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	filesview "tribemarket/views/files"
	"tribemarket/views/paths"
)

// PresentBrands is a page of the list of brands.
func PresentBrands(ctx context.Context, f accounts.AdminFilter, rows []accounts.BrandLine, logos map[int64]*files.Picture, next string) AdminListProps {
	p := adminList(ctx, "brands", paths.AdminBrands(), f, next, Column{"name", Rising}, Column{"site", Rising}, Column{"country", Rising}, Column{"members", Falling}, Column{"state", Falling})
	for _, r := range rows {
		p.Table.Rows = append(p.Table.Rows, []AdminCell{
			{Text: r.Name, Href: paths.AdminBrand(r.PublicID), Note: i18n.T(ctx, "moderation.admin.since", "on", i18n.Date(ctx, r.CreatedAt)), Avatar: new(filesview.BrandAvatar(r.PublicID, r.Name, logos[r.ID], components.Small))},
			{Text: r.Site}, {Text: countryName(ctx, r.Country)}, {Text: i18n.Number(ctx, r.Members), Number: true}, suspendedCell(ctx, r.SuspendedAt),
		})
	}
	return p
}

// PresentBrand is the page of a brand.
func PresentBrand(ctx context.Context, d accounts.BrandDetail, f SuspensionAnswer, political PoliticalAnswer) AdminDetailProps {
	p := AdminDetailProps{
		Title: d.Name, Here: paths.AdminBrands(), HereName: i18n.T(ctx, "moderation.admin.nav.brands"), Problems: append(f.problems(ctx), components.FieldProblems(ctx, political.Wrong, "", reasonLabel(ctx))...),
		Links:      []components.Fact{{Label: i18n.T(ctx, "moderation.admin.public"), Href: paths.Brand(d.PublicID)}, auditLink(ctx, fmt.Sprintf("brand:%d", d.ID))},
		Suspension: presentSuspension(ctx, paths.AdminBrand(d.PublicID), "brand", d.SuspendedAt, d.SuspendedReason, f),
		Political:  presentPolitical(ctx, d, political),
	}
	p.Parts = []DetailPart{{ID: "brand", Name: i18n.T(ctx, "moderation.admin.part.brand"), Facts: knownFacts([]components.Fact{
		columnFact(ctx, "site", d.Site), columnFact(ctx, "country", countryName(ctx, d.Country)), columnFact(ctx, "sells", d.Sells), columnFact(ctx, "legal_name", d.LegalName),
		columnFact(ctx, "created", i18n.Date(ctx, d.CreatedAt)),
	})}}
	t := AdminTable{Caption: i18n.T(ctx, "moderation.admin.column.members"), Columns: AdminColumns(ctx, "name", "role", "since")}
	for _, m := range d.Members {
		t.Rows = append(t.Rows, []AdminCell{{Text: m.PersonName, Href: paths.AdminPerson(m.PersonID)}, {Text: accountsview.RoleName(ctx, m.Role)}, {Text: i18n.Date(ctx, m.CreatedAt)}})
	}
	p.Parts = append(p.Parts, DetailPart{ID: "members", Name: t.Caption, Table: t})
	return p
}
