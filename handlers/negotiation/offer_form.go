package negotiation

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	"tribemarket/views/layouts"
	negotiationview "tribemarket/views/negotiation"
	"tribemarket/views/paths"
)

// offerForm is an offer being written. Add, Remove and Count are the buttons that return the
// form instead of sending it.
type offerForm struct {
	negotiation.OfferForm
	Key    string `form:"key"`
	To     int    `form:"to"`     // the offer that is answered; 0 for the first one
	Add    string `form:"add"`    // the list that gets a line
	Remove string `form:"remove"` // the line that goes, such as deliverables.2
	Count  string `form:"count"`
	Fill   string `form:"fill"`  // fills in the creator's prices
	Look   string `form:"look"`  // shows the offer as the other side will see it
	Again  string `form:"again"` // fills in the terms of an earlier negotiation

	notes     map[terms.Clause]string // why clauses change
	focus     string                  // the field that gets the focus
	conflict  *models.Error           // why it could not be sent
	stale     int                     // the offer that it answered, where a later one may have come
	draft     negotiationview.DraftState
	templates []negotiation.Template // of the brand, on a new form
	again     string                 // the product of the negotiation whose terms are filled in
	moved     int                    // the days by which their days have moved
}

// applyButtons applies Add and Remove, and says whether a button was pressed that returns
// the form.
func (f *offerForm) applyButtons() bool {
	switch list, line, _ := strings.Cut(f.Remove, "."); {
	case f.Add != "":
		f.addLine()
	case f.Remove != "":
		n, _ := strconv.Atoi(line)
		f.removeLine(list, n)
	default:
		return f.Count != "" || f.Fill != ""
	}
	return true
}

func (f *offerForm) addLine() {
	switch f.Add {
	case "rights":
		if len(f.Rights) < terms.MaxRights {
			f.Rights = append(f.Rights, terms.RightForm{})
		}
		f.focus = fmt.Sprintf("rights[%d].days", len(f.Rights)-1)
	case "personal":
		if len(f.Personal) < terms.MaxPersonal {
			f.Personal = append(f.Personal, terms.PersonalForm{})
		}
		f.focus = fmt.Sprintf("personal[%d].title", len(f.Personal)-1)
	default:
		if len(f.Deliverables) < terms.MaxDeliverables {
			f.Deliverables = append(f.Deliverables, terms.DeliverableForm{Count: "1"})
		}
		f.focus = fmt.Sprintf("deliverables[%d].content_type", len(f.Deliverables)-1)
	}
}

func (f *offerForm) removeLine(list string, n int) {
	switch {
	case list == "rights" && n >= 1 && n <= len(f.Rights):
		f.Rights = slices.Delete(f.Rights, n-1, n)
		f.focus = "rights"
	case list == "personal" && n >= 1 && n <= len(f.Personal):
		f.Personal = slices.Delete(f.Personal, n-1, n)
		f.focus = "personal"
	case list == "deliverables" && n >= 1 && n <= len(f.Deliverables) && len(f.Deliverables) > 1:
		f.Deliverables = slices.Delete(f.Deliverables, n-1, n)
		f.focus = fmt.Sprintf("deliverables[%d].content_type", min(n, len(f.Deliverables))-1)
	}
}

// readOfferForm reads a form whose amounts are in the notation of the person's language.
func readOfferForm(c echo.Context) (f offerForm, err error) {
	err = web.ReadForm(c, &f)
	ctx := c.Request().Context()
	f.notes = map[terms.Clause]string{}
	for _, clause := range terms.Clauses() {
		if note := web.CleanText(c.FormValue(negotiationview.NoteName(clause))); note != "" {
			f.notes[clause] = note
		}
	}
	f.ReadMoney = moneyReader(ctx)
	return f, err
}

// moneyReader reads amounts in the notation of the person's language.
func moneyReader(ctx context.Context) func(s, currency string) (models.Money, error) {
	return func(s, currency string) (models.Money, error) { return i18n.ParseMoney(ctx, s, currency) }
}

// moneyWriter writes amounts in the notation of the person's language.
func moneyWriter(ctx context.Context) func(models.Money) string {
	return func(m models.Money) string { return i18n.Amount(ctx, m) }
}

// fillPrices fills in the parts of the fee that have a price by the creator's own.
func (f *offerForm) fillPrices(ctx context.Context, to creators.CreatorSummary, zone *time.Location, now time.Time) {
	today := models.DateOf(now.In(zone))
	t, _, _ := f.Read(terms.Rules{Today: today})
	f.fillFee(ctx, t, negotiation.QuoteFor(to, t, today))
}

// fillFee fills in the parts of the fee that a quote of terms has.
func (f *offerForm) fillFee(ctx context.Context, t terms.Terms, q negotiation.Quote) {
	fee := q.Fee()
	for _, part := range []struct {
		field *string
		minor int64
	}{{&f.Fee, fee.Content}, {&f.RightsFee, fee.Rights}, {&f.WhitelistingFee, fee.Whitelisting}, {&f.ExclusivityFee, fee.Exclusivity}, {&f.RushFee, fee.Rush}} {
		if part.minor > 0 {
			*part.field = i18n.Amount(ctx, t.Money(part.minor))
		}
	}
	f.focus = "fee"
}

// newNegotiation shows the form of a first offer to a creator.
func (h *Handlers) newNegotiation(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	to, err := h.Creators.Listed(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	if err := h.Negotiations.CheckReachable(ctx, actor, to.Creator); err != nil {
		return err
	}
	f := offerForm{Key: models.NewPublicID()}
	f.ReadMoney = moneyReader(ctx)
	f.fillDefaults(to, actor.Locale)
	if err := h.fillDraft(c, &f, negotiation.DraftKey{CreatorID: to.Creator.ID}, 0); err != nil {
		return err
	}
	if err := h.fillTemplate(c, &f, to); err != nil {
		return err
	}
	return h.renderFirstOffer(c, 200, to, f, nil)
}

// proposeAgain shows an offer with the terms of an earlier negotiation as it would be sent, or
// the form where something about them has to change first.
func (h *Handlers) proposeAgain(c echo.Context, to creators.CreatorSummary, earlier string) error {
	n, err := h.Negotiations.GetOffers(c.Request().Context(), web.ActorOf(c), earlier)
	if err != nil {
		return err
	}
	f, latest, zone := offerForm{Key: models.NewPublicID(), again: n.Latest.Terms.Product}, n.Latest, to.Creator.Location()
	latest.Terms, f.moved = latest.Terms.MoveDays(models.DateOf(latest.SentAt.In(zone)), models.DateOf(h.Clock().In(zone)))
	f.fillFrom(c, latest)
	return h.lookAtFirst(c, to, f)
}

// againLead says whose terms are filled in, and by how much their days have moved.
func (f offerForm) againLead(ctx context.Context) string {
	if f.again == "" {
		return ""
	}
	lead := i18n.T(ctx, "negotiation.again.lead", "product", f.again)
	if f.moved > 0 {
		lead += " " + i18n.T(ctx, "negotiation.again.moved", "n", f.moved)
	}
	return lead
}

// fillDefaults fills in the defaults for the creator.
func (f *offerForm) fillDefaults(to creators.CreatorSummary, locale string) {
	f.Deliverables = []terms.DeliverableForm{{Count: "1"}}
	f.Currency, f.ExpiresDays = models.Currencies()[0], strconv.Itoa(negotiation.AnswerDays)
	if len(to.Prices) > 0 {
		f.Currency = to.Prices[0].Currency
	}
	f.Disclosure = terms.DefaultDisclosure(to.Creator.Country, locale)
}

// fillFrom fills in the terms of an offer.
func (f *offerForm) fillFrom(c echo.Context, o negotiation.Offer) {
	ctx := c.Request().Context()
	f.Form = terms.FormOf(o.Terms, moneyWriter(ctx))
	f.ExpiresDays, f.ReadMoney = strconv.Itoa(negotiation.AnswerDays), moneyReader(ctx)
}

// propose sends a first offer, or returns the form with a line more or less.
func (h *Handlers) propose(c echo.Context) error {
	f, err := readOfferForm(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	to, err := h.Creators.Listed(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	if f.Again != "" {
		return h.proposeAgain(c, to, f.Again)
	}
	draft := negotiation.DraftKey{CreatorID: to.Creator.ID}
	if f.Count == "discard" {
		return h.discardDraft(c, draft, paths.NewNegotiation(to.Creator.PublicID))
	}
	if f.applyButtons() {
		h.keepDraft(c, &f, draft)
		return h.renderFirstOffer(c, 200, to, f, nil)
	}
	if f.Look != "" {
		h.keepDraft(c, &f, draft)
		return h.lookAtFirst(c, to, f)
	}
	sent, err := h.Negotiations.Propose(ctx, web.ActorOf(c), c.Param("id"), f.OfferForm, f.Key)
	if err != nil {
		return h.refuseFirst(c, to, f, err)
	}
	return h.redirectToSent(c, sent)
}

// refuseFirst returns the form of a first offer with why it cannot be sent.
func (h *Handlers) refuseFirst(c echo.Context, to creators.CreatorSummary, f offerForm, err error) error {
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderFirstOffer(c, 422, to, f, fields)
	}
	if conflict, ok := web.AsConflict(err); ok {
		// The person went back to the page and changed it: it is now an offer of its own.
		f.Key, f.conflict = models.NewPublicID(), conflict
		return h.renderFirstOffer(c, 409, to, f, nil)
	}
	return err
}

func (h *Handlers) renderFirstOffer(c echo.Context, status int, to creators.CreatorSummary, f offerForm, fields models.Fields) error {
	ctx := c.Request().Context()
	if f.Fill != "" {
		f.fillPrices(ctx, to, to.Creator.Location(), h.Clock())
	}
	guards, err := h.Creators.LimitsOf(ctx, to.Creator.ID)
	if err != nil {
		return err
	}
	p := negotiationview.PresentFirstOffer(ctx, to, guards, f.answers(fields), h.Clock())
	p.Unconfirmed = !isConfirmed(web.VisitorOf(c))
	p.Lead, p.Templates = cmp.Or(f.againLead(ctx), p.Lead), negotiationview.PresentTemplateLinks(to.Creator.PublicID, f.templates)
	return h.renderForm(c, status, f, p, web.ActorOf(c).BrandID)
}

// answers are the form as entered, with what is wrong with it.
func (f *offerForm) answers(fields models.Fields) negotiationview.Answers {
	if len(f.Deliverables) == 0 {
		f.Deliverables = []terms.DeliverableForm{{Count: "1"}}
	}
	return negotiationview.Answers{OfferForm: f.OfferForm, Key: f.Key, Focus: f.focus, Fields: fields, Conflict: f.conflict, Notes: f.notes, Draft: f.draft, Stale: f.stale}
}

// renderForm shows the form of an offer to or from a brand, which may have to be allowed a
// political objective.
func (h *Handlers) renderForm(c echo.Context, status int, f offerForm, p negotiationview.OfferFormProps, brandID int64) (err error) {
	if p.Political, err = h.Negotiations.MayBePolitical(c.Request().Context(), brandID); err != nil {
		return err
	}
	return h.showForm(c, status, f, p)
}

// showForm shows the form of an offer, or the part of it that was asked for.
func (h *Handlers) showForm(c echo.Context, status int, f offerForm, p negotiationview.OfferFormProps) error {
	nav := layouts.NavProposals
	if p.Amends != nil {
		nav = layouts.NavDeals
	}
	v := web.Page{Status: status, Title: p.Title, Nav: nav, Body: negotiationview.OfferForm(p), Head: layouts.Head{NoIndex: true}}
	if v.Fragment = negotiationview.OfferFormArea(p); f.Count == "aside" {
		v.Fragment = negotiationview.OfferAside(p)
	}
	return h.Render(c, v)
}
