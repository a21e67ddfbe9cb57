// Package index finds creators in memory: columns and roaring bitmaps of all
// listed accounts, made once and never changed. A filter is an AND of bitmaps;
// few hits are walked once to count all facets, of many each value's rows are
// counted among them; a page comes from an order that was sorted when the index
// was made.
//
// A row is an account, a hit is a creator: she fits when one of her rows meets
// the whole query, stands where the best of her rows that fit stands, and is
// counted once for a value, however many of her rows have it.
//
// The package knows no database and no rules of who may see what: it is filled
// with rows, and gives ids and numbers.
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
	Category // of brands with whom she has worked
	Source   // where the figures come from
	ValueFacets
)

// Format is a form of a post that has a price.
type Format int

// The formats.
const (
	Video Format = iota
	Live
	Story
	Formats
)

// ShareFacet is a division of an audience.
type ShareFacet int

// The divisions.
const (
	AudienceCountry ShareFacet = iota
	AudienceAge
	AudienceGender
	ShareFacets
)

// Part is a part of relevance. Each is between 0 and 1000 for a row.
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

// Null is the figure of a row that has none.
const Null int64 = -1 << 63

// Row is a listed account with all that a search asks of it.
type Row struct {
	Account, Creator int64
	Values           [ValueFacets][]string // distinct and in order
	Known            string                // how each tribe is known: d declared, i imported, v derived, as are those that it doesn't reach
	Figures          [RangeFacets]int64    // Null where there is none; Price is not used
	Prices           [Formats]Amount
	Audience         []Share
	Away             []Span  // when she takes no work, in order
	Full             []int32 // months in which she has as much work as she wants, by any count
	Text             string  // as words.Text wrote it
	Hashtags         []string
	Parts            [Parts]int16
}

// Amount is what a post costs; no Currency is none.
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

// Span is from a day to a day, both included, counted from 1970-01-01.
type Span struct{ From, To int32 }

// Choice is the chosen values of a filter: one of them is enough, or All.
type Choice struct {
	Values []string
	All    bool
}

// Range is from Min to Max, both included; nil is open. A row without the
// figure is in no range that isn't open on both ends.
type Range struct{ Min, Max *int64 }

// Threshold asks that one of some parts of the audience is at least so large.
type Threshold struct {
	Keys []string
	PPM  int32 // also what the counts of the division go by when no key is chosen
}

// Sort is by what hits are ordered.
type Sort int

// The orders. Growth is over 30 days; CPM is price ÷ median views × 1000, and
// like Price by the query's format and currency.
const (
	ByRelevance Sort = iota
	ByFollowers
	ByEngagement
	ByMedianViews
	ByGrowth
	ByPrice
	ByCPM
)

// Place is where a hit stands in an order: its value, or none, and the creator.
// Hits without a value stand last both ways; equal ones by creator, in the
// direction of the order.
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
	Words    []string // as words.Query gave them: each has to be the beginning of a word of hers
	Without  []int64  // creators who are left out

	// Near keeps, of words that were looked for, those near to them where nobody
	// has them, so that further queries of the same index needn't look again; nil
	// keeps none.
	Near map[string][]string

	Sort          Sort
	Descending    bool
	After, Before *Place
	Size          int // hits of a page, 0 for none
	Weights       Weights
	Facets        bool
	Posted        []int64 // days: how many have posted on or after each of them
}

// Hit is a creator that fits, by the row by which she does.
type Hit struct {
	Account int64
	Place
	Parts [Parts]int16 // only where the order is by relevance
}

// Count is how many creators have a value.
type Count struct {
	Value string
	N     int64
}

// Answer is what a query gives.
type Answer struct {
	Total      int64
	Hits       []Hit
	More, Less bool                // hits after, and before, those of the page
	Corrected  map[string][]string // words that nobody has, and those close to them that were looked for instead

	// Counted where the query asks for facets, each with the filter's own choice
	// left out unless all of its values are asked for. Values with nobody are there
	// when they are chosen.
	Values [ValueFacets][]Count // the most frequent first, then by value
	Bands  [RangeFacets][]int64 // by Limits: below the first, from each to under the next; LastPosted has none
	Posted []int64
	Shares [ShareFacets][]Count // by the query's threshold
}

// Alike is a creator who is like another one, and in what: each between 0 and
// 1000, as are the shares of their sum, see Likeness.
type Alike struct {
	Account, Creator int64
	Score            int32
	Likeness         [Likenesses]int16
	Tribes, Hashtags []string // those that both have
}

// Likeness is in what two creators can be alike.
type Likeness int

// The kinds of likeness.
const (
	SameTribes Likeness = iota
	SameHashtags
	SameTier // how close the numbers of followers are
	SameAudience
	SamePlace // language and country
	Likenesses
)
