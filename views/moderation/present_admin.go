package moderation

import (
	"context"
	"net/url"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// adminList is what the lists of people, brands and creators have in common.
func adminList(ctx context.Context, what, here string, f accounts.AdminFilter, next string, columns ...Column) AdminListProps {
	at := func(state, sort, after string) string {
		return paths.WithQuery(here, knownValues("q", f.Words, "state", state, "sort", sort, "after", after))
	}
	state, sorted := "", sortValue(f.Sort)
	if f.Suspended {
		state = "suspended"
	}
	p := AdminListProps{
		Title: i18n.T(ctx, "moderation.admin.nav."+what), Here: here, Action: here, Empty: i18n.T(ctx, "moderation.admin.empty"),
		Fields:  []components.Field{{Name: "q", Label: i18n.T(ctx, "moderation.admin.search."+what), Value: f.Words, Type: "search"}},
		Kept:    knownValues("state", state, "sort", sorted),
		Choices: []components.Tab{{Href: at("", sorted, ""), Label: i18n.T(ctx, "moderation.admin.all"), Here: !f.Suspended}, {Href: at("suspended", sorted, ""), Label: i18n.T(ctx, "moderation.admin.only_suspended"), Here: f.Suspended}},
	}
	p.Table = sortableTable(ctx, p.Title, columns, f.Sort, func(sort string) string { return at(state, sort, "") })
	if next != "" {
		p.Pager.Next = at(state, sorted, next)
	}
	if f.After != "" {
		p.Pager.First = at(state, sorted, "")
	}
	return p
}

// knownValues are pairs of a name and a value, without those that have none.
func knownValues(pairs ...string) url.Values {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return q
}

// suspendedCell says whether a row is suspended.
func suspendedCell(ctx context.Context, at *time.Time) AdminCell {
	if at == nil {
		return AdminCell{}
	}
	return AdminCell{Text: i18n.T(ctx, "moderation.admin.suspended"), Note: i18n.Date(ctx, *at), Kind: components.Bad, Sign: true}
}

// AdminColumns returns the headings of a table by their keys.
func AdminColumns(ctx context.Context, keys ...string) []string {
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = i18n.T(ctx, "moderation.admin.column."+k)
	}
	return all
}

// auditLink links to the audit log of a subject.
func auditLink(ctx context.Context, subject string) components.Fact {
	return components.Fact{Label: i18n.T(ctx, "moderation.admin.history"), Href: paths.AdminAudit(url.Values{"subject": {subject}})}
}

// columnFact is a fact named like a column.
func columnFact(ctx context.Context, key, value string) components.Fact {
	return components.Fact{Label: i18n.T(ctx, "moderation.admin.column."+key), Value: value}
}

// textOrNone returns a text, "" for nil.
func textOrNone(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// dateOrNone returns a day, "" for nil.
func dateOrNone(ctx context.Context, t *time.Time) string {
	if t == nil {
		return ""
	}
	return i18n.Date(ctx, *t)
}

// knownFacts leaves out facts that are not known.
func knownFacts(facts []components.Fact) []components.Fact {
	var all []components.Fact
	for _, f := range facts {
		if f.Value != "" {
			all = append(all, f)
		}
	}
	return all
}

// yesOrNo returns a cell that says yes or no.
func yesOrNo(ctx context.Context, is bool) string {
	if is {
		return i18n.T(ctx, "moderation.admin.yes")
	}
	return i18n.T(ctx, "moderation.admin.no")
}

// countryName is a country's name, "" for no country.
func countryName(ctx context.Context, code string) string {
	if code == "" {
		return ""
	}
	return i18n.Country(ctx, code)
}

// SuspensionAnswer is the reason for a suspension as entered, and what is wrong with it.
type SuspensionAnswer struct{ Reason, Error string }

func (a SuspensionAnswer) problems(ctx context.Context) []components.Problem {
	return components.NamedProblems(ctx, []components.Field{{Name: "reason", Label: i18n.T(ctx, "moderation.admin.reason"), Error: a.Error}})
}

// reasonLabel is the label of an administrator's reason, whatever it is for.
func reasonLabel(ctx context.Context) func(string) string {
	return func(string) string { return i18n.T(ctx, "moderation.admin.reason") }
}

// presentSuspension presents the suspension form of a detail page.
func presentSuspension(ctx context.Context, of, what string, at *time.Time, reason string, r SuspensionAnswer) SuspensionForm {
	s := SuspensionForm{Action: paths.Suspension(of), Undo: paths.Restoration(of), What: i18n.T(ctx, "moderation.admin.suspend."+what), Reason: r.Reason, Error: r.Error}
	if at != nil {
		s.Since, s.Reason = i18n.Date(ctx, *at), reason
	}
	return s
}
