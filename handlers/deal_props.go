package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	dealviews "tribemarket/views/deals"
	"tribemarket/views/paths"
	"tribemarket/views/terms"
)

// dealProps is a deal as the actor's side sees it.
func (h *Handlers) dealProps(ctx context.Context, a models.Actor, d deals.Deal, r refusal) dealviews.ShowProps {
	now, side := h.Clock(), deals.PartyOf(a, d.Brand.ID, d.Creator.ID)
	other := otherParty(side, d.Brand, d.Creator)
	party := partyProps(ctx, side, other)
	p := dealviews.ShowProps{
		ID: d.PublicID, Product: d.Terms.Product, Other: other.Name, OtherRef: party.Href, Party: party,
		Agreed: i18n.T(ctx, "deal.agreed", "on", i18n.Date(ctx, d.AgreedAt)), Proposal: paths.Proposal(d.Proposal),
		Refused: refused(ctx, r, d.Events, d.Brand, d.Creator, paths.Deal(d.PublicID)),
		Stages:  stages(ctx, d), Clauses: append(clauseProps(ctx, d.Terms), terms.Clause{Name: i18n.T(ctx, "deal.zone.name"), Text: i18n.T(ctx, "deal.zone", "zone", zoneName(ctx, d.Zone))}), Money: moneyProps(ctx, d.Terms, len(d.Deliverables)),
		Done:    i18n.T(ctx, "deal.done", "done", len(d.Deliverables)-unfinished(d), "n", len(d.Deliverables)),
		Endings: endings(ctx, a, d, r, now),
	}
	prefix := "end-"
	if r.Number > 0 {
		prefix = piecePrefix(r.Number)
	}
	p.Problems = problems(ctx, r.Fields, prefix)
	first := mostUrgent(d, side, r, now)
	for i, x := range d.Deliverables {
		p.Pieces = append(p.Pieces, piece(ctx, a, d, x, r, now, i == first))
	}
	p.Turn = dealTurn(ctx, a, d, first, r, now)
	p.History = append(upcoming(ctx, d, now), historyProps(ctx, d.Events, itemsOf(d), d.Brand, d.Creator, !d.State().Final())...)
	return p
}

func itemsOf(d deals.Deal) []deals.Item {
	items := make([]deals.Item, len(d.Deliverables))
	for i, x := range d.Deliverables {
		items[i] = x.Item
	}
	return items
}

// mostUrgent is the deliverable of the card on top, -1 for none: the one whose
// form was refused, else what waits for the side, else what waits for the
// other, each time what is due first.
func mostUrgent(d deals.Deal, side models.Side, r refusal, now time.Time) int {
	best, mine := -1, false
	for i, x := range d.Deliverables {
		if x.DeadlineAt == nil {
			continue
		}
		if r.Number == x.Number {
			return i
		}
		own := deals.WaitsFor(side, x, now)
		if best < 0 || own && !mine || own == mine && x.DueNow().Before(d.Deliverables[best].DueNow()) {
			best, mine = i, own
		}
	}
	return best
}

// stages is the way that a deal goes; one that has ended goes nowhere.
func stages(ctx context.Context, d deals.Deal) []components.Stage {
	here := d.State()
	if here == deals.DealEnded {
		return nil
	}
	if here == deals.DealObjected {
		here = deals.DealPublished
	}
	way := []deals.DealState{deals.DealProduction, deals.DealPublication, deals.DealPublished, deals.DealCompleted}
	at := slices.Index(way, here)
	all := []components.Stage{{Name: i18n.T(ctx, "deal.stage.proposed"), Done: true}, {Name: i18n.T(ctx, "deal.stage.agreed"), Done: true}}
	for i, s := range way {
		final := s.Final() && i == at
		all = append(all, components.Stage{Name: i18n.T(ctx, "deal.stage."+string(s)), Done: i < at || final, Here: i == at && !final})
	}
	return all
}

// piece is a deliverable in its state, with what the actor can do.
func piece(ctx context.Context, a models.Actor, d deals.Deal, x deals.Deliverable, r refusal, now time.Time, above bool) dealviews.Piece {
	side := deals.PartyOf(a, d.Brand.ID, d.Creator.ID)
	p := dealviews.Piece{
		ID: fmt.Sprintf("piece-%d", x.Number), Name: pieceName(ctx, x.Item), Kind: kindOf(ctx, x.Item),
		Due: i18n.Day(ctx, x.DueOn), DueOn: x.DueOn.String(), StateKind: pieceKind(x, side, now), State: i18n.T(ctx, x.State.Key()),
		Exhibits: exhibits(ctx, d, x), Forms: actionForms(ctx, a, d, x, r, now, false),
	}
	p.Above = above && len(p.Forms) > 0
	if key := x.Proof.Key(); key != "" {
		p.Proof = dealviews.Proof{Kind: components.Good, Word: i18n.T(ctx, key)}
	}
	if x.DeadlineAt != nil {
		p.Until = untilLine(ctx, d, x, side, now)
		p.Otherwise = otherwise(ctx, d, x, side, now)
	}
	return p
}

func kindOf(ctx context.Context, it deals.Item) string {
	return i18n.T(ctx, it.TitleKey(), "type", i18n.T(ctx, it.TypeKey()), "format", i18n.T(ctx, it.FormatKey()), "platform", i18n.T(ctx, it.PlatformKey()))
}

// pieceKind is how a state looks: marigold is for whoever has to act.
func pieceKind(x deals.Deliverable, side models.Side, now time.Time) string {
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

// untilLine says who has to act until when.
func untilLine(ctx context.Context, d deals.Deal, x deals.Deliverable, side models.Side, now time.Time) string {
	who := otherParty(side, d.Brand, d.Creator).Name
	if x.Waits() == side {
		who = i18n.T(ctx, "deal.you")
	}
	key := "deal.until"
	if !now.Before(x.DueNow()) {
		key = "deal.was_due"
	}
	return i18n.T(ctx, key, "who", who, "by", deadline(ctx, x.DueNow(), now))
}

// otherwise says what happens if nobody acts. Once the deadline has passed, and
// nothing comes by itself, one side may end the deal.
func otherwise(ctx context.Context, d deals.Deal, x deals.Deliverable, side models.Side, now time.Time) string {
	if x.Late(now) && deals.DeliverableTable.Rule(x.State).AtDeadline == "" {
		if slices.Contains(deals.DeliverableTable.MayEndLate(x.State), side) {
			return i18n.T(ctx, "deal.may_end.you", "by", deadline(ctx, x.DueNow(), now))
		}
		return i18n.T(ctx, "deal.may_end.other", "other", otherParty(side, d.Brand, d.Creator).Name)
	}
	return i18n.T(ctx, x.State.OtherwiseKey(), "deadline", deadline(ctx, *x.DeadlineAt, now), "brand", d.Brand.Name, "creator", d.Creator.Name)
}

// exhibits are the draft, the wish for changes, the publication and the
// objection, as far as they are there.
func exhibits(ctx context.Context, d deals.Deal, x deals.Deliverable) []dealviews.Exhibit {
	var all []dealviews.Exhibit
	add := func(key, text, href, link string, args ...any) {
		if text != "" || href != "" {
			all = append(all, dealviews.Exhibit{Name: i18n.T(ctx, key, append([]any{"brand", d.Brand.Name, "creator", d.Creator.Name}, args...)...), Text: text, Href: href, Link: link})
		}
	}
	add("deal.exhibit.draft", x.DraftNote, x.DraftURL, i18n.T(ctx, "deal.open.submit_draft"), "number", draftNumber(x))
	if x.State == deals.Changes {
		add("deal.exhibit.changes", x.ChangesNote, "", "", "round", x.Rounds)
	}
	if last, ok := latest(d, x.Number); ok && last.Action == deals.ActionRefuse {
		add("deal.exhibit.refused", last.Note, "", "")
	}
	if x.PublishedAt != nil {
		add("deal.exhibit.published", "", x.PublishedURL, i18n.T(ctx, "deal.open.publish"), "on", i18n.Date(ctx, *x.PublishedAt))
	}
	if x.State == deals.Objected {
		add("deal.exhibit.objection", x.Objection, "", "")
	}
	return all
}

// latest is what was done last to a deliverable.
func latest(d deals.Deal, number int) (deals.Event, bool) {
	for i := len(d.Events) - 1; i >= 0; i-- {
		if d.Events[i].Number == number {
			return d.Events[i], true
		}
	}
	return deals.Event{}, false
}

// draftNumber counts the drafts: one more than rounds of changes, unless the
// last round still waits for its draft.
func draftNumber(x deals.Deliverable) int {
	if x.State == deals.Changes {
		return x.Rounds
	}
	return x.Rounds + 1
}

// dealTurn is the card on top.
func dealTurn(ctx context.Context, a models.Actor, d deals.Deal, first int, r refusal, now time.Time) dealviews.Turn {
	side := deals.PartyOf(a, d.Brand.ID, d.Creator.ID)
	if first < 0 || d.EndedAt != nil {
		return dealviews.Turn{TurnCard: finishedCard(ctx, d)}
	}
	x := d.Deliverables[first]
	other := otherParty(side, d.Brand, d.Creator)
	t := dealviews.Turn{TurnCard: components.TurnCard{
		Theirs: x.Waits() != side, Who: i18n.T(ctx, "deal.waits.you"), Title: turnTitle(ctx, x.Item, x.State, other.Name, x.Waits() == side, x.DueNow(), now),
		Otherwise: otherwise(ctx, d, x, side, now), Left: left(ctx, x.EnteredAt, x.DueNow(), now), Gone: passed(x.EnteredAt, x.DueNow(), now),
	}, Forms: actionForms(ctx, a, d, x, r, now, true)}
	switch {
	case t.Theirs && deals.WaitsFor(side, x, now):
		t.Theirs, t.MayEnd = false, i18n.T(ctx, "deal.may_end.look")
		t.Title = i18n.T(ctx, "deal.turn.may_end", "other", other.Name, "the", pieceForm(ctx, x.Item, ".the"))
		t.Otherwise = i18n.T(ctx, "deal.may_end.you", "by", deadline(ctx, x.DueNow(), now))
	case t.Theirs:
		t.Who = i18n.T(ctx, "deal.waits.for", "other", other.Name)
	}
	if shown := exhibits(ctx, d, x); len(shown) > 0 && len(t.Forms) > 0 {
		t.Exhibit = shown[len(shown)-1]
	}
	if n := waitsFor(d, side, now) - 1; n > 0 && !t.Theirs {
		t.More = i18n.T(ctx, "deal.more", "n", n)
	}
	return t
}

func waitsFor(d deals.Deal, side models.Side, now time.Time) int {
	n := 0
	for _, x := range d.Deliverables {
		if x.DeadlineAt != nil && deals.WaitsFor(side, x, now) {
			n++
		}
	}
	return n
}

// turnTitle says who does what until when; once that is over, since when it is due.
func turnTitle(ctx context.Context, it deals.Item, s deals.State, other string, mine bool, due, now time.Time) string {
	who := ".theirs"
	switch {
	case !now.Before(due) && deals.DeliverableTable.Rule(s).AtDeadline == "":
		who = ".overdue"
	case mine:
		who = ".mine"
	}
	return i18n.T(ctx, "deal.turn."+string(s)+who, "the", pieceForm(ctx, it, ".the"), "of", pieceForm(ctx, it, ".of"), "other", other, "by", deadline(ctx, due, now))
}

// finishedCard says how a deal came to its end.
func finishedCard(ctx context.Context, d deals.Deal) components.TurnCard {
	card := components.TurnCard{Theirs: true, Gone: -1, Who: i18n.T(ctx, d.State().Key())}
	if d.EndedAt == nil {
		var last time.Time
		for _, x := range d.Deliverables {
			if x.CompletedAt != nil && x.CompletedAt.After(last) {
				last = *x.CompletedAt
			}
		}
		card.Title = i18n.T(ctx, "deal.finished.completed", "on", i18n.Date(ctx, last))
		card.Otherwise = i18n.T(ctx, "deal.finished.completed.then", "worth", d.Terms.Worth())
		return card
	}
	by := d.Brand.Name
	if d.EndedBy == models.SideCreator {
		by = d.Creator.Name
	}
	key := "deal.finished.ended"
	if d.EndedLate {
		key = "deal.finished.late"
	}
	card.Title = i18n.T(ctx, key, "by", by, "on", i18n.Date(ctx, *d.EndedAt))
	card.Otherwise = strings.TrimSpace(d.EndReason)
	if card.Otherwise != "" {
		card.Otherwise = i18n.T(ctx, "deal.finished.reason", "reason", card.Otherwise)
	}
	return card
}

// upcoming is what is still to come, the farthest first.
func upcoming(ctx context.Context, d deals.Deal, now time.Time) []components.Event {
	var all []deals.Deliverable
	for _, x := range d.Deliverables {
		if x.DeadlineAt != nil && now.Before(x.DueNow()) {
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(x, y deals.Deliverable) int { return y.DueNow().Compare(x.DueNow()) })
	events := make([]components.Event, len(all))
	for i, x := range all {
		who := d.Brand.Name
		if x.Waits() == models.SideCreator {
			who = d.Creator.Name
		}
		events[i] = components.Event{
			Kind: components.Next, At: i18n.Date(ctx, x.DueNow().Add(-time.Minute)), DateTime: x.DueNow().Format(time.RFC3339),
			Title: i18n.T(ctx, "deal.next_due", "piece", pieceName(ctx, x.Item), "todo", i18n.T(ctx, x.State.TodoKey(), "brand", d.Brand.Name, "creator", d.Creator.Name), "who", who),
		}
	}
	return events
}
