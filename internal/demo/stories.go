package demo

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/platform"
	"tribemarket/models/search"
)

type brand struct{ name, domain, country, locale, zone, sells, member, category string }

func (b brand) email() string { return strings.ToLower(strings.Fields(b.member)[0]) + "@" + b.domain }

var brands = []brand{
	{"Brindille & Poêle", "brindille.example", "FR", "fr", "Europe/Paris", "Poêles et casseroles en fonte", "Margaux Brindille", "home"},
	{"Noordlicht Huid", "noordlicht.example", "NL", "nl", "Europe/Amsterdam", "Huidverzorging zonder parfum", "Jurre Noordlicht", "beauty"},
	{"Kestrel Audio", "kestrel.example", "GB", "en", "Europe/London", "Headphones that can be repaired", "Hollis Kestrel", "tech"},
	{"Papierwerk", "papierwerk.example", "BE", "nl", "Europe/Brussels", "Notitieboeken en vulpennen", "Lotte Papierwerk", "home"},
	{"Fernwick Cycles", "fernwick.example", "GB", "en", "Europe/London", "City bicycles", "Orla Fernwick", "sport"},
}

// item is one deliverable and how far it has come, days counted back from now.
type item struct {
	format, platform, content string
	due                       int // days from now; negative is past
	to                        deals.State
	last                      float64 // days ago, of the last step
}

// story is a proposal and what became of it.
type story struct {
	brand, creator int
	product        string
	fee            string
	inKind         string
	items          []item
	answer         deals.Action // to the proposal; "" leaves it open
	sent           float64      // days ago; of deals it follows from the items
	end            deals.Action // "" for a deal that goes on
	ender          models.Side
	ended          float64 // days ago
}

func video(due int, to deals.State, last float64) item {
	return item{"video", platform.TikTok, "review", due, to, last}
}

func on(platform, format string, due int, to deals.State, last float64) item {
	return item{format, platform, "tutorial", due, to, last}
}

// stories put every state of proposals, deliverables and deals into the world.
var stories = []story{
	// Open and closed proposals
	{brand: 0, creator: 0, product: "Dîners d'une seule poêle", fee: "420", items: []item{video(16, "", 0), on(platform.Instagram, "story", 18, "", 0)}, sent: 1.4},
	{brand: 1, creator: 0, product: "Winterbalsem", fee: "380", items: []item{video(21, "", 0)}, sent: 6.3},
	{brand: 2, creator: 4, product: "Kestrel One, open-back", fee: "900", inKind: "A pair of Kestrel One", items: []item{video(25, "", 0)}, sent: 0.6},
	{brand: 0, creator: 60, product: "Cocotte 24 cm", fee: "300", items: []item{video(20, "", 0)}, sent: 2.2},
	{brand: 3, creator: 1, product: "Vulpen voor elke dag", fee: "260", items: []item{video(12, "", 0)}, answer: deals.ActionDecline, sent: 9},
	{brand: 2, creator: 3, product: "Kestrel Travel", fee: "500", items: []item{video(9, "", 0)}, answer: deals.ActionWithdraw, sent: 12},
	{brand: 4, creator: 5, product: "Commuter test", fee: "350", items: []item{video(10, "", 0)}, answer: deals.ActionExpire, sent: 15},
	{brand: 1, creator: 70, product: "Zonnecrème, twee weken getest", fee: "210", items: []item{video(3, "", 0)}, answer: deals.ActionExpire, sent: 20},

	// Running deals, one for every state of a deliverable, on time and late
	{brand: 0, creator: 0, product: "Poêles d'automne", fee: "990", items: []item{video(-12, deals.Completed, 5), video(6, deals.Review, 1.2), on(platform.TikTok, "live", 11, deals.Drafting, 0)}},
	{brand: 0, creator: 1, product: "La fonte, mode d'emploi", fee: "460", items: []item{video(4, deals.Review, 4.4)}},
	{brand: 1, creator: 2, product: "Gezichtscrème zonder parfum", fee: "640", items: []item{video(5, deals.Changes, 1.5), video(9, deals.Drafting, 0)}},
	{brand: 2, creator: 3, product: "Kestrel One, repaired on camera", fee: "750", inKind: "Spare parts kit", items: []item{video(3, deals.Approved, 0.8)}},
	{brand: 3, creator: 0, product: "Dagboek in dertig dagen", fee: "310", items: []item{on(platform.Instagram, "video", 2, deals.Claimed, 1.1)}},
	{brand: 4, creator: 4, product: "Rain ride", fee: "480", items: []item{video(-1, deals.Published, 2.3)}},
	{brand: 1, creator: 5, product: "Nachtserum", fee: "520", items: []item{video(-2, deals.Objected, 1.7)}},
	{brand: 0, creator: 6, product: "Crêpes du dimanche", fee: "270", items: []item{video(-5, deals.Drafting, 0)}},
	{brand: 3, creator: 7, product: "Inkt die droogt", fee: "240", items: []item{video(-9, deals.Changes, 9.5)}},
	{brand: 2, creator: 8, product: "Kestrel Studio", fee: "880", items: []item{video(-8, deals.Approved, 9.2)}},
	{brand: 4, creator: 9, product: "First week by bike", fee: "390", items: []item{on(platform.YouTube, "video", -6, deals.Published, 3.2)}},

	// Finished ones
	{brand: 0, creator: 10, product: "Omelette au carré", fee: "340", items: []item{video(-25, deals.Completed, 20)}},
	{brand: 1, creator: 0, product: "Lippenbalsem", fee: "300", items: []item{video(-30, deals.Completed, 24), on(platform.Instagram, "story", -29, deals.Completed, 23)}},
	{brand: 2, creator: 11, product: "Quiet commute", fee: "610", items: []item{video(-18, deals.Completed, 12)}},
	{brand: 3, creator: 4, product: "Letters on paper", fee: "280", items: []item{video(-22, deals.Completed, 16)}},
	{brand: 4, creator: 12, product: "Cargo bike, one family", fee: "720", items: []item{video(-16, deals.Review, 22)}, end: deals.ActionEnd, ender: models.SideBrand, ended: 21},
	{brand: 2, creator: 13, product: "Kestrel Mini", fee: "330", items: []item{video(-10, deals.Drafting, 0)}, end: deals.ActionEnd, ender: models.SideCreator, ended: 14},
	{brand: 0, creator: 14, product: "Wok et braises", fee: "410", items: []item{video(-14, deals.Drafting, 0)}, end: deals.ActionEndLate, ender: models.SideBrand, ended: 6},
}

// step is something that somebody did, at its time.
type step struct {
	at time.Time
	do func(context.Context) error
}

// at adds a step that happens so many days ago.
func (m *maker) at(daysAgo float64, do func(context.Context) error) {
	m.steps = append(m.steps, step{m.now.Add(-time.Duration(daysAgo * float64(24*time.Hour))), do})
}

// playStories plays all steps in the order of time, and lets deadlines pass in between.
func (m *maker) playStories(ctx context.Context, _ *World) error {
	for i, s := range stories {
		if s.creator < m.o.Creators {
			if err := m.plan(ctx, i, s); err != nil {
				return err
			}
		}
	}
	for day := 60.0; day >= 0; day-- {
		m.at(day, func(ctx context.Context) error { _, err := m.app.Workflow.Sweep(ctx); return err })
	}
	slices.SortStableFunc(m.steps, func(a, b step) int { return a.at.Compare(b.at) })
	for _, s := range m.steps {
		m.clock.set(s.at)
		if err := s.do(ctx); err != nil {
			return fmt.Errorf("at %s: %w", s.at.Format(time.DateTime), err)
		}
	}
	return nil
}

// plan adds the steps of one story.
func (m *maker) plan(ctx context.Context, n int, s story) error {
	creator, id, err := m.creator(ctx, s.creator)
	if err != nil {
		return err
	}
	buyer := m.brands[s.brand]
	var proposal, deal string
	sent := s.sent
	if sent == 0 {
		sent = s.begins()
	}
	m.at(sent, func(ctx context.Context) error {
		out, err := m.app.Deals.Propose(ctx, buyer, id, m.form(s), fmt.Sprintf("demo-%d", n))
		proposal = out.Proposal
		return err
	})
	switch {
	case s.answer == deals.ActionDecline:
		m.at(sent-1.1, func(ctx context.Context) error {
			return m.app.Deals.Decline(ctx, creator, proposal, "Not this month: three other deals are running.")
		})
	case s.answer == deals.ActionWithdraw:
		m.at(sent-0.7, func(ctx context.Context) error { return m.app.Deals.Withdraw(ctx, buyer, proposal) })
	case s.items[0].to != "":
		m.at(sent-0.9, func(ctx context.Context) (err error) {
			deal, err = m.app.Deals.Accept(ctx, creator, proposal)
			return err
		})
		for i, it := range s.items {
			m.planItem(&deal, i+1, it, buyer, creator, s)
		}
		m.planEnd(&deal, s, buyer, creator)
	}
	return nil
}

// begins is how many days ago a deal was proposed: before its first step and
// before its due days.
func (s story) begins() float64 {
	most := s.ended + 3
	for _, it := range s.items {
		most = max(most, it.last+14, float64(-it.due)+3)
	}
	return most
}

// planItem walks one deliverable to its state; its last step is at it.last.
func (m *maker) planItem(deal *string, number int, it item, buyer, creator models.Actor, s story) {
	ref := func() deals.Ref { return deals.Ref{Deal: *deal, Number: number} }
	act := func(by models.Actor, action deals.Action, answers deals.Answers) func(context.Context) error {
		return func(ctx context.Context) error { return m.app.Deals.Act(ctx, by, ref(), action, answers) }
	}
	draft := act(creator, deals.ActionSubmitDraft, deals.Answers{"draft_url": "https://drafts.example/" + fmt.Sprint(number), "note": "First cut, sound is not final."})
	approve := act(buyer, deals.ActionApprove, nil)
	publish := act(creator, deals.ActionPublish, deals.Answers{"address": m.address(it, s, number)})
	switch it.to {
	case deals.Review:
		m.at(it.last, draft)
	case deals.Changes:
		m.at(it.last+1, draft)
		m.at(it.last, act(buyer, deals.ActionRequestChanges, deals.Answers{"note": "Please show the product in the first three seconds."}))
	case deals.Approved:
		m.at(it.last+1, draft)
		m.at(it.last, approve)
	case deals.Claimed, deals.Published, deals.Objected, deals.Completed:
		published := it.last
		if it.to == deals.Objected {
			published++
			m.at(it.last, act(buyer, deals.ActionObject, deals.Answers{"reason": "The disclosure is missing from the caption."}))
		}
		if it.to == deals.Completed {
			published += 3
			m.at(it.last, act(buyer, deals.ActionComplete, nil))
		}
		m.at(published+3, draft)
		m.at(published+2, approve)
		m.at(published, publish)
		if it.to != deals.Claimed && (it.platform != platform.TikTok || it.format != "video") {
			m.at(published-0.4, act(buyer, deals.ActionConfirm, nil))
		}
	}
}

func (m *maker) planEnd(deal *string, s story, buyer, creator models.Actor) {
	ender, reason := buyer, "The product is delayed until spring."
	if s.ender == models.SideCreator {
		ender, reason = creator, "I have to stop working for some weeks."
	}
	switch s.end {
	case deals.ActionEnd:
		m.at(s.ended, func(ctx context.Context) error { return m.app.Deals.End(ctx, ender, *deal, reason) })
	case deals.ActionEndLate:
		m.at(s.ended, func(ctx context.Context) error { return m.app.Deals.EndLate(ctx, ender, *deal, "") })
	}
}

// creator is a joined one, or an unclaimed profile with the zero actor.
func (m *maker) creator(ctx context.Context, number int) (models.Actor, string, error) {
	if number < len(m.people) {
		return m.people[number], m.ids[number], nil
	}
	if err := m.app.Search.CatchUp(ctx); err != nil {
		return models.Actor{}, "", err
	}
	// Some are below the marketplace's floor: the next one above it is taken.
	for range 50 {
		f, _ := search.ParseFilter(url.Values{"q": {m.gen.person(number, 0).handle}}, m.app.Creators.Catalogue())
		found, err := m.app.Search.Search(ctx, f)
		if err != nil {
			return models.Actor{}, "", err
		}
		if len(found.Hits) > 0 {
			return models.Actor{}, found.Hits[0].Creator.PublicID, nil
		}
		number++
	}
	return models.Actor{}, "", fmt.Errorf("no creator from %d on is listed", number)
}

// address is where it was published: on TikTok under the creator's own handle.
func (m *maker) address(it item, s story, number int) string {
	p := m.gen.person(s.creator, 0)
	id := 7_500_000_000_000_000_000 + int64(s.brand)*1_000_000 + int64(s.creator)*1_000 + int64(len(s.product))*10 + int64(number)
	switch {
	case it.platform == platform.TikTok && it.format == "video":
		return fmt.Sprintf("https://www.tiktok.com/@%s/video/%d", p.handle, id)
	case it.platform == platform.YouTube:
		return fmt.Sprintf("https://www.youtube.com/watch?v=demo%07d", id%10_000_000)
	case it.platform == platform.Instagram && it.format == "video":
		return fmt.Sprintf("https://www.instagram.com/reel/Demo%07d/", id%10_000_000)
	}
	return ""
}

func (m *maker) form(s story) deals.ProposalForm {
	f := deals.ProposalForm{
		Message: message(brands[s.brand].locale), Product: s.product, Category: brands[s.brand].category, Fee: s.fee, Currency: currency(brands[s.brand].country),
		InKind: s.inKind, UsageDays: "30", ExpiresDays: "7",
		Disclosure: deals.DefaultDisclosure(brands[s.brand].country, brands[s.brand].locale),
	}
	if s.inKind != "" {
		f.InKindValue = "180"
	}
	for _, it := range s.items {
		f.Deliverables = append(f.Deliverables, deals.DeliverableForm{
			ContentType: it.content, Format: it.format, Platform: it.platform, Count: "1",
			DueOn: models.DateOf(m.now).AddDays(it.due).String(),
		})
	}
	return f
}

func message(locale string) string {
	switch locale {
	case "fr":
		return "Bonjour, vos vidéos sont précises et calmes, comme ce que nous fabriquons. Le texte est libre ; montrez l'objet en usage."
	case "nl":
		return "Hallo, je video's zijn rustig en eerlijk. Vertel gerust wat je minder goed vindt; laat het product in gebruik zien."
	}
	return "Hello, your videos are calm and exact. Say what you like and what you don't; please show the product in use."
}
