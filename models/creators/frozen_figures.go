package creators

import (
	"gorm.io/gorm"

	"tribemarket/models"
)

// FigureDefinition is the version of what Figures describes. It is increased when a figure
// is computed in another way, so that a frozen one still says what it meant.
const FigureDefinition = 1

// FrozenFigures are the figures of an account as they were read on a day, kept for good
// with where they come from.
type FrozenFigures struct {
	Platform      string       `json:"platform"`
	Handle        string       `json:"handle"`
	Source        FigureSource `json:"source"`
	Definition    int          `json:"definition"`
	Followers     int64        `json:"followers"`
	FollowersOn   models.Date  `json:"followers_on"`
	EngagementPPM *int64       `json:"engagement_ppm,omitempty"`
	MedianViews   *int64       `json:"median_views,omitempty"`
	Sample        *int64       `json:"sample,omitempty"` // posts
	FiguresOn     models.Date  `json:"figures_on"`       // of the rate and the median; zero without them
}

// CanFreeze says whether the account's figures may be frozen: its platform has verified
// them, and sets no day by which they have to be deleted.
func (a Account) CanFreeze() bool {
	return a.Source == SourceVerified && a.PurgedAt == nil && maxRetention(a.Platform) == 0
}

// Freeze returns the account's figures as they are now.
func (a Account) Freeze() FrozenFigures {
	f := FrozenFigures{
		Platform: a.Platform, Handle: a.Handle, Source: a.Source, Definition: FigureDefinition, Followers: a.Followers, FollowersOn: models.DateOf(a.AsOf.UTC()),
		EngagementPPM: a.EngagementPPM, MedianViews: a.MedianViews, Sample: a.Sample,
	}
	if a.FiguresAsOf != nil && (a.EngagementPPM != nil || a.MedianViews != nil) {
		f.FiguresOn = models.DateOf(a.FiguresAsOf.UTC())
	}
	return f
}

// FreezeFigures returns the figures of the creator's accounts that may be frozen, most
// followed first.
func FreezeFigures(q *gorm.DB, creatorID int64) ([]FrozenFigures, error) {
	var accounts []Account
	err := q.Where("creator_id = ?", creatorID).Order("followers DESC, id").Find(&accounts).Error
	return FrozenFiguresOf(accounts), err
}

// FrozenFiguresOf is FreezeFigures for accounts that have been read.
func FrozenFiguresOf(accounts []Account) []FrozenFigures {
	all := []FrozenFigures{}
	for _, a := range accounts {
		if a.CanFreeze() {
			all = append(all, a.Freeze())
		}
	}
	return all
}

// Reach is what somebody may ask of creators before they listen to them.
type Reach struct {
	Country   string   // ISO 3166-1 alpha-2, may be empty
	Tribes    []string // slugs
	Followers int64    // of the most followed account
}

// ReadReach reads a creator's.
func ReadReach(q *gorm.DB, creatorID int64) (Reach, error) {
	var rows []struct {
		Country   string
		Followers int64
		Tribe     string
	}
	err := q.Raw(`SELECT c.country, coalesce((SELECT max(a.followers) FROM creator_accounts a WHERE a.creator_id = c.id), 0) AS followers, coalesce(t.tribe, '') AS tribe
		FROM creators c LEFT JOIN creator_tribes t ON t.creator_id = c.id WHERE c.id = ? ORDER BY t.tribe`, creatorID).Scan(&rows).Error
	var r Reach
	for _, x := range rows {
		r.Country, r.Followers = x.Country, x.Followers
		if x.Tribe != "" {
			r.Tribes = append(r.Tribes, x.Tribe)
		}
	}
	return r, err
}
