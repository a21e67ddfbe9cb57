package negotiations

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"tribemarket/models"
	"tribemarket/models/moderation"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// talk is one random negotiation with what is expected of it and what each side was shown.
type talk struct {
	*world
	parties
	*rand.Rand
	model
	id     string
	deal   string
	due    models.Date
	seen   map[models.Side]map[int]string // hashes of the terms by number
	sent   *negotiation.Answer            // the last form that made an offer
	sender models.Side
	gone   models.Side // whose person was erased
	did    []string    // for people, when something is wrong
}

// negotiate begins a negotiation, does so many random things to it and ends it, by erasing one
// of the two sides if erased is set. The seed and what was done are in the error if anything is
// not as expected.
func (w *world) negotiate(ctx context.Context, p parties, seed uint64, steps int, erased bool) (err error) {
	t := &talk{world: w, parties: p, Rand: rand.New(rand.NewPCG(seed, 12)), seen: map[models.Side]map[int]string{models.SideBrand: {}, models.SideCreator: {}}}
	t.zones = map[models.Side]*time.Location{models.SideBrand: models.Zone(brandZone), models.SideCreator: models.Zone(creatorZone)}
	t.due = models.DateOf(w.clock.Now()).AddDays(300)
	defer func() {
		if err != nil {
			err = fmt.Errorf("seed %d: %w, after %q", seed, err, t.did)
		}
	}()
	if err := t.begin(ctx); err != nil {
		return err
	}
	for range steps {
		if err := t.step(ctx); err != nil {
			return err
		}
		if err := t.check(ctx); err != nil {
			return err
		}
	}
	if err := t.end(ctx, erased); err != nil {
		return err
	}
	w.counted["ended as "+string(t.state)]++
	w.counted["offers"] += len(t.offers)
	return nil
}

// begin begins it, by a proposal of the brand or a pitch of the creator.
func (t *talk) begin(ctx context.Context) (err error) {
	side, state, action := models.SideBrand, negotiation.WithCreator, negotiation.ActionPropose
	obstacles, err := t.Negotiations.ObstaclesAt(ctx, t.creator, t.brandID)
	if err != nil {
		return err
	}
	if t.IntN(2) == 0 && len(obstacles) == 0 {
		side, state, action = models.SideCreator, negotiation.WithBrand, negotiation.ActionPitch
		words := negotiation.PitchForm{About: "I bake.", Audience: "People who bake."}
		form := t.form(100)
		form.Message = "Three breads."
		t.id, err = t.Negotiations.Pitch(ctx, t.creator, t.brandID, form, words, models.NewPublicID())
	} else {
		var sent negotiation.Sent
		sent, err = t.Negotiations.Propose(ctx, t.brand, t.creatorID, t.form(100), models.NewPublicID())
		t.id = sent.Negotiation
	}
	t.note("%s", action)
	t.offers = []modelOffer{{side, 100, t.clock.Now()}}
	t.enter(state, action, side, "")
	return err
}

// form is an offer that differs from others by its fee.
func (t *talk) form(fee int) negotiation.OfferForm {
	return negotiation.OfferForm{ExpiresDays: strconv.Itoa(answerDays), Form: terms.Form{
		Product: "Oat box", Fee: strconv.Itoa(fee), Currency: "GBP", Disclosure: "#ad",
		Deliverables: []terms.DeliverableForm{{ContentType: "review", Format: "video", Platform: "tiktok", Count: "1", DueOn: t.due.String()}},
	}}
}

// step does one thing, chosen at random.
func (t *talk) step(ctx context.Context) error {
	side := []models.Side{models.SideBrand, models.SideCreator}[t.IntN(2)]
	switch n := t.IntN(20); {
	case n < 11:
		if t.IntN(4) > 0 { // otherwise by a page of before
			if err := t.look(ctx, side); err != nil {
				return err
			}
		}
		if n < 8 {
			return t.sendOffer(ctx, side)
		}
		return t.answerOffer(ctx, side)
	case n == 11 && t.sent != nil:
		return t.sendAgain(ctx)
	case n < 15:
		t.moveClock()
		return nil
	case n == 15:
		return t.sweep(ctx)
	case n == 18:
		return t.extendOffer(ctx, side)
	case n == 19 && t.model.held.id != "":
		return t.approveHeld(ctx)
	case n == 16:
		return t.changeBlock(ctx)
	case n == 17:
		return t.changeSuspension(ctx)
	}
	return t.look(ctx, side)
}

func (t *talk) note(format string, args ...any) { t.did = append(t.did, fmt.Sprintf(format, args...)) }

// shown is the number of an offer that the side was shown, mostly the latest of them; rarely
// it is one that there is not, as a forged form has.
func (t *talk) shown(side models.Side) int {
	if t.IntN(12) == 0 {
		return []int{0, -1, len(t.offers) + 1}[t.IntN(3)]
	}
	n := len(t.seen[side])
	if n > 1 && t.IntN(6) == 0 {
		n = 1 + t.IntN(n)
	}
	return n
}

func (t *talk) sendOffer(ctx context.Context, side models.Side) error {
	send, action := t.Negotiations.Counter, negotiation.ActionCounter
	if t.latest().side == side != (t.IntN(8) == 0) {
		send, action = t.Negotiations.Replace, negotiation.ActionReplace
	}
	fee := 100 + t.IntN(6)
	answer := negotiation.Answer{To: t.shown(side), Form: t.form(fee), Key: models.NewPublicID()}
	who, do := t.actor(side), func(m *model) outcome { return m.offer(action, side, answer.To, fee, t.clock.Now()) }
	byManager := side == models.SideBrand && t.IntN(2) == 0
	t.note("%s by %s (manager: %v) to %d for %d", action, side, byManager, answer.To, fee)
	var want outcome
	if byManager {
		who, want = t.manager, t.hold(action, answer.To, fee, t.clock.Now(), do)
	} else {
		want = do(&t.model)
	}
	number, err := send(ctx, who, t.id, answer)
	err = t.keepHeld(want, err)
	if want == done {
		t.sent, t.sender = &answer, side
		if number != len(t.offers) {
			return fmt.Errorf("the offer got the number %d", number)
		}
	}
	t.counted[string(action)+": "+string(want)]++
	return mismatch(want, err)
}

// sendAgain sends the same form once more, as a second click does.
func (t *talk) sendAgain(ctx context.Context) error {
	t.note("again by %s to %d", t.sender, t.sent.To)
	number, err := t.Negotiations.Counter(ctx, t.actor(t.sender), t.id, *t.sent)
	if err == nil && t.offers[number-1].side != t.sender {
		err = fmt.Errorf("the same form made offer %d", number)
	}
	return err
}

func (t *talk) answerOffer(ctx context.Context, side models.Side) error {
	action := []negotiation.Action{negotiation.ActionAccept, negotiation.ActionAccept, negotiation.ActionDecline, negotiation.ActionWithdraw}[t.IntN(4)]
	number, note := t.shown(side), ""
	var err error
	deal := ""
	do := func(m *model) outcome { return m.answer(action, side, number, note, t.clock.Now()) }
	var want outcome
	switch action {
	case negotiation.ActionAccept:
		who := t.actor(side)
		if side == models.SideBrand && t.IntN(2) == 0 {
			who, want = t.manager, t.hold(action, number, t.latest().fee, t.clock.Now(), do)
		}
		deal, err = t.Negotiations.Accept(ctx, who, t.id, number)
		err = t.keepHeld(want, err)
	case negotiation.ActionDecline:
		note = []string{"No time", "No money"}[t.IntN(2)]
		err = t.Negotiations.Decline(ctx, t.actor(side), t.id, number, note)
	case negotiation.ActionWithdraw:
		number = 0
		err = t.Negotiations.Withdraw(ctx, t.actor(side), t.id)
	}
	t.note("%s by %s of %d", action, side, number)
	if want == "" {
		want = do(&t.model)
	}
	t.counted[string(action)+": "+string(want)]++
	if wrong := mismatch(want, err); wrong != nil || action != negotiation.ActionAccept || err != nil || want == held {
		return wrong
	}
	return t.checkDeal(ctx, side, number, deal)
}

// keepHeld notes under which id something is held, if that was expected.
func (t *talk) keepHeld(want outcome, err error) error {
	var asked *negotiation.ApprovalAsked
	if want != held || !errors.As(err, &asked) {
		return err
	}
	t.model.held.id = asked.Held
	return nil
}

// approveHeld is the owner's yes to what a manager did.
func (t *talk) approveHeld(ctx context.Context) error {
	h := t.model.held
	t.note("approve %s to %d for %d", h.action, h.to, h.fee)
	shown, err := t.Negotiations.GetHeldProposal(ctx, t.brand, h.id)
	if err != nil {
		return err
	}
	sent, err := t.Negotiations.SendHeldProposal(ctx, t.brand, h.id, shown.Version)
	want := t.approve(t.clock.Now())
	t.counted["approve: "+string(want)]++
	if wrong := mismatch(want, err); wrong != nil || err != nil {
		return wrong
	}
	t.model.held = modelHeld{}
	if h.action != negotiation.ActionAccept {
		return nil
	}
	n, err := t.Negotiations.Get(ctx, t.brand, sent.Negotiation)
	if err != nil {
		return err
	}
	t.deal = n.Deal
	return nil
}

// extendOffer asks for a later last day, or answers that the other side does.
func (t *talk) extendOffer(ctx context.Context, side models.Side) error {
	action := []negotiation.Action{negotiation.ActionAskExtension, negotiation.ActionAcceptExtension, negotiation.ActionRefuseExtension}[t.IntN(3)]
	if t.extension.by == "" && t.IntN(4) > 0 {
		action = negotiation.ActionAskExtension
	}
	day, number := t.lastDay().AddDays(t.IntN(40)-2), t.shown(side)
	if t.extension.by != "" && t.IntN(6) > 0 {
		day = t.extension.on
	}
	do := map[negotiation.Action]func(context.Context, models.Actor, string, int, string) error{
		negotiation.ActionAskExtension: t.Negotiations.AskExtension, negotiation.ActionAcceptExtension: t.Negotiations.AcceptExtension, negotiation.ActionRefuseExtension: t.Negotiations.RefuseExtension,
	}[action]
	t.note("%s by %s of %d, %s", action, side, number, day)
	want := t.extend(action, side, number, day, t.clock.Now())
	t.counted[string(action)+": "+string(want)]++
	return mismatch(want, do(ctx, t.actor(side), t.id, number, day.String()))
}

// checkDeal compares what was agreed with what the accepting side was shown.
func (t *talk) checkDeal(ctx context.Context, side models.Side, number int, deal string) error {
	d, err := t.Deals.GetDeal(ctx, t.actor(side), deal)
	if err != nil {
		return err
	}
	if shown, ok := t.seen[side][number]; !ok || d.Terms.Hash() != shown {
		return fmt.Errorf("the %s agreed to terms that it was not shown", side)
	}
	if t.deal != "" && t.deal != deal {
		return errors.New("there are two deals")
	}
	t.deal = deal
	return nil
}

// moveClock moves the clock by hours, or to about where the latest offer ends or can be
// replaced again.
func (t *talk) moveClock() {
	by := time.Duration(1+t.IntN(60)) * time.Hour
	near := time.Duration(t.IntN(3)-1) * time.Second
	switch now := t.clock.Now(); t.IntN(6) {
	case 0:
		by = t.expires().Sub(now) + near
	case 1:
		by = t.latest().sent.Add(24*time.Hour).Sub(now) + near
	}
	by = max(0, by)
	t.note("%v later", by)
	t.clock.Advance(by)
}

func (t *talk) sweep(ctx context.Context) error {
	t.note("sweep")
	now := t.clock.Now()
	t.expire(now)
	t.model.held.lapsed = t.model.held.lapsed || !now.Before(t.model.held.until)
	_, err := t.Workflow.Sweep(ctx)
	return err
}

func (t *talk) changeBlock(ctx context.Context) error {
	t.note("block, or unblock")
	change := t.Moderation.BlockParty
	if t.blocked {
		change = t.Moderation.UnblockParty
	}
	t.blocked = !t.blocked
	return change(ctx, t.creator, t.brandID)
}

func (t *talk) changeSuspension(ctx context.Context) error {
	t.note("suspend, or restore")
	if t.suspended {
		t.suspended = false
		return t.Moderation.RestoreSubject(ctx, t.admin, moderation.Creator, t.creatorID)
	}
	t.suspended = true
	t.expire(t.clock.Now())
	if t.isOpen() && t.latest().side == models.SideCreator { // who is suspended has no open offers
		t.enter(negotiation.Withdrawn, negotiation.ActionWithdraw, models.SideSystem, "")
	}
	return t.Moderation.SuspendSubject(ctx, t.admin, moderation.Creator, t.creatorID, "A test")
}

// look reads the negotiation as a side does.
func (t *talk) look(ctx context.Context, side models.Side) error {
	t.note("%s looks", side)
	n, err := t.Negotiations.Get(ctx, t.actor(side), t.id)
	for _, o := range n.Offers {
		t.seen[side][o.Number] = o.Terms.Hash()
	}
	return err
}

// mismatch compares what somebody was told with what was expected.
func mismatch(want outcome, err error) error {
	switch {
	case err == nil && (want == done || want == repeated || want == held), err != nil && outcome(models.CodeOf(err)) == want:
		return nil
	case err == nil:
		return fmt.Errorf("it was done, expected was %s", want)
	}
	return fmt.Errorf("expected was %s: %w", want, err)
}
