package rankings

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// Thresholds of a tribe's page.
const (
	TribeLeast    = 5  // creators that a median or a hashtag needs: fewer would reveal individuals
	TribeTop      = 12 // creators and hashtags that the page shows
	TribeTagDays  = 90 // maximum age of posts whose hashtags count
	tribeTopSpare = 12 // spare ones, to replace those who leave before the next run
)

// The figures of a tribe's tier: medians over its creators, each counted once
// with their most followed listed account on a platform whose terms allow
// figures.
const (
	tribeCreators   = "creators"
	tribeFollowers  = "followers"
	tribeEngagement = "engagement"
	tribeViews      = "views"
	tribePrice      = "price" // of a video
)

// TribeFigure is one computed figure of a tribe.
type TribeFigure struct {
	Tribe    string        `gorm:"primaryKey"`
	Tier     creators.Tier `gorm:"primaryKey"` // "" counts the whole tribe
	Figure   string        `gorm:"primaryKey"`
	Currency string        `gorm:"primaryKey"` // of a price
	Creators int64         // how many creators it is the median of
	Value    int64
	AsOf     time.Time
}

// TableName is the table's name, for GORM.
func (TribeFigure) TableName() string { return "tribe_figures" }

// TribeTopRow is an account of one of a tribe's top creators.
type TribeTopRow struct {
	Tribe     string `gorm:"primaryKey"`
	Place     int64  `gorm:"primaryKey"`
	AccountID int64
}

// TableName is the table's name, for GORM.
func (TribeTopRow) TableName() string { return "tribe_tops" }

// TribeTag is a hashtag that creators of a tribe use.
type TribeTag struct {
	Tribe    string `gorm:"primaryKey"`
	Place    int64  `gorm:"primaryKey"`
	Hashtag  string
	Creators int64 // who used it in the last TribeTagDays
}

// TableName is the table's name, for GORM.
func (TribeTag) TableName() string { return "tribe_hashtags" }

// TribePage is what a tribe's page shows.
type TribePage struct {
	Tribe    creators.Tribe
	AsOf     *time.Time // when it was computed; nil before the first time
	Creators int64      // who are listed
	Tiers    []TribeTier
	Top      []TribeCreator // by standing: how far the figures can be trusted, then followers
	Tags     []TribeTag     // the most used first
}

// TribeTier holds the medians of the creators in a tier; nil if fewer than
// TribeLeast have the figure.
type TribeTier struct {
	Tier       creators.Tier
	Creators   int64
	Followers  *int64
	Engagement *int64 // millionths
	Views      *int64
	Prices     []TribePrice // of a video, by currency
}

// TribePrice is the median of creators' starting prices for a video.
type TribePrice struct {
	models.Money
	Creators int64
}

// TribeCreator is one of a tribe's top creators.
type TribeCreator struct {
	ID            int64
	PublicID      string
	Name          string
	Platform      string
	Handle        string
	Followers     int64
	EngagementPPM *int64 `gorm:"column:engagement_ppm"`
	Source        creators.FigureSource
	AsOf          time.Time
	Face          creators.Face `gorm:"-"`
}

// TribeSizes returns how many creators each tribe had when last counted.
func (s *Store) TribeSizes(ctx context.Context) (map[string]int64, error) {
	var rows []TribeFigure
	if err := s.db.Read(ctx).Where("tier = '' AND figure = ?", tribeCreators).Find(&rows).Error; err != nil {
		return nil, models.Internal("read the sizes of tribes", err)
	}
	sizes := make(map[string]int64, len(rows))
	for _, r := range rows {
		sizes[r.Tribe] = r.Value
	}
	return sizes, nil
}

// TribePage reads a tribe's page, without the creators hidden from the viewer. A
// tribe that the catalogue doesn't show is not found.
func (s *Store) TribePage(ctx context.Context, slug string, hidden []int64) (TribePage, error) {
	t, ok := s.creators.TribeCatalogue().TribeBySlug(slug)
	if !ok {
		return TribePage{}, models.NotFound()
	}
	p := TribePage{Tribe: t}
	var figures []TribeFigure
	if err := s.db.Read(ctx).Where("tribe = ?", slug).Order("figure, currency").Find(&figures).Error; err != nil {
		return p, models.Internal("read a tribe's figures", err)
	}
	p.addFigures(figures)
	if err := s.db.Read(ctx).Where("tribe = ?", slug).Order("place").Limit(TribeTop).Find(&p.Tags).Error; err != nil {
		return p, models.Internal("read a tribe's hashtags", err)
	}
	var top []struct {
		TribeCreator `gorm:"embedded"`
		FaceText     string
	}
	if err := s.db.Read(ctx).Raw(tribeTopSQL, slug).Scan(&top).Error; err != nil {
		return p, models.Internal("read a tribe's creators", err)
	}
	seen := map[int64]bool{}
	for _, c := range top {
		if !seen[c.ID] && !slices.Contains(hidden, c.ID) && len(p.Top) < TribeTop {
			c.Face = s.creators.ParseFace(c.FaceText)
			p.Top = append(p.Top, c.TribeCreator)
		}
		seen[c.ID] = true
	}
	return p, nil
}

// How many faces stand for a tribe, and how many are read in case some are left out.
const (
	tribeFaces      = 3
	tribeFacesSpare = 3
)

// TribeFaces returns the first creators of every tribe, without those hidden from the
// viewer, in one query. A creator who is shown elsewhere on the page, or is among the first
// of several tribes, is given again only where a tribe has too few others.
func (s *Store) TribeFaces(ctx context.Context, hidden, elsewhere []int64) (map[string][]TribeCreator, error) {
	var rows []struct {
		Tribe        string
		TribeCreator `gorm:"embedded"`
		FaceText     string
	}
	if err := s.db.Read(ctx).Raw(tribeFacesSQL, tribeFaces+tribeFacesSpare).Scan(&rows).Error; err != nil {
		return nil, models.Internal("read the faces of tribes", err)
	}
	faces, shown := map[string][]TribeCreator{}, map[int64]bool{}
	for _, again := range []bool{false, true} {
		for _, r := range rows {
			inTribe := slices.ContainsFunc(faces[r.Tribe], func(c TribeCreator) bool { return c.ID == r.ID })
			if inTribe || !again && (shown[r.ID] || slices.Contains(elsewhere, r.ID)) || slices.Contains(hidden, r.ID) || len(faces[r.Tribe]) == tribeFaces {
				continue
			}
			r.Face, shown[r.ID] = s.creators.ParseFace(r.FaceText), true
			faces[r.Tribe] = append(faces[r.Tribe], r.TribeCreator)
		}
	}
	return faces, nil
}

// addFigures adds the figures to the page.
func (p *TribePage) addFigures(rows []TribeFigure) {
	tiers := map[creators.Tier]*TribeTier{}
	for _, r := range rows {
		if r.Tier == "" {
			p.Creators, p.AsOf = r.Value, &r.AsOf
			continue
		}
		t := tiers[r.Tier]
		if t == nil {
			t = &TribeTier{Tier: r.Tier}
			tiers[r.Tier] = t
		}
		switch r.Figure {
		case tribeCreators:
			t.Creators = r.Value
		case tribeFollowers:
			t.Followers = &r.Value
		case tribeEngagement:
			t.Engagement = &r.Value
		case tribeViews:
			t.Views = &r.Value
		case tribePrice:
			t.Prices = append(t.Prices, TribePrice{models.Money{Minor: r.Value, Currency: r.Currency}, r.Creators})
		}
	}
	for _, tier := range creators.Tiers() {
		if t := tiers[tier]; t != nil {
			slices.SortFunc(t.Prices, func(a, b TribePrice) int {
				return cmp.Or(cmp.Compare(b.Creators, a.Creators), cmp.Compare(a.Currency, b.Currency))
			})
			p.Tiers = append(p.Tiers, *t)
		}
	}
}
