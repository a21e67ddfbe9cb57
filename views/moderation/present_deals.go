package moderation

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// PresentDeals is a page of the list of deals.
func PresentDeals(ctx context.Context, f deals.AdminFilter, rows []deals.AdminListRow, next string) AdminListProps {
	at := func(status deals.DealStatus, sort, after string) string {
		return paths.WithQuery(paths.AdminDeals(), knownValues("q", f.Words, "state", string(status), "sort", sort, "after", after))
	}
	sorted := sortValue(f.Sort)
	p := AdminListProps{
		Title: i18n.T(ctx, "moderation.admin.nav.deals"), Lead: i18n.T(ctx, "moderation.admin.deals.lead"), Here: paths.AdminDeals(), Action: paths.AdminDeals(), Empty: i18n.T(ctx, "moderation.admin.empty"),
		Fields: []components.Field{{Name: "q", Label: i18n.T(ctx, "moderation.admin.search.deals"), Value: f.Words, Type: "search"}},
		Kept:   knownValues("state", string(f.Status), "sort", sorted),
	}
	for _, s := range []deals.DealStatus{deals.AnyDeal, deals.Running, deals.Finished} {
		label := i18n.T(ctx, "moderation.admin.all")
		if s != deals.AnyDeal {
			label = i18n.T(ctx, "deals.tab."+string(s))
		}
		p.Choices = append(p.Choices, components.Tab{Href: at(s, sorted, ""), Label: label, Here: s == f.Status})
	}
	if next != "" {
		p.Pager.Next = at(f.Status, sorted, next)
	}
	if f.After != "" {
		p.Pager.First = at(f.Status, sorted, "")
	}
	p.Table = sortableTable(ctx, p.Title, []Column{{"brand", Rising}, {"creator", Rising}, {"agreed", Falling}, {"state", NotSorted}}, f.Sort, func(sort string) string { return at(f.Status, sort, "") })
	for _, r := range rows {
		p.Table.Rows = append(p.Table.Rows, []AdminCell{
			{Text: r.BrandName, Href: paths.AdminBrand(r.BrandPublicID)}, {Text: r.CreatorName, Href: paths.AdminCreator(r.CreatorPublic)},
			{Text: i18n.Date(ctx, r.AgreedAt)}, dealStateCell(ctx, r),
		})
	}
	return p
}

func dealStateCell(ctx context.Context, r deals.AdminListRow) AdminCell {
	kind, state := components.Good, "completed"
	switch {
	case r.EndedAt != nil:
		kind, state = components.Off, "ended"
	case r.Late:
		kind, state = components.Late, "late"
	case r.Running:
		kind, state = components.Plain, "running"
	}
	return AdminCell{Sign: true, Kind: kind, Text: i18n.T(ctx, "moderation.admin.deals."+state)}
}
