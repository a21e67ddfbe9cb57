package components

import (
	"strings"
	"time"
)

// Sparkline is a small line of a figure over time beside its number. It runs from its
// lowest to its highest value.
type Sparkline struct {
	Label  string // what it shows, with the first and the last value
	Days   []time.Time
	Values []int64
}

const (
	fewSparkValues          = 5 // fewer make no line
	sparkWidth, sparkHeight = 90.0, 24.0
	sparkMargin             = 3.0
	mostSparkPoints         = 9
)

// IsDrawn says whether there are enough values for a line.
func (s Sparkline) IsDrawn() bool { return len(s.Values) >= fewSparkValues }

// points are evenly chosen values, with the first and the last.
func (s Sparkline) points() (all []int) {
	n := min(len(s.Values), mostSparkPoints)
	for i := range n {
		all = append(all, i*(len(s.Values)-1)/(n-1))
	}
	return all
}

func (s Sparkline) x(i int) float64 {
	first, last := s.Days[0], s.Days[len(s.Days)-1]
	return sparkMargin + (sparkWidth-2*sparkMargin)*float64(s.Days[i].Sub(first))/float64(max(last.Sub(first), 1))
}

func (s Sparkline) y(i int) float64 {
	low, high := s.Values[0], s.Values[0]
	for _, v := range s.Values {
		low, high = min(low, v), max(high, v)
	}
	if low == high {
		return sparkHeight / 2
	}
	return sparkHeight - sparkMargin - (sparkHeight-2*sparkMargin)*float64(s.Values[i]-low)/float64(high-low)
}

func (s Sparkline) path() string {
	var b strings.Builder
	for n, i := range s.points() {
		b.WriteString(map[bool]string{true: "M", false: "L"}[n == 0] + formatCoordinate(s.x(i)) + " " + formatCoordinate(s.y(i)))
	}
	return b.String()
}
