package deals

import (
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/workflow/run"
)

// Hold is a time for which a deal is held because a side cannot act.
type Hold struct {
	ID      int64
	DealID  int64
	Away    models.Side // cannot act
	State   HoldState
	Since   time.Time
	Until   time.Time  // from then on the other side may end the deal without fault
	EndsAt  *time.Time // when the deal ends by itself; nil if it does not
	EndedAt *time.Time // nil while the deal is held
}

// LastDay is the last day on which the other side waits, in its own time zone.
func (h Hold) LastDay(zone *time.Location) models.Date {
	return models.DateOf(h.Until.Add(-1).In(zone))
}

// IsHeld says whether the clocks of the deal stand still.
func (d Deal) IsHeld() bool { return len(d.Holds) > 0 }

// HoldOf is the hold because of a side, nil for none.
func (d Deal) HoldOf(side models.Side) *Hold {
	i := slices.IndexFunc(d.Holds, func(h Hold) bool { return h.Away == side })
	if i < 0 {
		return nil
	}
	return &d.Holds[i]
}

// MayPart says whether a side has waited for the other for so long that it may end the deal
// without fault.
func (d Deal) MayPart(side models.Side, now time.Time) bool { return mayPart(d.Holds, side, now) }

func mayPart(all []Hold, side models.Side, now time.Time) bool {
	return side != "" && slices.ContainsFunc(all, func(h Hold) bool { return h.Away != side && !now.Before(h.Until) })
}

type holdRow struct {
	ID         int64
	DealID     int64
	Side       models.Side // that is away
	State      HoldState
	Version    int
	BeganAt    time.Time
	UntilAt    time.Time
	EnteredAt  time.Time
	DeadlineAt *time.Time
	RemindAt   *time.Time
	EndedAt    *time.Time
}

func (holdRow) TableName() string { return "deal_holds" }

func (r holdRow) hold() Hold {
	h := Hold{ID: r.ID, DealID: r.DealID, Away: r.Side, State: r.State, Since: r.BeganAt.UTC(), Until: r.UntilAt.UTC(), EndedAt: utc(r.EndedAt)}
	if r.State == HoldParting {
		h.EndsAt = utc(r.DeadlineAt)
	}
	return h
}

// subject is the hold of a deal; its days end where the side lives that waits.
func (r holdRow) subject(d dealRow) run.Subject[HoldState] {
	zone := d.zones().Of(r.Side.Other())
	return run.Subject[HoldState]{
		ID: r.ID, Root: rootOf(d.NegotiationID), State: r.State, Version: r.Version, Entered: r.EnteredAt,
		Agreed: models.DateOf(r.UntilAt.Add(-1).In(zone)), Deadline: r.DeadlineAt, RemindAt: r.RemindAt,
		ZoneOf: func(models.Side) *time.Location { return zone },
	}
}

// holds connects the rows of holds with HoldTable.
var holds = &run.Kind[HoldState]{
	Table: HoldTable, Rows: "deal_holds", Deadline: "deadline_at",
	Lock: func(w *run.Work, id int64) (s run.Subject[HoldState], err error) {
		var r holdRow
		var d dealRow
		if d, err = lockDealForHold(w, "id = (SELECT deal_id FROM deal_holds WHERE id = ?)", id); err != nil {
			return s, err
		}
		err = TakeLocked(w, &r, "id = ?", id)
		return r.subject(d), err
	},
	Columns: func(s run.Step[HoldState]) map[string]any {
		if s.KeepsClock {
			return map[string]any{}
		}
		set := map[string]any{"entered_at": s.At, "deadline_at": s.Deadline}
		switch {
		case s.Action == ActionShorten:
			set["until_at"] = s.Deadline
		case !s.To.IsOpen():
			set["ended_at"] = s.At
		}
		return set
	},
	Conflict: func(HoldState) error { return errChanged() },
}

func openHoldsOf(q *gorm.DB, dealID int64) (all []holdRow, err error) {
	err = q.Where("deal_id = ? AND ended_at IS NULL", dealID).Order("id").Find(&all).Error
	return all, err
}

// isHeld says whether a deal is held because a side of it cannot act: nothing that needs both
// sides begins in it meanwhile.
func isHeld(w *run.Work, dealID int64) (bool, error) {
	var n int64
	err := w.Model(&holdRow{}).Where("deal_id = ? AND ended_at IS NULL", dealID).Count(&n).Error
	return n > 0, err
}

// readDeliverables reads the deliverables of deals, and the open holds by deal.
func readDeliverables(q *gorm.DB, deals []int64) (all []deliverableRow, holds map[int64][]Hold, err error) {
	var rows []struct {
		Row                                deliverableRow `gorm:"embedded"`
		HoldID                             *int64
		HoldSide                           *models.Side
		HoldState                          *HoldState
		HoldBegan, HoldUntil, HoldDeadline *time.Time
	}
	err = q.Model(&deliverableRow{}).Joins("LEFT JOIN deal_holds h ON h.deal_id = deliverables.deal_id AND h.ended_at IS NULL").Where("deliverables.deal_id IN ?", deals).
		Select("deliverables.*", "h.id AS hold_id", "h.side AS hold_side", "h.state AS hold_state", "h.began_at AS hold_began", "h.until_at AS hold_until", "h.deadline_at AS hold_deadline").
		Order("deliverables.deal_id, deliverables.number, h.id").Find(&rows).Error
	holds = map[int64][]Hold{}
	for _, r := range rows {
		if n := len(all); n == 0 || all[n-1].ID != r.Row.ID {
			all = append(all, r.Row)
		}
		deal := r.Row.DealID
		if r.HoldID != nil && !slices.ContainsFunc(holds[deal], func(h Hold) bool { return h.ID == *r.HoldID }) {
			holds[deal] = append(holds[deal], holdRow{
				ID: *r.HoldID, DealID: deal, Side: *r.HoldSide, State: *r.HoldState, BeganAt: *r.HoldBegan, UntilAt: *r.HoldUntil, DeadlineAt: r.HoldDeadline,
			}.hold())
		}
	}
	return all, holds, err
}

// timeHeld is for how long a deal was held up to now.
func timeHeld(w *run.Work, dealID int64) (held time.Duration, err error) {
	var all []holdRow
	err = w.Where("deal_id = ?", dealID).Order("began_at, id").Find(&all).Error
	var counted time.Time // up to where
	for _, r := range all {
		from, until := r.BeganAt, w.Now
		if r.EndedAt != nil {
			until = *r.EndedAt
		}
		if from.Before(counted) {
			from = counted
		}
		if until.After(from) {
			held, counted = held+until.Sub(from), until
		}
	}
	return held, err
}
