package moderation

import (
	"context"
	"fmt"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	filesview "tribemarket/views/files"
	"tribemarket/views/paths"
)

// PresentCreators is a page of the list of creators.
func PresentCreators(ctx context.Context, f accounts.AdminFilter, rows []creators.AdminListRow, next string) AdminListProps {
	p := adminList(ctx, "creators", paths.AdminCreators(), f, next,
		Column{"name", Rising}, Column{"account", NotSorted}, Column{"followers", Falling}, Column{"claimed", Falling}, Column{"listed", Falling}, Column{"state", Falling})
	for _, r := range rows {
		account := AdminCell{}
		if r.Handle != "" {
			account = AdminCell{Text: "@" + r.Handle, Note: i18n.T(ctx, "deals.platform."+r.Platform)}
		}
		p.Table.Rows = append(p.Table.Rows, []AdminCell{
			{Text: r.Name, Href: paths.AdminCreator(r.PublicID), Note: countryName(ctx, r.Country), Avatar: new(filesview.CreatorAvatar(r.PublicID, r.Name, r.Face, components.Small))}, account,
			{Text: i18n.Number(ctx, r.Followers), Number: true}, {Text: yesOrNo(ctx, r.IsClaimed())}, {Text: yesOrNo(ctx, r.Listed)}, suspendedCell(ctx, r.SuspendedAt),
		})
	}
	return p
}

// PresentCreator is the page of a creator.
func PresentCreator(ctx context.Context, d creators.AdminCreatorDetail, f SuspensionAnswer) AdminDetailProps {
	p := AdminDetailProps{
		Title: d.Name, Here: paths.AdminCreators(), HereName: i18n.T(ctx, "moderation.admin.nav.creators"), Problems: f.problems(ctx),
		Links:      []components.Fact{auditLink(ctx, fmt.Sprintf("creator:%d", d.ID))},
		Suspension: presentSuspension(ctx, paths.AdminCreator(d.PublicID), "creator", d.SuspendedAt, d.SuspendedReason, f),
	}
	if d.Listed {
		p.Links = append([]components.Fact{{Label: i18n.T(ctx, "moderation.admin.public"), Href: paths.Creator(d.PublicID)}}, p.Links...)
	}
	facts := []components.Fact{
		columnFact(ctx, "country", countryName(ctx, d.Country)), columnFact(ctx, "listed", yesOrNo(ctx, d.Listed)), columnFact(ctx, "claimed", yesOrNo(ctx, d.IsClaimed())),
		columnFact(ctx, "created", i18n.Date(ctx, d.CreatedAt)),
	}
	if d.PersonID != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "moderation.admin.column.person"), Value: i18n.T(ctx, "moderation.admin.person.open"), Href: paths.AdminPerson(*d.PersonID)})
	}
	p.Parts = []DetailPart{{ID: "creator", Name: i18n.T(ctx, "moderation.admin.part.creator"), Facts: knownFacts(facts)}}
	if t := accountTable(ctx, d.Accounts); len(t.Rows) > 0 {
		p.Parts = append(p.Parts, DetailPart{ID: "accounts", Name: t.Caption, Table: t})
	}
	return p
}

// accountTable is a creator's accounts on platforms.
func accountTable(ctx context.Context, all []creators.Account) AdminTable {
	t := AdminTable{Caption: i18n.T(ctx, "moderation.admin.part.accounts"), Columns: AdminColumns(ctx, "account", "followers", "source", "as_of", "listed")}
	for _, a := range all {
		t.Rows = append(t.Rows, []AdminCell{
			{Text: "@" + a.Handle, Note: i18n.T(ctx, "deals.platform."+a.Platform)}, {Text: i18n.Number(ctx, a.Followers), Number: true},
			{Text: i18n.T(ctx, "moderation.admin.source."+string(a.Source))}, {Text: i18n.Date(ctx, a.AsOf)}, {Text: yesOrNo(ctx, a.Listed)},
		})
	}
	return t
}
