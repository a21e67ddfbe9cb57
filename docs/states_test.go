package docs_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/workflow"
)

//go:generate go test -run TestStatesAreDocumented -update .

var update = flag.Bool("update", false, "write states.md anew")

func TestStatesAreDocumented(t *testing.T) {
	t.Parallel()
	want := statesPage()
	if *update {
		if err := os.WriteFile("states.md", []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile("states.md"); err != nil || string(got) != want {
		t.Fatalf("docs/states.md is not what the tables say (%v): go generate ./docs", err)
	}
}

func statesPage() string {
	var b strings.Builder
	b.WriteString("# States, actions and deadlines\n\n")
	b.WriteString("Generated from the tables that `models/workflow` describes: `go generate ./docs`. A test compares them.\n\n")
	b.WriteString("The same action sent twice by the same side leads to its one result; any other action on a state that has changed is a conflict (409). ")
	b.WriteString("A deadline is the end of a day where the side that has to act lives; it is stored when its state is entered. ")
	b.WriteString("That side is reminded when the day before the due day ends.\n\n")
	b.WriteString("## Proposal\n\n")
	describe(&b, deals.ProposalTable)
	b.WriteString("\n## Deliverable\n\n")
	describe(&b, deals.DeliverableTable)
	b.WriteString("\nEnding is the whole deal's: every deliverable that is not completed ends with it.\n")
	b.WriteString("\n## Deal\n\nA deal's state follows from its deliverables; the first row that holds counts.\n\n")
	b.WriteString("| State | Holds when |\n|---|---|\n")
	for _, row := range [][2]string{
		{string(deals.DealEnded), "a side has ended the deal"},
		{string(deals.DealObjected), "the brand objects to a publication"},
		{string(deals.DealProduction), "a draft is still to be approved: something is " + quote(deals.Drafting, deals.Review, deals.Changes)},
		{string(deals.DealPublication), "something is still to be published: " + quote(deals.Approved, deals.Claimed)},
		{string(deals.DealPublished), "everything is public: something is " + quote(deals.Published) + ", the rest " + quote(deals.Completed)},
		{string(deals.DealCompleted), "everything is " + quote(deals.Completed)},
	} {
		fmt.Fprintf(&b, "| `%s` | %s |\n", row[0], row[1])
	}
	return b.String()
}

func quote[S ~string](names ...S) string {
	quoted := make([]string, len(names))
	for i, s := range names {
		quoted[i] = "`" + string(s) + "`"
	}
	return strings.Join(quoted, ", ")
}

func describe[S ~string](b *strings.Builder, t *workflow.Table[S]) {
	b.WriteString("```mermaid\nstateDiagram-v2\n")
	fmt.Fprintf(b, "  [*] --> %s\n", t.States()[0])
	for _, row := range t.Transitions {
		if row.Action != deals.ActionEnd && row.Action != deals.ActionEndLate {
			fmt.Fprintf(b, "  %s --> %s: %s (%s)\n", row.From, row.To, row.Action, sides(row.By, ", "))
		}
	}
	for _, r := range t.Rules {
		if r.Final() {
			fmt.Fprintf(b, "  %s --> [*]\n", r.State)
		}
	}
	b.WriteString("```\n\n| State | Means | Waits for | Due | If nobody acts |\n|---|---|---|---|---|\n")
	for _, r := range t.Rules {
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s |\n", r.State, r.Doc, r.Waits, r.Deadline, otherwise(t, r))
	}
	b.WriteString("\n| From | Action | By | When | To |\n|---|---|---|---|---|\n")
	for _, row := range t.Transitions {
		to := quote(row.To)
		if row.Doc != "" {
			to += ", " + row.Doc
		}
		fmt.Fprintf(b, "| `%s` | `%s` | %s | %s | %s |\n", row.From, row.Action, sides(row.By, ", "), conditions[row.If], to)
	}
}

func otherwise[S ~string](t *workflow.Table[S], r workflow.Rule[S]) string {
	if r.Final() {
		return ""
	}
	if row, ok := t.Default(r.State); ok {
		return fmt.Sprintf("`%s` by the system: `%s`", row.Action, row.To)
	}
	from := "from then on"
	if r.Deadline.Grace > 0 {
		from = fmt.Sprintf("from the end of %d days later on", r.Deadline.Grace)
	}
	return from + " the " + sides(t.SidesWhenLate(r.State), " or the ") + " may end the deal as late"
}

var conditions = map[workflow.Condition]string{
	workflow.Late:  "the deadline has passed",
	deals.Proven:   "the URL shows the creator's own handle (TikTok video)",
	deals.Unproven: "the URL proves nothing, or there is none (live, story)",
}

func sides(by []models.Side, between string) string {
	names := make([]string, len(by))
	for i, s := range by {
		names[i] = string(s)
	}
	return strings.Join(names, between)
}
