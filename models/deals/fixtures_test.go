package deals_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/platform"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// world is a brand, a creator and a stranger of each kind, on one database.
type world struct {
	t                     testing.TB
	db                    *db.DB
	clock                 *testkit.Clock
	store                 *deals.Store
	engine                *run.Engine
	brand, creator        models.Actor
	otherBrand, otherStar models.Actor
	star                  string // the creator's handle on TikTok
	creatorID             string // public ids
	otherStarID           string
	forms                 int
}

// theirs is the store of the creators.
func theirs(t testing.TB, d *db.DB, c *testkit.Clock) *creators.Store {
	t.Helper()
	catalogue, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return creators.NewStore(d, c.Now, catalogue)
}

// newStore is a node's store with the engine that carries its tables out.
func newStore(t testing.TB, d *db.DB, c *testkit.Clock) (*deals.Store, *run.Engine) {
	t.Helper()
	e := run.NewEngine(d, c.Now)
	e.AnswerEffect(workflow.Notify, deals.PublishEvents)
	s := deals.NewStore(d, c.Now, theirs(t, d, c), e)
	if err := e.Check(); err != nil {
		t.Fatal(err)
	}
	return s, e
}

// numbers keeps worlds on one database apart.
var numbers atomic.Int64

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	d.Unlimited = true // worlds are made at one moment; limits_test.go limits its own
	c := testkit.NewClock()
	w := &world{t: t, db: d, clock: c}
	w.store, w.engine = newStore(t, d, c)
	n := numbers.Add(1)
	w.star = fmt.Sprint("noor.bakes", n)
	w.brand = w.newBrand("Example Oats", fmt.Sprintf("hello%d@oats.example", n))
	w.otherBrand = w.newBrand("Example Tea", fmt.Sprintf("hello%d@tea.example", n))
	w.creator, w.creatorID = w.newCreator("Noor Example", w.star, creatorZone, true)
	w.account(w.creator.CreatorID, "youtube", w.star)
	w.account(w.creator.CreatorID, "instagram", w.star)
	w.otherStar, w.otherStarID = w.newCreator("Sam Example", fmt.Sprint("sam.reads", n), "Europe/Amsterdam", true)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) create(row any) {
	w.t.Helper()
	w.must(w.db.Read(context.Background()).Create(row).Error)
}

func (w *world) newBrand(name, email string) models.Actor {
	w.t.Helper()
	now := w.clock.Now()
	p := accounts.Person{Name: name + " owner", Email: &email, EmailConfirmedAt: &now, Locale: "nl", Zone: brandZone, CreatedAt: now}
	w.create(&p)
	b := accounts.Brand{PublicID: models.NewPublicID(), Name: name, Country: "NL", CreatedAt: now}
	w.create(&b)
	w.create(&accounts.Member{BrandID: b.ID, PersonID: p.ID, Role: models.RoleOwner, CreatedAt: now})
	return models.Actor{PersonID: p.ID, BrandID: b.ID, Role: models.RoleOwner, Locale: "nl"}
}

func (w *world) newCreator(name, handle, zone string, claimed bool) (models.Actor, string) {
	w.t.Helper()
	ctx, now := context.Background(), w.clock.Now()
	var person *int64
	var actor models.Actor
	if claimed {
		email := handle + "@mail.example"
		p := accounts.Person{Name: name, Email: &email, EmailConfirmedAt: &now, Locale: "fr", Zone: zone, CreatedAt: now}
		w.create(&p)
		person, actor.PersonID = &p.ID, p.ID
	}
	id := models.NewPublicID()
	w.must(w.db.Read(ctx).Raw("INSERT INTO creators (public_id, person_id, name, country, zone, listed, created_at, updated_at) VALUES (?, ?, ?, 'BE', ?, true, ?, ?) RETURNING id",
		id, person, name, zone, now, now).Scan(&actor.CreatorID).Error)
	w.account(actor.CreatorID, "tiktok", handle)
	return actor, id
}

func (w *world) account(creatorID int64, platform, handle string) {
	w.t.Helper()
	now := w.clock.Now()
	w.must(w.db.Read(context.Background()).Exec("INSERT INTO creator_accounts (creator_id, platform, handle, handle_key, source, as_of, followers, listed, created_at, updated_at) VALUES (?, ?, ?, ?, 'imported', ?, 42000, TRUE, ?, ?)",
		creatorID, platform, handle, strings.ToLower(handle), now, now, now).Error)
}

// form is a proposal that nothing is wrong with: one video, due in two weeks.
func form(lines ...deals.DeliverableForm) deals.ProposalForm {
	if len(lines) == 0 {
		lines = []deals.DeliverableForm{{ContentType: "review", Format: "video", Platform: "tiktok", Count: "1", DueOn: "2026-12-04"}}
	}
	return deals.ProposalForm{
		Message: "Would you try our oats?", Product: "Oat box", Deliverables: lines,
		Fee: "450", Currency: "EUR", UsageDays: "30", Disclosure: "Publicité",
	}
}

func (w *world) propose(lines ...deals.DeliverableForm) string {
	w.t.Helper()
	w.forms++
	sent, err := w.store.Propose(context.Background(), w.brand, w.creatorID, form(lines...), fmt.Sprint("form", w.forms))
	w.must(err)
	return sent.Proposal
}

func (w *world) agree(lines ...deals.DeliverableForm) string {
	w.t.Helper()
	deal, err := w.store.Accept(context.Background(), w.creator, w.propose(lines...))
	w.must(err)
	return deal
}

func (w *world) deal(publicID string) deals.Deal {
	w.t.Helper()
	d, err := w.store.GetDeal(context.Background(), w.brand, publicID)
	w.must(err)
	return d
}

func (w *world) state(publicID string, number int) deals.State {
	w.t.Helper()
	return w.deal(publicID).Deliverable(number).State
}

func (w *world) proposalState(publicID string) deals.ProposalState {
	w.t.Helper()
	p, err := w.store.GetProposal(context.Background(), w.brand, publicID)
	w.must(err)
	return p.State
}

// bring carries the first deliverable of a new deal to a state, through the verbs.
func (w *world) bring(to deals.State) string {
	w.t.Helper()
	deal := w.agree()
	w.carry(deal, 1, to)
	return deal
}

// roads lead to each state from drafting.
var roads = map[deals.State][]deals.Action{
	deals.Drafting:  {},
	deals.Review:    {deals.ActionSubmitDraft},
	deals.Changes:   {deals.ActionSubmitDraft, deals.ActionRequestChanges},
	deals.Approved:  {deals.ActionSubmitDraft, deals.ActionApprove},
	deals.Claimed:   {deals.ActionSubmitDraft, deals.ActionApprove, deals.ActionPublish},
	deals.Published: {deals.ActionSubmitDraft, deals.ActionApprove, deals.ActionPublish},
	deals.Objected:  {deals.ActionSubmitDraft, deals.ActionApprove, deals.ActionPublish, deals.ActionObject},
	deals.Completed: {deals.ActionSubmitDraft, deals.ActionApprove, deals.ActionPublish, deals.ActionComplete},
	deals.Ended:     {deals.ActionEnd},
}

func (w *world) carry(deal string, number int, to deals.State) {
	w.t.Helper()
	ref := deals.Ref{Deal: deal, Number: number}
	for _, action := range roads[to] {
		side := models.SideBrand
		if action == deals.ActionSubmitDraft || action == deals.ActionPublish {
			side = models.SideCreator
		}
		address := w.address()
		if to == deals.Claimed { // as if the handle were not known: the address then proves nothing
			w.must(w.db.Read(context.Background()).Exec("UPDATE creator_accounts SET platform = 'twitch' WHERE creator_id = ? AND platform = 'tiktok'", w.creator.CreatorID).Error)
		}
		w.must(w.act(w.actor(side), ref, action, address))
	}
	if got := w.state(deal, number); got != to {
		w.t.Fatalf("the deliverable is %s, wanted %s", got, to)
	}
}

func (w *world) actor(side models.Side) models.Actor {
	if side == models.SideBrand {
		return w.brand
	}
	return w.creator
}

func (w *world) address() string {
	return fmt.Sprintf("https://www.tiktok.com/@%s/video/%s", w.star, platform.PostKeyAt(platform.TikTok, w.clock.Now(), uint16(numbers.Add(1))))
}

const sentence = "Please show the box earlier."

// act does any action on a deliverable, with an input that nothing is wrong with.
func (w *world) act(a models.Actor, ref deals.Ref, action deals.Action, address string) error {
	ctx := context.Background()
	switch action {
	case deals.ActionEnd:
		return w.store.End(ctx, a, ref.Deal, sentence)
	case deals.ActionEndLate:
		return w.store.EndLate(ctx, a, ref.Deal, "")
	case deals.ActionSubmitDraft:
		return w.submitDraft(a, ref, "https://drive.example/draft", "First cut")
	}
	answers := deals.Answers{}
	for _, f := range deals.DeliverableTable.Describe(action).Fields {
		answers[f.Name] = sentence
		if f.Kind == workflow.URLField {
			answers[f.Name] = address
		}
	}
	return w.store.Act(ctx, a, ref, action, answers)
}

func (w *world) submitDraft(a models.Actor, ref deals.Ref, url, note string) error {
	return w.store.Act(context.Background(), a, ref, deals.ActionSubmitDraft, deals.Answers{"draft_url": url, "note": note})
}

func (w *world) publish(a models.Actor, ref deals.Ref, address string) error {
	return w.store.Act(context.Background(), a, ref, deals.ActionPublish, deals.Answers{"address": address})
}

func (w *world) approve(a models.Actor, ref deals.Ref) error {
	return w.store.Act(context.Background(), a, ref, deals.ActionApprove, nil)
}

func (w *world) requestChanges(a models.Actor, ref deals.Ref, note string) error {
	return w.store.Act(context.Background(), a, ref, deals.ActionRequestChanges, deals.Answers{"note": note})
}

func (w *world) confirm(a models.Actor, ref deals.Ref) error {
	return w.store.Act(context.Background(), a, ref, deals.ActionConfirm, nil)
}

func (w *world) refuse(a models.Actor, ref deals.Ref, reason string) error {
	return w.store.Act(context.Background(), a, ref, deals.ActionRefuse, deals.Answers{"reason": reason})
}

func (w *world) object(a models.Actor, ref deals.Ref, reason string) error {
	return w.store.Act(context.Background(), a, ref, deals.ActionObject, deals.Answers{"reason": reason})
}

func (w *world) withdrawObjection(a models.Actor, ref deals.Ref) error {
	return w.store.Act(context.Background(), a, ref, deals.ActionWithdrawObjection, nil)
}

func (w *world) count(query string, args ...any) int {
	w.t.Helper()
	var n int
	w.must(w.db.Read(context.Background()).Raw(query, args...).Scan(&n).Error)
	return n
}

func (w *world) events() int { w.t.Helper(); return w.count("SELECT count(*) FROM workflow_events") }

func (w *world) jobs(kind string) int {
	w.t.Helper()
	return w.count("SELECT count(*) FROM river_job WHERE kind = ?", kind)
}

func (w *world) sweep() int {
	w.t.Helper()
	n, err := w.engine.Sweep(context.Background())
	w.must(err)
	return n
}

func wantCode(t testing.TB, err error, code models.Code) {
	t.Helper()
	if err == nil || models.CodeOf(err) != code {
		t.Fatalf("got %v, wanted %s", err, code)
	}
}

func wantField(t testing.TB, err error, field, key string) {
	t.Helper()
	wantCode(t, err, models.CodeInvalid)
	f := fieldsOf(err)
	if e, ok := f.Get(field); !ok || e.Key != key {
		t.Fatalf("got %v, wanted %s=%s", err, field, key)
	}
}

const (
	hour = time.Hour
	day  = 24 * time.Hour
)

// Where the two sides live: their days end an hour apart.
const (
	brandZone   = "Europe/London"
	creatorZone = "Europe/Brussels"
)

// endOfDay is when the nth day after an instant ends in a zone.
func endOfDay(zone string, t time.Time, n int) time.Time {
	return models.DateOf(t.In(models.Zone(zone))).AddDays(n).EndIn(models.Zone(zone))
}

// forwardTo sets the clock.
func (w *world) forwardTo(t time.Time) { w.clock.Advance(t.Sub(w.clock.Now())) }
