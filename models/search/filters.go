package search

import (
	"slices"

	"tribemarket/models/content"
	"tribemarket/models/creators"
	"tribemarket/models/places"
	"tribemarket/models/platform"
	"tribemarket/models/search/index"
	"tribemarket/models/text"
)

// FilterDefinition defines one filter for the URL, the index, the page and its texts.
// A new filter is a field of Filter, a row of filters and the texts
// search.filter.PARAM, search.chip.PARAM and search.drop.PARAM.
type FilterDefinition struct {
	Param      string // in a URL; a range has PARAM_min and PARAM_max
	Group      string // the group of filters that it belongs to on a page
	Kind       Kind
	OpenFirst  bool       // its fields are shown without opening it
	Vocabulary Vocabulary // what its values are
	Unit       Unit       // of its numbers
	Signed     bool       // its numbers can be negative
	Step       int64      // a limit just below a multiple of it is shown as that multiple
	Options    []int64    // the numbers that can be chosen
	Words      string     // what sentences call it, in three languages: without case and accents, with bars between

	values func(*Filter) *[]string // KindList, KindShare
	limits func(*Filter) *Range    // KindRange
	number func(*Filter) *int64    // KindWithin; for KindShare the least share in per cent
	on     func(*Filter) *bool     // KindFlag
	flag   string                  // KindFlag: its value in the index

	value  index.ValueFacet // the index's column, depending on the kind
	share  index.ShareFacet
	figure index.RangeFacet
}

// Kind is the kind of a filter's input.
type Kind int

// The kinds.
const (
	KindList   Kind = iota // one of some values
	KindShare              // one of the chosen parts of the audience has to be large enough
	KindRange              // a number between a minimum and a maximum
	KindFlag               // yes or any
	KindWithin             // a period, one of a few
	KindPeriod             // from a day to a day
)

// Unit is the unit of numbers.
type Unit int

// The units.
const (
	UnitWhole   Unit = iota
	UnitPercent      // in millionths
	UnitMoney        // in minor units of the filter's currency
	UnitDays
	UnitHours
)

// Vocabulary is the set that the values of a filter come from.
type Vocabulary int

// The vocabularies.
const (
	Tribes Vocabulary = iota
	Platforms
	Countries
	Regions
	Languages
	ContentTypes
	Categories
	AgeGroups
	Genders
)

// filters are all filters, in the order of a page.
var filters = []FilterDefinition{
	{Param: "tribe", Group: "who", Kind: KindList, OpenFirst: true, Vocabulary: Tribes, value: index.Tribe, values: func(f *Filter) *[]string { return &f.Tribes }},
	{Param: "platform", Group: "who", Kind: KindList, Vocabulary: Platforms, value: index.Platform, values: func(f *Filter) *[]string { return &f.Platforms }},
	{Param: "country", Group: "who", Kind: KindList, OpenFirst: true, Vocabulary: Countries, value: index.Country, values: func(f *Filter) *[]string { return &f.Countries }},
	{Param: "region", Group: "who", Kind: KindList, Vocabulary: Regions, value: index.Region, values: func(f *Filter) *[]string { return &f.Regions }},
	{Param: "language", Group: "who", Kind: KindList, Vocabulary: Languages, value: index.Language, values: func(f *Filter) *[]string { return &f.Languages }},

	{Param: "followers", Group: "figures", Kind: KindRange, OpenFirst: true, Step: 1000, figure: index.Followers, limits: func(f *Filter) *Range { return &f.Followers },
		Words: "followers|follower|subscribers|subscriber|subs|fans|follower count|audience size|abonnes|abonnees|nombre d abonnes|followeurs|volgers|abonnees|aantal volgers"},
	{Param: "engagement", Group: "figures", Kind: KindRange, OpenFirst: true, Unit: UnitPercent, Step: 1000, figure: index.Engagement, limits: func(f *Filter) *Range { return &f.Engagement },
		Words: "engagement|engagement rate|er|interaction rate|taux d engagement|taux engagement|interactions|betrokkenheid|interactie|engagementratio|betrokkenheidsratio"},
	{Param: "views", Group: "figures", Kind: KindRange, Step: 1000, figure: index.MedianViews, limits: func(f *Filter) *Range { return &f.Views },
		Words: "views|median views|view|vues|vues medianes|weergaven|mediane weergaven|mediaan van weergaven"},
	{Param: "mean_views", Group: "figures", Kind: KindRange, Step: 1000, figure: index.MeanViews, limits: func(f *Filter) *Range { return &f.MeanViews },
		Words: "mean views|average views|avg views|vues moyennes|vues en moyenne|gemiddelde weergaven"},
	{Param: "growth", Group: "figures", Kind: KindRange, Unit: UnitPercent, Signed: true, Step: 1000, figure: index.Growth30, limits: func(f *Filter) *Range { return &f.Growth },
		Words: "growth|growing|growing by|follower growth|croissance|en croissance|groei|groeien|groeiend|groeit"},
	{Param: "growth90", Group: "figures", Kind: KindRange, Unit: UnitPercent, Signed: true, Step: 1000, figure: index.Growth90, limits: func(f *Filter) *Range { return &f.Growth90 }},
	{Param: "posts", Group: "figures", Kind: KindRange, Step: 1, figure: index.Posts30, limits: func(f *Filter) *Range { return &f.Posts },
		Words: "posts|post|publications|publication|berichten|bericht"},
	{Param: "posted", Group: "figures", Kind: KindWithin, Unit: UnitDays, Options: []int64{7, 30, 90}, figure: index.LastPosted, number: func(f *Filter) *int64 { return &f.PostedWithin },
		Words: "posted|posting|last posted|active|published|who posted|publie|a publie|ont publie|ayant publie|actif|actifs|actives|poste|gepost|postte|postten|actief|actieve|gepubliceerd"},

	{Param: "price", Group: "terms", Kind: KindRange, OpenFirst: true, Unit: UnitMoney, Step: 100, figure: index.Price, limits: func(f *Filter) *Range { return &f.Price },
		Words: "price|prices|budget|cost|costs|costing|fee|fees|charge|charging|priced|prix|cout|coute|tarif|tarifs|prijs|prijzen|kosten|kost|vergoeding|tarief"},
	{Param: "joined", Group: "terms", Kind: KindFlag, OpenFirst: true, value: index.Flags, flag: "joined", on: func(f *Filter) *bool { return &f.Joined },
		Words: "answers here|joined|have joined|on this site|already here|registered|repond ici|repondent ici|inscrit|inscrits|inscrites|antwoordt hier|antwoorden hier|aangesloten"},
	{Param: "priced", Group: "terms", Kind: KindFlag, OpenFirst: true, value: index.Flags, flag: "priced", on: func(f *Filter) *bool { return &f.Priced },
		Words: "price known|known price|known prices|with known prices|prix connu|prix connus|tarif connu|tarifs connus|prijs bekend|bekende prijs"},
	{Param: "verified", Group: "terms", Kind: KindFlag, OpenFirst: true, value: index.Flags, flag: "verified", on: func(f *Filter) *bool { return &f.Verified },
		Words: "verified|verified figures|verified numbers|with verified figures|verified by the platform|verifie|verifies|verifiee|verifiees|chiffres verifies|avec des chiffres verifies|geverifieerd|geverifieerde|geverifieerde cijfers|met geverifieerde cijfers"},
	{Param: "type", Group: "terms", Kind: KindList, Vocabulary: ContentTypes, value: index.ContentType, values: func(f *Filter) *[]string { return &f.Types }},
	{Param: "responds", Group: "terms", Kind: KindWithin, Unit: UnitHours, Options: []int64{24, 72, 168}, figure: index.Responds, number: func(f *Filter) *int64 { return &f.RespondsWithin },
		Words: "answer|answers|answering|who answer|reply|replies|replying|respond|responds|responding|response time|response|responsive|repond|repondent|repondant|reponse|delai de reponse|temps de reponse|antwoord|antwoordt|antwoorden|reageert|reageren|antwoordtijd|reactietijd"},
	{Param: "free", Group: "terms", Kind: KindPeriod},
	{Param: "worked", Group: "terms", Kind: KindList, Vocabulary: Categories, value: index.Category, values: func(f *Filter) *[]string { return &f.Categories }},

	{Param: "audience_country", Group: "audience", Kind: KindShare, Vocabulary: Countries, share: index.AudienceCountry,
		values: func(f *Filter) *[]string { return &f.AudienceCountries }, number: func(f *Filter) *int64 { return &f.AudienceCountryMin }},
	{Param: "audience_age", Group: "audience", Kind: KindShare, Vocabulary: AgeGroups, share: index.AudienceAge,
		values: func(f *Filter) *[]string { return &f.AudienceAges }, number: func(f *Filter) *int64 { return &f.AudienceAgeMin }},
	{Param: "audience_gender", Group: "audience", Kind: KindShare, Vocabulary: Genders, share: index.AudienceGender,
		values: func(f *Filter) *[]string { return &f.AudienceGenders }, number: func(f *Filter) *int64 { return &f.AudienceGenderMin }},
}

// FilterDefinitions lists all filters, in the order of a page.
func FilterDefinitions() []FilterDefinition { return slices.Clone(filters) }

// Params lists the parameters of all filters.
func Params() []string {
	all := make([]string, len(filters))
	for i, d := range filters {
		all[i] = d.Param
	}
	return all
}

// FilterDefinitionOf finds the filter of a parameter; the zero FilterDefinition
// if there is none.
func FilterDefinitionOf(param string) FilterDefinition {
	if i := slices.IndexFunc(filters, func(d FilterDefinition) bool { return d.Param == param }); i >= 0 {
		return filters[i]
	}
	return FilterDefinition{}
}

// ofKind returns the filters of the given kinds.
func ofKind(kinds ...Kind) (all []*FilterDefinition) {
	for i := range filters {
		if slices.Contains(kinds, filters[i].Kind) {
			all = append(all, &filters[i])
		}
	}
	return all
}

// facet is the index's facet of the filter; none for a period.
func (d FilterDefinition) facet() index.FacetSet {
	switch d.Kind {
	case KindList, KindFlag:
		return d.value.Set()
	case KindShare:
		return d.share.Set()
	case KindRange, KindWithin:
		return d.figure.Set()
	}
	return 0
}

// ValuesOf returns the values that a search asks for, for a list or a share.
func (d FilterDefinition) ValuesOf(f Filter) []string { return *d.values(&f) }

// LimitsOf returns the limits that a search asks for, for a range.
func (d FilterDefinition) LimitsOf(f Filter) Range { return *d.limits(&f) }

// NumberOf returns the number that a search asks for, for a period; for a share
// it is the least share, in per cent.
func (d FilterDefinition) NumberOf(f Filter) int64 {
	if d.Kind == KindShare {
		return ShareAsked(*d.number(&f))
	}
	return *d.number(&f)
}

// IsOn says whether a search asks for a flag.
func (d FilterDefinition) IsOn(f Filter) bool { return *d.on(&f) }

// All lists all words in their own order; nil if there are many, which are then
// sorted by frequency.
func (v Vocabulary) All() []string {
	switch v {
	case Platforms:
		return platform.Names()
	case ContentTypes:
		return content.Types()
	case AgeGroups:
		return creators.AudienceAgeGroups()
	case Genders:
		return creators.AudienceGenders()
	}
	return nil
}

// parse parses a word as people write it.
func (v Vocabulary) parse(word string, catalogue *creators.TribeCatalogue) (string, bool) {
	switch v {
	case Tribes:
		t, ok := catalogue.TribeBySlug(text.Fold(word))
		return t.Slug, ok
	case Platforms:
		return platform.ParseName(word)
	case Countries:
		return places.ParseCountry(word)
	case Regions:
		return parseRegion(word)
	case Languages:
		return places.ParseLanguage(word)
	case Categories:
		return oneOf(word, content.Categories())
	}
	return oneOf(word, v.All())
}
