package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/platform"
	"tribemarket/models/search"
	"tribemarket/models/terms"
)

type demoBrand struct{ name, domain, country, locale, zone, sells, member, category, sign string }

func (b demoBrand) email() string {
	return strings.ToLower(strings.Fields(b.member)[0]) + "@" + b.domain
}

var demoBrands = []demoBrand{
	{"Brindille & Poêle", "brindille.example", "FR", "fr", "Europe/Paris", "Poêles et casseroles en fonte", "Margaux Brindille", "home", "sign-pot"},
	{"Noordlicht Huid", "noordlicht.example", "NL", "nl", "Europe/Amsterdam", "Huidverzorging zonder parfum", "Jurre Noordlicht", "beauty", "sign-moon"},
	{"Kestrel Audio", "kestrel.example", "GB", "en", "Europe/London", "Headphones that can be repaired", "Hollis Kestrel", "tech", "sign-bars"},
	{"Papierwerk", "papierwerk.example", "BE", "nl", "Europe/Brussels", "Notitieboeken en vulpennen", "Lotte Papierwerk", "home", "sign-diamond"},
	{"Fernwick Cycles", "fernwick.example", "GB", "en", "Europe/London", "City bicycles", "Orla Fernwick", "sport", "sign-leaf"},
}

// storyDeliverable is one deliverable and its progress, in days before now.
type storyDeliverable struct {
	format, platform, content string
	due                       int // days from now; negative is past
	state                     deals.State
	lastStepDaysAgo           float64 // days ago, of the last step
}

// storyCounter is a counter-offer, half a day after the offer before.
type storyCounter struct {
	fee    string
	rounds string            // of changes; "" as before
	why    map[string]string // the fee changes, by language
}

// story is an offer and what became of it.
type story struct {
	brand, creator int
	product        string
	fee            string
	inKind         string
	deliverables   []storyDeliverable
	counters       []storyCounter // offers after the first, by the two sides in turn
	answer         deals.Action   // to the last offer; "" leaves it open
	sentDaysAgo    float64        // days ago; for deals it follows from the items
	end            deals.Action   // "" for a deal that goes on
	ender          models.Side
	endedDaysAgo   float64       // days ago
	signers        []models.Side // of its contract, in turn; none has no contract
	amendedFee     string        // the creator's side proposes it in the end, and has signed; "" for none
	months         string        // for which the deliverables repeat; "" for once
}

func videoDeliverable(due int, to deals.State, last float64) storyDeliverable {
	return storyDeliverable{"video", platform.TikTok, "review", due, to, last}
}

func deliverableOf(format string, due int, to deals.State, last float64) storyDeliverable {
	return storyDeliverable{format, platform.TikTok, "tutorial", due, to, last}
}

// secondDay is why a fee rises.
var secondDay = map[string]string{
	"en": "The second video needs a second day of light.", "fr": "La seconde vidéo demande une seconde journée de lumière.", "nl": "De tweede video vraagt een tweede dag met licht.",
}

// stories covers every state of proposals, deliverables and deals. What is written in one
// is in the creator's language, so that a creator reads their own, and most brands deal
// with creators who speak theirs.
var stories = []story{
	// Open and closed proposals
	{brand: 0, creator: 0, product: "Dîners d’une seule poêle", fee: "420", deliverables: []storyDeliverable{videoDeliverable(16, "", 0), deliverableOf("story", 18, "", 0)}, sentDaysAgo: 1.4},
	{brand: 1, creator: 0, product: "Baume d’hiver", fee: "380", deliverables: []storyDeliverable{videoDeliverable(21, "", 0)}, sentDaysAgo: 6.3},
	{brand: 2, creator: 4, product: "Kestrel One, open-back", fee: "900", inKind: "A pair of Kestrel One", deliverables: []storyDeliverable{videoDeliverable(25, "", 0)}, sentDaysAgo: 0.6},
	{brand: 0, creator: 0, product: "Une table pour douze", fee: "520", deliverables: []storyDeliverable{videoDeliverable(24, "", 0), videoDeliverable(29, "", 0)}, sentDaysAgo: 2.6, counters: []storyCounter{
		{"780", "1", secondDay}, {"560", "3", nil}, {"640", "2", secondDay},
	}},
	{brand: 3, creator: 0, product: "Le carnet de cuisine", fee: "560", deliverables: []storyDeliverable{videoDeliverable(19, "", 0), videoDeliverable(26, "", 0)}, sentDaysAgo: 1.6, counters: []storyCounter{{"640", "", secondDay}}},
	{brand: 2, creator: 4, product: "Kestrel Two", fee: "700", deliverables: []storyDeliverable{videoDeliverable(22, "", 0)}, sentDaysAgo: 1.9, counters: []storyCounter{{"850", "", nil}, {"760", "", nil}}},
	{brand: 0, creator: 60, product: "Cocotte 24 cm", fee: "300", deliverables: []storyDeliverable{videoDeliverable(20, "", 0)}, sentDaysAgo: 2.2},
	{brand: 3, creator: 7, product: "Vulpen voor elke dag", fee: "260", deliverables: []storyDeliverable{videoDeliverable(12, "", 0)}, answer: negotiation.ActionDecline, sentDaysAgo: 9},
	{brand: 2, creator: 9, product: "Kestrel Travel", fee: "500", deliverables: []storyDeliverable{videoDeliverable(9, "", 0)}, answer: negotiation.ActionWithdraw, sentDaysAgo: 12},
	{brand: 4, creator: 14, product: "Commuter test", fee: "350", deliverables: []storyDeliverable{videoDeliverable(10, "", 0)}, answer: negotiation.ActionExpire, sentDaysAgo: 15},
	{brand: 1, creator: 70, product: "Zonnecrème, twee weken getest", fee: "210", deliverables: []storyDeliverable{videoDeliverable(3, "", 0)}, answer: negotiation.ActionExpire, sentDaysAgo: 20},

	// A deal above the French threshold, whose work waits for the creator's signature
	{brand: 0, creator: 0, product: "Fonte, douze recettes", fee: "1200", deliverables: []storyDeliverable{videoDeliverable(20, deals.Waiting, 0)}, sentDaysAgo: 4, signers: []models.Side{models.SideBrand}},

	// Running deals, one for every state of a deliverable, on time and late
	{brand: 0, creator: 0, product: "Poêles d’automne", fee: "880", deliverables: []storyDeliverable{videoDeliverable(-12, deals.Completed, 5), videoDeliverable(6, deals.Review, 1.2), deliverableOf("live", 11, deals.Drafting, 0)}, counters: []storyCounter{{"1100", "", secondDay}, {"990", "", nil}}, signers: []models.Side{models.SideCreator, models.SideBrand}, amendedFee: "1090"},
	{brand: 0, creator: 1, product: "La fonte, mode d’emploi", fee: "460", deliverables: []storyDeliverable{videoDeliverable(4, deals.Review, 4.4)}},
	{brand: 1, creator: 2, product: "Gezichtscrème zonder parfum", fee: "640", deliverables: []storyDeliverable{videoDeliverable(5, deals.Changes, 1.5), videoDeliverable(9, deals.Drafting, 0)}},
	{brand: 2, creator: 19, product: "Kestrel One, repaired on camera", fee: "750", inKind: "Spare parts kit", deliverables: []storyDeliverable{videoDeliverable(3, deals.Approved, 0.8)}},
	{brand: 3, creator: 0, product: "Un journal en trente jours", fee: "310", deliverables: []storyDeliverable{deliverableOf("live", 2, deals.Claimed, 1.1)}},
	{brand: 4, creator: 4, product: "Rain ride", fee: "480", deliverables: []storyDeliverable{videoDeliverable(-1, deals.Published, 2.3)}},
	{brand: 1, creator: 3, product: "Nachtserum", fee: "520", deliverables: []storyDeliverable{videoDeliverable(-2, deals.Objected, 1.7)}},
	{brand: 0, creator: 6, product: "Crêpes du dimanche", fee: "270", deliverables: []storyDeliverable{videoDeliverable(-5, deals.Drafting, 0)}},
	{brand: 3, creator: 7, product: "Inkt die droogt", fee: "240", deliverables: []storyDeliverable{videoDeliverable(-9, deals.Changes, 9.5)}},
	{brand: 2, creator: 14, product: "Kestrel Studio", fee: "880", deliverables: []storyDeliverable{videoDeliverable(-8, deals.Approved, 9.2)}},
	{brand: 4, creator: 9, product: "First week by bike", fee: "390", deliverables: []storyDeliverable{deliverableOf("live", -6, deals.Published, 3.2)}},

	// A month of a repetition is done, and the next one goes on
	{brand: 0, creator: 15, product: "Une braise par mois", fee: "190", deliverables: []storyDeliverable{videoDeliverable(-20, deals.Completed, 21)}, sentDaysAgo: 37, months: "4"},

	// Finished ones
	{brand: 0, creator: 10, product: "Omelette au carré", fee: "340", deliverables: []storyDeliverable{videoDeliverable(-25, deals.Completed, 20)}},
	{brand: 1, creator: 0, product: "Baume à lèvres", fee: "300", deliverables: []storyDeliverable{videoDeliverable(-30, deals.Completed, 24), deliverableOf("story", -29, deals.Completed, 23)}},
	{brand: 2, creator: 9, product: "Quiet commute", fee: "610", deliverables: []storyDeliverable{videoDeliverable(-18, deals.Completed, 12)}},
	{brand: 3, creator: 4, product: "Letters on paper", fee: "280", deliverables: []storyDeliverable{videoDeliverable(-22, deals.Completed, 16)}},
	{brand: 4, creator: 19, product: "Cargo bike, one family", fee: "720", deliverables: []storyDeliverable{videoDeliverable(-16, deals.Review, 22)}, end: deals.ActionEnd, ender: models.SideBrand, endedDaysAgo: 21},
	{brand: 2, creator: 4, product: "Kestrel Mini", fee: "330", deliverables: []storyDeliverable{videoDeliverable(-10, deals.Drafting, 0)}, end: deals.ActionEnd, ender: models.SideCreator, endedDaysAgo: 14},
	{brand: 0, creator: 15, product: "Wok et braises", fee: "410", deliverables: []storyDeliverable{videoDeliverable(-14, deals.Drafting, 0)}, end: deals.ActionEndLate, ender: models.SideBrand, endedDaysAgo: 6},
}

// storyStep is an action at its time.
type storyStep struct {
	at time.Time
	do func(context.Context) error
}

// addStep adds a step that happens so many days ago.
func (m *worldMaker) addStep(daysAgo float64, do func(context.Context) error) {
	m.steps = append(m.steps, storyStep{m.now.Add(-time.Duration(daysAgo * float64(24*time.Hour))), do})
}

// playStories plays all steps in chronological order, and lets deadlines pass in between.
func (m *worldMaker) playStories(ctx context.Context, _ *World) error {
	for i, s := range stories {
		if s.creator < m.options.Creators {
			if err := m.planStory(ctx, i, s); err != nil {
				return err
			}
		}
	}
	m.planPitches()
	m.planApproval()
	for day := 60.0; day >= 0; day-- {
		m.addStep(day, func(ctx context.Context) error {
			_, swept := m.app.Workflow.Sweep(ctx)
			_, begun := m.app.Deals.BeginCycles(ctx)
			return errors.Join(swept, begun)
		})
	}
	slices.SortStableFunc(m.steps, func(a, b storyStep) int { return a.at.Compare(b.at) })
	for _, s := range m.steps {
		m.clock.setTime(s.at)
		if err := s.do(ctx); err != nil {
			return fmt.Errorf("at %s: %w", s.at.Format(time.DateTime), err)
		}
	}
	return nil
}

// planStory adds the steps of one story.
func (m *worldMaker) planStory(ctx context.Context, n int, s story) error {
	creator, id, err := m.findCreator(ctx, s.creator, demoBrands[s.brand].locale)
	if err != nil {
		return err
	}
	buyer, locale := m.brands[s.brand], cmp.Or(creator.Locale, demoBrands[s.brand].locale)
	var proposal, deal string
	sent := s.sentDaysAgo
	if sent == 0 {
		sent = s.proposedDaysAgo()
	}
	m.addStep(sent, func(ctx context.Context) error {
		out, err := m.app.Negotiations.Propose(ctx, buyer, id, m.proposalForm(s, locale), fmt.Sprintf("demo-%d", n))
		proposal = out.Negotiation
		return err
	})
	for i, c := range s.counters {
		by, at := creator, sent-0.5*float64(i+1)
		if i%2 == 1 {
			by = buyer
		}
		m.addStep(at, func(ctx context.Context) error { return m.counter(ctx, by, proposal, i+1, c, locale) })
	}
	switch {
	case s.answer == negotiation.ActionDecline:
		m.addStep(sent-1.1, func(ctx context.Context) error {
			return m.app.Negotiations.Decline(ctx, creator, proposal, len(s.counters)+1, refusals[creator.Locale][0])
		})
	case s.answer == negotiation.ActionWithdraw:
		m.addStep(sent-0.7, func(ctx context.Context) error { return m.app.Negotiations.Withdraw(ctx, buyer, proposal) })
	case s.deliverables[0].state != "":
		by := creator
		if len(s.counters)%2 == 1 {
			by = buyer
		}
		agreed := sent - 0.9 - 0.5*float64(len(s.counters))
		m.addStep(agreed, func(ctx context.Context) (err error) {
			deal, err = m.app.Negotiations.Accept(ctx, by, proposal, len(s.counters)+1)
			return err
		})
		if len(s.signers) > 0 {
			m.planContract(&deal, s, agreed, buyer, creator)
		}
		for i, it := range s.deliverables {
			m.planDeliverable(&deal, i+1, it, buyer, creator, s)
		}
		m.planEndOfDeal(&deal, s, buyer, creator)
	}
	return nil
}

// counter answers the latest offer with another fee.
func (m *worldMaker) counter(ctx context.Context, by models.Actor, id string, to int, c storyCounter, locale string) error {
	n, err := m.app.Negotiations.Get(ctx, by, id)
	if err != nil {
		return err
	}
	form := negotiation.OfferForm{Form: terms.FormOf(n.Latest.Terms, nil), ExpiresDays: "4"}
	form.Fee, form.Rounds = c.fee, cmp.Or(c.rounds, form.Rounds)
	_, err = m.app.Negotiations.Counter(ctx, by, id, negotiation.Answer{To: to, Form: form, Notes: map[terms.Clause]string{terms.ClauseFee: c.why[locale]}, Key: fmt.Sprint("counter-", to)})
	return err
}

// proposedDaysAgo is how many days ago a deal was proposed: before its first step and
// before its due days.
func (s story) proposedDaysAgo() float64 {
	most := s.endedDaysAgo + 3
	for _, it := range s.deliverables {
		most = max(most, it.lastStepDaysAgo+14, float64(-it.due)+3)
	}
	return most
}

// planDeliverable leads one deliverable to its state; its last step is at
// it.lastStepDaysAgo.
func (m *worldMaker) planDeliverable(deal *string, number int, it storyDeliverable, buyer, creator models.Actor, s story) {
	ref := func() deals.Ref { return deals.Ref{Deal: *deal, Number: number} }
	act := func(by models.Actor, action deals.Action, answers deals.Answers) func(context.Context) error {
		return func(ctx context.Context) error { return m.app.Deals.Act(ctx, by, ref(), action, answers) }
	}
	draft := act(creator, deals.ActionSubmitDraft, deals.Answers{"draft_url": "https://drafts.example/" + fmt.Sprint(number), "note": draftNotes[creator.Locale]})
	approve := act(buyer, deals.ActionApprove, nil)
	publish := act(creator, deals.ActionPublish, deals.Answers{"address": m.postURL(it, s, number)})
	switch it.state {
	case deals.Review:
		m.addStep(it.lastStepDaysAgo, draft)
	case deals.Changes:
		m.addStep(it.lastStepDaysAgo+1, draft)
		m.addStep(it.lastStepDaysAgo, act(buyer, deals.ActionRequestChanges, deals.Answers{"note": changesNotes[creator.Locale]}))
	case deals.Approved:
		m.addStep(it.lastStepDaysAgo+1, draft)
		m.addStep(it.lastStepDaysAgo, approve)
	case deals.Claimed, deals.Published, deals.Objected, deals.Completed:
		published := it.lastStepDaysAgo
		if it.state == deals.Objected {
			published++
			m.addStep(it.lastStepDaysAgo, act(buyer, deals.ActionObject, deals.Answers{"reason": objections[creator.Locale]}))
		}
		if it.state == deals.Completed {
			published += 3
			m.addStep(it.lastStepDaysAgo, act(buyer, deals.ActionComplete, nil))
		}
		m.addStep(published+3, draft)
		m.addStep(published+2, approve)
		m.addStep(published, publish)
		if it.state != deals.Claimed && it.format != "video" {
			m.addStep(published-0.4, act(buyer, deals.ActionConfirm, nil))
		}
	}
}

func (m *worldMaker) planEndOfDeal(deal *string, s story, buyer, creator models.Actor) {
	ender, reason := buyer, endReasons[creator.Locale][0]
	if s.ender == models.SideCreator {
		ender, reason = creator, endReasons[creator.Locale][1]
	}
	switch s.end {
	case deals.ActionEnd:
		m.addStep(s.endedDaysAgo, func(ctx context.Context) error { return m.app.Deals.End(ctx, ender, *deal, reason) })
	case deals.ActionEndLate:
		m.addStep(s.endedDaysAgo, func(ctx context.Context) error { return m.app.Deals.EndLate(ctx, ender, *deal, "") })
	}
}

// findCreator finds a creator who has joined, or with the zero actor an unclaimed profile,
// from a number on, of somebody who speaks a language.
func (m *worldMaker) findCreator(ctx context.Context, number int, locale string) (models.Actor, string, error) {
	if number < len(m.people) {
		return m.people[number], m.ids[number], nil
	}
	if err := m.app.Search.CatchUp(ctx); err != nil {
		return models.Actor{}, "", err
	}
	for n := number; n < m.options.Creators; n++ {
		p := m.generator.makePerson(n, 0)
		if isMember(n) || localeOf(p) != locale || p.platform != platform.TikTok || p.followers < creators.DefaultFollowerFloor {
			continue
		}
		f, _ := search.ParseFilter(url.Values{"q": {p.handle}}, m.app.Creators.TribeCatalogue())
		found, err := m.app.Search.Search(ctx, f)
		if err != nil {
			return models.Actor{}, "", err
		}
		if len(found.Hits) > 0 {
			return models.Actor{}, found.Hits[0].Creator.PublicID, nil
		}
	}
	return models.Actor{}, "", fmt.Errorf("no creator from %d on is listed", number)
}

// postURL is where a video was published just now; lives and stories have no address.
func (m *worldMaker) postURL(it storyDeliverable, s story, number int) string {
	if it.format != "video" {
		return ""
	}
	id := s.brand*1_000_000 + s.creator*1_000 + len(s.product)*10 + number
	handle := m.generator.makePerson(s.creator, 0).handle
	return fmt.Sprintf("https://www.tiktok.com/@%s/video/%s", handle, platform.PostKeyAt(platform.TikTok, m.clock.Now(), uint16(id%(1<<16))))
}

func (m *worldMaker) proposalForm(s story, locale string) negotiation.OfferForm {
	f := negotiation.OfferForm{Message: proposalMessages[locale], ExpiresDays: "7", Form: terms.Form{
		Product: s.product, Category: demoBrands[s.brand].category, Fee: s.fee, Currency: currencyOfCountry(demoBrands[s.brand].country),
		InKind: s.inKind, Rights: []terms.RightForm{{Channel: "social", Use: "organic", Days: "30"}}, Rounds: "2",
		Disclosure: terms.DefaultDisclosure(demoBrands[s.brand].country, locale),
	}}
	if s.inKind != "" {
		f.InKindValue = "180"
	}
	if s.months != "" {
		f.RepetitionMonths, f.NoticeDays = s.months, "14"
	}
	for _, it := range s.deliverables {
		f.Deliverables = append(f.Deliverables, terms.DeliverableForm{
			ContentType: it.content, Format: it.format, Platform: it.platform, Count: "1",
			DueOn: models.DateOf(m.now).AddDays(it.due).String(),
		})
	}
	return f
}
