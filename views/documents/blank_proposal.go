package documents

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/terms"
	termsview "tribemarket/views/terms"
)

// BlankProposalProps is a proposal to fill in by hand.
type BlankProposalProps struct {
	Title, Lead string
	Sections    []BlankSection
}

// BlankSection is a part of it with what is asked there.
type BlankSection struct {
	Title  string
	Fields []BlankField
}

// BlankField is something to fill in: words to tick, and empty lines.
type BlankField struct {
	Name    string
	Choices []string
	Lines   int
}

// PresentBlankProposal presents the two sides, what a creator says of themselves, and the
// clauses in their order.
func PresentBlankProposal(ctx context.Context) BlankProposalProps {
	section := func(part string, fields ...string) BlankSection {
		s := BlankSection{Title: i18n.T(ctx, "documents.blank."+part)}
		for _, f := range fields {
			s.Fields = append(s.Fields, BlankField{Name: i18n.T(ctx, "documents.blank."+f), Lines: 2})
		}
		return s
	}
	clauses := BlankSection{Title: i18n.T(ctx, "documents.blank.terms")}
	for _, c := range terms.Clauses() {
		f := BlankField{Name: termsview.Name(ctx, c), Lines: max(1, linesOf[c])}
		for _, t := range choicesOf(c) {
			f.Choices = append(f.Choices, termsview.Words(ctx, c, t))
		}
		if len(f.Choices) > 0 {
			f.Lines = linesOf[c]
		}
		clauses.Fields = append(clauses.Fields, f)
	}
	return BlankProposalProps{
		Title: i18n.T(ctx, "documents.blank.title"), Lead: i18n.T(ctx, "documents.blank.lead"),
		Sections: []BlankSection{
			section("sides", "brand", "creator"),
			section("pitch", "about", "audience", "examples"),
			clauses,
			section("signatures", "sign_brand", "sign_creator"),
		},
	}
}

// linesOf are the empty lines of clauses that need more than one, or some beside what there
// is to tick.
var linesOf = map[terms.Clause]int{
	terms.ClauseDeliverables: 4, terms.ClauseDue: 2, terms.ClauseFee: 2, terms.ClauseRights: 3, terms.ClauseKillFee: 2,
	terms.ClauseDisclosure: 2, terms.ClausePersonal: 6,
}

// choicesOf are terms that say what can be ticked in a clause.
func choicesOf(c terms.Clause) []terms.Terms {
	var all []terms.Terms
	switch c {
	case terms.ClauseObjective:
		for _, o := range terms.Objectives() {
			if o != terms.PoliticalObjective {
				all = append(all, terms.Terms{Objective: o})
			}
		}
	case terms.ClauseWhitelisting:
		for _, days := range terms.WhitelistingDays() {
			all = append(all, terms.Terms{Whitelisting: days})
		}
	case terms.ClauseFunding:
		all = append(all, terms.Terms{Funded: true})
	case terms.ClauseAI:
		for _, use := range terms.AIUses() {
			all = append(all, terms.Terms{AI: terms.AI{Use: use}})
		}
	case terms.ClauseChild:
		all = append(all, terms.Terms{Child: true})
	case terms.ClauseUndecided:
		for _, o := range terms.Outcomes() {
			all = append(all, terms.Terms{Undecided: o})
		}
	case terms.ClauseLanguage:
		for _, l := range terms.Languages() {
			all = append(all, terms.Terms{Language: l})
		}
	}
	return all
}
