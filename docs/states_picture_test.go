package docs_test

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/workflow"
)

// A picture of a table: its states in a column, in their order; what leads to the
// next one down stands between them, what leads further down to the right, and
// what leads back to the left, each in a lane of its own.

const (
	boxWidth, boxHeight = 170, 44
	boxGap              = 62
	firstLane           = 26  // from the boxes to the first lane
	laneGap             = 24  // from a lane's text to the next lane
	charWidth           = 6.6 // of the labels, about
	margin              = 16
)

// pictureStyle gives a picture colours that follow those of the page, and the tip of an arrow.
const pictureStyle = `<style>
text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: #102b22; }
.name { font-weight: 600; } .small { font-size: 12px; fill: #48584f; }
.box { fill: #fbfdfb; stroke: #48584f; stroke-width: 1.2; } .final { stroke-dasharray: 4 3; }
.brand { fill: #e6edfb; stroke: #2c55b3; } .creator { fill: #fdf0d8; stroke: #8f5a00; }
.line { fill: none; stroke: #48584f; stroke-width: 1.4; marker-end: url(#a); } .tip { fill: #48584f; }
@media (prefers-color-scheme: dark) {
text { fill: #e9efe8; } .small { fill: #a9b6ae; }
.box { fill: #0d1613; stroke: #a9b6ae; } .brand { fill: #17264a; stroke: #8fb0ff; } .creator { fill: #3a2a0c; stroke: #f0bf66; }
.line { stroke: #a9b6ae; } .tip { fill: #a9b6ae; }
}
</style>
<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>
`

// edge is all that leads from one state to another.
type edge struct {
	from, to int
	label    []string
	lane     int
}

func (e edge) top() int    { return min(e.from, e.to) }
func (e edge) bottom() int { return max(e.from, e.to) }

func (e edge) width() float64 {
	longest := 0
	for _, l := range e.label {
		longest = max(longest, len(l))
	}
	return float64(longest) * charWidth
}

// picture draws a table as SVG, in colours that follow the reader's.
func picture[S ~string](t *workflow.Table[S]) string {
	next, right, left, anywhere := edges(t)
	beside := float64(firstLane) // the right lanes pass the texts between the boxes
	for _, e := range next {
		beside = max(beside, 10+e.width()+laneGap-boxWidth/2)
	}
	rightLanes, leftLanes := layLanes(right, beside), layLanes(left, firstLane)
	x := margin + leftLanes.width
	height := 2*margin + boxGap/2 + len(t.Rules)*(boxHeight+boxGap) - boxGap
	width := x + boxWidth + max(rightLanes.width, float64(len(strings.Join(anywhere.label, "; ")))*charWidth+20) + margin
	top := func(i int) float64 { return float64(margin + boxGap/2 + i*(boxHeight+boxGap)) }

	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" width="%.0f" height="%d" role="img" aria-labelledby="t">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, "<title id=\"t\">The states of a %s</title>\n", t.Subject)
	b.WriteString(pictureStyle)
	center := x + boxWidth/2
	if len(t.Begin) > 0 {
		beginLabels := make([]string, len(t.Begin))
		for i, row := range t.Begin {
			beginLabels[i] = label(row)
		}
		fmt.Fprintf(&b, `<path class="line" d="M%.1f %d V%.1f"/>`+"\n", center, margin-8, top(0)-2)
		writeLabel(&b, center+10, float64(margin)+14, "start", beginLabels)
	}
	for _, e := range next {
		fmt.Fprintf(&b, `<path class="line" d="M%.1f %.1f V%.1f"/>`+"\n", center, top(e.from)+boxHeight, top(e.to)-2)
		writeLabel(&b, center+10, (top(e.from)+boxHeight+top(e.to))/2+4, "start", e.label)
	}
	for i, e := range right {
		lane := x + boxWidth + rightLanes.at[i]
		from, to := top(e.from)+boxHeight*0.7, top(e.to)+boxHeight*0.3
		fmt.Fprintf(&b, `<path class="line" d="M%.1f %.1f H%.1f V%.1f H%.1f"/>`+"\n", x+boxWidth, from, lane, to, x+boxWidth+2)
		writeLabel(&b, lane+8, (from+to)/2+4, "start", e.label)
	}
	for i, e := range left {
		lane := x - leftLanes.at[i]
		from, to := top(e.from)+boxHeight*0.3, top(e.to)+boxHeight*0.7
		fmt.Fprintf(&b, `<path class="line" d="M%.1f %.1f H%.1f V%.1f H%.1f"/>`+"\n", x, from, lane, to, x-2)
		writeLabel(&b, lane-8, (from+to)/2+4, "end", e.label)
	}
	for i, r := range t.Rules {
		class, waits := "box final", "final"
		if !r.Final() {
			class, waits = "box "+string(r.Waits), "waits for the "+string(r.Waits)
		}
		fmt.Fprintf(&b, `<rect class="%s" x="%.1f" y="%.1f" width="%d" height="%d" rx="8"/>`+"\n", class, x, top(i), boxWidth, boxHeight)
		fmt.Fprintf(&b, `<text class="name" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n", center, top(i)+19, r.State)
		fmt.Fprintf(&b, `<text class="small" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n", center, top(i)+35, waits)
	}
	if len(anywhere.label) > 0 {
		writeLabel(&b, x+boxWidth+14, top(anywhere.to)+boxHeight/2-2, "start", append([]string{"from the states that wait:"}, anywhere.label...))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func writeLabel(b *strings.Builder, x, y float64, anchor string, lines []string) {
	y -= float64(len(lines)-1) * 7.5
	for i, l := range lines {
		fmt.Fprintf(b, `<text class="small" x="%.1f" y="%.1f" text-anchor="%s">%s</text>`+"\n", x, y+float64(i)*15, anchor, html.EscapeString(l))
	}
}

// edges sorts a table's rows by where they lead. What is possible from every
// state that waits is told once rather than drawn.
func edges[S ~string](t *workflow.Table[S]) (next, right, left []edge, anywhere edge) {
	states, waiting := t.States(), 0
	for _, r := range t.Rules {
		if !r.Final() {
			waiting++
		}
	}
	var all []edge
	for _, row := range t.Transitions {
		from, to := slices.Index(states, row.From), slices.Index(states, row.To)
		if waiting > 1 && fromAnywhere(t, row.To) == waiting {
			if anywhere.to = to; !slices.Contains(anywhere.label, label(row)) {
				anywhere.label = append(anywhere.label, label(row))
			}
			continue
		}
		if i := slices.IndexFunc(all, func(e edge) bool { return e.from == from && e.to == to }); i >= 0 {
			all[i].label = append(all[i].label, label(row))
		} else {
			all = append(all, edge{from: from, to: to, label: []string{label(row)}})
		}
	}
	for _, e := range all {
		switch {
		case e.to == e.from+1:
			next = append(next, e)
		case e.to > e.from:
			right = append(right, e)
		default:
			left = append(left, e)
		}
	}
	return next, right, left, anywhere
}

// fromAnywhere is from how many states something leads to a state.
func fromAnywhere[S ~string](t *workflow.Table[S], to S) int {
	var from []S
	for _, row := range t.Transitions {
		if row.To == to && !slices.Contains(from, row.From) {
			from = append(from, row.From)
		}
	}
	return len(from)
}

func label[S ~string](row workflow.Transition[S]) string {
	who := sides(row.By, " or ")
	switch {
	case slices.Contains(row.By, models.SideSystem):
		who = "if nobody acts"
	case row.If != workflow.Always:
		who += ", " + string(row.If)
	}
	return fmt.Sprintf("%s (%s)", row.Action, who)
}

type lanes struct {
	at    []float64 // how far from the boxes each edge's lane is
	width float64
}

// layLanes gives edges that pass each other lanes of their own, the short ones
// nearest to the boxes.
func layLanes(all []edge, first float64) lanes {
	slices.SortStableFunc(all, func(a, b edge) int { return (a.bottom() - a.top()) - (b.bottom() - b.top()) })
	out := lanes{at: make([]float64, len(all)), width: first}
	for i := range all {
		for j := range i {
			if all[j].lane == all[i].lane && all[j].top() < all[i].bottom() && all[i].top() < all[j].bottom() {
				all[i].lane = all[j].lane + 1
			}
		}
	}
	at := first
	for lane := 0; ; lane++ {
		widest, found := 0.0, false
		for i, e := range all {
			if e.lane == lane {
				out.at[i], found, widest = at, true, max(widest, e.width())
			}
		}
		if !found {
			return out
		}
		at += widest + laneGap
		out.width = at
	}
}
