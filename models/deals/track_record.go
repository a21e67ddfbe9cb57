package deals

import (
	"context"
	"database/sql"
	"time"

	"tribemarket/models"
)

// TrackRecord counts a creator's deals: for everybody those completed here, and for a brand
// its own with them.
type TrackRecord struct {
	Completed int           // with whichever brand
	Past      []Partnership // the latest of those completed, latest first
	Running   DealCount     // with the actor's brand
	Done      DealCount     // with the actor's brand
	// Agreed is what the brand's deals with the creator since the given day are worth, in kind
	// included, without those that were ended; an amount per currency.
	Agreed []models.Money
}

// DealCount is a number of deals.
type DealCount struct {
	N    int
	Only string // the public id of the deal, if it is one
}

func (c *DealCount) add(n int, publicID string) {
	if c.N += n; c.N == 1 && n == 1 {
		c.Only = publicID
	} else if c.N > 1 {
		c.Only = ""
	}
}

// ReadTrackRecord counts a creator's deals and reads the completed ones, in one query; since
// is the first moment of what is added up.
func (s *Store) ReadTrackRecord(ctx context.Context, a models.Actor, creatorID int64, since time.Time) (TrackRecord, error) {
	var rows []struct {
		Nth           int
		Own           bool
		Currency      string
		Running, Done int
		RunID, DoneID string
		Minor         int64
		Completed     partnershipRow `gorm:"embedded"`
	}
	var record TrackRecord
	if err := s.db.Read(ctx).Raw(trackRecordSQL, sql.Named("brand", a.BrandID), sql.Named("since", since.UTC()), sql.Named("creator", creatorID), sql.Named("most", PageSize)).Scan(&rows).Error; err != nil {
		return record, models.Internal("count a creator's deals", err)
	}
	for i, r := range rows {
		if r.Completed.Row.ID != 0 {
			record.addPartnership(r.Completed)
		}
		if i > 0 && rows[i-1].Nth == r.Nth {
			continue
		}
		record.Completed += r.Done
		if !r.Own {
			continue
		}
		record.Running.add(r.Running, r.RunID)
		record.Done.add(r.Done, r.DoneID)
		if r.Minor > 0 {
			record.Agreed = append(record.Agreed, models.Money{Minor: r.Minor, Currency: r.Currency})
		}
	}
	return record, nil
}
