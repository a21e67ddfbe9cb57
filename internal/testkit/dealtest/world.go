// Package dealtest makes worlds for tests of negotiations and deals: a brand and a creator
// with a stranger of each kind, and short forms of what they do.
package dealtest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/files"
	"tribemarket/models/negotiation"
	"tribemarket/models/platform"
	"tribemarket/models/terms"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// World is a brand, a creator and a stranger of each kind, on one database.
type World struct {
	T                     testing.TB
	DB                    *db.DB
	Clock                 *testkit.Clock
	Deals                 *deals.Store
	Negotiations          *negotiation.Store
	Contracts             *contracts.Store
	Files                 *files.Store
	Engine                *run.Engine
	Brand, Creator        models.Actor
	OtherBrand, OtherStar models.Actor
	Star                  string // the creator's handle on TikTok
	CreatorID             string // public ids
	OtherStarID           string
	Forms                 int
	Months                string // for which the deals of AgreeWithContract repeat
}

// NewCreatorStore is the store of the creators.
func NewCreatorStore(t testing.TB, d *db.DB, c *testkit.Clock) *creators.Store {
	t.Helper()
	catalogue, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return creators.NewStore(d, c.Now, catalogue)
}

// NewStores are a node's stores with the engine that carries their tables out.
func NewStores(t testing.TB, d *db.DB, c *testkit.Clock) (*deals.Store, *negotiation.Store, *run.Engine) {
	t.Helper()
	s, n, _, _, e := newStores(t, d, c)
	return s, n, e
}

func newStores(t testing.TB, d *db.DB, c *testkit.Clock) (*deals.Store, *negotiation.Store, *contracts.Store, *files.Store, *run.Engine) {
	t.Helper()
	e := run.NewEngine(d, c.Now)
	theirs := NewCreatorStore(t, d, c)
	documents := files.NewStore(d, c.Now, NewMemoryStorage(), nil, files.OwnerRules{})
	binding := contracts.NewStore(d, c.Now, documents, e)
	s := deals.NewStore(d, c.Now, theirs, binding, e)
	n := negotiation.NewStore(d, c.Now, theirs, s, e)
	if err := e.Check(); err != nil {
		t.Fatal(err)
	}
	return s, n, binding, documents, e
}

// Numbers keeps worlds on one database apart.
var Numbers atomic.Int64

// New makes a world on a database.
func New(t testing.TB, d *db.DB) *World {
	t.Helper()
	d.Unlimited = true // worlds are made at one moment; limits_test.go limits its own
	c := testkit.NewClock()
	w := &World{T: t, DB: d, Clock: c}
	w.Deals, w.Negotiations, w.Contracts, w.Files, w.Engine = newStores(t, d, c)
	n := Numbers.Add(1)
	w.Star = fmt.Sprint("noor.bakes", n)
	w.Brand = w.NewBrand("Example Oats", fmt.Sprintf("hello%d@oats.example", n))
	w.OtherBrand = w.NewBrand("Example Tea", fmt.Sprintf("hello%d@tea.example", n))
	w.Creator, w.CreatorID = w.NewCreator("Noor Example", w.Star, CreatorZone, true)
	w.AddAccount(w.Creator.CreatorID, "youtube", w.Star)
	w.AddAccount(w.Creator.CreatorID, "instagram", w.Star)
	w.OtherStar, w.OtherStarID = w.NewCreator("Sam Example", fmt.Sprint("sam.reads", n), "Europe/Amsterdam", true)
	return w
}

// Must is short for what the name says; a failure ends the test.
func (w *World) Must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// Create is short for what the name says; a failure ends the test.
func (w *World) Create(row any) {
	w.T.Helper()
	w.Must(w.DB.Read(context.Background()).Create(row).Error)
}

// NewBrand is short for what the name says; a failure ends the test.
func (w *World) NewBrand(name, email string) models.Actor {
	w.T.Helper()
	now := w.Clock.Now()
	p := accounts.Person{Name: name + " owner", Email: &email, EmailConfirmedAt: &now, Locale: "nl", Zone: BrandZone, CreatedAt: now}
	w.Create(&p)
	b := accounts.Brand{PublicID: models.NewPublicID(), Name: name, Country: "NL", CreatedAt: now}
	w.Create(&b)
	w.Create(&accounts.Member{BrandID: b.ID, PersonID: p.ID, Role: models.RoleOwner, CreatedAt: now})
	return models.Actor{PersonID: p.ID, BrandID: b.ID, Role: models.RoleOwner, Locale: "nl"}
}

// NewCreator is short for what the name says; a failure ends the test.
func (w *World) NewCreator(name, handle, zone string, claimed bool) (models.Actor, string) {
	w.T.Helper()
	ctx, now := context.Background(), w.Clock.Now()
	var person *int64
	var actor models.Actor
	if claimed {
		email := handle + "@mail.example"
		p := accounts.Person{Name: name, Email: &email, EmailConfirmedAt: &now, Locale: "fr", Zone: zone, CreatedAt: now}
		w.Create(&p)
		person, actor.PersonID = &p.ID, p.ID
	}
	id := models.NewPublicID()
	w.Must(w.DB.Read(ctx).Raw("INSERT INTO creators (public_id, person_id, name, country, zone, listed, created_at, updated_at) VALUES (?, ?, ?, 'BE', ?, true, ?, ?) RETURNING id",
		id, person, name, zone, now, now).Scan(&actor.CreatorID).Error)
	w.AddAccount(actor.CreatorID, "tiktok", handle)
	return actor, id
}

// AddAccount is short for what the name says; a failure ends the test.
func (w *World) AddAccount(creatorID int64, platform, handle string) {
	w.T.Helper()
	now := w.Clock.Now()
	w.Must(w.DB.Read(context.Background()).Exec("INSERT INTO creator_accounts (creator_id, platform, handle, handle_key, source, as_of, followers, listed, created_at, updated_at) VALUES (?, ?, ?, ?, 'imported', ?, 42000, TRUE, ?, ?)",
		creatorID, platform, handle, strings.ToLower(handle), now, now, now).Error)
}

// Form is an offer that nothing is wrong with: one video, due in two weeks.
func Form(lines ...terms.DeliverableForm) negotiation.OfferForm {
	if len(lines) == 0 {
		lines = []terms.DeliverableForm{{ContentType: "review", Format: "video", Platform: "tiktok", Count: "1", DueOn: "2026-12-04"}}
	}
	return negotiation.OfferForm{Message: "Would you try our oats?", Form: terms.Form{
		Product: "Oat box", Deliverables: lines,
		Fee: "450", Currency: "EUR", Rights: []terms.RightForm{{Days: "30"}}, Disclosure: "Publicité",
	}}
}

// Propose is short for what the name says; a failure ends the test.
func (w *World) Propose(lines ...terms.DeliverableForm) string {
	w.T.Helper()
	w.Forms++
	sent, err := w.Negotiations.Propose(context.Background(), w.Brand, w.CreatorID, Form(lines...), fmt.Sprint("form", w.Forms))
	w.Must(err)
	return sent.Negotiation
}

// Agree is short for what the name says; a failure ends the test.
func (w *World) Agree(lines ...terms.DeliverableForm) string {
	w.T.Helper()
	deal, err := w.Negotiations.Accept(context.Background(), w.Creator, w.Propose(lines...), 1)
	w.Must(err)
	return deal
}

// Deal is short for what the name says; a failure ends the test.
func (w *World) Deal(publicID string) deals.Deal {
	w.T.Helper()
	d, err := w.Deals.GetDeal(context.Background(), w.Brand, publicID)
	w.Must(err)
	return d
}

// State is short for what the name says; a failure ends the test.
func (w *World) State(publicID string, number int) deals.State {
	w.T.Helper()
	return w.Deal(publicID).Deliverable(number).State
}

// NegotiationState is short for what the name says; a failure ends the test.
func (w *World) NegotiationState(publicID string) negotiation.State {
	w.T.Helper()
	p, err := w.Negotiations.Get(context.Background(), w.Brand, publicID)
	w.Must(err)
	return p.State
}

// Bring carries the first deliverable of a new deal to a state, through the verbs. A failure
// ends the test.
func (w *World) Bring(to deals.State) string {
	w.T.Helper()
	if to == deals.Waiting {
		return w.AgreeWithContract()
	}
	deal := w.Agree()
	w.Carry(deal, 1, to)
	return deal
}

// Roads lead to each state from drafting.
var Roads = map[deals.State][]deals.Action{
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

// Carry is short for what the name says; a failure ends the test.
func (w *World) Carry(deal string, number int, to deals.State) {
	w.T.Helper()
	ref := deals.Ref{Deal: deal, Number: number}
	for _, action := range Roads[to] {
		side := models.SideBrand
		if action == deals.ActionSubmitDraft || action == deals.ActionPublish {
			side = models.SideCreator
		}
		address := w.Address()
		if to == deals.Claimed { // as if the handle were not known: the address then proves nothing
			w.Must(w.DB.Read(context.Background()).Exec("UPDATE creator_accounts SET platform = 'twitch' WHERE creator_id = ? AND platform = 'tiktok'", w.Creator.CreatorID).Error)
		}
		w.Must(w.Act(w.Actor(side), ref, action, address))
	}
	if got := w.State(deal, number); got != to {
		w.T.Fatalf("the deliverable is %s, wanted %s", got, to)
	}
}

// Actor is short for what the name says; a failure ends the test.
func (w *World) Actor(side models.Side) models.Actor {
	if side == models.SideBrand {
		return w.Brand
	}
	return w.Creator
}

// Address is short for what the name says; a failure ends the test.
func (w *World) Address() string {
	return fmt.Sprintf("https://www.tiktok.com/@%s/video/%s", w.Star, platform.PostKeyAt(platform.TikTok, w.Clock.Now(), uint16(Numbers.Add(1))))
}

// Sentence is a text that nothing is wrong with.
const Sentence = "Please show the box earlier."

// Act does any action on a deliverable, with an input that nothing is wrong with. A failure
// ends the test.
func (w *World) Act(a models.Actor, ref deals.Ref, action deals.Action, address string) error {
	ctx := context.Background()
	switch action {
	case deals.ActionEnd:
		return w.Deals.End(ctx, a, ref.Deal, Sentence)
	case deals.ActionEndLate:
		return w.Deals.EndLate(ctx, a, ref.Deal, "")
	case deals.ActionEndAway:
		return w.Deals.EndAway(ctx, a, ref.Deal)
	case deals.ActionSubmitDraft:
		return w.SubmitDraft(a, ref, "https://drive.example/draft", "First cut")
	}
	answers := deals.Answers{}
	for _, f := range deals.DeliverableTable.Describe(action).Fields {
		answers[f.Name] = Sentence
		if f.Kind == workflow.URLField {
			answers[f.Name] = address
		}
	}
	return w.Deals.Act(ctx, a, ref, action, answers)
}

// SubmitDraft is short for what the name says; a failure ends the test.
func (w *World) SubmitDraft(a models.Actor, ref deals.Ref, url, note string) error {
	return w.Deals.Act(context.Background(), a, ref, deals.ActionSubmitDraft, deals.Answers{"draft_url": url, "note": note})
}

// Publish is short for what the name says; a failure ends the test.
func (w *World) Publish(a models.Actor, ref deals.Ref, address string) error {
	return w.Deals.Act(context.Background(), a, ref, deals.ActionPublish, deals.Answers{"address": address})
}

// Approve is short for what the name says; a failure ends the test.
func (w *World) Approve(a models.Actor, ref deals.Ref) error {
	return w.Deals.Act(context.Background(), a, ref, deals.ActionApprove, nil)
}

// RequestChanges is short for what the name says; a failure ends the test.
func (w *World) RequestChanges(a models.Actor, ref deals.Ref, note string) error {
	return w.Deals.Act(context.Background(), a, ref, deals.ActionRequestChanges, deals.Answers{"note": note})
}

// Confirm is short for what the name says; a failure ends the test.
func (w *World) Confirm(a models.Actor, ref deals.Ref) error {
	return w.Deals.Act(context.Background(), a, ref, deals.ActionConfirm, nil)
}

// Refuse is short for what the name says; a failure ends the test.
func (w *World) Refuse(a models.Actor, ref deals.Ref, reason string) error {
	return w.Deals.Act(context.Background(), a, ref, deals.ActionRefuse, deals.Answers{"reason": reason})
}

// Object is short for what the name says; a failure ends the test.
func (w *World) Object(a models.Actor, ref deals.Ref, reason string) error {
	return w.Deals.Act(context.Background(), a, ref, deals.ActionObject, deals.Answers{"reason": reason})
}

// WithdrawObjection is short for what the name says; a failure ends the test.
func (w *World) WithdrawObjection(a models.Actor, ref deals.Ref) error {
	return w.Deals.Act(context.Background(), a, ref, deals.ActionWithdrawObjection, nil)
}

// Count is short for what the name says; a failure ends the test.
func (w *World) Count(query string, args ...any) int {
	w.T.Helper()
	var n int
	w.Must(w.DB.Read(context.Background()).Raw(query, args...).Scan(&n).Error)
	return n
}

// Events is short for what the name says; a failure ends the test.
func (w *World) Events() int { w.T.Helper(); return w.Count("SELECT count(*) FROM workflow_events") }

// Jobs is short for what the name says; a failure ends the test.
func (w *World) Jobs(kind string) int {
	w.T.Helper()
	return w.Count("SELECT count(*) FROM river_job WHERE kind = ?", kind)
}

// Sweep is short for what the name says; a failure ends the test.
func (w *World) Sweep() int {
	w.T.Helper()
	n, err := w.Engine.Sweep(context.Background())
	w.Must(err)
	return n
}

// WantCode fails unless an error is of a kind.
func WantCode(t testing.TB, err error, code models.Code) {
	t.Helper()
	if err == nil || models.CodeOf(err) != code {
		t.Fatalf("got %v, wanted %s", err, code)
	}
}

// WantField fails unless an error is about a field, with a text.
func WantField(t testing.TB, err error, field, key string) {
	t.Helper()
	WantCode(t, err, models.CodeInvalid)
	f := FieldsOf(err)
	if e, ok := f.Get(field); !ok || e.Key != key {
		t.Fatalf("got %v, wanted %s=%s", err, field, key)
	}
}

// Day is 24 hours.
const Day = 24 * time.Hour

// Where the two sides live: their days end an hour apart.
const (
	BrandZone   = "Europe/London"
	CreatorZone = "Europe/Brussels"
)

// EndOfDay is when the nth day after an instant ends in a zone.
func EndOfDay(zone string, t time.Time, n int) time.Time {
	return models.DateOf(t.In(models.Zone(zone))).AddDays(n).EndIn(models.Zone(zone))
}

// ForwardTo sets the clock.
func (w *World) ForwardTo(t time.Time) { w.Clock.Advance(t.Sub(w.Clock.Now())) }

// FieldsOf are what is wrong with a form, by field.
func FieldsOf(err error) models.Fields {
	var e *models.Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}
