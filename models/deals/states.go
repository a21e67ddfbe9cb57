package deals

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tribemarket/models"
)

// StatesMarkdown renders the two tables as docs/states.md.
func StatesMarkdown() string {
	var b strings.Builder
	b.WriteString("# States, actions and deadlines\n\n")
	b.WriteString("Generated from the tables in `models/deals/state.go`: `go generate ./models/deals`. A test compares them.\n\n")
	b.WriteString("The same action sent twice by the same side leads to its one result; any other action on a state that has changed is a conflict (409). ")
	b.WriteString("A deadline is stored when its state is entered and counts from then. ")
	b.WriteString("The side that has to act is reminded a day before.\n\n")
	b.WriteString("## Proposal\n\n")
	describe(&b, ProposalTable)
	b.WriteString("\n## Deliverable\n\n")
	describe(&b, DeliverableTable)
	b.WriteString("\nEnding is the whole deal's: every deliverable that is not completed ends with it.\n")
	b.WriteString("\n## Deal\n\nA deal's state follows from its deliverables; the first row that holds counts.\n\n")
	b.WriteString("| State | Holds when |\n|---|---|\n")
	for _, row := range [][2]string{
		{string(DealEnded), "a side has ended the deal"},
		{string(DealObjected), "the brand objects to a publication"},
		{string(DealProduction), "a draft is still to be approved: something is " + names(Drafting, Review, Changes)},
		{string(DealPublication), "something is still to be published: " + names(Approved, Claimed)},
		{string(DealPublished), "everything is public: something is " + names(Published) + ", the rest " + names(Completed)},
		{string(DealCompleted), "everything is " + names(Completed)},
	} {
		fmt.Fprintf(&b, "| `%s` | %s |\n", row[0], row[1])
	}
	return b.String()
}

func names(states ...State) string {
	quoted := make([]string, len(states))
	for i, s := range states {
		quoted[i] = "`" + string(s) + "`"
	}
	return strings.Join(quoted, ", ")
}

func describe[S ~string](b *strings.Builder, t Table[S]) {
	b.WriteString("```mermaid\nstateDiagram-v2\n")
	fmt.Fprintf(b, "  [*] --> %s\n", t.States()[0])
	for _, row := range t.Transitions() {
		if row.Action != ActionEnd && row.Action != ActionEndLate {
			fmt.Fprintf(b, "  %s --> %s: %s (%s)\n", row.From, row.Next, row.Action, sides(row.By))
		}
	}
	for _, s := range t.States() {
		if t.Rule(s).Final() {
			fmt.Fprintf(b, "  %s --> [*]\n", s)
		}
	}
	b.WriteString("```\n\n| State | Means | Waits for | Due | If nobody acts |\n|---|---|---|---|---|\n")
	for _, s := range t.States() {
		r := t.Rule(s)
		if r.Final() {
			fmt.Fprintf(b, "| `%s` | %s | | | |\n", s, r.Doc)
			continue
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s |\n", s, r.Doc, r.Waits, r.DueDoc, otherwise(t, r))
	}
	b.WriteString("\n| From | Action | By | When | To |\n|---|---|---|---|---|\n")
	for _, row := range t.Transitions() {
		fmt.Fprintf(b, "| `%s` | `%s` | %s | %s | `%s`%s |\n", row.From, row.Action, sides(row.By), when(row.If), row.Next, proof(row.Proof))
	}
}

func otherwise[S ~string](t Table[S], r Rule[S]) string {
	if r.AtDeadline != "" {
		next, _ := t.Next(r.State, r.AtDeadline, models.SideSystem, Late)
		return fmt.Sprintf("`%s` by the system: `%s`", r.AtDeadline, next.Next)
	}
	from := "from then on"
	if r.Grace > 0 {
		from = fmt.Sprintf("from %d days later on", r.Grace/(24*time.Hour))
	}
	return from + " the " + strings.Join(sidesOf(t.MayEndLate(r.State)), " or the ") + " may end the deal as late"
}

func when(c Condition) string {
	switch c {
	case Late:
		return "the deadline has passed"
	case Proven:
		return "the address shows the creator's own handle (TikTok video)"
	case Unproven:
		return "the address proves nothing, or there is none (live, story)"
	}
	return ""
}

func proof(p Proof) string {
	switch p {
	case ByAddress:
		return ", known by its address"
	case ByBrand:
		return ", confirmed by the brand"
	case BySilence:
		return ", known by the brand's silence"
	}
	return ""
}

func sides(by []models.Side) string { return strings.Join(sidesOf(by), ", ") }

func sidesOf(by []models.Side) []string {
	out := make([]string, 0, len(by))
	for _, s := range by {
		out = append(out, string(s))
	}
	return slices.Clip(out)
}
