package contracts

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
	dealsview "tribemarket/views/deals"
	termsview "tribemarket/views/terms"
)

// ContractLanguage is the language in which a contract is written: the one that was agreed
// on, or that of the creator's country, or shared, which both
// sides read.
func ContractLanguage(d contracts.Draft, shared string) string {
	byCountry := map[string]string{"FR": "fr", "LU": "fr", "MC": "fr", "NL": "nl"}
	return cmp.Or(d.Contract.Terms.Language, byCountry[d.Creator.TaxCountry], shared, "en")
}

// PresentContractText writes a contract, in the language of the context.
func PresentContractText(ctx context.Context, d contracts.Draft) contracts.Text {
	c := d.Contract
	t := contracts.Text{
		Language: string(i18n.LocaleOf(ctx)), Title: i18n.T(ctx, "contracts.paper.title", "product", c.Product),
		Lead:    []string{i18n.T(ctx, "contracts.paper.lead", "on", i18n.Day(ctx, models.DateOf(c.AgreedAt.In(models.Zone(c.Zone))))), i18n.T(ctx, "contracts.paper.terms", "hash", c.Terms.Hash())},
		Parties: []contracts.Named{presentNamed(ctx, models.SideBrand, d.Brand), presentNamed(ctx, models.SideCreator, d.Creator)},
		Notes:   []string{i18n.T(ctx, "contracts.simple"), i18n.T(ctx, "contracts.no_advice")},
	}
	if c.IsAmendment() {
		presentAmending(ctx, &t, c)
	}
	t.Articles = append(t.Articles, []contracts.Article{
		{Heading: i18n.T(ctx, "contracts.paper.subject"), Rows: presentRows(ctx, c.Terms, isSubject)},
		{Heading: i18n.T(ctx, "contracts.paper.money"), Rows: presentRows(ctx, c.Terms, isMoney)},
	}...)
	days := dealsview.ZoneClause(ctx, deals.Party{Name: d.Creator.LegalName}, deals.Party{Name: d.Brand.LegalName}, c.Zone, c.BrandZone)
	rest := presentRows(ctx, c.Terms, func(x terms.Clause) bool { return !isSubject(x) && !isMoney(x) && x != terms.ClausePersonal })
	t.Articles = append(t.Articles, contracts.Article{Heading: i18n.T(ctx, "contracts.paper.conditions"), Rows: append(rest, contracts.Row{Name: days.Name, Text: days.Text})})
	if c.Terms.Repeats() {
		t.Articles = append(t.Articles, contracts.Article{Heading: i18n.T(ctx, "contracts.paper.repetition"), Paragraphs: []string{
			presentCycles(ctx, c), i18n.T(ctx, "contracts.paper.repetition.notice", "n", c.Terms.Repetition.NoticeDays),
			i18n.T(ctx, "contracts.paper.repetition.end"),
		}})
	}
	for _, p := range c.Terms.Personal {
		t.Articles = append(t.Articles, contracts.Article{Heading: p.Title, Paragraphs: lines(p.Text)})
	}
	laws := contracts.LawsFor(d.Creator.TaxCountry, c.Terms.Audience, models.DateOf(c.AgreedAt))
	if clauses := PresentClauses(ctx, laws); len(clauses) > 0 {
		t.Articles = append(t.Articles, contracts.Article{Heading: i18n.T(ctx, "contracts.paper.law"), Paragraphs: clauses})
	}
	t.Articles = append(t.Articles,
		contracts.Article{Heading: i18n.T(ctx, "contracts.paper.evidence"), Paragraphs: []string{i18n.T(ctx, "contracts.paper.evidence.text"), i18n.T(ctx, "contracts.paper.evidence.copies")}},
	)
	for i := range t.Articles {
		t.Articles[i].Heading = fmt.Sprintf("%d. %s", i+1, t.Articles[i].Heading)
	}
	return t
}

// presentCycles says for which months the terms are agreed, and which days they name.
func presentCycles(ctx context.Context, c contracts.Contract) string {
	if c.Cycle > 1 {
		return i18n.T(ctx, "contracts.paper.repetition.cycles_from", "cycle", c.Cycle, "last", c.Terms.Cycles())
	}
	return i18n.T(ctx, "contracts.paper.repetition.cycles", "n", c.Terms.Cycles())
}

// presentAmending says which contract an amendment changes, and in which clauses; what follows
// are the whole terms as they are then.
func presentAmending(ctx context.Context, t *contracts.Text, c contracts.Contract) {
	zone := models.Zone(c.Zone)
	t.Title = i18n.T(ctx, "contracts.paper.title.amendment", "number", c.Number, "product", c.Product)
	t.Lead = []string{
		i18n.T(ctx, "contracts.paper.amends", "number", c.Earlier.Number, "on", i18n.Day(ctx, models.DateOf(c.Earlier.SignedAt.In(zone))), "hash", c.Amends),
		i18n.T(ctx, "contracts.paper.amends.whole", "on", i18n.Day(ctx, models.DateOf(c.AgreedAt.In(zone)))),
		t.Lead[1],
	}
	none := i18n.T(ctx, "terms.none")
	var rows []contracts.Row
	for _, x := range c.Earlier.Terms.Differences(c.Terms) {
		before, now := cmp.Or(termsview.Words(ctx, x, c.Earlier.Terms), none), cmp.Or(termsview.Words(ctx, x, c.Terms), none)
		rows = append(rows, contracts.Row{Name: termsview.Name(ctx, x), Text: i18n.T(ctx, "contracts.paper.before", "text", before) + "\n" + i18n.T(ctx, "contracts.paper.after", "text", now)})
	}
	t.Articles = []contracts.Article{{Heading: i18n.T(ctx, "contracts.paper.changes"), Rows: rows}}
}

func presentNamed(ctx context.Context, side models.Side, i contracts.Identity) contracts.Named {
	n := contracts.Named{Label: i18n.T(ctx, "deals.side."+string(side)), Name: i.LegalName, Lines: lines(i.PostalAddress)}
	n.Lines = append(n.Lines, i18n.Country(ctx, i.TaxCountry), i.Email)
	if i.Registration != "" {
		n.Lines = append(n.Lines, i18n.T(ctx, "contracts.paper.registration", "number", i.Registration))
	}
	if i.VAT != "" {
		n.Lines = append(n.Lines, i18n.T(ctx, "contracts.paper.vat", "number", i.VAT))
	}
	return n
}

func isSubject(c terms.Clause) bool {
	switch c {
	case terms.ClauseProduct, terms.ClauseObjective, terms.ClauseDeliverables, terms.ClauseDue, terms.ClauseDisclosure:
		return true
	}
	return false
}

func isMoney(c terms.Clause) bool {
	switch c {
	case terms.ClauseFee, terms.ClauseInKind, terms.ClauseCommission, terms.ClausePayment, terms.ClauseFunding, terms.ClauseKillFee, terms.ClausePurchaseOrder:
		return true
	}
	return false
}

// presentRows are the clauses about which the terms say something.
func presentRows(ctx context.Context, t terms.Terms, of func(terms.Clause) bool) []contracts.Row {
	var all []contracts.Row
	for _, c := range t.Agreed() {
		if of(c) {
			all = append(all, contracts.Row{Name: termsview.Name(ctx, c), Text: termsview.Words(ctx, c, t)})
		}
	}
	return all
}

// lines are the lines of a text that are not empty.
func lines(s string) []string {
	var all []string
	for l := range strings.SplitSeq(s, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			all = append(all, l)
		}
	}
	return all
}
