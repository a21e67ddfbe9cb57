package deals

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/components"
)

// presentDeliverable presents a deliverable in its state, with what the actor can do.
func presentDeliverable(ctx context.Context, a models.Actor, d deals.Deal, x deals.Deliverable, r Refusal, now time.Time, above bool) Deliverable {
	side := deals.PartyOf(a, d.Brand.ID, d.Creator.ID)
	p := Deliverable{
		ID: fmt.Sprintf("piece-%d", x.Number), Name: DeliverableName(ctx, x.Item), Kind: deliverableKindText(ctx, x.Item),
		Due: i18n.Day(ctx, x.DueOn), DueOn: x.DueOn.String(), StateKind: deliverableStateKind(x, side, now), State: i18n.T(ctx, x.State.Key()),
		Exhibits: deliverableExhibits(ctx, d, x), Forms: presentActions(ctx, a, d, x, r, now, false),
	}
	p.Above = above && len(p.Forms) > 0
	if key := x.Proof.Key(); key != "" {
		p.Proof = Proof{Kind: components.Good, Word: i18n.T(ctx, key)}
	}
	if x.DeadlineAt != nil {
		if p.Until = waitingLine(ctx, d, x, side, now); !above { // the card on top says it
			p.Otherwise = otherwiseLine(ctx, d, x, side, now)
		}
	}
	return p
}

func deliverableKindText(ctx context.Context, it deals.Item) string {
	return i18n.T(ctx, it.TitleKey(), "type", i18n.T(ctx, it.TypeKey()), "format", i18n.T(ctx, it.FormatKey()), "platform", i18n.T(ctx, it.PlatformKey()))
}

// deliverableStateKind is the style of a state: marigold for the side that has to act.
func deliverableStateKind(x deals.Deliverable, side models.Side, now time.Time) string {
	switch {
	case x.DeadlineAt != nil && deals.WaitsFor(side, x, now):
		return components.Turn
	case x.State == deals.Completed, x.State == deals.Published:
		return components.Good
	case x.State == deals.Objected:
		return components.Bad
	}
	return components.Off
}

// waitingLine says who has to act by when.
func waitingLine(ctx context.Context, d deals.Deal, x deals.Deliverable, side models.Side, now time.Time) string {
	if x.IsHeld() {
		return i18n.T(ctx, "deals.hold.who")
	}
	if c := openContract(d, x); c != nil {
		return contractWaitingLine(ctx, d, *c, side, now)
	}
	who := OtherParty(side, d.Brand, d.Creator).Name
	if x.Waits() == side {
		who = i18n.T(ctx, "deals.you")
	}
	key := "deals.until"
	if !now.Before(x.DueNow()) {
		key = "deals.was_due"
	}
	return i18n.T(ctx, key, "who", who, "by", DeadlineText(ctx, x.DueNow(), now))
}

// otherwiseLine says what happens if nobody acts. Once the deadline has passed and
// nothing happens by itself, one side may end the deal.
func otherwiseLine(ctx context.Context, d deals.Deal, x deals.Deliverable, side models.Side, now time.Time) string {
	if x.IsHeld() {
		return i18n.T(ctx, "deals.hold.stands")
	}
	if c := openContract(d, x); c != nil {
		return contractOtherwise(ctx, *c, now)
	}
	if x.Late(now) && deals.DeliverableTable.Rule(x.State).AtDeadline == "" {
		if slices.Contains(deals.DeliverableTable.SidesWhenLate(x.State), side) {
			return i18n.T(ctx, "deals.may_end.you", "by", DeadlineText(ctx, x.DueNow(), now))
		}
		return i18n.T(ctx, "deals.may_end.other", "other", OtherParty(side, d.Brand, d.Creator).Name)
	}
	return i18n.T(ctx, x.State.OtherwiseKey(), "deadline", DeadlineText(ctx, *x.DeadlineAt, now), "brand", d.Brand.Name, "creator", d.Creator.Name)
}

// deliverableExhibits are the draft, the requested changes, the publication and the
// objection, as far as they exist.
func deliverableExhibits(ctx context.Context, d deals.Deal, x deals.Deliverable) []Exhibit {
	var all []Exhibit
	add := func(key, text, href, link string, args ...any) {
		if text != "" || href != "" {
			all = append(all, Exhibit{Name: i18n.T(ctx, key, append([]any{"brand", d.Brand.Name, "creator", d.Creator.Name}, args...)...), Text: text, Href: href, Link: link})
		}
	}
	add("deals.exhibit.draft", x.DraftNote, x.DraftURL, i18n.T(ctx, "deals.open.submit_draft"), "number", draftNumber(x))
	if x.State == deals.Changes {
		add("deals.exhibit.changes", x.ChangesNote, "", "", "round", x.Rounds)
	}
	if last, ok := latestEvent(d, x.Number); ok && last.Action == deals.ActionRefuse {
		add("deals.exhibit.refused", last.Note, "", "")
	}
	if x.PublishedAt != nil {
		add("deals.exhibit.published", "", x.PublishedURL, i18n.T(ctx, "deals.open.publish"), "on", i18n.Date(ctx, *x.PublishedAt))
	}
	if x.State == deals.Objected {
		add("deals.exhibit.objection", x.Objection, "", "")
	}
	return all
}

// latestEvent is the latest event of a deliverable.
func latestEvent(d deals.Deal, number int) (deals.Event, bool) {
	for i := len(d.Events) - 1; i >= 0; i-- {
		if d.Events[i].Number == number && !d.Events[i].IsPartOfEnding() && !d.Events[i].IsPartOfAmending() {
			return d.Events[i], true
		}
	}
	return deals.Event{}, false
}

// draftNumber is the number of the latest draft: one more than the rounds of changes,
// unless the last round still waits for its draft.
func draftNumber(x deals.Deliverable) int {
	if x.State == deals.Changes {
		return x.Rounds
	}
	return x.Rounds + 1
}
