package components

import (
	"time"
)

// Reading is one point of a LineChart.
type Reading struct {
	Day   time.Time
	Value int64
}

// LineChart shows a figure over time, reading by reading, oldest first. Its axis runs
// from the lowest to the highest value, and says so where that is not from zero.
type LineChart struct {
	ID          string // of the chart, unlike any other on the page
	Title       string
	Description string // what it shows, in a sentence
	Column      string // what the values are
	DayColumn   string
	Readings    []Reading
}

const trendTop, trendBottom = 14.0, 120.0

func (c LineChart) bounds() (low, high int64) {
	low, high = c.Readings[0].Value, c.Readings[0].Value
	for _, r := range c.Readings {
		low, high = min(low, r.Value), max(high, r.Value)
	}
	return low, high
}

// x is proportional to time, so that days without a reading take up space.
func (c LineChart) x(i int) float64 {
	first, last := c.Readings[0].Day, c.Readings[len(c.Readings)-1].Day
	whole := max(last.Sub(first), time.Second)
	return chartLeft + (chartRight-chartLeft)*float64(c.Readings[i].Day.Sub(first))/float64(whole)
}

func (c LineChart) y(value int64) float64 {
	low, high := c.bounds()
	if low == high {
		return (trendTop + trendBottom) / 2
	}
	return trendBottom - (trendBottom-trendTop)*float64(value-low)/float64(high-low)
}

func (c LineChart) linePath() string {
	d := ""
	for i, r := range c.Readings {
		d += map[bool]string{true: "M", false: "L"}[i == 0] + formatCoordinate(c.x(i)) + " " + formatCoordinate(c.y(r.Value))
	}
	return d
}

func (c LineChart) ticks(label func(int64) string) []tick {
	low, high := c.bounds()
	if low == high {
		return []tick{{c.y(low), label(low)}}
	}
	return []tick{{trendTop, label(high)}, {trendBottom, label(low)}}
}
