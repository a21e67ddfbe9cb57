package docs_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/workflow"
)

//go:generate go test -run TestStatesAreDocumented|TestTheLifeOfADealIsDrawn -update .

var update = flag.Bool("update", false, "write the pages and pictures of the states anew")

func TestStatesAreDocumented(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"states.md": statesPage(), "states-negotiation.svg": picture(negotiation.Table), "states-held_offer.svg": picture(negotiation.HeldTable), "states-contract.svg": picture(contracts.Table), "states-deliverable.svg": picture(deals.DeliverableTable), "states-repetition.svg": picture(deals.RepetitionTable), "states-hold.svg": picture(deals.HoldTable),
	} {
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

func statesPage() string {
	var b strings.Builder
	b.WriteString("# States, actions and deadlines\n\n")
	b.WriteString("Generated from the tables that `models/workflow` describes: `go generate ./docs`. A test compares them.\n\n")
	b.WriteString("The same action sent twice by the same side leads to its one result; any other action on a state that has changed is a conflict (409). ")
	b.WriteString("A deadline is the end of a day where the side that has to act lives; it is stored when its state is entered. ")
	b.WriteString("That side is reminded when the day before the due day ends.\n\n")
	b.WriteString("## Negotiation\n\n")
	describe(&b, negotiation.Table)
	b.WriteString("\n## Held offer\n\n")
	b.WriteString("What a brand writes before its writer's e-mail address is confirmed, or what is worth more than it may offer or accept without approval, is held: it is no offer yet, only the brand sees it, and it has no line in the history ([0025](adr/0025-an-unsent-proposal-is-a-draft.md), [0031](adr/0031-what-waits-for-approval-is-no-offer-yet.md)). It is sent, with its clock, once nothing stands in the way. What answers an offer can be approved until that offer expires at most; 30 days after the last of these steps it is deleted.\n\n")
	describe(&b, negotiation.HeldTable)
	b.WriteString("\n## Contract\n\n")
	describe(&b, contracts.Table)
	b.WriteString("\nA deal whose work needs a contract waits for both signatures; another side may ask for a contract of any deal, whose work then goes on meanwhile. A contract is asked for with the deal or by a side, and both are reminded on days 3, 7 and 12.\n")
	b.WriteString("\n## Deliverable\n\n")
	describe(&b, deals.DeliverableTable)
	b.WriteString("\nEnding is the whole deal's: every deliverable that is not completed ends with it, by a step of its own. Both sides are told once.\n")
	b.WriteString("\n## Repetition\n\n")
	b.WriteString("Where the terms repeat, each month is a deal of its own: a cycle ([0034](adr/0034-each-month-is-a-deal.md)). A cycle begins with its day where the creator lives, once the contract of the first is signed where one is needed, and while both sides can act; what begins late has its due days moved by as many days.\n\n")
	describe(&b, deals.RepetitionTable)
	b.WriteString("\n## Hold of a deal\n\n")
	b.WriteString("A side that is suspended, or that has asked to be erased, cannot act: its open offers are withdrawn, and each of its running deals is held ([0033](adr/0033-who-cannot-act-keeps-nobody-waiting-for-ever.md)). All clocks of a held deal and its open contract stand still, nobody is reminded, and either side may still do what it can. The days of a hold end where the side lives that waits. Each side that is away has a hold of its own; the clocks go on once the last one is released.\n\n")
	describe(&b, deals.HoldTable)
	b.WriteString("\n## Deal\n\nA deal's state follows from its deliverables; the first row that holds counts.\n\n")
	b.WriteString("| State | Holds when |\n|---|---|\n")
	for _, row := range [][2]string{
		{string(deals.DealEnded), "a side has ended the deal"},
		{string(deals.DealObjected), "the brand objects to a publication"},
		{string(deals.DealProduction), "a draft is still to be approved: something is " + quote(deals.Waiting, deals.Drafting, deals.Review, deals.Changes)},
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
	fmt.Fprintf(b, "![The states of a %[1]s, and what leads from one to another](states-%[1]s.svg)\n\n", t.Subject)
	b.WriteString("| State | Means | Waits for | Due | If nobody acts |\n|---|---|---|---|---|\n")
	for _, r := range t.Rules {
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s |\n", r.State, r.Doc, r.Waits, r.Deadline, otherwise(t, r))
	}
	b.WriteString("\n| From | Action | By | When | To | Then |\n|---|---|---|---|---|---|\n")
	for _, row := range t.Transitions {
		to := quote(row.To)
		if row.KeepsClock {
			to += ", its deadline stays"
		}
		if row.Doc != "" {
			to += ", " + row.Doc
		}
		fmt.Fprintf(b, "| `%s` | `%s` | %s | %s | %s | %s |\n", row.From, row.Action, sides(row.By, ", "), conditions[row.If], to, effects(append(slices.Clone(t.Effects), row.Effects...)))
	}
}

func otherwise[S ~string](t *workflow.Table[S], r workflow.Rule[S]) string {
	if r.Final() || r.Deadline.From == "" {
		return ""
	}
	if row, ok := t.Default(r.State); ok {
		return fmt.Sprintf("`%s` by the system: `%s`", row.Action, row.To)
	}
	from := "from then on"
	if r.Deadline.Grace > 0 {
		from = fmt.Sprintf("from the end of %d more days on", r.Deadline.Grace)
	}
	return from + " the " + sides(t.SidesWhenLate(r.State), " or the ") + " may end the deal as late"
}

var conditions = map[workflow.Condition]string{
	workflow.Late:          "the deadline has passed",
	negotiation.NotAsked:   "nobody asks for a later day",
	negotiation.Asked:      "the other side asks for a later day",
	contracts.Unsigned:     "that side has not signed",
	contracts.OtherAwaited: "the other side has not done its part; once a day",
	deals.LastCycle:        "no further cycle begins after it",
	deals.SideGone:         "a side has no account any more",
	deals.OtherAway:        "the deal has been held for the other side, and the day until which that lasts is over",
	deals.Proven:           "the URL shows the creator's own handle (TikTok video)",
	deals.Unproven:         "the URL proves nothing, or there is none (live, story)",
}

// effects are what follows in the same transaction.
func effects(all []workflow.Effect) string {
	names := make([]string, len(all))
	for i, f := range all {
		names[i] = meaning[f]
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

var meaning = map[workflow.Effect]string{
	contracts.OpenWork:    "the work of the deal begins",
	contracts.EndDeal:     "a deal whose work waits for it ends",
	workflow.Notify:       "the side that did not act is told",
	deals.EndParted:       "the deal ends by `end_away`",
	deals.FollowActivity:  "the creator's record follows",
	negotiation.LapseHeld: "what the brand holds in it is settled",
}

func sides(by []models.Side, between string) string {
	names := make([]string, len(by))
	for i, s := range by {
		names[i] = string(s)
	}
	return strings.Join(names, between)
}
