package deals

import (
	"context"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	termsview "tribemarket/views/terms"
)

// mostUrgentDeliverable is the deliverable of the card on top, -1 for none: the one whose
// form was refused, otherwise one that waits for the side, otherwise one that waits for
// the other side, in each case the earliest due.
func mostUrgentDeliverable(d deals.Deal, side models.Side, r Refusal, now time.Time) int {
	best, mine := -1, false
	for i, x := range d.Deliverables {
		if x.DeadlineAt == nil {
			continue
		}
		if r.Number == x.Number {
			return i
		}
		own := waitsFor(d, side, x, now)
		if best < 0 || own && !mine || own == mine && x.DueNow().Before(d.Deliverables[best].DueNow()) {
			best, mine = i, own
		}
	}
	return best
}

// presentTurn is the card on top.
func presentTurn(ctx context.Context, a models.Actor, d deals.Deal, first int, r Refusal, now time.Time) Turn {
	side := deals.PartyOf(a, d.Brand.ID, d.Creator.ID)
	if first < 0 || d.EndedAt != nil {
		return Turn{TurnCard: finishedCard(ctx, d)}
	}
	x := d.Deliverables[first]
	if card, held := holdCard(ctx, d, side, now); held {
		t := Turn{TurnCard: card, Forms: presentActions(ctx, a, d, x, r, now, true)}
		t.showExhibit(ctx, d, x)
		if deals.CanEndAway(a, d, now) {
			t.MayEnd = i18n.T(ctx, "deals.may_end.look")
		}
		return t
	}
	if x.State == deals.Waiting && d.Contract != nil {
		return contractTurn(ctx, a, d, *d.Contract, now)
	}
	other := OtherParty(side, d.Brand, d.Creator)
	t := Turn{TurnCard: components.TurnCard{
		Theirs: x.Waits() != side, Who: i18n.T(ctx, "deals.waits.you"), Title: TurnTitle(ctx, x.Item, x.State, other.Name, x.Waits() == side, x.DueNow(), now),
		Otherwise: otherwiseLine(ctx, d, x, side, now), Left: TimeLeft(ctx, x.EnteredAt, x.DueNow(), now), Gone: TimePassed(x.EnteredAt, x.DueNow(), now),
	}, Forms: presentActions(ctx, a, d, x, r, now, true)}
	switch {
	case t.Theirs && deals.WaitsFor(side, x, now):
		t.Theirs, t.MayEnd = false, i18n.T(ctx, "deals.may_end.look")
		t.Title = i18n.T(ctx, "deals.turn.may_end", "other", other.Name, "the", DeliverableNameForm(ctx, x.Item, ".the"))
		t.Otherwise = i18n.T(ctx, "deals.may_end.you", "by", DeadlineText(ctx, x.DueNow(), now))
	case t.Theirs:
		t.Who = i18n.T(ctx, "deals.waits.for", "other", other.Name)
	}
	t.showExhibit(ctx, d, x)
	if n := waitingCount(d, side, now) - 1; n > 0 && !t.Theirs {
		t.More = i18n.T(ctx, "deals.more", "n", n)
	}
	return t
}

// showExhibit shows what the actions of the card are about: the latest draft, change or objection.
func (t *Turn) showExhibit(ctx context.Context, d deals.Deal, x deals.Deliverable) {
	if shown := deliverableExhibits(ctx, d, x); len(shown) > 0 && len(t.Forms) > 0 {
		t.Exhibit = shown[len(shown)-1]
	}
}

// waitsFor says whether a deliverable, or the contract that it waits for, waits for a side.
func waitsFor(d deals.Deal, side models.Side, x deals.Deliverable, now time.Time) bool {
	if c := openContract(d, x); c != nil && !x.IsHeld() {
		return c.WaitsFor(side)
	}
	return deals.WaitsFor(side, x, now)
}

// waitingCount counts the deliverables that wait for the side.
func waitingCount(d deals.Deal, side models.Side, now time.Time) int {
	n := 0
	for _, x := range d.Deliverables {
		if x.DeadlineAt != nil && waitsFor(d, side, x, now) {
			n++
		}
	}
	return n
}

// finishedCard says how a deal ended.
func finishedCard(ctx context.Context, d deals.Deal) components.TurnCard {
	card := components.TurnCard{Theirs: true, Gone: -1, Who: i18n.T(ctx, d.State().Key())}
	if d.EndedAt == nil {
		var last time.Time
		for _, x := range d.Deliverables {
			if x.CompletedAt != nil && x.CompletedAt.After(last) {
				last = *x.CompletedAt
			}
		}
		card.Title = i18n.T(ctx, "deals.finished.completed", "on", i18n.Date(ctx, last))
		card.Otherwise = i18n.T(ctx, "deals.finished.completed.then", "worth", termsview.Reward(ctx, d.Terms))
		return card
	}
	by := d.Brand.Name
	if d.EndedBy == models.SideCreator {
		by = d.Creator.Name
	}
	key := "deals.finished.ended"
	switch {
	case d.EndedLate:
		key = "deals.finished.late"
	case d.EndedAway && d.EndedBy == models.SideSystem:
		key = "deals.finished.parted"
	case d.EndedAway:
		key = "deals.finished.away"
	case d.EndedBy == models.SideSystem:
		key = "deals.finished.unsigned"
	}
	card.Title = i18n.T(ctx, key, "by", by, "on", i18n.Date(ctx, *d.EndedAt))
	if d.EndedAway {
		card.Otherwise = strings.TrimSpace(stillOwed(ctx, d))
		return card
	}
	card.Otherwise = strings.TrimSpace(d.EndReason)
	if card.Otherwise != "" {
		card.Otherwise = i18n.T(ctx, "deals.finished.reason", "reason", card.Otherwise)
	}
	return card
}
