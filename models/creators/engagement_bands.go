package creators

import (
	"cmp"
	"context"
	"slices"

	"tribemarket/models"
	"tribemarket/models/db"
)

// What a band is computed from. With fewer accounts, its ends would be individual people.
const (
	minBandAccounts    = 30 // accounts
	lowBandPercentile  = 10 // percentile
	highBandPercentile = 90
)

// EngagementBand is the range of most listed accounts' engagement rates in a
// platform, tier and tribe.
type EngagementBand struct {
	Platform string `gorm:"primaryKey"`
	Tier     Tier   `gorm:"primaryKey"`
	Tribe    string `gorm:"primaryKey"`
	Accounts int64
	LowPPM   int64 `gorm:"column:low_ppm"`
	HighPPM  int64 `gorm:"column:high_ppm"`
}

// The positions of a rate in relation to a band.
const (
	BelowBand  = "below"
	WithinBand = "within"
	AboveBand  = "above"
)

// Position says where a rate is in relation to the band: its ends are within.
func (b EngagementBand) Position(ppm int64) string {
	switch {
	case ppm < b.LowPPM:
		return BelowBand
	case ppm > b.HighPPM:
		return AboveBand
	}
	return WithinBand
}

// TableName is the table's name, for GORM.
func (EngagementBand) TableName() string { return "engagement_bands" }

// ComputeEngagementBandsArgs is the job that computes the bands.
type ComputeEngagementBandsArgs struct{}

// Kind is the job's name, for River.
func (ComputeEngagementBandsArgs) Kind() string { return "creators.bands" }

// ComputeEngagementBands computes all bands from the listed accounts, which it reads
// outside the transaction that then replaces the bands.
func (s *Store) ComputeEngagementBands(ctx context.Context) error {
	rates, err := s.engagementRatesByBand(ctx)
	if err != nil {
		return models.Internal("compute the bands", err)
	}
	var bands []EngagementBand
	for key, all := range rates {
		if band, ok := computeBand(all); ok {
			band.Platform, band.Tier, band.Tribe = key.Platform, key.Tier, key.Tribe
			bands = append(bands, band)
		}
	}
	slices.SortFunc(bands, func(a, b EngagementBand) int {
		return cmp.Or(cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Tier, b.Tier), cmp.Compare(a.Tribe, b.Tribe))
	})
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Exec("DELETE FROM engagement_bands").Error; err != nil || len(bands) == 0 {
			return err
		}
		return tx.CreateInBatches(&bands, 200).Error
	})
	if err != nil {
		return models.Internal("keep the bands", err)
	}
	return nil
}

// Niche is the group that an account is compared with.
type Niche struct {
	Platform string
	Tier     Tier
	Tribe    string
}

// EngagementBands reads the bands that engagement is compared with.
func (s *Store) EngagementBands(ctx context.Context) (map[Niche]EngagementBand, error) {
	var rows []EngagementBand
	if err := s.db.Read(ctx).Find(&rows).Error; err != nil {
		return nil, err
	}
	all := make(map[Niche]EngagementBand, len(rows))
	for _, b := range rows {
		all[Niche{b.Platform, b.Tier, b.Tribe}] = b
	}
	return all, nil
}

func (s *Store) engagementRatesByBand(ctx context.Context) (map[Niche][]int64, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT l.platform, l.followers, t.tribe, l.engagement_ppm FROM listings l JOIN creator_tribes t ON t.creator_id = l.creator_id WHERE l.engagement_ppm IS NOT NULL").Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[Niche][]int64{}
	for rows.Next() {
		var n Niche
		var followers, ppm int64
		if err := rows.Scan(&n.Platform, &followers, &n.Tribe, &ppm); err != nil {
			return nil, err
		}
		n.Tier = TierOf(followers)
		all[n] = append(all[n], ppm)
	}
	return all, rows.Err()
}

// computeBand computes the band of some rates, if there are enough.
func computeBand(rates []int64) (EngagementBand, bool) {
	if len(rates) < minBandAccounts {
		return EngagementBand{}, false
	}
	slices.Sort(rates)
	return EngagementBand{Accounts: int64(len(rates)), LowPPM: percentile(rates, lowBandPercentile), HighPPM: percentile(rates, highBandPercentile)}, true
}

// percentile is the smallest value that at least p per cent of the sorted
// values don't exceed (nearest rank).
func percentile(sorted []int64, p int) int64 {
	rank := (len(sorted)*p + 99) / 100
	return sorted[max(rank, 1)-1]
}
