package deals

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/workflow"
	"tribemarket/views/components"
	"tribemarket/views/paths"
	termsview "tribemarket/views/terms"
)

// fieldPrefix distinguishes the fields of one deliverable from those of another.
func fieldPrefix(number int) string { return fmt.Sprintf("p%d-", number) }

// presentActions presents what the actor can do with a deliverable now; at the top of the
// page the first action has the only primary button.
func presentActions(ctx context.Context, a models.Actor, d deals.Deal, x deals.Deliverable, r Refusal, now time.Time, top bool) []ActionForm {
	var all []ActionForm
	for i, action := range deals.Actions(a, d, x, now) {
		f := ActionForm{
			ID: fmt.Sprintf("%s%s", fieldPrefix(x.Number), action), Path: paths.DeliverableAction(d.PublicID, x.Number, deals.DeliverableTable.Describe(action).Path),
			Version: strconv.Itoa(x.Version), Button: components.Button{Label: i18n.T(ctx, deals.DeliverableTable.ButtonKey(action))},
			Fields: actionFields(ctx, d, x, action),
		}
		if !top {
			f.Button.More = DeliverableName(ctx, x.Item)
		}
		mine := x.Waits() == deals.PartyOf(a, d.Brand.ID, d.Creator.ID)
		if top && mine && i == 0 {
			f.Button.Kind = components.Primary
		} else if len(f.Fields) > 0 {
			f.Ask = f.Button.Label
		}
		if r.Number == x.Number && r.Action == action {
			f.KeepAnswers(r.Answers, components.FieldTexts(ctx, r.Fields))
		}
		all = append(all, f)
	}
	return all
}

// actionFields are the fields of an action.
func actionFields(ctx context.Context, d deals.Deal, x deals.Deliverable, action deals.Action) []ActionField {
	table, all := deals.DeliverableTable, []ActionField(nil)
	for _, f := range table.Describe(action).Fields {
		field := components.Field{
			Name: f.Name, ID: components.FieldID(fieldPrefix(x.Number) + f.Name), Label: i18n.T(ctx, table.LabelKey(f)),
			MaxLength: f.Max, Rows: f.Rows, Required: f.Required,
		}
		if action == deals.ActionPublish {
			field.Required, field.Optional = x.Format == "video", x.Format != "video"
			field.Hint = publicationHint(ctx, x.Item, d)
		} else {
			field.Hint = i18n.T(ctx, table.HintKey(action, f), "brand", d.Brand.Name, "creator", d.Creator.Name)
		}
		if f.Kind == workflow.URLField {
			field.Type, field.InputMode = "url", "url"
		}
		all = append(all, ActionField{Field: field, Long: f.Kind == workflow.TextField})
	}
	return all
}

// publicationHint says which kind of URL is needed, and what it proves.
func publicationHint(ctx context.Context, it deals.Item, d deals.Deal) string {
	key := "deals.field.address.other"
	switch {
	case it.Format != "video":
		key = "deals.field.address.passing"
	case it.Platform == "tiktok":
		key = "deals.field.address.tiktok"
	}
	return i18n.T(ctx, key, "brand", d.Brand.Name)
}

// presentEndings presents the ways in which the actor can end the deal now. If the other
// side is late, ending it for that is the only one.
func presentEndings(ctx context.Context, a models.Actor, d deals.Deal, r Refusal, now time.Time) []Ending {
	other := OtherParty(deals.PartyOf(a, d.Brand.ID, d.Creator.ID), d.Brand, d.Creator)
	action, title := deals.ActionEnd, i18n.T(ctx, "deals.end.title")
	switch {
	case deals.CanEndAway(a, d, now):
		return []Ending{presentAwayEnding(ctx, d, deals.PartyOf(a, d.Brand.ID, d.Creator.ID))}
	case deals.CanEndLate(a, d, now):
		action, title = deals.ActionEndLate, i18n.T(ctx, "deals.end.late.title", "other", other.Name)
	case !deals.CanEnd(a, d, now):
		return nil
	}
	f := ReasonForm(ctx, r, action, i18n.T(ctx, deals.DeliverableTable.ButtonKey(action)), "end-", i18n.T(ctx, "deals.end.reason", "other", other.Name))
	f.ID, f.Path = "end", paths.DealEnding(d.PublicID)
	if action == deals.ActionEndLate {
		f.Fields[0].Optional, f.Fields[0].Required = true, false
		f.Carries = []components.Hidden{{Name: "late", Value: "1"}}
	}
	open := unfinishedCount(d)
	f.Button.Label = i18n.T(ctx, "deals.end.button", "n", open)
	costs := []string{
		i18n.T(ctx, "deals.end.cost.pieces", "n", open),
		i18n.T(ctx, "deals.end.cost.money", "worth", termsview.Reward(ctx, d.Terms)),
	}
	return []Ending{{Title: title, Costs: append(costs, finalCosts(ctx, d, other.Name)...), Form: f}}
}

// finalCosts say of any end that a repetition ends with it, and that it cannot be undone.
func finalCosts(ctx context.Context, d deals.Deal, other string) []string {
	final := i18n.T(ctx, "deals.end.cost.history", "other", other)
	if d.Cycles != nil && d.Cycles.State.GoesOn() {
		return []string{i18n.T(ctx, "deals.end.cost.cycles"), final}
	}
	return []string{final}
}

// unfinishedCount counts the deliverables that are not completed.
func unfinishedCount(d deals.Deal) int {
	n := 0
	for _, x := range d.Deliverables {
		if x.State != deals.Completed {
			n++
		}
	}
	return n
}
