package deals

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

// ProposalAnswers is a proposal as entered, with what is wrong with it.
type ProposalAnswers struct {
	deals.ProposalForm
	Key      string // identifies the form
	Focus    string // the field that has the focus
	Fields   models.Fields
	Conflict *models.Error // why it could not be sent
}

// PresentProposalForm presents the form of a proposal to a creator, with the limits that
// the creator has set.
func PresentProposalForm(ctx context.Context, to creators.CreatorSummary, guards creators.CreatorLimits, f ProposalAnswers, now time.Time) ProposalFormProps {
	zone := to.Creator.Location()
	p := ProposalFormProps{
		CreatorID: to.Creator.PublicID, CreatorName: to.Creator.Name, Unclaimed: !to.Creator.IsClaimed(), Key: f.Key,
		Message: f.Message, Product: f.Product, Fee: f.Fee, Currency: f.Currency, InKind: f.InKind, InKindValue: f.InKindValue,
		UsageDays: f.UsageDays, Disclosure: f.Disclosure, ExpiresDays: f.ExpiresDays,
		Today: models.DateOf(now.In(zone)).String(), DueHint: i18n.T(ctx, "deals.zone", "zone", ZoneName(ctx, zone.String())),
		DisclosureHint: i18n.T(ctx, "deals.proposal.form.disclosure.hint"),
		Full:           len(f.Deliverables) >= deals.MaxItems, Focus: f.Focus,
		Types:    options(ctx, creators.ContentTypes(), "deals.content_type."),
		Formats:  options(ctx, formatsOn(to.Platforms), "deals.format."),
		Category: f.Category, CategoryNeeded: len(guards.RefusedCategories) > 0, Limits: creatorsview.LimitFacts(ctx, guards),
		Categories: options(ctx, creators.ProductCategories(), "creators.category."),
		Errors:     components.FieldTexts(ctx, f.Fields), Problems: lineProblems(ctx, f.Fields),
		Platforms: options(ctx, to.Platforms, "deals.platform."), BelowPrice: f.BelowPrice == "yes",
	}
	if to.Creator.Country != "" {
		p.DisclosureHint = i18n.T(ctx, "deals.proposal.form.disclosure.hint_in", "country", i18n.Country(ctx, to.Creator.Country))
	}
	for _, code := range models.Currencies() {
		p.Currencies = append(p.Currencies, components.Option{Value: code, Label: code})
	}
	for _, l := range f.Deliverables {
		p.Lines = append(p.Lines, ProposalLine(l))
	}
	p.Side = presentProposalAside(ctx, to, f)
	p.Side.Next = i18n.T(ctx, "deals.proposal.side.open", "creator", to.Creator.Name, "n", expiryDays(f.ExpiresDays))
	if f.Conflict != nil {
		p.Refused = RefusedAction{
			Title: i18n.T(ctx, f.Conflict.Key, f.Conflict.Args...), Text: i18n.T(ctx, "deals.proposal.sent_before"),
			Href: paths.Proposals(), Link: i18n.T(ctx, "site.dashboard.recent.all"),
		}
	}
	return p
}

// formatsOn lists the formats that one of the platforms has.
func formatsOn(platforms []string) []string {
	return slices.DeleteFunc(creators.PostFormats(), func(format string) bool {
		return !slices.ContainsFunc(deals.Platforms(format), func(p string) bool { return slices.Contains(platforms, p) })
	})
}

// options presents values as options; key is the prefix of their message keys.
func options(ctx context.Context, values []string, key string) []components.Option {
	all := make([]components.Option, len(values))
	for i, v := range values {
		all[i] = components.Option{Value: v, Label: capital(i18n.T(ctx, key+v))}
	}
	return all
}

// capital capitalises a word that stands alone.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// lineProblems adds the line to each error, since all lines ask the same questions.
func lineProblems(ctx context.Context, fields models.Fields) []components.Problem {
	all := components.FieldProblems(ctx, fields, "")
	for i, p := range all {
		var n int
		if _, err := fmt.Sscanf(p.Field, "deliverables[%d]", &n); err == nil {
			all[i].Message = i18n.T(ctx, "deals.proposal.form.in_line", "line", i18n.T(ctx, "deals.proposal.form.line", "number", strconv.Itoa(n+1)), "problem", p.Message)
		}
	}
	return all
}

// expiryDays is the number of days until the proposal expires, as far as the answer can
// be read.
func expiryDays(s string) int {
	if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= deals.MaxExpiresDays {
		return n
	}
	return deals.ExpiresDays
}
