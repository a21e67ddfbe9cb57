package deals

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/workflow"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
)

// piecePrefix tells the fields of one deliverable from those of another.
func piecePrefix(number int) string { return fmt.Sprintf("p%d-", number) }

// actionForms are what the actor can do with a deliverable now; on top of the
// page the first of them is the one primary button.
func actionForms(ctx context.Context, a models.Actor, d deals.Deal, x deals.Deliverable, r refusal, now time.Time, top bool) []dealsview.ActionForm {
	var all []dealsview.ActionForm
	for i, action := range deals.Actions(a, d, x, now) {
		f := dealsview.ActionForm{
			ID: fmt.Sprintf("%s%s", piecePrefix(x.Number), action), Path: paths.DeliverableAction(d.PublicID, x.Number, deals.DeliverableTable.Describe(action).Path),
			Version: strconv.Itoa(x.Version), Button: components.Button{Label: i18n.T(ctx, deals.DeliverableTable.ButtonKey(action))},
			Fields: actionFields(ctx, d, x, action),
		}
		if !top {
			f.Button.More = dealsview.DeliverableName(ctx, x.Item)
		}
		mine := x.Waits() == deals.PartyOf(a, d.Brand.ID, d.Creator.ID)
		if top && mine && i == 0 {
			f.Button.Kind = components.Primary
		} else if len(f.Fields) > 0 {
			f.Ask = f.Button.Label
		}
		if r.Number == x.Number && r.Action == action {
			f.KeepAnswers(r.Answers, web.FieldTexts(ctx, r.Fields))
		}
		all = append(all, f)
	}
	return all
}

// actionFields are what an action asks of the person.
func actionFields(ctx context.Context, d deals.Deal, x deals.Deliverable, action deals.Action) []dealsview.ActionField {
	table, all := deals.DeliverableTable, []dealsview.ActionField(nil)
	for _, f := range table.Describe(action).Fields {
		field := components.Field{
			Name: f.Name, ID: components.FieldID(piecePrefix(x.Number) + f.Name), Label: i18n.T(ctx, table.LabelKey(f)),
			MaxLength: f.Max, Rows: f.Rows, Required: f.Required,
		}
		switch {
		case action == deals.ActionPublish:
			field.Required, field.Optional = x.Format == "video", x.Format != "video"
			field.Hint = addressHint(ctx, x.Item, d)
		default:
			field.Hint = i18n.T(ctx, table.HintKey(action, f), "brand", d.Brand.Name, "creator", d.Creator.Name)
		}
		if f.Kind == workflow.URLField {
			field.Type, field.InputMode = "url", "url"
		}
		all = append(all, dealsview.ActionField{Field: field, Long: f.Kind == workflow.TextField})
	}
	return all
}

// addressHint says what kind of address is needed, and what it proves.
func addressHint(ctx context.Context, it deals.Item, d deals.Deal) string {
	key := "deals.field.address.other"
	switch {
	case it.Format != "video":
		key = "deals.field.address.passing"
	case it.Platform == "tiktok":
		key = "deals.field.address.tiktok"
	}
	return i18n.T(ctx, key, "brand", d.Brand.Name)
}

// endings are the ways in which the actor can end the deal now. Where the other
// side is late, that is the one.
func endings(ctx context.Context, a models.Actor, d deals.Deal, r refusal, now time.Time) []dealsview.Ending {
	other := dealsview.OtherParty(deals.PartyOf(a, d.Brand.ID, d.Creator.ID), d.Brand, d.Creator)
	action, title := deals.ActionEnd, i18n.T(ctx, "deals.end.title")
	switch {
	case deals.CanEndLate(a, d, now):
		action, title = deals.ActionEndLate, i18n.T(ctx, "deals.end.late.title", "other", other.Name)
	case !deals.CanEnd(a, d, now):
		return nil
	}
	f := askReason(ctx, r, action, "end-", i18n.T(ctx, "deals.end.reason", "other", other.Name))
	f.ID, f.Path = "end", paths.DealEnding(d.PublicID)
	if action == deals.ActionEndLate {
		f.Fields[0].Optional, f.Fields[0].Required = true, false
		f.Carries = []components.Hidden{{Name: "late", Value: "1"}}
	}
	open := unfinished(d)
	f.Button.Label = i18n.T(ctx, "deals.end.button", "n", open)
	costs := []string{
		i18n.T(ctx, "deals.end.cost.pieces", "n", open),
		i18n.T(ctx, "deals.end.cost.money", "worth", d.Terms.Worth()),
		i18n.T(ctx, "deals.end.cost.history", "other", other.Name),
	}
	return []dealsview.Ending{{Title: title, Costs: costs, Form: f}}
}

// unfinished counts the deliverables that are not completed.
func unfinished(d deals.Deal) int {
	n := 0
	for _, x := range d.Deliverables {
		if x.State != deals.Completed {
			n++
		}
	}
	return n
}
