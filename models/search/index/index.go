// Package index finds creators in memory: immutable columns and bitmaps of all
// listed accounts. A filter is an AND of bitmaps; a facet is counted by walking
// over the hits or by intersecting each value's rows with them, whichever is
// less work; a page comes from an order sorted when the index was built.
//
// A row is an account, a hit is a creator: a creator fits if one of their rows
// meets the whole query, is placed by the best row that fits, and is counted
// once for a value, however many of their rows have it.
//
// The package knows nothing about the database or about who may see what: it
// takes rows, and returns ids and numbers.
package index

// ValueFacet is a filter whose values are words.
type ValueFacet int

// The filters with words.
const (
	Platform ValueFacet = iota
	Country
	Region
	Language
	Tribe
	ContentType
	Category // of brands that the creator has worked with
	Flags    // what is true or not, such as that the platform has verified the figures
	ValueFacets
)

// Format is a post format with a price.
type Format int

// The formats.
const (
	Video Format = iota
	Live
	Story
	Formats
)

// ShareFacet is a dimension of the audience.
type ShareFacet int

// The dimensions.
const (
	AudienceCountry ShareFacet = iota
	AudienceAge
	AudienceGender
	ShareFacets
)

// Part is a part of relevance, between 0 and 1000 for each row.
type Part int

// The parts. Engagement, Trust and Response come with the row; Words, TribeFit
// and PriceFit follow from the query.
const (
	Words Part = iota
	TribeFit
	EngagementFit
	Trust
	PriceFit
	Response
	Parts
)

// Weights are how much each part counts; a score is the sum of weight × part.
type Weights [Parts]int32

// Null stands for a missing figure.
const Null int64 = -1 << 63

// Row is a listed account with everything that a search needs.
type Row struct {
	Account, Creator int64
	Values           [ValueFacets][]string // distinct and in order
	Known            string                // evidence for each tribe: d declared, i imported, v derived; those beyond its end are derived
	Figures          [RangeFacets]int64    // Null if missing; Price is not used
	Prices           [Formats]Amount
	Audience         []Share
	Away             []Span  // when the creator takes no work, in order
	Full             []int32 // months in which the creator takes no more work, in any numbering
	Text             string  // as words.Text wrote it
	Hashtags         []string
	Parts            [Parts]int16
}

// Amount is the price of a post; an empty Currency means no price.
type Amount struct {
	Currency string
	Minor    int64
}

// Share is a part of an audience, in millionths.
type Share struct {
	Kind ShareFacet
	Key  string
	PPM  int32
}

// Span is from a day to a day, inclusive, in days since 1970-01-01.
type Span struct{ From, To int32 }

// Choice is the chosen values of a filter: any of them is enough, unless All.
type Choice struct {
	Values []string
	All    bool
}

// Range is from Min to Max, inclusive; nil is open. A row without the figure is
// only in a range that is open at both ends.
type Range struct{ Min, Max *int64 }

// Threshold requires one of the chosen parts of the audience to have at least a share.
type Threshold struct {
	Keys []string
	PPM  int32 // also the threshold for counting the dimension if no key is chosen
}

// Sort is what hits are sorted by.
type Sort int

// The orders. Growth is over 30 days; CPM is price ÷ median views × 1000; Price
// and CPM are of the query's format and currency.
const (
	ByRelevance Sort = iota
	ByFollowers
	ByEngagement
	ByMedianViews
	ByGrowth
	ByPrice
	ByCPM
)

// Place is the position of a hit in an order: its value, or none, and the
// creator. Hits without a value come last in both directions; ties are ordered
// by creator, in the direction of the order.
type Place struct {
	Value   int64
	Null    bool
	Creator int64
}

// Query is a search.
type Query struct {
	Values   [ValueFacets]Choice
	Ranges   [RangeFacets]Range
	Format   Format // of Price and CPM
	Currency string
	Shares   [ShareFacets]Threshold
	Free     *Span    // not away on any of these days
	Months   []int32  // not full in all of these
	Words    []string // from words.Query: each has to be the beginning of one of the creator's words
	Without  []int64  // creators who are left out

	// Near caches similar words for those that nobody has, so that further
	// queries of the same index needn't look for them again; nil caches nothing.
	Near map[string][]string

	Sort          Sort
	Descending    bool
	After, Before *Place
	Size          int // hits of a page, 0 for none
	Weights       Weights
	Facets        FacetSet // what to count
	Posted        []int64  // days to count posts since
}

// Hit is a creator who fits, with the row that fits.
type Hit struct {
	Account int64
	Place
	Parts [Parts]int16 // only if sorted by relevance
}

// Count is how many creators have a value.
type Count struct {
	Value string
	N     int64
}

// Answer is the result of a query.
type Answer struct {
	Total      int64
	Hits       []Hit
	More, Less bool                // hits after, and before, those of the page
	Corrected  map[string][]string // words that nobody has, and similar ones that were searched instead

	// Counted if the query asks for the facet, each without its own filter's choice
	// unless that requires all values. Chosen values are included even with a count
	// of 0.
	Values [ValueFacets][]Count // the most frequent first, then by value
	Bands  [RangeFacets][]int64 // by Limits: below the first, from each to below the next; LastPosted has none
	Posted []int64
	Shares [ShareFacets][]Count // by the query's threshold
}

// Alike is a creator who resembles another one, with the kinds of likeness:
// each between 0 and 1000, as is the score, see Likeness.
type Alike struct {
	Account, Creator int64
	Score            int32
	Likeness         [Likenesses]int16
	Tribes, Hashtags []string // those that both have
}

// Likeness is a respect in which two creators can be alike.
type Likeness int

// The kinds of likeness.
const (
	SameTribes Likeness = iota
	SameHashtags
	SameTier // how close their numbers of followers are
	SameAudience
	SamePlace // language and country
	Likenesses
)
