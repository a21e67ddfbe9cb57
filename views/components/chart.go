package components

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"tribemarket/internal/i18n"
)

// Post is one post of PostsChart.
type Post struct {
	At        string // as read: 17 Nov
	Href      string // where the post can be seen, "" if nowhere
	Title     string
	Views     int64
	Likes     int64
	Comments  int64
	Shares    int64
	Rate      int64 // engagement in millionths, -1 for none
	Sponsored bool
}

// PostsChart shows the latest posts, oldest first: views as bars, engagement as a line.
type PostsChart struct {
	ID    string // of the chart, unlike any other on the page
	Title string // "Latest 30 posts: views and engagement"
	Posts []Post
}

// The area of the chart: the line has the upper part, the bars the lower.
const (
	chartLeft, chartRight = 44.0, 690.0
	lineTop, lineBottom   = 14.0, 80.0
	barsTop, barsBottom   = 104.0, 244.0
	barWidth              = 0.72 // fraction of a bar's slot
)

type box struct{ X, Y, W, H string }

type tick struct {
	Y     float64
	Label string
}

func plainNumber(n int64) string { return strconv.FormatInt(n, 10) }

// formatCoordinate formats a coordinate. Geometry is the only place where numbers may be
// inexact.
func formatCoordinate(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

func (c PostsChart) barPosition(i int) (middle, width float64) {
	step := (chartRight - chartLeft) / float64(max(len(c.Posts), 1))
	return chartLeft + step*(float64(i)+0.5), step
}

// axisMaximum is the number at the upper end of an axis: 1, 2, 4, 5, 8 or 10 times a
// power of ten, so that half of it is a round number too.
func axisMaximum(largest int64) int64 {
	power := int64(1)
	for largest/10 >= power {
		power *= 10
	}
	for _, n := range []int64{1, 2, 4, 5, 8, 10} {
		if n*power >= largest {
			return max(n*power, 2)
		}
	}
	return 10 * power
}

func (c PostsChart) mostViews() int64 {
	var most int64
	for _, p := range c.Posts {
		most = max(most, p.Views)
	}
	return most
}

// engagementRange returns the lowest and the highest engagement, false if no post has
// one.
func (c PostsChart) engagementRange() (lowest, highest int64, ok bool) {
	for _, p := range c.Posts {
		if p.Rate < 0 {
			continue
		}
		if !ok {
			lowest, highest, ok = p.Rate, p.Rate, true
		}
		lowest, highest = min(lowest, p.Rate), max(highest, p.Rate)
	}
	return lowest, highest, ok
}

func (c PostsChart) barBox(i int) box {
	middle, step := c.barPosition(i)
	w := min(step*barWidth, 40)
	h := (barsBottom - barsTop) * float64(c.Posts[i].Views) / float64(axisMaximum(c.mostViews()))
	if c.Posts[i].Views > 0 {
		h = max(h, 1)
	}
	return box{formatCoordinate(middle - w/2), formatCoordinate(barsBottom - h), formatCoordinate(w), formatCoordinate(h)}
}

func (c PostsChart) rateY(rate int64) float64 {
	_, highest, _ := c.engagementRange()
	return lineBottom - (lineBottom-lineTop)*float64(rate)/float64(axisMaximum(highest))
}

// engagementPath is the line of the engagement, interrupted at posts without one.
func (c PostsChart) engagementPath() string {
	var b strings.Builder
	pen := "M"
	for i, p := range c.Posts {
		if p.Rate < 0 {
			pen = "M"
			continue
		}
		x, _ := c.barPosition(i)
		b.WriteString(pen + formatCoordinate(x) + " " + formatCoordinate(c.rateY(p.Rate)))
		pen = "L"
	}
	return b.String()
}

// viewBox is the visible part of the drawing: without engagement, only the bars.
func (c PostsChart) viewBox() string {
	if _, _, ok := c.engagementRange(); ok {
		return "0 0 700 270"
	}
	return "0 92 700 178"
}

// isIsolated says whether a post has no neighbour to which the line can be drawn.
func (c PostsChart) isIsolated(i int) bool {
	return (i == 0 || c.Posts[i-1].Rate < 0) && (i == len(c.Posts)-1 || c.Posts[i+1].Rate < 0)
}

func (c PostsChart) barTicks(ctx context.Context) []tick {
	t := axisMaximum(c.mostViews())
	return []tick{
		{barsBottom, "0"},
		{(barsBottom + barsTop) / 2, i18n.CompactNumber(ctx, t/2)},
		{barsTop, i18n.CompactNumber(ctx, t)},
	}
}

func (c PostsChart) lineTicks(ctx context.Context) []tick {
	_, highest, _ := c.engagementRange()
	t := axisMaximum(highest)
	return []tick{{lineBottom, i18n.WholePercent(ctx, 0)}, {(lineTop + lineBottom) / 2, i18n.WholePercent(ctx, t/2)}, {lineTop, i18n.WholePercent(ctx, t)}}
}

// labelledPosts are the posts whose day is written below: at most four, evenly spaced.
func (c PostsChart) labelledPosts() []int {
	n := len(c.Posts)
	if n <= 4 {
		all := make([]int, n)
		for i := range all {
			all[i] = i
		}
		return all
	}
	return []int{0, (n - 1) / 3, (n - 1) * 2 / 3, n - 1}
}

func (c PostsChart) textAnchor(i int) string {
	switch {
	case len(c.Posts) > 4 && i == 0:
		return "start"
	case len(c.Posts) > 4 && i == len(c.Posts)-1:
		return "end"
	}
	return "middle"
}

func (c PostsChart) labelX(i int) float64 {
	x, step := c.barPosition(i)
	switch c.textAnchor(i) {
	case "start":
		return x - step*barWidth/2
	case "end":
		return x + step*barWidth/2
	}
	return x
}

func (c PostsChart) hasSponsored() bool {
	for _, p := range c.Posts {
		if p.Sponsored {
			return true
		}
	}
	return false
}

// description describes the drawing in words.
func (c PostsChart) description(ctx context.Context) string {
	var least, most int64
	for i, p := range c.Posts {
		if i == 0 {
			least = p.Views
		}
		least, most = min(least, p.Views), max(most, p.Views)
	}
	s := i18n.T(ctx, "components.chart_views", "least", least, "most", most)
	if lowest, highest, ok := c.engagementRange(); ok {
		s += " " + i18n.T(ctx, "components.chart_rates",
			"lowest", i18n.Percent(ctx, lowest), "highest", i18n.Percent(ctx, highest))
	}
	return s
}

// barPath is the path of the bars from first to last.
func barPath(counts []int64, first, last int) string {
	if first < 0 {
		return ""
	}
	most := slices.Max(append([]int64{1}, counts...))
	step := 200 / float64(max(len(counts), 1))
	var d strings.Builder
	for i := first; i <= last; i++ {
		h := 0.0
		if counts[i] > 0 {
			h = max(38*float64(counts[i])/float64(most), 2)
		}
		w := step - min(1.5, step/4)
		d.WriteString("M" + formatCoordinate(step*float64(i)) + " 40v" + formatCoordinate(-h) + "h" + formatCoordinate(w) + "v" + formatCoordinate(h) + "z")
	}
	return d.String()
}
