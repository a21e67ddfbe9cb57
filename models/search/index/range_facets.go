package index

import "slices"

// RangeFacet is a filter by a figure, between a minimum and a maximum.
type RangeFacet int

// The filters by figures.
const (
	Followers   RangeFacet = iota
	Engagement             // millionths
	MedianViews            // of a post
	MeanViews
	Growth30   // millionths over 30 days, may be negative
	Growth90   // the same over 90 days
	Posts30    // posts in 30 days
	LastPosted // in days since 1970-01-01
	Responds   // the median response time, in minutes
	Price      // of the query's format in the query's currency, in minor units
	RangeFacets
)

// Limits are the ascending bounds between the bands in which a figure is
// counted: the first band is below the first bound, each other one from a bound
// to below the next, the last from the last bound on. They are in millionths if
// the figure is, in minor units for a price. A figure equal to a bound is in
// the band that begins there. The day of the last post has none, as its bands
// move with the calendar.
func Limits(f RangeFacet) []int64 { return slices.Clone(limits[f]) }

var limits = [RangeFacets][]int64{
	Followers:   {10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000},
	Engagement:  {5_000, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 80_000, 100_000, 150_000, 200_000, 250_000, 300_000},
	MedianViews: views,
	MeanViews:   views,
	Growth30:    growth,
	Growth90:    growth,
	Posts30:     {1, 2, 4, 6, 8, 10, 12, 16, 20, 25, 30, 45, 60},
	Responds:    {60, 3 * 60, 6 * 60, 12 * 60, 24*60 + 1, 48*60 + 1, 72*60 + 1, 120*60 + 1, 168*60 + 1, 336*60 + 1},
	Price:       {5_000, 10_000, 20_000, 30_000, 50_000, 75_000, 100_000, 150_000, 200_000, 300_000, 500_000, 1_000_000, 2_000_000},
}

var (
	views  = []int64{1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000}
	growth = []int64{-200_000, -100_000, -50_000, -20_000, 0, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000}
)

// band returns the number of the band that a figure falls into.
func band(limits []int64, figure int64) int {
	n, found := slices.BinarySearch(limits, figure)
	if found {
		n++
	}
	return n
}
