package deals

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/workflow/run"
)

// PastDeal is a proposal with one deliverable, and what became of it: it expired, was
// declined, or was carried out without a change.
type PastDeal struct {
	Brand, Creator models.Actor
	Names          run.Names // of the brand and of the creator
	Member         string    // who acted for the brand
	Zone           string    // the creator's
	BrandZone      string
	Handle         string // on the platform of the deliverable
	Form           ProposalForm

	SentAt, AnsweredAt                            time.Time // the answer's is zero where it expired without one
	Refusal                                       string    // why it was declined; "" if it was accepted
	DraftAt, ApprovedAt, PublishedAt, CompletedAt time.Time
	Address                                       string
}

// AddPastDeals writes many at once as Propose, Accept, Decline and Act would have left
// them: for worlds of examples, in which one by one would take minutes. Nobody is told.
// Creators must have no other proposals.
func (s *Store) AddPastDeals(ctx context.Context, all []PastDeal) error {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		b := pastBatch{tx: tx, activity: map[int64]*pastActivity{}}
		for i, p := range all {
			if err := b.addProposal(i, p); err != nil {
				return fmt.Errorf("proposal %d: %w", i, err)
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

// pastBatch is the rows of one AddPastDeals. Those of a past deal have its place in deal,
// or in deliverable.
type pastBatch struct {
	tx           *db.Tx
	offers       []offer
	proposals    []proposalRow
	deals        []dealRow
	ofDeal       []int // the place of the deal's proposal
	deliverables []deliverableRow
	events       []run.Event
	activity     map[int64]*pastActivity
}

// pastActivity is what creators.DealActivity is summed up from.
type pastActivity struct {
	accepted, declined []int64 // minutes until the answer
	creators.DealActivity
}

func (b *pastBatch) addProposal(i int, p PastDeal) error {
	o, err := p.Form.readOffer(models.Zone(p.Zone), p.SentAt)
	if err != nil {
		return err
	}
	row := proposalRow{
		PublicID: models.NewPublicID(), BrandID: p.Brand.BrandID, CreatorID: p.Creator.CreatorID, SentBy: p.Brand.PersonID, State: Accepted, Version: 2,
		Message: o.message, Category: cmp.Or(o.category, creators.OtherCategory), Terms: columnsOf(o.terms), FormKey: models.HashSecret(fmt.Sprintf("past %d", i)),
		Zones: zones{p.Zone, p.BrandZone}, SentAt: p.SentAt, ExpiresAt: o.expiresAt, ClosedAt: &p.AnsweredAt, CloseReason: p.Refusal,
	}
	switch {
	case p.AnsweredAt.IsZero():
		row.State, row.ClosedAt = Expired, &o.expiresAt
	case p.Refusal != "":
		row.State = Declined
	default:
		b.ofDeal = append(b.ofDeal, i)
		b.deals = append(b.deals, dealRow{
			PublicID: models.NewPublicID(), BrandID: row.BrandID, CreatorID: row.CreatorID, Terms: row.Terms, Zone: p.Zone, BrandZone: p.BrandZone, AgreedAt: p.AnsweredAt, Version: 1,
		})
	}
	b.offers, b.proposals = append(b.offers, o), append(b.proposals, row)
	b.follow(p, row, o)
	return nil
}

func (b *pastBatch) follow(p PastDeal, row proposalRow, o offer) {
	a := b.activity[row.CreatorID]
	if a == nil {
		a = &pastActivity{DealActivity: creators.DealActivity{DeliverablesByMonth: map[string]int64{}, CompletedByCategory: map[string]int64{}}}
		b.activity[row.CreatorID] = a
	}
	a.ProposalsClosed++
	if row.State == Expired {
		return
	}
	a.ProposalsAnswered++
	minutes := int64(p.AnsweredAt.Sub(p.SentAt) / time.Minute)
	if row.State == Declined {
		a.declined = append(a.declined, minutes)
		return
	}
	a.accepted = append(a.accepted, minutes)
	a.CompletedByCategory[row.Category]++
	for _, it := range o.items {
		a.DeliverablesByMonth[it.DueOn.String()[:len("2006-01")]]++
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

// pastBatchSize is how many rows one statement writes.
const pastBatchSize = 200

func (b *pastBatch) save(all []PastDeal) error {
	if err := createAll(b.tx.DB, b.proposals); err != nil {
		return err
	}
	var items []itemRow
	for i, o := range b.offers {
		for _, it := range o.items {
			items = append(items, itemRow{ProposalID: b.proposals[i].ID, Number: it.Number, ContentType: it.ContentType, Format: it.Format, Platform: it.Platform, DueOn: it.DueOn.String()})
		}
	}
	for i, at := range b.ofDeal {
		b.deals[i].ProposalID = b.proposals[at].ID
	}
	if err := createAll(b.tx.DB, items); err != nil {
		return err
	}
	if err := createAll(b.tx.DB, b.deals); err != nil {
		return err
	}
	for i, at := range b.ofDeal {
		row, err := completedDeliverable(all[at], b.deals[i], b.offers[at].items[0])
		if err != nil {
			return err
		}
		b.deliverables = append(b.deliverables, row)
	}
	if err := createAll(b.tx.DB, b.deliverables); err != nil {
		return err
	}
	b.tellHistories(all)
	return createAll(b.tx.DB, b.events)
}

func createAll[T any](tx *gorm.DB, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.CreateInBatches(rows, pastBatchSize).Error
}

func completedDeliverable(p PastDeal, d dealRow, it Item) (deliverableRow, error) {
	at, err := ReadPublication(it.Platform, it.Format, p.Address, []string{creators.HandleKeyOf(p.Handle)})
	if err != nil {
		return deliverableRow{}, err
	}
	row := deliverableRow{
		DealID: d.ID, Number: it.Number, ContentType: it.ContentType, Format: it.Format, Platform: it.Platform, DueOn: it.DueOn.String(), DueAt: it.DueOn.EndIn(models.Zone(p.Zone)),
		State: Completed, Version: len(stepsOf(p, true)) + 1, EnteredAt: p.CompletedAt, PublishedURL: at.URL, Proof: ByBrand, PublishedAt: &p.PublishedAt, CompletedAt: &p.CompletedAt,
	}
	if at.Proven {
		row.Proof, row.Version = ByAddress, len(stepsOf(p, false))+1
	}
	if at.Key != "" {
		row.PostKey = &at.Key
	}
	return row, nil
}

// pastStep is one step of a deliverable.
type pastStep struct {
	at       time.Time
	side     models.Side
	action   Action
	from, to State
	url      string
}

// stepsOf are the steps of a deliverable; a publication that no URL proves is confirmed.
func stepsOf(p PastDeal, claimed bool) []pastStep {
	steps := []pastStep{
		{p.DraftAt, models.SideCreator, ActionSubmitDraft, Drafting, Review, ""},
		{p.ApprovedAt, models.SideBrand, ActionApprove, Review, Approved, ""},
	}
	if claimed {
		return append(steps,
			pastStep{p.PublishedAt, models.SideCreator, ActionPublish, Approved, Claimed, p.Address},
			pastStep{p.PublishedAt.Add(p.CompletedAt.Sub(p.PublishedAt) / 2), models.SideBrand, ActionConfirm, Claimed, Published, ""},
			pastStep{p.CompletedAt, models.SideBrand, ActionComplete, Published, Completed, ""})
	}
	return append(steps,
		pastStep{p.PublishedAt, models.SideCreator, ActionPublish, Approved, Published, p.Address},
		pastStep{p.CompletedAt, models.SideBrand, ActionComplete, Published, Completed, ""})
}

// tellHistories makes the lines of all histories, in the order of their times.
func (b *pastBatch) tellHistories(all []PastDeal) {
	for i, p := range all {
		row := b.proposals[i]
		b.tell(p, rootOf(row.ID), row.ID, 1, pastStep{p.SentAt, models.SideBrand, ActionPropose, "", State(Open), ""}, "")
		answer := pastStep{p.AnsweredAt, models.SideCreator, ActionAccept, State(Open), State(Accepted), ""}
		switch row.State {
		case Declined:
			answer.action, answer.to = ActionDecline, State(Declined)
		case Expired:
			answer = pastStep{*row.ClosedAt, models.SideSystem, ActionExpire, State(Open), State(Expired), ""}
		}
		b.tell(p, rootOf(row.ID), row.ID, 2, answer, p.Refusal)
	}
	for i, at := range b.ofDeal {
		x := b.deliverables[i]
		for n, step := range stepsOf(all[at], x.Proof != ByAddress) {
			b.tell(all[at], run.Ref{Kind: DeliverableTable.Subject, ID: x.ID}, b.proposals[at].ID, n+2, step, "")
		}
	}
	slices.SortStableFunc(b.events, func(x, y run.Event) int { return x.At.Compare(y.At) })
}

func (b *pastBatch) tell(p PastDeal, subject run.Ref, proposalID int64, version int, step pastStep, note string) {
	root, who, names := rootOf(proposalID), &p.Brand.PersonID, p.Names
	names.PersonName = p.Member
	switch step.side {
	case models.SideCreator:
		who, names.PersonName = &p.Creator.PersonID, p.Names.CreatorName
	case models.SideSystem:
		who, names.PersonName = nil, ""
	}
	b.events = append(b.events, run.Event{
		SubjectKind: subject.Kind, SubjectID: subject.ID, RootKind: root.Kind, RootID: root.ID, At: step.at, Version: version, Side: step.side, PersonID: who,
		Action: step.action, FromState: string(step.from), ToState: string(step.to), Note: note, URL: step.url, Names: names,
	})
}
