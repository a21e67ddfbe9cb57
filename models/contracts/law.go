package contracts

import (
	"slices"

	"tribemarket/models"
)

// Law is a rule on contracts and advertising, as dated data. contracts.law.ID.name and
// contracts.law.ID.text say it in words.
type Law struct {
	ID      string
	Country string // ISO 3166-1 alpha-2, or EuropeanUnion
	From    models.Date
	Sources []Source

	Reaches  Reach
	Contract *ContractRule // when a written contract is asked for; nil where the law says nothing of it
	Clauses  []string      // what a contract says because of the law; contracts.clause.CLAUSE has the words
	Child    bool          // it says what holds where a child appears in the content
}

// EuropeanUnion stands for its members in Law.Country.
const EuropeanUnion = "EU"

// Source is where the law can be read.
type Source struct {
	Citation string // in the language of the law
	URL      string
}

// Reach says to whom a law applies.
type Reach int

// The reaches of laws.
const (
	Established        Reach = iota // to creators who are established in the country
	EstablishedOutside              // to these, and to creators outside of the EEA whose content addresses the country
	Addressed                       // to all whose content addresses the country, and to these
)

// ContractRule says from which amount a written contract is asked for.
type ContractRule struct {
	From        models.Money // of a calendar year, for a brand, a creator and an objective, without VAT
	WarnPercent int64        // of it, from which both sides are warned
}

// Laws lists the laws that are known, by country.
func Laws() []Law { return slices.Clone(laws) }

// LawsFor lists the laws that apply to a creator who is established in a country and whose
// content addresses an audience; none addresses the country itself.
func LawsFor(country string, audience []string, on models.Date) []Law {
	if len(audience) == 0 {
		audience = []string{country}
	}
	return slices.DeleteFunc(Laws(), func(l Law) bool { return on.Before(l.From) || !l.applies(country, audience) })
}

func (l Law) applies(country string, audience []string) bool {
	addressed := slices.ContainsFunc(audience, l.isOf)
	switch l.Reaches {
	case EstablishedOutside:
		return l.isOf(country) || addressed && !slices.Contains(economicArea, country)
	case Addressed:
		return l.isOf(country) || addressed
	}
	return l.isOf(country)
}

// isOf says whether a country is the law's.
func (l Law) isOf(country string) bool {
	if l.Country == EuropeanUnion {
		return slices.Contains(economicArea, country)
	}
	return l.Country == country
}

// ClausesOf lists what a contract says because of the laws, each once.
func ClausesOf(all []Law) []string {
	var clauses []string
	for _, l := range all {
		for _, c := range l.Clauses {
			if !slices.Contains(clauses, c) {
				clauses = append(clauses, c)
			}
		}
	}
	return clauses
}

// HasChildRule says whether the law of a country is known where a child appears in content.
func HasChildRule(country string, on models.Date) bool {
	return slices.ContainsFunc(laws, func(l Law) bool { return l.Child && l.isOf(country) && !on.Before(l.From) })
}
