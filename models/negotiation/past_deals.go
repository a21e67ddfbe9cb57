package negotiation

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/workflow/run"
)

// PastDeal is an offer of one deliverable, and what became of it: it expired, was declined,
// or was carried out without a change.
type PastDeal struct {
	Brand, Creator models.Actor
	Names          run.Names // of the brand and of the creator
	Member         string    // who acted for the brand
	Zones          deals.Zones
	Handle         string // on the platform of the deliverable
	Form           OfferForm

	SentAt, AnsweredAt                            time.Time // the answer's is zero where it expired without one
	Refusal                                       string    // why it was declined; "" if it was accepted
	DraftAt, ApprovedAt, PublishedAt, CompletedAt time.Time
	Address                                       string
}

// AddPastDeals writes many at once as Propose, Accept, Decline and deals.Store.Act would
// have left them: for worlds of examples, in which one by one would take minutes. Nobody is
// told. Creators must have no other negotiations.
func (s *Store) AddPastDeals(ctx context.Context, all []PastDeal) error {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		b := pastBatch{tx: tx, activity: map[int64]*pastActivity{}}
		for i, p := range all {
			if err := b.add(i, p); err != nil {
				return fmt.Errorf("offer %d: %w", i, err)
			}
		}
		if err := b.save(all); err != nil {
			return err
		}
		return s.creators.SaveDealActivities(tx, b.sumUp())
	})
	if err != nil {
		return models.Internal("add past deals", err)
	}
	return nil
}

// pastBatch is the rows of one AddPastDeals, each at the place of its past deal.
type pastBatch struct {
	tx       *db.Tx
	offers   []offer
	rows     []row
	activity map[int64]*pastActivity
}

// pastActivity is what creators.DealActivity is summed up from.
type pastActivity struct {
	accepted, declined []int64 // minutes until the answer
	creators.DealActivity
}

func (b *pastBatch) add(i int, p PastDeal) error {
	zone := p.Zones.Of(models.SideCreator)
	o, err := p.Form.read(anything, zone, zone, p.SentAt)
	if err != nil {
		return err
	}
	r := row{
		PublicID: models.NewPublicID(), BrandID: p.Brand.BrandID, CreatorID: p.Creator.CreatorID, BegunBy: p.Brand.PersonID, Began: models.SideBrand,
		State: Agreed, Version: 2, Offer: 1, Latest: latestOf(o.terms), OfferedAt: p.SentAt, FormKey: models.HashSecret(fmt.Sprintf("past %d", i)),
		Zones: p.Zones, BegunAt: p.SentAt, ExpiresAt: o.expiresAt(WithCreator, zone, p.SentAt), ClosedAt: &p.AnsweredAt, CloseReason: p.Refusal,
	}
	switch {
	case p.AnsweredAt.IsZero():
		r.State, r.ClosedAt = Expired, &r.ExpiresAt
	case p.Refusal != "":
		r.State = Declined
	}
	b.offers, b.rows = append(b.offers, o), append(b.rows, r)
	b.follow(p, r, o)
	return nil
}

func (b *pastBatch) follow(p PastDeal, r row, o offer) {
	a := b.activity[r.CreatorID]
	if a == nil {
		a = &pastActivity{DealActivity: creators.DealActivity{DeliverablesByMonth: map[string]int64{}, CompletedByCategory: map[string]int64{}}}
		b.activity[r.CreatorID] = a
	}
	a.ProposalsClosed++
	if r.State == Expired {
		return
	}
	a.ProposalsAnswered++
	minutes := int64(p.AnsweredAt.Sub(p.SentAt) / time.Minute)
	if r.State == Declined {
		a.declined = append(a.declined, minutes)
		return
	}
	a.accepted = append(a.accepted, minutes)
	a.CompletedByCategory[r.Latest.Category]++
	for _, x := range o.terms.Deliverables {
		a.DeliverablesByMonth[x.DueOn.String()[:len("2006-01")]]++
	}
}

func (b *pastBatch) sumUp() map[int64]creators.DealActivity {
	all := map[int64]creators.DealActivity{}
	for id, a := range b.activity {
		a.ResponseMinutes = creators.TypicalResponseMinutes(a.accepted, a.declined)
		all[id] = a.DealActivity
	}
	return all
}

func (b *pastBatch) save(all []PastDeal) error {
	if err := deals.CreateAll(b.tx.DB, b.rows); err != nil {
		return err
	}
	var offers []offerRow
	var days []offeredDay
	var done []deals.PastWork
	var events []run.Event
	for i, p := range all {
		r, o := b.rows[i], b.offers[i]
		offers = append(offers, offerRow{
			NegotiationID: r.ID, Number: 1, Side: models.SideBrand, SentBy: r.BegunBy, Terms: o.terms.Encode(), Message: o.message, Notes: "{}",
			FormKey: r.FormKey, SentAt: r.BegunAt, ExpiresAt: r.ExpiresAt,
		})
		for _, x := range o.terms.Deliverables {
			days = append(days, offeredDay{r.ID, x.Number, x.DueOn.String()})
		}
		events = append(events, p.events(r)...)
		if r.State == Agreed {
			done = append(done, deals.PastWork{
				Agreement: deals.Agreement{NegotiationID: r.ID, Negotiation: r.PublicID, BrandID: r.BrandID, CreatorID: r.CreatorID, Terms: o.terms, Zones: r.Zones},
				Brand:     p.Brand, Creator: p.Creator, Names: p.Names, Member: p.Member, Handle: p.Handle,
				AgreedAt: p.AnsweredAt, DraftAt: p.DraftAt, ApprovedAt: p.ApprovedAt, PublishedAt: p.PublishedAt, CompletedAt: p.CompletedAt, Address: p.Address,
			})
		}
	}
	if err := deals.CreateAll(b.tx.DB, offers); err != nil {
		return err
	}
	if err := deals.CreateAll(b.tx.DB, days); err != nil {
		return err
	}
	later, err := deals.AddPastWork(b.tx, done)
	if err != nil {
		return err
	}
	events = append(events, later...)
	slices.SortStableFunc(events, func(x, y run.Event) int { return x.At.Compare(y.At) })
	return deals.CreateAll(b.tx.DB, events)
}

// events are the lines of the history of the offer and its answer.
func (p PastDeal) events(r row) []run.Event {
	root := rootOf(r.ID)
	e := run.Event{SubjectKind: root.Kind, SubjectID: r.ID, RootKind: root.Kind, RootID: r.ID, Names: p.Names}
	sent, answered := e, e
	sent.At, sent.Version, sent.Side, sent.PersonID, sent.Action, sent.ToState = p.SentAt, 1, models.SideBrand, &p.Brand.PersonID, ActionPropose, string(WithCreator)
	sent.PersonName = p.Member
	answered.At, answered.Version, answered.FromState, answered.ToState, answered.Note = *r.ClosedAt, 2, string(WithCreator), string(r.State), p.Refusal
	switch r.State {
	case Expired:
		answered.Side, answered.Action = models.SideSystem, ActionExpire
	default:
		answered.Side, answered.PersonID, answered.PersonName, answered.Action = models.SideCreator, &p.Creator.PersonID, p.Names.CreatorName, ActionAccept
		if r.State == Declined {
			answered.Action = ActionDecline
		}
	}
	return []run.Event{sent, answered}
}
