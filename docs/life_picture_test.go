package docs_test

import (
	"fmt"
	"html"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/workflow"
)

// lived is one state on the way of a deal: whose turn it is, and what that side does.
type lived struct {
	state  string
	waits  models.Side
	action string // that leads on; "" at the end
}

// walk follows actions through a table from a state; whose turn it is does each.
func walk[S ~string](t *testing.T, table *workflow.Table[S], from S, actions []workflow.Action, holds ...workflow.Condition) []lived {
	t.Helper()
	var way []lived
	for _, a := range actions {
		rule := table.Rule(from)
		next, ok := table.Next(from, a, rule.Waits, holds...)
		if !ok {
			t.Fatalf("%s by the %s leads nowhere from %s", a, rule.Waits, from)
		}
		way = append(way, lived{string(from), rule.Waits, string(a)})
		from = next.To
	}
	return append(way, lived{state: string(from)})
}

// lifeOfADeal is a deal that goes well, with a counter-offer of each side and a round of changes.
func lifeOfADeal(t *testing.T) (talking, working []lived) {
	t.Helper()
	talking = walk(t, negotiation.Table, negotiation.Table.Begin[0].To, []workflow.Action{negotiation.ActionCounter, negotiation.ActionCounter, negotiation.ActionAccept})
	working = walk(t, deals.DeliverableTable, deals.Drafting, []workflow.Action{
		deals.ActionSubmitDraft, deals.ActionRequestChanges, deals.ActionSubmitDraft, deals.ActionApprove, deals.ActionPublish, deals.ActionComplete,
	}, deals.Proven)
	return talking, working
}

func TestTheLifeOfADealIsDrawnFromTheTables(t *testing.T) {
	t.Parallel()
	talking, working := lifeOfADeal(t)
	for name, want := range map[string]string{"life-negotiation.svg": lanePicture("A negotiation", talking), "life-deliverable.svg": lanePicture("A deliverable", working)} {
		if *update {
			if err := os.WriteFile(name, []byte(want), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != want {
			t.Errorf("docs/%s is not what the tables say (%v): go generate ./docs", name, err)
		}
	}
}

// What the page calls a state or an action is one, and it leaves none of the states out.
func TestTheLifeOfADealNamesWhatThereIs(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("life-of-a-deal.md")
	if err != nil {
		t.Fatal(err)
	}
	var named, known, states []string
	for _, m := range regexp.MustCompile("`([a-z_]+)`").FindAllStringSubmatch(string(page), -1) {
		named = append(named, m[1])
	}
	for _, s := range negotiation.Table.States() {
		states = append(states, string(s))
	}
	for _, s := range deals.DeliverableTable.States() {
		states = append(states, string(s))
	}
	known = append(known, states...)
	for _, row := range negotiation.Table.Transitions {
		known = append(known, string(row.Action))
	}
	for _, row := range deals.DeliverableTable.Transitions {
		known = append(known, string(row.Action))
	}
	for _, row := range deals.RepetitionTable.Transitions {
		known = append(known, string(row.Action))
	}
	for _, name := range named {
		if !slices.Contains(known, name) {
			t.Errorf("there is no state or action %s", name)
		}
	}
	for _, s := range states {
		if !slices.Contains(named, s) {
			t.Errorf("the page says nothing of %s", s)
		}
	}
}

const (
	laneWidth = 250
	rowHeight = 84
)

// lanePicture draws a way down two lanes, each state in the lane of the side whose turn it is.
func lanePicture(of string, way []lived) string {
	width, height := 2*margin+2*laneWidth, 2*margin+30+len(way)*rowHeight-rowHeight+boxHeight
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="t d">`+"\n", width, height, width, height)
	var spoken []string
	for _, s := range way {
		if s.action != "" {
			spoken = append(spoken, fmt.Sprintf("%s waits for the %s: %s", s.state, s.waits, s.action))
		}
	}
	fmt.Fprintf(&b, "<title id=\"t\">%s that goes well</title>\n<desc id=\"d\">%s; %s</desc>\n%s", of, strings.Join(spoken, "; "), way[len(way)-1].state, pictureStyle)
	center := func(i int) float64 {
		switch way[i].waits {
		case models.SideBrand:
			return margin + laneWidth/2
		case models.SideCreator:
			return margin + laneWidth*1.5
		}
		return margin + laneWidth
	}
	top := func(i int) float64 { return float64(margin + 30 + i*rowHeight) }
	for i, name := range []string{"The brand's turn", "The creator's turn"} {
		fmt.Fprintf(&b, `<text class="small" x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n", margin+laneWidth*(float64(i)+0.5), margin+10, name)
	}
	for i, s := range way {
		x := center(i)
		class := "box final"
		if s.waits != "" {
			class = "box " + string(s.waits)
		}
		fmt.Fprintf(&b, `<rect class="%s" x="%.1f" y="%.1f" width="%d" height="%d" rx="8"/>`+"\n", class, x-boxWidth/2, top(i), boxWidth, boxHeight)
		fmt.Fprintf(&b, `<text class="name" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n", x, top(i)+27, html.EscapeString(s.state))
		if s.action == "" {
			continue
		}
		from, to, half := top(i)+boxHeight, top(i+1)-2, (top(i)+boxHeight+top(i+1))/2
		fmt.Fprintf(&b, `<path class="line" d="M%.1f %.1f V%.1f H%.1f V%.1f"/>`+"\n", x, from, half, center(i+1), to)
		anchor, at := "end", max(x, center(i+1))
		if x >= center(i+1) {
			anchor, at = "start", min(x, center(i+1))
		}
		label := at + 8
		if anchor == "end" {
			label = at - 8
		}
		fmt.Fprintf(&b, `<text class="small" x="%.1f" y="%.1f" text-anchor="%s">%s</text>`+"\n", label, half-5, anchor, s.action)
	}
	b.WriteString("</svg>\n")
	return b.String()
}
