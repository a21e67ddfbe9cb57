package deals

import (
	"context"
	"errors"
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

// ListDeals lists the actor's deals with their deliverables, without the events.
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
	page.Deals, err = s.fillDeals(ctx, rows)
	return page, err
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
