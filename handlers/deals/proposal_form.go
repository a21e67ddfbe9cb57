package deals

import (
	"context"
	"fmt"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/platform"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// proposalForm is a proposal as it is being written. Add, Remove and Count are
// the buttons that bring the form back instead of sending it.
type proposalForm struct {
	deals.ProposalForm
	Key    string `form:"key"`
	Add    string `form:"add"`
	Remove string `form:"remove"`
	Count  string `form:"count"`

	focus    string        // the field to begin with
	conflict *models.Error // why it could not be sent
}

// reshaped does what Add and Remove say, and whether one of the three was pressed.
func (f *proposalForm) reshaped() bool {
	switch n, err := strconv.Atoi(f.Remove); {
	case f.Add != "":
		if len(f.Deliverables) < deals.MaxItems {
			f.Deliverables = append(f.Deliverables, deals.DeliverableForm{Count: "1"})
		}
		f.focus = fmt.Sprintf("deliverables[%d].content_type", len(f.Deliverables)-1)
	case f.Remove != "":
		if err == nil && n >= 1 && n <= len(f.Deliverables) && len(f.Deliverables) > 1 {
			f.Deliverables = append(f.Deliverables[:n-1], f.Deliverables[n:]...)
		}
		f.focus = fmt.Sprintf("deliverables[%d].content_type", max(0, min(n, len(f.Deliverables))-1))
	default:
		return f.Count != ""
	}
	return true
}

// formPage gives the form back.
func (h *Handlers) formPage(c echo.Context, status int, f proposalForm, fields models.Fields) error {
	to, err := h.Creators.Listed(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return h.formTo(c, status, to, f, fields)
}

func (h *Handlers) formTo(c echo.Context, status int, to creators.Brief, f proposalForm, fields models.Fields) error {
	ctx := c.Request().Context()
	if len(f.Deliverables) == 0 {
		f.Deliverables = []deals.DeliverableForm{{Count: "1"}}
	}
	guards, err := h.Creators.GuardsOf(ctx, to.Creator.ID)
	if err != nil {
		return err
	}
	p := h.formProps(ctx, to, f)
	p.Category, p.CategoryNeeded, p.Limits = f.Category, len(guards.Refused) > 0, guardFacts(ctx, guards)
	p.Categories = options(ctx, creators.Categories(), "creators.category.")
	p.Errors, p.Problems = web.FieldTexts(ctx, fields), lineProblems(ctx, fields)
	if f.conflict != nil {
		p.Refused = dealsview.RefusedAction{
			Title: i18n.T(ctx, f.conflict.Key, f.conflict.Args...), Text: i18n.T(ctx, "deals.proposal.sent_before"),
			Href: paths.Proposals(), Link: i18n.T(ctx, "site.dashboard.recent.all"),
		}
	}
	v := web.Page{Status: status, Title: i18n.T(ctx, "deals.proposal.new.title", "creator", to.Creator.Name), Nav: layouts.NavProposals, Body: dealsview.ProposalForm(p)}
	if v.Fragment = dealsview.ProposalFormArea(p); f.Count == "aside" {
		v.Fragment = dealsview.ProposalAside(p)
	}
	return h.Render(c, v)
}

// suggest fills in what is usual for the creator.
func (f *proposalForm) suggest(to creators.Brief, locale string) {
	f.Currency, f.ExpiresDays, f.UsageDays = models.Currencies()[0], strconv.Itoa(deals.ExpiresDays), "0"
	if len(to.Prices) > 0 {
		f.Currency = to.Prices[0].Currency
	}
	f.Disclosure = deals.DefaultDisclosure(to.Creator.Country, locale)
}

func (h *Handlers) formProps(ctx context.Context, to creators.Brief, f proposalForm) dealsview.ProposalFormProps {
	zone := to.Creator.Location()
	p := dealsview.ProposalFormProps{
		CreatorID: to.Creator.PublicID, CreatorName: to.Creator.Name, Unclaimed: !to.Creator.Claimed(), Key: f.Key,
		Message: f.Message, Product: f.Product, Fee: f.Fee, Currency: f.Currency, InKind: f.InKind, InKindValue: f.InKindValue,
		UsageDays: f.UsageDays, Disclosure: f.Disclosure, ExpiresDays: f.ExpiresDays,
		Today: models.DateOf(h.Clock().In(zone)).String(), DueHint: i18n.T(ctx, "deals.zone", "zone", dealsview.ZoneName(ctx, zone.String())),
		DisclosureHint: i18n.T(ctx, "deals.proposal.form.disclosure.hint"),
		Full:           len(f.Deliverables) >= deals.MaxItems, Focus: f.focus,
		Types:     options(ctx, creators.ContentTypes(), "deals.content_type."),
		Formats:   options(ctx, creators.Formats(), "deals.format."),
		Platforms: options(ctx, platform.Names(), "deals.platform."),
	}
	if to.Creator.Country != "" {
		p.DisclosureHint = i18n.T(ctx, "deals.proposal.form.disclosure.hint_in", "country", i18n.Country(ctx, to.Creator.Country))
	}
	for _, code := range models.Currencies() {
		p.Currencies = append(p.Currencies, components.Option{Value: code, Label: code})
	}
	for _, l := range f.Deliverables {
		p.Lines = append(p.Lines, dealsview.ProposalLine(l))
	}
	p.Side = sideProps(ctx, to, f)
	p.Side.Next = i18n.T(ctx, "deals.proposal.side.open", "creator", to.Creator.Name, "n", days(f.ExpiresDays))
	return p
}

func options(ctx context.Context, values []string, key string) []components.Option {
	all := make([]components.Option, len(values))
	for i, v := range values {
		all[i] = components.Option{Value: v, Label: capital(i18n.T(ctx, key+v))}
	}
	return all
}

// capital begins a word that stands alone with a capital letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// lineProblems names the line in which an error stands, since all lines ask the same.
func lineProblems(ctx context.Context, fields models.Fields) []components.Problem {
	all := web.FieldProblems(ctx, fields, "")
	for i, p := range all {
		var n int
		if _, err := fmt.Sscanf(p.Field, "deliverables[%d]", &n); err == nil {
			all[i].Message = i18n.T(ctx, "deals.proposal.form.in_line", "line", i18n.T(ctx, "deals.proposal.form.line", "number", strconv.Itoa(n+1)), "problem", p.Message)
		}
	}
	return all
}

// days is what the proposal's life will be, as far as the answer can be read.
func days(s string) int {
	if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= deals.MaxExpiresDays {
		return n
	}
	return deals.ExpiresDays
}

// sideProps says whom it goes to and what it adds up to.
func sideProps(ctx context.Context, to creators.Brief, f proposalForm) dealsview.ProposalAsideProps {
	a := to.Account
	s := dealsview.ProposalAsideProps{Creator: dealsview.PartyPanel{
		Heading: i18n.T(ctx, "deals.creator"), Name: to.Creator.Name, Line: "@" + a.Handle,
		Avatar: components.Avatar{Name: to.Creator.Name, Handle: a.Handle, Size: components.Small},
		Href:   paths.Creator(to.Creator.PublicID), Link: i18n.T(ctx, "deals.creator.page"),
		Facts: []components.Fact{
			{Label: i18n.T(ctx, "deals.platform"), Value: i18n.T(ctx, "deals.platform."+a.Platform)},
			{Label: i18n.T(ctx, "deals.proposal.side.followers"), Value: i18n.Number(ctx, a.Followers)},
		},
	}}
	if to.Creator.Country != "" {
		s.Creator.Facts = append(s.Creator.Facts, components.Fact{Label: i18n.T(ctx, "deals.proposal.side.country"), Value: i18n.Country(ctx, to.Creator.Country)})
	}
	if a.EngagementPPM != nil {
		s.Creator.Facts = append(s.Creator.Facts, components.Fact{Label: i18n.T(ctx, "components.engagement"), Value: i18n.Percent(ctx, *a.EngagementPPM)})
	}
	for _, p := range to.Prices {
		s.Prices = append(s.Prices, components.Fact{Label: capital(i18n.T(ctx, "deals.format."+p.Format)), Value: i18n.T(ctx, "deals.proposal.side.from", "price", i18n.WholeMoney(ctx, p.Money()))})
	}
	n, lines := f.addUp(ctx, to.Prices)
	s.Count, s.Lines = i18n.T(ctx, "deals.pieces.count", "n", n), lines
	return s
}

// addUp counts the deliverables and sets the fee beside the creator's starting
// prices, where every line has one in the fee's currency.
func (f proposalForm) addUp(ctx context.Context, prices []creators.Price) (int, []components.MoneyLine) {
	price := map[string]int64{}
	for _, p := range prices {
		if p.Currency == f.Currency {
			price[p.Format] = p.Minor
		}
	}
	total, priced := 0, len(price) > 0
	var sum int64
	var lines []components.MoneyLine
	for _, l := range f.Deliverables {
		n, err := strconv.Atoi(l.Count)
		if l.Blank() || err != nil || n < 1 || n > deals.MaxItems {
			continue
		}
		total += n
		if l.Format == "" {
			continue
		}
		minor, ok := price[l.Format]
		priced = priced && ok
		sum += int64(n) * minor
		if ok {
			lines = append(lines, components.MoneyLine{Label: i18n.T(ctx, "deals.proposal.side.line", "count", n, "format", i18n.T(ctx, "deals.format."+l.Format)),
				Amount: i18n.Money(ctx, models.Money{Minor: int64(n) * minor, Currency: f.Currency})})
		}
	}
	if !priced || len(lines) == 0 {
		lines = nil
	} else {
		lines = append(lines, components.MoneyLine{Kind: components.Sub, Label: i18n.T(ctx, "deals.proposal.side.at_prices"), Amount: i18n.Money(ctx, models.Money{Minor: sum, Currency: f.Currency})})
	}
	if fee, err := i18n.ParseMoney(ctx, f.Fee, f.Currency); err == nil {
		lines = append(lines, components.MoneyLine{Kind: components.Total, Label: i18n.T(ctx, "deals.proposal.side.fee"), Amount: i18n.Money(ctx, fee)})
	}
	return total, lines
}

// guardFacts are a creator's limits in words.
func guardFacts(ctx context.Context, g creators.Guards) []components.Fact {
	var all []components.Fact
	for _, m := range g.Minimums {
		all = append(all, components.Fact{Label: i18n.T(ctx, "creators.limits.minimum_of", "format", i18n.T(ctx, "deals.format."+m.Format)), Value: i18n.WholeMoney(ctx, m.Money())})
	}
	if len(g.Refused) > 0 {
		names := make([]string, len(g.Refused))
		for i, r := range g.Refused {
			names[i] = i18n.T(ctx, "creators.category."+r)
		}
		all = append(all, components.Fact{Label: i18n.T(ctx, "creators.limits.refused_short"), Value: i18n.List(ctx, names)})
	}
	if g.Capacity > 0 {
		all = append(all, components.Fact{Label: i18n.T(ctx, "creators.limits.capacity_short"), Value: i18n.T(ctx, "creators.limits.capacity_value", "n", g.Capacity)})
	}
	for _, a := range g.Away {
		from, _ := models.ParseDate(a.FromOn)
		to, _ := models.ParseDate(a.ToOn)
		all = append(all, components.Fact{Label: i18n.T(ctx, "creators.limits.away_short"), Value: i18n.T(ctx, "creators.limits.away_value", "from", from, "to", to)})
	}
	return all
}
