package negotiation

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
	"tribemarket/models/workflow/run"
)

// HeldDays is how long a proposal that is not sent is kept.
const HeldDays = 30

// HeldProposal is what a member of a brand has written and is not sent, because they have not
// confirmed their address, or because it has to be approved: a proposal, a further offer, or
// the acceptance of one. Only the brand sees it; no clock runs.
type HeldProposal struct {
	PublicID  string
	Brand     deals.Party
	Creator   deals.Party
	WrittenBy int64 // a person
	Message   string
	Terms     terms.Terms
	WrittenAt time.Time

	Writer      string // their name
	State       HeldState
	Action      Action
	Negotiation string     // public id of that in which it answers; "" for a proposal
	AnswersTo   int        // the number of an offer
	Overtaken   bool       // that is no longer the latest of an open negotiation
	AskedAt     *time.Time // when whoever approves was
	Deadline    *time.Time // by when they answer
	Refusal     string     // why they said no
	Version     int        // counts what has happened to it, such as a change
	Form        OfferForm
}

// KeptUntil is when it is deleted.
func (h HeldProposal) KeptUntil() time.Time {
	if h.AskedAt != nil {
		return h.AskedAt.AddDate(0, 0, HeldDays)
	}
	return h.WrittenAt.AddDate(0, 0, HeldDays)
}

type heldRow struct {
	ID        int64
	PublicID  string
	BrandID   int64
	CreatorID int64
	WrittenBy int64
	FormKey   string
	Form      string
	WrittenAt time.Time

	Action        Action
	NegotiationID *int64
	AnswersTo     int
	Notes         string // as JSON
	State         HeldState
	Version       int
	Zone          string // in which the days of who approves end
	AskedAt       *time.Time
	DeadlineAt    *time.Time
	RemindAt      *time.Time
	Refusal       string
}

func (heldRow) TableName() string { return "held_proposals" }

// plainForm is the form in a notation that does not depend on its writer's language.
func (f OfferForm) plainForm(o offer) (string, error) {
	f.Form, f.Instead = terms.FormOf(o.terms, nil), ""
	data, err := json.Marshal(f)
	return string(data), err
}

// form reads what plainForm wrote; earlier versions of the program wrote the days of usage
// rights as a field of their own.
func (r heldRow) form() (OfferForm, error) {
	var f struct {
		OfferForm
		UsageDays string
	}
	err := json.Unmarshal([]byte(r.Form), &f)
	if f.UsageDays != "" && len(f.Rights) == 0 {
		f.Rights = []terms.RightForm{{Channel: terms.AnyChannel, Days: f.UsageDays}}
	}
	return f.OfferForm, err
}

// heldOf is a first offer as a row that holds it.
func (w *work) heldOf(a models.Actor, c creators.Creator, form OfferForm, o offer, formKey string) (heldRow, error) {
	text, err := form.plainForm(o)
	if err != nil {
		return heldRow{}, err
	}
	zones, err := w.zonesOf(c, a)
	return heldRow{
		PublicID: models.NewPublicID(), BrandID: a.BrandID, CreatorID: c.ID, WrittenBy: a.PersonID, FormKey: formKey, Form: text, WrittenAt: w.Now,
		Action: ActionPropose, Notes: "{}", State: HeldUnconfirmed, Version: 1, Zone: zones.BrandZone,
	}, err
}

// hold keeps a proposal that may not be sent yet.
func (w *work) hold(a models.Actor, c creators.Creator, form OfferForm, o offer, formKey string) (heldRow, error) {
	r, err := w.heldOf(a, c, form, o, formKey)
	if err != nil {
		return heldRow{}, err
	}
	if err = w.Create(&r).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
		err = errOtherClick
	}
	return r, err
}

// changeHeld puts what is written instead in the place of what is held. It keeps its public id,
// so that who has a link to what it was reads what it is now.
func (w *work) changeHeld(held, instead heldRow) (changed heldRow, err error) {
	subject := held.subject()
	if _, err := heldOffers.Do(w.Work, &subject, run.Act{Action: ActionChange, Input: instead}); err != nil {
		return heldRow{}, err
	}
	return changed, deals.TakeLocked(w.Work, &changed, "id = ?", held.ID)
}

// ListHeldProposals lists what the actor's brand has written and not sent, newest first.
func (s *Store) ListHeldProposals(ctx context.Context, a models.Actor) ([]HeldProposal, error) {
	if a.BrandID == 0 {
		return nil, nil
	}
	var rows []heldRow
	if err := s.db.Read(ctx).Where("brand_id = ? AND state IN ?", a.BrandID, heldOpen()).Order("id DESC").Limit(deals.PageSize).Find(&rows).Error; err != nil {
		return nil, err
	}
	return s.fillHeld(ctx, rows)
}

// HeldCounts is how much of what the actor's brand has written is not sent.
type HeldCounts struct {
	Unsent    int64
	ToApprove int64 // of those, what waits for the actor's approval
}

// CountHeldProposals counts what the actor's brand has written and not sent.
func (s *Store) CountHeldProposals(ctx context.Context, a models.Actor) (n HeldCounts, err error) {
	if a.BrandID == 0 {
		return n, nil
	}
	var asked int64
	err = s.db.Read(ctx).Raw("SELECT count(*), coalesce(sum(CASE WHEN state = ? THEN 1 ELSE 0 END), 0) FROM held_proposals WHERE brand_id = ? AND state IN ?", HeldAsked, a.BrandID, heldOpen()).
		Row().Scan(&n.Unsent, &asked)
	if err != nil || asked == 0 {
		return n, err
	}
	rule, err := accounts.ReadApproval(s.db.Read(ctx), a.BrandID)
	if rule.CanApprove(a) {
		n.ToApprove = asked
	}
	return n, err
}

// FindHeldAnswer finds the answer of the actor's brand that waits for approval in a
// negotiation; nil for none.
func (s *Store) FindHeldAnswer(ctx context.Context, a models.Actor, n Negotiation) (*HeldProposal, error) {
	if a.BrandID == 0 || a.BrandID != n.Brand.ID {
		return nil, nil
	}
	var r heldRow
	err := s.db.Read(ctx).Where("negotiation_id = ? AND state = ?", n.ID, HeldAsked).Limit(1).Find(&r).Error
	if err != nil || r.ID == 0 {
		return nil, err
	}
	return &HeldProposal{PublicID: r.PublicID, Action: r.Action, State: r.State, Deadline: utc(r.DeadlineAt)}, nil
}

// GetHeldProposal reads one of them.
func (s *Store) GetHeldProposal(ctx context.Context, a models.Actor, publicID string) (HeldProposal, error) {
	row, err := s.findHeld(ctx, a, publicID)
	if err != nil {
		return HeldProposal{}, err
	}
	all, err := s.fillHeld(ctx, []heldRow{row})
	if err != nil {
		return HeldProposal{}, err
	}
	return all[0], nil
}

func (s *Store) findHeld(ctx context.Context, a models.Actor, publicID string) (row heldRow, err error) {
	if !a.SignedIn() {
		return row, models.SignInRequired()
	}
	if a.BrandID == 0 || !models.IsPublicID(publicID) {
		return row, models.NotFound()
	}
	err = s.db.Read(ctx).Where("public_id = ? AND brand_id = ?", publicID, a.BrandID).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, models.NotFound()
	}
	return row, err
}

func (s *Store) fillHeld(ctx context.Context, rows []heldRow) ([]HeldProposal, error) {
	var brands, creatorIDs []int64
	for _, r := range rows {
		brands, creatorIDs = append(brands, r.BrandID), append(creatorIDs, r.CreatorID)
	}
	who, err := s.deals.ReadParties(ctx, brands, creatorIDs)
	if err != nil {
		return nil, err
	}
	named, err := s.readHeldNames(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]HeldProposal, len(rows))
	for i, r := range rows {
		f, err := r.form()
		if err != nil {
			return nil, err
		}
		o, err := f.read(anything, time.UTC, time.UTC, r.WrittenAt.AddDate(0, 0, -1)) // it was checked where the creator lives
		switch {
		case models.CodeOf(err) == models.CodeInvalid: // by a rule of later; sending says which
			o.terms.Product = f.Product
		case err != nil:
			return nil, err
		}
		out[i] = HeldProposal{
			PublicID: r.PublicID, Brand: who.Brands[r.BrandID], Creator: who.Creators[r.CreatorID], WrittenBy: r.WrittenBy,
			Message: o.message, Terms: o.terms, WrittenAt: r.WrittenAt.UTC(),
			Writer: named[r.ID].Writer, State: r.State, Action: r.Action, Negotiation: named[r.ID].Negotiation, AnswersTo: r.AnswersTo, Overtaken: named[r.ID].Overtaken,
			AskedAt: utc(r.AskedAt), Deadline: utc(r.DeadlineAt), Refusal: r.Refusal, Version: r.Version, Form: f,
		}
	}
	return out, nil
}

type heldNames struct {
	ID                  int64
	Writer, Negotiation string
	Overtaken           bool
}

func (s *Store) readHeldNames(ctx context.Context, rows []heldRow) (map[int64]heldNames, error) {
	named := map[int64]heldNames{}
	if len(rows) == 0 {
		return named, nil
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	var all []heldNames
	err := s.db.Read(ctx).Raw(heldNamesSQL, ids).Scan(&all).Error
	for _, x := range all {
		named[x.ID] = x
	}
	return named, err
}

// SendHeldProposal sends a proposal that was held, with every check as if it were written
// now; its clock starts now. It keeps its public id. Version is the one that the actor was
// shown: what has changed since is not sent. Why it cannot be sent is a conflict.
func (s *Store) SendHeldProposal(ctx context.Context, a models.Actor, publicID string, version int) (Sent, error) {
	row, err := s.findHeld(ctx, a, publicID)
	switch {
	case err != nil:
		return Sent{}, err
	case !CanPropose(a):
		return Sent{}, models.Forbidden("negotiation.error.role")
	case row.State != HeldSent && row.Version != version:
		return Sent{}, heldOffers.Conflict(row.State)
	case row.State == HeldRefused:
		return Sent{}, models.Conflict("negotiation.held.error.refused")
	case row.State == HeldAsked && !s.now().Before(*row.DeadlineAt):
		return Sent{}, s.lapse(ctx, a, row)
	}
	return s.sendHeld(ctx, a, row)
}

// lapse ends the wait for an approval that comes too late.
func (s *Store) lapse(ctx context.Context, a models.Actor, row heldRow) error {
	return s.do(ctx, a, func(w *work) error {
		subject, err := heldOffers.Lock(w.Work, row.ID)
		if err != nil {
			return err
		}
		w.Refuse(heldOffers.Conflict(HeldLapsed))
		return heldOffers.ApplyOverdueDefault(w.Work, &subject)
	})
}

func (s *Store) sendHeld(ctx context.Context, a models.Actor, row heldRow) (Sent, error) {
	if row.State == HeldSent {
		all, err := s.fillHeld(ctx, []heldRow{row})
		return Sent{Negotiation: cmp.Or(all[0].Negotiation, row.PublicID)}, err
	}
	if row.NegotiationID != nil {
		return s.sendHeldAnswer(ctx, a, row)
	}
	form, err := row.form()
	if err != nil {
		return Sent{}, err
	}
	c, err := creators.FindCreator(s.db.Read(ctx), row.CreatorID)
	if err != nil {
		return Sent{}, err
	}
	if !c.Listed {
		return Sent{}, models.Conflict("negotiation.error.unlisted")
	}
	sent, err := s.begin(ctx, a, c, form, row.FormKey, row)
	if errors.Is(err, errOtherClick) {
		return s.sentBefore(ctx, a, c, form, row.FormKey)
	}
	if err == nil && sent.Asked {
		return row.resultOf(sent, &ApprovalAsked{row.PublicID})
	}
	if err == nil && sent.Held != "" {
		return Sent{}, models.Conflict("negotiation.error.unconfirmed")
	}
	return row.resultOf(sent, err)
}

// RemoveHeldProposal deletes a proposal that was held.
func (s *Store) RemoveHeldProposal(ctx context.Context, a models.Actor, publicID string) error {
	row, err := s.findHeld(ctx, a, publicID)
	if err != nil {
		return err
	}
	if !CanPropose(a) {
		return models.Forbidden("negotiation.error.role")
	}
	return s.do(ctx, a, func(w *work) error {
		res := w.Where("state <> ?", HeldSent).Delete(&row)
		if res.Error == nil && res.RowsAffected == 0 {
			return heldOffers.Conflict(HeldSent)
		}
		return res.Error
	})
}

// SendHeldProposals sends what a person wrote before they confirmed their address, for the
// brands whose deals they still manage. What cannot be sent any more stays, and its page
// says why.
func (s *Store) SendHeldProposals(ctx context.Context, personID int64) error {
	var rows []heldRow
	if err := s.db.Read(ctx).Where("written_by = ? AND state = ?", personID, HeldUnconfirmed).Order("id").Find(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		acting, err := accounts.Contacts(s.db.Read(ctx), r.BrandID, models.RoleManager)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(acting, func(c accounts.Contact) bool { return c.PersonID == personID }) {
			continue
		}
		_, err = s.sendHeld(ctx, models.Actor{PersonID: personID, BrandID: r.BrandID, Role: models.RoleManager}, r)
		if err != nil && models.CodeOf(err) != models.CodeConflict {
			return err
		}
	}
	return nil
}

// heldBefore is sentBefore for a form that was kept rather than sent.
func (s *Store) heldBefore(ctx context.Context, a models.Actor, c creators.Creator, form OfferForm, formKey string) (Sent, error) {
	var h heldRow
	err := s.db.Read(ctx).Where("brand_id = ? AND form_key = ?", a.BrandID, formKey).Limit(1).Find(&h).Error
	if err != nil || h.ID == 0 {
		return Sent{}, err
	}
	o, err := form.read(anything, c.Location(), c.Location(), h.WrittenAt)
	if err != nil {
		return Sent{}, err
	}
	same, err := form.plainForm(o)
	if err == nil && (h.CreatorID != c.ID || same != h.Form) {
		err = models.Conflict("negotiation.error.sent_already")
	}
	return Sent{Held: h.PublicID, Asked: h.State == HeldAsked}, err
}
