package deals

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/contracts"
)

// PageSize is the number of negotiations or deals on a page of a list.
const PageSize = 24

// DealFilter narrows the list of the actor's deals.
type DealFilter struct {
	Status DealStatus
	After  string // the Next of the page before
}

// DealStatus says whether a deal is still running.
type DealStatus string

// The statuses by which deals can be filtered.
const (
	AnyDeal  DealStatus = ""
	Running  DealStatus = "running"
	Finished DealStatus = "finished" // completed or ended
)

// DealPage is one page of deals, newest first.
type DealPage struct {
	Deals []Deal
	Next  string // "" on the last page
}

// runningSQL is true of a deal in which something can still happen.
const runningSQL = "EXISTS (SELECT 1 FROM deliverables x WHERE x.deal_id = deals.id AND x.deadline_at IS NOT NULL)"

// ListDeals lists the actor's deals with their deliverables and the contracts that they wait for,
// without the events.
func (s *Store) ListDeals(ctx context.Context, a models.Actor, f DealFilter) (DealPage, error) {
	q, err := OwnRowsAfter(s.db.Read(ctx), a, "agreed_at", f.After)
	if err != nil {
		return DealPage{}, err
	}
	switch f.Status {
	case Running:
		q = q.Where(runningSQL)
	case Finished:
		q = q.Where("NOT " + runningSQL)
	}
	var rows []dealRow
	if err := q.Find(&rows).Error; err != nil {
		return DealPage{}, err
	}
	var page DealPage
	if len(rows) > PageSize {
		rows = rows[:PageSize]
		last := rows[PageSize-1]
		page.Next = models.Cursor{Value: last.AgreedAt.UnixMicro(), ID: last.ID}.String()
	}
	if page.Deals, err = s.fillDeals(ctx, rows); err != nil {
		return DealPage{}, err
	}
	if err := s.fillLastCycles(ctx, rows, page.Deals); err != nil {
		return DealPage{}, err
	}
	return page, s.fillOpenContracts(ctx, page.Deals)
}

// fillLastCycles fills in with which cycle repetitions end that end earlier than agreed.
func (s *Store) fillLastCycles(ctx context.Context, rows []dealRow, all []Deal) error {
	var ids []int64
	for i, r := range rows {
		if all[i].Terms.Repeats() || r.Cycle > 1 {
			ids = append(ids, r.NegotiationID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var ending []repetitionRow
	if err := s.db.Read(ctx).Where("negotiation_id IN ? AND state <> ?", ids, RepetitionRunning).Find(&ending).Error; err != nil {
		return models.Internal("read repetitions", err)
	}
	last := map[int64]int{}
	for _, r := range ending {
		if last[r.NegotiationID] = r.Begun; r.State == RepetitionNoticed {
			last[r.NegotiationID] = max(r.Begun, r.LastCycle)
		}
	}
	for i, r := range rows {
		all[i].LastCycle = last[r.NegotiationID]
	}
	return nil
}

// fillOpenContracts fills in the contracts that deals wait for.
func (s *Store) fillOpenContracts(ctx context.Context, all []Deal) error {
	var ids []int64
	for _, d := range all {
		if slices.ContainsFunc(d.Deliverables, func(x Deliverable) bool { return x.State == Waiting }) {
			ids = append(ids, d.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	open, err := s.contracts.ReadOpenOfDeals(ctx, ids)
	if err != nil {
		return models.Internal("read the contracts of deals", err)
	}
	for i, d := range all {
		all[i].Contract = open[d.ID]
	}
	return nil
}

// GetDeal reads one deal with its deliverables and its history, including the
// negotiation's.
// A stranger gets "not found".
func (s *Store) GetDeal(ctx context.Context, a models.Actor, publicID string) (Deal, error) {
	d, err := s.readDeal(ctx, a, publicID)
	if err != nil {
		return d, err
	}
	all, err := s.contracts.ReadOfDeal(ctx, d.contractID())
	d.Contract, d.Amendment, d.Versions = all.Current, all.Amendment, all.Versions
	return d, err
}

// contractID is the id of the deal whose contract this one is under: that of the first cycle
// covers all.
func (d Deal) contractID() int64 {
	if d.Cycles != nil {
		return d.Cycles.firstID
	}
	return d.ID
}

// DealOfContract reads the deal of a contract that the actor's side sees.
func (s *Store) DealOfContract(ctx context.Context, a models.Actor, c contracts.Contract) (Deal, error) {
	d, err := s.GetDeal(ctx, a, c.Deal)
	d.Contract = &c
	return d, err
}

// readDeal reads a deal with its history, and without its contract.
func (s *Store) readDeal(ctx context.Context, a models.Actor, publicID string) (Deal, error) {
	if !a.SignedIn() {
		return Deal{}, models.SignInRequired()
	}
	var row dealRow
	if err := s.takeByPublicID(ctx, &row, publicID); err != nil {
		return Deal{}, err
	}
	if PartyOf(a, row.BrandID, row.CreatorID) == "" {
		return Deal{}, models.NotFound()
	}
	ds, err := s.fillDeals(ctx, []dealRow{row})
	if err != nil {
		return Deal{}, err
	}
	if ds[0].Cycles, err = s.readCycles(ctx, row, ds[0].Terms); err != nil {
		return Deal{}, err
	}
	ds[0].Events, err = s.readHistoryOfDeal(ctx, row)
	return ds[0], err
}

// OwnRowsAfter starts a list with the actor's rows, newest first by a column, after a
// cursor.
func OwnRowsAfter(q *gorm.DB, a models.Actor, column, after string) (*gorm.DB, error) {
	q = q.Order(column + " DESC, id DESC").Limit(PageSize + 1)
	switch a.Side() {
	case models.SideBrand:
		q = q.Where("brand_id = ?", a.BrandID)
	case models.SideCreator:
		q = q.Where("creator_id = ?", a.CreatorID)
	default:
		if !a.SignedIn() {
			return nil, models.SignInRequired()
		}
		q = q.Where("1 = 0") // an actor who is neither side has none
	}
	if c, err := models.ParseCursor(after); after != "" && err == nil {
		at := time.UnixMicro(c.Value).UTC()
		q = q.Where("("+column+" < ? OR ("+column+" = ? AND id < ?))", at, at, c.ID)
	}
	return q, nil
}

func (s *Store) takeByPublicID(ctx context.Context, row any, publicID string) error {
	if !models.IsPublicID(publicID) {
		return models.NotFound()
	}
	err := s.db.Read(ctx).Where("public_id = ?", publicID).Take(row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.NotFound()
	}
	return err
}
